package bot

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot/conversation"
)

// phrase is one thing the bot says in its own words, by language. Everything else it says stands in an article.
type phrase struct{ zh, en, es string }

func (p phrase) in(language string, args ...any) string {
	text := p.en
	switch language {
	case "zh":
		text = p.zh
	case "es":
		text = p.es
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}

var (
	sayIntro = phrase{
		zh: "您好，我是%s的智能客服（机器人），需要人工随时说一声“转人工”。",
		en: "Hi, I'm %s's automated assistant (a bot). Say “agent” any time to get a person.",
		es: "Hola, soy el asistente automático de %s (un bot). Escribe «agente» cuando quieras hablar con una persona."}
	sayGreeting = phrase{
		zh: "您好！请问有什么可以帮您？",
		en: "Hello! What can I help you with?",
		es: "¡Hola! ¿En qué puedo ayudarte?"}
	sayThanks = phrase{
		zh: "不客气，还有问题随时找我。",
		en: "You're welcome. Write any time if something else comes up.",
		es: "De nada. Escríbeme cuando quieras si te surge algo más."}
	sayFarewell = phrase{
		zh: "好的，祝您生活愉快，再见！",
		en: "Goodbye, and have a good day!",
		es: "¡Hasta luego, que tengas un buen día!"}
	sayWhichOne = phrase{
		zh: "想确认一下，您问的是下面哪一个？",
		en: "Just to be sure, which of these do you mean?",
		es: "Para no equivocarme, ¿a cuál de estas cosas te refieres?"}
	sayThisOne = phrase{
		zh: "想确认一下，您问的是这个吗？不是的话，请换个说法再问一次。",
		en: "Just to be sure, is this what you mean? If not, please put it another way.",
		es: "Para no equivocarme, ¿te refieres a esto? Si no, pregúntamelo de otra manera, por favor."}
	sayCheck = phrase{
		zh: "这个问题我没有现成的准确答案，不想随便回答您，会请人工客服核实。",
		en: "I don't have a reliable answer to this and won't guess, so I'll have this checked.",
		es: "No tengo una respuesta segura para esto y prefiero no inventarla, así que haré que lo comprueben."}
	sayRest = phrase{
		zh: "其余的问题我会请人工客服核实。",
		en: "I'll have the rest of your question checked.",
		es: "El resto de tu consulta haré que lo comprueben."}
	sayOffer = phrase{
		zh: "如果您更想和人工客服聊，回复“转人工”就可以。",
		en: "If you'd rather talk to a person, just write “agent”.",
		es: "Si prefieres hablar con una persona, escribe «agente»."}
	sayOtherLanguage = phrase{
		zh: "（以下内容暂时只有%s版）",
		en: "(This is only available in %s so far.)",
		es: "(Por ahora solo lo tenemos en %s.)"}
	sayMarket = phrase{
		zh: "以下适用于%s：",
		en: "In %s:",
		es: "En %s:"}
	sayPerson = phrase{
		zh: "已为您转接人工客服，前面的内容客服都能看到，您不用再说一遍。",
		en: "I've passed your chat to a colleague, who can read everything above, so there's no need to repeat it.",
		es: "He pasado tu chat a un compañero, que puede leer todo lo anterior; no hace falta que lo repitas."}
	sayPlace = phrase{
		zh: "您目前排在第%d位，%s前会有客服回复您。",
		en: "Right now you are number %d in the queue; somebody will write to you by %s.",
		es: "Ahora mismo eres el número %d en la cola; alguien te escribirá antes %s."}
	sayPlan = phrase{
		zh: "您目前排在第%d位，%s前客服会给您具体的处理方案。",
		en: "Right now you are number %d in the queue; by %s a colleague will come back to you with a concrete plan.",
		es: "Ahora mismo eres el número %d en la cola; antes %s un compañero te dará un plan concreto."}
	sayClosed = phrase{
		zh: "现在是非工作时间，%s恢复服务后客服会回复您。",
		en: "We're closed right now; a colleague will answer once we're back on %s. ",
		es: "Ahora mismo estamos cerrados; un compañero te responderá cuando volvamos, el %s. "}
	sayReach = phrase{
		zh: "方便的话请留下邮箱或电话，我们好联系您。",
		en: "Please leave an e-mail address or phone number where we can reach you.",
		es: "Déjanos un correo o un teléfono donde localizarte, por favor."}
	sayReached = phrase{
		zh: "届时您若不在，我们会通过%s联系您。",
		en: "If you aren't here then, we'll reach you at %s.",
		es: "Si entonces no estás aquí, te localizaremos en %s."}
	sayPicture = phrase{
		zh: "图片收到了。我是机器人，看不了图片，请用文字说一下情况；需要人工客服看图片，回复“转人工”就行。",
		en: "I got the picture. I'm a bot and can't look at pictures, so please tell me in words; to have a colleague look at it, write “agent”.",
		es: "He recibido la imagen. Soy un bot y no puedo ver imágenes, así que cuéntamelo con palabras; si quieres que la vea un compañero, escribe «agente»."}
	sayRaised = phrase{
		zh: "已为您加急，%s前会有客服回复您。",
		en: "I've marked this as urgent; a colleague will write to you by %s.",
		es: "Lo he marcado como urgente; un compañero te escribirá antes %s."}
	saySorryInjury = phrase{
		zh: "您的安全最要紧：请先停止使用该产品，如有不适请尽快就医。",
		en: "Your safety comes first: please stop using the product, and see a doctor if you feel unwell.",
		es: "Lo primero es tu seguridad: deja de usar el producto y acude a un médico si te encuentras mal."}
	saySelfHarm = phrase{
		zh: "听到您这么难受，我们很担心您。如果您此刻有危险，请马上拨打当地的急救或报警电话，或者联系身边信任的人。",
		en: "I'm really sorry you are feeling this way. If you are in danger right now, please call your local emergency number or reach out to somebody you trust.",
		es: "Siento mucho que te encuentres así. Si estás en peligro ahora mismo, llama al número de emergencias de tu país o habla con alguien de confianza."}
)

// The specific acknowledgements with which a reply to a negative turn opens: first the feeling, then the matter.
var acknowledgements = []struct {
	words []string
	say   phrase
}{
	{[]string{"物流", "快递", "包裹", "发货", "没到", "送货", "parcel", "package", "deliver", "shipping", "arrive", "paquete", "envío", "envio", "pedido no llega", "entrega"}, phrase{
		zh: "等包裹等了这么久，换谁都会着急，真抱歉。",
		en: "Waiting for a parcel like this is frustrating, and I'm sorry.",
		es: "Esperar así un paquete desespera a cualquiera, lo siento."}},
	{[]string{"退款", "钱", "扣款", "refund", "money", "charged", "reembolso", "dinero", "cobrado"}, phrase{
		zh: "钱的事情没落实，心里肯定不踏实，真抱歉。",
		en: "It's worrying when money is involved and nothing moves, and I'm sorry.",
		es: "Cuando hay dinero de por medio es normal preocuparse, lo siento."}},
	{[]string{"坏了", "坏的", "破了", "破洞", "破损", "质量", "瑕疵", "开线", "褪色", "broken", "damaged", "defect", "quality", "faulty", "torn", "roto", "rota", "defect", "calidad", "dañado"}, phrase{
		zh: "收到的东西有问题，实在扫兴，真抱歉。",
		en: "Getting something that isn't right is a real let-down, and I'm sorry.",
		es: "Recibir algo que no está bien es una decepción, lo siento."}},
	{[]string{"发错", "错了", "wrong", "equivocad"}, phrase{
		zh: "东西弄错了，给您添麻烦了，真抱歉。",
		en: "Getting the wrong thing is a nuisance, and I'm sorry.",
		es: "Que llegue algo equivocado es un fastidio, lo siento."}},
	{[]string{"尺码", "大了", "小了", "size", "small", "large", "talla", "pequeñ", "grande"}, phrase{
		zh: "尺码不合适确实闹心，真抱歉。",
		en: "It's annoying when the size isn't right, and I'm sorry.",
		es: "Que la talla no vaya bien da rabia, lo siento."}},
	{nil, phrase{
		zh: "让您这么不愉快，真抱歉。",
		en: "I'm sorry this has been such an unpleasant experience.",
		es: "Siento que esto te esté dando tantos problemas."}},
}

// acknowledge returns the opening for a negative turn, chosen by what the turn speaks of first.
func acknowledge(text, language string) string {
	text = strings.ToLower(text)
	first, say := len(text)+1, phrase{}
	for _, a := range acknowledgements {
		for _, w := range a.words {
			if i := strings.Index(text, w); i >= 0 && i < first {
				first, say = i, a.say
			}
		}
		if len(a.words) == 0 && first > len(text) {
			say = a.say
		}
	}
	return say.in(language)
}

var languageNames = map[string]phrase{
	"zh": {zh: "中文", en: "Chinese", es: "chino"},
	"en": {zh: "英文", en: "English", es: "inglés"},
	"es": {zh: "西班牙文", en: "Spanish", es: "español"},
}

var marketNames = map[string]phrase{
	"cn": {zh: "中国大陆", en: "mainland China", es: "China continental"},
	"us": {zh: "美国", en: "the United States", es: "Estados Unidos"},
	"gb": {zh: "英国", en: "the United Kingdom", es: "Reino Unido"},
	"es": {zh: "西班牙", en: "Spain", es: "España"},
	"mx": {zh: "墨西哥", en: "Mexico", es: "México"},
	"eu": {zh: "欧盟", en: "the EU", es: "la UE"},
}

func nameOf(names map[string]phrase, key, language string) string {
	if p, ok := names[strings.ToLower(key)]; ok {
		return p.in(language)
	}
	return strings.ToUpper(key)
}

// handoverSentence is what the shopper is told once a case stands: the next step and by when, on the shopper's clock, which is the
// shop's where theirs is unknown.
func handoverSentence(t conversation.Ticket, language string, who conversation.Shopper, zone *time.Location) string {
	clock := who.Clock(zone)
	person := sayPerson.in(language)
	join := " "
	if language == "zh" {
		join = ""
	}
	switch {
	case !t.Open:
		return person + join + closedSentence(t, language, who, clock)
	case t.Level >= 2:
		return person + join + sayPlan.in(language, t.Place, clock.Deadline(t.Due, time.Now(), language))
	}
	return person + join + sayPlace.in(language, t.Place, clock.Deadline(t.Due, time.Now(), language))
}

// raisedSentence is what a shopper who waits is told when the case has become more urgent.
func raisedSentence(t conversation.Ticket, language string, who conversation.Shopper, zone *time.Location) string {
	clock := who.Clock(zone)
	if !t.Open {
		return closedSentence(t, language, who, clock)
	}
	return sayRaised.in(language, clock.Deadline(t.Due, time.Now(), language))
}

// closedSentence says when somebody is back, and how the shopper is reached then: who has said where is not asked again.
func closedSentence(t conversation.Ticket, language string, who conversation.Shopper, clock conversation.Clock) string {
	reach := sayReach.in(language)
	if where := cmp.Or(who.Email, who.Phone); where != "" {
		reach = sayReached.in(language, where)
	}
	return sayClosed.in(language, clock.Moment(t.OpensAt, language)) + reach
}
