package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"
	"frontdesk/knowledge/demo"
	"frontdesk/knowledge/exam"
)

// demo lets the demo shop sit its own exam, through everything that answers.
func (e *evals) demo(ctx context.Context) error {
	shop, err := e.app.seed(ctx, io.Discard)
	if err != nil {
		return err
	}
	if err := e.settle(ctx, shop, learned); err != nil {
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

// demoSet is the half of the demo shop's exam that is there to tune on, as one more set: a shop with long answers, three
// languages and markets, which the public sets have not.
func demoSet() evalSet { return evalSet{name: "demo", right: 2, inside: 0.75} }

// askDemo asks the search what single questions of the demo shop's exam need. Questions that the judgement hands over by
// itself never reach the search and are left out.
func (e *evals) askDemo(ctx context.Context, with situation) ([]asked, error) {
	path := filepath.Join(e.command.Exam, "tune.jsonl")
	if !e.there("demo: confidence", path) {
		return nil, nil
	}
	questions, err := readExam(path)
	if err != nil {
		return nil, err
	}
	shop, err := e.app.base.AddShop(ctx, knowledge.Shop{Slug: "demo-" + string(with), Locale: demo.DefaultLocale, TimeZone: demo.TimeZone, ActiveSpace: with.space()})
	if err != nil {
		return nil, err
	}
	if err := e.app.importAll(ctx, shop, demo.Articles(time.Now(), shop.Location()), io.Discard); err != nil {
		return nil, err
	}
	if err := e.settle(ctx, shop, with); err != nil {
		return nil, err
	}
	return e.askExam(ctx, shop, questions)
}

func (e *evals) askExam(ctx context.Context, shop knowledge.Shop, questions []exam.Question) ([]asked, error) {
	var all []asked
	for _, q := range questions {
		found := slices.Contains(q.Expect.Action, bot.ActionAnswer) && len(q.Expect.Articles) > 0
		if len(q.Turns) > 1 || len(q.Expect.All) > 0 || !found && !slices.Contains(q.Expect.Action, bot.ActionHandoff) {
			continue
		}
		if verdict := assessText(q.Text()); !found && (verdict.Action != triage.Answer || verdict.Courtesy != triage.NoCourtesy) {
			continue
		}
		result, err := e.app.base.Search(ctx, shop, knowledge.Query{Text: q.Text(), Locale: q.Locale, Market: q.Market, At: q.At(time.Now())})
		if err != nil {
			return nil, err
		}
		if !found {
			q.Expect.Articles = nil
		}
		all = append(all, askedOf(q.ID, result, q.Expect.Articles))
	}
	return all, nil
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
		if right := append(slices.Clone(r.Expect.Articles), r.Expect.All...); len(right)+len(r.Got.Articles) > 0 {
			a := scoring.Answer{Score: r.Got.Confidence}
			if handed { // what a person is given beside the question answered nobody
				a.Score = 0
			}
			if len(right) > 0 {
				a.Gold = "found"
			}
			if !handed && len(r.Got.Articles) > 0 && slices.Contains(right, r.Got.Articles[0]) {
				a.Pred = "found"
			}
			answers = append(answers, a)
		}
	}
	e.share(name+": needless handovers", needless, welcome, "", "≤ 0.05")
	e.share(name+": missed handovers", missed, due, "", "≤ 0.02")
	if len(answers) > 0 {
		e.drawn(name+": coverage at 95 % precision", len(answers), over(answers, func(a []scoring.Answer) float64 { return scoring.Coverage(a, 0.05) }), "", "0.60")
	}
}
