package editor

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

type tryPage struct {
	Question, Locale, Market, At string
	Asked                        bool
	BadTime                      bool
	Tried                        *Tried // nil where there is no bot to ask
	Trouble                      bool   // the bot could not be asked; what the search found stands all the same
	Result                       knowledge.Result
	Locales                      []string
	Choices                      []string // markets
	Zone                         string
	Markets                      []string        // whose articles compete for the question; nil when one is clear
	Mend                         bool            // an article is missing, or its words: the editor can do something
	Examined                     bool            // the question can be kept for the exam
	Language                     string          // of the question, as it was given or told
	Refs                         []knowledge.Hit // one of each article that was found
	write                        url.Values      // what an article for the question begins with
}

// WriteHref begins an article that answers the question, and the missed questions that it stands for.
func (p tryPage) WriteHref() string { return "/knowledge/new?" + p.write.Encode() }

// AddHref adds the question, and the missed ones, to the phrasings of the article that came nearest.
func (p tryPage) AddHref() string {
	add := maps.Clone(p.write)
	add.Del("question")
	add.Del("locale")
	add.Del("market")
	add["phrasing"] = kept(append([]string{p.Question}, add["phrasing"]...))
	return "/knowledge/articles/" + p.Result.Hits[0].ArticleID.String() + "?" + add.Encode()
}

// try asks a question as a shopper would, in any language, at any time, in any market. It stores nothing.
func (f *Face) try(c echo.Context) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	page := tryPage{Question: tidy(c.QueryParam("question")), Locale: c.QueryParam("locale"), Market: strings.TrimSpace(c.QueryParam("market")),
		At: strings.TrimSpace(c.QueryParam("at")), Zone: shop.TimeZone}
	page.Locales = locales(shop.Locale, page.Locale)
	var err error
	if page.Choices, _, err = f.choices(ctx, shop, "", page.Market); err != nil {
		return err
	}
	if page.Question == "" {
		return c.Render(http.StatusOK, "editor/try", page)
	}
	trial := Trial{Question: page.Question, Locale: page.Locale, Market: page.Market, At: time.Now()}
	if page.At != "" {
		at, err := time.ParseInLocation("2006-01-02T15:04", page.At, shop.Location())
		if err != nil {
			page.BadTime = true
			return c.Render(http.StatusUnprocessableEntity, "editor/try", page)
		}
		trial.At = at
	}
	if trial.Locale == "" && f.Detect != nil {
		trial.Locale = f.Detect(page.Question)
	}
	page.Asked, page.Examined, page.Language = true, f.Exams != nil, trial.Locale
	page.write = url.Values{"question": {page.Question}, "locale": {trial.Locale}}
	if page.Market != "" {
		page.write.Set("market", page.Market)
	}
	for _, name := range []string{"missed", "phrasing"} {
		if more := kept(c.QueryParams()[name]); len(more) > 0 {
			page.write[name] = more
		}
	}
	page.Result, err = f.Base.Search(ctx, shop, knowledge.Query{Text: trial.Question, Locale: trial.Locale, Market: trial.Market, At: trial.At, Limit: 8})
	if err != nil {
		return err
	}
	// What the bot is surest of stands first.
	slices.SortStableFunc(page.Result.Hits, func(a, b knowledge.Hit) int { return cmp.Compare(b.Confidence, a.Confidence) })
	for _, hit := range page.Result.Hits {
		if !slices.ContainsFunc(page.Refs, func(h knowledge.Hit) bool { return h.Ref == hit.Ref }) {
			page.Refs = append(page.Refs, hit)
		}
	}
	if trial.Market == "" && page.Result.Decision != knowledge.DecideAnswer {
		page.Markets = competing(page.Result.Hits)
	}
	if f.Ask != nil {
		tried, err := f.Ask(ctx, shop, trial)
		if err == nil {
			page.Tried = &tried
		} else if ctx.Err() != nil {
			return err
		} else {
			f.Log.WarnContext(ctx, "a trial question is not answered", "error", err)
			page.Trouble = true
		}
	}
	lacks := page.Result.Decision != knowledge.DecideAnswer
	if page.Tried != nil { // the bot knows better than its search what is missing
		lacks = page.Tried.lacks()
	}
	page.Mend = lacks && page.Markets == nil
	return c.Render(http.StatusOK, "editor/try", page)
}

// lacks says whether the bot had nothing to say, or nothing sure: an article is missing, or words of one.
func (t *Tried) lacks() bool {
	return t.Action == "ask" || slices.ContainsFunc(t.Reasons, func(r Reason) bool { return r.Kind == "no_knowledge" || r.Kind == "unsure" })
}

// competing returns the markets of the articles that come about as near to a question as the first, when they are bound to
// different ones: nobody can tell which is meant before the market is known.
func competing(hits []knowledge.Hit) []string {
	var markets []string
	for _, hit := range hits {
		if hit.Confidence < hits[0].Confidence/2 {
			continue
		}
		for _, m := range hit.Market {
			if !slices.Contains(markets, m) {
				markets = append(markets, m)
			}
		}
	}
	if len(markets) < 2 {
		return nil
	}
	return markets
}
