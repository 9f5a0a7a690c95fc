package exam

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Change is a question whose first answer an edit changes.
type Change struct {
	Text   string
	Locale string
	Golden bool // its article is known; a recent question of a shopper otherwise
	Before Top
	After  Top
	Better bool // golden ones only: it finds its article now and did not before
	Worse  bool // golden ones only: it found its article before and does not any more
}

// Top is what a search puts first.
type Top struct {
	Ref        string // "" for nothing
	Question   string
	Confidence float64
	Decision   knowledge.Decision
}

// noticed is by how much a confidence moves before an editor is shown it.
const noticed = 0.1

// WhatChanges says for which questions the first answer would be another one, or another decision, if the draft were
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
		moved := max(b.Confidence-a.Confidence, a.Confidence-b.Confidence)
		if b.Ref == a.Ref && b.Decision == a.Decision && moved < noticed {
			continue
		}
		right := q.Expect.refs()
		c := Change{Text: q.Text(), Locale: q.Locale, Golden: len(right) > 0, Before: b, After: a}
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
			all[i].Ref, all[i].Question, all[i].Confidence = result.Hits[0].Ref, result.Hits[0].Question, result.Confidence
		}
	}
	return all, nil
}

// Recent returns missed questions of the shop, one of each meaning and the most frequent first, without saying what they
// should find.
func Recent(ctx context.Context, base *knowledge.Base, shopID uuid.UUID, limit int) ([]Question, error) {
	groups, err := base.MissedQuestions(ctx, shopID, knowledge.MissedOpen)
	if err != nil {
		return nil, err
	}
	var recent []Question
	for _, g := range groups[:min(limit, len(groups))] {
		m := g.Questions[0]
		recent = append(recent, Question{ID: m.ID.String(), Turns: []Turn{{Role: "shopper", Text: m.Text}}, Locale: m.Locale})
	}
	return recent, nil
}
