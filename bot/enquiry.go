package bot

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
)

// enquiry looks things up for one turn.
type enquiry struct {
	*Responder
	shop     knowledge.Shop
	q        Question
	language string
	earlier  *exchange // nil until it was looked for
}

// search asks the base; a question that goes on from the turn before is asked together with that.
func (e *enquiry) search(ctx context.Context, text string) (finding, error) {
	alone, err := e.ask(ctx, text)
	if err != nil {
		return finding{}, err
	}
	result, err := e.followUp(ctx, text, alone)
	if err == nil {
		result, err = e.heed(ctx, text, result)
	}
	result = timed(text, result, e.shop.Settings)
	unsaid := previousText(e.q.Turns) == "" && tooVague(text, result)
	if unsaid {
		result.Confidence *= vagueShare
	}
	if unsaid && result.Decision == knowledge.DecideAnswer {
		result.Decision = knowledge.DecideAsk
	}
	f := finding{text: text, result: result, vague: unsaid}
	if err == nil {
		err = e.heedNotices(ctx, &f)
	}
	f.again = len(f.result.Hits) > 0 && slices.ContainsFunc(e.q.Previous, func(p conversation.Evidence) bool { return p.ID == f.result.Hits[0].Ref })
	return f, err
}

// ask searches for a text as it stands and, where that is not sure, in the words that most people write.
func (e *enquiry) ask(ctx context.Context, text string) (knowledge.Result, error) {
	written, err := e.find(ctx, text)
	said := knowledge.Standard(text)
	if err != nil || said == text || written.Decision == knowledge.DecideAnswer {
		return written, err
	}
	standard, err := e.find(ctx, said)
	if err == nil && standard.Confidence > written.Confidence {
		return standard, nil
	}
	return written, err
}

func (e *enquiry) find(ctx context.Context, text string) (knowledge.Result, error) {
	query := knowledge.Query{Text: text, Locale: e.language, Market: orElse(e.q.Market, e.shop.Market), At: e.q.At, Limit: 10}
	result, err := e.base.Search(ctx, e.shop, query)
	if err != nil {
		return result, fmt.Errorf("search for shop %s: %w", e.shop.ID, err)
	}
	return result, nil
}
