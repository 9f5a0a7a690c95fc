package bot

import (
	"context"
	"regexp"
	"slices"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
)

// noteJudged keeps with each message of the open turn how its shopper felt and what was found in it; with the newest, what was
// found in all of them together. What people see of a case follows from that.
func (r *Responder) noteJudged(ctx context.Context, c conversation.Conversation, messages []conversation.Message, q Question, verdict triage.Verdict) error {
	j := conversation.Judged{ShopID: c.ShopID, ConversationID: c.ID, Seq: c.HeardSeq, Mood: verdict.Mood, Nothing: wantsNothing(c, messages, q)}
	for _, m := range messages {
		if m.Author != conversation.ByShopper || m.Kind == conversation.KindImage || m.Seq <= c.AnsweredSeq || m.Seq > c.HeardSeq || len(m.Verdict) > 0 {
			continue
		}
		one := triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: m.Body, At: m.CreatedAt}}, Locale: q.Locale})
		if m.Seq == c.HeardSeq {
			verdict.Mood = one.Mood
			one = verdict
		}
		j.Findings = append(j.Findings, conversation.Finding{Seq: m.Seq, Verdict: judgement(Reply{Verdict: one, Reasons: one.Reasons})})
	}
	return r.store.NoteJudged(ctx, j)
}

// wantsNothing says whether all that came since an agent's last words is thanks, a farewell or a nod, and those words asked
// nothing: an "ok" to a question is its answer.
func wantsNothing(c conversation.Conversation, messages []conversation.Message, q Question) bool {
	said, open := conversation.Message{}, 0
	for _, m := range messages {
		switch {
		case m.Author != conversation.ByShopper:
			said = m
		case m.Seq > c.AnsweredSeq && (m.Kind == conversation.KindImage || !nod(m, q.Locale)):
			return false
		case m.Seq > c.AnsweredSeq:
			open++
		}
	}
	return open > 0 && said.Author == conversation.ByAgent && said.Kind != conversation.KindImage &&
		!asksBack.MatchString(offersMore.ReplaceAllString(said.Body, ""))
}

func nod(m conversation.Message, locale string) bool {
	verdict := triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: m.Body, At: m.CreatedAt}}, Locale: locale})
	kinds := []triage.Courtesy{triage.Thanks, triage.Okay, triage.Farewell, triage.Emoji, triage.Praise}
	return slices.Contains(kinds, social(verdict, m.Body, surelySocial)) && verdict.MoodLabel != triage.Negative && !slices.ContainsFunc(verdict.Reasons, worrying)
}

// asksBack tells an agent's words that a mere "ok" may answer; offersMore, the sentence at their end that asks for nothing.
var (
	asksBack   = regexp.MustCompile(`(?i)[?？¿]|[吗呢][。！~～]?\s*$|确认|\bconfirm|\bconfírm`)
	offersMore = regexp.MustCompile(`(?i)¿?[^.!?？。！¿]*(?:anything else|any(?: other| more| further)? questions|还有(?:什么|其他|其它|别的|啥)|其他(?:问题|需要)|algo más|otra cosa|más preguntas|alguna (?:otra )?duda)[^.!?？。！]*[?？.。！!]*`)
)
