package conversation

import (
	"context"
	"time"
)

// Every does something again and again, with a pause of this length before each time, until the context ends.
func Every(ctx context.Context, pause time.Duration, do func(context.Context)) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do(ctx)
		}
	}
}
