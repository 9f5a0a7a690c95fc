package storefront

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/tmaxmax/go-sse"
)

const (
	placeEvery  = 5 * time.Second  // the queue moves without this conversation changing
	beatEvery   = 15 * time.Second // also finds what a lost wake-up left behind
	writeWithin = 10 * time.Second // then the reader is taken for gone
	batch       = 200
)

// stream is one visitor's open event stream.
type stream struct {
	face  *Face
	shop  uuid.UUID
	conv  uuid.UUID
	out   *echo.Response
	ctl   *http.ResponseController
	last  int64  // newest message sent
	state []byte // newest state sent
	wait  bool   // in the queue: the place moves
	bot   bool   // the bot has the conversation: what it is writing may be seen
}

// events streams what happens, from the message after Last-Event-ID. The subscription begins before the first read, so
// that nothing falls between the two; what is read twice is sent once, because each read asks for what follows the last.
func (f *Face) events(c echo.Context) error {
	ctx := c.Request().Context()
	conv, err := f.visitor(ctx)
	if err != nil {
		return err
	}
	leave, err := f.streams.enter(conv.ID.String())
	if err != nil {
		return err
	}
	defer leave()
	changes, cancel := f.feed.Subscribe(conv.ShopID, conv.ID)
	defer cancel()
	last, _ := strconv.ParseInt(c.Request().Header.Get("Last-Event-ID"), 10, 64)
	s := &stream{face: f, shop: conv.ShopID, conv: conv.ID, out: c.Response(), ctl: http.NewResponseController(c.Response()), last: max(0, last)}
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	// The stream has begun: an error can only end it, and the visitor's script comes back by itself.
	if err := s.run(ctx, changes); err != nil && ctx.Err() == nil {
		f.log.Debug("an event stream ended", "conversation", conv.ID, "error", err)
	}
	return nil
}

func (s *stream) run(ctx context.Context, changes <-chan conversation.Change) error {
	beat, place := time.NewTicker(beatEvery), time.NewTicker(placeEvery)
	defer beat.Stop()
	defer place.Stop()
	if err := s.catchUp(ctx); err != nil {
		return err
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.face.closing.Done():
			return nil
		case change, open := <-changes:
			if !open {
				return nil
			}
			err = s.pass(ctx, change)
		case <-place.C:
			if s.wait {
				err = s.sendState(ctx)
			}
		case <-beat.C:
			if err = s.comment(); err == nil {
				err = s.catchUp(ctx)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *stream) pass(ctx context.Context, change conversation.Change) error {
	switch change.What {
	case conversation.Drafting:
		if !s.bot { // what was being written when somebody took the conversation over is nobody's to read
			return nil
		}
		return s.send("draft", 0, map[string]string{"text": change.Text})
	case conversation.Typing:
		if change.Name == "" { // the visitor's own
			return nil
		}
		return s.send("typing", 0, map[string]string{"name": change.Name})
	case conversation.Resync:
		if err := s.send("resync", 0, struct{}{}); err != nil {
			return err
		}
	}
	return s.catchUp(ctx)
}

// catchUp sends every message after the last one, and the state when it differs from the one sent.
func (s *stream) catchUp(ctx context.Context) error {
	for {
		want := conversation.Range{After: s.last, Limit: batch}
		if s.last == 0 {
			want.Limit = 1000 // from the start: the newest of a very long thread, the rest through the list
		}
		messages, err := s.face.store.Messages(ctx, s.shop, s.conv, want)
		if err != nil {
			return err
		}
		for _, m := range messages {
			if err := s.send("message", m.Seq, shownOne(m)); err != nil {
				return err
			}
			s.last = m.Seq
		}
		if len(messages) < batch {
			return s.sendState(ctx)
		}
	}
}

func (s *stream) sendState(ctx context.Context) error {
	conv, err := s.face.store.Conversation(ctx, s.shop, s.conv)
	if err != nil {
		return err
	}
	state, err := s.face.state(ctx, conv)
	if err != nil {
		return err
	}
	s.wait, s.bot = conv.Holder == conversation.HeldByQueue, conv.Holder == conversation.HeldByBot
	raw, err := json.Marshal(state)
	if err != nil || bytes.Equal(raw, s.state) {
		return err
	}
	s.state = raw
	return s.write("state", 0, raw)
}

func (s *stream) send(event string, id int64, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return s.write(event, id, raw)
}

func (s *stream) write(event string, id int64, data []byte) error {
	m := sse.Message{Type: sse.Type(event)}
	if id > 0 {
		m.ID = sse.ID(strconv.FormatInt(id, 10))
	}
	m.AppendData(string(data))
	return s.flush(&m)
}

func (s *stream) comment() error {
	m := sse.Message{}
	m.AppendComment("still here")
	return s.flush(&m)
}

// flush gives each event a deadline of its own, in place of the server's one for a whole answer.
func (s *stream) flush(m *sse.Message) error {
	_ = s.ctl.SetWriteDeadline(time.Now().Add(writeWithin)) // a recorder in a test has none
	if _, err := m.WriteTo(s.out); err != nil {
		return err
	}
	return s.ctl.Flush()
}
