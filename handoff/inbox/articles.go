package inbox

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// Article is one published article that answers shoppers now, as the search of the reply shows it.
type Article struct {
	Ref, Locale      string
	Question, Answer string
}

// Lookup is what an agent looks for in the knowledge: the words, the shopper's language and market.
type Lookup struct {
	ShopID               uuid.UUID
	Text, Locale, Market string
}

const (
	findTime   = 3 * time.Second
	mostLookup = 300 // characters of a search
)

// finder is the search beside the reply.
type finder struct {
	ID    string
	Query string
	Found []hit
	Late  bool // the search gave no answer in time
}

// hit is one article that was found.
type hit struct {
	Article
	Language string // where it is not the shopper's
	Href     string // opens it, for whoever may edit
}

// find searches the articles in the shopper's language and market. An empty query finds nothing.
func (f *Face) find(ctx context.Context, v view, conv conversation.Conversation, query string) *finder {
	out := &finder{ID: conv.ID.String(), Query: strings.TrimSpace(string([]rune(query)[:min(len([]rune(query)), mostLookup)]))}
	if out.Query == "" {
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	list, err := f.articles(ctx, Lookup{ShopID: conv.ShopID, Text: out.Query, Locale: firstOf(languageOf(conv.Locale), "en"), Market: conv.Market})
	if err != nil {
		f.log.Warn("an agent's search found no answer", "error", err)
		out.Late = true
	}
	for _, a := range list {
		one := hit{Article: a, Language: languageOf(a.Locale)}
		if one.Language == languageOf(conv.Locale) {
			one.Language = ""
		}
		if v.Editor {
			one.Href = "/knowledge/ref/" + url.PathEscape(a.Ref) + "?locale=" + url.QueryEscape(a.Locale)
		}
		out.Found = append(out.Found, one)
	}
	return out
}

// lookUp shows what was found and nothing else, for the page's script.
func (f *Face) lookUp(c echo.Context) error {
	if f.articles == nil {
		return echo.ErrNotFound
	}
	return c.Render(http.StatusOK, "inbox/found", f.find(c.Request().Context(), f.viewOf(c), opened(c), c.QueryParam("find")))
}

// search is lookUp where there is no script: it keeps what was written, and the page shows what was found.
func (f *Face) search(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	if err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, c.FormValue("body"), seenSeq(c)); err != nil {
		return f.done(c, err, "")
	}
	return c.Redirect(http.StatusSeeOther, "/inbox/"+conv.ID.String()+"?"+url.Values{"find": {c.FormValue("find")}}.Encode()+"#find")
}

// suggestArticle tells the editors what was asked here and answered by hand.
func (f *Face) suggestArticle(c echo.Context) error {
	t, err := f.threadOf(c)
	if err != nil {
		return err
	}
	question := ""
	if t.Context != nil {
		question = t.Context.Wanted
	}
	for _, e := range t.Entries {
		if question == "" && e.Kind == string(conversation.ByShopper) && e.Image == "" {
			question = e.Text
		}
	}
	if !t.CanSuggest || question == "" {
		return f.done(c, handoff.ErrInvalid, "")
	}
	conv := opened(c)
	return f.done(c, f.suggest(c.Request().Context(), conv.ShopID, conv.ID, question, firstOf(conv.Locale, "en")), "did.suggested")
}
