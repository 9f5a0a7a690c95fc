package main

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdesk/bot/channel"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// crowd puts 500 open cases into the queue, the first of them with 1,000 messages, and returns that one.
func crowd(t *testing.T, p *program, ch channel.Channel) uuid.UUID {
	t.Helper()
	var first uuid.UUID
	batch := &pgx.Batch{}
	for n := range 500 {
		id, address, length := uuid.Must(uuid.NewV7()), fmt.Sprint("crowd-", n), 2
		if n == 0 {
			first, length = id, 1000
		}
		at := time.Now().Add(-time.Duration(n) * 20 * time.Second)
		batch.Queue(`insert into conversations (shop_id, conversation_id, channel_id, address, holder, last_seq, heard_seq, answered_seq, locale, shopper, updated_at)
			values ($1, $2, $3, $4, 'queue', $5, $5, $5, 'en', $6, $7)`, p.shop.ID, id, ch.ID, address, length, map[string]string{"name": fmt.Sprint("Shopper ", n)}, at)
		batch.Queue(`insert into messages (shop_id, conversation_id, seq, author, body, language, episode, created_at)
			select $1, $2, n, case n % 2 when 1 then 'shopper' else 'bot' end, 'Message ' || n || ': the parcel has been on its way for a while, and the page still shows the same step as on Monday.', 'en', 1, $4::timestamptz + n * interval '1 millisecond'
			from generate_series(1, $3::int) n`, p.shop.ID, id, length, at)
		batch.Queue(`insert into cases (shop_id, case_id, conversation_id, episode, level, reasons, language, first_reply_due, created_at) values ($1, $2, $3, 1, $4, '[{"kind": "wish", "score": 1}]', 'en', $5, $6)`,
			p.shop.ID, uuid.Must(uuid.NewV7()), id, 1+n%3, at.Add(3*time.Hour), at)
	}
	if err := p.pool.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	return first
}

// A full inbox stays quick: 500 open cases, a thread of 1,000 messages, and an hour's events. The figures are logged; the bounds
// are wide, for machines that do other work besides.
func TestBrowserFullInboxStaysQuick(t *testing.T) {
	p := boot(t)
	s := p.shopSystem(t, "site")
	ch, err := p.channels.ByName(t.Context(), p.shop.ID, "site")
	if err != nil {
		t.Fatal(err)
	}
	long := crowd(t, p, ch)
	agent := p.tab(t, look{"desk", "en", "light"})
	agent.signIn("agent@demo.frontdesk.example", "/inbox")
	for _, path := range []string{"/inbox", "/inbox/" + long.String()} {
		agent.open(path)
		agent.until(`performance.getEntriesByName("first-contentful-paint").length`)
		painted := in[float64](agent, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
		ready := in[float64](agent, `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`)
		t.Logf("%.12s: first paint after %.0f ms, ready after %.0f ms, %d elements", path, painted, ready, in[int](agent, `document.querySelectorAll("*").length`))
		if painted > 4000 {
			t.Errorf("%s was first painted after %.0f ms", path, painted)
		}
	}
	agent.until(`$("#log").innerText.includes("Message 1000")`)
	agent.shot("inbox-crowded")
	in[bool](agent, `(window.painted = {}, new MutationObserver(() => { for (const e of document.querySelectorAll("#log .entry")) { const k = e.querySelector(".body").innerText.trim(); if (k.startsWith("event ") && !(k in painted)) { painted[k] = 0; requestAnimationFrame(() => setTimeout(() => painted[k] = Date.now())); } } }).observe($("#log"), {childList: true, subtree: true}), true)`)
	var waits []float64
	for n := range 15 {
		text := fmt.Sprint("event ", n)
		s.say("crowd-0", text, text)
		stored := time.Now().UnixMilli()
		agent.until(fmt.Sprintf(`painted[%q] > 0`, text))
		waits = append(waits, in[float64](agent, fmt.Sprintf(`painted[%q]`, text))-float64(stored))
	}
	slices.Sort(waits)
	t.Logf("from the stored event to its paint: median %.0f ms, slowest %.0f ms", waits[7], waits[14])
	if waits[7] > 1500 {
		t.Errorf("half of the events took more than %.0f ms to be seen", waits[7])
	}
	agent.heap()
	before := agent.heap()
	for n := range 300 { // an hour with an event every twelve seconds
		s.say(fmt.Sprint("crowd-", 499-n%499), fmt.Sprint("later-", n), "Is anybody there?")
		time.Sleep(40 * time.Millisecond)
	}
	agent.until(`$("#rows").innerText.includes("Is anybody there?")`)
	after := agent.heap()
	t.Logf("heap: %.1f MB before, %.1f MB after 300 events; %d elements", before/1e6, after/1e6, in[int](agent, `document.querySelectorAll("*").length`))
	if after > before+20e6 {
		t.Errorf("the heap grew from %.1f to %.1f MB", before/1e6, after/1e6)
	}
}

// heap is what the page's script holds on to, in bytes.
func (b *tab) heap() (used float64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return err
		}
		usage, err := cdp.Call(ctx, target, runtime.GetHeapUsage, cdp.Empty{})
		used = usage.UsedSize
		return err
	}))
	return used
}
