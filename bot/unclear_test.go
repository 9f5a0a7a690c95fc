package bot

import "testing"

func TestWhoWritesInAnotherScriptGetsAPersonAndNoQuestion(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	for _, text := range []string{"Где мой заказ?", "私の注文はどこですか", "어디에 있어요?", "أين طلبي؟", "привет"} {
		if r := g.compose(text); r.Action != ActionHandoff {
			t.Errorf("%q: %s %q", text, r.Action, r.Text)
		}
	}
	if r := g.compose("asdf jkl"); r.Action == ActionHandoff {
		t.Errorf("a slip of the keyboard is handed over: %q", r.Text)
	}
}
