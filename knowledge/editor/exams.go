package editor

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	sittingTimeout = 30 * time.Minute
	runsShown      = 20
	failuresShown  = 200
	askedShown     = 100     // questions in the list of all
	maxExamFile    = 8 << 20 // bytes
)

type examPage struct {
	Count     int             // of questions
	Questions []exam.Question // the first of them
	Columns   []string
	Bar       float64
	Runs      []exam.Past
	Latest    exam.Report
	Failed    []exam.Result
	More      int // failures that are not shown
	Running   bool
	Asked     int
	Trouble   string // why the last file was refused: missing or format
	Detail    string
	Locales   []string
	Zone      string
	Topics    map[string]string // what an editor calls the topics, where they have names
	Titles    map[string]string // of the articles that the failures name, by their ids
}

// exam shows the shop's golden questions: how they went over time, and which failed last.
func (f *Face) exam(c echo.Context) error { return f.showExam(c, http.StatusOK, examPage{}) }

func (f *Face) showExam(c echo.Context, status int, page examPage) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	page.Locales, page.Zone, page.Topics = locales(shop.Locale), shop.TimeZone, map[string]string{}
	for _, t := range namedTags() {
		page.Topics[t] = f.nameOf(c, t)
	}
	page.Bar = exam.DefaultBar
	if shop.Settings.ExamBar > 0 {
		page.Bar = shop.Settings.ExamBar
	}
	questions, err := f.Exams.Questions(ctx, shop.ID, exam.Golden)
	if err != nil && !errors.Is(err, exam.ErrNotFound) {
		return err
	}
	page.Count, page.Questions, page.Columns = len(questions), questions[:min(len(questions), askedShown)], exam.Columns()
	if len(questions) > 0 {
		if err := f.readRuns(ctx, shop, &page); err != nil {
			return err
		}
	}
	if page.Titles, err = f.titles(ctx, shop, page.Questions, page.Failed); err != nil {
		return err
	}
	if page.Running {
		c.Response().Header().Set("Refresh", strconv.Itoa(refreshEvery))
	}
	return c.Render(status, "editor/exam", page)
}

func (f *Face) readRuns(ctx context.Context, shop knowledge.Shop, page *examPage) (err error) {
	if page.Runs, err = f.Exams.Runs(ctx, shop.ID, exam.Golden, runsShown); err != nil {
		return err
	}
	for i := range page.Runs {
		page.Runs[i].At = page.Runs[i].At.In(shop.Location())
	}
	if page.Latest, err = f.Exams.Latest(ctx, shop.ID, exam.Golden); err != nil {
		return err
	}
	for _, r := range page.Latest.Results {
		switch {
		case r.OK:
		case len(page.Failed) < failuresShown:
			page.Failed = append(page.Failed, r)
		default:
			page.More++
		}
	}
	page.Asked, page.Running, err = f.Exams.Asked(ctx, shop.ID, exam.Golden)
	return err
}

// titles are the questions of the articles that exam questions and results name, in the language of what was asked where there
// is one.
func (f *Face) titles(ctx context.Context, shop knowledge.Shop, questions []exam.Question, results []exam.Result) (map[string]string, error) {
	locales := map[string]string{}
	for _, q := range questions {
		for _, ref := range slices.Concat(q.Expect.Articles, q.Expect.All) {
			locales[ref] = q.Locale
		}
	}
	for _, r := range results {
		for _, ref := range slices.Concat(r.Expect.Articles, r.Expect.All, r.Got.Articles) {
			locales[ref] = r.Locale
		}
	}
	titles := map[string]string{}
	for ref, locale := range locales {
		titles[ref] = ref
		variants, err := f.Base.Variants(ctx, shop.ID, ref)
		if err != nil {
			return nil, err
		}
		for i, v := range variants {
			if i == 0 || v.Locale == locale {
				titles[ref] = v.Question
			}
		}
	}
	return titles, nil
}

// sit begins a sitting and shows how far it is. It goes on when the browser leaves.
func (f *Face) sit(c echo.Context) error {
	shop := f.Shop(c)
	done, err := f.Exams.Begin(c.Request().Context(), shop.ID, exam.Golden)
	switch {
	case errors.Is(err, exam.ErrRunning) || errors.Is(err, exam.ErrNotFound):
		return c.Redirect(http.StatusSeeOther, "/knowledge/exam")
	case err != nil:
		return err
	}
	f.work.Go(func() {
		defer done()
		ctx, cancel := context.WithTimeout(f.closing, sittingTimeout)
		defer cancel()
		if _, err := f.Exams.Sit(ctx, f.Base, shop, exam.Golden, f.Examine, nil); err != nil {
			f.Log.Error("an exam was not sat", "shop", shop.Slug, "error", err)
		}
	})
	return c.Redirect(http.StatusSeeOther, "/knowledge/exam")
}

// bring makes the questions of a file the exam.
func (f *Face) bring(c echo.Context) error {
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxExamFile)
	header, err := c.FormFile("file")
	if err != nil {
		return f.showExam(c, http.StatusUnprocessableEntity, examPage{Trouble: "missing"})
	}
	opened, err := header.Open()
	if err != nil {
		return err
	}
	defer opened.Close()
	questions, err := exam.ReadFile(header.Filename, opened)
	if err == nil && len(questions) == 0 {
		return f.showExam(c, http.StatusUnprocessableEntity, examPage{Trouble: "missing"})
	}
	if err != nil {
		return f.showExam(c, http.StatusUnprocessableEntity, examPage{Trouble: "format", Detail: err.Error()})
	}
	if err := f.Exams.Replace(c.Request().Context(), f.Shop(c).ID, exam.Golden, questions); err != nil {
		return err
	}
	f.note(c, "exam.replace", exam.Golden, map[string]any{"questions": len(questions)})
	f.Flash(c, "editor.flash.exam_brought", "Count", len(questions))
	return c.Redirect(http.StatusSeeOther, "/knowledge/exam")
}

// take hands the questions out as a table, which comes back as it is.
func (f *Face) take(c echo.Context) error {
	questions, err := f.Exams.Questions(c.Request().Context(), f.Shop(c).ID, exam.Golden)
	if err != nil && !errors.Is(err, exam.ErrNotFound) {
		return err
	}
	table := bytes.NewBufferString("\ufeff") // or Excel takes it for another encoding
	if err := exam.WriteTable(table, questions); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="exam.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", table.Bytes())
}

// keepQuestion adds a question that was tried to the exam, or takes one out of it.
func (f *Face) keepQuestion(c echo.Context) error {
	var in struct {
		Remove   string `form:"remove"`
		Question string `form:"question"`
		Locale   string `form:"locale"`
		Market   string `form:"market"`
		Topic    string `form:"topic"`
		Wanted   string `form:"wanted"` // an article's Ref, or an outcome that is none: handoff, ask
	}
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	ctx, shop := c.Request().Context(), f.Shop(c)
	if in.Remove != "" {
		err := f.Exams.Remove(ctx, shop.ID, exam.Golden, in.Remove)
		if err != nil && !errors.Is(err, exam.ErrNotFound) {
			return err
		}
		f.note(c, "exam.remove", in.Remove, nil)
		f.Flash(c, "editor.flash.exam_removed")
		return c.Redirect(http.StatusSeeOther, "/knowledge/exam")
	}
	text := tidy(in.Question)
	if text == "" || in.Wanted == "" {
		return echo.ErrBadRequest
	}
	q := exam.Question{ID: "q-" + uuid.NewSHA1(shop.ID, []byte(strings.ToLower(text)+"\x00"+in.Market)).String()[:8], Turns: []exam.Turn{{Role: "shopper", Text: text}},
		Locale: in.Locale, Market: strings.TrimSpace(in.Market), Topic: strings.TrimSpace(in.Topic)}
	switch ref, article := strings.CutPrefix(in.Wanted, "article:"); {
	case article:
		q.Expect = exam.Expectation{Action: []string{"answer"}, Articles: []string{ref}}
	default:
		q.Expect = exam.Expectation{Action: []string{in.Wanted}}
	}
	if err := f.Exams.Put(ctx, shop.ID, exam.Golden, q); err != nil {
		return err
	}
	f.note(c, "exam.keep", q.ID, nil)
	f.Flash(c, "editor.flash.exam_kept")
	return c.Redirect(http.StatusSeeOther, "/knowledge/exam")
}
