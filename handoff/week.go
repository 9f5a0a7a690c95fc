package handoff

import (
	"fmt"
	"strings"
	"time"
)

// ErrOverlap says that two shifts of one day share time.
var ErrOverlap = fmt.Errorf("%w: two shifts of a day overlap", ErrInvalid)

// DutyDay is one weekday's shifts as a person writes them: "09:00-12:00, 13:00-18:00", nothing on a day off.
type DutyDay struct {
	Weekday time.Weekday
	Shifts  string
}

// Week is the hours as a person writes them, from Monday on.
func (h Hours) Week() []DutyDay {
	week := make([]DutyDay, 7)
	for i := range week {
		day := DutyDay{Weekday: time.Weekday((i + 1) % 7)}
		for _, s := range h.Shifts {
			if s.Weekday == day.Weekday {
				day.Shifts += ", " + s.Opens.String() + "-" + s.Closes.String()
			}
		}
		day.Shifts = strings.TrimPrefix(day.Shifts, ", ")
		week[i] = day
	}
	return week
}

// dashes and commas of any kind, as keyboards of three languages make them.
var typedShifts = strings.NewReplacer("–", "-", "—", "-", "－", "-", "~", "-", "～", "-", "至", "-", "：", ":", "，", ",", "、", ",", ";", ",", "；", ",", " ", "", "\u3000", "")

// ReadWeek reads the shifts of the days given; an error is ErrInvalid.
func ReadWeek(days []DutyDay) ([]Shift, error) {
	var all []Shift
	for _, day := range days {
		for _, part := range strings.Split(typedShifts.Replace(day.Shifts), ",") {
			if part == "" {
				continue
			}
			from, to, ok := strings.Cut(part, "-")
			if !ok {
				return nil, fmt.Errorf("hours %q: %w", part, ErrInvalid)
			}
			opens, err := ParseMinute(from)
			if err != nil {
				return nil, err
			}
			closes, err := ParseMinute(to)
			if err != nil {
				return nil, err
			}
			all = append(all, Shift{Weekday: day.Weekday, Opens: opens, Closes: closes})
		}
	}
	return all, nil
}

// overlap says whether two shifts of one day share time. One that closes no later than it opens lasts beyond midnight.
func overlap(all []Shift) bool {
	end := func(s Shift) Minute {
		if s.Closes <= s.Opens {
			return s.Closes + 24*60
		}
		return s.Closes
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.Weekday == b.Weekday && a.Opens < end(b) && b.Opens < end(a) {
				return true
			}
		}
	}
	return false
}
