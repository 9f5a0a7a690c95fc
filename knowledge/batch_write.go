package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// store is the transaction of an import. It looks again at what the shop has, now that nobody else can change it.
func (im *importing) store(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))`, im.shop.ID.String())
	if err != nil {
		return err
	}
	planned := make([]Outcome, len(im.rows))
	for i, row := range im.rows {
		planned[i] = row.outcome()
	}
	now, err := im.lock(ctx, tx)
	if err != nil {
		return err
	}
	if err := im.compare(ctx, tx); err != nil {
		return err
	}
	im.leaveAlone(now)
	for i, row := range im.rows {
		// The same file, imported twice at once, has nothing left to do; its passages were prepared for nothing.
		if now := row.outcome(); now != planned[i] && now != OutcomeSame && now != OutcomeRefused {
			return ErrOvertaken
		}
	}
	return im.write(ctx, tx)
}

// lock keeps editors from the articles of the import, in the order in which every import takes them, and returns how
// they stand.
func (im *importing) lock(ctx context.Context, tx pgx.Tx) (map[uuid.UUID]standing, error) {
	var ids []uuid.UUID
	for _, row := range im.rows {
		if row.known && row.outcome() != OutcomeSame {
			ids = append(ids, row.head.ID)
		}
	}
	return standings(ctx, tx, `and a.article_id = any ($2) order by a.article_id for no key update`, im.shop.ID, ids)
}

// leaveAlone refuses the rows whose articles were taken down, or published in another version, after the import began:
// whoever did that knew better than the file, which is older. The same file again is a decision of its own.
func (im *importing) leaveAlone(stand map[uuid.UUID]standing) {
	for i := range im.rows {
		row := &im.rows[i]
		now, locked := stand[row.head.ID]
		if !locked || row.want == Archived || row.outcome() == OutcomeSame {
			continue
		}
		before := im.before[row.head.ID]
		var why error
		switch {
		case now.takenDownSince(before):
			why = fmt.Errorf("taken down during this import: %w", ErrOvertaken)
		case now.live > 0 && now.live != before.live:
			why = ErrPublishedOver
		default:
			continue
		}
		row.refused = true
		result := &im.results[row.place]
		result.Outcome, result.Err = OutcomeRefused, fmt.Errorf("id %q in %s: %w", row.article.Ref, row.article.Locale, why)
	}
}

// plan is what an import changes.
type plan struct {
	fresh    []Article              // new articles
	versions []Article              // new versions of known ones
	live     []Article              // to publish
	down     map[string][]uuid.UUID // to take down, by the status that is left
	keep     []bool                 // which of the prepared passages are stored
}

// plan gives new articles their ids and new versions their numbers.
func (im *importing) plan() plan {
	p := plan{down: map[string][]uuid.UUID{}, keep: make([]bool, len(im.passages))}
	for i := range im.rows {
		row := &im.rows[i]
		switch row.outcome() {
		case OutcomeSame, OutcomeRefused:
			continue
		case OutcomeNew:
			row.article.ID, row.article.Version = uuid.Must(uuid.NewV7()), 1
			im.results[row.place].ID = row.article.ID
			p.fresh = append(p.fresh, row.article)
		case OutcomeChanged:
			row.article.ID, row.article.Version = row.head.ID, row.head.Version
			if !row.article.sameContent(row.head) {
				row.article.Version++
				p.versions = append(p.versions, row.article)
			}
			im.results[row.place].Before = row.head.Standing()
		}
		im.results[row.place].After = row.after()
		if row.want == HeldBack && row.head.Live > 0 {
			continue
		}
		if row.want == HeldBack {
			row.want = Draft
		}
		if row.want != Published {
			p.down[row.want] = append(p.down[row.want], row.article.ID)
			continue
		}
		p.live = append(p.live, row.article)
		for j := row.first; j < row.last; j++ {
			im.passages[j].article, im.passages[j].version, p.keep[j] = row.article.ID, row.article.Version, true
		}
	}
	return p
}

// after is how the article of a row stands once it is stored.
func (r importRow) after() Standing {
	switch {
	case r.want == Published:
		return Standing{Published, r.article.Version, r.article.Version}
	case r.want == HeldBack && r.head.Live > 0:
		return Standing{r.head.Status, r.article.Version, r.head.Live}
	case r.want == HeldBack:
		return Standing{Draft, r.article.Version, 0}
	}
	return Standing{r.want, r.article.Version, 0}
}

// write stores new articles and versions, takes down, and publishes.
func (im *importing) write(ctx context.Context, tx pgx.Tx) error {
	p := im.plan()
	if err := insertArticles(ctx, tx, im.shop.ID, p.fresh); err != nil {
		return err
	}
	if err := im.writeVersions(ctx, tx, p.versions); err != nil {
		return err
	}
	for status, ids := range p.down {
		if err := takeDown(ctx, tx, im.shop.ID, ids, status); err != nil {
			return err
		}
	}
	if err := makeLive(ctx, tx, im.shop.ID, p.live); err != nil {
		return err
	}
	im.drop(p.keep)
	replaced := make([]uuid.UUID, len(p.live))
	for i, a := range p.live {
		replaced[i] = a.ID
	}
	return replacePassages(ctx, tx, im.shop.ID, replaced, im.passages, im.vectors)
}

func (im *importing) writeVersions(ctx context.Context, tx pgx.Tx, versions []Article) error {
	if err := insertVersions(ctx, tx, im.shop.ID, versions); err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(versions))
	heads := make([]int32, len(versions))
	for i, v := range versions {
		ids[i], heads[i] = v.ID, int32(v.Version)
	}
	_, err := tx.Exec(ctx, `
		update articles a set head = n.head, updated_at = now() from unnest($2::uuid[], $3::int[]) as n (article_id, head)
		where a.shop_id = $1 and a.article_id = n.article_id`, im.shop.ID, ids, heads)
	return err
}

// drop forgets the passages that are not to be stored, and their vectors.
func (im *importing) drop(keep []bool) {
	kept := 0
	for i, ok := range keep {
		if !ok {
			continue
		}
		im.passages[kept] = im.passages[i]
		for _, vectors := range im.vectors {
			vectors[kept] = vectors[i]
		}
		kept++
	}
	im.passages = im.passages[:kept]
	for space := range im.vectors {
		im.vectors[space] = im.vectors[space][:kept]
	}
}
