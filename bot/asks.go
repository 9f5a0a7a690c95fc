package bot

import (
	"regexp"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// asksPlainly tells a turn that asks for something that can be told.
var asksPlainly = regexp.MustCompile(`(?i)[?？¿]|\b(?:how (?:do|can|to|long|much|many|late|soon|often|far|big)|what (?:do|can|should|now)|where (?:do|can|is)|when (?:will|do|can|does)|can (?:i|we|you|it|they)|is (?:it|there)|do (?:i|you)|does)\b` +
	`|\b(?:cómo|como (?:lo|la|se|puedo|hago|pido)|qué hago|que hago|cuánd?to|cuándo|dónde|se puede|puedo|podéis|pueden)\b|怎么|咋|如何|吗|呢|能不能|能[^，。]{0,6}(?:不|么)|可以|多久|几天|啥时候|什么时候|哪|多少|谁(?:出|付|承担)|算谁|[不没么伐咩嘞咧][\s\p{P}]*$`)

// asking tells words that ask or want something, whatever it is.
var asking = regexp.MustCompile(`(?i)[?？¿]|\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|cómo|cuándo|dónde|cuánt[oa]s?|cuál|puedo|hay|quiero|necesito|need|want|help)\b|qué|吗|怎么|咋|多少|什么|啥|几|哪|能不能|可以|有没有|想|要`)

// Who asks what they can do themselves wants to be told; who asks us to do it gives an instruction, however it is put.
var (
	asksItself = regexp.MustCompile(`(?i)\b(?:(?:can|could|may|should|do) (?:i|we|it|they|this|that|my)|how (?:do|can|to|would|should|i|we)|is (?:it|there)|what (?:do|can|should|now|happens)|where (?:do|can)|too late|still time)\b` +
		`|\b(?:cómo|como (?:lo|la|se|puedo|hago|pido)|qué hago|que hago|dónde|se puede|puedo|podemos|es posible|hay (?:forma|manera|modo)|a tiempo)\b|怎么|咋|如何|哪里|哪儿|多少|能不能|可不可以|还能|来得及|能[^，。]{0,6}[吗不么]|可以[^，。]{0,8}[吗不么]`)
	asksUs = regexp.MustCompile(`(?i)\b(?:can|could|would|will) (?:you|u|ya|y'?all)\b|(?:^|[^e] )(?:podéis|podeis|pueden|puedes|podrías|podríais|podrían)\b|[áéa]is\b[^.]{0,12}\?|帮|给我|替我|麻烦`)
	tellUs = regexp.MustCompile(`(?i)\b(?:can|could|would|will) (?:you|u|ya|y'?all) (?:please |pls )?(?:tell|say|explain|let me know)\b|告诉我`)
)

// asksWhatToDo tells a turn that only sounds like an instruction about an order: its shopper asks whether or how it can be done, and
// names no order. Nothing else in it may call for a person.
func asksWhatToDo(v triage.Verdict, text string) bool {
	for _, r := range v.Reasons {
		if r.Kind != triage.OrderChange && r.Kind != triage.SeveralIntents && worrying(r) {
			return false
		}
	}
	rest := tellUs.ReplaceAllString(text, "")
	return asksItself.MatchString(rest) && !asksUs.MatchString(rest) && len(conversation.NumbersIn(text)) == 0
}

// instructs tells a turn that names an order and asks nothing: something is to be done with it, or about it.
func instructs(text string) bool {
	return len(conversation.NumbersIn(text)) > 0 && !asksPlainly.MatchString(text)
}

// plain is a text without case and signs.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), notWord), " ")
}

// surelyTold is the confidence from which an article says what is to be done with an order that a shopper names.
const surelyTold = 0.8

// needsPerson tells a turn that nobody should be asked back about where the shop has no sure answer: it is uneasy, about one order, of
// which no article knows more, or in a script that a question back is not written in. What is to be done with an order that a shopper
// names, and trouble told in words of praise, take an answer that is surer still.
func (reply *Reply) needsPerson(text string) bool {
	if reply.catchingUp {
		return false
	}
	unsure, v := reply.Decision != string(knowledge.DecideAnswer), reply.Verdict
	if unsure && (len(conversation.NumbersIn(text)) > 0 || uneasy(v, text) || foreign(text)) {
		return true
	}
	return reply.Confidence < surelyTold && (instructs(text) || bitter(v, text))
}

// bitter tells trouble told in words of praise.
func bitter(v triage.Verdict, text string) bool {
	return v.MoodLabel == triage.Positive && v.Social >= probablySocial && troubled(text)
}
