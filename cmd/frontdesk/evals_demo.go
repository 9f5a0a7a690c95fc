package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"

	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge/exam"
)

// demo lets the demo shop sit its own exam, through everything that answers.
func (e *evals) demo(ctx context.Context) error {
	shop, err := e.app.seed(ctx, io.Discard)
	if err != nil {
		return err
	}
	for _, half := range []struct {
		name, file string
		open       bool
	}{{"demo exam, half to tune on", "tune.jsonl", true}, {"demo exam, final half", "final.jsonl", e.command.Final}} {
		path := filepath.Join(e.command.Exam, half.file)
		if !half.open {
			e.skip("%s: it is opened at the end, with --final", half.name)
			continue
		}
		if !e.there(half.name, path) {
			continue
		}
		questions, err := readExam(path)
		if err != nil {
			return err
		}
		report, err := exam.Run(ctx, e.app.base, shop, questions, e.app.examine, nil)
		if err != nil {
			return err
		}
		e.grade(half.name, report)
		e.say("  %s: done", half.name)
	}
	return nil
}

// grade adds the figures of one half.
func (e *evals) grade(name string, report exam.Report) {
	e.share(name+": passed", report.Passed, report.Total, "", "≥ 0.90")
	for _, rate := range report.Locales {
		e.share(name+": passed, "+rate.Name, rate.Passed, rate.Total, "", "≥ 0.87")
	}
	var needless, welcome, missed, due int
	var answers []scoring.Answer
	for _, r := range report.Results {
		handed, may := r.Got.Action == "handoff", slices.Contains(r.Expect.Action, "handoff")
		switch {
		case may && len(r.Expect.Action) == 1:
			due++
			if !handed {
				missed++
			}
		case !may:
			welcome++
			if handed {
				needless++
			}
		}
		if len(r.Expect.Articles)+len(r.Expect.All) > 0 && len(r.Got.Articles) > 0 {
			answers = append(answers, scoring.Answer{Gold: "right", Pred: map[bool]string{true: "right"}[r.OK], Score: r.Got.Confidence})
		}
	}
	e.share(name+": needless handovers", needless, welcome, "", "≤ 0.05")
	e.share(name+": missed handovers", missed, due, "", "≤ 0.02")
	if len(answers) > 0 {
		e.drawn(name+": coverage at 95 % precision", len(answers), over(answers, func(a []scoring.Answer) float64 { return scoring.Coverage(a, 0.05) }), "", "0.60")
	}
}
