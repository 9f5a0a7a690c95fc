package conversation_test

import (
	"testing"
	"time"

	"frontdesk/bot/conversation"
)

func TestADeadlineNamesTheDayWhereItIsNotToday(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	clock := conversation.Shopper{Zone: "Europe/Madrid"}.Clock(madrid)
	now := time.Date(2027, 5, 3, 19, 25, 0, 0, madrid)
	for due, want := range map[time.Time][3]string{
		now.Add(10 * time.Minute): {"19:35", "19:35", "de las 19:35"},
		now.Add(14 * time.Hour):   {"5月4日星期二09:25", "Tuesday 4 May at 09:25", "del martes, 4 de mayo, 09:25"},
	} {
		for i, language := range []string{"zh", "en", "es"} {
			if got := clock.Deadline(due, now, language); got != want[i] {
				t.Errorf("%s in %s: %q, want %q", due, language, got, want[i])
			}
		}
	}
}
