// Throw-away: never committed.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff"
	"frontdesk/handoff/inbox"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/labstack/echo/v4"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

var ctx = context.Background()

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
func ok(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	base := os.Getenv("DATABASE_URL")
	admin := must(pgx.Connect(ctx, base))
	_, _ = admin.Exec(ctx, "drop database if exists zzinbox with (force)")
	_ = must(admin.Exec(ctx, "create database zzinbox"))
	url := strings.Replace(base, "/postgres?", "/zzinbox?", 1)
	plain := must(pgxpool.New(ctx, url))
	m := must(rivermigrate.New(riverpgxv5.New(plain), nil))
	_ = must(m.Migrate(ctx, rivermigrate.DirectionUp, nil))
	db := stdlib.OpenDBFromPool(plain)
	ok(knowledge.Migrate(ctx, db))
	ok(conversation.Migrate(ctx, db))
	ok(handoff.Migrate(ctx, db))
	plain.Close()
	cfg := must(pgxpool.ParseConfig(url))
	cfg.AfterConnect = knowledge.RegisterTypes
	pool := must(pgxpool.NewWithConfig(ctx, cfg))
	jobs := must(river.NewClient(riverpgxv5.New(pool), &river.Config{}))
	lg := slog.New(slog.NewTextHandler(os.Stderr, nil))
	feed := conversation.NewFeed(pool, lg)
	store := conversation.New(pool, jobs, feed)
	desk := handoff.New(pool, store, lg)
	people := staff.New(pool)
	shop, ch := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	exec := func(sql string, args ...any) { _ = must(pool.Exec(ctx, sql, args...)) }
	exec(`insert into shops (shop_id, slug, name, public_key) values ($1, 'demo', 'Demo', 'demo')`, shop)
	exec(`insert into channels (shop_id, channel_id, name, kind) values ($1, $2, 'website', 'widget')`, shop, ch)
	ok(desk.OpenDesk(ctx, shop, "Europe/Madrid"))
	who := map[string]staff.Person{}
	for name, roles := range map[string][]string{"Mia": {"agent"}, "Leo": {"agent"}, "Sara": {"supervisor", "editor"}} {
		who[strings.ToLower(name)] = must(people.Add(ctx, staff.Person{ShopID: shop, Email: strings.ToLower(name) + "@shop.test", Name: name, Roles: roles}))
	}
	s := seeder{store: store, desk: desk, pool: pool, shop: shop, ch: ch}
	s.all(who)
	if len(os.Args) > 1 && os.Args[1] == "many" {
		s.many()
	}
	face := inbox.New(inbox.Config{Desk: desk, Store: store, Staff: people, Feed: feed, Log: lg,
		Who: func(c echo.Context) (staff.Person, bool) {
			name := "mia"
			if k, err := c.Cookie("who"); err == nil {
				name = k.Value
			}
			p, found := who[name]
			return p, found
		},
		Zone: func(ctx context.Context, shopID uuid.UUID) *time.Location {
			t, _ := desk.Terms(ctx, shopID)
			return t.Hours.Zone
		}})
	e := echo.New()
	e.HideBanner = true
	assets := must(pages.BuildAssets(inbox.Styles))
	assets.Routes(e)
	r := must(pages.New(assets, func(c echo.Context) *pages.Who {
		name := "mia"
		if k, err := c.Cookie("who"); err == nil {
			name = k.Value
		}
		p := who[name]
		return &pages.Who{Name: p.Name, ShopName: "Luma", Roles: p.Roles}
	}, pages.Part{Pages: inbox.Pages, Locales: inbox.Locales}))
	e.Renderer = r
	e.POST("/locale", pages.SetLocale)
	face.Routes(e)
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		fmt.Fprintln(os.Stderr, c.Request().Method, c.Request().URL, err)
		_ = c.String(500, err.Error())
	}
	fmt.Println("ready")
	log.Fatal(e.Start("127.0.0.1:8191"))
}

type seeder struct {
	store    *conversation.Store
	desk     *handoff.Desk
	pool     *pgxpool.Pool
	shop, ch uuid.UUID
}

func (s seeder) hear(addr, name, locale, text string, pc conversation.PageContext) uuid.UUID {
	var id uuid.UUID
	ok(s.store.Tx(ctx, func(tx pgx.Tx) error {
		r, err := s.store.Hear(ctx, tx, conversation.Heard{ShopID: s.shop, ChannelID: s.ch, Address: addr, ExternalID: uuid.NewString(), Body: text, Locale: locale,
			Shopper: conversation.Shopper{Name: name, Email: strings.ToLower(strings.ReplaceAll(addr, " ", "")) + "@mail.test"}, Context: pc})
		id = r.ConversationID
		return err
	}))
	return id
}

func (s seeder) bot(id uuid.UUID, text, lang string, mood float64, ev ...conversation.Evidence) {
	c := must(s.store.Conversation(ctx, s.shop, id))
	v, _ := json.Marshal(map[string]any{"reply": "answer", "search": "answer", "confidence": 0.91, "verdict": map[string]any{"mood": mood, "reasons": []conversation.Reason{}}})
	ok(s.store.Tx(ctx, func(tx pgx.Tx) error {
		_, err := s.store.Speak(ctx, tx, conversation.Utterance{ShopID: s.shop, ConversationID: id, Author: conversation.ByBot, Body: text, Language: lang, Evidence: ev, Verdict: v, Mood: &mood, UpTo: c.HeardSeq, Cost: &conversation.Cost{Model: "none", Millis: 12}})
		return err
	}))
}

func (s seeder) handover(id uuid.UUID, p conversation.Packet, say string) handoff.Case {
	c := must(s.store.Conversation(ctx, s.shop, id))
	p.Shopper, p.Page = c.Shopper, c.Context
	ok(s.store.Tx(ctx, func(tx pgx.Tx) error {
		t, err := s.desk.Enqueue(ctx, tx, conversation.Handover{ShopID: s.shop, ConversationID: id, Episode: c.Episode, Level: p.Level, Reasons: p.Reasons, Language: p.Language, Packet: p,
			Say: func(t conversation.Ticket) string { return strings.ReplaceAll(say, "%s", t.Due.Format("15:04")) }})
		if err != nil {
			return err
		}
		if _, err := s.store.Speak(ctx, tx, conversation.Utterance{ShopID: s.shop, ConversationID: id, Author: conversation.ByBot, Body: t.Said, Language: p.Language, Kind: conversation.KindHandoff, Mood: &p.Mood, UpTo: c.HeardSeq}); err != nil {
			return err
		}
		return s.store.Pass(ctx, tx, conversation.Pass{ShopID: s.shop, ConversationID: id, From: conversation.HeldByBot, To: conversation.HeldByQueue})
	}))
	return must(s.desk.CaseOf(ctx, s.shop, id))
}

func ev(id, title, text string, score float64) conversation.Evidence {
	return conversation.Evidence{Kind: "passage", ID: id, Title: title, Text: text, Score: score}
}

func (s seeder) all(who map[string]staff.Person) {
	for _, m := range []handoff.Macro{{Name: "hello", Locale: "en", Body: "Hello {name}, {agent} here. I have read everything above."}, {Name: "parcel", Locale: "en", Body: "I have asked the courier to trace parcel {order}. You will hear from me today."},
		{Name: "你好", Locale: "zh", Body: "您好{name}，我是{agent}，您前面说的情况我已经看过了。"}, {Name: "hola", Locale: "es", Body: "Hola {name}, soy {agent}. He leído todo lo anterior."}} {
		must(s.desk.SaveMacro(ctx, s.shop, m))
	}
	// Chinese: late parcel, angry
	a := s.hear("wang", "王晓芸", "zh", "我的订单什么时候能到？已经显示发货五天了", conversation.PageContext{Page: "https://luma.test/orders/LM-20418", Product: "羊毛大衣 M 驼色", Order: "LM-20418"})
	s.bot(a, "您好，我是机器人客服。国内订单**付款后48小时内发货**，一般3至5天送达。您可以在“我的订单”里查看物流。", "zh", -0.1, ev("shipping-times", "多久能发货？", "付款后48小时内发货，江浙沪一般次日送达，其他地区3至5天。", 0.88))
	s.hear("wang", "王晓芸", "zh", "物流五天没动了！你们到底有没有发货？", conversation.PageContext{})
	s.bot(a, "很抱歉让您着急了。物流超过72小时没有更新时，我们会联系快递核实。", "zh", -0.45, ev("parcel-stuck", "物流不更新怎么办？", "物流超过72小时没有更新，请联系客服，我们会在24小时内向快递核实。", 0.74))
	s.hear("wang", "王晓芸", "zh", "每次都是这套话。周六就要穿，赶不上我就要退款，再不处理我打12315！", conversation.PageContext{})
	ka := s.handover(a, conversation.Packet{Summary: "大衣周六前要到，物流五天未更新；赶不上就退款", Star: conversation.Star{Situation: "我的订单什么时候能到？已经显示发货五天了", Task: "每次都是这套话。周六就要穿，赶不上我就要退款，再不处理我打12315！", Tried: "多久能发货？\n物流不更新怎么办？", Result: "退款"},
		Language: "zh", Mood: -0.8, MoodCurve: []float64{-0.1, -0.45, -0.8}, Level: 3, Reasons: []conversation.Reason{{Kind: "risk_regulator", Score: 0.95, Words: []string{"12315"}}, {Kind: "mood", Score: 0.84, Words: []string{"每次都是这套话"}}, {Kind: "repetition", Score: 0.6}},
		Passages: []conversation.Evidence{ev("parcel-stuck", "物流不更新怎么办？", "物流超过72小时没有更新，请联系客服，我们会在24小时内向快递核实。", 0.74), ev("refund-time", "退款多久到账？", "退款在收到退货后3个工作日内原路退回。", 0.52)}, WouldHaveSaid: "物流超过72小时没有更新，我们会在24小时内向快递核实。",
		Draft: conversation.ReplyDraft{Text: "您好，我看完了您前面说的情况，让您久等了，很抱歉。\n\n包裹五天没有更新，我现在就联系快递核实，一小时内给您答复；如果周六前到不了，我为您办理退款。", Apology: "您好，我看完了您前面说的情况，让您久等了，很抱歉。", Solution: "包裹五天没有更新，我现在就联系快递核实，一小时内给您答复；如果周六前到不了，我为您办理退款。", Compensation: []string{"按规定退运费", "按规定赠送优惠券"}}},
		"很抱歉让您久等了。我已把您的情况转给同事，%s前会有人给您一个具体的方案。")
	ok(s.desk.Claim(ctx, s.shop, ka.ID, who["mia"]))
	// English: size change, claimed by Leo
	b := s.hear("olivia", "Olivia Hartley", "en", "Hi! I ordered the linen dress in 10 but I need a 12, can you change it before it ships?", conversation.PageContext{Page: "https://luma.test/en/linen-dress", Product: "Linen dress, sage, 10", Order: "LM-20533"})
	s.handover(b, conversation.Packet{Summary: "Change the linen dress in order LM-20533 from size 10 to 12 before it ships", Star: conversation.Star{Situation: "Hi! I ordered the linen dress in 10 but I need a 12, can you change it before it ships?", Task: "Hi! I ordered the linen dress in 10 but I need a 12, can you change it before it ships?", Result: "an exchange"},
		Language: "en", Mood: 0.1, MoodCurve: []float64{0.1}, Level: 1, Reasons: []conversation.Reason{{Kind: "order_change", Score: 0.92, Words: []string{"change", "before it ships"}}}, Confirmations: []string{"address", "product", "return_policy"},
		Passages: []conversation.Evidence{ev("order-changes", "Can I change an order?", "An order can be changed until it is packed, usually within two hours.", 0.81)},
		Draft:    conversation.ReplyDraft{Text: "Hello, I have read what you wrote above.\n\nAn order can be changed until it is packed. Please confirm: size 12 in sage, delivered to the address in your order, and that you have seen our return policy.", Apology: "Hello, I have read what you wrote above.", Solution: "An order can be changed until it is packed. Please confirm: size 12 in sage, delivered to the address in your order."}},
		"I've passed this to a colleague, who will write to you by %s.")
	// Spanish complaint, waiting, late
	c := s.hear("lucia", "Lucía Fernández", "es", "El abrigo ha llegado con una costura rota y huele a humedad. Es un regalo para mañana.", conversation.PageContext{Page: "https://luma.test/es/pedidos/LM-20377", Product: "Abrigo de lana, gris, S", Order: "LM-20377"})
	s.bot(c, "Hola, soy el asistente automático. Siento mucho que el abrigo haya llegado así. Puedes devolverlo en **14 días** desde *Mis pedidos*.", "es", -0.4, ev("returns", "¿Cómo devuelvo un artículo?", "Puedes devolver un artículo en los 14 días siguientes a la entrega.", 0.79))
	s.hear("lucia", "Lucía Fernández", "es", "No quiero devolverlo en 14 días, lo necesito mañana. Quiero uno nuevo o mi dinero, y alguna compensación.", conversation.PageContext{})
	kc := s.handover(c, conversation.Packet{Summary: "Abrigo dañado (costura rota): quiere otro para mañana o el dinero, y una compensación", Star: conversation.Star{Situation: "El abrigo ha llegado con una costura rota y huele a humedad. Es un regalo para mañana.", Task: "No quiero devolverlo en 14 días, lo necesito mañana. Quiero uno nuevo o mi dinero, y alguna compensación.", Tried: "¿Cómo devuelvo un artículo?", Result: "un reembolso"},
		Language: "es", Mood: -0.55, MoodCurve: []float64{-0.4, -0.55}, Level: 2, Reasons: []conversation.Reason{{Kind: "mood", Score: 0.7, Words: []string{"No quiero"}}, {Kind: "failed_attempts", Score: 0.55}},
		Passages: []conversation.Evidence{ev("returns", "¿Cómo devuelvo un artículo?", "Puedes devolver un artículo en los 14 días siguientes a la entrega.", 0.79)},
		Draft:    conversation.ReplyDraft{Text: "Hola, siento que el abrigo llegara así.", Apology: "Hola, siento que el abrigo llegara así.", Compensation: []string{"Enviar un recambio, según la política", "Ofrecer un vale, según la política"}}},
		"Siento lo ocurrido. Un compañero te escribirá con una propuesta antes de las %s.")
	_ = must(s.pool.Exec(ctx, `update cases set first_reply_due = now() - interval '4 minutes', breached = '{first_reply}' where case_id = $1`, kc.ID))
	// With the bot
	d := s.hear("ben", "Ben", "en", "do you ship to Wales?", conversation.PageContext{})
	s.bot(d, "Yes. Parcels to the UK, Wales included, take 3 to 5 working days.", "en", 0.1, ev("shipping-uk", "How long does delivery take?", "Parcels to the UK take 3 to 5 working days.", 0.9))
	// Resolved
	e := s.hear("zhao", "赵先生", "zh", "优惠券用不了", conversation.PageContext{})
	ke := s.handover(e, conversation.Packet{Summary: "优惠券用不了", Language: "zh", Level: 1, MoodCurve: []float64{0, -0.1}, Reasons: []conversation.Reason{{Kind: "wish", Score: 0.8, Words: []string{"人工"}}}}, "已转给同事，%s前回复您。")
	ok(s.desk.Claim(ctx, s.shop, ke.ID, who["leo"]))
	must(s.desk.Reply(ctx, s.shop, e, who["leo"], "您好，这张券的最低金额是299元，您的订单是268元，再加一件就可以用了。", 0))
	ok(s.desk.Note(ctx, s.shop, ke.ID, who["leo"], "门槛说明不够清楚，建议改知识库。@Sara"))
	ok(s.desk.Resolve(ctx, s.shop, ke.ID, who["leo"], "solved", 0))
	// English angry, Leo has it with conversation
	g := s.hear("tom", "Tom Okafor", "en", "my card was charged twice for one order!!", conversation.PageContext{Order: "LM-20290"})
	kg := s.handover(g, conversation.Packet{Summary: "Charged twice for order LM-20290; wants the second charge back", Star: conversation.Star{Task: "my card was charged twice for one order!!"}, Language: "en", Mood: -0.5, MoodCurve: []float64{-0.5}, Level: 3, Reasons: []conversation.Reason{{Kind: "risk_payment", Score: 0.97, Words: []string{"charged twice"}}},
		Draft: conversation.ReplyDraft{Text: "Hello, I'm sorry for the trouble."}}, "I'm getting a colleague for you right now. You will hear from a person by %s.")
	ok(s.desk.Claim(ctx, s.shop, kg.ID, who["leo"]))
	must(s.desk.Reply(ctx, s.shop, g, who["leo"], "Hello Tom, I can see both charges. The second one is being reversed; your bank shows it within 3 working days.", 0))
	ok(s.desk.Promise(ctx, s.shop, kg.ID, who["leo"], "Confirm the reversal by e-mail", time.Now().Add(2*time.Hour)))
	s.hear("tom", "Tom Okafor", "en", "ok thanks. 3 days is long but fine", conversation.PageContext{})
	fmt.Println("wang", a, "olivia", b, "lucia", c, "ben", d, "zhao", e, "tom", g)
	_ = os.WriteFile("/tmp/inbox/ids", []byte(fmt.Sprintf("wang %s\nolivia %s\nlucia %s\nben %s\nzhao %s\ntom %s\n", a, b, c, d, e, g)), 0o644)
}

func (s seeder) many() {
	var first uuid.UUID
	for i := range 500 {
		id := s.hear(fmt.Sprintf("many%d", i), fmt.Sprintf("Shopper %d", i), "en", "Where is my parcel? It should have been here on Monday.", conversation.PageContext{})
		s.handover(id, conversation.Packet{Summary: "Where is the parcel", Language: "en", Level: 1 + i%20/19, MoodCurve: []float64{0, -0.2}}, "By %s.")
		if i == 0 {
			first = id
		}
	}
	for i := range 1000 {
		s.hear("many0", "Shopper 0", "en", fmt.Sprintf("message number %d of a long story", i), conversation.PageContext{})
	}
	_ = os.WriteFile("/tmp/inbox/long", []byte(first.String()), 0o644)
}
