package editor

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/labstack/echo/v4"
)

// api answers the operations of openapi.yaml. Errors go to the program's own table, which makes them problem+json.
type api struct{ *Face }

// caller is for whom an operation is done.
type caller struct {
	shop knowledge.Shop
	Editor
}

type callerKey struct{}

// callers hands the shop and the editor of a request on to the operations, which see no echo.Context.
func (f *Face) callers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, importer.MaxFile+1)
		who := caller{shop: f.Shop(c)}
		who.Editor, _ = f.Who(c)
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), callerKey{}, who)))
		return next(c)
	}
}

func callerOf(ctx context.Context) caller {
	who, _ := ctx.Value(callerKey{}).(caller)
	return who
}

// Search finds the articles that answer a question.
func (a api) Search(ctx context.Context, r SearchRequestObject) (SearchResponseObject, error) {
	if strings.TrimSpace(r.Params.Q) == "" {
		return nil, fmt.Errorf("q: %w: is empty", knowledge.ErrInvalid)
	}
	q := knowledge.Query{Text: r.Params.Q, Locale: given(r.Params.Locale), Market: given(r.Params.Market), At: given(r.Params.At),
		Limit: min(max(given(r.Params.Limit), 0), 50)}
	result, err := a.Base.Search(ctx, callerOf(ctx).shop, q)
	if err != nil {
		return nil, err
	}
	return Search200JSONResponse(searchResult(result)), nil
}

// Try composes what the bot would answer; where there is none to ask, the search decides alone.
func (a api) Try(ctx context.Context, r TryRequestObject) (TryResponseObject, error) {
	in, shop := *r.Body, callerOf(ctx).shop
	if strings.TrimSpace(in.Question) == "" {
		return nil, fmt.Errorf("question: %w: is empty", knowledge.ErrInvalid)
	}
	trial := Trial{Question: in.Question, Locale: given(in.Locale), Market: given(in.Market), At: given(in.At)}
	if trial.At.IsZero() {
		trial.At = time.Now()
	}
	if trial.Locale == "" && a.Detect != nil {
		trial.Locale = a.Detect(trial.Question)
	}
	result, err := a.Base.Search(ctx, shop, knowledge.Query{Text: trial.Question, Locale: trial.Locale, Market: trial.Market, At: trial.At})
	if err != nil {
		return nil, err
	}
	answer := TrialAnswer{Action: string(result.Decision), Language: trial.Locale, Confidence: result.Confidence, Search: searchResult(result)}
	if result.Decision == knowledge.DecideAnswer {
		answer.Text = result.Hits[0].Answer
	}
	answer.Reasons = trialReasons(nil)
	if a.Ask != nil {
		tried, err := a.Ask(ctx, shop, trial)
		if err != nil {
			return nil, err
		}
		answer.Action, answer.Text, answer.Language, answer.Level = tried.Action, tried.Text, tried.Language, tried.Level
		answer.Confidence, answer.Reasons = tried.Confidence, trialReasons(tried.Reasons)
	}
	return Try200JSONResponse(answer), nil
}

// ListArticles reads one page of the newest versions.
func (a api) ListArticles(ctx context.Context, r ListArticlesRequestObject) (ListArticlesResponseObject, error) {
	p, shop := r.Params, callerOf(ctx).shop
	filter := knowledge.Filter{Text: given(p.Text), Status: string(given(p.Status)), Locale: given(p.Locale), Market: given(p.Market), Kind: given(p.Kind),
		Tag: given(p.Tag), ExpiringBefore: p.ExpiringBefore, Limit: 100, Offset: max(given(p.Offset), 0)}
	if p.Limit != nil {
		filter.Limit = min(max(*p.Limit, 1), 500)
	}
	found, total, err := a.Base.List(ctx, shop.ID, filter)
	if err != nil {
		return nil, err
	}
	return ListArticles200JSONResponse(articleList(found, total, shop)), nil
}

// ImportFile imports the body, or plans its import.
func (a api) ImportFile(ctx context.Context, r ImportFileRequestObject) (ImportFileResponseObject, error) {
	who := callerOf(ctx)
	rows, err := importer.Parse(r.Params.Name, r.Body, importer.Options{Shop: who.shop, Detect: a.Detect})
	if err != nil {
		return nil, err
	}
	var report importer.Report
	if given(r.Params.DryRun) {
		report, err = importer.Plan(ctx, a.Base, who.shop, rows)
	} else {
		report, err = importer.Apply(ctx, a.Base, who.shop, rows, who.Name, nil)
		if err == nil {
			a.recorded(ctx, who.shop, who.Editor, "article.import", r.Params.Name, outcomes(report))
		}
	}
	return ImportFile200JSONResponse(importReport(report)), err
}

// ExportFile writes every article. It is made whole before it is sent, so that a failure is told as one.
func (a api) ExportFile(ctx context.Context, r ExportFileRequestObject) (ExportFileResponseObject, error) {
	var file bytes.Buffer
	shop := callerOf(ctx).shop
	if given(r.Params.Format) == "csv" {
		err := importer.ExportCSV(ctx, a.Base, shop, &file)
		return ExportFile200TextcsvResponse{Body: &file, ContentLength: int64(file.Len())}, err
	}
	err := importer.Export(ctx, a.Base, shop, &file)
	return ExportFile200ApplicationjsonlResponse{Body: &file, ContentLength: int64(file.Len())}, err
}

// ListMissed reads the missed questions by groups.
func (a api) ListMissed(ctx context.Context, r ListMissedRequestObject) (ListMissedResponseObject, error) {
	state := given(r.Params.State)
	if state == "" {
		state = knowledge.MissedOpen
	}
	groups, err := a.Base.MissedQuestions(ctx, callerOf(ctx).shop.ID, string(state))
	if err != nil {
		return nil, err
	}
	return ListMissed200JSONResponse(missedList(groups)), nil
}

// MarkMissed moves missed questions to a state.
func (a api) MarkMissed(ctx context.Context, r MarkMissedRequestObject) (MarkMissedResponseObject, error) {
	switch string(r.Body.State) {
	case knowledge.MissedOpen, knowledge.MissedDone, knowledge.MissedIgnored:
	default:
		return nil, fmt.Errorf("state: %w: %q is none of open, done, ignored", knowledge.ErrInvalid, r.Body.State)
	}
	if len(r.Body.Ids) == 0 || len(r.Body.Ids) > 1_000 {
		return nil, fmt.Errorf("ids: %w: not 1 to 1000 of them", knowledge.ErrInvalid)
	}
	err := a.Base.MarkMissed(ctx, callerOf(ctx).shop.ID, string(r.Body.State), r.Body.Ids...)
	if err != nil {
		return nil, err
	}
	return MarkMissed204Response{}, nil
}

// given is what a pointer points to, or the zero value.
func given[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}
