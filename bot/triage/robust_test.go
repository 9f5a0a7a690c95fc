package triage

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMoreReasonsNeverLowerAVerdict(t *testing.T) {
	v := assessText("do you ship to Peru?").With(Reason{Kind: NoKnowledge, Score: 0.9})
	if v.Action != Handoff || v.Level != 1 || len(v.Reasons) != 1 {
		t.Errorf("%+v", v)
	}
	w := assessText("I want a human").With(Reason{Kind: Wish, Score: 0.1})
	if w.score(Wish) < 0.9 || w.Action != Handoff {
		t.Errorf("a reason was removed: %+v", w)
	}
}

func TestVerdictIsPrintedAsScriptsExpect(t *testing.T) {
	b, err := json.Marshal(assessText("hello where is it"))
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"mood":`, `"mood_label":"neutral"`, `"handoff":`, `"action":"answer"`, `"level":0`, `"reasons":[]`, `"language":"en"`} {
		if !strings.Contains(string(b), field) {
			t.Errorf("%s lacks %s", b, field)
		}
	}
}

func TestEveryReasonIsOfAKnownKind(t *testing.T) {
	if n := len(Kinds()); n != 21 {
		t.Errorf("%d kinds", n)
	}
	for _, r := range assessText("第三次问了，骗子，我要起诉，转人工，取消订单").Reasons {
		if !slices.Contains(Kinds(), r.Kind) || r.Score <= 0 || r.Score > 1 || len(r.Words) == 0 && r.Kind != SeveralIntents {
			t.Errorf("%+v", r)
		}
	}
}

func TestHostileInputIsJudgedWithoutHarm(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("我要人工", 25000), strings.Repeat("a", 100000), strings.Repeat("not good ", 12000), strings.Repeat("不", 100000), strings.Repeat("😡", 100000), strings.Repeat("ﷺ", 100000),
		"\x00\x00人工\x00", "\xff\xfe\xfd agent \x80", "", " \n\t ", "\u202eagent please", "人\u200b工", strings.Repeat("?!", 50000), strings.Repeat("e\u0301", 50000), strings.Repeat("the the ", 20000),
	} {
		v := assessText(text)
		check(t, v)
	}
	if v := assessText("人\u200b工"); v.score(Wish) < 0.9 {
		t.Errorf("an invisible character hides a wish: %+v", v)
	}
	check(t, Assess(Input{}))
	check(t, Assess(Input{Turns: []Turn{{Role: "bot", Text: "hi"}}}))
}

// check holds what every verdict promises.
func check(t interface{ Errorf(string, ...any) }, v Verdict) {
	if v.Mood < -1 || v.Mood > 1 || v.Handoff < 0 || v.Handoff > 1 || v.Level < 0 || v.Level > 3 || v.Reasons == nil || v.Language == "" {
		t.Errorf("out of bounds: %+v", v)
	}
	if (v.Level > 0) != (v.Action == Handoff) {
		t.Errorf("level %d with action %s", v.Level, v.Action)
	}
	for _, s := range append(slices.Clone(v.Intents), v.Language) {
		if !utf8.ValidString(s) {
			t.Errorf("invalid UTF-8 in %q", s)
		}
	}
}

func TestAWishNeverLowersTheChanceOfAPerson(t *testing.T) {
	parts := []string{"where is my order", "这也太差了", "thanks, lovely", "me han cobrado dos veces", "cancel it", "ok", "你好", "great, just great", "😡", "does not work!!!", "how do I return it?", "ya lo he preguntado", "第三次问了", "terrible service", "me encanta"}
	wishes := []string{"I want to speak to a human", "转人工", "quiero hablar con una persona"}
	rapid.Check(t, func(rt *rapid.T) {
		said := rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(rt, "said")
		before := rapid.SliceOfN(rapid.SampledFrom(parts), 0, 4).Draw(rt, "before")
		in := Input{}
		for _, b := range before {
			in.Turns = append(in.Turns, Turn{Role: "shopper", Text: b}, Turn{Role: "bot", Text: "..."})
		}
		in.Turns = append(in.Turns, Turn{Role: "shopper", Text: strings.Join(said, ". ")})
		without := Assess(in)
		check(rt, without)
		wish := rapid.SampledFrom(wishes).Draw(rt, "wish")
		last := &in.Turns[len(in.Turns)-1]
		last.Text += "\n" + wish
		if with := Assess(in); with.Handoff < without.Handoff || with.Action != Handoff {
			rt.Fatalf("%q: %.3f without, %.3f with a wish", last.Text, without.Handoff, with.Handoff)
		}
	})
}

func FuzzAssess(f *testing.F) {
	for _, s := range []string{"转人工", "I want a human!!", "¿cómo cancelo?", "\x00\xff", "😡 great, just great", "a_b|c? ..3 @x"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		check(t, Assess(Input{Turns: []Turn{{Role: "shopper", Text: first}, {Role: "bot", Text: second}, {Role: "shopper", Text: second}}}))
	})
}

func BenchmarkAssess(b *testing.B) {
	b.Run("short", func(b *testing.B) {
		in := episode("你好", "您好", "我的快递还没到，什么时候能到？", "三天", "I want to talk to a person, this is terrible")
		for b.Loop() {
			Assess(in)
		}
	})
	b.Run("bound", func(b *testing.B) {
		in := episode(strings.Repeat("我的快递还没到，I want a refund now, quiero hablar con alguien。", 200))
		for b.Loop() {
			Assess(in)
		}
	})
}
