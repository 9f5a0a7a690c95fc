package handoff

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/conversation"
)

// sentence is what the desk says to a waiting shopper in the shop's own voice. %s, where there is one, is the time by
// which somebody writes.
type sentence struct{ zh, en, es string }

var (
	saySorry = sentence{
		zh: "让您久等了，非常抱歉，客服还没能回复您。我们已经再次提醒客服，%s前会有人回复您。",
		en: "We're sorry to keep you waiting: nobody has been able to write to you yet. We've alerted the team again, and somebody will write to you by %s.",
		es: "Sentimos la espera: todavía no ha podido escribirte nadie. Hemos vuelto a avisar al equipo y alguien te escribirá antes %s."}
	sayPassedOn = sentence{
		zh: "您的问题已重新排队等待客服接手，前面的内容客服都能看到，%s前会有人回复您。",
		en: "Your chat is back in our team's queue. Whoever takes it can read everything above, and will write to you by %s.",
		es: "Tu chat vuelve a la cola de nuestro equipo. Quien lo tome podrá leer todo lo anterior y te escribirá antes %s."}
	sayBlocked = sentence{
		zh: "本次对话已由店铺结束。您之后在这里发送的消息会被保存，但不会再有回复。",
		en: "The shop has ended this chat. What you write here from now on is kept, but nobody will answer it.",
		es: "La tienda ha cerrado este chat. Lo que escribas aquí a partir de ahora se guardará, pero no tendrá respuesta."}
	sayNoPerson = sentence{
		zh: "接下来由智能客服继续为您服务，之前说好的客服回复和处理方案不再另行安排。需要人工时，随时说一声“转人工”。",
		en: "Our automated assistant carries on from here, so what we announced from a colleague won't come. Say “agent” any time to get a person.",
		es: "A partir de aquí te atiende nuestro asistente automático, así que ya no recibirás lo que te anunciamos de un compañero. Escribe «agente» cuando quieras hablar con una persona."}
	sayNothingFollows = sentence{
		zh: "本次会话已结束。之前答应的%s，不再另行跟进，其余不变。如果仍然需要，请直接在这里留言。",
		en: "We've closed this conversation. This was announced and won't follow: %s. Everything else stands. If you still need it, just write here again.",
		es: "Hemos cerrado esta conversación. Te anunciamos esto y ya no llegará: %s. Todo lo demás sigue en pie. Si todavía lo necesitas, vuelve a escribirnos aquí."}
	sayAReply   = sentence{zh: "客服的回复", en: "a message from a colleague", es: "un mensaje de un compañero"}
	sayAPlan    = sentence{zh: "具体的处理方案", en: "a concrete plan", es: "un plan concreto"}
	sayReturned = sentence{
		zh: "接下来由智能客服继续为您服务。需要人工时，随时说一声“转人工”。",
		en: "Our automated assistant carries on from here. Say “agent” any time to get a person.",
		es: "A partir de aquí te atiende nuestro asistente automático. Escribe «agente» cuando quieras hablar con una persona."}
	sayWithdrawn = sentence{
		zh: "好的，您已退出排队，客服不再另行回复，由智能客服继续为您解答。需要人工时，随时说一声“转人工”。",
		en: "All right: you are out of the queue, no colleague will write, and our assistant (a bot) carries on. Say “agent” any time to get a person.",
		es: "De acuerdo: has salido de la cola, ya no te escribirá un compañero y sigue contigo nuestro asistente (un bot). Escribe «agente» cuando quieras hablar con una persona."}
)

// in renders the sentence in this language (English where there is no other), with the time on the shopper's clock.
func (s sentence) in(language string, due, now time.Time, clock conversation.Clock) string {
	return fmt.Sprintf(s.text(language), clock.Deadline(due, now, base(language)))
}

// text is the sentence in this language as it stands.
func (s sentence) text(language string) string {
	switch base(language) {
	case "zh":
		return s.zh
	case "es":
		return s.es
	}
	return s.en
}

// NothingFollows is what a shopper in this language reads when a case ends with this undone.
func NothingFollows(language, undone string) string {
	return fmt.Sprintf(sayNothingFollows.text(language), undone)
}

// notDone tells a shopper what of all that was promised will not come: an agent's own words, and the desk's by what they came to.
func notDone(withdrawn []Promise, language string) string {
	var what []string
	for _, p := range withdrawn {
		said := map[string]sentence{AwaitsReply: sayAReply, AwaitsPlan: sayAPlan}[p.Awaits].text(language)
		if p.StaffID != nil {
			said = sentence{zh: "“%s”", en: "“%s”", es: "«%s»"}.text(language)
			said = fmt.Sprintf(said, strings.TrimRight(p.Said, ".。 "))
		}
		if !slices.Contains(what, said) {
			what = append(what, said)
		}
	}
	return NothingFollows(language, strings.Join(what, sentence{zh: "、", en: ", ", es: ", "}.text(language)))
}

// base is the language without its region.
func base(language string) string {
	language, _, _ = strings.Cut(language, "-")
	return language
}
