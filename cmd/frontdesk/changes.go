package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
)

const (
	rehearsed = 300 // golden questions asked before and after
	ownAsked  = 20  // of the article's own phrasings
	shoppers  = 100 // missed questions, and as many answered ones, asked beside them

	askingTime = time.Minute // for the questions of one edit; publications of its articles wait for half of it
)

// probes are what an edit is tried out on: the article's own question and phrasings, golden questions, then recent ones of
// shoppers, missed and answered.
type probes struct {
	questions           []exam.Question
	own, golden, missed int // how many of them are
}

// ownProbes are what an article itself says that shoppers ask.
func ownProbes(a knowledge.Article) (own []exam.Question) {
	market := ""
	if len(a.Market) == 1 {
		market = a.Market[0]
	}
	texts := append([]string{a.Question}, a.Phrasings...)
	for _, text := range texts[:min(len(texts), ownAsked)] {
		own = append(own, exam.Question{Turns: []exam.Turn{{Role: "shopper", Text: text}}, Locale: a.Locale, Market: market})
	}
	return own
}

func (a *app) probes(ctx context.Context, shopID uuid.UUID, own []exam.Question) (p probes, err error) {
	golden, err := exam.NewStore(a.pool).Questions(ctx, shopID, exam.Golden)
	if err != nil && !errors.Is(err, exam.ErrNotFound) {
		return p, err
	}
	golden = golden[:min(len(golden), rehearsed)]
	missed, err := exam.Missed(ctx, a.base, shopID, shoppers)
	if err != nil {
		return p, err
	}
	asked, err := a.store.AskedLately(ctx, shopID, shoppers)
	if err != nil {
		return p, err
	}
	p = probes{slices.Concat(own, golden, missed), len(own), len(golden), len(missed)}
	for _, q := range asked {
		p.questions = append(p.questions, exam.Question{Turns: []exam.Turn{{Role: "shopper", Text: q.Text}}, Locale: q.Locale, Market: q.Market})
	}
	return p, nil
}

// source says where a question comes from.
func (p probes) source(i int) string {
	switch i -= p.own; {
	case i < 0:
		return "own"
	case i < p.golden:
		return "exam"
	case i < p.golden+p.missed:
		return "missed"
	}
	return "asked"
}

// sources counts where the first questions come from.
func (p probes) sources(asked int) (counts []editor.Source) {
	for i := range asked {
		source := p.source(i)
		if len(counts) == 0 || counts[len(counts)-1].Source != source {
			counts = append(counts, editor.Source{Source: source})
		}
		counts[len(counts)-1].Count++
	}
	return counts
}

// shown are the changes as an editor sees them, the worst first.
func (p probes) shown(found []exam.Change) []editor.Change {
	changes := make([]editor.Change, len(found))
	for i, c := range found {
		changes[i] = editor.Change{Question: c.Text, Source: p.source(c.Asked), Before: topOf(c.Before), After: topOf(c.After), Better: c.Better, Worse: c.Worse}
	}
	slices.SortStableFunc(changes, func(x, y editor.Change) int { return rank(x) - rank(y) })
	return changes
}

// changes tells an editor which of a draft's own questions, which golden ones and which recent ones of shoppers, missed or answered, a draft would
// answer differently.
func (a *app) changes(ctx context.Context, shop knowledge.Shop, draft knowledge.Article, progress func(asked, of int)) (editor.Rehearsal, error) {
	return a.rehearsed(ctx, shop, exam.Publishing(shop, draft), ownProbes(draft), progress)
}

// importChanges tells the same of the rows of a file.
func (a *app) importChanges(ctx context.Context, shop knowledge.Shop, rows []importer.Row, progress func(asked, of int)) (editor.Rehearsal, error) {
	return a.rehearsed(ctx, shop, func(ctx context.Context, rehearsal *knowledge.Base) error {
		_, err := importer.Apply(ctx, rehearsal, shop, rows, "", nil)
		return err
	}, nil, progress)
}

// rehearsed tries an edit out, within a bounded time.
func (a *app) rehearsed(ctx context.Context, shop knowledge.Shop, edit func(context.Context, *knowledge.Base) error, own []exam.Question, progress func(asked, of int)) (editor.Rehearsal, error) {
	p, err := a.probes(ctx, shop.ID, own)
	if err != nil {
		return editor.Rehearsal{}, err
	}
	found, known, err := exam.WhatChanges(ctx, a.base, shop, exam.Trial{Edit: edit, Questions: p.questions, Find: a.top, Within: askingTime, Progress: progress})
	if err != nil {
		return editor.Rehearsal{}, err
	}
	return editor.Rehearsal{Changes: p.shown(found), Asked: known, Of: len(p.questions), Sources: p.sources(known)}, nil
}

// finds tells an editor what a shopper who asks this gets, without a model.
func (a *app) finds(ctx context.Context, shop knowledge.Shop, t editor.Trial) (editor.Top, error) {
	top, err := a.top(ctx, a.base, shop, exam.Question{Turns: []exam.Turn{{Role: "shopper", Text: t.Question}}, Locale: t.Locale, Market: t.Market})
	return topOf(top), err
}

// top is what a question leads to on this base, on the path that a shopper's takes: an article that nobody is told of is
// none.
func (a *app) top(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q exam.Question) (top exam.Top, err error) {
	question := bot.Question{Market: q.Market, Locale: q.Locale, At: q.At(time.Now()), WithoutModel: true}
	for _, t := range q.Turns {
		question.Turns = append(question.Turns, triage.Turn{Role: t.Role, Text: t.Text})
	}
	reply, err := a.responderOn(base).Compose(ctx, shop, question, nil)
	if err != nil {
		return top, err
	}
	top.Decision, top.Confidence = knowledge.DecideNone, reply.Confidence
	switch {
	case reply.Action == bot.ActionAnswer && len(reply.Evidence) > 0:
		top.Decision, top.Ref = knowledge.DecideAnswer, reply.Evidence[len(reply.Evidence)-1].ID
		for _, e := range reply.Evidence {
			if e.Kind == "passage" {
				top.Ref = e.ID
				break
			}
		}
	case reply.Action == bot.ActionAsk && len(reply.Options) > 0:
		top.Decision, top.Ref = knowledge.DecideAsk, reply.Options[0].Ref
	}
	at := slices.IndexFunc(reply.Candidates, func(h knowledge.Hit) bool { return h.Ref == top.Ref })
	if at < 0 {
		return exam.Top{Decision: knowledge.DecideNone, Confidence: top.Confidence}, nil
	}
	top.Question, top.Answer = reply.Candidates[at].Question, reply.Candidates[at].Answer
	return top, nil
}

// rank puts first what an editor must see: what becomes wrong.
func rank(c editor.Change) int {
	switch {
	case c.Worse:
		return 0
	case c.Better:
		return 2
	}
	return 1
}

func topOf(t exam.Top) editor.Top {
	return editor.Top{Ref: t.Ref, Question: t.Question, Answer: t.Answer, Decision: t.Decision, Confidence: t.Confidence}
}
