package inbox_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"
)

// hostile is what people, models, editors and file names may hold. Each bears a number, so that it can be found again.
func hostile() []string {
	var out []string
	for i, s := range []string{
		`<script>window.pwned=%d</script>`, `"><img src=x onerror=pwned=%d>`, `'><svg onload=pwned=%d>`, `</textarea><script>pwned=%d</script>`,
		`</title><script>pwned=%d</script>`, `<iframe srcdoc="<script>pwned=%d</script>">`, `<a href="javascript:pwned=%d">x</a>`,
		`[x](javascript:pwned=%d)`, `![x](x" onerror="pwned=%d)`, `<math><mi xlink:href="javascript:pwned=%d">`, "`\"><script>pwned=%d</script>`",
		`{{.Data.Thread}} pwned=%d`, `" autofocus onfocus="pwned=%d`, `' style='x' onmouseover='pwned=%d`, `<style>@import "//evil/%d"</style>`,
		`<form action=//evil/%d><button>`, `<base href="//evil/%d/">`, `<meta http-equiv=refresh content="0;url=//evil/%d">`, `<!-- %d --><script>`,
		`&lt;script&gt;pwned=%d&lt;/script&gt;`, "\u202e<script>pwned=%d</script>", `<object data="data:text/html,pwned=%d">`, `<details open ontoggle=pwned=%d>`,
		`<input name=seen_seq value=%d>`, `data:text/html,<script>pwned=%d</script>`, `javascript:pwned=%d`,
	} {
		out = append(out, fmt.Sprintf(s, 9000+i))
	}
	return out
}

// harmless fails where a page has markup that only a hostile text can have brought.
func harmless(t *testing.T, where, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "iframe", "object", "base", "meta", "style", "math", "embed"}, n.Data) {
			t.Errorf("%s: <%s> on the page", where, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			leads := slices.Contains([]string{"href", "src", "action", "formaction", "srcdoc", "xlink:href"}, a.Key)
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || leads && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "?") || strings.HasPrefix(value, "//") && leads {
				t.Errorf("%s: <%s %s=%q>", where, n.Data, a.Key, a.Val)
			}
		}
	}
}

func TestNothingThatAnybodyWroteBecomesMarkup(t *testing.T) {
	f := newFloor(t)
	ctx := t.Context()
	for i, bad := range hostile() {
		id := f.hearsFrom(fmt.Sprint("a", i), bad, conversation.Shopper{Name: bad, Email: bad, Phone: bad}, conversation.PageContext{Page: bad, Product: bad, Order: bad})
		talk, err := f.store.Conversation(ctx, f.shop, id)
		f.must(err)
		verdict, err := json.Marshal(map[string]any{"reply": bad, "confidence": 0.5, "verdict": map[string]any{"mood": -0.5,
			"reasons": []conversation.Reason{{Kind: bad, Score: 1, Words: []string{bad}}}}})
		f.must(err)
		evidence := []conversation.Evidence{{Kind: "passage", ID: bad, Title: bad, Text: bad, Score: 0.5}}
		f.must(f.store.Tx(ctx, func(tx pgx.Tx) error {
			_, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: f.shop, ConversationID: id, Author: conversation.ByBot, Body: bad, UpTo: talk.HeardSeq,
				Evidence: evidence, Verdict: verdict, Options: []conversation.Option{{Label: bad, Ref: bad}}, Cost: &conversation.Cost{Model: bad, Calls: 1}})
			return err
		}))
		k := f.handsOver(id, conversation.Packet{Summary: bad, Star: conversation.Star{Situation: bad + "s", Task: bad, Tried: bad, Result: bad}, Language: bad,
			Mood: -1, MoodCurve: []float64{0, -1}, Reasons: []conversation.Reason{{Kind: "mood", Words: []string{bad}}}, Passages: evidence, WouldHaveSaid: bad,
			Draft: conversation.ReplyDraft{Text: bad, Apology: bad, Solution: bad, Compensation: []string{bad}}, Confirmations: []string{"address", bad}, Correction: bad})
		f.must(f.desk.Note(ctx, f.shop, k.ID, f.mia, bad))
		f.must(f.desk.Claim(ctx, f.shop, k.ID, f.mia))
		_, err = f.desk.SaveMacro(ctx, f.shop, handoff.Macro{Name: strings.ReplaceAll(bad, " ", "_"), Body: bad})
		f.must(err)
		path := "/inbox/" + id.String()
		harmless(t, "proposal of "+bad, f.get(f.mia, path).body)
		f.post(f.mia, path+"/draft", url.Values{"body": {bad}})
		f.must(f.desk.Promise(ctx, f.shop, k.ID, f.mia, bad, talk.CreatedAt.AddDate(1, 0, 0)))
		page := f.get(f.mia, path+"?q="+url.QueryEscape(bad))
		harmless(t, bad, page.body)
		if !strings.Contains(page.body, fmt.Sprint(9000+i)) {
			t.Errorf("%s is not on its page", bad)
		}
		harmless(t, "search for "+bad, f.get(f.mia, "/inbox?view=mine&q="+url.QueryEscape(bad)).body)
	}
	harmless(t, "team", f.get(f.sara, "/inbox/team").body)
}
