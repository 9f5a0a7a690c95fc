package admin

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// spans are how many days back the figures reach.
func spans() []int { return []int{7, 30, 90} }

// figures are what a shop did in a span of days, joined from the domains that own the rows. Every day of the span has its row.
type figures struct {
	Span     int
	Days     []dayFigures
	First    conversation.FirstReplies
	Desk     handoff.Figures
	Total    dayFigures
	Rated    float64 // mean of all ratings
	Answered float64 // share of the settled conversations that no person was needed for
}

// dayFigures is one day of the shop's calendar.
type dayFigures struct {
	Day                           time.Time
	Conversations, Settled        int           // settled: certain, because quiet for conversation.Settled
	Alone, Young, Person          int           // without a person: for certain, and so far
	Waited                        time.Duration // to the first words of anybody, the median
	Handovers, Ratings            int
	Mean                          float64 // of the ratings, 0 without any
	MissedNone, MissedAsk, Thumbs int     // questions missed, by how it went
	Up, Down                      int
}

// Missed is how many questions had no good answer.
func (d dayFigures) Missed() int { return d.MissedNone + d.MissedAsk + d.Thumbs }

// Open is what the bot answered badly or not at all, and nobody was asked for.
func (d dayFigures) Open() int { return max(0, d.Conversations-d.Alone-d.Young-d.Person) }

func spanOf(c echo.Context) int {
	for _, n := range spans() {
		if c.QueryParam("days") == strconv.Itoa(n) {
			return n
		}
	}
	return 30
}

// span is the last days, today included, in the shop's zone: every page that counts days counts these.
func span(shop knowledge.Shop, days int) (from, to time.Time) {
	return today(shop).AddDate(0, 0, 1-days), today(shop).AddDate(0, 0, 1)
}

// gather reads the figures of the last days, today included.
func (f *Face) gather(ctx context.Context, shop knowledge.Shop, days int) (*figures, error) {
	from, to := span(shop, days)
	first := from
	g := &figures{Span: days}
	at := map[string]*dayFigures{}
	g.Days = make([]dayFigures, days)
	for i := range g.Days {
		g.Days[i].Day = time.Date(first.Year(), first.Month(), first.Day()+i, 0, 0, 0, 0, time.UTC)
		at[g.Days[i].Day.Format(time.DateOnly)] = &g.Days[i]
	}
	talked, err := f.Store.Figures(ctx, shop.ID, from, to, shop.Location().String())
	if err != nil {
		return nil, err
	}
	g.First = talked.FirstReply
	for _, d := range talked.Days {
		if row := at[d.Day.Format(time.DateOnly)]; row != nil {
			row.Conversations, row.Settled, row.Alone, row.Young, row.Person, row.Up, row.Down = d.Episodes, d.Settled, d.Alone, d.Young, d.Person, d.Up, d.Down
			row.Waited = time.Duration(d.Waited * float64(time.Second))
		}
	}
	if g.Desk, err = f.Desk.Figures(ctx, shop.ID, from, to); err != nil {
		return nil, err
	}
	for _, d := range g.Desk.Days {
		if row := at[d.Day.Format(time.DateOnly)]; row != nil {
			row.Handovers, row.Ratings, row.Mean = d.Cases, d.Ratings, d.Mean
		}
	}
	missed, err := f.Base.MissedDays(ctx, shop, from, to)
	if err != nil {
		return nil, err
	}
	for _, d := range missed {
		if row := at[d.Day.Format(time.DateOnly)]; row != nil {
			row.MissedNone, row.MissedAsk, row.Thumbs = d.None, d.Asked, d.Disliked
		}
	}
	g.sum()
	return g, nil
}

func (g *figures) sum() {
	stars := 0.0
	for _, d := range g.Days {
		t := &g.Total
		t.Conversations, t.Settled = t.Conversations+d.Conversations, t.Settled+d.Settled
		t.Alone, t.Young, t.Person = t.Alone+d.Alone, t.Young+d.Young, t.Person+d.Person
		t.Handovers, t.Ratings = t.Handovers+d.Handovers, t.Ratings+d.Ratings
		t.MissedNone, t.MissedAsk, t.Thumbs = t.MissedNone+d.MissedNone, t.MissedAsk+d.MissedAsk, t.Thumbs+d.Thumbs
		t.Up, t.Down = t.Up+d.Up, t.Down+d.Down
		stars += d.Mean * float64(d.Ratings)
	}
	if g.Total.Ratings > 0 {
		g.Rated = stars / float64(g.Total.Ratings)
	}
	if g.Total.Settled > 0 {
		g.Answered = float64(g.Total.Alone) / float64(g.Total.Settled)
	}
}

// share is n of all in per cent, 0 of nothing.
func share(n, all int) int {
	if all == 0 {
		return 0
	}
	return (n*100 + all/2) / all
}

// figuresPage is the figures as they are shown.
type figuresPage struct {
	*figures
	Spans     []int
	Talk      plot
	Stars     plot
	Slow      plot
	Slows     []slowDay
	Miss      plot
	Reasons   []meter
	Kept      []meter
	Waits     []wait
	AnyReason bool
}

// meter is one row of a table with a bar in it.
type meter struct {
	Kind    string // id of a text
	N, Of   int
	Percent int // of Of, or of the longest row
}

// wait is how long shoppers waited for first words.
type wait struct {
	Who      string // id of a text
	N        int
	P50, P95 string
}

// slowDay is how long half of a day's shoppers waited at most.
type slowDay struct {
	Day time.Time
	P50 string
}

func (f *Face) figures(c echo.Context) error {
	g, err := f.gather(c.Request().Context(), signin.Shop(c), spanOf(c))
	if err != nil {
		return err
	}
	lang := locale(c)
	page := &figuresPage{figures: g, Spans: spans(), Talk: stacked(lang, g.Days, talkParts()), Stars: line(lang, g.Days, stars(lang)), Slow: line(lang, g.Days, waited(c, g.Days)), Miss: stacked(lang, g.Days, missParts())}
	longest := 0
	for _, r := range g.Desk.Reasons {
		longest = max(longest, r.Cases)
	}
	for _, r := range g.Desk.Reasons {
		page.Reasons = append(page.Reasons, meter{"inbox.reason." + knownReason(c, r.Kind), r.Cases, g.Desk.Cases, share(r.Cases, longest)})
	}
	for _, k := range g.Desk.Clocks {
		page.Kept = append(page.Kept, meter{"inbox.clock." + k.Clock, k.Kept, k.Total, share(k.Kept, k.Total)})
	}
	for _, d := range g.Days {
		slow := slowDay{d.Day, "–"}
		if d.Waited > 0 {
			slow.P50 = spell(c, d.Waited)
		}
		page.Slows = append(page.Slows, slow)
	}
	page.Waits = []wait{
		{"admin.figures.anybody", g.First.Episodes, spell(c, g.First.P50), spell(c, g.First.P95)},
		{"admin.figures.person", g.Desk.FirstReply.Cases, spell(c, g.Desk.FirstReply.P50), spell(c, g.Desk.FirstReply.P95)},
	}
	return c.Render(http.StatusOK, "admin/figures", page)
}

// knownReason is a reason that has a name, or "other".
func knownReason(c echo.Context, kind string) string {
	if id := "inbox.reason." + kind; text(c, id) != id {
		return kind
	}
	return "other"
}

// spell writes a length of time in the two largest units that matter.
func spell(c echo.Context, d time.Duration) string {
	hours, minutes, seconds := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	switch {
	case d < 10*time.Second:
		return text(c, "admin.unit.s", "N", decimal(locale(c), d.Seconds()))
	case d < time.Minute:
		return text(c, "admin.unit.s", "N", seconds)
	case d < time.Hour && seconds == 0:
		return text(c, "admin.unit.min", "M", minutes)
	case d < time.Hour:
		return text(c, "admin.unit.min_s", "M", minutes, "S", seconds)
	case minutes == 0:
		return text(c, "admin.unit.h", "H", hours)
	}
	return text(c, "admin.unit.h_min", "H", hours, "M", minutes)
}
