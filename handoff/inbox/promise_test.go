package inbox_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff"
)

// own are the promises that a person has made on the case.
func (f *floor) own(k handoff.Case) (out []handoff.Promise) {
	f.t.Helper()
	all, err := f.desk.Promises(context.Background(), f.shop, k.ID)
	f.must(err)
	for _, p := range all {
		if p.StaffID != nil {
			out = append(out, p)
		}
	}
	return out
}

func TestAPromiseInAReplyIsOfferedAndNeverMadeInSilence(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.post(f.mia, path+"/reply", url.Values{"body": {"Hello. I'll call you back within 2 hours."}})
	page := f.get(f.mia, path).body
	if !strings.Contains(page, `id="pledge-said" name="said" value="I&#39;ll call you back within 2 hours."`) || !strings.Contains(page, `id="pledge-at"`) {
		t.Fatal("the page offers no promise")
	}
	if n := len(f.own(k)); n != 0 {
		t.Fatalf("%d promises were made in silence", n)
	}
	if other := f.get(f.sara, path).body; strings.Contains(other, "pledge-said") {
		t.Error("somebody else is offered the agent's promise")
	}
	form := func(name string) string { // what the form holds as it stands: one click
		_, rest, _ := strings.Cut(page, `<form id="pledge-`)
		_, rest, _ = strings.Cut(rest, `name="`+name+`"`)
		_, rest, _ = strings.Cut(rest, `value="`)
		value, _, _ := strings.Cut(rest, `"`)
		return strings.ReplaceAll(value, "&#39;", "'")
	}
	got := f.post(f.mia, path+"/promise", url.Values{"pledge": {form("pledge")}, "said": {form("said")}, "at": {form("at")}})
	if got.flashed() != "Promise noted." {
		t.Errorf("said %q", got.flashed())
	}
	made := f.own(k)
	if len(made) != 1 || made[0].Said != "I'll call you back within 2 hours." || time.Until(made[0].Due).Round(2*time.Minute) != 2*time.Hour {
		t.Errorf("made %+v", made)
	}
	if strings.Contains(f.get(f.mia, path).body, "pledge-said") {
		t.Error("the promise is offered again")
	}
}

func TestAnOfferedPromiseCanBeWavedAway(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("c-1", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	f.post(f.mia, path+"/reply", url.Values{"body": {"明天上午给您回复"}})
	page := f.get(f.mia, path).body
	_, rest, _ := strings.Cut(page, `name="pledge" value="`)
	seq, _, _ := strings.Cut(rest, `"`)
	f.post(f.mia, path+"/pledge", url.Values{"pledge": {seq}})
	if strings.Contains(f.get(f.mia, path).body, "pledge-said") || len(f.own(k)) != 0 {
		t.Error("what was waved away is offered, or was made")
	}
	f.post(f.mia, path+"/reply", url.Values{"body": {"Te llamo mañana."}})
	if !strings.Contains(f.get(f.mia, path).body, `value="Te llamo mañana."`) {
		t.Error("the next promise is not offered")
	}
	if got := f.post(f.leo, path+"/pledge", url.Values{"pledge": {"99"}}); !strings.Contains(got.flashed(), "Mia") {
		t.Errorf("somebody else settled it: %q", got.flashed())
	}
}
