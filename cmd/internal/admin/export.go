package admin

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"frontdesk/cmd/internal/signin"

	"github.com/labstack/echo/v4"
)

// exportFigures gives one table of the figures as CSV, its columns named the same in every language so that scripts can rely on them.
func (f *Face) exportFigures(c echo.Context) error {
	table, ok := tables()[c.Param("table")]
	if !ok {
		return echo.ErrNotFound
	}
	shop := signin.Shop(c)
	g, err := f.gather(c.Request().Context(), shop, spanOf(c))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(table(g)); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", shop.Slug+"-"+strconv.Itoa(g.Span)+"-days-"+c.Param("table")))
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// tables are what can be exported, by file name.
func tables() map[string]func(*figures) [][]string {
	return map[string]func(*figures) [][]string{
		"conversations.csv": byDay([]string{"conversations", "certain", "without_person", "without_person_so_far", "with_person", "handovers", "thumbs_up", "thumbs_down"},
			func(d dayFigures) []int {
				return []int{d.Conversations, d.Settled, d.Alone, d.Young, d.Person, d.Handovers, d.Up, d.Down}
			}),
		"missed.csv": byDay([]string{"nothing_fitted", "asked_back", "disliked"},
			func(d dayFigures) []int { return []int{d.MissedNone, d.MissedAsk, d.Thumbs} }),
		"ratings.csv": ratingRows, "reasons.csv": reasonRows, "clocks.csv": clockRows, "waits.csv": waitRows, "waits-by-day.csv": waitDays,
	}
}

func byDay(columns []string, of func(dayFigures) []int) func(*figures) [][]string {
	return func(g *figures) [][]string {
		rows := [][]string{append([]string{"day"}, columns...)}
		for _, d := range g.Days {
			row := []string{d.Day.Format(time.DateOnly)}
			for _, n := range of(d) {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
		return rows
	}
}

func ratingRows(g *figures) [][]string {
	rows := [][]string{{"day", "ratings", "mean"}}
	for _, d := range g.Days {
		mean := ""
		if d.Ratings > 0 {
			mean = strconv.FormatFloat(d.Mean, 'f', 2, 64)
		}
		rows = append(rows, []string{d.Day.Format(time.DateOnly), strconv.Itoa(d.Ratings), mean})
	}
	return rows
}

func reasonRows(g *figures) [][]string {
	rows := [][]string{{"reason", "handovers"}}
	for _, r := range g.Desk.Reasons {
		rows = append(rows, []string{plain(r.Kind), strconv.Itoa(r.Cases)})
	}
	return rows
}

func clockRows(g *figures) [][]string {
	rows := [][]string{{"clock", "kept", "total"}}
	for _, k := range g.Desk.Clocks {
		rows = append(rows, []string{plain(k.Clock), strconv.Itoa(k.Kept), strconv.Itoa(k.Total)})
	}
	return rows
}

func waitRows(g *figures) [][]string {
	row := func(who string, n int, p50, p95 time.Duration) []string {
		return []string{who, strconv.Itoa(n), strconv.FormatFloat(p50.Seconds(), 'f', 1, 64), strconv.FormatFloat(p95.Seconds(), 'f', 1, 64)}
	}
	return [][]string{{"first_reply_of", "count", "p50_seconds", "p95_seconds"},
		row("anybody", g.First.Episodes, g.First.P50, g.First.P95),
		row("person", g.Desk.FirstReply.Cases, g.Desk.FirstReply.P50, g.Desk.FirstReply.P95)}
}

func waitDays(g *figures) [][]string {
	rows := [][]string{{"day", "first_reply_p50_seconds"}}
	for _, d := range g.Days {
		waited := ""
		if d.Waited > 0 {
			waited = strconv.FormatFloat(d.Waited.Seconds(), 'f', 1, 64)
		}
		rows = append(rows, []string{d.Day.Format(time.DateOnly), waited})
	}
	return rows
}

// plain keeps a spreadsheet from taking a cell for a formula.
func plain(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}
