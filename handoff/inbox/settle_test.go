package inbox_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff"
)

// A promise that is open is named before the case ends, and what was not done is shown as withdrawn and not as kept.
func TestAnOpenPromiseIsNamedBeforeTheCaseEnds(t *testing.T) {
	f := newFloor(t)
	ctx := context.Background()
	for action, form := range map[string]url.Values{"/resolve": {"outcome": {"solved"}}, "/return": {}} {
		k := f.claimed("promised"+action, f.mia)
		_, err := f.desk.Reply(ctx, f.shop, k.ConversationID, f.mia, "I am looking.", 0)
		f.must(err)
		for _, said := range []string{"I write by five", "I send the label"} {
			f.must(f.desk.Promise(ctx, f.shop, k.ID, f.mia, said, time.Now().Add(time.Hour)))
		}
		list, err := f.desk.Promises(ctx, f.shop, k.ID)
		f.must(err)
		path := "/inbox/" + k.ConversationID.String()
		if page := f.get(f.mia, path); strings.Count(page.body, "I write by five</q> ") < 2 {
			t.Errorf("%s: the page does not name the promise twice", action)
		}
		f.post(f.mia, path+action, form)
		if open, err := f.desk.Case(ctx, f.shop, k.ID); err != nil || open.State != handoff.Claimed {
			t.Errorf("%s: a promise was passed over: %+v, %v", action, open, err)
		}
		kept := ""
		for _, p := range list {
			if p.Said == "I send the label" {
				kept = p.ID.String()
			}
		}
		form["settled"], form["kept"] = []string{"yes"}, []string{kept}
		f.post(f.mia, path+action, form)
		list, err = f.desk.Promises(ctx, f.shop, k.ID)
		f.must(err)
		for _, p := range list {
			if p.Said == "I write by five" && (p.KeptAt != nil || p.WithdrawnAt == nil) || action == "/resolve" && p.Said == "I send the label" && p.KeptAt == nil {
				t.Errorf("%s: %+v", action, p)
			}
		}
		if page := f.get(f.mia, path); action == "/resolve" && !strings.Contains(page.body, "not done, withdrawn") {
			t.Error("the withdrawn promise is not shown as such")
		}
	}
}
