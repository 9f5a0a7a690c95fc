package bot

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTextSoFarReadsADraftThatIsBeingWritten(t *testing.T) {
	text := "Sí, 7 días.\n\"Vale\" \\ 😀 再见 <b>"
	for _, raw := range []string{
		mustJSON(map[string]any{"text": text}),
		"{ \"articles\" : [\"a,b\", {\"x\": [1]}], \"sure\": true, \"text\" : " + mustJSON(text) + "}",
		`{"n": -1.5e3, "text":"S\u00ed, 7 d\u00edas.\n\"Vale\" \\ \ud83d\ude00 \u518d\u89c1 <b>"}`,
	} {
		for i := range len(raw) {
			got, _ := textSoFar(raw[:i])
			if !strings.HasPrefix(text, got) {
				t.Fatalf("%q gives %q", raw[:i], got)
			}
		}
		if got, complete := textSoFar(raw); got != text || !complete {
			t.Errorf("%q gives %q, %v", raw, got, complete)
		}
	}
	for _, raw := range []string{"", "text", `"text"`, `["text"]`, `{"text": 5}`, `{"other": {"text": "x"}}`, `{"text" "x"}`} {
		if got, complete := textSoFar(raw); got != "" || complete {
			t.Errorf("%q gives %q", raw, got)
		}
	}
}

func FuzzTextSoFar(f *testing.F) {
	f.Add(`{"articles":["a"],"text":"Hola \u00bf\ud83d\ude00","sure":true}`)
	f.Add(`{"text":"\`)
	f.Fuzz(func(t *testing.T, raw string) {
		got, complete := textSoFar(raw)
		var d struct {
			Text *string `json:"text"`
		}
		// JSON takes the last of two members and folds case; one plain "text" is what models write.
		plain := strings.Count(strings.ToLower(raw), `text"`) == 1 && strings.Count(raw, `"text"`) == 1 && !strings.Contains(raw, `\u`)
		if plain && json.Unmarshal([]byte(raw), &d) == nil && d.Text != nil && strings.HasPrefix(strings.TrimSpace(raw), "{") {
			if (!complete || got != *d.Text) && json.Valid([]byte(raw)) && strings.ToValidUTF8(raw, "") == raw {
				t.Errorf("%q gives %q, %v, want %q", raw, got, complete, *d.Text)
			}
		}
	})
}
