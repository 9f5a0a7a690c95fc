package handoff

import "time"

// SetClock lets a test say what time it is.
func (d *Desk) SetClock(now func() time.Time) { d.now = now }
