package inbox

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/tmaxmax/go-sse"
)

const (
	gather      = 20 * time.Millisecond  // changes of the opened conversation that come together
	gatherOther = 400 * time.Millisecond // changes of the rest of the queue
	beat        = 10 * time.Second       // a sign of life in both directions
	writeWithin = 10 * time.Second       // then the reader is taken for gone
)

// stream is one page's open event stream.
type stream struct {
	face *Face
	shop uuid.UUID
	me   uuid.UUID
	name string
	conv uuid.UUID // the opened conversation; uuid.Nil for none
	ctl  *http.ResponseController
	out  *echo.Response
}

// events says when something of the shop changed; the page reads again what it shows. While it is open, the person
// counts as looking at the conversation that the query names.
func (f *Face) events(c echo.Context) error {
	ctx, p := c.Request().Context(), person(c)
	s := &stream{face: f, shop: p.ShopID, me: p.ID, name: p.Name, ctl: http.NewResponseController(c.Response()), out: c.Response()}
	if raw := c.QueryParam("conversation"); raw != "" {
		id, err := uuid.Parse(raw)
		if err != nil {
			return echo.ErrNotFound
		}
		if _, err := f.store.Conversation(ctx, p.ShopID, id); err != nil {
			return fmt.Errorf("inbox: events of conversation %s: %w", id, err)
		}
		s.conv = id
	}
	changes, cancel := f.feed.Subscribe(p.ShopID, uuid.Nil)
	defer cancel()
	defer s.enter(ctx)()
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	// The stream has begun: an error can only end it, and the page's script comes back by itself.
	if err := s.run(ctx, changes); err != nil && ctx.Err() == nil {
		f.log.Debug("an agent's event stream ended", "error", err)
	}
	return nil
}

func (s *stream) run(ctx context.Context, changes <-chan conversation.Change) error {
	heart := time.NewTicker(beat)
	defer heart.Stop()
	var due <-chan time.Time
	var at time.Time // when due fires
	if err := s.send("hello", ""); err != nil {
		return err
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-heart.C:
			s.touch(ctx)
			err = s.beat()
		case <-due:
			due, err = nil, s.send("changed", "{}")
		case change, open := <-changes:
			if !open {
				return nil
			}
			if change.What == conversation.Typing {
				err = s.typing(change)
				break
			}
			if wait, counts := s.wait(change); counts {
				if next := time.Now().Add(wait); due == nil || next.Before(at) {
					at, due = next, time.After(wait)
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// wait is how long to gather before a change is passed on; false for what the page does not show.
func (s *stream) wait(change conversation.Change) (time.Duration, bool) {
	switch {
	case change.What == conversation.Drafting:
		return 0, false
	case change.What == conversation.Resync, change.ConversationID == s.conv:
		return gather, true
	}
	return gatherOther, true
}

func (s *stream) typing(change conversation.Change) error {
	if change.ConversationID != s.conv || change.Name == s.name {
		return nil
	}
	raw, err := json.Marshal(map[string]string{"conversation": change.ConversationID.String(), "name": change.Name})
	if err != nil {
		return err
	}
	return s.send("typing", string(raw))
}

func (s *stream) send(event, data string) error {
	m := &sse.Message{Type: sse.Type(event)}
	m.AppendData(data)
	return s.write(m)
}

func (s *stream) beat() error {
	m := &sse.Message{}
	m.AppendComment("beat")
	return s.write(m)
}

func (s *stream) write(m *sse.Message) error {
	if err := s.ctl.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	if _, err := m.WriteTo(s.out); err != nil {
		return err
	}
	return s.ctl.Flush()
}

// watchers counts the streams of each person and conversation in this process, because a page that is loaded again
// opens its stream before the old one is found closed.
type watchers struct {
	mu   sync.Mutex
	open map[[2]uuid.UUID]int
}

func (w *watchers) add(key [2]uuid.UUID, n int) (left int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[key] += n
	left = w.open[key]
	if left == 0 {
		delete(w.open, key)
	}
	return left
}

// enter notes that the person looks at the conversation, until what it returns is called.
func (s *stream) enter(ctx context.Context) func() {
	if s.conv == uuid.Nil {
		s.touch(ctx)
		return func() {}
	}
	key := [2]uuid.UUID{s.conv, s.me}
	s.face.watchers.add(key, 1)
	s.touch(ctx)
	return func() {
		if s.face.watchers.add(key, -1) > 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if err := s.face.desk.Leave(ctx, s.shop, s.conv, s.me); err != nil {
			s.face.log.Warn("a person's leaving was not noted", "error", err)
		}
	}
}

func (s *stream) touch(ctx context.Context) {
	var err error
	if s.conv == uuid.Nil {
		err = s.face.staff.Seen(ctx, s.shop, s.me)
	} else {
		err = s.face.desk.Touch(ctx, s.shop, s.conv, s.me, false)
	}
	if err != nil && ctx.Err() == nil {
		s.face.log.Warn("a person's presence was not noted", "error", err)
	}
}
