package main

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"frontdesk/cmd/internal/localpg"
	"frontdesk/knowledge/knowledgetest"
)

// The database goes away for ten seconds: what cannot be stored is refused with 503, and then all is well by itself.
func TestTheDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	cluster, err := localpg.Start(ctx, localpg.Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	if err := migrate(ctx, cluster.URL(localpg.Database)); err != nil {
		t.Fatal(err)
	}
	smallShop(t, cluster.URL(localpg.Database))
	p := bootOn(t, cluster.URL(localpg.Database))
	s := p.shopSystem(t, "outage")
	s.say("before", "m-1", "Can I combine two discount codes?")
	s.wait("before", "message.created", 1)

	if err := cluster.Down(); err != nil {
		t.Fatal(err)
	}
	away := time.Now()
	for time.Since(away) < 10*time.Second {
		if status, answer := s.say("during", "m-1", "Can I combine two discount codes?"); status != http.StatusServiceUnavailable {
			t.Errorf("%s into the outage: %d %s, want 503", time.Since(away).Round(time.Second), status, answer)
		}
		if resp, err := http.Get(p.url + "/readyz"); err != nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("readyz: %v, %v", resp, err)
		}
		time.Sleep(2 * time.Second)
	}
	if err := cluster.Up(ctx); err != nil {
		t.Fatal(err)
	}
	waitFor(t, 20*time.Second, "messages to be accepted again", func() bool {
		status, _, err := s.tryPost(messageBody("during", "m-1", "Can I combine two discount codes?"))
		return err == nil && (status == http.StatusAccepted || status == http.StatusOK)
	})
	if got := s.wait("during", "message.created", 1); got.Data.Author != "bot" {
		t.Errorf("after the outage: %+v", got.Data)
	}
}

// smallShop makes the demo shop with one article, where reading all of them would take longer than the test.
func smallShop(t *testing.T, url string) {
	t.Helper()
	pool, err := openPool(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	a, err := newApp(t.Context(), &Config{}, pool, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	shop, err := a.seedShop(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	knowledgetest.Import(t, a.base, shop, knowledgetest.Articles()[7]) // a coupon, in English
}
