package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// exported is a conversation as a file.
type exported struct {
	Conversation conversation.Conversation `json:"conversation"`
	Messages     []conversation.Message    `json:"messages"`
	Notes        []handoff.NoteText        `json:"notes"`
	Cases        []handoff.Case            `json:"cases"`
	Packet       *conversation.Packet      `json:"packet,omitempty"`
}

// export hands out the whole conversation, as JSON or as a text to read.
func (f *Face) export(c echo.Context) error {
	e, err := f.gather(c.Request().Context(), opened(c))
	if err != nil {
		return err
	}
	name := "conversation-" + e.Conversation.ID.String()
	if c.QueryParam("as") == "json" {
		c.Response().Header().Set("Content-Disposition", `attachment; filename="`+name+`.json"`)
		return c.JSONPretty(http.StatusOK, e, "  ")
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="`+name+`.md"`)
	return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(f.viewOf(c).markdown(e)))
}

func (f *Face) gather(ctx context.Context, conv conversation.Conversation) (e exported, err error) {
	e.Conversation = conv
	after := int64(0)
	for {
		batch, err := f.store.Messages(ctx, conv.ShopID, conv.ID, conversation.Range{After: max(after, 0), Before: after + 501, Limit: 500})
		if err != nil {
			return e, err
		}
		e.Messages = append(e.Messages, batch...)
		if after += 500; after >= conv.LastSeq {
			break
		}
	}
	if e.Notes, err = f.desk.Notes(ctx, conv.ShopID, conv.ID); err != nil {
		return e, err
	}
	if e.Cases, err = f.desk.Cases(ctx, conv.ShopID, conv.ID); err != nil || len(e.Cases) == 0 {
		return e, err
	}
	packet, err := f.desk.Packet(ctx, conv.ShopID, e.Cases[0].ID)
	if errors.Is(err, handoff.ErrNotFound) {
		return e, nil
	}
	e.Packet = &packet
	return e, err
}

// markdown writes every line that somebody said as a quotation, so that nothing in it can pass for a heading of ours.
func (v view) markdown(e exported) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", firstOf(oneLine(conversation.ByShopper, e.Conversation.Shopper.Name), e.Conversation.ID.String()))
	for _, line := range v.entriesOf(e.Conversation.ID, e.Messages, e.Notes, 0) {
		if line.Kind == "episode" {
			fmt.Fprintf(&b, "\n---\n")
			continue
		}
		said := line.Text
		if line.Image != "" {
			said = "[" + line.Image + "]"
		}
		fmt.Fprintf(&b, "\n**%s** %s (%s)\n\n> %s\n", line.Kind, oneLine(conversation.ByShopper, line.Who), line.At.Format("2006-01-02 15:04"),
			strings.ReplaceAll(said, "\n", "\n> "))
	}
	return b.String()
}

// image serves a picture of the conversation.
func (f *Face) image(c echo.Context) error {
	conv := opened(c)
	id, err := uuid.Parse(c.Param("image"))
	if err != nil {
		return echo.ErrNotFound
	}
	img, err := f.store.Image(c.Request().Context(), conv.ShopID, conv.ID, id)
	if err != nil {
		return err
	}
	return serve(c, img)
}
