package admin

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// plot is a drawing in the units of its view box. It is drawn here and not by a plotting library because those write colours and fonts
// into style attributes: the pages' policy forbids them, and the colours are those of the light or dark tokens, which only classes reach.
type plot struct {
	Bars  []bar
	Line  string // points of a polyline
	Dots  []dot
	Rungs []tick // lines across, with their numbers
	Days  []tick // names under the days
	Keys  []key
	Empty bool
}

type bar struct {
	X, Y, W, H float64
	Class      string
	Tip        string
}

type dot struct {
	X, Y float64
	Tip  string
}

type tick struct {
	At    float64
	Text  string
	Class string // of a day's name: how it stands to the place it names
}

type key struct{ Class, Text string }

// part is one colour of a stacked bar.
type part struct {
	Class string
	Text  string // id
	Of    func(dayFigures) int
}

// The frame inside the view box of every plot, which is 480 wide and 220 high.
const (
	plotLeft, plotRight, plotTop     = 42.0, 474.0, 10.0
	plotBottom                       = 190.0
	daysNamed                        = 4
	nameHalf                         = 30.0 // half of the longest name of a day
	starsLow, starsHigh, starsMargin = 1.0, 5.0, 6.0
)

func talkParts() []part {
	return []part{
		{"one", "admin.figures.alone", func(d dayFigures) int { return d.Alone }},
		{"four", "admin.figures.young", func(d dayFigures) int { return d.Young }},
		{"two", "admin.figures.handed", func(d dayFigures) int { return d.Person }},
		{"three", "admin.figures.open", dayFigures.Open},
	}
}

func missParts() []part {
	return []part{
		{"one", "admin.figures.missed.ask", func(d dayFigures) int { return d.MissedAsk }},
		{"two", "admin.figures.missed.none", func(d dayFigures) int { return d.MissedNone }},
		{"three", "admin.figures.missed.disliked", func(d dayFigures) int { return d.Thumbs }},
	}
}

// stacked draws a bar for each day, one part on the other.
func stacked(lang string, days []dayFigures, parts []part) plot {
	highest := 0
	for _, d := range days {
		sum := 0
		for _, p := range parts {
			sum += p.Of(d)
		}
		highest = max(highest, sum)
	}
	p := plot{Empty: highest == 0, Days: names(lang, days)}
	for _, part := range parts {
		p.Keys = append(p.Keys, key{part.Class, part.Text})
	}
	top := roof(highest)
	for _, n := range rungs(top) {
		p.Rungs = append(p.Rungs, tick{At: round(plotBottom - float64(n)/float64(top)*(plotBottom-plotTop)), Text: strconv.Itoa(n)})
	}
	width := (plotRight - plotLeft) / float64(len(days))
	for i, d := range days {
		y := plotBottom
		for _, part := range parts {
			n := part.Of(d)
			if n == 0 {
				continue
			}
			h := float64(n) / float64(top) * (plotBottom - plotTop)
			y -= h
			p.Bars = append(p.Bars, bar{round(plotLeft + (float64(i)+0.12)*width), round(y), round(width * 0.76), round(h), part.Class,
				tip(lang, d.Day, strconv.Itoa(n))})
		}
	}
	return p
}

// curve is what a line is drawn of.
type curve struct {
	Of    func(dayFigures) (value float64, ok bool) // ok is false for a day without
	At    func(value float64) float64               // how high it stands
	Rungs []tick
	Tip   func(dayFigures) string // behind the day's name
}

// stars is the mean rating of the days that have one.
func stars(lang string) curve {
	c := curve{Of: func(d dayFigures) (float64, bool) { return d.Mean, d.Ratings > 0 }, At: star,
		Tip: func(d dayFigures) string {
			if lang == "zh" {
				return fmt.Sprintf("%s（%d）", decimal(lang, d.Mean), d.Ratings)
			}
			return fmt.Sprintf("%s (%d)", decimal(lang, d.Mean), d.Ratings)
		}}
	for n := 1; n <= 5; n++ {
		c.Rungs = append(c.Rungs, tick{At: star(float64(n)), Text: strconv.Itoa(n)})
	}
	return c
}

// waited is how long half of a day's shoppers waited for first words, in seconds, or in minutes where some waited long.
func waited(c echo.Context, days []dayFigures) curve {
	longest := time.Duration(0)
	for _, d := range days {
		longest = max(longest, d.Waited)
	}
	unit, id := time.Second, "admin.unit.seconds"
	if longest > 2*time.Minute {
		unit, id = time.Minute, "admin.unit.minutes"
	}
	top := roof(int((longest + unit - 1) / unit))
	at := func(v float64) float64 { return round(plotBottom - v/float64(top)*(plotBottom-plotTop)) }
	w := curve{Of: func(d dayFigures) (float64, bool) { return float64(d.Waited) / float64(unit), d.Waited > 0 }, At: at,
		Tip: func(d dayFigures) string { return spell(c, d.Waited) }}
	for _, n := range rungs(top) {
		w.Rungs = append(w.Rungs, tick{At: at(float64(n)), Text: strconv.Itoa(n)})
	}
	w.Rungs[len(w.Rungs)-1].Text = text(c, id, "N", top)
	return w
}

// line draws a curve over the days that it has a value for.
func line(lang string, days []dayFigures, of curve) plot {
	p := plot{Empty: true, Days: names(lang, days), Rungs: of.Rungs}
	width := (plotRight - plotLeft) / float64(len(days))
	var points []string
	for i, d := range days {
		v, ok := of.Of(d)
		if !ok {
			continue
		}
		p.Empty = false
		x, y := round(plotLeft+(float64(i)+0.5)*width), of.At(v)
		points = append(points, fmt.Sprintf("%g,%g", x, y))
		p.Dots = append(p.Dots, dot{x, y, tip(lang, d.Day, of.Tip(d))})
	}
	p.Line = strings.Join(points, " ")
	return p
}

func star(mean float64) float64 {
	return round(plotBottom - starsMargin - (mean-starsLow)/(starsHigh-starsLow)*(plotBottom-plotTop-2*starsMargin))
}

// names are the days written under a plot: some, evenly, the last always among them.
func names(lang string, days []dayFigures) []tick {
	width := (plotRight - plotLeft) / float64(len(days))
	every := (len(days) + daysNamed - 1) / daysNamed
	var list []tick
	for i := range days {
		if (len(days)-1-i)%every == 0 {
			name := tick{round(plotLeft + (float64(i)+0.5)*width), shortDay(lang, days[i].Day), "day-name"}
			if name.At > plotRight-nameHalf { // it would run past the plot: it ends with it
				name.At, name.Class = plotRight, "day-end"
			}
			list = append(list, name)
		}
	}
	return list
}

// roof is a number that everything fits under and whose quarters are whole and round: 4, 8 or 20 times a power of ten.
func roof(highest int) int {
	for step := 1; ; step *= 10 {
		for _, n := range []int{4, 8, 20} {
			if highest <= n*step {
				return n * step
			}
		}
	}
}

func rungs(top int) []int { return []int{0, top / 4, top / 2, top / 4 * 3, top} }

func shortDay(lang string, day time.Time) string {
	switch lang {
	case "zh":
		return day.Format("1月2日")
	case "es":
		return day.Format("2/1")
	}
	return day.Format("2 Jan")
}

// tip is what a bar or a dot says when it is pointed at.
func tip(lang string, day time.Time, value string) string {
	if lang == "zh" {
		return shortDay(lang, day) + "：" + value
	}
	return shortDay(lang, day) + ": " + value
}

func decimal(lang string, f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	if lang == "es" {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

func round(f float64) float64 { return math.Round(f*10) / 10 }
