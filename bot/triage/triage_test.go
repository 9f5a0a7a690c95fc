package triage

import "testing"

// episode builds turns that alternate shopper and bot, ending with the shopper.
func episode(texts ...string) Input {
	var in Input
	for i, text := range texts {
		role := "shopper"
		if (len(texts)-1-i)%2 == 1 {
			role = "bot"
		}
		in.Turns = append(in.Turns, Turn{Role: role, Text: text})
	}
	return in
}

func TestWishForAPersonIsHeard(t *testing.T) {
	for _, text := range []string{
		"人工", "转人工", "轉人工", "找个活人", "客服在吗 我要人工", "麻烦帮我转接人工客服，谢谢", "能不能来个人管一下", "别用机器人敷衍我", "叫你们经理来", "怎么联系客服",
		"給我轉真人", "我不想跟机器人聊，换个人", "亲，人工客服在吗",
		"agent", "representative!!", "agent pls", "speak to a real person", "I want to talk to a human", "can I speak with someone please", "let me talk to your manager",
		"stop with the automated answers, get me a person", "contact customer service", "how can I talk to customer service", "I NEED A HUMAN", "pls connect me with a live agent",
		"I want to speek to a represenative", "call me back please", "not talking to a bot, is there a human I can speak to?",
		"quiero hablar con una persona", "pásame con un agente", "un humano por favor", "operadora", "¿Me pueden comunicar con un asesor?", "necesito hablar con alguien",
		"no quiero hablar con un robot", "que me llame el encargado", "ponme con atención al cliente", "Hola, quisiera hablar con el responsable",
		"我要 human agent please", "hola, agent please",
	} {
		if v := assessText(text); v.score(Wish) < 0.7 || v.Action != Handoff || v.Level < 1 {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestLookAlikesOfAWishAreLeftAlone(t *testing.T) {
	for _, text := range []string{
		"我要一个人工皮革的包", "人工费多少钱", "要不要人工费", "这是人工智能音箱吗", "人工钻石和天然钻石有什么区别", "退款人工审核要多久", "真人大小的抱枕有吗", "有真人实拍图吗", "人工草坪多少钱一平",
		"不用转人工，谢谢", "人工客服几点上班",
		"human-hair wig", "is it real person size?", "is the model a real person in the photo?", "do I need to speak to anyone to return?", "customer service hours?",
		"is this cleaning agent safe for wool", "do you sell back support pillows", "a tent for four people", "your customer service is excellent", "I don't need to speak to an agent", "gift for a person who loves tea",
		"agente limpiador para zapatos", "peluca de pelo humano", "¿la persona de la foto qué talla lleva?", "toalla para una persona", "no hace falta hablar con nadie", "¿horario de atención al cliente?",
	} {
		if v := assessText(text); v.score(Wish) >= 0.5 || v.Action == Handoff {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestAngerIsHeardInEachLanguage(t *testing.T) {
	for _, text := range []string{
		"你们太过分了，气死我了", "什么垃圾服务", "骗子！", "呵呵，你们真行", "等了半个月还没人理我，忍无可忍", "滚",
		"this is absolutely ridiculous", "worst company ever", "you are all useless liars", "I'm furious, this is unacceptable", "WTF is wrong with this shop, terrible",
		"sois unos sinvergüenzas", "esto es una vergüenza", "vaya mierda de servicio", "estoy harta, sois lo peor",
	} {
		if v := assessText(text); v.Mood > -0.6 || v.Level != 2 || v.Action != Handoff || v.MoodLabel != Negative {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestSarcasmIsNotTakenForPraise(t *testing.T) {
	for _, text := range []string{
		"great, just great", "Great, another broken one.", "wonderful. it arrived late and broken", "Oh brilliant, lost again", "genial, otra vez roto", "Qué bonito, llega tarde y roto", "真棒，又坏了", "太好了，又发错了，真行",
	} {
		if v := assessText(text); v.Mood >= -0.3 {
			t.Errorf("%q: mood %.2f %v", text, v.Mood, v.Reasons)
		}
	}
}

func TestNeutralRequestsAreNotNegative(t *testing.T) {
	for _, text := range []string{
		"my order has not arrived", "cancel my order", "I want a refund", "problem with payment", "the zip is broken, can I return it?", "where is my parcel?", "I can't log in", "this is the wrong size",
		"mi pedido no ha llegado", "quiero un reembolso", "tengo un problema con el pago", "la cremallera está rota, ¿la puedo cambiar?", "¿dónde está mi paquete?",
		"我的快递还没到", "我要退款", "付款有问题", "尺码不合适可以换吗", "衣服坏了怎么退", "麻烦帮我查一下订单", "好的，那什么时候发货", "如果不喜欢可以退吗",
	} {
		if v := assessText(text); v.MoodLabel != Neutral || v.Level >= 2 {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestPraiseIsPositive(t *testing.T) {
	for _, text := range []string{
		"love it, perfect fit!", "not bad at all, very happy with it", "dead cute killer heels", "thank you so much, you guys are amazing", "me encanta, llegó rapidísimo", "sois los mejores, mil gracias",
		"质量非常好，很满意", "太喜欢了，下次还来", "笑死，客服太可爱了", "yyds", "😍😍",
	} {
		if v := assessText(text); v.MoodLabel != Positive || v.Action != Answer {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestRisksAreLevelThree(t *testing.T) {
	for text, kind := range map[string]Kind{
		"the chair collapsed and my son is bleeding": RiskInjury, "充电宝爆炸了，手烫伤": RiskInjury, "me he quemado la mano con la plancha": RiskInjury, "the kettle gave me an electric shock": RiskInjury,
		"my daughter got hives after wearing this dress": RiskAllergy, "穿了你们的衣服过敏了，全身起疹子": RiskAllergy, "me ha salido un sarpullido en el cuello": RiskAllergy,
		"I got a fake email pretending to be you asking for my card details": RiskFraud, "有人冒充你们客服让我转账": RiskFraud, "he recibido un sms falso vuestro": RiskFraud,
		"you charged my card without my permission": RiskPayment, "我三月就取消了会员，你们还在扣钱": RiskPayment, "me habéis cobrado sin mi permiso": RiskPayment,
		"you leaked my address": RiskPrivacy, "我的个人信息被泄露了": RiskPrivacy, "habéis filtrado mis datos": RiskPrivacy,
		"my lawyer will contact you": RiskLegal, "我要起诉你们": RiskLegal, "os voy a denunciar": RiskLegal,
		"我要打12315": RiskRegulator, "去消协告": RiskRegulator, "quiero la hoja de reclamaciones": RiskRegulator, "reporting you to trading standards": RiskRegulator, "I'll file a chargeback": RiskRegulator,
		"我要发小红书曝光你们": RiskPress, "voy a contarlo todo en TikTok": RiskPress, "I will post this on TikTok so everyone knows": RiskPress,
		"I want to kill myself": RiskSelfHarm, "不想活了": RiskSelfHarm, "quiero morirme": RiskSelfHarm,
	} {
		if v := assessText(text); v.score(kind) < 0.5 || v.Level != 3 || v.Action != Handoff {
			t.Errorf("%q (%s): %+v", text, kind, v)
		}
	}
}

func TestLookAlikesOfRiskAreLeftAlone(t *testing.T) {
	for _, text := range []string{
		"dead cute", "killer heels", "me muero de ganas de estrenarlo", "me muero de risa", "笑死", "累死了今天", "跳楼价什么时候结束", "is it hypoallergenic?", "is this fabric allergy friendly?", "敏感肌会过敏吗",
		"¿es hipoalergénico?", "will I be charged twice if I pay again?", "court shoes in black?", "is the shop legit?", "saw it on TikTok, do you have it?", "小红书上看到的那款还有吗", "¿el bolso es de pelo falso?", "faux or fake fur?",
		"wood burning candle", "color bleeding in the wash?", "privacy policy?", "¿cuánto es el consumo de la lámpara?", "can it cause irritation?", "爆款什么时候补货", "价格炸裂，太划算了", "警察玩具有吗", "dying to try it",
		"充电宝会爆炸吗", "假一赔三吗", "a police costume for kids",
	} {
		if v := assessText(text); v.Level == 3 {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestOrderChangesNeedAPersonAndQuestionsAboutThemDoNot(t *testing.T) {
	for _, text := range []string{
		"cancel my order", "please change the delivery address on order 1182", "refund my order now", "I ordered the wrong size, swap it for a medium please", "can you cancel order 5531?",
		"cancela mi pedido", "cambiad la dirección de mi pedido por favor", "quiero que me devolváis el dinero ya", "quiero cambiar la talla de mi pedido",
		"帮我取消订单", "地址写错了，改成上海市浦东新区", "给我退款", "麻烦把尺码换成L",
	} {
		if v := assessText(text); v.score(OrderChange) < 0.5 || v.Action != Handoff || v.Level < 1 {
			t.Errorf("%q: %+v", text, v)
		}
	}
	for _, text := range []string{
		"how do I cancel?", "how can I change my address?", "can I change the size after ordering?", "what is your cancellation policy?", "is it possible to cancel an order?",
		"¿cómo cancelo un pedido?", "¿se puede cambiar la dirección?", "¿puedo devolverlo?", "可以改地址吗", "怎么取消订单", "退款多久到账", "下单后能换颜色吗",
	} {
		if v := assessText(text); v.Action == Handoff {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestAnOrderNumberIsNoHotline(t *testing.T) {
	for text, want := range map[string]bool{"cancel my order 12345": false, "我的订单号是12345": false, "我要打12345投诉你们": true, "12315见": true} {
		got := false
		for _, r := range Assess(Input{Turns: []Turn{{Role: "shopper", Text: text}}}).Reasons {
			got = got || r.Kind == RiskRegulator
		}
		if got != want {
			t.Errorf("%s: regulator %v, want %v", text, got, want)
		}
	}
}
