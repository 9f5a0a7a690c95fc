package bot

import (
	"regexp"
	"slices"
	"unicode"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// How likely a turn must be nothing but a courtesy: surely, and nothing is looked up for it, so that "qué crack" is no cracked
// plate; probably, where nothing that the shop knows fits for sure.
const (
	surelySocial   = 0.9
	probablySocial = 0.5
	askingSocial   = 0.6 // a question of no more is one
)

// wanting tells what is still to come, drips or costs too much, and praise that is none: the trouble that only a word or two tells.
var wanting = regexp.MustCompile(`(?i)\bstill (?:waiting|no|not|nothing)\b|\bno (?:refund|parcel|package|reply|answer|news)\b|\b(?:sigo|seguimos) (?:esperando|sin)\b|\bsigue sin\b|\bsin (?:reembolso|respuesta|noticias)\b|\bgotea|\b(?:expensive|pricey|caro)\b|还没|一直没|仍然没|等了|贵|真行|真有你`)

// long tells a week or more: whom a parcel delights does not count that far, unless it is for how long they have had the thing.
var long = regexp.MustCompile(`(?i)\b(?:[7-9]|[1-9]\d|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|siete|ocho|nueve|diez|once|doce|catorce|quince|veinte)(?:th)? (?:\w+ )?(?:days?|d[ií]as)\b|\bday \d+\b` +
	`|\b(?:a|one|two|three|four|una|dos|tres|cuatro) (?:weeks?|months?|semanas?)\b|(?:\d\d|[7-9]|[七八九]|[一二两三]?十[一二三四五六七八九]?)[天日]|[一二两三]个?(?:周|星期|礼拜)|(?:半|[一二两三])个?多?月`)

var inUse = regexp.MustCompile(`(?i)\b(?:use|using|wear|wore|worn|sleep|slept|had|own|us[aoáé]|puest|duerm)|用|穿|盖|睡|戴|铺|洗`)

var sayPraised = phrase{
	zh: "谢谢您的喜欢！有需要随时找我。",
	en: "That's lovely to hear, thank you! Write any time if you need something.",
	es: "¡Qué alegría leerlo, gracias! Escríbeme cuando necesites algo."}

// social is the courtesy that a turn is nothing but, with that likelihood at least. Trouble is none, however kindly it is told:
// where words of courtesy do not make up all of a turn, words of trouble count for more than what the model finds.
func social(v triage.Verdict, text string, least float64) triage.Courtesy {
	if v.Social < least || v.Social < askingSocial && asksPlainly.MatchString(text) || v.Social < 1 && troubled(text) {
		return triage.NoCourtesy
	}
	return v.Courtesy
}

// chats is the courtesy that a turn is rather than a question, now that the shop's articles have been looked at: one that no article
// fits for sure, one that is likelier nothing else than the first question of a talk, praise that asks nothing, or small talk that is
// likelier than any of what it could mean. That is greeted back: it asks what the shopper would like to know, as a question back
// does, but offers nothing absurd.
func (reply *Reply) chats(q Question, text string, found []finding) triage.Courtesy {
	v, sure, opens := reply.Verdict, reply.Decision == string(knowledge.DecideAnswer), previousText(q.Turns) == ""
	if kind := social(v, text, probablySocial); kind != triage.NoCourtesy && (!sure || v.Social > reply.Confidence && opens) {
		return kind
	}
	if v.Social == 0 || q.AskedBack || asking.MatchString(exclaims.ReplaceAllString(text, "")) || slices.ContainsFunc(v.Reasons, worrying) || troubled(text) {
		return triage.NoCourtesy
	}
	switch {
	case v.MoodLabel == triage.Positive && opens && reply.Confidence < surelyTold:
		return triage.Praise
	case v.MoodLabel != triage.Negative && !sure && v.Social > likeliest(found):
		return triage.Greeting
	}
	return triage.NoCourtesy
}

// exclaims tells a Spanish exclamation that is written as a question is.
var exclaims = regexp.MustCompile(`(?i)\bqué \S+ (?:más|tan) `)

// troubled tells words of trouble, and what nobody can read as kind: beside them, words of courtesy are mere manners, or bitter.
func troubled(text string) bool {
	return conversation.TellsTrouble(text) || wanting.MatchString(text) || long.MatchString(text) && !inUse.MatchString(text) || wordless(text) || foreign(text)
}

// worrying is the least that keeps a kind word from being taken for nothing else.
func worrying(r triage.Reason) bool { return r.Score >= 0.4 }

// likeliest is how likely one of the meanings that could be offered is right.
func likeliest(found []finding) (sum float64) {
	for _, f := range found {
		if len(f.result.Hits) == 0 {
			continue
		}
		next := rivals(f.result.Hits)
		sum += f.result.Confidence + next[0].Confidence + next[1].Confidence
	}
	return sum
}

// polite answers a turn that is nothing but a courtesy. Who asks whether a program answers is told so, unless it has just been said.
func (reply *Reply) polite(shop knowledge.Shop, q Question, kind triage.Courtesy) {
	if kind == triage.WhoAnswers && !q.Introduce {
		reply.Action, reply.Text = ActionCourtesy, sayIntro.in(reply.Language, shop.DisplayName(reply.Language))
		return
	}
	reply.courtesy(kind, len(q.Turns) > 1)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
