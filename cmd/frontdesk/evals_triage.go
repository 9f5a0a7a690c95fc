package main

import (
	"context"
	"path/filepath"
	"slices"

	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/scoring"
)

// triage measures what is judged of texts alone: the wish for a person, the mood, and neutral requests called negative.
func (e *evals) triage(context.Context) error {
	for _, step := range []func() error{e.wishes, e.moods, e.neutral} {
		if err := step(); err != nil {
			return err
		}
	}
	e.say("  triage: done")
	return nil
}

func assessText(text string) triage.Verdict {
	return triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: text}}})
}

// surely says that a verdict has found this with more than even odds.
func surely(v triage.Verdict, kind triage.Kind) bool {
	return slices.ContainsFunc(v.Reasons, func(r triage.Reason) bool { return r.Kind == kind && r.Score >= 0.5 })
}

func (e *evals) wishes() error {
	for _, set := range []struct {
		name, file    string
		wishes        []string
		floor, target string
	}{
		{"bitext", "bitext_cs/dev.jsonl", []string{"contact_human_agent", "contact_customer_service"}, "0.891", "0.98"},
		{"powerplay11", "hint3/powerplay11.dev_queries.jsonl", []string{"CHAT_WITH_AN_AGENT"}, "0.333", "0.70"},
	} {
		path := filepath.Join(e.command.Sets, set.file)
		if !e.there(set.name+": wish for a person", path) {
			continue
		}
		rows, err := readLabelled(path)
		if err != nil {
			return err
		}
		is, said := make([]bool, len(rows)), make([]bool, len(rows))
		var all scoring.Found
		for i, row := range rows {
			is[i], said[i] = slices.Contains(set.wishes, row.label()), surely(assessText(row.Text), triage.Wish)
			all.Count(is[i], said[i])
		}
		e.drawn(set.name+": wish for a person, F1", len(rows), func(places []int) float64 {
			var found scoring.Found
			for _, p := range places {
				found.Count(is[p], said[p])
			}
			return found.F1()
		}, set.floor, set.target)
		e.share(set.name+": false wishes among the others", all.False, all.False+all.Rest, "", "≤ 0.002")
	}
	return nil
}

func (e *evals) moods() error {
	path := filepath.Join(e.command.Sets, "amazon_snippets_en/dev.jsonl")
	if !e.there("mood", path) {
		return nil
	}
	rows, err := readLabelled(path)
	if err != nil {
		return err
	}
	mood, valence := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		mood[i], valence[i] = assessText(row.Text).Mood, row.Valence
	}
	e.drawn("amazon: Spearman with the raters", len(rows), func(places []int) float64 {
		x, y := make([]float64, len(places)), make([]float64, len(places))
		for i, p := range places {
			x[i], y[i] = mood[p], valence[p]
		}
		return scoring.Spearman(x, y)
	}, "0.593", "0.72")
	e.drawn("amazon: AUROC of negative", len(rows), func(places []int) float64 {
		var negative, rest []float64
		for _, p := range places {
			if valence[p] <= -1 {
				negative = append(negative, -mood[p])
			} else {
				rest = append(rest, -mood[p])
			}
		}
		return scoring.AUROC(negative, rest)
	}, "0.792", "0.90")
	return nil
}

func (e *evals) neutral() error {
	for _, set := range []struct{ name, file, floor string }{
		{"bitext", "bitext_cs/dev.jsonl", "0.136"}, {"banking77", "banking77/dev.jsonl", "0.195"},
	} {
		path := filepath.Join(e.command.Sets, set.file)
		if !e.there(set.name+": neutral requests", path) {
			continue
		}
		rows, err := readLabelled(path)
		if err != nil {
			return err
		}
		negative, handed := 0, 0
		for _, row := range rows {
			v := assessText(row.Text)
			if v.MoodLabel == triage.Negative {
				negative++
			}
			if v.Action == triage.Handoff && !surely(v, triage.Wish) {
				handed++
			}
		}
		e.share(set.name+": called negative", negative, len(rows), set.floor, "≤ 0.02")
		e.share(set.name+": handed over without a wish", handed, len(rows), "", "")
	}
	return nil
}
