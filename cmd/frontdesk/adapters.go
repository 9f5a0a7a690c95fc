package main

import (
	"context"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff"
	"frontdesk/handoff/inbox"
	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// editorOf tells the knowledge pages who edits.
func editorOf(c echo.Context) (editor.Editor, bool) {
	p, ok := signin.Person(c)
	return editor.Editor{ID: p.ID, Name: p.Name}, ok
}

// recordEditor writes into the audit log what an editor, or a token of theirs, did.
func (a *app) recordEditor(ctx context.Context, shop knowledge.Shop, who editor.Editor, action, subject string, detail map[string]any) error {
	entry := handoff.Entry{Who: who.Name, Action: action, Subject: subject, Detail: detail}
	if who.ID != uuid.Nil {
		entry.StaffID = &who.ID
	}
	return a.desk.Record(ctx, shop.ID, entry)
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

// agentsFinds is how many articles an agent's search shows.
const agentsFinds = 6

// worthAgentsLook keeps what shares words or meaning with a search: an agent judges for themselves what fits.
func worthAgentsLook(h knowledge.Hit) bool {
	return h.Confidence >= 0.05 || h.Words >= 0.3 || h.Similarity >= 0.45
}

// find searches the published articles for an agent.
func (a *app) find(ctx context.Context, l inbox.Lookup) ([]inbox.Article, error) {
	shop, err := a.base.Shop(ctx, l.ShopID)
	if err != nil {
		return nil, err
	}
	found, err := a.base.Search(ctx, shop, knowledge.Query{Text: l.Text, Locale: l.Locale, Market: orText(l.Market, shop.Market), Limit: agentsFinds})
	if err != nil {
		return nil, err
	}
	var list []inbox.Article
	for _, h := range found.Hits {
		if worthAgentsLook(h) {
			list = append(list, inbox.Article{Ref: h.Ref, Locale: h.Locale, Question: h.Question, Answer: h.Answer})
		}
	}
	return list, nil
}

// rewords is the shops' models as the agents' pages know them.
type rewords struct{ *app }

// Can implements inbox.Rewords.
func (r rewords) Can(ctx context.Context, shopID uuid.UUID) bool {
	shop, err := r.base.Shop(ctx, shopID)
	return err == nil && r.responder.CanReword(shop)
}

// Reword implements inbox.Rewords.
func (r rewords) Reword(ctx context.Context, q inbox.Rewording) (inbox.Reworded, error) {
	shop, err := r.base.Shop(ctx, q.ShopID)
	if err != nil {
		return inbox.Reworded{}, err
	}
	out, err := r.responder.Reword(ctx, shop, q.How, q.Text, q.Language)
	return inbox.Reworded{Text: out.Text, Figures: out.Figures}, err
}
