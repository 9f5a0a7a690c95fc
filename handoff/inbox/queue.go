package inbox

import (
	"net/http"
	"slices"
	"strconv"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const rowsPerPage = 50

// queuePage is the page with the queue and, where one is opened, a conversation.
type queuePage struct {
	View, Query string
	Views       []tab
	Rows        []row
	Found       []found // what a search finds besides
	Nothing     bool    // nothing to show anywhere
	Top         *row    // what is to be opened first
	Urgent      bool    // the list is sorted by urgency
	From, To    int
	Total       string
	Prev, Next  string
	Alerts      int // how many wait for a person
	Breached    int // open cases past one of their clocks
	Risky       int // open cases of level 3
	Mentions    int // notes that point to this person and are not seen yet
	Supervisor  bool
	Stream      string
	Thread      *thread
}

// tab is one view of the queue.
type tab struct {
	ID, Href string
	Count    int
	Counted  bool
	Current  bool
}

// found is what a search finds in another view.
type found struct {
	View string
	Rows []row
	More string // address of the rest; "" where this is all
}

// queue shows the queue without a conversation.
func (f *Face) queue(c echo.Context) error {
	page, err := f.queuePage(c)
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, "inbox/queue", page)
}

func (f *Face) queuePage(c echo.Context) (*queuePage, error) {
	ctx, p, at := c.Request().Context(), person(c), placeOf(c)
	page := &queuePage{View: at.view, Query: at.query, Supervisor: p.Has(staff.Supervisor), Stream: "/inbox/events"}
	current := uuid.Nil
	if conv, ok := c.Get(conversationKey).(conversation.Conversation); ok {
		current = conv.ID
		page.Stream += "?conversation=" + current.String()
	}
	counts, err := f.desk.Counts(ctx, p.ShopID, p.ID)
	if err != nil {
		return nil, err
	}
	page.Alerts, page.Breached, page.Risky = counts[handoff.ViewWaiting], counts["breached"], counts["alarm"]
	if page.Mentions, err = f.desk.Mentions(ctx, p.ShopID, p.ID); err != nil {
		return nil, err
	}
	counts[handoff.ViewMentions] = page.Mentions
	for _, name := range views() {
		if name == handoff.ViewMentions && page.Mentions == 0 && at.view != name {
			continue
		}
		n, counted := counts[name]
		page.Views = append(page.Views, tab{ID: name, Href: place{view: name, query: at.query}.in("/inbox"), Count: n, Counted: counted, Current: name == at.view})
	}
	offset := (at.page - 1) * rowsPerPage
	rows, total, err := f.desk.Queue(ctx, p.ShopID, handoff.View{Name: at.view, Agent: p.ID, Text: at.query, Limit: rowsPerPage, Offset: offset})
	if err != nil {
		return nil, err
	}
	if page.Rows, err = f.rows(c, rows, at, current); err != nil {
		return nil, err
	}
	page.turn(at, offset, len(rows), total)
	if at.query != "" && at.view == handoff.ViewAll {
		if page.Found, err = f.foundElsewhere(c, at, current, page.Rows); err != nil {
			return nil, err
		}
	}
	if page.Urgent = at.view != handoff.ViewBot && at.view != handoff.ViewResolved; len(page.Rows) > 0 {
		page.Top = &page.Rows[0]
	}
	page.Nothing = len(page.Rows) == 0 && len(page.Found) == 0
	return page, nil
}

const foundPerView = 20

// foundElsewhere looks where a search among the open cases does not reach: with the bot, and among what is closed.
// A conversation that stands above is not named again.
func (f *Face) foundElsewhere(c echo.Context, at place, current uuid.UUID, above []row) (list []found, err error) {
	p := person(c)
	for _, name := range []string{handoff.ViewBot, handoff.ViewResolved} {
		rows, total, err := f.desk.Queue(c.Request().Context(), p.ShopID, handoff.View{Name: name, Agent: p.ID, Text: at.query, Limit: foundPerView})
		if err != nil {
			return nil, err
		}
		here := found{View: name}
		if here.Rows, err = f.rows(c, rows, at, current); err != nil {
			return nil, err
		}
		here.Rows = slices.DeleteFunc(here.Rows, func(r row) bool {
			return slices.ContainsFunc(above, func(other row) bool { return other.ID == r.ID })
		})
		if len(here.Rows) == 0 {
			continue
		}
		above = append(above, here.Rows...)
		if total > len(rows) {
			here.More = place{view: name, query: at.query}.in("/inbox")
		}
		list = append(list, here)
	}
	return list, nil
}

// turn fills in the pager. Of views without an end the total is only known to be more.
func (page *queuePage) turn(at place, offset, shown, total int) {
	page.From, page.To, page.Total = offset+1, offset+shown, strconv.Itoa(total)
	if offset+shown < total {
		if page.View == handoff.ViewBot || page.View == handoff.ViewResolved {
			page.Total = strconv.Itoa(offset+shown) + "+"
		}
		page.Next = place{at.view, at.query, at.page + 1}.in("/inbox")
	}
	if at.page > 1 {
		page.Prev = place{at.view, at.query, at.page - 1}.in("/inbox")
	}
}
