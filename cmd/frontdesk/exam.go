package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"
)

type examCommand struct {
	Shop string  `required:"" help:"Slug of the shop."`
	Name string  `default:"golden" help:"Name of the exam."`
	File string  `help:"Golden questions as JSON Lines, or as a .csv that the editors' page hands out: they become the exam's questions." type:"existingfile"`
	With string  `help:"File of articles to be examined as if they were published. Nothing of it is stored." type:"existingfile"`
	Bar  float64 `help:"Pass rate to reach, 0 to 1. Without it the shop's own, or 0.8."`
	JSON bool    `name:"json" help:"Print the report as JSON."`
}

func (examCommand) Help() string {
	return `  frontdesk exam --shop demo --file golden.jsonl
  frontdesk exam --shop demo --with edited.jsonl --json

A golden question is a line such as
  {"id":"1","turns":[{"role":"shopper","text":"几天能到？"}],"expect":{"action":["answer"],"articles":["shipping-times-cn"]},"topic":"shipping","locale":"zh"}
Ends with exit code 1 when fewer pass than the bar asks for.`
}

var errBelowBar = errors.New("the exam is not passed")

// Run sits an exam. With a draft set it happens in a transaction that is undone, and the run is not kept.
func (e *examCommand) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, e.Shop, func(a *app, shop knowledge.Shop) error {
		store := exam.NewStore(a.pool)
		if err := e.bring(ctx, store, shop); err != nil {
			return err
		}
		done, err := store.Begin(ctx, shop.ID, e.Name)
		if errors.Is(err, exam.ErrNotFound) {
			return fmt.Errorf("the shop has no exam %q: --file brings its questions", e.Name)
		}
		if err != nil {
			return err
		}
		defer done()
		report, err := e.sit(ctx, c, a, shop, store)
		if err != nil {
			return err
		}
		bar := firstOf(e.Bar, shop.Settings.ExamBar, exam.DefaultBar)
		if err := e.print(c, report, bar); err != nil {
			return err
		}
		if report.Share() < bar {
			return fmt.Errorf("%w: %d of %d, and the bar is %.0f %%", errBelowBar, report.Passed, report.Total, 100*bar)
		}
		return nil
	})
}

func firstOf(values ...float64) float64 {
	for _, v := range values {
		if v > 0 {
			return v
		}
	}
	return 0
}

// bring makes the file's questions the exam's, where there is one.
func (e *examCommand) bring(ctx context.Context, store *exam.Store, shop knowledge.Shop) error {
	if e.File == "" {
		return nil
	}
	questions, err := readExam(e.File)
	if err != nil {
		return err
	}
	return store.Replace(ctx, shop.ID, e.Name, questions)
}

func readExam(path string) ([]exam.Question, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	questions, err := exam.ReadFile(path, file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(questions) == 0 {
		return nil, fmt.Errorf("%s has no questions: the exam stays as it is", path)
	}
	return questions, nil
}

func (e *examCommand) sit(ctx context.Context, c *cli, a *app, shop knowledge.Shop, store *exam.Store) (report exam.Report, err error) {
	progress := func(asked, of int) {
		if asked%50 == 0 {
			fmt.Fprintf(c.errs, "  %d of %d questions\n", asked, of)
		}
	}
	if e.With == "" {
		return store.Sit(ctx, a.base, shop, e.Name, a.examine, progress)
	}
	drafts, err := os.ReadFile(e.With)
	if err != nil {
		return report, err
	}
	rows, err := importer.Parse(e.With, bytes.NewReader(drafts), importer.Options{Shop: shop, Detect: detect})
	if err != nil {
		return report, err
	}
	err = a.base.Rehearse(ctx, func(rehearsal *knowledge.Base) error {
		imported, err := importer.Apply(ctx, rehearsal, shop, rows, "exam", nil)
		if err != nil {
			return err
		}
		if imported.Errors > 0 {
			return fmt.Errorf("%s: %d articles cannot be imported; frontdesk import --dry-run says why", e.With, imported.Errors)
		}
		report, err = store.Rehearse(ctx, rehearsal, shop, e.Name, a.examine, progress)
		return err
	})
	return report, err
}

// asBot is a golden question as the bot hears it.
func asBot(q exam.Question, now time.Time) bot.Question {
	question := bot.Question{Market: q.Market, Locale: q.Locale, At: q.At(now)}
	for _, t := range q.Turns {
		question.Turns = append(question.Turns, triage.Turn{Role: t.Role, Text: t.Text})
	}
	return question
}

// examine asks as a shopper would: through everything that answers, on this base.
func (a *app) examine(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q exam.Question) (exam.Got, error) {
	reply, err := a.responderOn(base).Compose(ctx, shop, asBot(q, time.Now()), nil)
	if err != nil {
		return exam.Got{}, err
	}
	got := exam.Got{Action: reply.Action, Level: reply.Level, Confidence: reply.Confidence}
	for _, e := range reply.Evidence {
		got.Articles = append(got.Articles, e.ID)
	}
	for _, o := range reply.Options {
		if reply.Action == bot.ActionAsk { // what stands behind a guess is no answer
			got.Articles = append(got.Articles, o.Ref)
		}
	}
	return got, nil
}

// responderOn is the responder of a base: of one whose articles are only tried out, a responder of its own.
func (a *app) responderOn(base *knowledge.Base) *bot.Responder {
	if base == a.base {
		return a.responder
	}
	return bot.New(bot.Config{Base: base, Store: a.store, Channels: a.channels, Escalator: a.desk, Feed: a.feed, Models: a.models.of, Similar: a.similar, Log: a.log})
}

func (e *examCommand) print(c *cli, report exam.Report, bar float64) error {
	if e.JSON {
		return json.NewEncoder(c.out).Encode(struct {
			exam.Report
			Bar     float64 `json:"bar"`
			Reached bool    `json:"reached"`
		}{report, bar, report.Share() >= bar})
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	row := func(what string, r exam.Rate) {
		fmt.Fprintf(table, "%s %s\t%d of %d\t%.1f %%\n", what, r.Name, r.Passed, r.Total, 100*r.Share())
	}
	for _, r := range report.Topics {
		row("topic", r)
	}
	for _, r := range report.Locales {
		row("language", r)
	}
	row("all", report.Rate)
	if err := table.Flush(); err != nil {
		return err
	}
	for _, r := range report.Results {
		if !r.OK {
			fmt.Fprintf(c.out, "failed  %-12s %s\n        wanted %v %v, got %s %v (%.2f)\n", r.ID, r.Text, r.Expect.Action, append(r.Expect.Articles, r.Expect.All...), r.Got.Action, r.Got.Articles, r.Got.Confidence)
		}
	}
	if len(report.Mended)+len(report.Broken) > 0 {
		fmt.Fprintf(c.out, "since the last run  mended: %v  broken: %v\n", report.Mended, report.Broken)
	}
	return nil
}
