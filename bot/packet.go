package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
)

var noChannel = channel.Channel{Kind: channel.KindWidget}

const (
	summaryLength   = 160 // code points
	packetLines     = 60
	packetPassages  = 5
	passageExcerpt  = 400
	substantiveText = 6 // code points; "agent" or 人工 alone says nothing of what is wanted
)

// packetOf gathers what a person needs in order to take over without asking again. Where there is no model, the STAR
// fields are the shopper's own words.
func packetOf(c conversation.Conversation, q Question, reply Reply, messages []conversation.Message) conversation.Packet {
	matter := wanted(q.Turns)
	p := conversation.Packet{
		Summary: cutText(matter, summaryLength),
		Star: conversation.Star{
			Situation: orElse(reply.Star.Situation, cutText(firstShopperText(q.Turns), 400)), Task: orElse(reply.Star.Task, cutText(matter, 400)),
			Tried: orElse(triedSoFar(messages), reply.Star.Tried), Result: orElse(reply.Star.Result, resultWanted(q.Turns, reply.Language)),
		},
		Shopper: c.Shopper, Page: c.Context, Language: reply.Language, Mood: reply.Verdict.Mood, MoodCurve: moodCurve(q),
		Reasons: reasonsOf(reply.Reasons), Level: reply.Level, WouldHaveSaid: wouldHaveSaid(reply), Promises: []conversation.Promise{},
	}
	for _, hit := range reply.Candidates[:min(packetPassages, len(reply.Candidates))] {
		e := evidenceOf(hit)
		e.Text = cutText(e.Text, passageExcerpt)
		p.Passages = append(p.Passages, e)
	}
	if len(p.Passages) == 0 {
		p.Passages = restedOn(messages)
	}
	for _, reason := range reply.Reasons {
		if reason.Kind == triage.OrderChange {
			p.Confirmations = []string{"address", "product", "return_policy"}
		}
	}
	p.Draft = draftReply(reply, matter)
	addTranscript(&p, messages)
	return p
}

// restedOn returns what the bot's replies so far rested on, for a handover that searches nothing: a button or a webhook
// must not wait for an embedder.
func restedOn(messages []conversation.Message) []conversation.Evidence {
	var out []conversation.Evidence
	for i := len(messages) - 1; i >= 0 && len(out) < packetPassages; i-- {
		for _, e := range messages[i].Evidence {
			e.Text = cutText(e.Text, passageExcerpt)
			out = append(out, e)
		}
	}
	return out
}

func addTranscript(p *conversation.Packet, messages []conversation.Message) {
	for _, m := range messages[max(0, len(messages)-packetLines):] {
		p.Transcript = append(p.Transcript, conversation.Line{Seq: m.Seq, Author: m.Author, Name: m.StaffName, Text: m.Body, At: m.CreatedAt})
	}
	if n := len(messages); n > 0 {
		p.FromSeq, p.ToSeq = messages[0].Seq, messages[n-1].Seq
	}
}

// wanted is the newest thing the shopper said that says what is wanted. A bare "agent" does not, and an outburst that asks
// for a person or says that it was all said before points to what was said before.
func wanted(turns []triage.Turn) string {
	last, calling := "", ""
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Role != "shopper" {
			continue
		}
		text := turns[i].Text
		last = orElse(last, text)
		v := triage.Assess(triage.Input{Turns: turns[i : i+1]})
		if v.Courtesy != triage.NoCourtesy || utf8.RuneCountInString(text) < substantiveText {
			continue
		}
		if !callsForPerson(v) || saysTheMatter(text) {
			return text
		}
		calling = orElse(calling, text)
	}
	return orElse(calling, last)
}

// saysTheMatter tells whether something in a call for a person says what it is about: a sentence, or a calm clause.
func saysTheMatter(text string) bool {
	says := func(part string, calmly bool) bool {
		v := triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: part}}})
		return utf8.RuneCountInString(strings.TrimSpace(part)) >= substantiveText && v.Courtesy == triage.NoCourtesy &&
			!callsForPerson(v) && (!calmly || v.MoodLabel != triage.Negative)
	}
	sentences := evidence.Sentences(text)
	for _, sentence := range sentences {
		clauses := strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(",，:：;；", r) })
		if len(sentences) > 1 && says(sentence, false) ||
			len(clauses) > 1 && slices.ContainsFunc(clauses, func(c string) bool { return says(c, true) && strings.ContainsAny(c, "?？") }) {
			return true
		}
	}
	return false
}

func callsForPerson(v triage.Verdict) bool {
	return slices.ContainsFunc(v.Reasons, func(r triage.Reason) bool {
		return (r.Kind == triage.Wish || r.Kind == triage.Repetition) && r.Score >= 0.5
	})
}

func firstShopperText(turns []triage.Turn) string {
	for _, t := range turns {
		if t.Role == "shopper" && triage.Assess(triage.Input{Turns: []triage.Turn{t}}).Courtesy == triage.NoCourtesy {
			return t.Text
		}
	}
	return ""
}

func lastShopperText(turns []triage.Turn) string {
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Role == "shopper" {
			return turns[i].Text
		}
	}
	return ""
}

// triedSoFar lists what was answered in this episode, by the articles' titles.
func triedSoFar(messages []conversation.Message) string {
	var lines []string
	for _, m := range messages {
		if m.Author != conversation.ByBot && m.Author != conversation.ByAgent {
			continue
		}
		for _, e := range m.Evidence {
			if e.Title != "" {
				lines = append(lines, e.Title)
			}
		}
		if m.Author == conversation.ByAgent {
			lines = append(lines, m.StaffName+": "+cutText(conversation.PlainText(m.Body), 120))
		}
	}
	return strings.Join(lines, "\n")
}

var resultWords = []struct {
	words []string
	say   phrase
}{
	{[]string{"换货", "换一", "换个", "exchange", "replace", "cambio", "cambiar"}, phrase{"换货", "an exchange", "un cambio"}},
	{[]string{"退款", "退钱", "refund", "money back", "reembolso", "devolución del dinero"}, phrase{"退款", "a refund", "un reembolso"}},
	{[]string{"退货", "return", "devolver", "devolución"}, phrase{"退货", "a return", "una devolución"}},
	{[]string{"取消", "cancel", "anular"}, phrase{"取消订单", "the order cancelled", "anular el pedido"}},
	{[]string{"赔", "补偿", "compensat", "compensación", "indemniz"}, phrase{"赔偿", "compensation", "una compensación"}},
	{[]string{"改地址", "地址", "address", "dirección"}, phrase{"修改地址", "another address", "otra dirección"}},
	{[]string{"物流", "快递", "到哪", "where is", "track", "dónde está", "seguimiento"}, phrase{"包裹下落", "to know where the parcel is", "saber dónde está el paquete"}},
}

// resultWanted names the outcome that the shopper's newest words ask for, in the shopper's language; empty when they do not say.
func resultWanted(turns []triage.Turn, language string) string {
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Role != "shopper" {
			continue
		}
		text := strings.ToLower(turns[i].Text)
		for _, r := range resultWords {
			for _, w := range r.words {
				if strings.Contains(text, w) {
					return r.say.in(language)
				}
			}
		}
	}
	return ""
}

// moodCurve judges each shopper turn of the episode by itself.
func moodCurve(q Question) []float64 {
	curve := []float64{}
	for i, t := range q.Turns {
		if t.Role == "shopper" {
			curve = append(curve, triage.Assess(triage.Input{Turns: q.Turns[i : i+1], Locale: q.Locale}).Mood)
		}
	}
	return curve
}

func wouldHaveSaid(reply Reply) string {
	if reply.LeftToAgents {
		return reply.Draft
	}
	var parts []string
	for _, e := range reply.Evidence {
		parts = append(parts, e.Text)
	}
	return strings.Join(parts, "\n\n")
}

var (
	draftApology = phrase{
		zh: "您好，我看完了您前面说的情况，让您久等了，很抱歉。",
		en: "Hello, I have read what you wrote above. I'm sorry for the trouble.",
		es: "Hola, he leído todo lo que nos has contado. Siento las molestias."}
	draftHello = phrase{
		zh: "您好，我看完了您前面说的情况。",
		en: "Hello, I have read what you wrote above.",
		es: "Hola, he leído todo lo que nos has contado."}
	draftCompensation = phrase{
		zh: "按规定退差价或退运费\n按规定补发\n按规定赠送优惠券",
		en: "Refund the difference or the postage, as the policy allows\nSend a replacement, as the policy allows\nOffer a voucher, as the policy allows",
		es: "Devolver la diferencia o los gastos de envío, según la política\nEnviar un recambio, según la política\nOfrecer un vale, según la política"}
)

// draftReply is a first reply for the agent to edit: an apology where one is due, what the best article says, and options.
func draftReply(reply Reply, matter string) conversation.ReplyDraft {
	d := conversation.ReplyDraft{Apology: draftHello.in(reply.Language)}
	if reply.Level >= 2 || reply.Verdict.MoodLabel == triage.Negative {
		d.Apology = draftApology.in(reply.Language)
		if reply.Verdict.MoodLabel == triage.Negative {
			d.Apology = joinText(draftHello.in(reply.Language), acknowledge(matter, reply.Language))
		}
		d.Compensation = strings.Split(draftCompensation.in(reply.Language), "\n")
	}
	if d.Solution = wouldHaveSaid(reply); d.Solution == "" && len(reply.Candidates) > 0 && reply.Confidence >= worthProposing {
		d.Solution = reply.Candidates[0].Answer
	}
	d.Text = joinText(d.Apology, d.Solution)
	return d
}

// worthProposing is the confidence from which the best article is proposed to an agent, who reads before sending.
const worthProposing = 1.0 / 3

func reasonsOf(reasons []triage.Reason) []conversation.Reason {
	out := make([]conversation.Reason, 0, len(reasons))
	for _, r := range reasons {
		out = append(out, conversation.Reason{Kind: string(r.Kind), Score: r.Score, Words: r.Words})
	}
	return out
}

func joinText(parts ...string) string { return strings.Join(nonEmpty(parts...), "\n\n") }

func cutText(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
