package bot

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

var noChannel = channel.Channel{Kind: channel.KindWidget}

const (
	summaryLength  = 160 // code points
	packetLines    = 60
	packetPassages = 5
	passageExcerpt = 400
	worthShowing   = 0.1 // confidence from which an article is worth an agent's look
	lookingUp      = 400 * time.Millisecond
)

// packetOf gathers what a person needs in order to take over without asking again. Where there is no model, the STAR
// fields are the shopper's own words.
func packetOf(c conversation.Conversation, q Question, reply Reply, messages []conversation.Message, known known) conversation.Packet {
	p := conversation.Packet{
		Star: reply.Star, Shopper: c.Shopper, Page: c.Context, Language: reply.Language, Mood: reply.Verdict.Mood, MoodCurve: moodCurve(q),
		Reasons: reasonsOf(reply.Reasons), Level: reply.Level, WouldHaveSaid: wouldHaveSaid(reply), Promises: []conversation.Promise{},
	}
	matter := conversation.MatterOf(messages, reply.Language)
	matter.Into(&p)
	if reply.Star.ByModel {
		p.Summary = cutText(orElse(reply.Star.Task, matter.Summary), summaryLength)
		p.Star.Situation, p.Star.Task = orElse(reply.Star.Situation, matter.Problem), orElse(reply.Star.Task, matter.Summary)
		p.Star.Result = orElse(reply.Star.Result, matter.Result)
	}
	if p.Advised = advised(reply.Reasons); p.Advised != "" {
		known.hits, reply.Candidates = nil, nil // who is in danger is told nothing of washing
	}
	for _, hit := range append(known.hits, reply.Candidates...) {
		seen := slices.ContainsFunc(p.Passages, func(e conversation.Evidence) bool { return e.ID == hit.Ref })
		if !seen && len(p.Passages) < packetPassages && hit.Confidence >= worthShowing {
			e := evidenceOf(hit)
			e.Text = cutText(e.Text, passageExcerpt)
			p.Passages = append(p.Passages, e)
		}
	}
	if len(p.Passages) == 0 && p.Advised == "" {
		p.Passages = restedOn(messages)
	}
	for _, reason := range reply.Reasons {
		if reason.Kind == triage.OrderChange {
			p.Confirmations = []string{"address", "product", "return_policy"}
		}
	}
	if len(matter.Numbers) == 0 && p.Page.Order != "" {
		matter.Numbers = []conversation.Number{{Kind: conversation.NumberOrder, Value: p.Page.Order}}
	}
	p.Draft = draftReply(reply, matter, known.proposed)
	addTranscript(&p, messages)
	return p
}

// advised is what the handover told somebody in danger to do, as in Packet.Advised.
func advised(reasons []triage.Reason) string {
	for _, reason := range reasons {
		switch reason.Kind {
		case triage.RiskInjury, triage.RiskAllergy:
			return "injury"
		case triage.RiskSelfHarm:
			return "self_harm"
		}
	}
	return ""
}

// known is what the shop's articles say of what is wanted.
type known struct {
	hits     []knowledge.Hit
	proposed *knowledge.Hit // answers it
}

// knows looks up what is wanted. A handover must not wait for an embedder: without an answer in time it goes without.
func (r *Responder) knows(ctx context.Context, shop knowledge.Shop, q Question, language string, messages []conversation.Message) known {
	text := wanted(q.Turns)
	if text == "" {
		return known{}
	}
	ctx, cancel := context.WithTimeout(ctx, lookingUp)
	defer cancel()
	found, err := r.base.Search(ctx, shop, knowledge.Query{Text: text, Locale: language, Market: orElse(q.Market, shop.Market), At: q.At, Limit: packetPassages})
	if err != nil {
		r.log.Info("the packet goes without articles", "shop", shop.ID, "error", err)
		return known{}
	}
	return known{hits: found.Hits, proposed: proposable(found, text, language, messages, r.similar)}
}

// wanted is what an episode is about, as one text to search for: what went wrong, and what was asked for last.
func wanted(turns []triage.Turn) string {
	messages := make([]conversation.Message, 0, len(turns))
	for i, t := range turns {
		messages = append(messages, conversation.Message{Seq: int64(i + 1), Author: conversation.Author(t.Role), Body: t.Text})
	}
	matter := conversation.MatterOf(messages, "")
	problem, _, _ := strings.Cut(matter.Problem, "\n")
	if n := len(matter.Wants); n > 0 {
		return strings.Join(nonEmpty(problem, matter.Wants[n-1].Text), " ")
	}
	return orElse(problem, lastShopperText(turns))
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

func lastShopperText(turns []triage.Turn) string {
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Role == "shopper" {
			return turns[i].Text
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
