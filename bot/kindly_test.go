package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/triage"
)

// socialAlone is the courtesy of a message by itself.
func socialAlone(text string, least float64) triage.Courtesy {
	return social(triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: text}}}), text, least)
}

func TestThanksAmongOtherWordsAreACourtesyAndAQuestionIsNot(t *testing.T) {
	for text, want := range map[string]triage.Courtesy{
		"you're a lifesaver, thanks so much": triage.Thanks, "太好了谢谢哈": triage.Thanks, "buenísimo, muchas gracias guapa": triage.Thanks,
		"明天再说吧，晚安": triage.Farewell, "have a nice weekend": triage.Farewell,
		"happy new year to all of you in the office": triage.Farewell, "祝你们节日快乐，辛苦一年啦": triage.Farewell, "felices fiestas a todo el equipo": triage.Farewell,
		"早上好，外面下大雪了": triage.Greeting, "buenos días a todos por ahí": triage.Greeting, "hahaha my cat has stolen the blanket already": triage.Praise,
		"好滴，爱你们么么哒": triage.Thanks, "ur a legend ta": triage.Thanks, "mil gracias, besos": triage.Farewell, "chao, saludos": triage.Farewell,
		"good morning, where is my parcel": triage.NoCourtesy, "早上好，我的快递到哪了": triage.NoCourtesy, "jajaja y cuándo llega": triage.NoCourtesy,
		"thanks but where is my parcel?": triage.NoCourtesy, "谢谢，请问我的订单什么时候能发货到新疆": triage.NoCourtesy,
		"thanks, I still need to know how to send these shoes back": triage.NoCourtesy, "mantel de navidad ¿lavable?": triage.NoCourtesy,
	} {
		if got := socialAlone(text, probablySocial); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestTroubleIsNoCourtesyHoweverKindlyItIsPut(t *testing.T) {
	for _, text := range []string{
		"parcel never came, thanks", "thx but wrong colour", "still waiting thanks", "no refund yet cheers", "Good morning, my parcel never arrived",
		"good evening the kettle leaks", "merry christmas, the gift came broken", "haha the zip is broken", "lol worst shop ever",
		"gracias pero falta una pieza", "sin reembolso, gracias", "buenas tardes, la tetera gotea", "jajaja vaya servicio", "feliz navidad, el regalo no ha llegado",
		"哈哈 你们真行", "谢谢 少发了一件", "早上好 水壶漏水", "哈哈 拉链第一天就坏了", "嘿嘿 又发错了",
	} {
		if got := socialAlone(text, probablySocial); got != triage.NoCourtesy {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestSmallTalkThatNobodyHasWordsForGetsNoQueue(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	for _, text := range []string{"Howdy! Hope y'all are having a blessed day", "vale perfe 😘", "早晨呀 今日好凍 記得着多件衫", "omg the blanket came and its SO soft 10/10", "qué tal, cómo andás hoy?"} {
		if r := g.compose(text); r.Action != ActionCourtesy && r.Action != ActionSilent || r.Level > 0 {
			t.Errorf("%q: %s level %d %q", text, r.Action, r.Level, r.Text)
		}
	}
}

func TestWhoAsksWhetherAProgramAnswersIsToldSo(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	for text, word := range map[string]string{"am I talking to a robot": "(a bot)", "你是机器人还是真人呀": "机器人", "¿eres un bot o qué?": "(un bot)"} {
		if r := g.compose(text); r.Action != ActionCourtesy || !strings.Contains(r.Text, word) {
			t.Errorf("%q: %s %q", text, r.Action, r.Text)
		}
	}
}
