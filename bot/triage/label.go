package triage

import "slices"

// label names the mood by its probability. The same trouble is told by those who are annoyed and by those who only
// want it mended: whoever asks for something must be surer to be annoyed, whoever speaks to @somebody less.
func (e *evidence) label() string {
	f := e.feeling
	switch {
	case len(e.doc.tokens) == 0:
		return Neutral
	case e.threat, f.negative >= e.dislikeBound() && f.negative >= gladShare*f.positive:
		return Negative
	case e.mood.value <= -badTogether && f.rule <= -plainlyBad:
		return Negative
	case f.positive >= gladBound && e.mood.value > 0:
		return Positive
	}
	return Neutral
}

const (
	gladBound     = 0.45 // the least probability of a good mood
	plainlyBad    = 0.65 // how bad the rules must find what they call bad against that probability,
	badTogether   = 0.52 // and both together
	gladShare     = 0.8  // a bad mood may be so much less likely than a good one
	publicDislike = 0.33 // the least probability of a bad mood: for what is said in public, where it hears 89 of 100 that it has not learned from,
	plainDislike  = 0.45 // for a remark in English, where it errs least,
	remarkDislike = 0.33 // for a remark in another language,
	rudeDislike   = 0.5  // and for a request in words that the rules find bad
	rudeRequest   = 0.45 // how bad they must find it
)

// dislikeBound is how likely a bad mood must be to say so. Few words show little: a short request must look worse than
// a long story, unless the rules say so too.
func (e *evidence) dislikeBound() float64 {
	asks := e.reading.asks || e.doc.questions > 0 || e.seeks()
	switch {
	case e.doc.public:
		return publicDislike
	case e.remarks(asks) && e.language == "en":
		return plainDislike
	case e.remarks(asks):
		return remarkDislike
	case e.feeling.rule <= -rudeRequest:
		return rudeDislike
	}
	return max(0.65, min(0.85, 0.85-0.2*float64(len(e.doc.tokens)-8)/32))
}

// remarks tells whether the text is a remark on goods or a company. In English, where much that only states how things
// stand looks like one, the model must be surer; in Chinese and Spanish the words that ask stand in remarks, too.
func (e *evidence) remarks(asks bool) bool {
	p := e.model.probability(&e.reading, hRemark)
	switch {
	case e.language == "en":
		return p >= 0.85 && !asks
	case asks:
		return p >= 0.6
	}
	return p >= 0.3
}

// seeks tells whether a word shows that the writer is after something.
func (e *evidence) seeks() bool {
	return slices.ContainsFunc(e.doc.tokens, func(t token) bool { return slices.Contains(seeking[:], t.text) })
}

// seeking are words of somebody who is after something, in the form of token.text.
var seeking = [...]string{
	"help", "need", "want", "wanna", "trying", "try", "tell", "assistance", "assist", "check", "find", "submit", "file", "report", "know", "can",
	"ayuda", "necesito", "quiero", "quisiera", "ayudarme", "saber", "consultar", "帮", "请", "想", "求",
}

// lean is how far rules and model together find a text good or bad.
func (f feeling) lean(negative float64) float64 {
	return 0.45*f.rule + 0.55*f.positive - 0.5*negative - 0.35*f.fury
}

// mood brings rules and model to one number: a sure but mild dislike is about -0.5, fury -1. A question about a
// trouble is no complaint, so far as it is no remark.
func (f feeling) mood(remark float64) float64 {
	negative := f.negative
	if f.asks && f.rule > -labelBound {
		negative *= 1 - 0.6*(1-remark)
	}
	x := max(-1, min(1, f.lean(negative), 0.65+2*f.rule)) // praise does not outweigh what the rules are sure of
	switch {
	case f.fury >= furyBound && x <= -labelBound:
		return min(x, -angerBound)
	case x < -annoyed: // annoyed, however surely, is not furious
		return -annoyed + (x+annoyed)*(angerBound-0.01-annoyed)/(1-annoyed)
	}
	return x
}

const (
	furyBound = 0.4 // how likely fury must be to be called anger
	annoyed   = 0.4 // beyond it a mood is drawn together, up to anger
)
