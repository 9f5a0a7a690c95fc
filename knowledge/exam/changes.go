package exam

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

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

// Trial is an edit that is tried out on questions, inside a transaction that is undone.
type Trial struct {
	// Edit changes the base that it is given as the edit would.
	Edit func(ctx context.Context, rehearsal *knowledge.Base) error
	// Questions are asked before and after.
	Questions []Question
	// Find says what a question finds on a base; nil asks the search alone.
	Find func(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q Question) (Top, error)
	// Within bounds the asking, before and after together; 0 is no bound. What is not asked in time is left out. While the
	// edit is tried out, publications of the articles that it changes wait.
	Within time.Duration
	// Progress, which may be nil, is called with what has been asked, before and after counted.
	Progress func(asked, of int)
}

// Publishing is the edit that publishes a draft.
func Publishing(shop knowledge.Shop, draft knowledge.Article) func(context.Context, *knowledge.Base) error {
	return func(ctx context.Context, rehearsal *knowledge.Base) error {
		saved, err := rehearsal.Save(ctx, shop.ID, draft)
		if err != nil {
			return err
		}
		return rehearsal.Publish(ctx, shop.ID, saved.ID, saved.Version)
	}
}

// WhatChanges says which questions would get another article, other words or another decision if the edit were made, and
// how many of the questions that is known of: the first ones.
func WhatChanges(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, t Trial) (changes []Change, known int, err error) {
	if t.Progress == nil {
		t.Progress = func(int, int) {}
	}
	if t.Find == nil {
		t.Find = first
	}
	before, err := t.tops(ctx, base, shop, 0, len(t.Questions))
	if err != nil {
		return nil, 0, err
	}
	var after []Top
	err = base.Rehearse(ctx, func(rehearsal *knowledge.Base) error {
		if err := t.Edit(ctx, rehearsal); err != nil {
			return err
		}
		after, err = t.tops(ctx, rehearsal, shop, len(t.Questions), len(before))
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("what an edit would change: %w", err)
	}
	for i := range after {
		if !before[i].same(after[i]) {
			changes = append(changes, t.change(i, before[i], after[i]))
		}
	}
	return changes, len(after), nil
}

func (t Trial) change(i int, before, after Top) Change {
	right := t.Questions[i].Expect.refs()
	was, is := slices.Contains(right, before.Ref), slices.Contains(right, after.Ref)
	return Change{Asked: i, Text: t.Questions[i].Text(), Before: before, After: after, Better: is && !was, Worse: was && !is}
}

func (e Expectation) refs() []string { return append(slices.Clone(e.Articles), e.All...) }

// tops asks the first questions, as many as half of the time is enough for; so many were asked before.
func (t Trial) tops(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, before, most int) ([]Top, error) {
	all := make([]Top, 0, most)
	began := time.Now()
	for i, q := range t.Questions[:most] {
		if t.Within > 0 && time.Since(began) > t.Within/2 {
			break
		}
		top, err := t.Find(ctx, base, shop, q)
		if err != nil {
			return nil, err
		}
		all = append(all, top)
		t.Progress(before+i+1, 2*len(t.Questions))
	}
	return all, nil
}

// first is what the search finds first.
func first(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q Question) (Top, error) {
	result, err := base.Search(ctx, shop, knowledge.Query{Text: q.Text(), Locale: q.Locale, Market: q.Market, Limit: 1})
	top := Top{Decision: result.Decision}
	if err == nil && len(result.Hits) > 0 {
		hit := result.Hits[0]
		top.Ref, top.Question, top.Answer, top.Confidence = hit.Ref, hit.Question, hit.Answer, result.Confidence
	}
	return top, err
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
