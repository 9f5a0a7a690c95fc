package inbox_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
)

// Whatever is done to a conversation, the list beside it stays the one that the agent is working through.
func TestAnActionLeavesTheListAsItWas(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	for action, form := range map[string]url.Values{"note": {"body": {"Look"}}, "snooze": {"minutes": {"30"}}, "resolve": {"outcome": {"spam"}}} {
		did := f.postFrom(path+"?q=Olivia+B&view=mine&moved=1", f.mia, path+"/"+action, form)
		if did.status != http.StatusNoContent || did.header.Get("Location") != path+"?q=Olivia+B&view=mine" {
			t.Errorf("%s was answered %d and leads to %s", action, did.status, did.header.Get("Location"))
		}
	}
	if did := f.post(f.mia, path+"/note", url.Values{"body": {"Look"}}); did.status != http.StatusSeeOther || did.header.Get("Location") != path {
		t.Errorf("without a script and from nowhere it was answered %d and leads to %s", did.status, did.header.Get("Location"))
	}
	moved := f.claimed("b", f.mia)
	path = "/inbox/" + moved.ConversationID.String()
	f.hears("b", "and by Friday")
	if did := f.postFrom(path+"?view=mine", f.mia, path+"/reply", url.Values{"body": {"Soon."}, "seen_seq": {"1"}}); did.header.Get("Location") != path+"?moved=1&view=mine#standing" {
		t.Errorf("a reply under which the thread moved leads to %s", did.header.Get("Location"))
	}
}

// Whoever is done with a conversation is led on: to what they or nobody has, never to a colleague's.
func TestWhoIsDoneIsLedToTheNextCase(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k, other, free := f.claimed("a", f.mia), f.claimed("b", f.leo), f.handsOver(f.hears("c", "Hello?"), conversation.Packet{})
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path).body; strings.Contains(page, "next-case") {
		t.Error("the page leads away from a case that is to be worked on")
	}
	f.must(f.desk.Resolve(context.Background(), f.shop, k.ID, f.mia, "spam", 0))
	page := f.get(f.mia, path).body
	if !strings.Contains(page, `id="next-case" class="button primary" href="/inbox/`+free.ConversationID.String()+`"`) || !strings.Contains(page, `id="claim" class="" data-key="c"`) {
		t.Error("the page does not lead to the case that nobody has")
	}
	if page := f.get(f.mia, path+"?q=zzzz").body; !strings.Contains(page, `id="next-case" class="button primary" href="/inbox/`+free.ConversationID.String()+`"`) {
		t.Error("at the end of a search the page leads nowhere")
	}
	f.must(f.desk.Claim(context.Background(), f.shop, free.ID, f.leo))
	if page := f.get(f.mia, path).body; strings.Contains(page, "next-case") {
		t.Errorf("the page leads to a colleague's, such as %s", other.ConversationID)
	}
}

func TestASearchThatFindsNothingOffersToClearIt(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.claimed("a", f.mia)
	page := f.get(f.mia, "/inbox?q=zzzz").body
	if !strings.Contains(page, `href="/inbox">Clear the search</a>`) || !strings.Contains(page, "Nothing to open") || strings.Contains(page, "Pick a conversation") {
		t.Error("beside an empty list the page tells to pick a conversation, or leads nowhere else")
	}
}

func TestWhoHasNothingIsLedToThoseWhoWait(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	if page := f.get(f.mia, "/inbox?view=mine").body; strings.Contains(page, `<a class="button small" href="/inbox?view=waiting">`) {
		t.Error("the page leads to nobody")
	}
	f.handsOver(f.hears("a", "Hello?"), conversation.Packet{})
	if page := f.get(f.mia, "/inbox?view=mine").body; !strings.Contains(page, `<a class="button small" href="/inbox?view=waiting">Waiting <span class="count">1</span></a>`) {
		t.Error("the page does not lead to who waits")
	}
}
