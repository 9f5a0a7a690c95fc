package triage

import (
	"slices"
	"strings"
)

const (
	inJest     = 0.2  // so much of a curse remains when its writer laughs
	jestMood   = 0.35 // praise told as a quarrel
	liftedMood = 0.2  // from here on what denies bad news, and brings none, is good news
	threatMood = -0.5 // a threat is no better than this
)

// laughs tells whether a text laughs in words or faces.
func (d *document) laughs() bool {
	for i, t := range d.tokens {
		switch {
		case t.emoji:
			if strings.Contains("😂🤣😆😹", t.text) {
				return true
			}
		case t.word:
			if t.text == "lol" || t.text == "lmao" || t.text == "hehe" || strings.HasPrefix(t.text, "haha") || strings.HasPrefix(t.text, "jaja") || strings.HasPrefix(t.text, "jeje") {
				return true
			}
		case t.text == "哈" && i > 0 && d.tokens[i-1].text == "哈":
			return true
		}
	}
	return false
}

// feel reads how the judged text feels. Laughter takes most of the sting out of a curse, and praise that is told as a
// quarrel ("I hate you for ruining every other bed") is praise.
func (e *evidence) feel() {
	jest := len(e.found[gJest]) > 0 && len(e.found[gComplaint]) == 0
	switch {
	case jest:
		e.mood.value, e.mood.words, e.mood.insults = max(jestMood, e.mood.value), nil, nil
	case e.doc.laughs() && e.mood.value < 0:
		e.mood.value *= inJest
	}
	e.feeling = e.model.feel(&e.reading, e.mood)
	if jest || e.mood.lifted > 0 && e.mood.value >= liftedMood && len(e.mood.words) == 0 {
		e.feeling.negative *= inJest
		e.feeling.fury *= inJest
	}
	e.mood.value = e.feeling.mood(e.model.probability(&e.reading, hRemark))
}

// hearThreat keeps whoever threatens with a court, an authority or the public from reading as content: a threat often
// has no word of feeling in it. It is no better news than what was said before it.
func (e *evidence) hearThreat(moods []float64) {
	for _, k := range [...]Kind{RiskLegal, RiskRegulator, RiskPress} {
		said := slices.ContainsFunc(e.found[group(k)], func(m match) bool { return m.score >= sureScore })
		asked := e.doc.questions > 0 && len(e.doc.sentences) == 1 || len(e.found[gIf]) > 0
		e.threat = e.threat || said && e.hits[k].score >= sureScore && !asked
	}
	if e.threat {
		e.mood.value = min(e.mood.value, threatMood)
		if n := len(moods); n > 0 {
			e.mood.value = min(e.mood.value, moods[n-1])
		}
	}
}
