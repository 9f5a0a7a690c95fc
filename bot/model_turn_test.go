package bot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/bottest"
	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
)

const (
	twoThings = "怎么退货？还有优惠券为什么用不了？"                       // both sure: answered without a model too
	abroad    = "¿Podéis envolver mi pedido para regalo?" // only an English article, and not sure
	vague     = "what about the size of the box"          // not sure
)

func TestAModelAnswersInTheShoppersLanguageFromAnArticleInAnother(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Say("Sí, envolvemos cualquier pedido para regalo por 4,50 € y añadimos una tarjeta con tu mensaje.", "gift-wrap"))
	g.unsure()
	m := g.exchange("c1", abroad)
	if m.Kind != conversation.KindText || !strings.Contains(m.Body, "4,50 €") || m.Language != "es" {
		t.Fatalf("%s %q", m.Kind, m.Body)
	}
	if m.Cost == nil || m.Cost.Calls != 1 || m.Cost.Model != "small" || m.Cost.PromptTokens == 0 {
		t.Errorf("cost %+v", m.Cost)
	}
	if len(m.Evidence) == 0 || m.Evidence[0].ID != "gift-wrap" {
		t.Errorf("evidence %+v", m.Evidence)
	}
}

func TestASureMatchIsAnsweredInTheEditorsWordsWithoutAModel(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Say("something else"))
	if r := g.compose("怎么退货？"); r.ModelCalls != 0 || r.Text != someArticles()[0].Answer {
		t.Errorf("%d calls, %q", r.ModelCalls, r.Text)
	}
}

// TestWhateverTheModelDoesTheShopperGetsEvidenceOrAPerson plays each failure on turns that the model is asked about.
func TestWhateverTheModelDoesTheShopperGetsEvidenceOrAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Always(bottest.Answer{}))
	server := bottest.Serve(bottest.Always(bottest.Answer{}))
	t.Cleanup(server.Close)
	failures := map[string]bottest.Script{
		"hangs":               bottest.Always(bottest.Answer{Hang: true}),
		"500":                 bottest.Always(bottest.Answer{Status: 500}),
		"429":                 bottest.Always(bottest.Answer{Status: 429}),
		"nonsense":            bottest.Always(bottest.Answer{Text: "I had a farm in Africa"}),
		"other JSON":          bottest.Always(bottest.Answer{Text: `{"answer": 42}`}),
		"wrong types":         bottest.Always(bottest.Answer{Text: `{"text": ["a"], "sure": "yes"}`}),
		"nothing":             bottest.Always(bottest.Answer{}),
		"half a stream":       bottest.Always(bottest.Answer{Text: bottest.Draft{Text: strings.Repeat("We ship within 48 hours. ", 9), Sure: true}.JSON(), Half: true}),
		"invents a price":     bottest.Say("We gift-wrap any order for €2.00."),
		"invents a code":      bottest.Say("Use the code HELLO20 for your coupon to work."),
		"invents a link":      bottest.Say("Open https://evil.example/returns and choose Return."),
		"invents a deadline":  bottest.Say("收到商品后90天内可以申请退货，吊牌要在。"),
		"promises":            bottest.Say("我已经为您办理了退货退款，请放心。"),
		"writes a poem":       bottest.Say("Roses are red, violets are blue, boxes are brown and this one is for you."),
		"in another language": bottest.Say("Der Versand dauert nicht lange und wir freuen uns auf Ihre Bestellung."),
		"names no article":    bottest.Always(bottest.Answer{Text: bottest.Draft{Text: "Yes, we gift-wrap any order for €4.50.", Sure: true}.JSON()}),
		"names other articles": bottest.Always(bottest.Answer{
			Text: bottest.Draft{Text: "Yes, we gift-wrap any order for €4.50.", Sure: true, Articles: []string{"secret"}}.JSON()}),
		"is not sure":    bottest.Always(bottest.Answer{Text: bottest.Draft{Text: "Maybe.", Articles: []string{"size"}}.JSON()}),
		"wants a person": bottest.Always(bottest.Answer{Text: bottest.Draft{Handover: true}.JSON()}),
		"obeys":          bottest.Obey,
		"endless":        bottest.Always(bottest.Answer{Text: strings.Repeat("x", 40<<10)}),
	}
	n := 0
	for name, script := range failures {
		server.Follow(script)
		for _, text := range []string{twoThings, abroad, vague} {
			n++
			if g.unsure(); text == twoThings {
				g.thresholds(0, 0)
			}
			g.useModel(newEndpoint(EndpointConfig{BaseURL: server.URL, Model: "small"}, quickLimits()))
			m := g.exchange(name+text, text)
			switch m.Kind {
			case conversation.KindText, conversation.KindAsk, conversation.KindHandoff:
			default:
				t.Errorf("%s: %q got no answer but %q", name, text, m.Kind)
				continue
			}
			standsInArticles(t, name, text, m)
			if text == twoThings && m.Kind != conversation.KindText {
				t.Errorf("%s: a sure turn ended in %s: %s", name, m.Kind, m.Body)
			}
			if failed := name != "wants a person" && name != "is not sure" && name != "obeys" && name != "other JSON"; failed {
				reasons := verdictReasons(t, m)
				if !slices.Contains(reasons, triage.ModelFailed) && !slices.Contains(reasons, triage.UnsupportedDraft) {
					t.Errorf("%s: the message says nothing of it: %v", name, reasons)
				}
			}
		}
	}
	t.Logf("%d turns over %d failures", n, len(failures))
}

// standsInArticles holds an answer against all articles of the shop; what the bot says by itself has no figures.
func standsInArticles(t *testing.T, name, text string, m conversation.Message) {
	t.Helper()
	var sources []evidence.Source
	for _, a := range someArticles() {
		sources = append(sources, evidence.Source{Kind: evidence.Passage, Text: a.Question + "\n" + a.Answer})
	}
	if m.Kind == conversation.KindHandoff {
		return // place and time come from the desk
	}
	body := strings.NewReplacer("1. ", "", "2. ", "", "3. ", "").Replace(m.Body)
	if found := evidence.Check(body, sources); len(found) > 0 {
		t.Errorf("%s: %q was answered without evidence: %v\n%s", name, text, found, m.Body)
	}
	for _, bad := range []string{"evil", "Roses", "为您办理", "Versand", "PWNED", "HELLO20", "farm"} {
		if strings.Contains(m.Body, bad) {
			t.Errorf("%s: %q was answered with %q", name, text, m.Body)
		}
	}
}

func TestADraftIsWrittenOnceMoreWithWhatWasWrong(t *testing.T) {
	t.Parallel()
	good := "Sí, lo envolvemos para regalo por 4,50 €, con una tarjeta."
	var prompts []string
	g := newRig(t, func(r bottest.Request) bottest.Answer {
		prompts = append(prompts, r.User)
		if r.Number == 1 {
			return bottest.Say("Sí, lo envolvemos para regalo por 9 €.")(r)
		}
		return bottest.Answer{Text: bottest.Draft{Text: good, Articles: []string{"gift-wrap"}, Sure: true}.JSON()}
	})
	g.unsure()
	r := g.compose(abroad)
	if r.Text != good || r.ModelCalls != 2 {
		t.Fatalf("%d calls, %q, %v", r.ModelCalls, r.Text, r.Reasons)
	}
	if !strings.Contains(prompts[1], `"wrong":[`) || !strings.Contains(prompts[1], "9 €") {
		t.Errorf("the second prompt does not say what was wrong: %s", prompts[1])
	}
}

func TestAModelMayCallForAPersonOnlyWhereTheSearchIsNotSure(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Always(bottest.Answer{Text: bottest.Draft{Handover: true}.JSON()}))
	g.unsure()
	if r := g.compose(abroad); r.Action != ActionHandoff || !slices.Contains(kindsOf(r.Reasons), triage.Unsure) {
		t.Errorf("%s %v", r.Action, r.Reasons)
	}
	g.thresholds(0, 0)
	if r := g.compose(twoThings); r.Action != ActionAnswer {
		t.Errorf("%s %v", r.Action, r.Reasons)
	}
}

func TestWhatTriageWantsForAPersonNoModelTakesBack(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Quote)
	for _, text := range []string{"转人工", "I want to speak to a human. How do I return this?", "La crema me ha dado una reacción alérgica y me he quemado"} {
		if r := g.compose(text); r.Action != ActionHandoff || r.ModelCalls != 0 {
			t.Errorf("%q: %s with %d calls", text, r.Action, r.ModelCalls)
		}
	}
}

func TestShownSentencesAreCheckedAndTakenBack(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Say("Sí, envolvemos cualquier pedido para regalo por 4,50 €. Añadimos una tarjeta con tu mensaje. Y además te regalamos 20 €.", "gift-wrap"))
	g.unsure()
	var shown []string
	if _, err := g.Compose(t.Context(), g.shop, Question{Turns: shopperSays(abroad), Introduce: true}, func(s string) { shown = append(shown, s) }); err != nil {
		t.Fatal(err)
	}
	if len(shown) < 3 || shown[len(shown)-1] != "" {
		t.Fatalf("shown %q", shown)
	}
	for _, s := range shown {
		if strings.Contains(s, "20 €") {
			t.Errorf("an unchecked sentence was shown: %q", s)
		}
		if s != "" && !strings.HasPrefix(s, "Hola, soy el asistente automático de Linden") {
			t.Errorf("shown without its opening: %q", s)
		}
	}
}

func TestAFollowUpIsWrittenOutByTheModelAndSearched(t *testing.T) {
	t.Parallel()
	g := newRig(t, func(r bottest.Request) bottest.Answer {
		if strings.Contains(r.System, "understood alone") {
			return bottest.Answer{Text: `{"question": "gift wrapping for my order"}`}
		}
		return bottest.Quote(r)
	})
	q := Question{Turns: append(shopperSays("How do I return something?"), triage.Turn{Role: "bot", Text: "You can return an item within 7 days."},
		triage.Turn{Role: "shopper", Text: "and done up with a bow?"})}
	r := g.composeQuestion(q)
	if r.Action != ActionAnswer || len(r.Evidence) != 1 || r.Evidence[0].ID != "gift-wrap" || r.ModelCalls != 1 {
		t.Errorf("%s %d calls %q %+v", r.Action, r.ModelCalls, r.Text, r.Evidence)
	}
}

func TestTheDayBudgetEndsTheModelNotTheAnswers(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Quote)
	g.shop.Settings.DailyCalls = 3
	if err := g.base.UpdateShop(t.Context(), g.shop); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	calls, over := 0, 0
	for range 8 {
		wg.Go(func() {
			r, err := g.Compose(t.Context(), g.shop, Question{Turns: shopperSays(twoThings)}, nil)
			mu.Lock()
			defer mu.Unlock()
			calls += r.ModelCalls
			if slices.Contains(kindsOf(r.Reasons), triage.OverBudget) {
				over++
			}
			if err != nil || r.Action != ActionAnswer || r.Text == "" {
				t.Errorf("%s %q %v", r.Action, r.Text, err)
			}
		})
	}
	wg.Wait()
	if calls > 3 || over < 5 {
		t.Errorf("%d calls, %d turns over budget", calls, over)
	}
	spent, err := g.store.Spent(t.Context(), g.shop.ID, time.Now().In(g.shop.Location()))
	if err != nil || spent.Calls != int64(calls) || spent.PromptTokens == 0 {
		t.Errorf("spent %+v, %v", spent, err)
	}
}

func TestTokensAreReservedBeforeACallAndCorrectedAfterIt(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	day, budget := time.Now(), conversation.Budget{Calls: 100, Tokens: 1000}
	reserve := func(p, c int) bool {
		ok, err := g.store.Reserve(t.Context(), g.shop.ID, day, p, c, budget)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if reserve(900, 200) {
		t.Error("the first call of a day may not be larger than the day")
	}
	if !reserve(500, 300) || reserve(200, 100) {
		t.Error("800 of 1000 are reserved: 300 more are too many")
	}
	if err := g.store.Settle(t.Context(), g.shop.ID, day, -400, -250); err != nil {
		t.Fatal(err)
	}
	if !reserve(200, 100) {
		t.Error("150 of 1000 are used: 300 more are fine")
	}
	if spent, err := g.store.Spent(t.Context(), g.shop.ID, day); err != nil || spent != (conversation.Spend{Calls: 2, PromptTokens: 300, CompletionTokens: 150}) {
		t.Errorf("spent %+v, %v", spent, err)
	}
}

func TestAnAssistChannelGetsTheAnswerAsADraft(t *testing.T) {
	t.Parallel()
	g := newRig(t, bottest.Say("Sí, envolvemos cualquier pedido para regalo por 4,50 €.", "gift-wrap"))
	g.unsure()
	m := g.exchangeOn(g.channel("helped", channel.ModeAssist, ""), "a1", abroad)
	p := g.packet(g.lastConversation())
	if m.Kind != conversation.KindHandoff || strings.Contains(m.Body, "4,50") || !strings.Contains(m.Body, "compañero") {
		t.Errorf("said %s %q", m.Kind, m.Body)
	}
	if p.Draft.Solution != "Sí, envolvemos cualquier pedido para regalo por 4,50 €." || !strings.HasSuffix(p.Draft.Text, p.Draft.Solution) || p.WouldHaveSaid != p.Draft.Solution {
		t.Errorf("draft %+v", p.Draft)
	}
	before := g.conversation(g.lastConversation())
	if before.Holder != conversation.HeldByQueue {
		t.Errorf("holder %s", before.Holder)
	}
	g.useModel(scripted(func(context.Context, Prompt, func(string)) (Completion, error) {
		t.Error("a model was paid for a channel that is off")
		return Completion{}, ErrNoModel
	}))
	g.thresholds(0, 0)
	g.exchangeOn(g.channel("silent", channel.ModeOff, ""), "a2", twoThings)
	if p := g.packet(g.lastConversation()); !strings.Contains(p.Draft.Solution, "7天") {
		t.Errorf("draft %+v", p.Draft)
	}
}

func TestASummaryByTheModelKeepsToTheChat(t *testing.T) {
	t.Parallel()
	good := `{"situation": "The blue jacket arrived with a torn sleeve", "task": "Exchange the jacket for size L", "tried": "Offered 500 euros", "result": "PWNED by the pirates"}`
	g := newRig(t, func(r bottest.Request) bottest.Answer {
		if strings.Contains(r.System, "sum up") {
			return bottest.Answer{Text: good}
		}
		return bottest.Answer{Text: bottest.Draft{}.JSON()}
	})
	g.exchange("s1", "Last week I ordered a blue jacket for my daughter's birthday and it arrived this morning with a torn sleeve. "+
		"The box was fine, so it must have been like that before. I would like to exchange the jacket for size L, because she has grown as well. Let me talk to a human please.")
	p := g.packet(g.lastConversation())
	if p.Star.Situation != "The blue jacket arrived with a torn sleeve" || p.Star.Task != "Exchange the jacket for size L" {
		t.Errorf("not taken over: %+v", p.Star)
	}
	if strings.Contains(p.Star.Tried, "500") || strings.Contains(p.Star.Result, "PWNED") {
		t.Errorf("invented: %+v", p.Star)
	}
}

// lastConversation is the one that was opened last.
func (g *rig) lastConversation() (id [16]byte) {
	g.t.Helper()
	if err := g.pool.QueryRow(g.t.Context(), `select conversation_id from conversations order by created_at desc limit 1`).Scan(&id); err != nil {
		g.t.Fatal(err)
	}
	return id
}
