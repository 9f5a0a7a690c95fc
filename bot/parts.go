package bot

import (
	"context"
	"regexp"
	"strings"

	"frontdesk/knowledge"
)

// joined is where a message goes on to something else without a stop: a joining word and the beginning of a question or
// of another thing that happened. The group is where the second part begins.
var joined = regexp.MustCompile(`(?i)[\s,;.]((?:and|n|&|plus|then|also|y|e)\s+(?:then\s+|also\s+|i also|además|también|encima|de paso|otra cosa|how|what|whats|when|where|which|can|could|do|does|is|are|will|qué|cómo|cuánt[oa]s?|cuándo|dónde|si luego|puedo|hay)\b)`)

const leastPart = 3 // words of a part

// parts are what a turn asks, apart: as it was judged, and cut once more where a joining word leads to something else.
func parts(intents []string) (out []string, cut bool) {
	for _, intent := range intents {
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
		if len(each) == len(further) && differ(each) && likely(each) {
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
	case len(each) == 0:
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

// likely tells whether every finding is worth a guess at least.
func likely(each []finding) bool {
	for _, f := range each {
		if !f.sure() && (f.result.Decision == knowledge.DecideNone || f.result.Confidence < guessLeastOfSeveral) {
			return false
		}
	}
	return true
}
