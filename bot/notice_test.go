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

// noticeTongues are a delivery, a damage, a size chart and a notice in three languages, among much else about parcels.
func noticeTongues(now time.Time) (all []knowledge.Article) {
	day := func(n int) *time.Time { at := now.AddDate(0, 0, n); return &at }
	gb, shipping := []string{"gb"}, []string{"shipping"}
	add := func(ref, kind, locale, question, answer string, market, tags []string, phrasings ...string) {
		a := knowledge.Article{Ref: ref, Kind: kind, Locale: locale, Question: question, Answer: answer, Market: market, Tags: tags, Phrasings: phrasings, Status: knowledge.Published}
		if kind == knowledge.KindNotice {
			a.ValidFrom, a.ValidTo = day(-2), day(3)
		}
		all = append(all, a)
	}
	add("times", "policy", "en", "How long does delivery take in the UK?", "UK delivery takes 3 working days.", gb, shipping, "when will my order arrive", "how long is delivery to London", "delivery time")
	add("times", "policy", "es", "¿Cuánto tarda la entrega en el Reino Unido?", "La entrega en el Reino Unido tarda 3 días laborables.", gb, shipping, "cuándo llega a Londres", "cuánto tarda en llegar mi pedido", "plazo de entrega")
	add("times", "policy", "zh", "寄到英国要多久？", "英国订单3个工作日送达。", gb, shipping, "几天能到伦敦", "什么时候到货", "英国送货时间")
	add("damage", "howto", "en", "My parcel arrived damaged", "Send us 3 photos within 2 days.", nil, shipping, "box was crushed", "the mug came broken")
	add("damage", "howto", "es", "Mi paquete ha llegado roto", "Envíanos 3 fotos en 2 días.", nil, shipping, "la caja venía aplastada", "la taza llegó rota")
	add("damage", "howto", "zh", "包裹破损怎么办？", "请在2天内发3张照片给我们。", nil, shipping, "盒子压坏了", "杯子碎了")
	add("chart", "faq", "en", "Size chart for coats", "M is for a chest of 96 cm. New charts come every 2 years.", nil, []string{"sizes"}, "which coat size for me", "what size coat")
	add("move", "notice", "en", "Our UK warehouse moves", "UK orders leave 1 working day later this week.", gb, shipping, "is your warehouse moving")
	add("move", "notice", "es", "Traslado del almacén británico", "Los pedidos del Reino Unido salen 1 día laborable más tarde esta semana.", gb, shipping, "os mudáis de almacén")
	add("move", "notice", "zh", "英国仓搬迁", "本周英国订单晚1个工作日发出。", gb, shipping, "仓库在搬家吗")
	for i, town := range []string{"Londres", "Leeds", "Bristol", "York", "Bath", "Derby", "Hull", "Dover", "Truro", "Poole", "Crewe"} {
		add("shop-"+town, "faq", "es", "¿Dónde está la tienda de "+town+"?", "En la calle Mayor "+strings.Repeat("I", i+1)+".", nil, []string{"stores"}, "cuándo abre la tienda de "+town, "cómo se llega a la tienda de "+town)
	}
	return all
}

func TestANoticeIsSaidWithItsMatterInWhateverWordsThatIsAskedFor(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().Truncate(time.Hour)
	g := newRigWith(t, nil, embedder, noticeTongues(now))
	g.thresholds(0.3, 0.1)
	said := map[string]string{"en": "UK orders leave 1 working day later", "es": "salen 1 día laborable más tarde", "zh": "晚1个工作日发出"}
	for text, want := range map[string]string{
		"¿cuándo llega a Londres?": "times", "cuánto tarda en llegar mi pedido a Londres": "times", "plazo de entrega en el Reino Unido": "times",
		"几天能到伦敦": "times", "英国什么时候到货": "times", "how long is delivery to London": "times", "delivery time to the UK": "times",
		"the mug came broken": "damage", "la taza llegó rota": "damage", "杯子碎了": "damage", "what size coat": "chart", "which coat size for me": "chart",
	} {
		for _, market := range []string{"gb", ""} {
			r := g.composeQuestion(Question{Turns: shopperSays(text), Market: market, At: now})
			if len(r.Evidence) == 0 || r.Evidence[0].ID != want {
				t.Errorf("%q in %q: %s %q", text, market, r.Action, r.Text)
			} else if strings.Contains(r.Text, said[r.Language]) != (want == "times") {
				t.Errorf("%q in %q: %q", text, market, r.Text)
			}
		}
	}
}
