package bot

import (
	"context"
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

const (
	relevantFrom  = 0.35 // nearness and half the share of its words, from which a text may be about an article
	fragmentWords = 3    // words with a meaning that what is no sentence of its own has at most
	saidFrom      = 0.4  // confidence that what was said last is an article's answer
	longestBefore = 300  // code points that are read of an answer to find its article again
	sureAtMost    = 0.85 // least confidence of what was picked or a turn leans on, and most of what is preferred for its time
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
	if ref == "" && result.Confidence < saidFrom { // said otherwise than the article does
		if result, err = e.ask(ctx, cutText(previousText(e.q.Turns)+" "+said, longestBefore)); err != nil {
			return exchange{}, err
		}
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

// followUp finds what a turn asks that goes on from the one before, where its own words found alone: whichever article is the likeliest
// by those, by what was asked before, and by both. A turn without an answer before it stays with what it found alone.
func (e *enquiry) followUp(ctx context.Context, text string, alone knowledge.Result) (knowledge.Result, error) {
	if !mayLean(text) {
		return alone, nil
	}
	earlier, err := e.before(ctx)
	if err != nil || !earlier.known {
		return alone, err
	}
	readings, err := e.readings(ctx, text, alone, earlier)
	if err != nil {
		return alone, err
	}
	out := alone
	out.Hits = nil
	for i, p := range weigh(readings) {
		hit := readings[i].Hit
		if hit.Confidence = p; p >= LeaningFrom {
			hit.Confidence = max(p, sureAtMost)
		}
		out.Hits = append(out.Hits, hit)
	}
	out = reordered(out, e.shop.Settings)
	if alone.Decision == knowledge.DecideAnswer && out.Hits[0].Ref == alone.Hits[0].Ref || earlier.within && out.Hits[0].Ref == earlier.article.Ref && alone.Decision != knowledge.DecideNone {
		return alone, nil // what both find is as sure as it is alone; two things said in one breath are two things more often
	}
	return out, nil
}

// first is the result with the hit at place i taken for the answer.
func first(result knowledge.Result, i int, confidence float64) knowledge.Result {
	hit := result.Hits[i]
	result.Hits = append([]knowledge.Hit{hit}, slices.Delete(slices.Clone(result.Hits), i, i+1)...)
	result.Hits[0].Confidence = confidence
	result.Decision, result.Confidence = knowledge.DecideAnswer, confidence
	return result
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
