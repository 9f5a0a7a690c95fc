package main

import (
	"context"
	"errors"
	"slices"

	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/exam"
)

const (
	rehearsed = 300 // golden questions asked before and after
	shoppers  = 100 // missed questions, and as many answered ones, asked beside them
)

// changes tells an editor which golden questions and which recent ones of shoppers, missed or answered, a draft would
// answer differently.
func (a *app) changes(ctx context.Context, shop knowledge.Shop, draft knowledge.Article) ([]editor.Change, error) {
	golden, err := exam.NewStore(a.pool).Questions(ctx, shop.ID, exam.Golden)
	if err != nil && !errors.Is(err, exam.ErrNotFound) {
		return nil, err
	}
	golden = golden[:min(len(golden), rehearsed)]
	missed, err := exam.Missed(ctx, a.base, shop.ID, shoppers)
	if err != nil {
		return nil, err
	}
	asked, err := a.store.AskedLately(ctx, shop.ID, shoppers)
	if err != nil {
		return nil, err
	}
	questions := slices.Concat(golden, missed)
	for _, q := range asked {
		questions = append(questions, exam.Question{Turns: []exam.Turn{{Role: "shopper", Text: q.Text}}, Locale: q.Locale, Market: q.Market})
	}
	found, err := exam.WhatChanges(ctx, a.base, shop, draft, questions)
	if err != nil {
		return nil, err
	}
	changes := make([]editor.Change, len(found))
	for i, c := range found {
		source := "asked"
		switch {
		case c.Asked < len(golden):
			source = "exam"
		case c.Asked < len(golden)+len(missed):
			source = "missed"
		}
		changes[i] = editor.Change{Question: c.Text, Source: source, Before: topOf(c.Before), After: topOf(c.After), Better: c.Better, Worse: c.Worse}
	}
	slices.SortStableFunc(changes, func(x, y editor.Change) int { return rank(x) - rank(y) })
	return changes, nil
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
