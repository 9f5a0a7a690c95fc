package main

import (
	"context"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/signin"
	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// editorOf tells the knowledge pages who edits.
func editorOf(c echo.Context) (editor.Editor, bool) {
	p, ok := signin.Person(c)
	return editor.Editor{Name: p.Name}, ok
}

// tryOut asks the bot what it would say, for an editor who tries a question.
func (a *app) tryOut(ctx context.Context, shop knowledge.Shop, trial editor.Trial) (editor.Tried, error) {
	reply, err := a.responder.Compose(ctx, shop, bot.Question{
		Turns: []triage.Turn{{Role: "shopper", Text: trial.Question, At: trial.At}}, Locale: trial.Locale, Market: trial.Market, At: trial.At,
	}, nil)
	if err != nil {
		return editor.Tried{}, err
	}
	tried := editor.Tried{Action: reply.Action, Text: reply.Text, Language: reply.Language, Level: reply.Level, Confidence: reply.Confidence}
	for _, r := range reply.Reasons {
		tried.Reasons = append(tried.Reasons, editor.Reason{Kind: string(r.Kind), Score: r.Score})
	}
	return tried, nil
}

// zone is the clock of a shop, for pages that know only its id.
func (a *app) zone(ctx context.Context, shopID uuid.UUID) *time.Location {
	shop, err := a.base.Shop(ctx, shopID)
	if err != nil {
		a.log.Warn("a page shows UTC: the shop's time zone is unknown", "shop", shopID, "error", err)
		return time.UTC
	}
	return shop.Location()
}

// suggest puts what an agent had to answer by hand among the questions that editors look through.
func (a *app) suggest(ctx context.Context, shopID, conversationID uuid.UUID, question, language string) error {
	return a.base.Missed(ctx, shopID, knowledge.Missed{Text: question, Locale: language, Outcome: "suggested", Conversation: conversationID})
}
