package exam

import (
	"context"
	"fmt"
	"math"
	"slices"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Change is a question whose first answer an edit changes.
type Change struct {
	Asked  int // its place among the questions that were asked, from 0
	Text   string
	Before Top
	After  Top
	Better bool // golden ones only: it finds its article now and did not before
	Worse  bool // golden ones only: it found its article before and does not any more
}

// Top is what a search puts first.
type Top struct {
	Ref        string // "" for nothing
	Question   string
	Answer     string
	Confidence float64
	Decision   knowledge.Decision
}

// noticed is by how much a confidence moves before an editor is shown it.
const noticed = 0.1

// same says whether a shopper notices no difference.
func (t Top) same(o Top) bool {
	if t.Decision == knowledge.DecideNone && o.Decision == knowledge.DecideNone {
		return true
	}
	return t.Ref == o.Ref && t.Decision == o.Decision && t.Answer == o.Answer && math.Abs(t.Confidence-o.Confidence) < noticed
}

// WhatChanges says which questions would get another article, other words or another decision if the draft were
// published. It is asked inside a transaction that is undone.
func WhatChanges(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, draft knowledge.Article, questions []Question) ([]Change, error) {
	before, err := tops(ctx, base, shop, questions)
	if err != nil {
		return nil, err
	}
	var after []Top
	err = base.Rehearse(ctx, func(rehearsal *knowledge.Base) error {
		saved, err := rehearsal.Save(ctx, shop.ID, draft)
		if err != nil {
			return err
		}
		if err := rehearsal.Publish(ctx, shop.ID, saved.ID, saved.Version); err != nil {
			return err
		}
		after, err = tops(ctx, rehearsal, shop, questions)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("what article %q would change: %w", draft.Ref, err)
	}
	var changes []Change
	for i, q := range questions {
		b, a := before[i], after[i]
		if b.same(a) {
			continue
		}
		right := q.Expect.refs()
		c := Change{Asked: i, Text: q.Text(), Before: b, After: a}
		was, is := slices.Contains(right, b.Ref), slices.Contains(right, a.Ref)
		c.Better, c.Worse = is && !was, was && !is
		changes = append(changes, c)
	}
	return changes, nil
}

func (e Expectation) refs() []string { return append(slices.Clone(e.Articles), e.All...) }

func tops(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, questions []Question) ([]Top, error) {
	all := make([]Top, len(questions))
	for i, q := range questions {
		result, err := base.Search(ctx, shop, knowledge.Query{Text: q.Text(), Locale: q.Locale, Market: q.Market, Limit: 1})
		if err != nil {
			return nil, err
		}
		all[i].Decision = result.Decision
		if len(result.Hits) > 0 {
			top := result.Hits[0]
			all[i].Ref, all[i].Question, all[i].Answer, all[i].Confidence = top.Ref, top.Question, top.Answer, result.Confidence
		}
	}
	return all, nil
}

// Missed returns missed questions of the shop, those of many askers first, without saying what they should find: what is
// open, and what an editor has just written an article for.
func Missed(ctx context.Context, base *knowledge.Base, shopID uuid.UUID, limit int) ([]Question, error) {
	var missed []Question
	for _, state := range []string{knowledge.MissedDone, knowledge.MissedOpen} {
		groups, err := base.MissedQuestions(ctx, shopID, state)
		if err != nil {
			return nil, err
		}
		for _, g := range groups[:min(limit/2, len(groups))] {
			m := g.Questions[0]
			missed = append(missed, Question{ID: m.ID.String(), Turns: []Turn{{Role: "shopper", Text: m.Text}}, Locale: m.Locale})
		}
	}
	return missed, nil
}
