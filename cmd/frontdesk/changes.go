package main

import (
	"context"
	"errors"

	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/exam"
)

const (
	goldenExam   = "golden" // the exam that an editor sees before publishing; `frontdesk exam` fills it
	rehearsed    = 300      // golden questions asked before and after
	recentAsked  = 100      // missed questions asked beside them
	sourceGolden = "exam"
	sourceMissed = "missed"
)

// changes tells an editor which golden and missed questions a draft would answer differently. A shop without an exam has
// its missed questions.
func (a *app) changes(ctx context.Context, shop knowledge.Shop, draft knowledge.Article) ([]editor.Change, error) {
	questions, err := exam.NewStore(a.pool).Questions(ctx, shop.ID, goldenExam)
	if err != nil && !errors.Is(err, exam.ErrNotFound) {
		return nil, err
	}
	recent, err := exam.Recent(ctx, a.base, shop.ID, recentAsked)
	if err != nil {
		return nil, err
	}
	found, err := exam.WhatChanges(ctx, a.base, shop, draft, append(questions[:min(len(questions), rehearsed)], recent...))
	if err != nil {
		return nil, err
	}
	changes := make([]editor.Change, len(found))
	for i, c := range found {
		changes[i] = editor.Change{Question: c.Text, Source: sourceMissed, Before: topOf(c.Before), After: topOf(c.After), Better: c.Better, Worse: c.Worse}
		if c.Golden {
			changes[i].Source = sourceGolden
		}
	}
	return changes, nil
}

func topOf(t exam.Top) editor.Top {
	return editor.Top{Ref: t.Ref, Question: t.Question, Decision: t.Decision, Confidence: t.Confidence}
}
