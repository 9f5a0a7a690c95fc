package editor

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	missedShown = 50 // groups on the page
	missedTaken = 40 // questions of a group that go into an address
	// tooFar is the confidence under which the nearest article has nothing to do with a question.
	tooFar = 0.05
)

// missedGroup is a group of questions that mean the same, with what can be done about it.
type missedGroup struct {
	First     knowledge.Missed
	Others    []knowledge.Missed
	Languages []string // of its questions, as far as they have one: a code alone has none
	Count     int
	Best      string // id of the article that came nearest
	Title     said   // its question
	WriteHref string
	AddHref   string // adds the questions to the nearest article's phrasings
	MendHref  string // leads to the article that answered and was disliked; "" where none was
	Outcomes  []outcome
	TryHref   string
	IDs       []uuid.UUID
}

// outcome is how often questions of a group went in one way.
type outcome struct {
	Outcome string
	Count   int
}

// Disliked says whether an answer was given, and shoppers said that it did not help, with or without a reason.
func (o outcome) Disliked() bool {
	return slices.Contains([]string{knowledge.MissedDisliked, "mistaken", "beside", "outdated"}, o.Outcome)
}

type missedPage struct {
	State     string
	States    []string
	Groups    []missedGroup
	Questions int
	More      int // groups that are not shown
}

func (f *Face) missed(c echo.Context) error {
	page := missedPage{State: c.QueryParam("state"), States: []string{knowledge.MissedOpen, knowledge.MissedIgnored, knowledge.MissedDone}}
	if page.State == "" {
		page.State = knowledge.MissedOpen
	}
	if !slices.Contains(page.States, page.State) {
		return echo.ErrNotFound
	}
	shop := f.Shop(c)
	groups, err := f.Base.MissedQuestions(c.Request().Context(), shop.ID, page.State)
	if err != nil {
		return err
	}
	titles := map[string]said{}
	for i, group := range groups {
		page.Questions += len(group.Questions)
		if i >= missedShown {
			page.More++
			continue
		}
		described := describe(group)
		if described.Title, err = f.titleOf(c.Request().Context(), shop.ID, titles, group.Questions[0]); err != nil {
			return err
		}
		page.Groups = append(page.Groups, described)
	}
	return c.Render(http.StatusOK, "editor/missed", page)
}

// titleOf is the question of the article that came nearest to a missed one, in its language where there is such a variant;
// none when it is gone. What was read already stands in titles.
func (f *Face) titleOf(ctx context.Context, shopID uuid.UUID, titles map[string]said, m knowledge.Missed) (said, error) {
	key := m.Best + "\x00" + m.Locale
	if title, ok := titles[key]; ok || m.Best == "" {
		return title, nil
	}
	variants, err := f.Base.Variants(ctx, shopID, m.Best)
	if err != nil {
		return said{}, err
	}
	for _, a := range variants {
		if titles[key].Text == "" || a.Locale == m.Locale {
			titles[key] = said{a.Locale, a.Question}
		}
	}
	return titles[key], nil
}

func describe(group knowledge.MissedGroup) missedGroup {
	first := group.Questions[0]
	g := missedGroup{First: first, Count: len(group.Questions), Best: first.Best}
	seen := map[string]bool{first.Text: true}
	write := url.Values{"question": {first.Text}, "locale": {first.Locale}}
	add := url.Values{"phrasing": {first.Text}, "locale": {first.Locale}}
	for i, q := range group.Questions {
		g.IDs = append(g.IDs, q.ID)
		if !bare(q.Text) && !slices.Contains(g.Languages, q.Locale) {
			g.Languages = append(g.Languages, q.Locale)
		}
		if at := slices.IndexFunc(g.Outcomes, func(o outcome) bool { return o.Outcome == q.Outcome }); at >= 0 {
			g.Outcomes[at].Count++
		} else {
			g.Outcomes = append(g.Outcomes, outcome{q.Outcome, 1})
		}
		if i < missedTaken {
			write.Add("missed", q.ID.String())
			add.Add("missed", q.ID.String())
		}
		if seen[q.Text] {
			continue
		}
		seen[q.Text] = true
		g.Others = append(g.Others, q)
		if i < missedTaken && q.Locale == first.Locale {
			write.Add("phrasing", q.Text)
			add.Add("phrasing", q.Text)
		}
	}
	g.WriteHref, g.TryHref = "/knowledge/new?"+write.Encode(), "/knowledge/try?"+write.Encode()
	if at := slices.IndexFunc(group.Questions, func(q knowledge.Missed) bool { return q.Best != "" && outcome{q.Outcome, 1}.Disliked() }); at >= 0 {
		q := group.Questions[at]
		g.MendHref = "/knowledge/ref/" + url.PathEscape(q.Best) + "?" + url.Values{"locale": {q.Locale}, "missed": write["missed"]}.Encode()
	}
	if g.Best != "" && first.Confidence >= tooFar {
		g.AddHref = "/knowledge/ref/" + url.PathEscape(g.Best) + "?" + add.Encode()
	}
	return g
}

// bare tells a code, a number or a size alone, which is of no language: AUTUMN15, 42, XL.
func bare(text string) bool {
	return len(strings.Fields(text)) == 1 && !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) &&
		(strings.ContainsAny(text, "0123456789") || strings.ToUpper(text) == text)
}

// markMissed puts a group aside, or takes it up again.
func (f *Face) markMissed(c echo.Context) error {
	var in struct {
		IDs   []uuid.UUID `form:"id"`
		State string      `form:"state"`
	}
	if err := c.Bind(&in); err != nil || len(in.IDs) == 0 {
		return echo.ErrBadRequest
	}
	if in.State != knowledge.MissedOpen && in.State != knowledge.MissedIgnored {
		return echo.ErrBadRequest
	}
	if err := f.Base.MarkMissed(c.Request().Context(), f.Shop(c).ID, in.State, in.IDs...); err != nil {
		return err
	}
	f.Flash(c, "editor.flash.missed_"+in.State)
	return c.Redirect(http.StatusSeeOther, "/knowledge/missed")
}
