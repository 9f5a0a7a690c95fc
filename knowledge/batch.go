package knowledge

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Outcome is what became of one article of an import.
type Outcome string

// Outcomes of an article.
const (
	OutcomeNew     Outcome = "new"
	OutcomeChanged Outcome = "changed"
	OutcomeSame    Outcome = "same"
	OutcomeRefused Outcome = "error"
)

// ImportOptions say how ImportBatch goes about it.
type ImportOptions struct {
	DryRun   bool                  // say what would become of each article, and store nothing
	Author   string                // of the new versions, where an article names none
	Progress func(done, total int) // called now and then with the passages prepared; may be nil
}

// Imported is what became of the article at the same place of the batch.
type Imported struct {
	ID      uuid.UUID // uuid.Nil for refused ones and for new ones of a dry run
	Ref     string
	Locale  string
	Outcome Outcome
	Before  Standing // how the article stood before; zero for a new one
	After   Standing // how it stands now; zero for refused and unchanged ones and in a dry run
	Err     error    // why it was refused: wraps ErrInvalid, ErrExists or ErrOvertaken; nil otherwise
}

// Standing is how an article stands: its status, its newest version and the one that answers, 0 for none.
type Standing struct {
	Status  string `json:"status"`
	Version int    `json:"version"`
	Live    int    `json:"live,omitempty"`
}

// Standing is how the article stands that this is the newest version of.
func (a Article) Standing() Standing { return Standing{a.Status, a.Version, a.Live} }

// HeldBack is the status in an import of an article that is stored and not published: what answers goes on answering.
const HeldBack = "held"

// ImportBatch saves and publishes many articles at once; the article of the same Ref and Locale, if there is one, gets
// a new version. An article's Status says what it becomes: Draft a draft that does not answer, HeldBack a newer draft of what does,
// Archived taken down, Published or "" published.
// The result has one entry for each article, in their order. A bad article is refused and hinders no other; an error
// of ImportBatch itself means that nothing at all was stored, because everything happens in one transaction.
// An article that is taken down, or published in another version, while the import is under way stays as it is: its row is
// refused. The same batch again changes nothing. Imports into one shop take turns.
func (b *Base) ImportBatch(ctx context.Context, shopID uuid.UUID, articles []Article, options ImportOptions) ([]Imported, error) {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return nil, err
	}
	if options.Progress == nil {
		options.Progress = func(int, int) {}
	}
	im := &importing{shop: shop, results: make([]Imported, len(articles)), options: options}
	im.check(articles)
	if options.DryRun {
		return im.results, im.compare(ctx, b.pool)
	}
	if im.before, err = standings(ctx, b.pool, `and a.ref = any ($2)`, shopID, im.refs()); err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		err = b.attempt(ctx, im)
		if !errors.Is(err, ErrOvertaken) || try == importTries {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("import into shop %s: %w", shop.Slug, err)
	}
	if len(im.passages) > analyzeAbove {
		// The planner would otherwise learn minutes later that the tables are not small any more.
		if _, err := b.pool.Exec(ctx, `analyze articles, article_versions, phrasings, passages, embeddings, words`); err != nil {
			b.log.WarnContext(ctx, "tables are not analysed after an import", "error", err)
		}
	}
	return im.results, nil
}

// attempt prepares the import and stores it.
func (b *Base) attempt(ctx context.Context, im *importing) error {
	if err := b.prepare(ctx, im); err != nil {
		return err
	}
	err := b.inTx(ctx, func(tx pgx.Tx) error { return im.store(ctx, tx) })
	if errors.Is(err, ErrExists) { // an editor has just saved an article that was new to the import
		return ErrOvertaken
	}
	return err
}

// importTries is how often an import that others keep overtaking starts anew.
const importTries = 3

// analyzeAbove is how many passages an import must bring for the planner to be told.
const analyzeAbove = 1_000

// importing is one import on its way.
type importing struct {
	shop     Shop
	options  ImportOptions
	results  []Imported
	rows     []importRow
	before   map[uuid.UUID]standing // how the articles stood when the import began
	passages []passage              // of the rows that will be published, without the articles' ids yet
	vectors  map[string][][]float32
}

// importRow is one article that is good enough to store.
type importRow struct {
	place   int // in the batch
	article Article
	want    string // status
	head    Article
	known   bool
	refused bool // taken down, or published anew, since the import began
	first   int  // its passages are importing.passages[first:last]
	last    int
}

type variant struct{ ref, locale string }

// check cleans the articles and refuses the bad ones, among them the second of a Ref and Locale.
func (im *importing) check(articles []Article) {
	seen := make(map[variant]bool, len(articles))
	for i, a := range articles {
		want := a.Status
		a, err := a.clean(im.shop)
		if a.Ref == "" {
			a.Ref = madeRef(a.Question)
		}
		if a.Author == "" {
			a.Author = im.options.Author
		}
		switch key := (variant{a.Ref, a.Locale}); {
		case err != nil:
		case want != "" && want != Draft && want != Published && want != Archived && want != HeldBack:
			err = fmt.Errorf("status: %w: %q is none of draft, published, archived", ErrInvalid, want)
		case seen[key]:
			err = fmt.Errorf("id %q in %s: %w in this import", a.Ref, a.Locale, ErrExists)
		default:
			seen[key] = true
		}
		if want == "" {
			want = Published
		}
		im.results[i] = Imported{Ref: a.Ref, Locale: a.Locale, Outcome: OutcomeRefused, Err: err}
		if err == nil {
			im.rows = append(im.rows, importRow{place: i, article: a, want: want})
		}
	}
}

func (im *importing) refs() []string {
	refs := make([]string, len(im.rows))
	for i, row := range im.rows {
		refs[i] = row.article.Ref
	}
	return refs
}

// compare reads what the shop has and decides what becomes of each row.
func (im *importing) compare(ctx context.Context, q querier) error {
	heads, err := collectVersions(ctx, q, `where a.shop_id = $1 and a.ref = any ($2) and v.version = a.head`, im.shop.ID, im.refs())
	if err != nil {
		return err
	}
	known := make(map[variant]Article, len(heads))
	for _, h := range heads {
		known[variant{h.Ref, h.Locale}] = h
	}
	for i := range im.rows {
		row := &im.rows[i]
		row.head, row.known = known[variant{row.article.Ref, row.article.Locale}]
		result := &im.results[row.place]
		result.ID, result.Outcome = row.head.ID, row.outcome()
	}
	return nil
}

func (r importRow) outcome() Outcome {
	switch {
	case r.refused:
		return OutcomeRefused
	case !r.known:
		return OutcomeNew
	case r.want == HeldBack && r.article.sameContent(r.head):
		return OutcomeSame
	case !r.article.sameContent(r.head) || r.head.Status != r.want || r.want == Published && r.head.Live != r.head.Version:
		return OutcomeChanged
	}
	return OutcomeSame
}

// prepare does the slow part before the transaction: the passages of what will be published, and their vectors.
func (b *Base) prepare(ctx context.Context, im *importing) error {
	if err := im.compare(ctx, b.pool); err != nil {
		return err
	}
	im.passages = nil
	for i := range im.rows {
		row := &im.rows[i]
		row.first = len(im.passages)
		if row.want == Published && row.outcome() != OutcomeSame {
			im.passages = append(im.passages, passagesOf(row.article)...)
		}
		row.last = len(im.passages)
	}
	vectors, err := b.vectorsOf(ctx, im.shop, im.passages, func(done int) { im.options.Progress(done, len(im.passages)) })
	im.vectors = vectors
	return err
}
