package bot

import (
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// A first reply for the agent to edit is proposed from an article where it answers what is wanted, and as an outline
// elsewhere: what such a reply says, with slots for what only a person knows.
var (
	draftHello = phrase{
		zh: "您好，您前面说的情况我都看过了。",
		en: "Hello, I've read everything you wrote above.",
		es: "Hola, he leído todo lo que nos has contado."}
	draftAbout = phrase{
		zh: "您好，您说的“%s”，我看到了。",
		en: "Hello, I've read what you wrote: “%s”.",
		es: "Hola, he leído lo que nos cuentas: «%s»."}
	draftSorry = phrase{
		zh: "给您添麻烦了，很抱歉。",
		en: "I'm sorry for the trouble this has caused you.",
		es: "Siento las molestias."}
	draftNext   = phrase{zh: "接下来：", en: "What happens next: ", es: "Lo siguiente: "}
	draftStep   = phrase{zh: "下一步做什么，什么时候完成", en: "next step and by when", es: "próximo paso y plazo"}
	draftSeenOf = phrase{zh: "您发的照片我看到了，我先核对%s的商品。", en: "I've seen your photo and am checking the item of %s first.", es: "He visto tu foto y primero reviso el artículo de %s."}
	draftSeen   = phrase{
		zh: "您发的照片我看到了，我先核对这件商品；方便的话，请把订单号发我。",
		en: "I've seen your photo and am checking the item first; the order number would help.",
		es: "He visto tu foto y primero reviso el artículo; si puedes, dime el número de pedido."}
	draftTime = phrase{zh: "您需要的时间我记下了：%s。", en: "I've noted when you need it: %s.", es: "He anotado para cuándo lo necesitas: %s."}
)

// checks are what an agent looks at first, by what the matter is about; %s is the number of the order or the parcel.
var checks = []struct {
	words      []string
	with, bare phrase
}{
	{[]string{"坏", "破", "裂", "碎", "缩水", "开线", "掉色", "褪色", "污", "瑕疵", "broke", "torn", "damaged", "shr", "faded", "stain", "crack", "defect", "stopped working", "roto", "rota", "dañad", "encogi", "destiñ", "manchad", "defect"},
		phrase{"我先核对%s的商品；方便的话，请发一张照片。", "I'm checking the item of %s first; a photo would help, if you can send one.", "Primero reviso el artículo de %s; si puedes, envíame una foto."},
		phrase{"我先核对这件商品；方便的话，请发一张照片和订单号。", "I'm checking the item first; a photo and the order number would help.", "Primero reviso el artículo; si puedes, envíame una foto y el número de pedido."}},
	{[]string{"退款", "退钱", "扣", "付款", "支付", "refund", "money", "charged", "payment", "reembols", "dinero", "cobrad", "pago"},
		phrase{"我先核对%s的付款和退款记录。", "I'm checking the payments and refunds of %s first.", "Primero reviso los cobros y reembolsos de %s."},
		phrase{"我先核对这笔款项的记录，请把订单号发我。", "I'm checking the payment first; please send me the order number.", "Primero reviso el cobro; dime, por favor, el número de pedido."}},
	{[]string{"地址", "取消", "address", "cancel", "dirección", "direccion", "anul"},
		phrase{"我先看%s现在还能不能修改。", "I'm checking first whether %s can still be changed.", "Primero compruebo si %s todavía se puede modificar."},
		phrase{"我先看订单现在还能不能修改，请把订单号发我。", "I'm checking first whether the order can still be changed; please send me its number.", "Primero compruebo si el pedido todavía se puede modificar; dime, por favor, el número."}},
	{[]string{"包裹", "快递", "物流", "没收到", "没到", "少发", "漏发", "发错", "错发", "parcel", "package", "deliver", "arriv", "missing", "wrong", "where", "paquete", "envío", "llegado", "falta", "equivocad", "dónde"},
		phrase{"我先查%s的最新物流和发货记录。", "I'm checking where %s is and what was sent.", "Primero compruebo dónde está %s y qué se envió."},
		phrase{"我先查最新的物流和发货记录，请把订单号发我。", "I'm checking where it is and what was sent; please send me the order number.", "Primero compruebo dónde está y qué se envió; dime, por favor, el número de pedido."}},
	{[]string{"尺码", "换", "码", "size", "exchange", "replace", "colour", "color", "talla", "cambi"},
		phrase{"我先看%s可换的款式和库存。", "I'm checking what is in stock to exchange for %s.", "Primero compruebo qué hay disponible para cambiar %s."},
		phrase{"我先看可换的款式和库存。", "I'm checking what is in stock to exchange it for.", "Primero compruebo qué hay disponible para cambiarlo."}},
	{nil,
		phrase{"我先核实%s的情况。", "I'm looking into %s first.", "Primero reviso %s."},
		phrase{"我先把这件事核实清楚。", "I'm looking into this first.", "Primero lo compruebo."}},
}

var numberNames = map[string]phrase{
	conversation.NumberOrder:  {"订单%s", "order %s", "el pedido %s"},
	conversation.NumberParcel: {"包裹%s", "parcel %s", "el paquete %s"},
}

// amends are what may make up for it, as a shopper would read it. Nothing of it is sent unless an agent fills it in.
func amends(language string) []string {
	slot := func(p phrase) string { return conversation.Slot(language, p.in(language)) }
	return []string{
		phrase{"为表歉意，我给您退%s。", "To make up for it I'm refunding you %s.", "Para compensarte, te devuelvo %s."}.in(language, slot(phrase{"差价或运费的金额", "the difference or the postage: amount", "la diferencia o los gastos de envío: importe"})),
		phrase{"我给您免费补发一件，预计%s到。", "I'm sending you a replacement free of charge; it should arrive by %s.", "Te envío uno nuevo sin coste; debería llegar el %s."}.in(language, slot(phrase{"日期", "date", "fecha"})),
		phrase{"为表歉意，送您一张%s的优惠券。", "As an apology, here is a voucher for %s.", "Como disculpa, aquí tienes un vale de %s."}.in(language, slot(phrase{"金额和券码", "amount and code", "importe y código"})),
	}
}

const quotedMatter = 60 // code points of the shopper's words that a proposal quotes

// draftReply is a proposal for the first reply: an apology where one is due, and what the article says that answers what is
// wanted, or an outline. What makes up for it is proposed for a complaint, and never where somebody is hurt or a court is near.
func draftReply(reply Reply, matter conversation.Matter, proposed *knowledge.Hit) conversation.ReplyDraft {
	language := reply.Language
	upset := reply.Level >= complaint || reply.Verdict.MoodLabel == triage.Negative
	d := conversation.ReplyDraft{Apology: draftHello.in(language)}
	if about := subject(matter); about != "" {
		d.Apology = draftAbout.in(language, about)
	}
	if d.Sorry = upset; upset {
		d.Apology = joinLine(language, d.Apology, draftSorry.in(language))
		if !risky(reply.Reasons) {
			d.Compensation = amends(language)
		}
	}
	if d.Solution = answers(reply, proposed); d.Solution != "" {
		d.Kind = conversation.DraftAnswer
		d.Text = joinText(d.Apology, d.Solution)
		return d
	}
	if len(matter.Wants) == 0 && matter.Problem == "" { // nobody knows yet what it is about
		return conversation.ReplyDraft{}
	}
	d.Kind = conversation.DraftOutline
	d.Solution, d.Pictured = looks(matter, language)
	if len(matter.Numbers) == 0 { // it may be named yet
		matter.Numbers = []conversation.Number{{Kind: conversation.NumberOrder, Value: "%s"}}
		d.Numbered, d.Both = looks(matter, language)
	}
	d.Text = joinText(d.Apology, d.Solution, draftNext.in(language)+conversation.Slot(language, draftStep.in(language)))
	return d
}

// looks says what is looked at first, and what of it with a picture at hand; pictured is "" where none would be asked for.
func looks(matter conversation.Matter, language string) (first, pictured string) {
	noted := timeNoted(matter, language)
	if pictured = pictureSeen(matter, language); pictured != "" {
		pictured = joinLine(language, pictured, noted)
	}
	return joinLine(language, whatIsChecked(matter, language), noted), pictured
}

// answers is the text that may be proposed as an answer: what the bot would have said on a channel where people send, or an
// article that is sure enough to have been sent, fits what is wanted, and was not read in vain. Risk has no such text.
func answers(reply Reply, proposed *knowledge.Hit) string {
	switch {
	case reply.LeftToAgents && reply.Draft != "" && len(reply.Evidence) > 0:
		return reply.Draft
	case risky(reply.Reasons) || proposed == nil:
		return ""
	}
	return proposed.Answer
}

// proposable is the hit that may be proposed as an answer to what is wanted; nil where there is none.
func proposable(found knowledge.Result, wanted, language string, messages []conversation.Message, similar func(a, b string) float64) *knowledge.Hit {
	if found.Decision != knowledge.DecideAnswer || len(found.Hits) == 0 || relevance(wanted, found.Hits[0], similar) < relevantFrom {
		return nil
	}
	hit := found.Hits[0]
	if hit.Locale != "" && hit.Locale != language {
		return nil
	}
	for _, m := range messages { // who was not helped by it once is not helped by it again
		if m.Author == conversation.ByBot && slices.ContainsFunc(m.Evidence, func(e conversation.Evidence) bool { return e.ID == hit.Ref }) {
			return nil
		}
	}
	return &hit
}

func risky(reasons []triage.Reason) bool {
	return slices.ContainsFunc(reasons, func(r triage.Reason) bool { return strings.HasPrefix(string(r.Kind), "risk_") })
}

// subject is what it is about, short enough to be quoted: what went wrong, else what is asked for.
func subject(matter conversation.Matter) string {
	about, _, _ := strings.Cut(matter.Problem, "\n")
	if about == "" && len(matter.Wants) > 0 {
		about = matter.Wants[len(matter.Wants)-1].Text
	}
	return cutText(conversation.Bare(about), quotedMatter)
}

// whatIsChecked says what is looked at first, with the number of what it is about.
func whatIsChecked(matter conversation.Matter, language string) string {
	text := strings.ToLower(matter.Problem + "\n" + matter.Summary)
	for _, c := range checks {
		if len(c.words) > 0 && !slices.ContainsFunc(c.words, func(w string) bool { return strings.Contains(text, w) }) {
			continue
		}
		if len(matter.Numbers) == 0 {
			return c.bare.in(language)
		}
		n := matter.Numbers[len(matter.Numbers)-1]
		return c.with.in(language, numberNames[n.Kind].in(language, n.Value))
	}
	return ""
}

// pictureSeen is whatIsChecked for a shopper who has sent a picture; "" where no picture would be asked for.
func pictureSeen(matter conversation.Matter, language string) string {
	text := strings.ToLower(matter.Problem + "\n" + matter.Summary)
	switch n := len(matter.Numbers); {
	case !slices.ContainsFunc(checks[0].words, func(w string) bool { return strings.Contains(text, w) }):
		return ""
	case n > 0:
		last := matter.Numbers[n-1]
		return draftSeenOf.in(language, numberNames[last.Kind].in(language, last.Value))
	}
	return draftSeen.in(language)
}

func timeNoted(matter conversation.Matter, language string) string {
	if matter.Deadline == "" {
		return ""
	}
	return draftTime.in(language, matter.Deadline)
}

// joinLine joins sentences as the language does.
func joinLine(language string, parts ...string) string {
	if language == "zh" {
		return strings.Join(nonEmpty(parts...), "")
	}
	return strings.Join(nonEmpty(parts...), " ")
}
