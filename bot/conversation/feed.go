package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// What a Change can be. A resync says that changes may have been missed: read again.
const (
	Changed  = "changed"
	Drafting = "draft"
	Typing   = "typing"
	Resync   = "resync"
)

// Change is a wake-up for those who watch a conversation. It carries no text of a message, only ids; a draft carries
// what the bot is about to say, sentence by sentence, each of them checked.
type Change struct {
	ShopID         uuid.UUID `json:"s"`
	ConversationID uuid.UUID `json:"c"`
	What           string    `json:"w"`
	Text           string    `json:"t,omitempty"` // of a draft, whole so far; empty = dropped
	Name           string    `json:"n,omitempty"` // who types
}

const (
	feedChannel   = "frontdesk"
	feedEvery     = 25 * time.Millisecond
	maxNotifySize = 7000
)

// Feed carries changes between the processes that share a database: LISTEN on a connection of its own, NOTIFY coalesced.
// It is a wake-up, not a log: readers ask the tables, and get a resync when the connection was lost.
type Feed struct {
	pool    *pgxpool.Pool
	log     *slog.Logger
	mu      sync.Mutex
	subs    map[*subscription]struct{}
	pending map[Change]struct{}
	drafts  map[uuid.UUID]Change
	stop    context.CancelFunc
	done    sync.WaitGroup
}

type subscription struct {
	shop, conversation uuid.UUID
	ch                 chan Change
	missed             bool
}

// NewFeed starts a feed; Close ends it.
func NewFeed(pool *pgxpool.Pool, log *slog.Logger) *Feed {
	ctx, stop := context.WithCancel(context.Background())
	f := &Feed{pool: pool, log: log, stop: stop, subs: map[*subscription]struct{}{}, pending: map[Change]struct{}{}, drafts: map[uuid.UUID]Change{}}
	f.done.Go(func() { f.listen(ctx) })
	f.done.Go(func() { f.flush(ctx) })
	return f
}

// Close stops listening and ends every subscription.
func (f *Feed) Close() {
	f.stop()
	f.done.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.subs {
		close(s.ch)
		delete(f.subs, s)
	}
}

// Subscribe watches one conversation, or with uuid.Nil the whole shop. The channel is closed by cancel or Close.
func (f *Feed) Subscribe(shop, conversation uuid.UUID) (changes <-chan Change, cancel func()) {
	s := &subscription{shop: shop, conversation: conversation, ch: make(chan Change, 64)}
	f.mu.Lock()
	f.subs[s] = struct{}{}
	f.mu.Unlock()
	return s.ch, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if _, open := f.subs[s]; open {
			delete(f.subs, s)
			close(s.ch)
		}
	}
}

// Changed tells every process that the conversation changed.
func (f *Feed) Changed(shop, conversation uuid.UUID) {
	f.add(Change{ShopID: shop, ConversationID: conversation, What: Changed})
}

// Typing tells that somebody with this name is writing.
func (f *Feed) Typing(shop, conversation uuid.UUID, name string) {
	f.add(Change{ShopID: shop, ConversationID: conversation, What: Typing, Name: name})
}

// Draft shows what the bot has so far; an empty text takes it back.
func (f *Feed) Draft(shop, conversation uuid.UUID, text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drafts[conversation] = Change{ShopID: shop, ConversationID: conversation, What: Drafting, Text: text}
}

func (f *Feed) add(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending[c] = struct{}{}
}

func (f *Feed) flush(ctx context.Context) {
	Every(ctx, feedEvery, func(ctx context.Context) {
		for _, payload := range payloads(f.take()) {
			if _, err := f.pool.Exec(ctx, `select pg_notify($1, $2)`, feedChannel, payload); err != nil && ctx.Err() == nil {
				f.log.Warn("wake-up not sent; pages will poll", "error", err)
			}
		}
	})
}

func (f *Feed) take() []Change {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]Change, 0, len(f.pending)+len(f.drafts))
	for _, d := range f.drafts {
		out = append(out, d)
	}
	for c := range f.pending {
		out = append(out, c)
	}
	clear(f.drafts)
	clear(f.pending)
	return out
}

// payloads packs changes into as few notifications as their size limit of 8,000 bytes allows. A draft too long for one is
// left out: the finished message follows.
func payloads(changes []Change) []string {
	var out []string
	var batch []json.RawMessage
	size := 0
	send := func() {
		if len(batch) > 0 {
			raw, _ := json.Marshal(batch)
			out = append(out, string(raw))
			batch, size = nil, 0
		}
	}
	for _, c := range changes {
		raw, err := json.Marshal(c)
		if err != nil || len(raw) > maxNotifySize {
			continue
		}
		if size+len(raw) > maxNotifySize {
			send()
		}
		batch, size = append(batch, raw), size+len(raw)+1
	}
	send()
	return out
}

func (f *Feed) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := f.listenOnce(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
			f.log.Warn("live feed lost its connection; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func (f *Feed) listenOnce(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, f.pool.Config().ConnConfig.Copy())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(ctx, `listen `+feedChannel); err != nil {
		return err
	}
	f.dispatch(Change{What: Resync})
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var changes []Change
		if err := json.Unmarshal([]byte(n.Payload), &changes); err != nil {
			f.log.Warn("unreadable wake-up", "error", err)
			continue
		}
		for _, c := range changes {
			f.dispatch(c)
		}
	}
}

// dispatch never waits for a slow reader: one that is full gets a resync as soon as it has room.
func (f *Feed) dispatch(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.subs {
		if c.What != Resync && (s.shop != c.ShopID || (s.conversation != uuid.Nil && s.conversation != c.ConversationID)) {
			continue
		}
		send := c
		if s.missed {
			send = Change{ShopID: s.shop, ConversationID: s.conversation, What: Resync}
		}
		select {
		case s.ch <- send:
			s.missed = false
		default:
			s.missed = true
		}
	}
}
