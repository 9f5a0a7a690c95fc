package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"
)

// smallRight and smallInside are what each small shop counts beside the sets in training: their questions are written to be
// hard, and none of them was ever sent.
const (
	smallRight  = 0.1
	smallInside = 0.01
)

// askSmallShops adds what the small shops teach, and returns their names.
func (e *evals) askSmallShops(ctx context.Context, all map[situation]map[string][]lesson) (names []string, err error) {
	paths, err := filepath.Glob(filepath.Join(e.command.Shops, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		e.skip("small shops: none in %s", e.command.Shops)
	}
	for _, path := range paths {
		small, err := readFAQ(path)
		if err != nil {
			return nil, err
		}
		for with, lessons := range all {
			if lessons[small.name], err = e.askSmall(ctx, small, with); err != nil {
				return nil, err
			}
		}
		names = append(names, small.name)
	}
	return names, nil
}

// askSmall imports a small shop and asks its questions there.
func (e *evals) askSmall(ctx context.Context, small faq, with situation) ([]lesson, error) {
	shop, err := e.fillShop(ctx, small, with)
	if err != nil {
		return nil, err
	}
	all := make([]asked, len(small.questions))
	for i, q := range small.questions {
		result, err := e.app.base.Search(ctx, shop, knowledge.Query{Text: q.Text, Locale: q.Lang})
		if err != nil {
			return nil, err
		}
		all[i] = askedOf(fmt.Sprintf("%s-%d", small.name, i), result, q.Refs)
	}
	return []lesson{{all, smallRight, smallInside}}, nil
}

// askedOf is a question of which any of these refs is the answer; none of them, and it is outside.
func askedOf(id string, result knowledge.Result, refs []string) asked {
	a := asked{id: id}
	if len(refs) > 0 {
		a.Gold = "found"
	}
	if len(result.Hits) > 0 {
		a.Pred, a.Score, a.signals = result.Hits[0].Ref, result.Confidence, result.Signals
		if slices.Contains(refs, a.Pred) {
			a.Pred = "found"
		}
	}
	return a
}

// judgeSmall adds the figures of the small shops, each judged by what the others and the sets teach.
func (e *evals) judgeSmall(names []string, answers map[string][]lesson) {
	var judged []scoring.Answer
	for _, name := range names {
		judged = append(judged, train(others(answers, name)).judge(answers[name][0].all)...)
	}
	if len(judged) == 0 {
		return
	}
	right, inside := scoring.Accuracy(judged)
	e.share("small shops: accuracy, all answered", right, inside, "", "")
	e.drawn("small shops: AUROC of what is outside", len(judged), over(judged, scoring.OutsideAUROC), "", "")
	e.drawn("small shops: calibration error, shop left out", len(judged), over(judged, scoring.CalibrationError), "", "0.05")
}
