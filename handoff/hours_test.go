package handoff_test

import (
	"testing"
	"time"

	"frontdesk/handoff"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func minute(t testing.TB, s string) handoff.Minute {
	t.Helper()
	m, err := handoff.ParseMinute(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func everyDay(t testing.TB, opens, closes string) []handoff.Shift {
	t.Helper()
	var shifts []handoff.Shift
	for day := range time.Weekday(7) {
		shifts = append(shifts, handoff.Shift{Weekday: day, Opens: minute(t, opens), Closes: minute(t, closes)})
	}
	return shifts
}

func TestHoursKnowNightsAndChangesOfTheClock(t *testing.T) {
	madrid, shanghai := zone(t, "Europe/Madrid"), zone(t, "Asia/Shanghai")
	day, night := everyDay(t, "09:00", "18:00"), everyDay(t, "22:00", "06:00")
	monday := []handoff.Shift{{Weekday: time.Monday, Opens: minute(t, "09:00"), Closes: minute(t, "24:00")}}
	for _, c := range []struct {
		name   string
		hours  handoff.Hours
		at     time.Time
		opens  time.Time // zero: open at the time
		closed bool
	}{
		{"always", handoff.Hours{Zone: time.UTC}, time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC), time.Time{}, false},
		{"in the morning", handoff.Hours{Zone: shanghai, Shifts: day}, time.Date(2026, 1, 1, 8, 59, 59, 0, shanghai), time.Date(2026, 1, 1, 9, 0, 0, 0, shanghai), true},
		{"on the dot", handoff.Hours{Zone: shanghai, Shifts: day}, time.Date(2026, 1, 1, 9, 0, 0, 0, shanghai), time.Time{}, false},
		{"at closing", handoff.Hours{Zone: shanghai, Shifts: day}, time.Date(2026, 1, 1, 18, 0, 0, 0, shanghai), time.Date(2026, 1, 2, 9, 0, 0, 0, shanghai), true},
		{"after midnight", handoff.Hours{Zone: madrid, Shifts: night}, time.Date(2026, 5, 5, 2, 0, 0, 0, madrid), time.Time{}, false},
		{"at noon of a night desk", handoff.Hours{Zone: madrid, Shifts: night}, time.Date(2026, 5, 5, 12, 0, 0, 0, madrid), time.Date(2026, 5, 5, 22, 0, 0, 0, madrid), true},
		{"until midnight", handoff.Hours{Zone: madrid, Shifts: monday}, time.Date(2026, 5, 4, 23, 59, 0, 0, madrid), time.Time{}, false},
		{"a week away", handoff.Hours{Zone: madrid, Shifts: monday}, time.Date(2026, 5, 5, 0, 0, 0, 0, madrid), time.Date(2026, 5, 11, 9, 0, 0, 0, madrid), true},
		{"over the spring change", handoff.Hours{Zone: madrid, Shifts: day}, time.Date(2026, 3, 28, 20, 0, 0, 0, madrid), time.Date(2026, 3, 29, 7, 0, 0, 0, time.UTC), true},
		{"over the autumn change", handoff.Hours{Zone: madrid, Shifts: day}, time.Date(2026, 10, 24, 20, 0, 0, 0, madrid), time.Date(2026, 10, 25, 8, 0, 0, 0, time.UTC), true},
		{"the night of the autumn change is nine hours", handoff.Hours{Zone: madrid, Shifts: night}, time.Date(2026, 10, 25, 4, 59, 0, 0, time.UTC), time.Time{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if open := c.hours.Open(c.at); open == c.closed {
				t.Errorf("open at %s: %v", c.at, open)
			}
			want := c.opens
			if want.IsZero() {
				want = c.at
			}
			if next := c.hours.Next(c.at); !next.Equal(want) {
				t.Errorf("opens next at %s, want %s", next, want)
			}
		})
	}
}

func TestWhatIsOwedRunsOutWhileSomebodyIsThere(t *testing.T) {
	madrid := zone(t, "Europe/Madrid")
	day := handoff.Hours{Zone: madrid, Shifts: everyDay(t, "09:00", "19:30")}
	halves := handoff.Hours{Zone: madrid, Shifts: append(everyDay(t, "09:00", "14:00"), everyDay(t, "13:30", "18:00")...)}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, madrid) }
	for _, c := range []struct {
		name  string
		hours handoff.Hours
		from  time.Time
		open  time.Duration
		want  time.Time
	}{
		{"always open", handoff.Hours{Zone: madrid}, at(3, 23, 50), 30 * time.Minute, at(4, 0, 20)},
		{"within the day", day, at(3, 10, 0), 30 * time.Minute, at(3, 10, 30)},
		{"until closing", day, at(3, 19, 0), 30 * time.Minute, at(3, 19, 30)},
		{"over night", day, at(3, 19, 25), 30 * time.Minute, at(4, 9, 25)},
		{"from a closed desk", day, at(3, 22, 0), 30 * time.Minute, at(4, 9, 30)},
		{"over shifts that overlap", halves, at(3, 13, 50), 30 * time.Minute, at(3, 14, 20)},
		{"over several days", day, at(3, 18, 30), 12 * time.Hour, at(5, 9, 30)},
		{"over the spring change", day, at(28, 19, 0), time.Hour, at(29, 9, 30)},
	} {
		if got := c.hours.After(c.from, c.open); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	hardly := handoff.Hours{Zone: madrid, Shifts: []handoff.Shift{{Weekday: time.Monday, Opens: 600, Closes: 601}}}
	if got := hardly.After(at(3, 0, 0), 7*24*time.Hour); got.Before(at(3, 0, 0)) {
		t.Errorf("a desk that is hardly open: %s", got)
	}
}

func TestTheNextOpeningIsTheFirst(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "Europe/Madrid"), zone(t, "Asia/Shanghai"), zone(t, "America/New_York"), zone(t, "Australia/Lord_Howe")}
	rapid.Check(t, func(r *rapid.T) {
		h := handoff.Hours{Zone: rapid.SampledFrom(zones).Draw(r, "zone")}
		for range rapid.IntRange(1, 6).Draw(r, "shifts") {
			h.Shifts = append(h.Shifts, handoff.Shift{Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(r, "weekday")),
				Opens: handoff.Minute(rapid.IntRange(0, 1439).Draw(r, "opens")), Closes: handoff.Minute(rapid.IntRange(0, 1440).Draw(r, "closes"))})
		}
		at := time.Unix(1_767_225_600+rapid.Int64Range(0, 366*24*3600).Draw(r, "at"), 0)
		next := h.Next(at)
		if next.Before(at) {
			r.Fatalf("the next opening %s is before %s", next, at)
		}
		if !h.Open(next) {
			r.Fatalf("closed at its own opening %s", next)
		}
		if h.Open(at) != next.Equal(at) {
			r.Fatalf("open at %s: %v, but the next opening is %s", at, h.Open(at), next)
		}
		for try := range 50 {
			if between := at.Add(next.Sub(at) * time.Duration(try) / 50); h.Open(between) && between.Before(next) {
				r.Fatalf("open at %s already, before %s", between, next)
			}
		}
	})
}

func TestMinutesReadAndWriteThemselves(t *testing.T) {
	for _, good := range []string{"00:00", "09:30", "23:59", "24:00"} {
		if m := minute(t, good); m.String() != good {
			t.Errorf("%s became %s", good, m)
		}
	}
	for _, bad := range []string{"", "9", "24:01", "12:60", "noon"} {
		if _, err := handoff.ParseMinute(bad); err == nil {
			t.Errorf("%q was taken for a time of day", bad)
		}
	}
}

func FuzzParseMinute(f *testing.F) {
	for _, seed := range []string{"09:30", "24:00", "", "9:5", "99:99"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := handoff.ParseMinute(s)
		if err != nil {
			return
		}
		if again, err := handoff.ParseMinute(m.String()); err != nil || again != m || m < 0 || m > 24*60 {
			t.Errorf("%q is %d, written %s", s, m, m)
		}
	})
}
