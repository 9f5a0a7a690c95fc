package bot

import (
	"context"
	"regexp"

	"frontdesk/knowledge"
)

// standsFor are words that stand for a thing that was named before: "it", 它, and the pronouns of Spanish verbs.
var standsFor = regexp.MustCompile(`(?i)\b(?:it|its|it's|they|them|that one|this one|eso|ese|esa)\b` +
	`|^[\s\p{P}]*(?:(?:y|pero) )?[\s\p{P}]*(?:lo|la|los|las) \p{L}+o\b|\b(?:cómo|como|cuándo|dónde|se|me|no|si) (?:lo|la|los|las) \p{L}+[oae]\b|\b(?:lo|la|los|las) puedo\b|\p{L}(?:ar|er|ir)(?:lo|la|los|las)\b` +
	`|它|这[个件条双款]|那[个件条双款能可要会]|这能`)

const (
	carryBelow = 0.99 // what is surer by its own words needs no thing from before: "how do I return it?"
	carryFrom  = 0.6  // the least confidence with the turn before
)

// carry finds what a turn asks of a thing that the turn before named: "and how do I wash it?" alone finds how to wash anything.
// The turn's own words must find the same article or be near it, or it would be about the turn before alone.
func (e *enquiry) carry(ctx context.Context, text string, alone knowledge.Result) (result knowledge.Result, ok bool, err error) {
	before := previousText(e.q.Turns)
	if before == "" || e.q.AskedBack || alone.Confidence >= carryBelow || !standsFor.MatchString(text) || e.earlier != nil && e.earlier.within {
		return alone, false, nil
	}
	together, err := e.ask(ctx, cutText(before, longestBefore)+" "+text)
	if err != nil || together.Decision != knowledge.DecideAnswer || together.Confidence < carryFrom {
		return alone, false, err
	}
	for _, own := range alone.Hits {
		if own.Ref == together.Hits[0].Ref {
			return first(together, 0, min(together.Confidence, sureAtMost)), true, nil
		}
	}
	if relevance(text, together.Hits[0], e.similar) >= relevantFrom {
		return first(together, 0, min(together.Confidence, sureAtMost)), true, nil
	}
	return alone, false, nil
}
