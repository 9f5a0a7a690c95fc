package knowledge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// States of a space.
const (
	SpaceFilling = "filling"
	SpaceActive  = "active"
	SpaceRetired = "retired"
)

// WordsSpace is the space of a shop that has no embedder: its rows have no vectors, and words alone search.
const WordsSpace = "words"

// Space is one embedding model and dimension of a shop, and how far its vectors are.
type Space struct {
	Name      string
	Dimension int
	State     string // filling, active or retired
	Done      int    // passages that have their vector
	Total     int    // passages that need one
	Error     string // what stopped the last filling, "" when nothing did
}

const spaceQuery = `
	select s.space, s.dimension, s.state, s.error,
		(select count(e.vector) from embeddings e where e.shop_id = s.shop_id and e.space = s.space),
		(select count(*) from passages p where p.shop_id = s.shop_id)
	from spaces s where s.shop_id = $1 `

func scanSpace(row pgx.CollectableRow) (Space, error) {
	var s Space
	err := row.Scan(&s.Name, &s.Dimension, &s.State, &s.Error, &s.Done, &s.Total)
	return s, err
}

// Spaces returns the shop's spaces with their progress, the oldest first.
func (b *Base) Spaces(ctx context.Context, shopID uuid.UUID) ([]Space, error) {
	rows, err := b.pool.Query(ctx, spaceQuery+`order by s.created_at, s.space`, shopID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSpace)
}

// StartSpace begins the change to another embedder: its space is filled in the background (FillSpace) and answers once it
// is complete; until then the active one does. Starting it again, or starting the active space, is no error.
// The transaction lets the caller insert the FillSpaceArgs job together with it.
func (b *Base) StartSpace(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, embedder Embedder) error {
	_, err := tx.Exec(ctx, `
		insert into spaces (shop_id, space, dimension) values ($1, $2, $3)
		on conflict (shop_id, space) do update set state = 'filling', error = '' where spaces.state = 'retired'`,
		shopID, embedder.Space(), embedder.Dimension())
	if err != nil {
		return translate(err, "space "+embedder.Space())
	}
	return nil
}

// FillSpaceArgs asks a worker to fill one space of a shop.
type FillSpaceArgs struct {
	ShopID uuid.UUID `json:"shop_id"`
	Space  string    `json:"space"`
}

// Kind names the job.
func (FillSpaceArgs) Kind() string { return "fill_space" }

// InsertOpts keeps one job for each space: a sweep may insert it as often as it likes.
func (FillSpaceArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled}}}
}

// FillSpaceWorker fills spaces as River's jobs ask for it.
type FillSpaceWorker struct {
	river.WorkerDefaults[FillSpaceArgs]
	Base *Base
}

// fillSlice is how long one run of the job fills; a job should not run for as long as a large shop takes.
const fillSlice = 40 * time.Second

// Work fills the space for a while and asks to be called again for the rest.
func (w *FillSpaceWorker) Work(ctx context.Context, job *river.Job[FillSpaceArgs]) error {
	slice, cancel := context.WithTimeout(ctx, fillSlice)
	defer cancel()
	err := w.Base.FillSpace(slice, job.Args.ShopID, job.Args.Space)
	switch {
	case err == nil:
		return nil
	case ctx.Err() == nil && slice.Err() != nil:
		return river.JobSnooze(time.Second)
	case errors.Is(err, ErrNotFound):
		return river.JobCancel(err)
	}
	return err
}

// NextRetry comes soon, however often the embedder failed: when it is back, somebody waits for the change.
func (w *FillSpaceWorker) NextRetry(job *river.Job[FillSpaceArgs]) time.Time {
	return time.Now().Add(min(time.Duration(job.Attempt)*5*time.Second, time.Minute))
}

// SpacesToFill returns the spaces of all shops whose vectors are not complete: new ones, and those for which
// an embedder was missing when something was published. A sweep inserts a job for each.
func (b *Base) SpacesToFill(ctx context.Context) ([]FillSpaceArgs, error) {
	rows, err := b.pool.Query(ctx, `
		select s.shop_id, s.space from spaces s
		where s.state = 'filling' or s.state = 'active' and s.space <> $1 and exists (
			select from embeddings e where e.shop_id = s.shop_id and e.space = s.space and e.vector is null)
		order by s.shop_id, s.space`, WordsSpace)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[FillSpaceArgs])
}

// FillSpace computes the vectors that the space lacks, batch by batch, each stored when it is there: stopped at any
// point, it goes on from it the next time. When none is missing, a filling space becomes the active one, and the one
// before is retired and its vectors deleted. ErrNotFound when the space or its embedder is not there.
func (b *Base) FillSpace(ctx context.Context, shopID uuid.UUID, name string) error {
	err := b.fillSpace(ctx, shopID, name)
	if err != nil && ctx.Err() == nil && !errors.Is(err, ErrNotFound) {
		// The reason is for the editors' page; the job's own error is returned whether or not this is stored.
		b.pool.Exec(ctx, `update spaces set error = $3 where shop_id = $1 and space = $2`, shopID, name, err.Error())
	}
	return err
}

func (b *Base) fillSpace(ctx context.Context, shopID uuid.UUID, name string) error {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return err
	}
	embedder, ok := b.embedders.Embedder(shop, name)
	if !ok {
		return fmt.Errorf("embedder of space %q: %w", name, ErrNotFound)
	}
	for {
		n, err := b.fillSome(ctx, shopID, embedder)
		if err != nil {
			return fmt.Errorf("fill space %s: %w", name, err)
		}
		if n > 0 {
			continue
		}
		complete, err := b.activate(ctx, shopID, name)
		if err != nil || complete {
			return err
		}
	}
}

// fillBatch is how many vectors are computed before they are stored: few enough that a slow embedder gets somewhere.
const fillBatch = 64

// fillSome gives one batch of passages their vectors, and returns how many lacked one.
func (b *Base) fillSome(ctx context.Context, shopID uuid.UUID, embedder Embedder) (int, error) {
	rows, err := b.pool.Query(ctx, `
		select p.passage_id, p.text from passages p
		left join embeddings e on e.shop_id = p.shop_id and e.passage_id = p.passage_id and e.space = $2
		where p.shop_id = $1 and e.vector is null
		order by p.passage_id limit $3`, shopID, embedder.Space(), fillBatch)
	if err != nil {
		return 0, err
	}
	missing, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (passage, error) {
		var p passage
		err := row.Scan(&p.id, &p.text)
		return p, err
	})
	if err != nil || len(missing) == 0 {
		return 0, err
	}
	vectors, err := embedAll(ctx, embedder, missing, func(int) {})
	if err != nil {
		return 0, err
	}
	batch := &pgx.Batch{}
	for i, p := range missing {
		// The passage may have been replaced while the embedder was at work.
		batch.Queue(`
			insert into embeddings (shop_id, passage_id, space, article_id, negative, product, words, vector)
			select p.shop_id, p.passage_id, $3, p.article_id, p.kind = 'negative', a.kind = 'product', p.words, $4
			from passages p join articles a on a.shop_id = p.shop_id and a.article_id = p.article_id
			where p.shop_id = $1 and p.passage_id = $2 for key share of p
			on conflict (shop_id, passage_id, space) do update set vector = excluded.vector`, shopID, p.id, embedder.Space(), halfvec(vectors[i]))
	}
	if err := b.pool.SendBatch(ctx, batch).Close(); err != nil {
		return 0, err
	}
	_, err = b.pool.Exec(ctx, `update spaces set error = '' where shop_id = $1 and space = $2 and error <> ''`, shopID, embedder.Space())
	return len(missing), err
}

// activate makes a complete space the one that answers; false when a passage has come meanwhile. The lock of the
// shop's row, which every publication takes, keeps passages from coming while it looks.
func (b *Base) activate(ctx context.Context, shopID uuid.UUID, name string) (complete bool, err error) {
	err = b.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select from shops where shop_id = $1 for no key update`, shopID); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, spaceQuery+`and s.space = $2`, shopID, name)
		if err != nil {
			return err
		}
		space, err := pgx.CollectExactlyOneRow(rows, scanSpace)
		if err != nil {
			return translate(err, "space "+name)
		}
		complete = space.Done == space.Total
		if !complete || space.State != SpaceFilling {
			return nil
		}
		return switchTo(ctx, tx, shopID, name)
	})
	return complete, err
}

func switchTo(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, name string) error {
	for _, statement := range []string{
		`update spaces set state = 'retired' where shop_id = $1 and state = 'active' and space <> $2`,
		`update spaces set state = 'active', error = '' where shop_id = $1 and space = $2`,
		`update shops set active_space = $2 where shop_id = $1`,
		`delete from embeddings e using spaces s where e.shop_id = $1 and s.shop_id = $1 and s.space = e.space
			and s.state = 'retired' and s.space <> $2`,
		`delete from classes c using spaces s where c.shop_id = $1 and s.shop_id = $1 and s.space = c.space
			and s.state = 'retired' and s.space <> $2`,
	} {
		if _, err := tx.Exec(ctx, statement, shopID, name); err != nil {
			return err
		}
	}
	return nil
}
