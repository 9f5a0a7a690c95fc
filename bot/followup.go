package bot

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// exchange is what a follow-up goes on from: the article that answered the turn before.
type exchange struct {
	article knowledge.Hit
	known   bool
	within  bool // it answers an earlier part of the same turn
}

// How a follow-up finds its article. Measured on talks of two turns, and on turns that have nothing to do with the one before.
const (
	siblingFrom   = 0.155 // geometric mean of the confidences of the words alone and with the topic, for another article than before
	relevantFrom  = 0.35  // nearness and half the share of its words, from which a turn may be about the article of the turn before
	fragmentWords = 3     // words with a meaning that what is no sentence of its own has at most
	topicFrom     = 0.5   // confidence of the topic and the new words together
	saidFrom      = 0.4   // confidence that what was said last is an article's answer
	longestBefore = 300   // code points that are read of an answer to find its article again
	sureAtMost    = 0.85  // what a follow-up that names nothing of its own is answered with; it was right so often
)

// goesOn is how a turn begins or ends that says that it goes on from the turn before; fillers may stand in front.
var goesOn = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:(?:ok|okay|right|cool|great|thanks|thx|alright|hm+|oh|ah|uh|nope?|yes|yeah|yep|fine|well|sure|vale|ya|bueno|gracias|genial|perfecto|claro|uy|entiendo|好的?|嗯+|哦+|噢|行|了解|明白|谢谢)[\s\p{P}]+)*` +
	`(?:(?:and|but|or|what about|how about|what if|even if|even though|if|unless|same|only|es que|es q|it's just|its just|for|with|y|e|o|pero|aunque|si|y si|qué tal|que tal|lo mismo|para|con|en|a)\b|那|那么|如果|要是|假如|万一|换成|换做)` +
	`|[呢咧][\s\p{P}]*$|的话[\s\p{P}]*$`)

// pointsBack are words that stand for what was said before.
var pointsBack = regexp.MustCompile(`(?i)\b(?:it|its|it's|that|this|them|those|these|ones?|same|instead|either|too|others?|eso|esa|ese|esos|esas|otr[oa]s?|mism[oa]s?|tampoco|también)\b|\b(?:ahí|allí)|这|那|它|也|同样|一样|其他|其它|别的|刚才`)

// newMatter is how a turn begins that says that it is about something else.
var newMatter = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:(?:and|y|o|or)\s+)?(?:also|another|one more|by the way|btw|separately|además|ademas|otra (?:cosa|pregunta|duda)|por cierto|另外|还有|顺便|对了|再问|再请问)`)

// fullQuestion is how a question stands by itself, behind whatever joins it to the turn before.
var fullQuestion = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:(?:and|but|or|y|e|o|pero)\s+)?(?:do|does|did|can|could|is|are|will|would|have|has|how|when|where|which|who|why|hay|tenéis|teneis|tienen|puedo|podéis|se puede|cómo|como|cuándo|cuando|dónde|donde|cuánt[oa]s?|cuant[oa]s?|que|quién|quien|vend\S+|hac\S+)\b|^[\s\p{P}]*(?:(?:y|e|o|pero)\s+)?¿?qué |^[\s\p{P}]*(?:那|那么)?(?:你们|请问|有没有|怎么|如何|哪里|什么时候)`)

// before finds the article that answered the turn before, as it answers now.
func (e *enquiry) before(ctx context.Context) (exchange, error) {
	if e.earlier != nil {
		return *e.earlier, nil
	}
	e.earlier = &exchange{}
	said, ref := answeredBefore(e.q.Turns), ""
	if len(e.q.Previous) > 0 {
		said, ref = e.q.Previous[0].Title, e.q.Previous[0].ID
	}
	if said == "" || e.q.AskedBack {
		return *e.earlier, nil
	}
	result, err := e.ask(ctx, cutText(said, longestBefore))
	if err != nil {
		return exchange{}, err
	}
	for i, hit := range result.Hits {
		if hit.Ref == ref || ref == "" && i == 0 && result.Confidence >= saidFrom {
			*e.earlier = exchange{article: hit, known: true}
		}
	}
	return *e.earlier, nil
}

// answeredBefore returns what was last said to the shopper, where it was said to an answer of theirs.
func answeredBefore(turns []triage.Turn) string {
	i := len(turns)
	for i > 0 && turns[i-1].Role == "shopper" {
		i--
	}
	if i == 0 || previousText(turns) == "" {
		return ""
	}
	return turns[i-1].Text
}

// followUp finds what a turn asks that goes on from the one before, where its own words found alone. A turn without an
// answer before it, or one that is about something else, stays with that.
func (e *enquiry) followUp(ctx context.Context, text string, alone knowledge.Result) (knowledge.Result, error) {
	says, may := leansBack(text)
	if !may {
		return alone, nil
	}
	if carried, ok, err := e.carry(ctx, text, alone); ok || err != nil {
		return carried, err
	}
	earlier, err := e.before(ctx)
	if err != nil || !earlier.known {
		return alone, err
	}
	if alone.Decision == knowledge.DecideAnswer {
		if says && len(alone.Hits) > 0 && knowledge.NamesPlaceOf(text, earlier.article) && !knowledge.NamesPlaceOf(text, alone.Hits[0]) {
			return e.stay(ctx, text, earlier, alone)
		}
		return e.further(ctx, text, earlier, alone)
	}
	together, err := e.ask(ctx, knowledge.Elsewhere(earlier.article.Question, text)+" "+text)
	if err != nil {
		return alone, err
	}
	if i := sibling(alone, together, earlier.article.Ref); i >= 0 {
		return first(together, i, max(together.Hits[i].Confidence, alone.Confidence)), nil
	}
	if e.about(text, earlier, says) {
		return stayed(together, earlier.article.Ref, alone), nil
	}
	return alone, nil
}

// leansBack tells whether a turn says that it goes on from the one before, and whether it may.
func leansBack(text string) (says, may bool) {
	if newMatter.MatchString(text) {
		return false, false
	}
	words := meaningWords(text)
	back := pointsBack.MatchString(text) && words <= 2*fragmentWords
	if words > fragmentWords && fullQuestion.MatchString(text) { // "and do you sell live tigers?" says what it is about
		return back, back
	}
	says = back || goesOn.MatchString(text)
	return says, says || leansOnBefore(text)
}

// stay answers with the article of the turn before again.
func (e *enquiry) stay(ctx context.Context, text string, earlier exchange, alone knowledge.Result) (knowledge.Result, error) {
	together, err := e.ask(ctx, earlier.article.Question+" "+text)
	if err != nil {
		return alone, err
	}
	return stayed(together, earlier.article.Ref, alone), nil
}

// another is how a few words name another thing than the turn before: "what about my duvet", 那羽绒服呢.
var another = regexp.MustCompile(`(?i)\b(?:what|how) about\b|[呢咧][\s\p{P}]*$|^[\s\p{P}]*y (?:el|la|los|las|un|una|mi)\b|\bqu[ée] tal\b`)

// further finds what a few words mean that go on from the turn before where they mean something surer with it than without: "es que
// pagué con Bizum" after a question for a refund is about that.
func (e *enquiry) further(ctx context.Context, text string, earlier exchange, alone knowledge.Result) (knowledge.Result, error) {
	if !goesOn.MatchString(text) || meaningWords(text) > 2*fragmentWords || alone.Confidence >= carryBelow {
		return alone, nil
	}
	together, err := e.ask(ctx, knowledge.Elsewhere(earlier.article.Question, text)+" "+text)
	if err != nil || together.Decision != knowledge.DecideAnswer || together.Confidence < alone.Confidence ||
		together.Hits[0].Ref == earlier.article.Ref && (asking.MatchString(text) || another.MatchString(text)) { // what only tells more belongs to what was asked before
		return alone, err
	}
	for _, own := range alone.Hits {
		if own.Ref == together.Hits[0].Ref {
			return first(together, 0, min(together.Confidence, sureAtMost)), nil
		}
	}
	return alone, nil
}

// stayed puts the article of the turn before first, where it is likely enough.
func stayed(together knowledge.Result, ref string, alone knowledge.Result) knowledge.Result {
	for i, hit := range together.Hits {
		if hit.Ref == ref && hit.Confidence >= topicFrom {
			return first(together, i, min(hit.Confidence, sureAtMost))
		}
	}
	return alone
}

// sibling is the place among the hits of topic and new words together of another article than before, which the new words
// alone point to as well; -1 where there is none.
func sibling(alone, together knowledge.Result, before string) int {
	best, at := siblingFrom, -1
	for i, hit := range together.Hits {
		for _, own := range alone.Hits {
			if own.Ref != hit.Ref {
				continue
			}
			if mean := math.Sqrt(own.Confidence * hit.Confidence); mean >= best {
				best, at = mean, i
			}
		}
	}
	if at >= 0 && together.Hits[at].Ref == before {
		return -1
	}
	return at
}

// first is the result with the hit at place i taken for the answer.
func first(result knowledge.Result, i int, confidence float64) knowledge.Result {
	hit := result.Hits[i]
	result.Hits = append([]knowledge.Hit{hit}, slices.Delete(slices.Clone(result.Hits), i, i+1)...)
	result.Hits[0].Confidence = confidence
	result.Decision, result.Confidence = knowledge.DecideAnswer, confidence
	return result
}

// about tells whether a text can be about the article before it: it has the article's words or meaning, or it is too short
// to be about anything else. Two things said in one breath are two things more often.
func (e *enquiry) about(text string, before exchange, says bool) bool {
	most := fragmentWords
	if before.within {
		most--
	}
	if says && !fullQuestion.MatchString(text) && meaningWords(text) <= most {
		return true
	}
	return relevance(text, before.article, e.similar) >= relevantFrom
}

// relevance is how near a text is to an article's sentences in meaning and words.
func relevance(text string, article knowledge.Hit, similar func(a, b string) float64) float64 {
	words := map[string]bool{}
	addWords(words, text)
	if len(words) == 0 {
		return 0
	}
	g := newGround(sourcesOf([]knowledge.Hit{article}, Question{}, ""), false, similar)
	shared := 0
	for w := range words {
		if g.passages[w] {
			shared++
		}
	}
	near := 0.0
	if similar != nil {
		near = g.near(text)
	}
	return near + wordShare*float64(shared)/float64(len(words))
}

// meaningWords counts the words of a text that are not in every text.
func meaningWords(text string) int {
	words := map[string]bool{}
	addWords(words, text)
	return len(words)
}

// leansOnBefore tells a turn that may go on from the one before by its shortness alone.
func leansOnBefore(text string) bool {
	return utf8.RuneCountInString(text) <= 16 || (len(strings.Fields(text)) <= 9 && triage.Language(text, "") != "zh")
}
