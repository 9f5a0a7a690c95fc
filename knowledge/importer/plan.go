package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Result is what becomes, or became, of a row.
type Result struct {
	Row      int                 `json:"row"`
	Ref      string              `json:"id"`
	Locale   string              `json:"locale"`
	Question string              `json:"question"`
	Answer   string              `json:"answer,omitempty"`
	Market   []string            `json:"market,omitempty"`
	Status   string              `json:"status,omitempty"`
	From     string              `json:"valid_from,omitempty"` // a day of the shop's calendar, or a time
	To       string              `json:"valid_to,omitempty"`
	Outcome  knowledge.Outcome   `json:"outcome"`
	Article  uuid.UUID           `json:"article,omitzero"` // of what the import has stored, else none
	After    *knowledge.Standing `json:"after,omitempty"`  // as the import has left it
	Before   *knowledge.Standing `json:"before,omitempty"` // of an article that was there; nil for a new one
	Faults   []*Fault            `json:"faults,omitempty"` // of a row whose outcome is knowledge.OutcomeRefused
}

// Report is what becomes, or became, of a file: one result for each row, in their order.
type Report struct {
	New     int      `json:"new"`
	Changed int      `json:"changed"`
	Same    int      `json:"same"`
	Errors  int      `json:"errors"`
	Ignored []string `json:"ignored,omitempty"` // names of columns that are none of ours
	Back    *Back    `json:"back,omitempty"`    // what became of it when it was taken back
	Rows    []Result `json:"rows"`
}

// Plan says what Apply would do with the rows, and stores nothing.
func Plan(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, rows []Row) (Report, error) {
	return run(ctx, base, shop, rows, knowledge.ImportOptions{DryRun: true})
}

// Apply stores the good rows in one transaction: when it fails, or the program ends on the way, nothing of the file is
// stored. Author signs the new versions. Progress, which may be nil, is called now and then, from this goroutine.
func Apply(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, rows []Row, author string, progress func(done, total int)) (Report, error) {
	return run(ctx, base, shop, rows, knowledge.ImportOptions{Author: author, Progress: progress})
}

func run(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, rows []Row, options knowledge.ImportOptions) (Report, error) {
	report := Report{Rows: make([]Result, len(rows))}
	behind, err := behindDrafts(ctx, base, shop)
	if err != nil {
		return Report{}, fmt.Errorf("import: %w", err)
	}
	var articles []knowledge.Article
	var places []int
	for i, row := range rows {
		a := row.Article
		report.ignore(row.Ignored)
		report.Rows[i] = Result{Row: row.Number, Ref: a.Ref, Locale: a.Locale, Question: shorten(a.Question), Faults: row.Faults,
			Answer: shorten(plain(a.Answer)), Market: slices.Clone(a.Market), Status: a.Status, From: Day(a.ValidFrom, shop.Location(), false), To: Day(a.ValidTo, shop.Location(), true)}
		for n, market := range a.Market {
			report.Rows[i].Market[n] = shorten(market)
		}
		if a.Status == knowledge.HeldBack {
			report.Rows[i].Status = knowledge.Draft
		}
		switch live, ok := behind[variant{a.Ref, a.Locale}]; {
		case len(row.Faults) > 0:
			report.Rows[i].Outcome = knowledge.OutcomeRefused
		case ok && sameAsLive(a, live, shop):
			report.Rows[i].Outcome = knowledge.OutcomeSame
		default:
			articles, places = append(articles, a), append(places, i)
		}
	}
	imported, err := base.ImportBatch(ctx, shop.ID, articles, options)
	if err != nil {
		return Report{}, err
	}
	for i, one := range imported {
		result := &report.Rows[places[i]]
		result.Ref, result.Locale, result.Outcome = one.Ref, one.Locale, one.Outcome
		if one.After.Version > 0 && !options.DryRun {
			result.Article, result.After = one.ID, &one.After
			if one.Outcome == knowledge.OutcomeChanged {
				result.Before = &one.Before
			}
		}
		if one.Err != nil {
			result.Faults = []*Fault{refusal(one.Err)}
		}
	}
	report.count()
	return report, nil
}

// maxIgnored bounds what a report says of columns that are none of ours.
const maxIgnored = 20

func (r *Report) ignore(names []string) {
	for _, name := range names {
		if len(r.Ignored) < maxIgnored && !slices.Contains(r.Ignored, name) {
			r.Ignored = append(r.Ignored, name)
		}
	}
}

func (r *Report) count() {
	for _, result := range r.Rows {
		switch result.Outcome {
		case knowledge.OutcomeNew:
			r.New++
		case knowledge.OutcomeChanged:
			r.Changed++
		case knowledge.OutcomeSame:
			r.Same++
		default:
			r.Errors++
		}
	}
}

func refusal(err error) *Fault {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	if errors.Is(err, knowledge.ErrPublishedOver) {
		return &Fault{Code: FaultChanged}
	}
	if errors.Is(err, knowledge.ErrOvertaken) {
		return &Fault{Code: FaultDown}
	}
	return &Fault{Code: FaultRefused, Value: err.Error()}
}

type variant struct{ ref, locale string }

// behindDrafts returns the live versions of the articles on whose next version an editor is at work. A file that says
// what such an article says already is the same; it is no reason to throw the draft away.
func behindDrafts(ctx context.Context, base *knowledge.Base, shop knowledge.Shop) (map[variant]knowledge.Article, error) {
	heads, _, err := base.List(ctx, shop.ID, knowledge.Filter{Status: knowledge.Published})
	if err != nil {
		return nil, err
	}
	behind := map[variant]knowledge.Article{}
	for _, head := range heads {
		if head.Live == 0 || head.Live == head.Version {
			continue
		}
		live, err := base.Version(ctx, shop.ID, head.ID, head.Live)
		if err != nil {
			return nil, err
		}
		behind[variant{head.Ref, head.Locale}] = live
	}
	return behind, nil
}

// sameAsLive says whether a row of a file is what an export of the live version would write.
func sameAsLive(row, live knowledge.Article, shop knowledge.Shop) bool {
	if row.Status == "" || row.Status == knowledge.HeldBack {
		row.Status = knowledge.Published
	}
	return string(line(row, shop)) == string(line(live, shop))
}
