package exam

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"frontdesk/knowledge"
)

// Result is how one question went.
type Result struct {
	ID     string      `json:"id"`
	OK     bool        `json:"ok"`
	Got    Got         `json:"got"`
	Expect Expectation `json:"expect"`
	Text   string      `json:"text"`
	Topic  string      `json:"topic"`
	Locale string      `json:"locale"`
}

// Rate is a pass rate.
type Rate struct {
	Name   string `json:"name"`
	Passed int    `json:"passed"`
	Total  int    `json:"total"`
}

// Share is the rate itself, 1 for nothing at all.
func (r Rate) Share() float64 {
	if r.Total == 0 {
		return 1
	}
	return float64(r.Passed) / float64(r.Total)
}

// Report is one run of an exam.
type Report struct {
	Rate
	Topics  []Rate   `json:"topics"`
	Locales []Rate   `json:"locales"`
	Results []Result `json:"results"`
	// Against the run before: what passes now and did not, and the other way round. Nil without one.
	Mended []string `json:"mended,omitempty"`
	Broken []string `json:"broken,omitempty"`
}

// Run asks every question. Progress, which may be nil, is called after each.
func Run(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, questions []Question, ask Ask, progress func(done int)) (Report, error) {
	var report Report
	for i, q := range questions {
		got, err := ask(ctx, base, shop, q)
		if err != nil {
			return Report{}, fmt.Errorf("exam question %s: %w", q.ID, err)
		}
		report.Results = append(report.Results, Result{
			ID: q.ID, OK: q.Expect.passes(got), Got: got, Expect: q.Expect, Text: q.Text(), Topic: q.Topic, Locale: q.Locale,
		})
		if progress != nil {
			progress(i + 1)
		}
	}
	report.count()
	return report, nil
}

func (r *Report) count() {
	topics, locales := map[string]Rate{}, map[string]Rate{}
	for _, result := range r.Results {
		r.Total++
		if result.OK {
			r.Passed++
		}
		tally(topics, result.Topic, result.OK)
		tally(locales, result.Locale, result.OK)
	}
	byName := func(a, b Rate) int { return cmp.Compare(a.Name, b.Name) }
	r.Topics = slices.SortedFunc(maps.Values(topics), byName)
	r.Locales = slices.SortedFunc(maps.Values(locales), byName)
}

func tally(rates map[string]Rate, name string, ok bool) {
	rate := rates[name]
	rate.Name = name
	rate.Total++
	if ok {
		rate.Passed++
	}
	rates[name] = rate
}

// compare fills in what changed since a run before, given by what passed then.
func (r *Report) compare(before map[string]bool) {
	for _, result := range r.Results {
		passed, known := before[result.ID]
		switch {
		case !known || passed == result.OK:
		case result.OK:
			r.Mended = append(r.Mended, result.ID)
		default:
			r.Broken = append(r.Broken, result.ID)
		}
	}
}
