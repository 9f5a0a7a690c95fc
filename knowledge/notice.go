package knowledge

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// KindNotice is the kind of an article that says what is otherwise for a time: parcels take longer, a warehouse moves. A
// promotion is no notice: nobody is told of it before it begins.
const KindNotice = "notice"

// Notice is a published notice that holds, or is going to.
type Notice struct {
	Hit      Hit       // as it is shown, sure of itself
	From     time.Time // inclusive; of one that has always held, the time asked about
	Until    time.Time // exclusive
	Concerns bool      // it shares a tag with the article asked about, and the market where it has one
	Texts    []string  // title and answer in each language that it has in common with that article, in the order of the languages
	Beside   []string  // the same of that article
}

// noticesStatement finds the notices $6 that are due between $2 and $3 in the market $4, shown in the locale $7 or its language $8
// where they can be, each with the article $5 beside it.
const noticesStatement = `
	with due as (
		select n.* from articles n
		where n.shop_id = $1 and n.kind = $6 and n.status = 'published' and n.live is not null
			and n.valid_to > $2 and (n.valid_from is null or n.valid_from < $3)
			and ($4 = '' or n.market = '{}' or $4 = any (n.market))
	), asked as (
		select a.* from articles a where a.shop_id = $1 and a.article_id = $5
	), variants as (
		select a.locale, v.question || E'\n' || v.answer as said
		from articles a join article_versions v on v.shop_id = $1 and v.article_id = a.article_id and v.version = a.live
		where a.shop_id = $1 and a.ref = (select ref from asked) and a.status = 'published'
	), said as (
		select d.ref, array_agg(v.question || E'\n' || v.answer order by d.locale) as texts, array_agg(o.said order by d.locale) as beside
		from due d join article_versions v on v.shop_id = $1 and v.article_id = d.article_id and v.version = d.live join variants o using (locale)
		group by d.ref
	)
	select s.article_id, s.ref, s.locale, s.kind, v.question, v.answer, v.version, s.market, t.begins, t.ends, t.concerns,
		coalesce(said.texts, '{}'), coalesce(said.beside, '{}')
	from (
		select d.ref, coalesce(min(d.valid_from), $2) as begins, max(d.valid_to) as ends,
			coalesce(bool_or(d.tags && a.tags and (d.market = '{}' or $4 <> '' or d.market && a.market)), false) as concerns
		from due d left join asked a on true group by d.ref
	) t
	join lateral (
		select d.* from due d where d.ref = t.ref
		order by d.locale = $7 desc, split_part(d.locale, '-', 1) = $8 desc, d.article_id limit 1
	) s on true
	join article_versions v on v.shop_id = $1 and v.article_id = s.article_id and v.version = s.live
	left join said on said.ref = t.ref
	order by t.ref`

// Notices returns the notices of this market ("": of every market) that are not over at this time and begin before this
// end, in this locale where they have it, with whether they concern what this article is about. One without an end is
// everyday knowledge, and no notice.
func (b *Base) Notices(ctx context.Context, shopID uuid.UUID, at, end time.Time, market, locale string, article uuid.UUID) ([]Notice, error) {
	language, _, _ := strings.Cut(locale, "-")
	rows, err := b.pool.Query(ctx, noticesStatement, shopID, at, end, marketAsked(market), article, KindNotice, locale, language)
	if err != nil {
		return nil, fmt.Errorf("notices of shop %s: %w", shopID, err)
	}
	notices, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n Notice, err error) {
		h := &n.Hit
		h.Confidence = 1
		return n, row.Scan(&h.ArticleID, &h.Ref, &h.Locale, &h.Kind, &h.Question, &h.Answer, &h.Version, &h.Market, &n.From, &n.Until, &n.Concerns, &n.Texts, &n.Beside)
	})
	if err != nil {
		return nil, fmt.Errorf("notices of shop %s: %w", shopID, err)
	}
	return notices, nil
}
