package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/storefront"
	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/localpg"
	"frontdesk/knowledge"

	"golang.org/x/sync/errgroup"
)

type benchCommand struct {
	Rounds  int `default:"7" help:"Rounds; each measures both sides, in turn."`
	Seconds int `default:"3" help:"Seconds of each measurement."`
	Clients int `default:"16" help:"Clients at once."`
}

func (benchCommand) Help() string {
	return "  frontdesk bench\nEverything happens on a private cluster of its own and on loopback. Only the ratios mean something: absolute figures depend on the machine and the hour."
}

// Run measures what Frontdesk costs against the least that the same work could cost: PostgreSQL alone, and the model alone.
func (b *benchCommand) Run(ctx context.Context, c *cli) error {
	cluster, err := localpg.Start(ctx, localpg.Options{Ephemeral: true, Install: true, Progress: c.errs})
	if err != nil {
		return err
	}
	config := c.Config
	config.DatabaseURL, config.Listen, config.LogLevel = cluster.URL(localpg.Database), "127.0.0.1:0", "error"
	err = b.measure(ctx, c, &config, cluster)
	return errors.Join(err, cluster.Stop())
}

func (b *benchCommand) measure(ctx context.Context, c *cli, config *Config, cluster *localpg.Cluster) error {
	db, err := config.openDatabase(ctx, c.errs)
	if err != nil {
		return err
	}
	defer db.close()
	a, err := newApp(ctx, config, db.pool, config.logger(c.errs))
	if err != nil {
		return err
	}
	defer a.close()
	shop, err := a.seed(ctx, io.Discard)
	if err != nil {
		return err
	}
	pg := pgbench{bin: filepath.Join(cluster.Server().BinDir, "pgbench"), url: config.DatabaseURL, clients: b.Clients, seconds: b.Seconds}
	fmt.Fprintf(c.out, "%d rounds of %d s, %d clients; medians, and the ratios' smallest and largest\n\n", b.Rounds, b.Seconds, b.Clients)
	for _, m := range []func(context.Context, *app, knowledge.Shop, pgbench) (comparison, error){b.webhooks, b.searches, b.turns} {
		compared, err := m(ctx, a, shop, pg)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.out, compared)
	}
	return nil
}

// comparison is one figure against its yardstick, round by round.
type comparison struct {
	what, ours, theirs string
	a, b               []float64
}

// String gives medians and the ratio with its spread; over 40 % the run says nothing.
func (m comparison) String() string {
	ratios := make([]float64, len(m.a))
	for i := range m.a {
		ratios[i] = m.a[i] / m.b[i]
	}
	low, high := slices.Min(ratios), slices.Max(ratios)
	verdict := ""
	if (high-low)/median(ratios) > 0.4 {
		verdict = "  (spread over 40 %: inconclusive)"
	}
	return fmt.Sprintf("%s\n  %-34s %10.1f\n  %-34s %10.1f\n  ratio %.2f (%.2f … %.2f)%s\n", m.what, m.ours, median(m.a), m.theirs, median(m.b), median(ratios), low, high, verdict)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// rounds measures two sides in turn, A B A B.
func (b *benchCommand) rounds(m comparison, ours, theirs func() (float64, error)) (comparison, error) {
	for range b.Rounds {
		x, err := ours()
		if err != nil {
			return m, err
		}
		y, err := theirs()
		if err != nil {
			return m, err
		}
		m.a, m.b = append(m.a, x), append(m.b, y)
	}
	return m, nil
}

// webhooks compares signed webhooks accepted a second with pgbench doing the same inserts.
func (b *benchCommand) webhooks(ctx context.Context, a *app, shop knowledge.Shop, pg pgbench) (comparison, error) {
	ch, err := a.channels.Add(ctx, channel.Channel{ShopID: shop.ID, Name: "bench", Kind: channel.KindWebhook})
	if err != nil {
		return comparison{}, err
	}
	a.limits = storefront.Limits{Channel: 1e6, ChannelBurst: 1e6} // the limiter is not what is measured
	handler, closeFaces, err := a.handler()
	if err != nil {
		return comparison{}, err
	}
	defer closeFaces()
	server := httptest.NewServer(handler)
	defer server.Close()
	script := fmt.Sprintf(`\set id random(1, 2000000000)
begin;
insert into conversations (shop_id, conversation_id, channel_id, address) values ('%[1]s', gen_random_uuid(), '%[2]s', 'p' || :id || random()) returning conversation_id \gset
update conversations set last_seq = 1, heard_seq = 1, turn_since = now() where shop_id = '%[1]s' and conversation_id = :conversation_id;
insert into messages (shop_id, conversation_id, seq, author, body, external_id, episode) values ('%[1]s', :conversation_id, 1, 'shopper', 'Can I combine two discount codes?', 'm-1', 1);
insert into river_job (args, kind, max_attempts, queue) values ('{}', 'turn', 25, 'bench');
commit;`, shop.ID, ch.ID)
	sender := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: b.Clients}} // a sender keeps its connections, as pgbench does
	defer sender.CloseIdleConnections()
	n := 0
	m := comparison{what: "webhook accepted", ours: "signed webhooks a second", theirs: "pgbench, the same inserts"}
	return b.rounds(m, func() (float64, error) {
		n++
		return b.perSecond(ctx, func(client, i int) error {
			return postSigned(ctx, sender, server.URL+"/webhooks/"+shop.Slug+"/"+ch.Name, ch, messageOf(fmt.Sprintf("b-%d-%d-%d", n, client, i)))
		})
	}, func() (float64, error) { return pg.run(ctx, script) })
}

func messageOf(conversation string) []byte {
	body, _ := json.Marshal(map[string]any{"type": channel.MessageCreated, "data": map[string]string{ // strings only
		"conversation": conversation, "message": "m-1", "text": "Can I combine two discount codes?"}})
	return body
}

func postSigned(ctx context.Context, sender *http.Client, url string, ch channel.Channel, body []byte) error {
	header, err := webhook.Sign(ch, fmt.Sprint("b", time.Now().UnixNano()), time.Now(), body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = header
	for {
		resp, err := sender.Do(req)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		switch resp.StatusCode {
		case http.StatusAccepted, http.StatusOK:
			return nil
		case http.StatusTooManyRequests:
			req.Body = io.NopCloser(bytes.NewReader(body))
			time.Sleep(10 * time.Millisecond)
		default:
			return fmt.Errorf("webhook: %s", resp.Status)
		}
	}
}

// searches compares searches a second with pgbench running the same statement with the same values.
func (b *benchCommand) searches(ctx context.Context, a *app, shop knowledge.Shop, pg pgbench) (comparison, error) {
	query := knowledge.Query{Text: "Can I combine two discount codes?", Locale: "en"}
	statement, err := capturedSearch(ctx, a, shop, query)
	if err != nil {
		return comparison{}, err
	}
	m := comparison{what: "search of the demo shop (about 6,500 passages)", ours: "searches a second", theirs: "pgbench, the same statement"}
	return b.rounds(m, func() (float64, error) {
		return b.perSecond(ctx, func(int, int) error { _, err := a.base.Search(ctx, shop, query); return err })
	}, func() (float64, error) { return pg.run(ctx, statement+";") })
}

// turns compares a composed turn, in milliseconds, with a bare call of the same fake model: the difference is our own share.
func (b *benchCommand) turns(ctx context.Context, a *app, shop knowledge.Shop, _ pgbench) (comparison, error) {
	const think = 200 * time.Millisecond
	shop.Settings.AnswerAbove = 1 // nothing is sure enough to do without the model
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(think)
		writeCompletion(w, `{"text":"You can use one code per order.","articles":["coupon-stacking"],"sure":true,"handover":false}`)
	}))
	defer server.Close()
	model := bot.NewEndpoint(bot.EndpointConfig{BaseURL: server.URL, Key: "none", Model: "bench", Log: a.log})
	responder := bot.New(bot.Config{Base: a.base, Store: a.store, Channels: a.channels, Escalator: a.desk, Models: func(knowledge.Shop) bot.Model { return model }, Log: a.log})
	m := comparison{what: fmt.Sprintf("a turn with a model that thinks for %s", think), ours: "composed turn, ms", theirs: "bare call of the model, ms"}
	question := bot.Question{Turns: []triage.Turn{{Role: "shopper", Text: "discount codes, more than one, and what about the members' price on top?"}}}
	return b.rounds(m, func() (float64, error) {
		return millis(func() error { _, err := responder.Compose(ctx, shop, question, nil); return err })
	}, func() (float64, error) {
		return millis(func() error {
			_, err := model.Complete(ctx, bot.Prompt{System: "s", User: "u", MaxTokens: 100}, nil)
			return err
		})
	})
}

// writeCompletion answers as an OpenAI-compatible endpoint streams.
func writeCompletion(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/event-stream")
	chunk, _ := json.Marshal(map[string]any{"id": "1", "object": "chat.completion.chunk", "choices": []any{map[string]any{"index": 0, "delta": map[string]string{"content": text}, "finish_reason": "stop"}}})
	fmt.Fprintf(w, "data: %s\n\ndata: [DONE]\n\n", chunk)
}

func millis(do func() error) (float64, error) {
	start := time.Now()
	err := do()
	return float64(time.Since(start).Microseconds()) / 1000, err
}

// perSecond runs clients side by side for the configured time.
func (b *benchCommand) perSecond(ctx context.Context, do func(client, i int) error) (float64, error) {
	start := time.Now()
	deadline := start.Add(time.Duration(b.Seconds) * time.Second)
	done := make([]int, b.Clients)
	group, ctx := errgroup.WithContext(ctx)
	for client := range b.Clients {
		group.Go(func() error {
			for i := 0; time.Now().Before(deadline) && ctx.Err() == nil; i++ {
				if err := do(client, i); err != nil {
					return err
				}
				done[client]++
			}
			return nil
		})
	}
	err := group.Wait()
	total := 0
	for _, n := range done {
		total += n
	}
	return math.Max(float64(total), 1) / time.Since(start).Seconds(), err
}
