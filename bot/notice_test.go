package bot

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"

	"github.com/jackc/pgx/v5"
)

// noticeArticles are deliveries and a fee, a notice that holds for one market, one that has not begun, and a sale.
func noticeArticles(now time.Time) []knowledge.Article {
	days := func(n int) *time.Time { at := now.AddDate(0, 0, n); return &at }
	article := func(ref, kind, question, answer string, market, tags []string, from, until *time.Time, phrasings ...string) knowledge.Article {
		return knowledge.Article{Ref: ref, Kind: kind, Locale: "en", Question: question, Answer: answer, Market: market, Tags: tags, ValidFrom: from, ValidTo: until, Phrasings: phrasings, Status: knowledge.Published}
	}
	shipping, gb := []string{"shipping"}, []string{"gb"}
	return []knowledge.Article{
		article("times-gb", "policy", "How long does delivery take in the UK?", "Delivery takes 3 working days.", gb, shipping, nil, nil, "when will my order arrive", "how long is delivery", "delivery time"),
		article("times-us", "policy", "How long does delivery take in the US?", "Delivery takes 5 working days.", []string{"us"}, shipping, nil, nil, "when will my order arrive in the us", "how long is us delivery"),
		article("fee-gb", "policy", "What does UK delivery cost?", "Delivery costs £4, and nothing from £50.", gb, shipping, nil, nil, "delivery price", "how much is delivery"),
		article("wool", "faq", "How do I wash wool?", "By hand, and dry it flat for 2 days.", nil, []string{"care"}, nil, nil, "washing wool", "wool jumper care"),
		article("move", "notice", "Our UK warehouse moves", "Until Friday UK orders take 1 working day longer.", gb, shipping, days(-2), days(3), "is your warehouse moving", "why does delivery take longer this week", "how long is delivery during the move"),
		article("feast", "notice", "Delivery over the feast of lanterns", "Orders placed in the feast take 4 days longer.", nil, shipping, days(2), days(10), "how long is delivery over the lantern feast", "does the lantern feast slow delivery down"),
		article("sale", "promotion", "The big lamp sale", "Lamps are half price.", nil, shipping, days(2), days(10), "is there a lamp sale", "lamp sale"),
	}
}

func noticeRig(t *testing.T) (*rig, time.Time) {
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().Truncate(time.Hour)
	g := newRigWith(t, nil, embedder, noticeArticles(now))
	g.thresholds(0.4, 0.1)
	return g, now
}

func TestWhatHoldsForATimeIsSaidWithWhatItChanges(t *testing.T) {
	t.Parallel()
	g, now := noticeRig(t)
	ask := func(market string, turns ...string) Reply {
		var all []triage.Turn
		for i, text := range turns {
			all = append(all, triage.Turn{Role: []string{"shopper", "bot"}[i%2], Text: text})
		}
		return g.composeQuestion(Question{Turns: all, Market: market, At: now})
	}
	const move, feast = "1 working day longer", "4 days longer"
	long := ask("gb", "how long is delivery to Leeds")
	if long.Action != ActionAnswer || !strings.Contains(long.Text, "3 working days") || !strings.Contains(long.Text, move) || strings.Contains(long.Text, feast) {
		t.Errorf("what holds: %s %q", long.Action, long.Text)
	}
	if again := ask("gb", "how long is delivery to Leeds", long.Text, "how long is delivery to Bristol"); strings.Contains(again.Text, move) {
		t.Errorf("twice an episode: %q", again.Text)
	}
	for market, texts := range map[string][]string{"gb": {"how much is delivery to Leeds", "washing wool"}, "us": {"how long is us delivery"}, "": {"how long is us delivery"}} {
		for _, text := range texts {
			if r := ask(market, text); r.Action != ActionAnswer || strings.Contains(r.Text, move) || strings.Contains(r.Text, feast) {
				t.Errorf("%s %q: %s %q", market, text, r.Action, r.Text)
			}
		}
	}
	if r := ask("gb", "is your warehouse moving"); r.Action != ActionAnswer || strings.Count(r.Text, move) != 1 || strings.Contains(r.Text, "Please note") {
		t.Errorf("the notice itself: %s %q", r.Action, r.Text)
	}
}

func TestWhatBeginsIsSaidToWhoAsksForThatDay(t *testing.T) {
	t.Parallel()
	g, now := noticeRig(t)
	at := now
	ask := func(text string) Reply {
		return g.composeQuestion(Question{Turns: shopperSays(text), Market: "us", At: at})
	}
	const feast = "4 days longer"
	day := now.In(g.shop.Location()).AddDate(0, 0, 4).Format("January 2")
	if r := ask("how long is us delivery if I order on " + day); r.Action != ActionAnswer || !strings.Contains(r.Text, "5 working days") || !strings.Contains(r.Text, feast) {
		t.Errorf("of a day within: %s %q", r.Action, r.Text)
	}
	if r := ask("how long is us delivery if I order today"); strings.Contains(r.Text, feast) {
		t.Errorf("of a day before: %q", r.Text)
	}
	soon := ask("does the lantern feast slow delivery down")
	if soon.Action != ActionAnswer || !strings.Contains(soon.Text, feast) || soon.Evidence[0].ID != "feast" {
		t.Errorf("its own matter: %s %q", soon.Action, soon.Text)
	}
	stands := func(r Reply) error {
		return pgx.BeginFunc(t.Context(), g.pool, func(tx pgx.Tx) error { return g.stillTrue(t.Context(), tx, g.shop, Question{Market: "us"}, r) })
	}
	if err := stands(soon); err != nil {
		t.Errorf("what begins may not be said: %v", err)
	}
	if r := ask("is there a lamp sale"); strings.Contains(r.Text, "half price") {
		t.Errorf("a sale is told before its time: %q", r.Text)
	}
	at = now.AddDate(0, 0, -20)
	if r := ask("does the lantern feast slow delivery down"); strings.Contains(r.Text, feast) {
		t.Errorf("weeks before: %q", r.Text)
	}
	if _, err := g.pool.Exec(t.Context(), `update articles set status = 'archived' where ref = 'feast'`); err != nil {
		t.Fatal(err)
	}
	if err := stands(soon); err == nil {
		t.Error("what was taken down is said")
	}
}
