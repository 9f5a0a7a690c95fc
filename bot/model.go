package bot

import (
	"context"

	"frontdesk/knowledge"
)

// Model completes a prompt. Delta is called with each piece of text as it comes; it may be nil.
type Model interface {
	Name() string
	Complete(ctx context.Context, p Prompt, delta func(string)) (Completion, error)
}

// Models gives the model that a shop answers with, nil for none.
type Models func(shop knowledge.Shop) Model

// Prompt is one call of a model: what it is to do, and the data to do it with.
type Prompt struct {
	System    string
	User      string
	MaxTokens int
}

// Completion is what came back.
type Completion struct {
	Text             string
	PromptTokens     int
	CompletionTokens int
}

func (r *Responder) model(shop knowledge.Shop) Model {
	if r.models == nil {
		return nil
	}
	return r.models(shop)
}
