package inbox_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"frontdesk/handoff"
)

func TestWhoeverANotePointsToSeesIt(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if page := f.get(f.mia, path).body; !strings.Contains(page, `data-people="Leo|Sara"`) {
		t.Error("the note does not offer the colleagues, or offers oneself")
	}
	f.post(f.mia, path+"/note", url.Values{"body": {"@leo, do you know this courier? mia@shop.test does not. @Sarah is on leave."}})
	if page := f.get(f.leo, "/inbox").body; !strings.Contains(page, `id="view-mentions"`) || !strings.Contains(page, `data-alarms="1"`) {
		t.Error("Leo's inbox does not say that a note points to him")
	}
	for _, p := range []string{f.get(f.mia, "/inbox").body, f.get(f.sara, "/inbox").body} {
		if strings.Contains(p, `id="view-mentions"`) {
			t.Error("somebody is told of a note that does not point to them")
		}
	}
	if page := f.get(f.leo, "/inbox?view=mentions").body; !strings.Contains(page, "row-"+k.ConversationID.String()) {
		t.Error("the view lacks the case")
	}
	f.get(f.leo, path)
	if page := f.get(f.leo, "/inbox").body; strings.Contains(page, `id="view-mentions"`) {
		t.Error("what Leo has read is still announced")
	}
	if page := f.get(f.leo, "/inbox?view=mentions").body; !strings.Contains(page, "row-"+k.ConversationID.String()) {
		t.Error("what Leo has read is gone from the view")
	}
}

func TestThePageSaysWhetherTheReceiverHasLookedYet(t *testing.T) {
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.must(f.desk.Transfer(context.Background(), f.shop, k.ID, f.mia, handoff.Transfer{Agent: f.leo.ID}))
	if page := f.get(f.mia, path).body; !strings.Contains(page, "Assigned to Leo, not opened yet") {
		t.Error("the page says that Leo answers, who knows nothing of it")
	}
	f.get(f.leo, path)
	if page := f.get(f.mia, path).body; strings.Contains(page, "not opened yet") || !strings.Contains(page, "Leo has it") {
		t.Error("the page does not say that Leo has looked")
	}
}
