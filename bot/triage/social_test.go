package triage

import (
	"slices"
	"testing"
)

func TestSmallTalkInAnyWordsIsACourtesyAndWhatLooksLikeItIsNot(t *testing.T) {
	heard, social := 0, []string{
		"howdy folks, hope it's a quiet shift", "the scarf landed today and it is a dream to wear", "you lot have made my week", "off to the pub now, see you tomorrow", "grand, I'll give that a whirl",
		"vaya, qué majos sois", "hoy hace un frío que pela por aquí", "me encanta el jersey, es una monada", "buenas, solo pasaba a saludar", "venga, pues eso haré",
		"今天外面风好大呀", "围巾收到了，颜色好正，开心", "你们家客服真有耐心", "行，那我晚点自己弄", "下班啦下班啦，明天见",
	}
	for _, text := range social {
		if v := assessText(text); v.Courtesy != NoCourtesy && v.Action == Answer {
			heard++
		} else {
			t.Logf("%q is no courtesy: %.2f %s %v", text, v.Social, v.Action, v.Reasons)
		}
	}
	if heard*3 < 2*len(social) {
		t.Errorf("%d of %d heard", heard, len(social))
	}
	for _, text := range []string{
		"the scarf landed today, where do I send it back", "howdy folks, my code does not go through", "grand, and how long does that take", "the scarf landed today with a hole in it",
		"qué majos sois, ¿me cambiáis la talla?", "me encanta el jersey pero me queda grande", "hoy no ha venido nadie a traerlo", "venga, pues cancélalo",
		"围巾收到了，颜色不对", "你们家客服真有耐心，让我等了三天", "行，那怎么弄", "今天外面风大，快递还送吗",
	} {
		if v := assessText(text); v.Courtesy != NoCourtesy {
			t.Errorf("%q is taken for %s (%.2f)", text, v.Courtesy, v.Social)
		}
	}
}

// TestACodeANumberOrASizeIsNoGreeting keeps what shoppers send by itself where they were asked for it apart from courtesies.
func TestACodeANumberOrASizeIsNoGreeting(t *testing.T) {
	for _, text := range []string{"SPRING20", "AB20250101", "9988776655", "XXL", "42", "HELLO10", "THANKS5"} {
		if v := assessText(text); v.Social > 0 || v.Courtesy != NoCourtesy {
			t.Errorf("%s: %s %.2f", text, v.Courtesy, v.Social)
		}
	}
	for _, text := range []string{"OK", "thx", "gracias", "88", "晚安", "👍"} {
		if v := assessText(text); v.Courtesy == NoCourtesy {
			t.Errorf("%s is none", text)
		}
	}
}

// TestASaleIsNoConsent takes "sale" for a yes where Spanish is spoken and something was said before, and nowhere else.
func TestASaleIsNoConsent(t *testing.T) {
	asked := []Turn{{Role: "shopper", Text: "¿me lo cambian?"}, {Role: "bot", Text: "Claro."}}
	for _, c := range []struct {
		before       []Turn
		text, locale string
		want         Courtesy
	}{
		{nil, "SALE", "", NoCourtesy}, {nil, "sale", "en", NoCourtesy}, {nil, "SALE", "zh", NoCourtesy}, {nil, "sale?", "es", NoCourtesy}, {asked, "sale", "es", Okay}, {asked, "sale, gracias", "es", Thanks}, {nil, "ok", "en", Okay},
	} {
		if v := Assess(Input{Turns: append(slices.Clone(c.before), Turn{Role: "shopper", Text: c.text}), Locale: c.locale}); v.Courtesy != c.want {
			t.Errorf("%q in %q after %d turns: %q, want %q", c.text, c.locale, len(c.before), v.Courtesy, c.want)
		}
	}
}

// TestACodeThatDoesNotWorkIsNoAnswerThatFailed hears the matter, and not a judgement of the bot, also late in a talk.
func TestACodeThatDoesNotWorkIsNoAnswerThatFailed(t *testing.T) {
	for _, text := range []string{"my code SPRING20 does not work", "el cupón SPRING20 no funciona", "券不管用"} {
		if v := Assess(episode("do you ship to Spain", "Yes.", "and how long", "3 days.", text)); v.score(FailedAttempts) > 0 {
			t.Errorf("%s: %v", text, v.Reasons)
		}
	}
	for _, text := range []string{"that does not work", "eso no me sirve", "没用"} {
		if v := Assess(episode("do you ship to Spain", "Yes.", "and how long", "3 days.", text)); v.Action != Handoff {
			t.Errorf("%s: %s", text, v.Action)
		}
	}
}
