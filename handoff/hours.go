package handoff

import (
	"fmt"
	"time"
)

// Minute is a time of day on the desk's wall clock, in minutes from midnight, 0 … 1440.
type Minute int

// ParseMinute reads "09:30"; "24:00" is the end of the day.
func ParseMinute(s string) (Minute, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("time of day %q: %w: hours and minutes, as in 09:30", s, ErrInvalid)
	}
	return Minute(t.Hour()*60 + t.Minute()), nil
}

// String returns "09:30".
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60) }

// MarshalText writes "09:30".
func (m Minute) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "09:30".
func (m *Minute) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMinute(string(text))
	return err
}

// Shift is one stretch of time in which people are on duty, every week. One that closes no later than it opens
// goes on to the next day.
type Shift struct {
	Weekday time.Weekday `json:"weekday"` // 0 = Sunday
	Opens   Minute       `json:"opens"`
	Closes  Minute       `json:"closes"`
}

// Hours are a desk's hours on its own clock. A desk without shifts is always open.
type Hours struct {
	Zone   *time.Location
	Shifts []Shift
}

// Open says whether people are on duty at this time.
func (h Hours) Open(at time.Time) bool {
	_, open := h.Since(at)
	return open
}

// Since returns when the stretch began that at lies in; false when the desk is closed. A desk that is always open
// began before anything.
func (h Hours) Since(at time.Time) (began time.Time, open bool) {
	if len(h.Shifts) == 0 {
		return time.Time{}, true
	}
	now, open := h.during(at)
	return now.from, open
}

// Next returns at when the desk is open then, else its next opening.
func (h Hours) Next(at time.Time) time.Time {
	if h.Open(at) {
		return at
	}
	var next time.Time
	for _, s := range h.around(at) {
		if s.from.After(at) && s.to.After(s.from) && (next.IsZero() || s.from.Before(next)) {
			next = s.from
		}
	}
	if next.IsZero() { // only shifts that a change of the clock swallows
		return at
	}
	return next
}

// After returns when the desk has been open for d since from: what is owed runs out while somebody is there to do it.
func (h Hours) After(from time.Time, d time.Duration) time.Time {
	at := h.Next(from)
	for at.Sub(from) < furthest {
		now, open := h.during(at)
		if !open || !now.to.Before(at.Add(d)) {
			break
		}
		d -= now.to.Sub(at)
		at = h.Next(now.to)
	}
	return at.Add(d)
}

// furthest is how far After looks: a week of open time in a desk that opens for some hours a week.
const furthest = 366 * 24 * time.Hour

// during returns the time around at in which the desk does not close; false when it is closed then, or has no shifts.
func (h Hours) during(at time.Time) (now stretch, open bool) {
	for _, s := range h.around(at) {
		switch {
		case s.from.After(at) || !at.Before(s.to):
		case !open:
			now, open = s, true
		default:
			if s.from.Before(now.from) {
				now.from = s.from
			}
			if s.to.After(now.to) {
				now.to = s.to
			}
		}
	}
	return now, open
}

type stretch struct{ from, to time.Time }

// around returns the stretches that may hold at, and those of the two weeks after it. Two, because the change to
// summer time can swallow a short shift of one week.
func (h Hours) around(at time.Time) []stretch {
	var list []stretch
	year, month, day := at.In(h.Zone).Date()
	for offset := -1; offset <= 15; offset++ {
		weekday := time.Date(year, month, day+offset, 12, 0, 0, 0, time.UTC).Weekday()
		for _, s := range h.Shifts {
			if s.Weekday != weekday {
				continue
			}
			over := 0
			if s.Closes <= s.Opens {
				over = 1
			}
			list = append(list, stretch{
				from: time.Date(year, month, day+offset, 0, int(s.Opens), 0, 0, h.Zone),
				to:   time.Date(year, month, day+offset+over, 0, int(s.Closes), 0, 0, h.Zone)})
		}
	}
	return list
}
