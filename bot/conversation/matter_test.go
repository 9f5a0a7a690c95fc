package conversation

import (
	"slices"
	"strings"
	"testing"
)

// episode writes messages from lines: "S: " the shopper, "B: " the bot from an article of this title, "? " the bot asking
// back or saying something of its own, "A: " an agent.
func episode(lines ...string) (messages []Message) {
	for i, line := range lines {
		who, text, _ := strings.Cut(line, " ")
		m := Message{Seq: int64(i + 1), Body: text, Kind: KindText}
		switch who {
		case "S:":
			m.Author = ByShopper
		case "B:":
			m.Author, m.Evidence = ByBot, []Evidence{{Kind: "passage", ID: "a", Title: text}}
		case "?":
			m.Author = ByBot
		case "A:":
			m.Author, m.StaffName = ByAgent, "Ana"
		}
		messages = append(messages, m)
	}
	return messages
}

func TestWhatIsWantedIsTheWishAndNotTheOutburst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, language string
		lines          []string
		has            []string // in the summary
		hasNot         string
	}{
		// The story first, the anger later.
		{"zh story, anger", "zh", []string{"S: 你好，我买的羊毛衫洗了一次就缩水了，还能退吗？", "B: 错发漏发怎么办？", "S: 什么破店，气死我了", "B: 怎么退货？", "S: 你说的这些我都看过了，没用！"}, []string{"羊毛衫洗了一次就缩水了", "还能退吗"}, "看过"},
		{"en story, anger", "en", []string{"S: Hi, you sent me double sheets instead of single ones. I need the single ones before Friday", "B: What sizes do sheets come in?", "S: That's not what I asked", "? Which of these do you mean?", "S: no that does not help, please get me someone"}, []string{"double sheets instead of single", "before Friday"}, "someone"},
		{"es story, anger", "es", []string{"S: Hola, me ha llegado la lámpara rota y quiero otra antes del viernes", "B: ¿Cómo devuelvo un artículo?", "S: Esto es una vergüenza", "S: ¿Hay alguien ahí? Quiero una persona"}, []string{"lámpara rota", "quiero otra antes del viernes"}, "vergüenza"},
		{"zh anger in the sentence", "zh", []string{"S: 垃圾客服，我的退款都半个月了还没到账，到底什么时候给我退", "S: 转人工转人工"}, []string{"退款", "没到账"}, "垃圾"},
		{"en anger in the sentence", "en", []string{"S: This is ridiculous, where is my parcel FD-20931? It was due on Monday", "S: AGENT!!!"}, []string{"where is my parcel FD-20931"}, "ridiculous"},
		{"es anger in the sentence", "es", []string{"S: Sois unos estafadores, me habéis cobrado dos veces el pedido 55821", "S: agente"}, []string{"cobrado dos veces el pedido 55821"}, "estafadores"},
		// Who asks again tells nothing new.
		{"en third time", "en", []string{"S: Can I combine two codes in one order?", "B: Can I combine codes?", "S: This is the third time I ask!! Useless bot, I am furious, get me a human!"}, []string{"Can I combine two codes in one order?"}, "third"},
		{"es third time", "es", []string{"S: ¿Puedo usar dos códigos en un pedido?", "B: ¿Se acumulan los códigos?", "S: ¡Es la tercera vez que pregunto! Estoy harta, quiero una persona"}, []string{"¿Puedo usar dos códigos en un pedido?"}, "tercera"},
		{"zh third time", "zh", []string{"S: 优惠券能叠加用吗？", "B: 优惠码能叠加吗？", "S: 都第三次问了！气死我了，转人工"}, []string{"优惠券能叠加用吗"}, "第三次"},
		// What means nothing alone stays with what it is about; an answered question comes last.
		{"en second time", "en", []string{"S: How long do I have to return something?", "B: How long can I return?", "S: The coat I got has a torn seam and the zip is broken. This is the second time!"}, []string{"The coat I got has a torn seam and the zip is broken. This is the second time · How long"}, "!"},
		{"es what now", "es", []string{"S: Me ha salido una erupción en el brazo con el jersey de lana, creo que es alergia. ¿Qué hago?"}, []string{"creo que es alergia. ¿Qué hago?"}, "·"},
		{"zh what now", "zh", []string{"S: 用了面霜脸上起了红疹。怎么办？"}, []string{"起了红疹。怎么办？"}, "·"},
		// What is demanded after the handover, in the same breath as the anger.
		{"zh ultimatum", "zh", []string{"S: 我买的羊毛衫洗了一次就缩水了，订单TW20261108-3317", "S: 转人工", "S: 等了半天没人理，你们这什么破店，气死我了，要么退款要么补一件"}, []string{"羊毛衫洗了一次就缩水了", "要么退款要么补一件"}, "破店"},
		{"en ultimatum", "en", []string{"S: the jumper shrank at the first wash", "S: agent", "S: unbelievable, either refund me or send another one"}, []string{"jumper shrank", "refund me or send another one"}, "unbelievable"},
		{"es ultimatum", "es", []string{"S: el jersey encogió al primer lavado", "S: agente", "S: es una vergüenza, o me devolvéis el dinero o me mandáis otro"}, []string{"jersey encogió", "o me devolvéis el dinero"}, "vergüenza"},
		// The request in the middle.
		{"zh middle", "zh", []string{"S: 在吗", "? 您好", "S: 收到的杯子裂了，帮我换一个新的", "? 您问的是哪个？", "S: 太差劲了", "S: 人工客服"}, []string{"杯子裂了", "换一个新的"}, "人工"},
		{"en middle", "en", []string{"S: hello?", "? Hello!", "S: my kettle stopped working after two days. Can you send a replacement?", "? Which of these?", "S: are you kidding me", "S: real person now"}, []string{"kettle stopped working", "send a replacement"}, "kidding"},
		{"es middle", "es", []string{"S: buenas", "? ¡Hola!", "S: necesito cambiar la dirección del pedido 7001234, me mudo mañana", "? ¿A cuál te refieres?", "S: no me sirve", "S: pásame con una persona"}, []string{"cambiar la dirección del pedido 7001234"}, "persona"},
		// Several wishes.
		{"zh several", "zh", []string{"S: 订单TW20261108想改一下收货地址。另外发票能开公司抬头吗？", "S: 转人工"}, []string{"改一下收货地址", "发票能开公司抬头吗"}, "转人工"},
		{"en several", "en", []string{"S: Can I change the address of order 10234? And please add gift wrapping.", "S: I want to talk to a human"}, []string{"change the address of order 10234", "gift wrapping"}, "human"},
		{"es several", "es", []string{"S: ¿Puedo devolver los zapatos sin la caja?", "S: Y también necesito la factura del pedido 88123", "S: quiero hablar con un agente"}, []string{"zapatos sin la caja", "factura del pedido 88123"}, "hablar"},
		// The same wish again.
		{"zh again", "zh", []string{"S: 我要退这双鞋，太小了", "B: 怎么退货？", "S: 我说了我要退这双鞋！", "B: 怎么退货？", "S: 听不懂人话吗"}, []string{"退这双鞋"}, "听不懂"},
		{"en again", "en", []string{"S: I want a refund for the broken lamp", "B: How do refunds work?", "S: I want a refund for the broken lamp!!", "B: How do refunds work?", "S: I already told you twice"}, []string{"refund for the broken lamp"}, "twice"},
		{"es again", "es", []string{"S: quiero cambiar el vestido por una talla M", "B: ¿Cómo cambio la talla?", "S: que quiero cambiar el vestido por una talla M", "S: no entiendes nada"}, []string{"cambiar el vestido por una talla M"}, "entiendes"},
		// A question that was answered is not what is wanted.
		{"zh answered before", "zh", []string{"S: 你们发什么快递？", "B: 发什么快递？", "S: 好的。那羽绒服能机洗吗？", "? 这个我要核实"}, []string{"羽绒服能机洗吗"}, "发什么快递"},
		{"en answered before", "en", []string{"S: How long does shipping to Leeds take?", "B: How long does shipping take?", "S: Great, thanks. Do the curtains come with hooks?", "? I'll have this checked"}, []string{"curtains come with hooks"}, "Leeds"},
		{"es answered before", "es", []string{"S: ¿Cuánto tarda el envío a Sevilla?", "B: ¿Cuánto tarda el envío?", "S: Perfecto. ¿La manta se puede meter en la secadora?", "? Haré que lo comprueben"}, []string{"manta se puede meter en la secadora"}, "Sevilla"},
		// A second matter after the handover.
		{"zh after", "zh", []string{"S: 包裹显示签收了但我没收到", "S: 转人工", "? 已转接", "S: 对了，还有一件外套的拉链坏了，也想换"}, []string{"没收到", "外套的拉链坏了"}, "转人工"},
		{"en after", "en", []string{"S: agent", "? I've passed your chat on", "S: my order TW20261108 arrived without the pillow cases", "S: I need them by Saturday"}, []string{"without the pillow cases", "by Saturday"}, "agent"},
		{"es after", "es", []string{"S: quiero hablar con una persona", "? He pasado tu chat", "S: El sofá llegó con una pata rota", "S: ¿Me podéis enviar otra pata?"}, []string{"pata rota", "enviar otra pata"}, "persona"},
		// Only a report, only a question, only a courtesy around them.
		{"zh report", "zh", []string{"S: 您好，我刚收到货，台灯的灯罩是碎的，照片发您了"}, []string{"台灯的灯罩是碎的"}, "您好"},
		{"en report", "en", []string{"S: Good morning, the blue mug in my box has no handle."}, []string{"blue mug"}, "morning"},
		{"es report", "es", []string{"S: Buenos días, en la caja solo venían tres de los cuatro vasos."}, []string{"tres de los cuatro vasos"}, "Buenos"},
		{"zh person and question", "zh", []string{"S: 我要人工，问一下165/88A穿什么码"}, []string{"165/88A穿什么码"}, "人工"},
		{"en person and question", "en", []string{"S: Get me a person please: can the oak table stay outside in winter?"}, []string{"oak table stay outside in winter"}, "person"},
		{"es person and question", "es", []string{"S: Quiero hablar con una persona, por favor: ¿qué talla elijo?"}, []string{"qué talla elijo"}, "persona"},
		// What was tried is not what is wanted.
		{"zh tried", "zh", []string{"S: 付款一直失败，我试过换浏览器了", "S: 明天之前要付掉，怎么办？", "S: 气死了"}, []string{"付款一直失败", "明天之前"}, "气死"},
		{"en tried", "en", []string{"S: The code WELCOME won't apply at checkout. I tried another browser.", "S: I'm sick of this"}, []string{"won't apply at checkout"}, "sick"},
		{"es tried", "es", []string{"S: No me llega el correo para la contraseña. Ya he mirado en spam.", "S: inútiles"}, []string{"No me llega el correo para la contraseña"}, "inútiles"},
		{"zh deadline apart", "zh", []string{"S: 礼服发错颜色了，要换成黑色的", "S: 周五之前要用", "S: 快点啊"}, []string{"礼服发错颜色了", "换成黑色的", "周五之前"}, "快点"},
		{"en deadline apart", "en", []string{"S: You sent the wrong colour of the tablecloth, I want the green one", "S: it has to be here before Saturday", "S: hello???"}, []string{"wrong colour", "the green one", "before Saturday"}, "???"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := MatterOf(episode(c.lines...), c.language)
			for _, want := range c.has {
				if !strings.Contains(strings.ToLower(got.Summary), strings.ToLower(want)) {
					t.Errorf("%q does not say %q", got.Summary, want)
				}
			}
			if strings.Contains(got.Summary, c.hasNot) {
				t.Errorf("%q says %q", got.Summary, c.hasNot)
			}
		})
	}
}

func TestTheFirstDemandStaysWhenAHandoverHasBeenMade(t *testing.T) {
	t.Parallel()
	for language, c := range map[string]struct {
		lines          []string
		result, threat string
		has            []string
	}{
		"zh": {[]string{"S: 锅用了一次就裂了，订单TZ20261115-2098，我要退款，转人工", "B: 怎么退款？", "S: 有人吗？？锅裂成这样怎么用！", "S: 你们到底管不管！再没人理我就去12315投诉，骗子！"}, "退款", "再没人理我就去12315投诉", []string{"我要退款", "裂"}},
		"en": {[]string{"S: The pan cracked, I want a refund, agent", "B: How do refunds work?", "S: hello?? how can I use a pan like this?", "S: or I'll report you to trading standards"}, "a refund", "or I'll report you to trading standards", []string{"I want a refund", "cracked"}},
		"es": {[]string{"S: La sartén llegó rota, quiero un reembolso, agente", "B: ¿Cómo funciona el reembolso?", "S: ¿cómo uso una sartén así?", "S: si no, os voy a denunciar"}, "un reembolso", "os voy a denunciar", []string{"quiero un reembolso", "rota"}},
	} {
		messages := episode(c.lines...)
		messages[1].Kind = KindHandoff
		got := MatterOf(messages, language)
		if got.Result != c.result || got.Threat != c.threat {
			t.Errorf("%s: result %q, threat %q", language, got.Result, got.Threat)
		}
		for _, want := range c.has {
			if !strings.Contains(got.Summary, want) {
				t.Errorf("%s: %q does not say %q", language, got.Summary, want)
			}
		}
	}
	got := MatterOf(episode("S: 订单 TZ20261108-4471，说好三天到，现在都十天了包裹还没影子！我周三要穿去婚礼，再不到我就投诉！"), "zh")
	if got.Deadline != "周三要穿去婚礼" || got.Threat != "再不到我就投诉" {
		t.Errorf("needed %q, threat %q", got.Deadline, got.Threat)
	}
	for _, calm := range []string{"怎么投诉？", "How do I write a review?", "¿Dónde está la hoja de reclamaciones?", "我要退款"} {
		if got := MatterOf(episode("S: "+calm), "zh").Threat; got != "" {
			t.Errorf("%q threatens %q", calm, got)
		}
	}
}

func TestWhatAPersonIsCalledForStandsInTheSummaryWhateverCameBefore(t *testing.T) {
	t.Parallel()
	for want, lines := range map[string][]string{
		"杯子碎了":                  {"S: 订单 TW20231108 到哪了", "? 请把订单号发给我", "S: tw20231108", "? 没有查到", "S: 转人工，杯子碎了"},
		"my cup came in pieces": {"S: where is TW20231108", "? Which order?", "S: TW20231108", "? I can't see it.", "S: agent please, my cup came in pieces"},
		"llevo tres semanas":    {"S: ¿la sartén viene con tapa?", "? No lo sé.", "S: llevo tres semanas con el abrigo perdido, sois unos inútiles"},
		"the flowers were grey": {"S: the vase is late, I paid on the 3rd for TW20231108", "? Let me see.", "S: and the flowers were grey. a person please"},
	} {
		if got := MatterOf(episode(lines...), "en"); !strings.Contains(got.Summary, want) || strings.HasPrefix(got.Summary, "TW2") {
			t.Errorf("%q does not say %q", got.Summary, want)
		}
	}
}

func TestWhatWasTriedNamesWhoDidWhat(t *testing.T) {
	t.Parallel()
	for language, c := range map[string]struct {
		lines []string
		want  string
	}{
		"zh": {[]string{"S: 付款失败，我试过换银行卡了", "B: 付款失败怎么办？", "S: 还是不行", "A: 您好，我帮您查一下"}, "我试过换银行卡了\n机器人答复过：付款失败怎么办？\nAna: 您好，我帮您查一下"},
		"en": {[]string{"S: I can't log in. I already reset my password.", "B: I cannot sign in", "A: Hello, I'm **looking** into it"}, "I already reset my password.\nBot answered: I cannot sign in\nAna: Hello, I'm looking into it"},
		"es": {[]string{"S: No me llega el paquete. Ya he llamado al transportista.", "B: ¿Dónde está mi pedido?"}, "Ya he llamado al transportista.\nEl bot respondió: ¿Dónde está mi pedido?"},
	} {
		if got := TriedLines(MatterOf(episode(c.lines...), language).Attempts, language); got != c.want {
			t.Errorf("%s: tried is %q", language, got)
		}
	}
}

func TestAHandoverAnswersNothingByWhatItFound(t *testing.T) {
	t.Parallel()
	for action, want := range map[string]string{"handoff": "", "answer": "Bot answered: Can you call me?"} {
		lines := episode("S: I want to talk to a person", "B: Can you call me?")
		lines[1].Kind, lines[1].Verdict = KindHandoff, []byte(`{"verdict": {"action": "`+action+`"}}`)
		if got := TriedLines(MatterOf(lines, "en").Attempts, "en"); got != want {
			t.Errorf("after a handover judged %s the chat says %q was tried", action, got)
		}
	}
}

func TestNumbersAreFoundInAnyMessage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"my parcel FD-20931 is late":                    "parcel FD-20931",
		"TW20261108":                                    "order TW20261108",
		"订单55821还没发货":                                   "order 55821",
		"订单号：５５８２１":                                     "order 55821",
		"pedido 55821":                                  "order 55821",
		"mi número de pedido es 55821":                  "order 55821",
		"order #10234, size 42":                         "order 10234",
		"快递单号SF1234567890123":                           "parcel SF1234567890123",
		"tracking number is 1Z999AA10123456784":         "parcel 1Z999AA10123456784",
		"seguimiento: LX123456789ES":                    "parcel LX123456789ES",
		"订单 4200123456789012345 和运单号 773312345678":      "order 4200123456789012345, parcel 773312345678",
		"call me on 13812345678":                        "",
		"I paid 120000 in 2026":                         "",
		"the coupon SAVE2026 does not work":             "",
		"size EU4042, model XR-2000":                    "",
		"my order TW20261108 with the coupon SAVE2026?": "order TW20261108",
		"hello": "",
	} {
		var got []string
		for _, n := range NumbersIn(text) {
			got = append(got, n.Kind+" "+n.Value)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	m := MatterOf(episode("S: hola, falta un plato", "? ¿Me dices tu número de pedido?", "S: 20931"), "es")
	if !slices.Equal(m.Numbers, []Number{{NumberOrder, "20931", 3}}) {
		t.Errorf("the number that was asked for: %+v", m.Numbers)
	}
}

func TestAResultIsNamedInTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"周五之前能换一件吗？":                                        "换货 · 周五之前",
		"Can I have my money back within 3 days?":           "a refund · within 3 days",
		"¿Podéis cambiarlo por otra talla antes del lunes?": "un cambio · antes del lunes",
		"¿Dónde está mi paquete?":                           "saber dónde está el paquete",
		"Is there an address where I can visit you?":        "",
	} {
		language := map[bool]string{true: "es", false: "en"}[strings.Contains(text, "¿")]
		if strings.Contains(text, "？") {
			language = "zh"
		}
		if got := MatterOf(episode("S: "+text), language).Result; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestASlotIsFoundInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh", "en", "es", "fr"} {
		if text := "a " + Slot(language, "b") + " c"; !Unfinished(text) || Unfinished("a [b] c") {
			t.Errorf("%s: %q", language, text)
		}
	}
}

func FuzzMatter(f *testing.F) {
	f.Add("订单55821，缩水了！", "¿Dónde está? 1Z999AA10123456784")
	f.Fuzz(func(t *testing.T, a, b string) {
		m := MatterOf([]Message{{Seq: 1, Author: ByShopper, Body: a}, {Seq: 2, Author: ByBot, Body: b}, {Seq: 3, Author: ByShopper, Body: b}}, "en")
		if len([]rune(m.Summary)) > summaryLength || len(m.Wants) > mostWants || len(m.Numbers) > 10 {
			t.Errorf("too long: %+v", m)
		}
	})
}

func BenchmarkMatterOfALongEpisode(b *testing.B) {
	var lines []string
	for range 50 {
		lines = append(lines, "S: 订单55821的羊毛衫洗了一次就缩水了，还能退吗？", "B: 怎么退货？", "S: I want a refund for the broken lamp before Friday, this is ridiculous", "S: ¿Puedo devolver los zapatos sin la caja?")
	}
	messages := episode(lines...)
	for b.Loop() {
		MatterOf(messages, "zh")
	}
}

func TestAFloodIsReadFromItsEnd(t *testing.T) {
	t.Parallel()
	lines := []string{"S: my order is TW11111"}
	for range 190 {
		lines = append(lines, "S: "+strings.Repeat("my parcel is lost. ", 400))
	}
	lines = append(lines, "S: the kettle arrived broken, please send another one before Friday")
	messages, read := readable(episode(lines...)), 0
	for _, m := range messages {
		read += len(m.Body)
	}
	if read > readOfAll+4*len(lines) || messages[len(messages)-1].Body != strings.TrimPrefix(lines[len(lines)-1], "S: ") {
		t.Errorf("%d bytes are read of %d messages", read, len(messages))
	}
}
