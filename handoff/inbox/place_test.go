package inbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
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

func TestASearchThatFindsNothingOffersToClearIt(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.claimed("a", f.mia)
	page := f.get(f.mia, "/inbox?q=zzzz").body
	if !strings.Contains(page, `href="/inbox">Clear the search</a>`) || !strings.Contains(page, "Nothing to open") || strings.Contains(page, "Pick a conversation") {
		t.Error("beside an empty list the page tells to pick a conversation, or leads nowhere else")
	}
}
