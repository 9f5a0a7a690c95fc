package inbox_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
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

// What an agent's words promise and nobody noted is named before the case is resolved.
func TestAPromiseThatWasNotNotedIsNamedBeforeTheCaseEnds(t *testing.T) {
	f := newFloor(t)
	ctx := context.Background()
	k := f.claimed("pledged", f.mia)
	_, err := f.desk.Reply(ctx, f.shop, k.ConversationID, f.mia, "I will write to you within two hours.", 0)
	f.must(err)
	path := "/inbox/" + k.ConversationID.String()
	f.post(f.mia, path+"/resolve", url.Values{"outcome": {"solved"}})
	if open, err := f.desk.Case(ctx, f.shop, k.ID); err != nil || open.State != handoff.Claimed {
		t.Errorf("the promise was passed over: %+v, %v", open, err)
	}
	if page := f.get(f.mia, path); strings.Count(page.body, "I will write to you within two hours.") < 3 {
		t.Error("it is not named where the case is resolved")
	}
	f.post(f.mia, path+"/resolve", url.Values{"outcome": {"solved"}, "settled": {"yes"}})
	if open, err := f.desk.Case(ctx, f.shop, k.ID); err != nil || open.State != handoff.Resolved {
		t.Errorf("%+v, %v", open, err)
	}
}

func TestTheInboxIsFoundWithASlash(t *testing.T) {
	f := newFloor(t)
	if got := f.get(f.mia, "/inbox/"); got.status != http.StatusMovedPermanently || got.header.Get("Location") != "/inbox" {
		t.Errorf("%d to %q", got.status, got.header.Get("Location"))
	}
}

// One matter told at length is not called several.
func TestOneMatterIsNotCalledSeveral(t *testing.T) {
	f := newFloor(t)
	k := f.handsOver(f.hears("one", "The pan cracked. I want a refund."), conversation.Packet{Summary: "refund", Language: "en",
		Reasons: []conversation.Reason{{Kind: "several_intents", Score: 0.5}, {Kind: "mood", Score: 0.9}}})
	if page := f.get(f.mia, "/inbox/"+k.ConversationID.String()); strings.Contains(page.body, textsOf(t, "en")["inbox.reason.several_intents"]) || !strings.Contains(page.body, textsOf(t, "en")["inbox.reason.mood"]) {
		t.Error("several matters are named where there is one")
	}
}

// What the shopper was promised by the shop is named as well, and what nobody gave is not shown as given.
func TestAPlanThatNobodyGaveIsNotSolvedAway(t *testing.T) {
	f := newFloor(t)
	ctx := context.Background()
	for name, c := range map[string]struct {
		kept        []string
		pane, owing string
	}{
		"not given": {nil, "not done, withdrawn", "won't follow: a concrete plan."},
		"given":     {[]string{"plan"}, "✓ done", ""},
	} {
		k := f.claimed("plan "+name, f.mia)
		f.exec(`update cases set level = 2, plan_due = now() + interval '20 minutes', solution_due = now() + interval '1 hour' where case_id = $1`, k.ID)
		f.exec(`insert into promises (shop_id, promise_id, case_id, said, due_at, awaits) select shop_id, gen_random_uuid(), case_id, 'by three', plan_due, 'plan' from cases where case_id = $1`, k.ID)
		path := "/inbox/" + k.ConversationID.String()
		if page := f.get(f.mia, path); !strings.Contains(page.body, `value="solved" required disabled`) || strings.Contains(page.body, `id="kept-plan"`) {
			t.Errorf("%s: without a word to the shopper the page lets it be solved", name)
		}
		f.post(f.mia, path+"/resolve", url.Values{"outcome": {"solved"}, "settled": {"yes"}})
		if open, err := f.desk.Case(ctx, f.shop, k.ID); err != nil || open.State != handoff.Claimed {
			t.Errorf("%s: it was solved without a word: %+v, %v", name, open, err)
		}
		_, err := f.desk.Reply(ctx, f.shop, k.ConversationID, f.mia, "I write again.", 0)
		f.must(err)
		if page := f.get(f.mia, path); !strings.Contains(page.body, `id="kept-plan"`) || !strings.Contains(page.body, "won&#39;t follow: […]") {
			t.Errorf("%s: the page neither asks for the plan nor says what the shopper reads", name)
		}
		form := url.Values{"outcome": {"solved"}, "kept": c.kept}
		if c.kept == nil {
			f.post(f.mia, path+"/resolve", form)
			if open, err := f.desk.Case(ctx, f.shop, k.ID); err != nil || open.State != handoff.Claimed {
				t.Errorf("%s: the plan was passed over: %+v, %v", name, open, err)
			}
			form.Set("settled", "yes")
		}
		f.post(f.mia, path+"/resolve", form)
		page := f.get(f.mia, path)
		if owed := section(page.body, "owed"); !strings.Contains(owed, c.pane) {
			t.Errorf("%s: the pane says %s", name, owed)
		}
		messages, err := f.store.Messages(ctx, f.shop, k.ConversationID, conversation.Range{Limit: 20})
		f.must(err)
		if last := messages[len(messages)-1].Body; !strings.Contains(last, c.owing) || c.owing == "" && last != "I write again." {
			t.Errorf("%s: the shopper reads %q", name, last)
		}
	}
}

// What waits in the queue cannot be passed on to the queue, or to whoever passes it on: both would change nothing and say that it did.
func TestACaseThatWaitsIsPassedOnToSomebodyElse(t *testing.T) {
	f := newFloor(t)
	id := f.hears("waits", "My jumper shrank")
	f.handsOver(id, conversation.Packet{})
	_, rest, found := strings.Cut(f.get(f.sara, "/inbox/"+id.String()).body, `<select id="to"`)
	choices, _, _ := strings.Cut(rest, "</select>")
	if !found || !strings.Contains(choices, f.mia.ID.String()) || strings.Contains(choices, f.sara.ID.String()) || strings.Contains(choices, `value=""`) {
		t.Errorf("it can be passed on to: %s", choices)
	}
}
