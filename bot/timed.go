package bot

import (
	"regexp"
	"slices"

	"frontdesk/knowledge"
)

// asksHowLong is how a question asks for a time, and statesTime how an answer gives one.
var (
	asksHowLong = regexp.MustCompile(`(?i)\bhow (?:many (?:working |business )?(?:days|hours|weeks|months|years)|long (?:do|does|did|will|is it|until|till|before|after|can|have))\b` +
		`|cuánt[oa]s? (?:días|horas|semanas|meses|años|tiempo)|cuant[oa]s? (?:dias|horas|semanas|meses|años|tiempo)|\bqué plazo|\bcuánto (?:tarda|demora)` +
		`|几(?:天|日|个?小时|周|个?星期|个?月|年)(?:内|之内|以内|能|可|要|有|就|到|才|呢|吗|啊|$|[?？])|多少(?:天|日|小时|个月)|多久|多长时间`)
	statesTime = regexp.MustCompile(`(?i)\d\s*(?:个)?(?:工作日|天|日内|小时|周|星期|个月|年|分钟|期)|\d(?:-| )(?:working |business |calendar |natural )*(?:days?|hours?|weeks?|months?|years?|minutes?)\b` +
		`|\d (?:días?|horas?|semanas?|mes(?:es)?|años?|minutos?)`)
)

// timedNear is how near in score, as a share of the first one's, an article must come that takes its place.
const timedNear = 0.97

// timed prefers, where a time is asked for and the likeliest article gives none, the likeliest one near it that gives one: it
// gets what the first loses. What is sure already stays.
func timed(text string, result knowledge.Result, settings knowledge.Settings) knowledge.Result {
	if result.Decision == knowledge.DecideAnswer || len(result.Hits) < 2 || !asksHowLong.MatchString(text) {
		return result
	}
	hits := slices.Clone(result.Hits)
	best := -1
	for i, hit := range hits {
		if hit.Score >= timedNear*hits[0].Score && statesTime.MatchString(hit.Answer) && (best < 0 || hit.Confidence > hits[best].Confidence) {
			best = i
		}
	}
	if best < 0 {
		return result
	}
	for i := range hits {
		if i != best && !statesTime.MatchString(hits[i].Answer) {
			hits[best].Confidence = max(hits[best].Confidence, min(hits[best].Confidence+(1-unspokenShare)*hits[i].Confidence, sureAtMost))
			hits[i].Confidence *= unspokenShare
		}
	}
	result.Hits = hits
	return reordered(result, settings)
}
