package inbox_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

func (f *floor) newest(id uuid.UUID) int64 {
	f.t.Helper()
	talk, err := f.store.Conversation(context.Background(), f.shop, id)
	f.must(err)
	return talk.LastSeq
}

// listen returns the names of the events of a stream, until the test ends or ten seconds have passed.
func (f *floor) listen(p staff.Person, path string) <-chan string {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	f.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url+path, nil)
	f.must(err)
	req.Header.Set("X-Who", p.ID.String())
	res, err := http.DefaultClient.Do(req)
	f.must(err)
	events := make(chan string, 100)
	go func() {
		defer close(events)
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				events <- name
			}
		}
	}()
	return events
}

// drain takes events away until none has come for as long as quiet.
func drain(events <-chan string, quiet time.Duration) {
	for {
		select {
		case <-events:
		case <-time.After(quiet):
			return
		}
	}
}
