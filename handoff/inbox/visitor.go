package inbox

import (
	"fmt"
	"net/http"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	personKey       = "inbox.person"
	conversationKey = "inbox.conversation"
	viewKey         = "inbox.view"
)

// agentsOnly lets in who may do agents' work and keeps who it is.
func (f *Face) agentsOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		p, ok := f.who(c)
		if !ok {
			return echo.ErrUnauthorized
		}
		if !p.Has(staff.Agent) {
			return fmt.Errorf("inbox: %w", echo.ErrForbidden)
		}
		c.Set(personKey, p)
		return next(c)
	}
}

// byScript tells a page that sends without leaving itself where to go next, instead of leading it there: the sentence on how it
// went is for the page that comes then.
func byScript(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if answer := c.Response(); c.Request().Header.Get("Frontdesk-Script") != "" {
			answer.Before(func() {
				if answer.Status == http.StatusSeeOther {
					answer.Status = http.StatusNoContent
				}
			})
		}
		return next(c)
	}
}

func supervisorsOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !person(c).Has(staff.Supervisor) {
			return fmt.Errorf("team page: %w", echo.ErrForbidden)
		}
		return next(c)
	}
}

// ownConversation loads the conversation that the path names; one of another shop does not exist here.
func (f *Face) ownConversation(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := uuid.Parse(c.Param("id"))
		if err != nil {
			return echo.ErrNotFound
		}
		conv, err := f.store.Conversation(c.Request().Context(), person(c).ShopID, id)
		if err != nil {
			return fmt.Errorf("inbox: conversation %s: %w", id, err)
		}
		c.Set(conversationKey, conv)
		return next(c)
	}
}

func person(c echo.Context) staff.Person { return c.Get(personKey).(staff.Person) }

func opened(c echo.Context) conversation.Conversation {
	return c.Get(conversationKey).(conversation.Conversation)
}

// shell is what the pages need of the renderer beside rendering.
type shell interface {
	Flash(c echo.Context, id string, pairs ...any)
	Refuse(c echo.Context, id string, pairs ...any)
	Text(c echo.Context, id string, pairs ...any) string
	Locale(c echo.Context) string
}

func flash(c echo.Context, id string, pairs ...any) {
	if s, ok := c.Echo().Renderer.(shell); ok {
		s.Flash(c, "inbox."+id, pairs...)
	}
}

// refuse says what was not done, and why.
func refuse(c echo.Context, id string, pairs ...any) {
	if s, ok := c.Echo().Renderer.(shell); ok {
		s.Refuse(c, "inbox."+id, pairs...)
	}
}

func text(c echo.Context, id string, pairs ...any) string {
	if s, ok := c.Echo().Renderer.(shell); ok {
		return s.Text(c, "inbox."+id, pairs...)
	}
	return id
}

// visitor tells a shopper without a name from the others by a number, which is the conversation's own.
func visitor(c echo.Context, id uuid.UUID) string {
	return text(c, "visitor", "N", fmt.Sprintf("%04d", (int(id[14])<<8|int(id[15]))%10000))
}

func localeOf(c echo.Context) string {
	if s, ok := c.Echo().Renderer.(shell); ok {
		return s.Locale(c)
	}
	return "en"
}
