package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// thread is an opened conversation.
type thread struct {
	ID, Href, Back        string
	Name, CallName        string // never empty; the second within a sentence
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
	Blocked, Erased       bool
	CanBlock              bool // may block and erase
	Clocks                []clock
	Owes                  []debt // what closing the case would leave open
	Promised              bool   // an agent's own word is among it
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
	Outcomes              []string
	Snoozes               []int
	PromiseIn             []int
	Article               string // opens the editor, filled in; of agents who edit
	CanSuggest            bool   // there is an answer to tell the editors of; of agents who do not
}

// ended is how a case came to its end.
type ended struct {
	Outcome  string // "" of one that was returned
	Returned bool
	Agent    string
	At       string
}

// debt is a clock that runs, or a promise in its words.
type debt struct {
	clock
	Said string
	Key  string // of a promise
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
		CallName: firstOf(conv.Shopper.Name, text(c, "reply.to.nobody")), Language: languageOf(conv.Locale), Lang: spoken(conv.Locale), Mood: moodOf(conv.Mood),
		Holder: string(conv.Holder), HasCase: err == nil, Outcomes: handoff.Outcomes(), Snoozes: []int{30, 120, 1440, int(handoff.UntilHeard.Minutes())},
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
	if t.CanClose {
		t.owes()
		if err := f.fillColleagues(ctx, conv, p, t); err != nil {
			return nil, err
		}
	}
	if !t.Composing {
		return t, nil
	}
	if err := f.fillPledge(ctx, v, k, p, t); err != nil {
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

// stand says who has the conversation and what this person may do about it.
func (t *thread) stand(conv conversation.Conversation, k handoff.Case, p staff.Person) {
	open := t.HasCase && k.IsOpen()
	t.Mine = conv.Holder == conversation.HeldByAgent && conv.AgentID != nil && *conv.AgentID == p.ID
	if conv.Holder == conversation.HeldByAgent && !t.Mine {
		t.Agent = firstOf(k.AgentName, "?")
	}
	t.CanClaim = open && k.State == handoff.Waiting
	t.CanTakeOver = !open && !t.Erased
	t.Composing = t.Mine
	t.CanClose = t.Mine || open && p.Has(staff.Supervisor)
	t.CanBlock = !t.Erased && (!open || k.State == handoff.Waiting || t.CanClose)
	if open {
		t.Level, t.Skill = k.Level, k.Skill
	}
	t.Shape = fmt.Sprintf("%s-%t-%t-%t", k.ID, open, t.Composing, t.CanClose)
}

// standing says of the newest case until when it is out of sight, or how it ended.
func (t *thread) standing(v view, k handoff.Case) {
	switch {
	case k.IsOpen() && k.SnoozedUntil != nil && k.SnoozedUntil.After(v.Now):
		t.Snoozed, t.ForShopper = v.moment(*k.SnoozedUntil), k.WaitsForShopper(v.Now)
	case !k.IsOpen() && k.ClosedAt != nil:
		t.Ended = &ended{Outcome: knownOutcome(k.Outcome), Returned: k.State == handoff.Returned, Agent: k.AgentName, At: v.moment(*k.ClosedAt)}
	}
}

// owes gathers what somebody would have to have done before the case is closed.
func (t *thread) owes() {
	for _, c := range t.Clocks {
		if !c.Done {
			t.Owes = append(t.Owes, debt{clock: c})
		}
	}
	if t.Context == nil {
		return
	}
	for _, p := range t.Context.Promises {
		if !p.Kept && !p.Gone && p.Own {
			t.Owes = append(t.Owes, debt{clock: p.clock, Said: p.Said, Key: p.Key})
			t.Promised = true
		}
	}
}

// waiting adds the clock of a shopper who wrote again, which the queue knows.
func (t *thread) waiting(rows []row) {
	for _, r := range rows {
		if r.Current && r.Clock != nil && r.Clock.ID == handoff.ClockAnswer {
			t.Clocks = append([]clock{*r.Clock}, t.Clocks...)
		}
	}
}

func (f *Face) fillCase(ctx context.Context, v view, conv conversation.Conversation, k handoff.Case, t *thread) (err error) {
	if !t.HasCase {
		return nil
	}
	t.standing(v, k)
	if k.IsOpen() {
		for _, c := range k.Clocks() {
			t.Clocks = append(t.Clocks, v.clock(c))
		}
		t.NeedsSolution = k.SolutionDue != nil && k.SolutionAt == nil
		t.NeedsPlan = k.PlanDue != nil && k.PlanAt == nil
		t.CanPlan = t.NeedsPlan && k.FirstReplyAt != nil
	}
	if t.Ratings, err = f.desk.Ratings(ctx, conv.ShopID, conv.ID); err != nil {
		return err
	}
	if k.IsOpen() || k.Episode == conv.Episode { // a packet of an earlier episode says nothing of this one
		t.Context, err = f.packetOf(ctx, v, conv, k)
		t.join()
	}
	return err
}

// join puts what the desk has told the shopper into the line of the clock that it names, so that a time stands once.
func (t *thread) join() {
	if t.Context == nil {
		return
	}
	names := map[string]string{handoff.AwaitsReply: handoff.ClockFirstReply, handoff.AwaitsPlan: handoff.ClockPlan}
	t.Context.Promises = slices.DeleteFunc(t.Context.Promises, func(p owed) bool {
		i := slices.IndexFunc(t.Clocks, func(c clock) bool {
			return !p.Own && c.ID == names[p.What] && c.Text == p.Text && c.Done == p.Done && c.Said == ""
		})
		if i >= 0 {
			t.Clocks[i].Said = p.Said
		}
		return i >= 0
	})
}

func (f *Face) fillLog(c echo.Context, v view, conv conversation.Conversation, t *thread) error {
	ctx := c.Request().Context()
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	moved, _ := strconv.ParseInt(c.QueryParam("moved"), 10, 64)
	messages, err := f.store.Messages(ctx, conv.ShopID, conv.ID, conversation.Range{Before: max(0, before), Limit: window})
	if err != nil {
		return err
	}
	notes, err := f.desk.Notes(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return err
	}
	t.SeenSeq = conv.LastSeq
	if len(messages) > 0 {
		if first := messages[0].Seq; first > 1 {
			t.Earlier = "?before=" + strconv.FormatInt(first, 10)
		}
		t.SeenSeq = max(t.SeenSeq, messages[len(messages)-1].Seq)
	}
	if before > 0 {
		t.Later = t.Href
	}
	t.Moved = moved > 0 && moved < conv.LastSeq
	t.Entries = v.entriesOf(conv.ID, messages, notesWithin(notes, messages, t.Earlier != "", t.Later != ""), moved)
	for i, e := range t.Entries {
		if e.Lang == "" && e.Kind != "note" {
			t.Entries[i].Lang = t.Lang
		}
	}
	switch {
	case v.Editor:
		t.Article = articleOf(t, messages, conv)
	case f.suggest != nil:
		t.CanSuggest = articleOf(t, messages, conv) != ""
	}
	return nil
}

// articleOf is the link that opens the editor with what an agent answered last; "" before there is such an answer.
func articleOf(t *thread, messages []conversation.Message, conv conversation.Conversation) string {
	answer, question := "", ""
	for _, m := range messages {
		switch {
		case m.Kind == conversation.KindImage:
		case m.Author == conversation.ByAgent:
			answer = m.Body
		case m.Author == conversation.ByShopper && question == "":
			question = m.Body
		}
	}
	if answer == "" {
		return ""
	}
	if t.Context != nil {
		question = firstOf(t.Context.Wanted, question)
	}
	return "/knowledge/new?" + url.Values{"question": {question}, "answer": {answer}, "locale": {firstOf(languageOf(conv.Locale), "en")}}.Encode()
}

func (f *Face) fillPeople(ctx context.Context, conv conversation.Conversation, p staff.Person, t *thread) error {
	heads, err := f.store.Heads(ctx, conv.ShopID, []uuid.UUID{conv.ID})
	if err != nil {
		return err
	}
	t.Channel = channelOf(heads[conv.ID])
	present, err := f.desk.Looking(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return err
	}
	for _, who := range present[conv.ID] {
		switch {
		case who.ID == p.ID:
		case who.Typing:
			t.Writing = append(t.Writing, who.Name)
		default:
			t.Looking = append(t.Looking, who.Name)
		}
	}
	return nil
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
