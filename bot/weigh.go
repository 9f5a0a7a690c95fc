package bot

import (
	"slices"
	"unicode"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// Where triage calls for a person and the shop surely has the answer, one of the two is mistaken. Which is followed depends on what a
// mistake costs, in handovers that nobody needed: the costs of knowledge for a wrong answer, and these for a person who does not come.
// Every such answer ends with how to reach one.
const (
	costMissed = 3.0  // a person needed
	costDanger = 10.0 // a person needed because somebody may come to harm
)

// rarely is what is left of a weak reason beside a sure answer. On 1,660 questions of three exams none of 24 suspected risks, 16
// moods and 9 instructions in a plain question was one where an article was sure.
const rarely = 0.1

// fury is the score from which a mood is no sigh; doubted, the one below which a risk or a wish is only suspected.
const (
	fury    = 0.9
	doubted = 0.5
)

// chance is how likely a reason is one, where the shop surely has the answer to this text.
func chance(r triage.Reason, text string) float64 {
	weak := false
	switch {
	case r.Kind == triage.SeveralIntents:
		return 0 // each is answered by itself
	case r.Kind == triage.RiskSelfHarm:
	case triage.IsRisk(r.Kind):
		weak = r.Score < doubted
	case r.Kind == triage.Wish:
		weak = r.Score < doubted && asksPlainly.MatchString(text)
	case r.Kind == triage.Mood:
		weak = r.Score < fury && asksPlainly.MatchString(text)
	}
	if weak {
		return rarely * r.Score
	}
	return r.Score
}

// answerAnyway tells a turn whose answer outweighs the reasons for a person, and then makes the reply an answer again. A risk that
// triage is sure of is never answered.
func (reply *Reply) answerAnyway(text string) bool {
	if reply.Verdict.Action != triage.Handoff || reply.Action != ActionAnswer || len(reply.Evidence) == 0 || reply.Decision != string(knowledge.DecideAnswer) ||
		!outweighs(reply.Confidence, reply.Verdict, text, plain(reply.Evidence[0].Title) == plain(text)) {
		return false
	}
	reply.Level = 0
	return true
}

// outweighs tells whether an answer that is right with this probability costs less than a handover. Who has pressed an article's
// question gives no instruction.
func outweighs(right float64, v triage.Verdict, text string, pressed bool) bool {
	needless, missed := 1.0, 0.0
	for _, r := range v.Reasons {
		if pressed && r.Kind == triage.OrderChange {
			continue
		}
		p, cost := chance(r, text), costMissed
		if triage.IsRisk(r.Kind) {
			cost = costDanger
		}
		missed += p * cost
		needless *= 1 - p
	}
	return v.Level < 3 && missed+needless*(1-right)*knowledge.CostWrong < needless
}

// uneasy tells a turn that is better met with a person than with a question back: something dangerous may have happened, or a shopper
// is annoyed and asks nothing that can be told.
func uneasy(v triage.Verdict, text string) bool {
	if v.MoodLabel == triage.Negative && !asksPlainly.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(v.Reasons, func(r triage.Reason) bool {
		return r.Kind == triage.RiskSelfHarm || triage.IsRisk(r.Kind) && r.Score >= suspected
	})
}

// suspected is the score of a risk that somebody should look at. Where it may be somebody's life, the least hint is one.
const suspected = 0.25

func notWord(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }
