package inbox_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdesk/handoff"
	"frontdesk/handoff/inbox"
)

func TestEveryTextStandsInEveryLanguage(t *testing.T) {
	english := textsOf(t, "en")
	for _, locale := range []string{"zh", "es"} {
		texts := textsOf(t, locale)
		if want, got := slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(texts)); !slices.Equal(want, got) {
			t.Errorf("%s has other texts than en", locale)
		}
		for id, text := range texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", locale, id)
			}
			if want, got := placeholders(english[id]), placeholders(text); !slices.Equal(want, got) {
				t.Errorf("%s: %s fills in %v, in English %v", locale, id, got, want)
			}
		}
	}
}

// A text that is stated twice says only the second.
func TestEveryTextIsStatedOnce(t *testing.T) {
	id := regexp.MustCompile(`(?m)^\s*"(inbox\.[^"]+)":`)
	for _, locale := range []string{"en", "zh", "es"} {
		raw, err := fs.ReadFile(inbox.Locales, "locales/"+locale+".json")
		if err != nil {
			t.Fatal(err)
		}
		stated := map[string]bool{}
		for _, m := range id.FindAllSubmatch(raw, -1) {
			if stated[string(m[1])] {
				t.Errorf("%s states %s twice", locale, m[1])
			}
			stated[string(m[1])] = true
		}
	}
}

func placeholders(text string) []string {
	found := regexp.MustCompile(`\{\{\.\w+\}\}|%s`).FindAllString(text, -1)
	slices.Sort(found)
	return found
}

// What a page names by putting an id together has to be complete as well.
func TestEveryNameThatCodeCanAskForIsThere(t *testing.T) {
	texts := textsOf(t, "en")
	want := map[string][]string{
		"reason": {"wish", "mood", "repetition", "failed_attempts", "risk_injury", "risk_allergy", "risk_fraud", "risk_payment", "risk_privacy", "risk_legal",
			"risk_regulator", "risk_press", "risk_self_harm", "order_change", "several_intents", "no_knowledge", "unsure", "unsupported_draft", "injection",
			"model_failed", "over_budget", "other"},
		"sure":    {"high", "fair", "low"},
		"outcome": append(handoff.Outcomes(), handoff.OutcomeBlocked, handoff.OutcomeErased),
		"clock":   {handoff.ClockFirstReply, handoff.ClockPlan, handoff.ClockSolution, handoff.ClockPromise, handoff.ClockUnowned, handoff.ClockAnswer, handoff.ClockAway},
		"view":    {handoff.ViewMine, handoff.ViewWaiting, handoff.ViewAll, handoff.ViewMentions, handoff.ViewBot, handoff.ViewResolved},
		"state":   {handoff.Waiting, handoff.Claimed, handoff.Returned, handoff.Resolved},
		"mood":    {"angry", "upset", "calm", "pleased"}, "level": {"1", "2", "3"}, "lang": {"zh", "en", "es", "other"},
		"holder": {"bot", "queue", "nobody", "you", "agent"}, "stand": {"bot", "queue", "nobody", "agent"}, "curve": {"falling", "rising", "steady"},
		"author": {"shopper", "bot", "agent", "system", "note"}, "action": {"answer", "ask", "handoff", "courtesy", "silent"},
		"confirm": {"address", "product", "return_policy"}, "by": {"bot", "agent", "system"}, "snooze": {"30", "120", "1440", "43200"}, "channel": {"widget", "webhook"}, "promise": {"30", "120", "1440", "4320"},
		"day": {"0", "1", "2", "3", "4", "5", "6"},
	}
	for group, names := range want {
		for _, name := range names {
			if texts["inbox."+group+"."+name] == "" {
				t.Errorf("no text inbox.%s.%s", group, name)
			}
		}
	}
	for _, view := range want["view"] {
		if texts["inbox.empty."+view+".heading"] == "" || texts["inbox.empty."+view+".advice"] == "" {
			t.Errorf("an empty %s says nothing", view)
		}
	}
}

func TestEveryIDInATemplateHasAText(t *testing.T) {
	texts := textsOf(t, "en")
	used := regexp.MustCompile(`\bt "(inbox\.[a-z0-9_.]*[a-z0-9_])"`)
	err := fs.WalkDir(inbox.Pages, "pages", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(inbox.Pages, path)
		for _, m := range used.FindAllSubmatch(raw, -1) {
			if texts[string(m[1])] == "" {
				t.Errorf("%s: %s", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStylesNameNoColourOutsideTheTokens(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(`)
	physical := regexp.MustCompile(`(?:margin|padding|border|inset)?-?(?:left|right)\s*:`)
	for i, line := range strings.Split(inbox.Styles, "\n") {
		if colour.MatchString(line) || physical.MatchString(line) {
			t.Errorf("inbox.css:%d: %s", i+1, line)
		}
	}
}
