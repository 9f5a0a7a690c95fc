package inbox_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/inbox"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// floor is a served inbox on a database of its own, with a shop, a channel and three people.
type floor struct {
	t        testing.TB
	pool     *pgxpool.Pool
	store    *conversation.Store
	desk     *handoff.Desk
	staff    *staff.Store
	feed     *conversation.Feed
	echo     *echo.Echo
	url      string
	shop     uuid.UUID
	channel  uuid.UUID
	mia, leo staff.Person // agents
	sara     staff.Person // supervisor
	people   map[string]staff.Person

	suggested []string // what was put before the editors
	lookups   []inbox.Lookup
	articles  []inbox.Article // what a search finds
	model     *model          // nil: the shop has none
}

func newFloor(t testing.TB) *floor {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate, handoff.Migrate)
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	feed := conversation.NewFeed(pool, log)
	t.Cleanup(feed.Close)
	f := &floor{t: t, pool: pool, feed: feed, store: conversation.New(pool, jobs, feed), staff: staff.New(pool), people: map[string]staff.Person{}}
	f.desk = handoff.New(pool, f.store, log)
	f.shop, f.channel = f.addShop("demo")
	f.mia, f.leo = f.hire(f.shop, "Mia", staff.Agent), f.hire(f.shop, "Leo", staff.Agent)
	f.sara = f.hire(f.shop, "Sara", staff.Supervisor)
	f.serve(log)
	return f
}

func (f *floor) serve(log *slog.Logger) {
	f.echo = echo.New()
	f.echo.Renderer = newShell(f.t)
	face := inbox.New(inbox.Config{Desk: f.desk, Store: f.store, Staff: f.staff, Feed: f.feed, Log: log, Public: "https://desk.example",
		Suggest: func(_ context.Context, _, _ uuid.UUID, question, language string) error {
			f.suggested = append(f.suggested, language+": "+question)
			return nil
		},
		Find: func(_ context.Context, l inbox.Lookup) ([]inbox.Article, error) {
			f.lookups = append(f.lookups, l)
			return f.articles, nil
		},
		Rewords: rewords{f},
		Who: func(c echo.Context) (staff.Person, bool) {
			p, ok := f.people[c.Request().Header.Get("X-Who")]
			return p, ok
		},
		Zone: func(context.Context, uuid.UUID) *time.Location { return time.UTC }})
	face.Routes(f.echo.Group("/inbox"))
	face.Public(f.echo)
	face.API(f.echo.Group("/api/inbox"))
	f.echo.HTTPErrorHandler = func(err error, c echo.Context) {
		if !c.Response().Committed {
			_ = c.String(statusOf(err), err.Error())
		}
	}
	server := httptest.NewServer(f.echo)
	f.t.Cleanup(server.Close)
	f.url = server.URL
}

func (f *floor) addShop(slug string) (shop, channel uuid.UUID) {
	f.t.Helper()
	shop, channel = uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	f.exec(`insert into shops (shop_id, slug, name, public_key) values ($1, $2, $2, $2)`, shop, slug)
	f.exec(`insert into channels (shop_id, channel_id, name, kind) values ($1, $2, 'site', 'widget')`, shop, channel)
	f.must(f.desk.OpenDesk(context.Background(), shop, "UTC"))
	return shop, channel
}

func (f *floor) hire(shop uuid.UUID, name string, roles ...string) staff.Person {
	f.t.Helper()
	p, err := f.staff.Add(context.Background(), staff.Person{ShopID: shop, Email: uuid.NewString() + "@shop.test", Name: name, Roles: roles})
	f.must(err)
	f.people[p.ID.String()] = p
	return p
}

func (f *floor) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *floor) exec(sql string, args ...any) {
	f.t.Helper()
	_, err := f.pool.Exec(context.Background(), sql, args...)
	f.must(err)
}

// hears says something as a shopper at an address of the channel.
func (f *floor) hears(address, body string) (id uuid.UUID) {
	f.t.Helper()
	return f.hearsFrom(address, body, conversation.Shopper{Name: "Olivia"}, conversation.PageContext{Order: "LM-1"})
}

func (f *floor) hearsFrom(address, body string, who conversation.Shopper, from conversation.PageContext) (id uuid.UUID) {
	f.t.Helper()
	ctx := context.Background()
	r, err := f.store.Hear(ctx, conversation.Heard{ShopID: f.shop, ChannelID: f.channel, Address: address,
		ExternalID: uuid.NewString(), Body: body, Locale: "en", Shopper: who, Context: from})
	f.must(err)
	id = r.ConversationID
	f.store.Wake(f.shop, id)
	return id
}

// handsOver opens a case for the conversation, with this packet.
func (f *floor) handsOver(id uuid.UUID, p conversation.Packet) handoff.Case {
	f.t.Helper()
	ctx := context.Background()
	talk, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	p.Level = max(p.Level, 1)
	upTo := talk.HeardSeq
	if talk.AnsweredSeq >= upTo {
		upTo = 0 // the bot has answered and hands over on its own account
	}
	f.must(f.store.InTx(ctx, f.shop, id, func(tx pgx.Tx) error {
		ticket, err := f.desk.Enqueue(ctx, tx, conversation.Handover{ShopID: f.shop, ConversationID: id, Episode: talk.Episode, Level: p.Level,
			Reasons: p.Reasons, Language: "en", Packet: p, Say: func(conversation.Ticket) string { return "A colleague writes to you soon." }})
		if err != nil {
			return err
		}
		if _, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: f.shop, ConversationID: id, Author: conversation.ByBot,
			Body: ticket.Said, Kind: conversation.KindHandoff, UpTo: upTo}); err != nil {
			return err
		}
		return f.store.Pass(ctx, tx, conversation.Pass{ShopID: f.shop, ConversationID: id, From: conversation.HeldByBot, To: conversation.HeldByQueue})
	}))
	k, err := f.desk.CaseOf(ctx, f.shop, id)
	f.must(err)
	return k
}

// claimed is a case that the person has.
func (f *floor) claimed(address string, p staff.Person) handoff.Case {
	f.t.Helper()
	k := f.handsOver(f.hears(address, "Where is my parcel?"), conversation.Packet{Summary: "Where the parcel is", Language: "en",
		Draft: conversation.ReplyDraft{Text: "I have read what you wrote.", Apology: "I am sorry.", Compensation: []string{"A voucher"}}})
	f.must(f.desk.Claim(context.Background(), f.shop, k.ID, p))
	return k
}

type answer struct {
	status int
	body   string
	header http.Header
}

func (f *floor) get(p staff.Person, path string) answer {
	f.t.Helper()
	return f.do(p, http.MethodGet, path, "", "")
}

// post submits a form and follows no redirect.
func (f *floor) post(p staff.Person, path string, form url.Values) answer {
	f.t.Helper()
	return f.do(p, http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

// postFrom submits a form as the script of a page does, which stood at an address.
func (f *floor) postFrom(from string, p staff.Person, path string, form url.Values) answer {
	f.t.Helper()
	return f.do(p, http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode(), "Referer", f.url+from, "Frontdesk-Script", "yes")
}

func (f *floor) do(p staff.Person, method, path, contentType, body string, headers ...string) answer {
	f.t.Helper()
	req, err := http.NewRequest(method, f.url+path, strings.NewReader(body))
	f.must(err)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	req.Header.Set("X-Who", p.ID.String())
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	f.must(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	f.must(err)
	return answer{status: res.StatusCode, body: string(raw), header: res.Header}
}

// flashed is the sentence that an action leaves for the next page.
func (a answer) flashed() string { return a.header.Get("X-Flash") }
