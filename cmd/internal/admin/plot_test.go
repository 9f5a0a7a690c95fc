package admin

import (
	"testing"
	"time"
)

func TestBarsStandWithinTheirFrameAndAddUp(t *testing.T) {
	days := make([]dayFigures, 90)
	for i := range days {
		days[i] = dayFigures{Day: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Conversations: i * 7, Alone: i * 3, Young: i, Person: i * 2}
	}
	p := stacked("en", days, talkParts())
	if p.Empty || len(p.Days) == 0 || len(p.Days) > daysNamed || p.Rungs[0].Text != "0" {
		t.Errorf("%d names, rungs %v", len(p.Days), p.Rungs)
	}
	for _, b := range p.Bars {
		if b.X < plotLeft || b.X+b.W > plotRight || b.Y < plotTop-0.1 || b.Y+b.H > plotBottom+0.2 {
			t.Fatalf("a bar leaves the frame: %+v", b)
		}
	}
	if last := p.Days[len(p.Days)-1]; last.At != plotRight || last.Class != "day-end" {
		t.Errorf("the last day's name runs past the plot: %+v", last)
	}
	for _, name := range p.Days[:len(p.Days)-1] {
		if name.Class != "day-name" || name.At+nameHalf > plotRight {
			t.Errorf("a name runs past the plot: %+v", name)
		}
	}
	if empty := stacked("en", days[:1], talkParts()); !empty.Empty {
		t.Error("a plot of nothing says that it has something")
	}
}

func TestTheScaleIsRoundAndCoversEverything(t *testing.T) {
	for _, n := range []int{0, 1, 4, 5, 8, 9, 20, 21, 99, 100, 12345} {
		top := roof(n)
		if top < n || top%4 != 0 {
			t.Errorf("%d under %d", n, top)
		}
	}
}

func TestRatingsStandOnTheirRungs(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	p := line("es", []dayFigures{{Day: day, Ratings: 2, Mean: 4}, {Day: day.AddDate(0, 0, 1)}, {Day: day.AddDate(0, 0, 2), Ratings: 1, Mean: 1.5}}, stars("es"))
	if len(p.Dots) != 2 || p.Dots[0].Y != p.Rungs[3].At || p.Dots[1].Tip != "3/3: 1,5 (1)" {
		t.Errorf("%+v", p)
	}
}

func TestCellsOfTheExportAreNeverFormulas(t *testing.T) {
	for in, want := range map[string]string{"wish": "wish", "=1+1": "'=1+1", "@x": "'@x", "": "", "-2": "'-2"} {
		if got := plain(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}
