package editor

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// tooClose is the cosine above which another article's passage says the same as one of this article's; maxProbes, how many
// of an article's own phrasings are asked.
const (
	tooClose  = 0.80
	maxProbes = 20
)

// neighbour is another article that one of this article's own questions finds.
type neighbour struct {
	Asked string // this article's words
	Hit   knowledge.Hit
	Wins  bool // the other article answers them today
}

type reviewPage struct {
	Article    knowledge.Article
	Live       *knowledge.Article // what answers today; nil when nothing does
	Window     window
	Differs    []difference
	Old        []string // its own question and phrasings that name a figure which its answer names no more
	Figures    []string // which
	Neighbours []neighbour
	Staying    []knowledge.Article // the other languages that answer, and stay as they are
	Behind     []behind            // the other languages, which still say what they said
	Unwritten  []string            // languages of the product that a new article is not written in
	Check      rehearsal
	Checked    bool // what would change is looked for at all
}

// review shows what a publication would change, before it does.
func (f *Face) review(c echo.Context) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	article, err := f.article(c)
	if err != nil {
		return err
	}
	page := reviewPage{Article: article, Window: windowOf(article, shop), Checked: f.Changes != nil && f.Exams != nil && !isLive(article)}
	if article.Live > 0 {
		live, err := f.Base.Version(ctx, shop.ID, article.ID, article.Live)
		if err != nil {
			return err
		}
		page.Live = &live
		page.Differs = differences(live, article, shop)
		page.Old, page.Figures = namesOld(article, live)
	}
	if page.Unwritten, err = f.unwritten(ctx, shop, article); err != nil {
		return err
	}
	if page.Live != nil {
		if page.Staying, err = f.answering(ctx, shop, article); err != nil {
			return err
		}
	}
	if page.Behind, err = f.outOfStep(ctx, shop, article, page.Live); err != nil {
		return err
	}
	if page.Neighbours, err = f.neighbours(ctx, shop, article); err != nil {
		return err
	}
	if page.Checked {
		if err := f.rehearseArticle(ctx, shop, article); err != nil {
			return err
		}
		// The page can be had again without a second look: it begins anew by itself what is not known.
		if page.Check, err = f.rehearsed(ctx, shop, article.ID, strconv.Itoa(article.Version), ""); err != nil {
			return err
		}
		if page.Check.Running {
			c.Response().Header().Set("Refresh", strconv.Itoa(refreshEvery))
		}
	}
	return c.Render(http.StatusOK, "editor/review", page)
}

// isLive says whether the newest version is the one that answers: its publication would change nothing.
func isLive(a knowledge.Article) bool { return a.Live == a.Version && a.Status == knowledge.Published }

// unwritten are the languages in which an article that nobody has been told of yet is not written.
func (f *Face) unwritten(ctx context.Context, shop knowledge.Shop, article knowledge.Article) ([]string, error) {
	if article.Live > 0 {
		return nil, nil
	}
	variants, err := f.Base.Variants(ctx, shop.ID, article.Ref)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(locales(), func(locale string) bool {
		return slices.ContainsFunc(variants, func(v knowledge.Article) bool { return v.Locale == locale || strings.HasPrefix(v.Locale, locale+"-") })
	}), nil
}

// neighbours asks the article's own questions and keeps the other articles that come too close: they say the same, or
// contradict it.
func (f *Face) neighbours(ctx context.Context, shop knowledge.Shop, article knowledge.Article) ([]neighbour, error) {
	var found []neighbour
	seen := map[string]bool{article.Ref: true}
	market := ""
	if len(article.Market) == 1 {
		market = article.Market[0]
	}
	probes := append([]string{article.Question}, article.Phrasings...)
	for _, text := range probes[:min(len(probes), maxProbes)] {
		result, err := f.Base.Search(ctx, shop, knowledge.Query{Text: text, Locale: article.Locale, Market: market, Limit: 4})
		if err != nil {
			return nil, err
		}
		answering, err := f.answeredBy(ctx, shop, Trial{Question: text, Locale: article.Locale, Market: market}, result)
		if err != nil {
			return nil, err
		}
		for _, hit := range result.Hits {
			wins := hit.Ref == answering
			if seen[hit.Ref] || !shareMarket(article.Market, hit.Market) || !wins && hit.Similarity < tooClose {
				continue
			}
			seen[hit.Ref] = true
			found = append(found, neighbour{Asked: text, Hit: hit, Wins: wins})
		}
	}
	return found, nil
}

// answeredBy is the article that answers a question today, as a shopper would see it; "" for none. Where the search is not
// sure, nothing answers.
func (f *Face) answeredBy(ctx context.Context, shop knowledge.Shop, t Trial, found knowledge.Result) (string, error) {
	if found.Decision != knowledge.DecideAnswer || len(found.Hits) == 0 {
		return "", nil
	}
	if f.Finds == nil {
		return found.Hits[0].Ref, nil
	}
	top, err := f.Finds(ctx, shop, t)
	if err != nil || top.Decision != knowledge.DecideAnswer {
		return "", err
	}
	return top.Ref, nil
}

// shareMarket says whether two articles can both be meant; no market is every market.
func shareMarket(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(m string) bool { return slices.Contains(b, m) })
}

// publish makes the version that the editor looked at the one that answers.
func (f *Face) publish(c echo.Context) error {
	article, err := f.article(c)
	if err != nil {
		return err
	}
	var in struct {
		Version int `form:"version"`
	}
	if err := c.Bind(&in); err != nil || in.Version < 1 {
		return echo.ErrBadRequest
	}
	f.abandon(article.ID)
	if err := f.Base.Publish(c.Request().Context(), f.Shop(c).ID, article.ID, in.Version); err != nil {
		return err
	}
	f.note(c, "article.publish", named(article), map[string]any{"version": in.Version})
	if settled := f.settle(c.Request().Context(), f.Shop(c), article); settled > 0 {
		f.Flash(c, "editor.flash.published_settled", "Count", settled)
	} else {
		f.Flash(c, "editor.flash.published")
	}
	to := url.URL{Path: "/knowledge/articles/" + article.ID.String()}
	if article.Live == 0 { // something new: does it answer?
		to = url.URL{Path: "/knowledge/try", RawQuery: url.Values{"question": {article.Question}, "locale": {article.Locale}, "market": article.Market[:min(1, len(article.Market))]}.Encode()}
	}
	return c.Redirect(http.StatusSeeOther, to.String())
}
