package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Filter narrows a List; a zero field does not.
type Filter struct {
	Text           string         // each of its words stands in the Ref, question, answer or a phrasing, whatever the case; 6.95 is 6,95
	Status         string         // Draft, Published, Archived
	Locale         string         // exact
	Market         string         // bound to this market, or to none
	Kind           string         // exact
	Tag            string         // among the tags
	ExpiringBefore *time.Time     // has an end before this
	IDs            []uuid.UUID    // one of these; nil: any
	View           View           // needs this sort of attention
	Missed         map[string]int // for ViewMissed: how often each Ref came nearest to a missed question
	Limit, Offset  int            // Limit 0: everything
}

// View is what an article can need attention for.
type View string

// Views of a list.
const (
	ViewEnding  View = "ending"  // ends within two weeks
	ViewEnded   View = "ended"   // has ended
	ViewEarly   View = "early"   // has not begun
	ViewStale   View = "stale"   // published, and not written anew for half a year
	ViewUnasked View = "unasked" // published, and never asked for
	ViewMissed  View = "missed"  // came nearest to missed questions
)

// listed are the newest versions of a shop's articles that a filter lets through.
const listed = `
	where a.shop_id = @shop
		and (@status = '' or a.status = @status)
		and (@locale = '' or a.locale = @locale)
		and (@market = '' or v.market = '{}' or @market = any (v.market))
		and (@kind = '' or v.kind = @kind)
		and (@tag = '' or @tag = any (v.tags))
		and (@expiring::timestamptz is null or v.valid_to < @expiring)
		and (@ids::uuid[] is null or a.article_id = any (@ids))
		and case @view::text
			when 'ending' then v.valid_to > now() and v.valid_to < now() + interval '14 days' and coalesce(v.valid_from <= now(), true)
			when 'ended' then v.valid_to <= now()
			when 'early' then v.valid_from > now()
			when 'stale' then a.status = 'published' and v.created_at <= now() - interval '180 days'
			when 'unasked' then a.status = 'published' and a.asked = 0
			when 'missed' then a.ref = any (@missed::text[])
			else true end`

// said is where the words of a filter are looked for: numbers have points there, however they are written.
const said = `
	cross join lateral (select translate(v.question, ',', '.') as title,
		translate(concat_ws(' ', a.ref, v.question, v.answer, (select string_agg(p.text, ' ') from phrasings p
			where p.shop_id = v.shop_id and p.article_id = v.article_id and p.version = v.version)), ',', '.') as words) as said`

// best is where the words of a filter stand: together in the title, all in it, together elsewhere.
const best = `case when said.title ilike @phrase then 0 when said.title ilike all (@words) then 1 when said.words ilike @phrase then 2 else 3 end`

// from is the query of a filter without what it selects.
func (f Filter) from() string {
	const heads = ` from articles a join article_versions v on v.shop_id = a.shop_id and v.article_id = a.article_id and v.version = a.head`
	if len(f.words()) == 0 {
		return heads + listed
	}
	return heads + said + listed + ` and said.words ilike all (@words)`
}

// order sorts Refs: what is most pressing, or fits best, first.
func (f Filter) order() string {
	switch {
	case f.View == ViewEnding:
		return `min(v.valid_to)`
	case f.View == ViewEnded:
		return `max(v.valid_to) desc`
	case f.View == ViewEarly:
		return `min(v.valid_from)`
	case f.View == ViewStale:
		return `min(v.created_at)`
	case f.View == ViewMissed:
		return `array_position(@missed::text[], a.ref)`
	case len(f.words()) > 0:
		return `min(` + best + `), max(a.updated_at) desc`
	}
	return `max(a.updated_at) desc`
}

// words are the patterns of the words that are looked for, as said has them.
func (f Filter) words() []string {
	words := strings.Fields(f.Text)
	for i, word := range words {
		word = cmp.Or(strings.Trim(word, ",.;:?!¿¡，。；：？！"), word)
		words[i] = "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`, ",", ".").Replace(word) + "%"
	}
	return words
}

func (f Filter) args(shopID uuid.UUID) pgx.NamedArgs {
	var limit *int
	if f.Limit > 0 {
		limit = &f.Limit
	}
	words := f.words()
	often := slices.SortedFunc(maps.Keys(f.Missed), func(a, b string) int { return cmp.Or(f.Missed[b]-f.Missed[a], strings.Compare(a, b)) })
	return pgx.NamedArgs{"shop": shopID, "status": f.Status, "locale": f.Locale, "market": marketAsked(f.Market), "kind": f.Kind, "tag": f.Tag,
		"expiring": f.ExpiringBefore, "ids": f.IDs, "view": string(f.View), "missed": orEmpty(often), "words": words,
		"phrase": strings.ReplaceAll(strings.Join(words, " "), "% %", " "), "limit": limit, "offset": f.Offset}
}

// List returns the newest versions of the articles that the filter lets through, what fits the words best first, then the latest
// changed, and how many there are without Limit and Offset.
func (b *Base) List(ctx context.Context, shopID uuid.UUID, f Filter) ([]Article, int, error) {
	var total int
	if err := b.pool.QueryRow(ctx, `select count(*)`+f.from(), f.args(shopID)).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("list articles: %w", err)
	}
	order := `a.updated_at desc`
	if len(f.words()) > 0 {
		order = best + `, ` + order
	}
	rows, err := b.pool.Query(ctx, `select a.article_id`+f.from()+` order by `+order+`, a.article_id limit @limit offset @offset`, f.args(shopID))
	if err != nil {
		return nil, 0, fmt.Errorf("list articles: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, 0, fmt.Errorf("list articles: %w", err)
	}
	found, err := collectVersions(ctx, b.pool, `join unnest($2::uuid[]) with ordinality as o (id, place) on o.id = a.article_id
		where a.shop_id = $1 and v.version = a.head order by o.place`, shopID, ids)
	if err != nil {
		return nil, 0, fmt.Errorf("list articles: %w", err)
	}
	return found, total, nil
}

// Entry is what a shop says of one thing: the newest versions of one Ref, by locale.
type Entry struct {
	Articles []Article
	Fitting  []uuid.UUID // those that the filter lets through
}

// Entries returns the Refs of which the filter lets an article through, the most pressing of a View or what fits the words
// best first, then the latest changed, and how many there are without Limit and Offset.
func (b *Base) Entries(ctx context.Context, shopID uuid.UUID, f Filter) ([]Entry, int, error) {
	var total int
	if err := b.pool.QueryRow(ctx, `select count(distinct a.ref)`+f.from(), f.args(shopID)).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("list entries: %w", err)
	}
	rows, err := b.pool.Query(ctx, `select a.ref, array_agg(a.article_id)`+f.from()+` group by a.ref order by `+f.order()+`, a.ref limit @limit offset @offset`, f.args(shopID))
	if err != nil {
		return nil, 0, fmt.Errorf("list entries: %w", err)
	}
	var refs []string
	var entries []Entry
	var ref string
	var fitting []uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&ref, &fitting}, func() error {
		refs, entries = append(refs, ref), append(entries, Entry{Fitting: slices.Clone(fitting)})
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list entries: %w", err)
	}
	all, err := collectVersions(ctx, b.pool, `where a.shop_id = $1 and a.ref = any ($2) and v.version = a.head order by a.locale`, shopID, refs)
	if err != nil {
		return nil, 0, fmt.Errorf("list entries: %w", err)
	}
	for _, a := range all {
		at := slices.Index(refs, a.Ref)
		entries[at].Articles = append(entries[at].Articles, a)
	}
	return entries, total, nil
}
