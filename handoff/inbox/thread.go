package inbox

import (
	"errors"
	"net/http"
	"time"

	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/labstack/echo/v4"
)

// thread is an opened conversation.
type thread struct {
	ID, Href, Back        string
	Name                  string // never empty
	Named                 bool   // … and the shopper's own
	Channel, Language     string
	Lang                  string // of the shopper's words
	Mood                  mood
	Level                 int
	Skill                 string   // that the case waits for
	Skills                []string // to choose from
	Holder, Agent         string   // Agent is somebody else's name
	Unseen                bool     // … who has not looked at it yet
	Mine                  bool
	HasCase               bool
	CanClaim, CanTakeOver bool
	CanClose              bool   // may resolve, return, pass on: whoever has it, and supervisors
	Composing             bool   // the page has a composer
	Shape                 string // what may be done here, as one word; a page of another shape is made anew
	Snoozed               string // until when it is out of sight; "" when it is not
	ForShopper            bool   // it is out of sight until the shopper writes
	Ended                 *ended // how the newest case ended, where none is open
	Next                  *row   // what is to be opened next, where nothing is to be done here
	Blocked, Erased       bool
	CanBlock              bool // may block and erase
	Clocks                []clock
	Pressing              *clock // what is due next
	Owes                  []debt // what closing the case would leave open
	Promised, Told        bool   // an agent's own word is among it; something that the shopper was told
	Fallen                string // what the shopper reads of what is left open
	Silent                bool   // nobody has written to the shopper in this episode
	NeedsSolution         bool
	NeedsPlan, CanPlan    bool // the plan's clock runs; something was said already that may have been the plan
	Looking, Writing      []string
	Earlier, Later        string
	Entries               []entry
	SeenSeq               int64
	Moved, NewSince       bool
	Draft                 string
	Pictures              []string // of a reply that was refused
	Proposal              string   // a reply that may be taken over into the box
	Outline               bool     // it has slots to fill in
	Pledge                *pledge  // what this person's words promise
	Find                  *finder  // nil where there is nothing to search
	CanReword             bool
	Foreign               bool // the shopper's language is known and not the page's
	Reworded              *reworded
	Context               *packet
	Macros                []handoff.Macro
	Ratings               []handoff.Rating
	Colleagues            []handoff.OnDuty
	Callable              []string // names that a note may point to
	Outcomes              []outcome
	Snoozes               []int
	PromiseIn             []int
	Article               string // opens the editor, filled in; of agents who edit
	CanSuggest            bool   // there is an answer to tell the editors of; of agents who do not
}

// thread shows one conversation beside the queue.
func (f *Face) thread(c echo.Context) error {
	conv := opened(c)
	if err := f.desk.Opened(c.Request().Context(), conv.ShopID, conv.ID, person(c).ID); err != nil {
		return err
	}
	return f.show(c, http.StatusOK, "")
}

// show renders the page of a conversation. A reply that could not even be kept as a draft comes back in unsent.
func (f *Face) show(c echo.Context, status int, unsent string) error {
	c.QueryParams() // read once, before two read it at the same time
	f.viewOf(c)
	var page *queuePage
	var t *thread
	err := together(
		func() (err error) { page, err = f.queuePage(c); return err },
		func() (err error) { t, err = f.threadOf(c); return err })
	if err != nil {
		return err
	}
	page.Thread = t
	page.Thread.waiting(page.Rows)
	page.Thread.press()
	if err := f.goOn(c, t, page.Rows); err != nil {
		return err
	}
	if unsent != "" {
		page.Thread.Draft, page.Thread.Proposal = unsent, ""
	}
	return c.Render(status, "inbox/queue", page)
}

func (f *Face) threadOf(c echo.Context) (*thread, error) {
	ctx, p, conv := c.Request().Context(), person(c), opened(c)
	v := f.viewOf(c)
	k, err := f.desk.CaseOf(ctx, conv.ShopID, conv.ID)
	if err != nil && !errors.Is(err, handoff.ErrNotFound) {
		return nil, err
	}
	t := &thread{ID: conv.ID.String(), Href: "/inbox/" + conv.ID.String(), Back: backOf(c), Name: firstOf(conv.Shopper.Name, visitor(c, conv.ID)),
		Named: conv.Shopper.Name != "", Language: languageOf(conv.Locale), Lang: spoken(conv.Locale), Mood: moodOf(conv.Mood),
		Holder: string(conv.Holder), HasCase: err == nil, Snoozes: []int{30, 120, 1440, int(handoff.UntilHeard.Minutes())},
		PromiseIn: []int{30, 120, 1440, 4320}, Blocked: conv.BlockedAt != nil, Erased: conv.ErasedAt != nil}
	if err := f.fillCase(ctx, v, conv, k, t); err != nil {
		return nil, err
	}
	t.stand(conv, k, p)
	if t.Agent != "" && k.IsOpen() {
		seen, err := f.desk.Seen(ctx, k.ShopID, k.ID)
		if err != nil {
			return nil, err
		}
		t.Unseen = !seen
	}
	if err := f.fillLog(c, v, conv, t); err != nil {
		return nil, err
	}
	if err := f.fillPeople(ctx, conv, p, t); err != nil {
		return nil, err
	}
	if t.HasCase {
		if err := f.fillColleagues(ctx, conv, p, t); err != nil {
			return nil, err
		}
	}
	if t.CanClose {
		t.owes()
		t.Fallen = handoff.NothingFollows(k.Language, "[…]")
	}
	if !t.Composing {
		return t, nil
	}
	if err := f.fillPledge(ctx, v, conv, k, p, t); err != nil {
		return nil, err
	}
	if f.articles != nil {
		t.Find = f.find(ctx, v, conv, c.QueryParam("find"))
	}
	t.CanReword = f.rewords != nil && f.rewords.Can(ctx, conv.ShopID)
	t.Foreign = t.Lang != "" && t.Lang != v.Locale
	t.Reworded, _ = c.Get(rewordedKey).(*reworded)
	return t, f.fillComposer(ctx, conv, p, t)
}

// viewOf is read once for each request: the shop's clock stands in the database.
func (f *Face) viewOf(c echo.Context) view {
	if v, ok := c.Get(viewKey).(view); ok {
		return v
	}
	p := person(c)
	v := view{Me: p.ID, Editor: p.Has(staff.Editor), Locale: localeOf(c), Zone: f.zone(c.Request().Context(), p.ShopID), Now: time.Now()}
	c.Set(viewKey, v)
	return v
}

// together runs two reads at the same time and returns the first error. A panic is the caller's, whom the server protects.
func together(one, other func() error) error {
	done := make(chan any, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- p
			}
		}()
		done <- one()
	}()
	err := other()
	switch first := (<-done).(type) {
	case nil:
		return err
	case error:
		return errors.Join(first, err)
	default:
		panic(first)
	}
}
