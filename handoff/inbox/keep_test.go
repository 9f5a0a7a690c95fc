package inbox_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"
)

func TestWhatIsConfirmedStaysConfirmedForEverybody(t *testing.T) {
	f := newFloor(t)
	k := f.handsOver(f.hears("a", "Please change my address"), conversation.Packet{Summary: "Change the address", Confirmations: []string{"address", "product", "return_policy"}})
	f.must(f.desk.Claim(context.Background(), f.shop, k.ID, f.mia))
	path := "/inbox/" + k.ConversationID.String()
	all := []string{"address", "product", "return_policy"}
	f.post(f.mia, path+"/confirm", url.Values{"offered": all, "confirmed": {"address", "product"}})
	for _, p := range []staff.Person{f.mia, f.leo} {
		page := f.get(p, path).body
		if !strings.Contains(page, `id="confirm-address" checked`) || strings.Contains(page, `id="confirm-return_policy" checked`) || strings.Count(page, "Mia · ") != 2 {
			t.Errorf("%s does not see what Mia has confirmed", p.Name)
		}
	}
	f.post(f.mia, path+"/confirm", url.Values{"offered": all, "confirmed": {"product"}})
	if page := f.get(f.mia, path).body; strings.Contains(page, `id="confirm-address" checked`) || !strings.Contains(page, `id="confirm-product" checked`) {
		t.Error("a tick that was taken back is still there")
	}
	if got := f.post(f.leo, path+"/confirm", url.Values{"offered": all}); !strings.Contains(got.flashed(), "Mia") {
		t.Errorf("Leo, who does not have the case, is told %q", got.flashed())
	}
}

func TestWhatWasDoneTooLateIsNotCalledDone(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.exec(`update cases set first_reply_due = now() - interval '10 minutes' where case_id = $1`, k.ID)
	f.post(f.mia, path+"/reply", url.Values{"body": {"Here I am."}})
	if page := f.get(f.mia, path).body; !strings.Contains(page, "done 10 min late") {
		t.Error("the page does not say how late the first reply was")
	}
}

func TestASearchFindsWhatIsClosedAndWhatTheBotHas(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	f.must(f.desk.Resolve(context.Background(), f.shop, k.ID, f.mia, "solved", 0))
	talk := f.hearsFrom("b", "Where is parcel FD-20931?", conversation.Shopper{Name: "Priya"}, conversation.PageContext{})
	for query, want := range map[string]string{"where+the+PARCEL+is": k.ConversationID.String(), "fd-20931": talk.String(), "priya": talk.String()} {
		if page := f.get(f.mia, "/inbox?q="+query).body; !strings.Contains(page, "row-"+want) || !strings.Contains(page, `class="group"`) {
			t.Errorf("%s is not found", query)
		}
	}
	later := f.claimed("c", f.leo)
	f.hears("c", "the parcel is TW-777")
	if page := f.get(f.mia, "/inbox?q=tw-777").body; !strings.Contains(page, "row-"+later.ConversationID.String()) {
		t.Error("what was said after the handover is not found")
	}
	if page := f.get(f.mia, "/inbox?view=mine&q=fd-20931").body; !strings.Contains(page, `href="/inbox?q=fd-20931"`) {
		t.Error("a search in one view does not lead to the others")
	}
}

func TestASnoozedCaseSaysUntilWhenAndCanBeWoken(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.post(f.mia, path+"/snooze", url.Values{"minutes": {"30"}})
	if page := f.get(f.mia, path).body; strings.Count(page, ">Snoozed until ") != 2 || !strings.Contains(page, "Wake it now") {
		t.Error("the page does not say until when")
	}
	f.post(f.mia, path+"/snooze", url.Values{"minutes": {"43200"}})
	if page := f.get(f.mia, path).body; strings.Count(page, ">Waiting for the shopper<") != 2 {
		t.Error("row and page do not both say that it waits for the shopper")
	}
	if got := f.post(f.mia, path+"/wake", nil); got.status != http.StatusSeeOther {
		t.Fatal(got.status)
	}
	if page := f.get(f.mia, path).body; strings.Contains(page, ">Waiting for the shopper<") {
		t.Error("it was not woken")
	}
}

func TestBlockingAndErasingAreOnThePage(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.leo, path).body; strings.Contains(page, path+"/block") {
		t.Error("an agent is offered to block somebody whom a colleague answers")
	}
	f.post(f.mia, path+"/block", nil)
	if page := f.get(f.mia, path).body; !strings.Contains(page, path+"/unblock") || !strings.Contains(page, "This shopper is blocked") {
		t.Error("the page does not say that the shopper is blocked")
	}
	f.post(f.mia, path+"/unblock", nil)
	if got := f.post(f.mia, path+"/erase", nil); !strings.Contains(got.flashed(), "not acceptable") {
		t.Errorf("without a tick: %q", got.flashed())
	}
	f.post(f.mia, path+"/erase", url.Values{"sure": {"yes"}})
	if page := f.get(f.mia, path).body; !strings.Contains(page, "has been erased") || strings.Contains(page, "Olivia") {
		t.Error("the conversation was not erased")
	}
}

func TestAnAgentWhoEditsNothingSuggestsAnArticle(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if got := f.post(f.mia, path+"/suggest", nil); !strings.Contains(got.flashed(), "not acceptable") || len(f.suggested) != 0 {
		t.Errorf("before there is an answer: %q", got.flashed())
	}
	f.post(f.mia, path+"/reply", url.Values{"body": {"It is at the depot."}})
	if page := f.get(f.mia, path).body; !strings.Contains(page, path+"/suggest") {
		t.Error("the page does not offer it")
	}
	f.post(f.mia, path+"/suggest", nil)
	if len(f.suggested) != 1 || !strings.HasPrefix(f.suggested[0], "en: ") {
		t.Errorf("the editors were told %q", f.suggested)
	}
	editor := f.hire(f.shop, "Eve", staff.Agent, staff.Editor)
	if page := f.get(editor, path).body; strings.Contains(page, path+"/suggest") {
		t.Error("an editor is to suggest it to herself")
	}
}

func TestAPromiseCanHaveAnyTime(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	at := time.Now().UTC().Add(5*time.Hour + 7*time.Minute).Truncate(time.Minute)
	f.post(f.mia, path+"/promise", url.Values{"said": {"Call back"}, "minutes": {"30"}, "at": {at.Format("2006-01-02T15:04")}})
	promises, err := f.desk.Promises(context.Background(), f.shop, k.ID)
	f.must(err)
	if n := len(promises); n == 0 || !promises[n-1].Due.Equal(at) {
		t.Errorf("%v, want %s", promises, at)
	}
	if got := f.post(f.mia, path+"/promise", url.Values{"said": {"Call back"}, "at": {"yesterday"}}); !strings.Contains(got.flashed(), "not acceptable") {
		t.Errorf("a time that is none: %q", got.flashed())
	}
}
