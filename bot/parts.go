package bot

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"frontdesk/knowledge"
)

// joined is where a message goes on to something else without a stop: a joining word and the beginning of a question or
// of another thing that happened. The group is where the second part begins.
var joined = regexp.MustCompile(`(?i)[\s,;.]((?:and|n|&|plus|then|also|y|e)\s+(?:then\s+|also\s+|i also|if|once|who|why|should|además|también|encima|de paso|otra cosa|how|what|whats|when|where|which|can|could|do|does|is|are|will|qué|cómo|cuánt[oa]s?|cuándo|dónde|quién|por qué|si|puedo|hay|tenéis|teneis|tienen|hacéis|haceis|hacen|aceptáis|aceptan|cobráis|cobran|podéis|pueden|se puede|(?:me|lo|la|los|las|os|te) (?:hac\S+|pued\S+|pod\S+|cobr\S+|mand\S+|dais|dan|cubr\S+|cambi\S+))\b)`)

const leastPart = 3 // words of a part

// In Chinese a clause begins another thing where it says so, or where it asks and the one before it has asked.
var (
	beginsMore = regexp.MustCompile(`^\s*(?:还有|另外|顺便|再问|再请问|对了|此外|以及|还想问|还想知道)`)
	asksHan    = regexp.MustCompile(`怎么|咋|如何|吗|呢|多久|几[天时点年个号]|多少|什么|啥|哪|能不能|可不可以|是不是|要不要|有没有|会不会|可以|[不没么伐咩][\s\p{P}]*$`)
	clause     = regexp.MustCompile(`[，,；;。！!？?\n]+`)
	gap        = regexp.MustCompile(`(\p{Han})[ 　]+(\p{Han})`) // stands for a comma in Chinese, and for nothing beside other words
)

const leastHan = 4 // characters of a part

// clausesApart cuts a Chinese text into the things that it asks; one where it asks one.
func clausesApart(text string) (out []string) {
	asked := false
	for _, c := range clause.Split(gap.ReplaceAllString(text, "$1，$2"), -1) {
		asks := asksHan.MatchString(c)
		switch n := len(out); {
		case c == "":
			continue
		case n == 0:
			out = append(out, c)
		case utf8.RuneCountInString(c) >= leastHan && (beginsMore.MatchString(c) || asked && asks):
			out, asked = append(out, c), false
		default:
			out[n-1] += "，" + c
		}
		asked = asked || asks
	}
	return out
}

// parts are what a turn asks, apart: as it was judged, and cut once more where a joining word leads to something else.
func parts(intents []string) (out []string, cut bool) {
	for _, intent := range intents {
		if further := clausesApart(intent); strings.ContainsFunc(intent, isHan) && len(further) > 1 {
			out, cut = append(out, further...), true
			continue
		}
		rest := intent
		for {
			at := joined.FindStringSubmatchIndex(rest)
			if at == nil || len(strings.Fields(rest[:at[2]])) < leastPart || len(strings.Fields(rest[at[2]:])) < leastPart {
				break
			}
			out, rest, cut = append(out, strings.TrimRight(rest[:at[2]], " ,;.")), rest[at[2]:], true
		}
		out = append(out, rest)
	}
	return out, cut
}

// lookUp searches for the whole turn and, where it asks several things that have different answers, for each of them.
func (r *Responder) lookUp(ctx context.Context, shop knowledge.Shop, q Question, text string, reply *Reply) ([]finding, error) {
	e := &enquiry{Responder: r, shop: shop, q: q, language: reply.Language}
	if missed := collected(q.Turns); len(missed) > 1 {
		found, err := e.catchUp(ctx, missed)
		if reply.catchingUp = len(found) > 0; err != nil || reply.catchingUp {
			return found, err
		}
	}
	whole, err := e.search(ctx, text)
	if err != nil {
		return nil, err
	}
	intents := reply.Verdict.Intents
	if len(intents) < 2 {
		intents = []string{text}
	}
	if further, cut := parts(intents); cut && len(further) <= maxIntents {
		each, err := e.each(ctx, further)
		if err != nil {
			return nil, err
		}
		if len(each) == len(further) && differ(each) && likely(each) && !trails(whole, each) {
			return each, nil
		}
	}
	if len(intents) < 2 || len(intents) > maxIntents {
		return []finding{whole}, nil
	}
	each, err := e.each(ctx, intents)
	if err != nil {
		return nil, err
	}
	if apart(whole, each) {
		return each, nil
	}
	return []finding{whole}, nil
}

// each searches for every part. One that leans goes on from the part before it, and is no part of its own where it finds
// nothing else.
func (e *enquiry) each(ctx context.Context, parts []string) ([]finding, error) {
	before := e.earlier
	defer func() { e.earlier = before }()
	var out []finding
	for _, part := range parts {
		f, err := e.search(ctx, part)
		if err != nil {
			return nil, err
		}
		known := f.result.Decision != knowledge.DecideNone && len(f.result.Hits) > 0
		switch {
		case known && !f.sure() && f.result.Confidence < guessLeast && !asking.MatchString(part):
			// "paid just now" tells, and asks nothing
		case known:
			out = append(out, f)
		case len(out) > 0 && meaningWords(part) < fragmentWords && (pointsBack.MatchString(part) || !fullQuestion.MatchString(part)):
			// "is that so?" and "or what?" belong to the part before
		case strings.ContainsAny(part, "?？"): // what asks nothing needs no answer
			out = append(out, f)
		}
		if f.sure() {
			e.earlier = &exchange{article: f.result.Hits[0], known: true, within: true}
		}
	}
	return out, nil
}

// apart tells whether the parts of a turn answer it better than the whole of it does.
func apart(whole finding, each []finding) bool {
	sure, unresolved := false, false
	for _, f := range each {
		sure = sure || f.sure()
		unresolved = unresolved || !f.sure() && asksSomething(f.text)
	}
	switch {
	case len(each) == 0 || trails(whole, each):
		return false
	case whole.result.Decision == knowledge.DecideNone:
		return sure || likely(each)
	}
	return differ(each) || sure && (unresolved || !whole.sure())
}

// differ tells whether the findings have more than one answer.
func differ(each []finding) bool {
	refs := map[string]bool{}
	for _, f := range each {
		if f.result.Decision != knowledge.DecideNone && len(f.result.Hits) > 0 {
			refs[f.result.Hits[0].Ref] = true
		}
	}
	return len(refs) > 1
}

// trails tells whether the last part is a word or two without an answer of their own, as 几天到 is behind 新疆发货吗: what surely
// answers the whole answers them, too, or nobody who has read it wants to be asked what they meant.
func trails(whole finding, each []finding) bool {
	last := each[len(each)-1]
	return whole.sure() && !last.sure() && meaningWords(last.text) < fragmentWords
}

// likely tells whether every finding is worth a guess at least.
func likely(each []finding) bool {
	for _, f := range each {
		if !f.sure() && (f.result.Decision == knowledge.DecideNone || f.result.Confidence < guessLeastOfSeveral) {
			return false
		}
	}
	return true
}
