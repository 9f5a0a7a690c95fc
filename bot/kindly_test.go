package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
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

func TestSmallTalkThatMayMeanNothingHereIsGreetedBackAndWhatMayIsAskedBack(t *testing.T) {
	reply := Reply{Language: "en", Verdict: triage.Verdict{Action: triage.Answer, MoodLabel: triage.Neutral, Social: 0.35}, Decision: string(knowledge.DecideAsk)}
	for _, c := range []struct {
		text    string
		mayMean finding
		want    triage.Courtesy
	}{
		{"lol u type fast for a machine", mayMean(0.12, 0.1, 0.05), triage.Greeting},
		{"lol u type fast for a machine", mayMean(0.2, 0.1, 0.1), triage.NoCourtesy},
		{"which machine is that", mayMean(0.12, 0.1, 0.05), triage.NoCourtesy},
		{"lol the machine came broken", mayMean(0.12, 0.1, 0.05), triage.NoCourtesy},
	} {
		if got := reply.chats(Question{Turns: shopperSays(c.text)}, c.text, []finding{c.mayMean}); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	reply.Verdict.Reasons = []triage.Reason{{Kind: triage.Wish, Score: 0.45}}
	if got := reply.chats(Question{}, "lol u type fast", []finding{mayMean(0.1, 0.05, 0.01)}); got != triage.NoCourtesy {
		t.Errorf("what may be a wish: %q", got)
	}
}

func TestAGreetingThatSoundsLikeAnArticleIsGreetedBackUnlessItGoesOnFromAnAnswer(t *testing.T) {
	const text = "早上好，今天好冷"
	reply := Reply{Language: "zh", Verdict: triage.Verdict{Courtesy: triage.Greeting, Social: 0.8}, Decision: string(knowledge.DecideAnswer), Confidence: 0.65}
	if got := reply.chats(Question{Turns: shopperSays(text)}, text, nil); got != triage.Greeting {
		t.Errorf("alone: %q", got)
	}
	if got := reply.chats(talk("几天能到？", "1–2天。", text), text, nil); got != triage.NoCourtesy {
		t.Errorf("after an answer: %q", got)
	}
	reply.Confidence = 0.85
	if got := reply.chats(Question{Turns: shopperSays(text)}, text, nil); got != triage.NoCourtesy {
		t.Errorf("where an article is surer: %q", got)
	}
}

func TestPraiseThatAsksNothingIsThankedForWhateverArticleSoundsLikeIt(t *testing.T) {
	reply := Reply{Language: "es", Verdict: triage.Verdict{MoodLabel: triage.Positive, Social: 0.4}, Decision: string(knowledge.DecideAnswer), Confidence: 0.7}
	for text, want := range map[string]triage.Courtesy{
		"qué velas más finas, repetiré": triage.Praise, "soft as a cloud, this scarf": triage.Praise,
		"qué velas hay": triage.NoCourtesy, "soft as a cloud, does it come in red": triage.NoCourtesy, "soft as a cloud, but it came torn": triage.NoCourtesy,
	} {
		if got := reply.chats(Question{Turns: shopperSays(text)}, text, nil); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	const text = "soft as a cloud, this scarf"
	if got := reply.chats(talk("do you have scarves", "Yes.", text), text, nil); got != triage.NoCourtesy {
		t.Errorf("after an answer: %q", got)
	}
	reply.Confidence = 0.9
	if got := reply.chats(Question{Turns: shopperSays(text)}, text, nil); got != triage.NoCourtesy {
		t.Errorf("where an article is sure: %q", got)
	}
}

func TestTroubleToldInWordsOfPraiseIsBitterAndLongUseIsNot(t *testing.T) {
	praise := triage.Verdict{MoodLabel: triage.Positive, Social: 0.8}
	for text, want := range map[string]bool{
		"bravo, twelve days for one street": true, "太厉害了，一个包裹走了十二天": true, "enhorabuena, dos semanas para cruzar la ciudad": true, "love it, the vase came broken": true,
		"worn them for twelve days, bravo": false, "用了一个月，太厉害了": false, "dos semanas usándolo y encantada": false, "bravo, here in two days": false, "两天就到，太厉害了": false,
	} {
		if got := bitter(praise, text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	if bitter(triage.Verdict{MoodLabel: triage.Neutral, Social: 0.8}, "thanks, the vase came broken") {
		t.Error("trouble told with thanks is bitter")
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
