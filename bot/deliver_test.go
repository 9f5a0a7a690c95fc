package bot

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// receiver is a channel's own server.
type receiver struct {
	mu     sync.Mutex
	status int
	ids    []string
	bodies []string
}

func (c *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	raw, _ := io.ReadAll(r.Body)
	c.ids, c.bodies = append(c.ids, r.Header.Get("webhook-id")), append(c.bodies, string(raw))
	w.WriteHeader(c.status)
}

// deliveries is a rig with a reply URL, one answer in it, and the worker that carries it.
func deliveries(t *testing.T) (*rig, *receiver, *DeliveryWorker, conversation.Delivery) {
	t.Helper()
	c := &receiver{status: http.StatusOK}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	g := newRig(t, nil)
	g.exchangeOn(g.channel("hooked", channel.ModeAuto, server.URL), "c1", "怎么退货？")
	pending, err := g.store.Deliveries(t.Context(), g.shop.ID, "pending", 10)
	if err != nil || len(pending) != 1 {
		t.Fatalf("%d deliveries, %v", len(pending), err)
	}
	return g, c, NewDeliveryWorker(g.Responder, webhook.NewSender([]string{strings.TrimPrefix(server.URL, "http://")})), pending[0]
}

func try(t *testing.T, w *DeliveryWorker, d conversation.Delivery, attempt int) error {
	t.Helper()
	return w.Work(t.Context(), &river.Job[conversation.DeliverArgs]{JobRow: &rivertype.JobRow{Attempt: attempt}, Args: conversation.DeliverArgs{ShopID: d.ShopID, DeliveryID: d.ID}})
}

func (g *rig) delivery(id uuid.UUID) conversation.Delivery {
	g.t.Helper()
	d, err := g.store.Delivery(g.t.Context(), g.shop.ID, id)
	if err != nil {
		g.t.Fatal(err)
	}
	return d
}

func TestAnAnswerIsDeliveredWithTheSameIDOverAllTries(t *testing.T) {
	t.Parallel()
	g, c, w, d := deliveries(t)
	c.status = http.StatusBadGateway
	for attempt := 1; attempt <= 2; attempt++ {
		if err := try(t, w, d, attempt); err == nil {
			t.Fatal("a failed try was taken for a delivery")
		}
	}
	c.status = http.StatusNoContent
	if err := try(t, w, d, 3); err != nil {
		t.Fatal(err)
	}
	if err := try(t, w, d, 4); err != nil { // a job that runs once more finds nothing to do
		t.Fatal(err)
	}
	if got := g.delivery(d.ID); got.State != "sent" || got.Attempts != 3 || len(c.ids) != 3 || c.ids[0] != c.ids[2] || c.ids[0] != d.ID.String() {
		t.Errorf("%s after %d tries, ids %v", got.State, got.Attempts, c.ids)
	}
	var event struct {
		Type string
		Data conversation.SaidEvent
	}
	if err := json.Unmarshal([]byte(c.bodies[2]), &event); err != nil || event.Type != "message.created" || event.Data.Author != conversation.ByBot || !strings.Contains(event.Data.Text, "7天") || len(event.Data.Evidence) != 1 {
		t.Errorf("%+v, %v", event, err)
	}
}

func TestAReceiverThatIsGoneGetsNoMore(t *testing.T) {
	t.Parallel()
	g, c, w, d := deliveries(t)
	c.status = http.StatusGone
	if err := try(t, w, d, 1); err == nil {
		t.Fatal("no error")
	}
	if got := g.delivery(d.ID); got.State != "dead" {
		t.Errorf("state %s", got.State)
	}
}

func TestAfterTheLastTryAPersonSeesADeadLetterAndSendsItAgain(t *testing.T) {
	t.Parallel()
	g, c, w, d := deliveries(t)
	c.status = http.StatusInternalServerError
	if err := try(t, w, d, conversation.DeliveryTries-1); err == nil || g.delivery(d.ID).State != "pending" {
		t.Fatalf("%v, %s", err, g.delivery(d.ID).State)
	}
	if err := try(t, w, d, conversation.DeliveryTries); err == nil || g.delivery(d.ID).State != "dead" || g.delivery(d.ID).LastError == "" {
		t.Fatalf("%v, %+v", err, g.delivery(d.ID))
	}
	if n, err := g.store.DeadLetters(t.Context(), g.shop.ID, d.ChannelID); n != 1 || err != nil {
		t.Errorf("%d dead letters, %v", n, err)
	}
	c.status = http.StatusOK
	if err := g.store.SendAgain(t.Context(), g.shop.ID, d.ID); err != nil {
		t.Fatal(err)
	}
	if err := try(t, w, d, 1); err != nil || g.delivery(d.ID).State != "sent" {
		t.Errorf("%v, %s", err, g.delivery(d.ID).State)
	}
}

func TestTriesAreSpreadOverAboutADay(t *testing.T) {
	var w DeliveryWorker
	total := time.Duration(0)
	for attempt := 1; attempt < conversation.DeliveryTries; attempt++ {
		total += time.Until(w.NextRetry(&river.Job[conversation.DeliverArgs]{JobRow: &rivertype.JobRow{Attempt: attempt}}))
	}
	if total < 10*time.Hour || total > 30*time.Hour {
		t.Errorf("%d tries within %v", conversation.DeliveryTries, total)
	}
}
