package triage

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestMildDislikeIsNegativeThoughNobodySwears(t *testing.T) {
	for _, text := range []string{
		"Flimsy plastic, and the lid never shut properly.", "I expected a lot more at this price, very disappointing.", "two hours on hold and then you cut me off",
		"房间又小又潮，下次不会再来了", "用了三天就开始掉漆，跟图片差太远", "打了好几次电话都没人管",
		"se rompió a la semana y nadie responde", "hace mucho ruido y se apaga solo, no lo volvería a comprar",
	} {
		if v := assessText(text); v.MoodLabel != Negative || v.Level == 3 {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

// farFromAPerson is a probability of handoff below which nobody cares which of two turns has more of it.
const farFromAPerson = 0.2

func TestHandoffRisesWithDissatisfaction(t *testing.T) {
	for _, c := range [][]string{ // the same talk, ending better and better
		{"it drops every evening", "Please restart the router.", "did that, still drops. nobody ever fixes this", "ok, and which light should be on?", "works now, thank you!"},
		{"网又断了", "请重启光猫", "重启了还是不行，你们到底管不管", "好的，那个灯应该是绿色的吗", "好了，谢谢你"},
		{"se corta cada noche", "Reinicia el router.", "ya lo hice y sigue igual, aquí nadie arregla nada", "vale, ¿qué luz tiene que estar encendida?", "ya va, ¡gracias!"},
	} {
		last := 2.0
		for _, end := range c[2:] {
			v := Assess(episode(c[0], c[1], end))
			if v.Handoff >= max(last, farFromAPerson) {
				t.Errorf("%q: handoff %.3f, not below %.3f", end, v.Handoff, last)
			}
			last = v.Handoff
		}
	}
}

func TestPastDissatisfactionStaysInTheChance(t *testing.T) {
	calm := Assess(episode("where is my order", "On its way.", "and which courier?"))
	sour := Assess(episode("a week late and nobody answers, awful service", "On its way.", "and which courier?"))
	if sour.Handoff <= calm.Handoff {
		t.Errorf("handoff %.3f after a complaint, %.3f without", sour.Handoff, calm.Handoff)
	}
}

func TestALearnedFindingSaysWhichWordsMovedIt(t *testing.T) {
	found := 0
	for _, u := range corpus(t)[:3000] {
		for _, r := range assessText(u.Text).Reasons {
			if _, learned := learnedHead(r.Kind); !learned && r.Kind != Mood {
				continue
			}
			found++
			if len(r.Words) == 0 {
				t.Errorf("%q: %v without words", u.Text, r)
			}
			for _, w := range r.Words {
				if !strings.Contains(clean(ends(u.Text), maxJudged), w) {
					t.Errorf("%q: %q does not stand in it", u.Text, w)
				}
			}
		}
	}
	if found < 500 {
		t.Errorf("only %d findings", found)
	}
}

func TestALongTurnIsJudgedByItsEnds(t *testing.T) {
	story := strings.Repeat("and then we went for a walk along the river. ", 400)
	for _, text := range []string{"I want to speak to a human. " + story, story + " I want to speak to a human.", "转人工。" + strings.Repeat("今天天气不错。", 3000)} {
		if v := assessText(text); v.score(Wish) < 0.7 || v.Action != Handoff {
			t.Errorf("%.40q…: %.2f %v", text, v.Handoff, v.Reasons)
		}
	}
	if got := ends(strings.Repeat("长", 5000)); len([]rune(got)) != headJudged+tailJudged+1 {
		t.Errorf("%d code points are read", len([]rune(got)))
	}
}

func TestAWeightsFileThatIsDamagedIsRefused(t *testing.T) {
	for _, data := range []string{"", weightsMagic, weightsData[:len(weightsData)-1], weightsData + "x", "x" + weightsData[1:], weightsData[:5000]} {
		if _, err := parseModel(data); err == nil {
			t.Errorf("%d bytes are accepted", len(data))
		}
	}
	if n := len(weightsData); n > 8_000_000 {
		t.Errorf("the weights take %d bytes", n)
	}
	if !bytes.Equal(weights().marshal(), []byte(weightsData)) {
		t.Error("the weights are not written as they were read")
	}
}

func TestLearningTwiceGivesTheSameWeights(t *testing.T) {
	var xs []example
	for i, u := range corpus(t) {
		if i%20 == 0 {
			xs = append(xs, example{text: u.Text, lang: u.Lang, y: labelsOf(u), weight: 1, fold: -1})
		}
	}
	once := func() []byte { return newLearner(t, xs).fit(func(int) bool { return true }).marshal() }
	if !bytes.Equal(once(), once()) {
		t.Error("the same examples gave other weights")
	}
}

func TestEveryLineOfTheCorpusHasTheFormOfItsReadme(t *testing.T) {
	seen := map[string]bool{}
	for _, u := range corpus(t) {
		ok := slices.Contains([]string{"zh", "en", "es"}, u.Lang) && slices.Contains([]float64{-1, -0.5, 0, 0.5, 1}, u.Mood) &&
			(u.Handoff == 1 || u.Handoff == 0 && !u.Wish && (len(u.Risk) == 0 || slices.Equal(u.Risk, []string{"money"})) && u.Mood > -1)
		if !ok || seen[u.Text] {
			t.Errorf("%s: %+v", u.file, u)
		}
		seen[u.Text] = true
	}
	if len(seen) < 6000 {
		t.Errorf("%d utterances", len(seen))
	}
}

func TestThanksInEnglishAreEnglishInAChineseShop(t *testing.T) {
	for _, text := range []string{"thx", "ty", "cheers", "bye"} {
		if got := Language(text, "zh"); got != "en" {
			t.Errorf("%q: %s", text, got)
		}
	}
}
