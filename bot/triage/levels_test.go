package triage

import "testing"

// TestAnnoyanceAtOneMatterIsNoFury keeps a plain need for a person (level 1) apart from anger (level 2).
func TestAnnoyanceAtOneMatterIsNoFury(t *testing.T) {
	for level, texts := range map[int][]string{
		1: {
			"a bit let down if I'm honest, the lamp came without its shade again", "I must say I'm disappointed, you promised Tuesday and it's Friday",
			"la verdad, algo decepcionado, es la segunda vez que llega sin el cargador", "pues vaya, me dijeron el lunes y sigo sin noticias, qué chasco",
			"有点失望，说好周二到，今天都周五了", "说真的挺郁闷，上次少一只袜子，这次又少",
		},
		2: {
			"I AM FURIOUS. Third lamp, third time broken. I want compensation and I want it TODAY", "you absolute clowns, you ruined my wedding and nobody even answers",
			"estoy que ardo, tercera vez que me mentís, exijo que me paguéis el día de trabajo YA", "sois unos inútiles y unos caraduras, me habéis arruinado la boda",
			"气死我了！第三次了！今天必须给我赔偿，一分都不能少！", "你们全是废物！毁了我的婚礼，还没一个人理我！！",
		},
	} {
		for _, text := range texts {
			if v := assessText(text); v.Level > level || level == 2 && v.Level != 2 {
				t.Errorf("%q: level %d (mood %.2f), want %d: %v", text, v.Level, v.Mood, level, v.Reasons)
			}
		}
	}
}

// TestAnInsultIsNoFraud keeps those who call a shop swindlers apart from those whom somebody has swindled.
func TestAnInsultIsNoFraud(t *testing.T) {
	for text, level := range map[string]int{
		"swindlers, the lot of you, two weeks and nobody answers!!": 2, "panda de estafadores, dos semanas sin contestar!!": 2, "一群骗子，两个星期没人理！！": 2,
		"somebody used my card on your site and emptied my account": 3, "me han estafado, di el código de mi tarjeta a uno que decía ser de vuestra tienda": 3, "有人冒充你们客服，骗我转了两千块": 3,
	} {
		if v := assessText(text); v.Level != level {
			t.Errorf("%q: level %d, want %d: %v", text, v.Level, level, v.Reasons)
		}
	}
}

// TestADoubtAboutMoneyIsAnAlarmOnlyWhenDisputed leaves a calm question about a charge to the shop's articles.
func TestADoubtAboutMoneyIsAnAlarmOnlyWhenDisputed(t *testing.T) {
	for _, text := range []string{
		"my card shows the 42 euros twice, when does one of them come back?", "paid yesterday, the order page still says unpaid", "me aparece dos veces el mismo cargo, ¿cuándo se anula uno?",
		"he pagado y el pedido sigue como no pagado", "同一个订单扣了两笔，多的那笔什么时候退？", "付款成功了，订单还是待付款",
	} {
		if v := assessText(text); v.Level == 3 || v.Action == Handoff {
			t.Errorf("%q: %s, level %d: %v", text, v.Action, v.Level, v.Reasons)
		}
	}
	for _, text := range []string{
		"you charged me TWICE you thieving clowns, give me my money back NOW", "I never agreed to this and you took 40 euros off my card", "I cancelled in May and you are still charging me",
		"me habéis cobrado dos veces, ladrones, devolvedme mi dinero YA", "me han cobrado sin mi permiso", "扣我两次钱，你们这帮强盗，马上给我退！！", "没经过我同意就扣了我三十块",
	} {
		if v := assessText(text); v.Level != 3 {
			t.Errorf("%q: level %d: %v", text, v.Level, v.Reasons)
		}
	}
}

// TestDespairToldIndirectlyIsHeard looks for harm to oneself in words that no rule holds, beside its look-alikes. What is only suspected
// brings a person unless an article surely answers.
func TestDespairToldIndirectlyIsHeard(t *testing.T) {
	heard, seen, told := 0, 0, []string{
		"I don't see myself being here next month, and I'm fine with that", "they would all be happier if I was out of the way", "every night I hope I don't wake up", "I'm a weight round everybody's neck, time I took it off",
		"lo único que quiero es dormirme y no volver a despertar", "a todos les iría mejor si yo desapareciera del mapa", "no me veo aquí el mes que viene y no me importa", "ya no le encuentro motivo a seguir en este mundo",
		"我走了的话大家都会轻松些吧", "每天晚上都盼着别再醒来", "下个月这世上应该没有我了，也挺好", "活到头了，不想再拖累家里人",
	}
	for _, text := range told {
		switch v := assessText(text); {
		case v.Level == 3 && v.score(RiskSelfHarm) >= sureScore:
			heard++
		case v.score(RiskSelfHarm) >= maybeScore:
			seen++
		default:
			t.Logf("unseen: %q: %s %v", text, v.Action, v.Reasons)
		}
	}
	if t.Logf("of %d an alarm for %d, %d more suspected", len(told), heard, seen); heard*2 < len(told) || (heard+seen)*6 < 5*len(told) {
		t.Error("want half and five in six")
	}
	for _, text := range []string{
		"I don't see my size here next to the others", "would be happier if the zip was out of the way", "I hope I don't wake up the baby, is the fan quiet?", "this bag is a weight round my neck haha, is there a lighter one",
		"quiero dormirme en esa cama y no volver a madrugar jaja", "la mancha no desaparece, ¿con qué la lavo?", "no me veo con la M, ¿hay L?",
		"我明天走，能今天送到吗", "每天晚上都盼着快递", "下个月搬走，地址怎么改", "包太沉了拖累我逛街，有轻的吗",
	} {
		if v := assessText(text); v.Level == 3 {
			t.Errorf("%q: an alarm: %v", text, v.Reasons)
		}
	}
}

// TestAnAllergyBeforeAQuestionIsNoAlarm keeps those who ask what is in it apart from those who had it on their skin.
func TestAnAllergyBeforeAQuestionIsNoAlarm(t *testing.T) {
	for _, text := range []string{
		"I'm allergic to cobalt, is there any in the buckle?", "my daughter's allergic to eggs, does the sponge contain any", "soy alérgico al cacahuete, ¿la salsa lleva?", "我对酒精过敏，这款爽肤水含不含",
	} {
		if v := assessText(text); v.Level == 3 || v.Action == Handoff {
			t.Errorf("%q: %s, level %d: %v", text, v.Action, v.Level, v.Reasons)
		}
	}
	for _, text := range []string{
		"I'm allergic to eggs, the label said none, and my lips swelled up", "soy alérgico al cacahuete y con vuestra salsa se me hinchó la cara", "我对酒精过敏，用了你家爽肤水脸肿了",
	} {
		if v := assessText(text); v.Level != 3 {
			t.Errorf("%q: level %d: %v", text, v.Level, v.Reasons)
		}
	}
}

// TestAnEverydayWordAloneIsNoSurerThanTheModel looks at words such as "lawyer" and "hospital" that mostly name a place or a trade.
func TestAnEverydayWordAloneIsNoSurerThanTheModel(t *testing.T) {
	for _, text := range []string{
		"my wife's a lawyer, which gown size would fit 170 cm", "lawyer gown in size M?", "el lunes tengo juicio, ¿hasta qué hora abre correos?", "estoy ingresado en el hospital hasta el lunes, ¿me alargáis el plazo del cambio?",
	} {
		if v := assessText(text); v.Level == 3 {
			t.Errorf("%q: an alarm: %v", text, v.Reasons)
		}
	}
}

// TestALossToBeMadeGoodIsAComplaint hears those who want the shop to pay for what it cost them.
func TestALossToBeMadeGoodIsAComplaint(t *testing.T) {
	for _, text := range []string{
		"Stayed home without pay for the fitter, nobody rang. That's 90 euros and I expect you to make it good.", "exijo que me compensen los días que perdí esperando", "师傅没来，我请了一天假，误工费你们出",
	} {
		if v := assessText(text); v.Level != 2 {
			t.Errorf("%q: %s, level %d: %v", text, v.Action, v.Level, v.Reasons)
		}
	}
}
