package knowledge

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
)

// Query is one shopper's question.
type Query struct {
	Text   string
	Locale string    // of the shopper: hits are shown in it where they can; "" shows the variant that was found
	Market string    // narrows to articles of this market and of none; "" is the shop's default, or every market
	At     time.Time // zero: now
	Limit  int       // hits wanted; 0: ten
}

// Hit is one article that may answer, shown in the shopper's language where it has a variant in it.
type Hit struct {
	ArticleID  uuid.UUID
	Ref        string
	Locale     string
	Kind       string
	Question   string
	Answer     string
	Passage    string // what was found of it, in the language in which it was found
	Version    int
	Market     []string
	Score      float64 // Similarity + a share of Words, as found; comparable between questions
	Confidence float64 // probability that this article answers the question, 0 … 1
	Similarity float64 // cosine of the best passage, -1 … 1; 0 where the embedder was away
	Words      float64 // BM25 of the best passage over the sum of the question's IDF, 0 … about 2.2
}

// Decision is what confidence recommends.
type Decision string

// Decisions: answer with the first hit, ask which of the first is meant, or say that nothing is known.
const (
	DecideAnswer Decision = "answer"
	DecideAsk    Decision = "ask"
	DecideNone   Decision = "none"
)

// Result is what a search found, the likeliest first.
type Result struct {
	Hits       []Hit
	Decision   Decision
	Confidence float64   // of the first hit; 0 without one
	WordsOnly  bool      // the embedder was away, words alone have searched
	Odds       float64   // log-odds that the shop answers the question at all, were that as likely as not; 0 without a hit
	Signals    []float64 // what Odds and Confidence were judged by, in the order of their coefficients; nil without a hit

	inside float64 // probability that the shop answers the question at all
	best   float64 // probability that the first hit is right if the shop answers the question
	likely float64 // the same of any of the first answers
}

// maxSearched bounds the question, in code points; what comes after says the same again.
const maxSearched = 1_000

// candidate is a passage that may answer.
type candidate struct {
	id         uuid.UUID // of the passage
	ref        string
	kind       string // of the passage
	text       string
	locale     string // of the passage
	similarity float64
	words      float64
	score      float64
	known      int     // words of the question that stand in the shop's passages
	inside     float64 // share of the shop's questions that it answers
	vector     []float32
	terms      []term   // its words
	overlap    float64  // cosine of its words and the question's, weighted among the candidates, 0 … 1
	learned    *float64 // log-odds of its answer by what the shop has learned, up to a constant; nil where nothing is
	covered    *float64 // share of the question's IDF that its answer has anywhere, as far as it was learned; nil where nothing is
	strange    strangeness
	kinship    kinship
	shown      Hit // the article to show for it
}

// answerable is the one place that says which articles (a) may answer: this shop's, published, valid at the time $5,
// of the market $6 or of none.
const answerable = `a.shop_id = $1 and a.status = 'published' and a.live is not null
		and (a.valid_from is null or a.valid_from <= $5) and (a.valid_to is null or a.valid_to > $5)
		and ($6 = '' or a.market = '{}' or $6 = any (a.market))`

// searchStatement is the whole search. It returns the best passages, each with the variant of its article in the
// shopper's language, or else its own. The score is the cosine and a share of the words' BM25, measured against the
// most that this question could reach: 0.25, and 0.5 for product titles, which are found by their words. It means
// the same for every question, so that a threshold on it does, too.
//
//	$1 shop  $2 question's words  $3 question's vector or null  $4 space  $5 time  $6 market  $7 locale  $8 language
//	$9 model of the odds  $10 share of questions inside where it has none  $11 question's traits or null  $12 their version
const searchStatement = `
with asked as (
	select q.word, coalesce(w.passages, 0) as passages,
		ln(1 + (s.passages - coalesce(w.passages, 0) + 0.5) / (coalesce(w.passages, 0) + 0.5)) as idf
	from shops s cross join unnest($2::int[]) as q (word)
	left join words w on w.shop_id = $1 and w.word = q.word
	where s.shop_id = $1
), question as materialized (
	select coalesce(sum(idf), 0)::float8 as total, count(*) filter (where passages > 0) as known,
		('{' || coalesce(string_agg(word || ':' || idf::real, ',' order by word), '') || '}/1000000000')::sparsevec as words
	from asked
), best as (
	select *, similarity + share * words as score
	from (
		select e.passage_id, e.article_id, case when e.product then 0.5 else 0.25 end as share,
			coalesce(-(e.vector <#> $3::halfvec), 0) as similarity,
			coalesce(-(e.words <#> (select words from question)) / nullif((select total from question), 0), 0) as words
		from embeddings e
		where e.shop_id = $1 and e.space = $4
			-- the case keeps this one look-up in a hash table, whatever the planner knows about the tables
			and case when e.article_id in (select a.article_id from articles a where ` + answerable + `) then true end
		offset 0 -- score each passage once
	) legs
	order by score desc, passage_id limit 80
)
select p.passage_id, f.ref, p.kind, p.text, f.locale, b.similarity, b.words, b.score, (select known from question),
	coalesce((select t.inside from traffic t where t.shop_id = $1 and t.model = $9), $10), e.vector, e.words,
	l.learned, l.covered, s.article_id, s.locale, s.kind, v.question, v.answer, v.version, s.market
from best b
join articles f on f.shop_id = $1 and f.article_id = b.article_id
join passages p on p.shop_id = $1 and p.passage_id = b.passage_id
join embeddings e on e.shop_id = $1 and e.passage_id = b.passage_id and e.space = $4 -- only the best bring their vectors along
left join lateral ( -- it finds its one row by the key, whatever the planner knows about the tables
	select -(k.weights <#> $11::halfvec) as learned,
		coalesce(-(k.words <#> (select words from question)) / nullif((select total from question), 0), 0) as covered
	from classes k
	where $11::halfvec is not null and k.shop_id = $1 and k.space = $4 and k.read_by = $12 and k.class = (
		select d.class from classified d where d.shop_id = $1 and d.space = $4 and d.article_id = b.article_id)
	limit 1
) l on true
join lateral (
	select a.* from articles a
	where a.ref = f.ref and ` + answerable + `
	order by a.locale = $7 desc, split_part(a.locale, '-', 1) = $8 desc, a.article_id = f.article_id desc, a.article_id
	limit 1
) s on true
join article_versions v on v.shop_id = $1 and v.article_id = s.article_id and v.version = s.live
order by b.score desc, b.passage_id`

// Search finds the articles that answer a question. It sees what is published, valid at the question's time and of its
// market, and nothing else. When the embedder fails, words alone search; no other failure is hidden.
func (b *Base) Search(ctx context.Context, shop Shop, q Query) (Result, error) {
	return b.search(ctx, shop, q.complete(shop))
}

func (q Query) complete(shop Shop) Query {
	if q.At.IsZero() {
		q.At = time.Now()
	}
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if q.Market == "" {
		q.Market = shop.Market
	}
	q.Market = marketAsked(q.Market)
	q.Text = searchable(q.Text)
	return q
}

// searchable bounds a question and takes out what PostgreSQL cannot hold.
func searchable(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, " "), "\x00", " ")
	if runes := []rune(text); len(runes) > maxSearched {
		text = string(runes[:maxSearched])
	}
	return strings.TrimSpace(text)
}

func (b *Base) search(ctx context.Context, shop Shop, q Query) (Result, error) {
	if q.Text == "" {
		return Result{Decision: DecideNone}, nil
	}
	candidates, wordsOnly, err := b.find(ctx, shop, q)
	if err != nil {
		return Result{}, fmt.Errorf("search in shop %s: %w", shop.Slug, err)
	}
	return b.searchRespelled(ctx, shop, q, judge(shop, q, candidates, wordsOnly), candidates)
}

// find embeds the question and runs the statement. Finding nothing at all may mean that the space was changed after the
// caller read the shop.
func (b *Base) find(ctx context.Context, shop Shop, q Query) (found []candidate, wordsOnly bool, err error) {
	var meaning any // a nil *HalfVector in it would not be null
	if shop.ActiveSpace != WordsSpace {
		vector, err := b.questionVector(ctx, shop, q.Text)
		switch {
		case ctx.Err() != nil:
			return nil, false, ctx.Err()
		case err == nil:
			meaning = vector
		default:
			b.log.WarnContext(ctx, "words alone search", "shop", shop.Slug, "space", shop.ActiveSpace, "error", err)
		}
	}
	found, err = b.candidates(ctx, shop, q, meaning)
	if err != nil || len(found) > 0 {
		return found, meaning == nil, err
	}
	current, err := b.Shop(ctx, shop.ID)
	if err != nil || current.ActiveSpace == shop.ActiveSpace {
		return nil, meaning == nil, err
	}
	return b.find(ctx, current, q)
}

// candidates are the best passages, their words compared with the question's.
func (b *Base) candidates(ctx context.Context, shop Shop, q Query, meaning any) ([]candidate, error) {
	words := questionWords(q.Text)
	found, err := b.runSearch(ctx, searchStatement, shop, q, words, meaning)
	if err != nil {
		return nil, err
	}
	compareWords(found, words)
	if err := compareKindred(found, q.Text); err != nil {
		return nil, err
	}
	return found, compareBackground(found, q.Text, shop.ActiveSpace)
}

// runSearch runs the statement, or a variant of it.
func (b *Base) runSearch(ctx context.Context, statement string, shop Shop, q Query, words []int32, meaning any) ([]candidate, error) {
	rows, err := b.pool.Query(ctx, statement, shop.ID, words, meaning, shop.ActiveSpace, q.At, q.Market, q.Locale, primary(q.Locale),
		oddsModel, insideAtFirst, seenBy(q.Text, meaning), traitsVersion)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCandidate)
}

// seenBy is how what the shop has learned sees the question; nil without its meaning.
func seenBy(text string, meaning any) any {
	vector, ok := meaning.(pgvector.HalfVector)
	if !ok {
		return nil
	}
	return pgvector.NewHalfVector(traitsOf(text, vector.Slice()).whole())
}

func scanCandidate(row pgx.CollectableRow) (candidate, error) {
	var c candidate
	var vector *pgvector.HalfVector
	var terms pgvector.SparseVector
	h := &c.shown
	err := row.Scan(&c.id, &c.ref, &c.kind, &c.text, &c.locale, &c.similarity, &c.words, &c.score, &c.known, &c.inside, &vector, &terms,
		&c.learned, &c.covered, &h.ArticleID, &h.Locale, &h.Kind, &h.Question, &h.Answer, &h.Version, &h.Market)
	if vector != nil {
		c.vector = vector.Slice()
	}
	weights := terms.Values()
	c.terms = make([]term, len(weights))
	for i, place := range terms.Indices() {
		c.terms[i] = term{place + 1, float64(weights[i])}
	}
	h.Ref, h.Passage = c.ref, c.text
	h.Score, h.Similarity, h.Words = c.score, c.similarity, c.words
	return c, err
}
