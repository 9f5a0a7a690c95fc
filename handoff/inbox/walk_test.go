package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// statusOf is what the program's own table makes of the errors that the face lets through.
func statusOf(err error) int {
	var he *echo.HTTPError
	switch {
	case errors.Is(err, conversation.ErrNotFound), errors.Is(err, handoff.ErrNotFound):
		return http.StatusNotFound
	case errors.As(err, &he):
		return he.Code
	}
	return http.StatusInternalServerError
}

func TestOneOfTwoAgentsWinsAClaimAndTheOtherReadsWho(t *testing.T) {
	f := newFloor(t)
	for round := range 5 {
		k := f.handsOver(f.hears(fmt.Sprint("a", round), "Hello?"), conversation.Packet{Summary: "Hello"})
		answers := make([]answer, 2)
		var all sync.WaitGroup
		for i, p := range []staff.Person{f.mia, f.leo} {
			all.Go(func() { answers[i] = f.post(p, "/inbox/"+k.ConversationID.String()+"/claim", nil) })
		}
		all.Wait()
		now, err := f.desk.Case(context.Background(), f.shop, k.ID)
		f.must(err)
		winner, loser := answers[0], answers[1]
		if now.AgentName == f.leo.Name {
			winner, loser = loser, winner
		}
		if winner.status != http.StatusSeeOther || !strings.Contains(winner.flashed(), "You have") {
			t.Errorf("the winner reads %d %q", winner.status, winner.flashed())
		}
		if loser.status != http.StatusSeeOther || !strings.Contains(loser.flashed(), now.AgentName) {
			t.Errorf("the loser reads %d %q, which does not name %s", loser.status, loser.flashed(), now.AgentName)
		}
	}
}

func TestAReplyUnderWhichTheThreadMovedIsKept(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	seen := f.newest(k.ConversationID)
	f.hears("a", "and I need it by Friday!")
	sent := f.post(f.mia, path+"/reply", url.Values{"body": {"It comes <b>tomorrow</b>."}, "seen_seq": {fmt.Sprint(seen)}})
	if sent.status != http.StatusSeeOther {
		t.Fatalf("the reply was answered %d: %s", sent.status, sent.body)
	}
	page := f.get(f.mia, strings.Split(sent.header.Get("Location"), "#")[0])
	for _, want := range []string{"It comes &lt;b&gt;tomorrow&lt;/b&gt;.", "New messages came in.", "and I need it by Friday!", `class="entry shopper new"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if f.newest(k.ConversationID) != seen+1 {
		t.Error("the refused reply was said")
	}
	sent = f.post(f.mia, path+"/reply", url.Values{"body": {"It comes on Thursday."}, "seen_seq": {fmt.Sprint(seen + 1)}})
	if sent.flashed() != "Sent." || f.newest(k.ConversationID) != seen+2 {
		t.Errorf("the second try was answered %q", sent.flashed())
	}
}

func TestADraftSurvivesTheBrowser(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path); !strings.Contains(page.body, ` data-insert-text="I have read what you wrote."`) || !strings.Contains(page.body, `aria-describedby="reply-hint"></textarea>`) {
		t.Error("the packet's draft is not beside an empty box")
	}
	if kept := f.post(f.mia, path+"/draft", url.Values{"body": {"Dear Olivia, half a sen"}, "seen_seq": {"1"}}); kept.status != http.StatusNoContent {
		t.Fatalf("the draft was answered %d", kept.status)
	}
	if page := f.get(f.mia, path); !strings.Contains(page.body, "Dear Olivia, half a sen</textarea>") {
		t.Error("the draft is gone")
	}
	f.post(f.mia, path+"/insert", url.Values{"text": {"A voucher"}})
	if page := f.get(f.mia, path); !strings.Contains(page.body, "Dear Olivia, half a sen\n\nA voucher</textarea>") {
		t.Error("the piece was not added to the draft")
	}
	f.must(f.desk.Transfer(context.Background(), f.shop, k.ID, f.sara, handoff.Transfer{Agent: f.leo.ID}))
	refused := f.post(f.mia, path+"/reply", url.Values{"body": {"too late, but not lost"}})
	if !strings.Contains(refused.flashed(), "Leo") {
		t.Errorf("the reply of whoever lost the case was answered %q", refused.flashed())
	}
	draft, err := f.desk.Draft(context.Background(), f.shop, k.ConversationID, f.mia.ID)
	if err != nil || draft.Body != "too late, but not lost" {
		t.Errorf("the draft is %q, %v", draft.Body, err)
	}
}

func TestAnAgentClosesACase(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	for _, step := range []struct {
		path string
		form url.Values
		said string
	}{
		{"/note", url.Values{"body": {"Courier called. @Leo"}}, "Note saved."},
		{"/promise", url.Values{"said": {"Call back"}, "minutes": {"120"}}, "Promise noted."},
		{"/reply", url.Values{"body": {"It is on its way."}}, "Sent."},
		{"/snooze", url.Values{"minutes": {"30"}}, "Snoozed."},
		{"/wake", nil, "back in the list"},
		{"/resolve", url.Values{"outcome": {"solved"}}, "still owed"},
		{"/resolve", url.Values{"outcome": {"no such"}, "settled": {"yes"}}, "not acceptable"},
		{"/resolve", url.Values{"outcome": {"solved"}, "seen_seq": {"1000"}, "settled": {"yes"}}, "Resolved."},
		{"/resolve", url.Values{"outcome": {"solved"}}, "closed already"},
	} {
		if got := f.post(f.mia, path+step.path, step.form); got.status != http.StatusSeeOther || !strings.Contains(got.flashed(), step.said) {
			t.Errorf("%s: %d %q, want %q", step.path, got.status, got.flashed(), step.said)
		}
	}
	page := f.get(f.mia, path)
	for _, want := range []string{"Courier called. @Leo", "It is on its way.", "Closed: Solved", "Reopen"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the closed page lacks %q", want)
		}
	}
	if strings.Contains(page.body, "/knowledge") {
		t.Error("an agent who edits nothing is led to the knowledge pages")
	}
	editor := f.hire(f.shop, "Eve", staff.Agent, staff.Editor)
	if page := f.get(editor, path); !strings.Contains(page.body, "/knowledge/new?answer=It&#43;is&#43;on") {
		t.Error("the answer cannot be made an article")
	}
	if page := f.get(f.mia, "/inbox?view=resolved"); !strings.Contains(page.body, k.ConversationID.String()) {
		t.Error("the case is not among the resolved ones")
	}
	if text := f.get(f.mia, path+"/export"); !strings.Contains(text.body, "> It is on its way.") || !strings.Contains(text.body, "> Courier called") {
		t.Errorf("the export says %s", text.body)
	}
}

func TestTakingOverFromTheBotAndGivingBack(t *testing.T) {
	f := newFloor(t)
	id := f.hears("a", "Do you ship to Wales?")
	path := "/inbox/" + id.String()
	if page := f.get(f.mia, path); page.status != http.StatusOK || !strings.Contains(page.body, "The bot is answering.") {
		t.Fatalf("%d %s", page.status, page.body)
	}
	if got := f.post(f.mia, path+"/takeover", nil); !strings.Contains(got.flashed(), "You have") {
		t.Errorf("the takeover was answered %q", got.flashed())
	}
	if got := f.post(f.leo, path+"/takeover", nil); !strings.Contains(got.flashed(), "Mia") {
		t.Errorf("the second takeover was answered %q", got.flashed())
	}
	if got := f.post(f.mia, path+"/return", nil); !strings.Contains(got.flashed(), "bot") {
		t.Errorf("the return was answered %q", got.flashed())
	}
	if page := f.get(f.mia, path); strings.Contains(page.body, "What the shopper wants") {
		t.Error("the packet of an episode that is over is still shown")
	}
	talk, err := f.store.Conversation(context.Background(), f.shop, id)
	if err != nil || talk.Holder != conversation.HeldByBot {
		t.Errorf("%s holds, %v", talk.Holder, err)
	}
}

func TestALongThreadOpensAtItsEnd(t *testing.T) {
	f := newFloor(t)
	var id uuid.UUID
	for i := range 150 {
		id = f.hears("a", fmt.Sprintf("message %03d", i))
	}
	page := f.get(f.mia, "/inbox/"+id.String())
	if n := strings.Count(page.body, "<article"); n != 60 {
		t.Errorf("%d messages on the page", n)
	}
	if !strings.Contains(page.body, "message 149") || strings.Contains(page.body, "message 089") || !strings.Contains(page.body, `?before=91"`) {
		t.Error("the page is not the newest sixty with a way to the rest")
	}
	if page = f.get(f.mia, "/inbox/"+id.String()+"?before=31"); !strings.Contains(page.body, "message 000") || strings.Contains(page.body, "?before=") {
		t.Error("the oldest page is not the beginning")
	}
}

func TestAPageIsWokenQuicklyAndColleaguesSeeWhoLooks(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	events := f.listen(f.leo, "/inbox/events?conversation="+k.ConversationID.String())
	<-events // hello
	deadline := time.After(5 * time.Second)
	for !strings.Contains(f.get(f.mia, "/inbox/"+k.ConversationID.String()).body, "Leo is looking") {
		select {
		case <-deadline:
			t.Fatal("nobody saw Leo looking")
		case <-time.After(20 * time.Millisecond):
		}
	}
	drain(events, 300*time.Millisecond)
	f.hears("a", "anybody there?")
	began := time.Now()
	select {
	case event := <-events:
		if event != "changed" {
			t.Errorf("%s came", event)
		}
		if took := time.Since(began); took > 300*time.Millisecond {
			t.Errorf("the page was woken after %s", took)
		}
	case <-deadline:
		t.Fatal("the page was not woken")
	}
	f.post(f.mia, "/inbox/"+k.ConversationID.String()+"/draft", url.Values{"body": {"Yes, I"}})
	for event := range events {
		if event == "typing" {
			return
		}
	}
	t.Error("typing was not shown")
}
