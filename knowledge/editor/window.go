package editor

import (
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

// window is when an article is valid, as the shop's calendar has it.
type window struct {
	From, To string    // days, or times where they are none
	First    time.Time // on the shop's clock, as is Last, the last moment
	Last     time.Time
	State    string // "" valid, or early, expired, ending
}

// windowOf reads the window of an article as of now.
func windowOf(a knowledge.Article, shop knowledge.Shop) window {
	zone, now := shop.Location(), time.Now()
	w := window{From: importer.Day(a.ValidFrom, zone, false), To: importer.Day(a.ValidTo, zone, true)}
	if a.ValidFrom != nil {
		w.First = a.ValidFrom.In(zone)
	}
	if a.ValidTo != nil {
		w.Last = a.ValidTo.Add(-time.Nanosecond).In(zone)
	}
	switch {
	case early(a, now):
		w.State = "early"
	case a.ValidTo != nil && !a.ValidTo.After(now):
		w.State = "expired"
	case a.ValidTo != nil && a.ValidTo.Before(now.Add(expiringSoon)):
		w.State = "ending"
	}
	return w
}
