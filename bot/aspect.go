package bot

import (
	"cmp"
	"context"
	"slices"

	"frontdesk/knowledge"
)

// unspokenShare is what is left of an article's confidence when it has no word of what is asked for: its lid, its weight,
// whether dogs may come in. Such an article was right about one in ten times.
const unspokenShare = 0.15

// heed lowers the articles that are about the same thing but say nothing of what was asked for.
func (e *enquiry) heed(ctx context.Context, text string, result knowledge.Result) (knowledge.Result, error) {
	unspoken, err := e.base.Unspoken(ctx, e.shop.ID, text, result.Hits)
	if err != nil || !slices.Contains(unspoken, true) {
		return result, err
	}
	result.Hits = slices.Clone(result.Hits)
	for i := range result.Hits {
		if unspoken[i] {
			result.Hits[i].Confidence *= unspokenShare
		}
	}
	return reordered(result, e.shop.Settings), nil
}

// reordered is a result whose hits' confidences have changed: the likeliest first, and decided anew.
func reordered(result knowledge.Result, settings knowledge.Settings) knowledge.Result {
	slices.SortStableFunc(result.Hits, func(a, b knowledge.Hit) int { return cmp.Compare(b.Confidence, a.Confidence) })
	answer, ask := settings.Thresholds()
	next := rivals(result.Hits)
	result.Confidence, result.Decision = result.Hits[0].Confidence, knowledge.DecideNone
	switch {
	case result.Confidence >= answer:
		result.Decision = knowledge.DecideAnswer
	case result.Confidence+next[0].Confidence+next[1].Confidence >= ask:
		result.Decision = knowledge.DecideAsk
	}
	return result
}
