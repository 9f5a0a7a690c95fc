package handoff_test

import (
	"errors"
	"testing"
	"time"

	"frontdesk/handoff"
)

func TestAWeekIsReadAsItIsWritten(t *testing.T) {
	for typed, want := range map[string]string{
		"":                           "",
		"09:00-18:00":                "09:00-18:00",
		"9:00 – 12:30 ， 13：00至18：00": "09:00-12:30, 13:00-18:00",
		"22:00~02:00":                "22:00-02:00",
		"00:00-24:00;":               "00:00-24:00",
	} {
		shifts, err := handoff.ReadWeek([]handoff.DutyDay{{Weekday: time.Sunday, Shifts: typed}})
		if week := (handoff.Hours{Shifts: shifts}).Week(); err != nil || week[6] != (handoff.DutyDay{Weekday: time.Sunday, Shifts: want}) || week[0].Shifts != "" {
			t.Errorf("%q became %v, %v", typed, week, err)
		}
	}
	for _, typed := range []string{"9-5", "09:00", "09:00-25:00", "mornings"} {
		if _, err := handoff.ReadWeek([]handoff.DutyDay{{Shifts: typed}}); !errors.Is(err, handoff.ErrInvalid) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
