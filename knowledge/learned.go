package knowledge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
	"github.com/riverqueue/river"
)

// learnMost bounds what learning may cost, in passages times classes: some ten seconds of one processor. Shops beyond it,
// with thousands of articles, have hardly more than a phrasing of each to learn from, and go without.
const learnMost = 1_500_000

// learnedFor is how long what was learned stays although the shop changed: an afternoon of edits is not learned edit by
// edit. What came since stands no worse for it (rank.go).
const learnedFor = time.Minute

// LearnArgs asks a worker to learn a space of a shop.
type LearnArgs struct {
	ShopID uuid.UUID `json:"shop_id"`
	Space  string    `json:"space"`
}

// Kind names the job.
func (LearnArgs) Kind() string { return "learn" }

// InsertOpts keeps one job for each space, as FillSpaceArgs does.
func (LearnArgs) InsertOpts() river.InsertOpts { return FillSpaceArgs{}.InsertOpts() }

// LearnWorker learns as River's jobs ask for it.
type LearnWorker struct {
	river.WorkerDefaults[LearnArgs]
	Base *Base
}

// Work learns one space.
func (w *LearnWorker) Work(ctx context.Context, job *river.Job[LearnArgs]) error {
	err := w.Base.Learn(ctx, job.Args.ShopID, job.Args.Space)
	if errors.Is(err, ErrNotFound) {
		return river.JobCancel(err)
	}
	return err
}

// SpacesToLearn returns the active spaces whose articles have changed since they were learned, or were learned by a program
// that reads texts otherwise. A sweep inserts a job for each.
func (b *Base) SpacesToLearn(ctx context.Context) ([]LearnArgs, error) {
	rows, err := b.pool.Query(ctx, `
		select p.shop_id, p.space from spaces p join shops s on s.shop_id = p.shop_id
		where p.state = 'active' and p.space <> $1
			and (p.learned_by <> $2 or p.learned < s.changes and p.learned_at < now() - $3::interval)
			and not exists (select from embeddings e where e.shop_id = p.shop_id and e.space = p.space and e.vector is null)
		order by p.shop_id, p.space`, WordsSpace, traitsVersion, learnedFor)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[LearnArgs])
}

// Learn learns from the published phrasings of a shop, as they are in this space, what tells its answers from each other;
// searches use it from then on. A shop that is too large for it, or has a single answer, forgets what it had learned.
// ErrNotFound when there is no such space.
func (b *Base) Learn(ctx context.Context, shopID uuid.UUID, space string) error {
	var changes int64
	err := b.pool.QueryRow(ctx, `
		select s.changes from shops s join spaces p on p.shop_id = s.shop_id where s.shop_id = $1 and p.space = $2`,
		shopID, space).Scan(&changes)
	if err != nil {
		return translate(err, "space "+space)
	}
	classes, said, err := b.classesOf(ctx, shopID)
	if err != nil {
		return fmt.Errorf("learn space %s: %w", space, err)
	}
	examples, err := b.examples(ctx, shopID, space, classes, said)
	if err != nil {
		return fmt.Errorf("learn space %s: %w", space, err)
	}
	weights, err := learn(ctx, examples, len(said))
	if err != nil {
		return err
	}
	err = b.inTx(ctx, func(tx pgx.Tx) error {
		return storeLearned(ctx, tx, LearnArgs{shopID, space}, changes, classes, weights, said)
	})
	if err != nil {
		return fmt.Errorf("learn space %s: %w", space, err)
	}
	return nil
}

// vocabulary are the words that a class says anywhere, each 1.
type vocabulary map[int32]float32

// mostClassWords is what pgvector keeps of one sparse vector.
const mostClassWords = 16_000

func (v vocabulary) add(text string) {
	for _, word := range questionWords(text) {
		if len(v) < mostClassWords {
			v[word] = 1
		}
	}
}

// classesOf gives each published article the class of its answer, from 0 on, and each class the words of its answers. The
// variants of an article answer the same, and so do articles with the same words for an answer.
func (b *Base) classesOf(ctx context.Context, shopID uuid.UUID) (classes map[uuid.UUID]int, said []vocabulary, err error) {
	rows, err := b.pool.Query(ctx, `
		select a.article_id, a.ref, v.answer from articles a
		join article_versions v on v.shop_id = a.shop_id and v.article_id = a.article_id and v.version = a.live
		where a.shop_id = $1 order by a.ref, a.locale`, shopID)
	if err != nil {
		return nil, nil, err
	}
	type article struct {
		ID          uuid.UUID
		Ref, Answer string
	}
	articles, err := pgx.CollectRows(rows, pgx.RowToStructByPos[article])
	if err != nil {
		return nil, nil, err
	}
	first := make(map[string]string, len(articles)) // of the refs that say this
	same := make(map[string]string, len(articles))  // the ref that stands for this one
	var root func(ref string) string
	root = func(ref string) string {
		if up, known := same[ref]; known && up != ref {
			return root(up)
		}
		return ref
	}
	for _, a := range articles {
		if other, said := first[a.Answer]; said {
			same[root(a.Ref)] = root(other)
		} else {
			first[a.Answer] = a.Ref
		}
	}
	classes, numbers := make(map[uuid.UUID]int, len(articles)), make(map[string]int)
	for _, a := range articles {
		of := root(a.Ref)
		if _, known := numbers[of]; !known {
			numbers[of] = len(numbers)
			said = append(said, vocabulary{})
		}
		classes[a.ID] = numbers[of]
		said[numbers[of]].add(a.Answer)
	}
	return classes, said, nil
}

// examples are the passages to learn from, in an order that depends on nothing but them; none where there is too much or
// nothing to tell apart. Their words are added to what their classes say.
func (b *Base) examples(ctx context.Context, shopID uuid.UUID, space string, classes map[uuid.UUID]int, said []vocabulary) ([]example, error) {
	var passages int
	err := b.pool.QueryRow(ctx, `select count(*) from embeddings where shop_id = $1 and space = $2 and not negative`, shopID, space).Scan(&passages)
	if err != nil {
		return nil, err
	}
	if len(said) < 2 || passages*len(said) > learnMost {
		b.log.InfoContext(ctx, "a shop is not learned", "shop", shopID, "passages", passages, "answers", len(said), "most", learnMost)
		return nil, nil
	}
	rows, err := b.pool.Query(ctx, `
		select e.article_id, p.text, e.vector from embeddings e
		join passages p on p.shop_id = e.shop_id and p.passage_id = e.passage_id
		join articles a on a.shop_id = e.shop_id and a.article_id = e.article_id
		where e.shop_id = $1 and e.space = $2 and not e.negative and e.vector is not null
		order by a.ref, a.locale, p.kind, p.text`, shopID, space)
	if err != nil {
		return nil, err
	}
	var all []example
	var article uuid.UUID
	var text string
	var vector pgvector.HalfVector
	_, err = pgx.ForEachRow(rows, []any{&article, &text, &vector}, func() error {
		if class, known := classes[article]; known { // published since the classes were read: the next time
			all = append(all, example{traitsOf(text, vector.Slice()), class})
			said[class].add(text)
		}
		return nil
	})
	return all, err
}

// storeLearned puts what was learned in the place of what was learned before. The lock of the space lets one after the
// other write.
func storeLearned(ctx context.Context, tx pgx.Tx, of LearnArgs, changes int64, classes map[uuid.UUID]int, weights [][]float32, said []vocabulary) error {
	tag, err := tx.Exec(ctx, `
		update spaces set learned = $3, learned_by = $4, learned_at = now() where shop_id = $1 and space = $2`,
		of.ShopID, of.Space, changes, traitsVersion)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err == nil {
		_, err = tx.Exec(ctx, `delete from classes where shop_id = $1 and space = $2`, of.ShopID, of.Space)
	}
	if err != nil || len(weights) == 0 {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"classes"}, []string{"shop_id", "space", "class", "read_by", "weights", "words"},
		pgx.CopyFromSlice(len(weights), func(i int) ([]any, error) {
			return []any{of.ShopID, of.Space, i, traitsVersion, pgvector.NewHalfVector(weights[i]), sparsevec(said[i])}, nil
		}))
	if err != nil {
		return err
	}
	ids, numbers := make([]uuid.UUID, 0, len(classes)), make([]int32, 0, len(classes))
	for id, class := range classes {
		ids, numbers = append(ids, id), append(numbers, int32(class))
	}
	_, err = tx.Exec(ctx, `
		insert into classified (shop_id, space, article_id, class)
		select a.shop_id, $2, a.article_id, c.class from unnest($3::uuid[], $4::int[]) as c (article_id, class)
		join articles a on a.shop_id = $1 and a.article_id = c.article_id`, of.ShopID, of.Space, ids, numbers)
	return err
}
