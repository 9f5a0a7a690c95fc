package inbox_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff"

	"github.com/google/uuid"
)

func TestASupervisorSetsClocksHoursAndMacros(t *testing.T) {
	f := newFloor(t)
	ctx := context.Background()
	for _, step := range []struct {
		path string
		form url.Values
		said string
	}{
		{"/clocks", url.Values{"first_reply": {"5"}, "plan": {"20"}, "solution": {"90"}}, "Saved."},
		{"/clocks", url.Values{"first_reply": {"50"}, "plan": {"20"}, "solution": {"90"}}, "not acceptable"},
		{"/clocks", url.Values{"first_reply": {"soon"}}, "not acceptable"},
		{"/hours", url.Values{"day-1": {"09:00–12:00， 13：00至18:00"}, "day-6": {"22:00-02:00"}}, "Saved."},
		{"/macros", url.Values{"name": {"hello"}, "locale": {"en"}, "body": {"Hello {name}, {agent} here."}}, "Saved."},
		{"/macros", url.Values{"name": {"hello"}, "locale": {"en"}, "body": {"again"}}, "already"},
		{"/macros", url.Values{"name": {"two words"}, "body": {"x"}}, "not acceptable"},
	} {
		if got := f.post(f.sara, "/inbox/team"+step.path, step.form); got.status != http.StatusSeeOther || !strings.Contains(got.flashed(), step.said) {
			t.Errorf("%s %v: %d %q, want %q", step.path, step.form, got.status, got.flashed(), step.said)
		}
	}
	for typed, said := range map[string]string{"9-5 or so": "the begin and the end of each shift", "09:00-13:00, 12:00-18:00": "overlap"} {
		if got := f.post(f.sara, "/inbox/team/hours", url.Values{"day-2": {typed}}); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="`+typed+`"`) || !strings.Contains(got.body, said) {
			t.Errorf("hours %q: %d, what was typed or what is wrong with it is not shown", typed, got.status)
		}
	}
	terms, err := f.desk.Terms(ctx, f.shop)
	f.must(err)
	if terms.FirstReply != 5*time.Minute || terms.Solution != 90*time.Minute || len(terms.Hours.Shifts) != 3 {
		t.Errorf("the terms are %+v", terms)
	}
	page := f.get(f.sara, "/inbox/team")
	for _, want := range []string{`value="09:00-12:00, 13:00-18:00"`, `value="22:00-02:00"`, "/hello", "Mia"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the team page lacks %s", want)
		}
	}
	k := f.claimed("a", f.mia)
	if page := f.get(f.mia, "/inbox/"+k.ConversationID.String()); !strings.Contains(page.body, "Hello Olivia, Mia here.") {
		t.Error("the macro is not filled in for the agent")
	}
	macros, err := f.desk.Macros(ctx, f.shop, "")
	f.must(err)
	if got := f.post(f.sara, "/inbox/team/macros/"+macros[0].ID.String()+"/remove", nil); got.status != http.StatusSeeOther {
		t.Errorf("removing a macro: %d", got.status)
	}
	log, err := f.desk.Audit(ctx, f.shop, handoff.AuditFilter{StaffID: f.sara.ID})
	f.must(err)
	if len(log) != 4 {
		t.Errorf("%d lines of the audit log", len(log))
	}
}

func TestASupervisorSendsADeadLetterAgain(t *testing.T) {
	f := newFloor(t)
	id, letter := f.hears("a", "hello"), uuid.Must(uuid.NewV7())
	f.exec(`insert into deliveries (shop_id, delivery_id, channel_id, conversation_id, type, payload, state, attempts, last_error)
		values ($1, $2, $3, $4, 'message.created', '{}', 'dead', 10, '502 <b>Bad Gateway</b>')`, f.shop, letter, f.channel, id)
	if page := f.get(f.sara, "/inbox/team"); !strings.Contains(page.body, "502 &lt;b&gt;Bad Gateway") {
		t.Error("the dead letter is not shown")
	}
	path := "/inbox/team/deliveries/" + letter.String() + "/again"
	if got := f.post(f.sara, path, nil); got.status != http.StatusSeeOther {
		t.Errorf("sending again: %d %s", got.status, got.body)
	}
	d, err := f.store.Delivery(context.Background(), f.shop, letter)
	if err != nil || d.State != "pending" {
		t.Errorf("the letter is %s, %v", d.State, err)
	}
	if got := f.post(f.sara, path, nil); got.status != http.StatusNotFound {
		t.Errorf("sending again what is no dead letter: %d", got.status)
	}
}

func TestASkillIsChosenFromThoseOfTheTeam(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	k := f.claimed("a", f.mia)
	path := "/inbox/" + k.ConversationID.String()
	if strings.Contains(f.get(f.mia, path).body, `name="skill"`) {
		t.Error("a team without skills is asked for one")
	}
	for _, name := range []string{"Refunds", "  Custom   curtains ", "Refunds"} {
		if got := f.post(f.sara, "/inbox/team/skills", url.Values{"name": {name}}); got.status != http.StatusSeeOther {
			t.Errorf("adding %q: %d", name, got.status)
		}
	}
	if got := f.post(f.mia, "/inbox/team/skills", url.Values{"name": {"Mine"}}); got.status != http.StatusForbidden {
		t.Errorf("an agent adds a skill: %d", got.status)
	}
	skills, err := f.desk.Skills(t.Context(), f.shop)
	if err != nil || !slices.Equal(skills, []string{"Custom curtains", "Refunds"}) {
		t.Errorf("the skills are %q, %v", skills, err)
	}
	if page := f.get(f.mia, path).body; !strings.Contains(page, `<select id="skill" name="skill">`) || !strings.Contains(page, ">Custom curtains</option>") {
		t.Error("the transfer offers no skills")
	}
	f.post(f.mia, path+"/transfer", url.Values{"skill": {"Refunds"}})
	f.post(f.sara, "/inbox/team/skills/remove", url.Values{"name": {"Refunds"}})
	if page := f.get(f.leo, "/inbox").body; !strings.Contains(page, `title="Skill">Refunds</span>`) {
		t.Error("the row does not say what the case waits for")
	}
	if skills, _ := f.desk.Skills(t.Context(), f.shop); !slices.Contains(skills, "Refunds") {
		t.Error("what a case waits for cannot be chosen any more")
	}
	if got := f.post(f.sara, "/inbox/team/skills/remove", url.Values{"name": {"Refunds"}}); got.status != http.StatusSeeOther {
		t.Errorf("removing what is off the list already: %d", got.status)
	}
}
