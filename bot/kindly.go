package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
)

// Words of thanks and good wishes that make a short message without a question a courtesy, whatever stands around them.
var (
	thanksWords   = []string{"thx", "thanks", "thank", "ty", "tysm", "thnx", "tks", "thankyou", "cheers", "ta", "legend", "lifesaver", "appreciated", "gracias", "grax", "grcs", "graciass", "agradecida", "agradecido"}
	thanksSigns   = []string{"谢", "謝", "多谢", "感恩", "辛苦了", "辛苦啦", "唔该", "唔該", "爱你", "愛你", "么么", "比心", "笔芯", "3q", "thx", "感激"}
	farewellWords = []string{"goodnight", "bye", "byebye", "cya", "christmas", "weekend", "adiós", "adios", "chao", "chau", "navidad", "noches", "cuídate", "cuidate", "abrazo", "abrazos", "besos", "saludos", "bendiciones"}
	farewellSigns = []string{"晚安", "再见", "再見", "拜拜", "新年快乐", "节日快乐", "圣诞快乐", "回见", "拜了", "886"}
)

// wishes are the good wishes of a season, laughter is what makes a remark no complaint, and a time of day greets.
var (
	wishes = regexp.MustCompile(`(?i)\b(?:happy|merry) (?:new year|christmas|xmas|easter|thanksgiving|holidays?|halloween|weekend|birthday|diwali|eid|hanukkah)\b` +
		`|\bfeli(?:z|ces) (?:navidad|año|fiestas|pascuas?|día|finde|cumple|semana)|(?:新年|春节|元旦|元宵|端午|中秋|国庆|圣诞|节日|周末|生日)(?:快乐|愉快)|恭喜发财`)
	laughter = regexp.MustCompile(`(?i)\b(?:(?:ja){3,}j?|(?:ha){3,}h?|l+o+l+|lmao|xd+)\b|哈哈|嘿嘿|嘻嘻`)
	daytime  = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:good (?:morning|afternoon|evening)|buen[oa]s (?:días|tardes|noches)|早上好|早安|上午好|中午好|下午好|晚上好)`)
	asking   = regexp.MustCompile(`(?i)[?？¿]|\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|cómo|cuándo|dónde|cuánt[oa]s?|cuál|puedo|hay|quiero|necesito|need|want|help)\b|qué|吗|怎么|咋|多少|什么|啥|几|哪|能不能|可以|有没有|想|要`)
	waiting  = regexp.MustCompile(`(?i)\bstill (?:waiting|no|not|nothing)\b|\bno (?:refund|parcel|package|reply|answer|news)\b|\b(?:sigo|seguimos) (?:esperando|sin)\b|\bsigue sin\b|\bsin (?:reembolso|respuesta|noticias)\b|\bgotea|还没|一直没|仍然没`)
)

const (
	kindWords   = 7  // words of a courtesy at most
	kindRunes   = 12 // code points of a Chinese one
	remarkRunes = 90 // of a wish, a greeting or a joke around which more is said
)

// kindly tells a thank-you, a good wish, a greeting or a joke with other words around it ("ur a star thx x", 好滴 多谢晒)
// from a question and from trouble that is told with them. It is asked only when nothing that the shop knows fits for sure and triage found no reason to worry.
func kindly(text string) triage.Courtesy {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.!¡，。！~～", r) })
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	sign := func(list []string) bool {
		return utf8.RuneCountInString(text) <= kindRunes && slices.ContainsFunc(list, func(s string) bool { return strings.Contains(text, s) })
	}
	if waiting.MatchString(text) || conversation.TellsTrouble(text) {
		return triage.NoCourtesy // however kindly it is put
	}
	remark := !asking.MatchString(text) && utf8.RuneCountInString(text) <= remarkRunes
	switch {
	case remark && wishes.MatchString(text):
		return triage.Farewell
	case remark && daytime.MatchString(text):
		return triage.Greeting
	case remark && laughter.MatchString(text):
		return triage.Emoji
	case strings.ContainsAny(text, "?？¿") || len(words) > kindWords:
		return triage.NoCourtesy
	case has(thanksWords), sign(thanksSigns):
		return triage.Thanks
	case has(farewellWords), sign(farewellSigns):
		return triage.Farewell
	}
	return triage.NoCourtesy
}

// bitter tells a joke at the shop's expense, which must not be met with silence.
func bitter(kind triage.Courtesy, v triage.Verdict) bool {
	return kind == triage.Emoji && (v.MoodLabel == triage.Negative || slices.ContainsFunc(v.Reasons, func(r triage.Reason) bool { return r.Kind == triage.Mood }))
}
