package triage

import "testing"

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
