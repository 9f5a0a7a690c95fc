package inbox

import (
	"net/http"
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"io"
	"mime/multipart"
)

const (
	maxPictures   = 4 // with one reply
	maxReplyBytes = maxPictures*conversation.MaxPicture + 1<<20
	decodeMemory  = 8 << 20 // of a form; what is larger waits on the disk
)

// pictureLimits bound what agents send, beside what shoppers send.
func pictureLimits() conversation.ImageLimits {
	return conversation.ImageLimits{Conversation: 100, Day: 3000, DayBytes: 2 << 30}
}

// picturesOf reads the form of a reply and what is attached to it. What is no picture refuses the whole, before a word is sent;
// those that are come back with the error.
func (f *Face) picturesOf(c echo.Context) ([]conversation.Image, error) {
	r := c.Request()
	if !strings.HasPrefix(r.Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm) {
		return nil, nil
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxReplyBytes)
	if err := r.ParseMultipartForm(decodeMemory); err != nil {
		return nil, conversation.ErrPicture
	}
	files := r.MultipartForm.File["picture"]
	var out []conversation.Image
	var refused error
	for _, file := range files {
		if file.Size == 0 {
			continue
		}
		if len(out) == maxPictures {
			return out, conversation.ErrTooMany
		}
		img, err := f.picture(c, file)
		if err != nil {
			refused = err
			continue
		}
		out = append(out, img)
	}
	return out, refused
}

// keepPictures puts the pictures of a reply into its draft, after those that waited there and are still wanted, and returns all
// of them. From there they are sent one by one, so that a refusal loses none. Of somebody who does not have the case none is kept.
func (f *Face) keepPictures(c echo.Context, pictures []conversation.Image) ([]uuid.UUID, error) {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	if conv.AgentID == nil || *conv.AgentID != p.ID {
		if len(pictures) == 0 {
			return nil, nil
		}
		return nil, f.notHeld(c)
	}
	draft, err := f.desk.Draft(ctx, conv.ShopID, conv.ID, p.ID)
	if err != nil {
		return nil, err
	}
	var waiting, dropped []uuid.UUID
	for _, id := range draft.Pictures {
		if c.FormValue("keeps") != "" && !slices.Contains(c.Request().PostForm["kept"], id.String()) {
			dropped = append(dropped, id)
		} else {
			waiting = append(waiting, id)
		}
	}
	var refused error
	for _, img := range pictures {
		if len(waiting) == maxPictures {
			refused = conversation.ErrTooMany
			break
		}
		img.ShopID, img.ConversationID = conv.ShopID, conv.ID
		id, err := f.store.AddImage(ctx, img, pictureLimits())
		if err != nil {
			refused = err
			break
		}
		waiting = append(waiting, id)
	}
	if len(waiting)+len(dropped) == 0 {
		return nil, refused
	}
	if err := f.desk.KeepPictures(ctx, conv.ShopID, conv.ID, p.ID, waiting); err != nil {
		return nil, err
	}
	for _, id := range dropped {
		if err := f.store.DropImage(ctx, conv.ShopID, id); err != nil {
			return nil, err
		}
	}
	return waiting, refused
}

// picture decodes one file; two at a time, because each takes up to 100 MB for a moment.
func (f *Face) picture(c echo.Context, file *multipart.FileHeader) (conversation.Image, error) {
	if file.Size > conversation.MaxPicture {
		return conversation.Image{}, conversation.ErrPicture
	}
	source, err := file.Open()
	if err != nil {
		return conversation.Image{}, err
	}
	defer source.Close()
	raw, err := io.ReadAll(io.LimitReader(source, conversation.MaxPicture))
	if err != nil {
		return conversation.Image{}, err
	}
	select {
	case f.decodes <- struct{}{}:
		defer func() { <-f.decodes }()
		return conversation.Reencode(raw)
	case <-c.Request().Context().Done():
		return conversation.Image{}, c.Request().Context().Err()
	}
}

// notHeld says who has the conversation that this person wants to answer.
func (f *Face) notHeld(c echo.Context) error {
	k, err := f.openCase(c)
	switch {
	case err != nil:
		return err
	case k.State == handoff.Claimed:
		return &handoff.TakenError{CaseID: k.ID, By: k.AgentName}
	case !k.IsOpen():
		return handoff.ErrClosed
	}
	return handoff.ErrUnclaimed
}

// sendPictures sends the pictures that wait and returns the newest message that the agent knows after them.
func (f *Face) sendPictures(c echo.Context, pictures []uuid.UUID, seen int64) (int64, error) {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	for i, id := range pictures {
		link := func(key string) string {
			return f.public + "/pictures/" + conv.ShopID.String() + "/" + id.String() + "/" + key
		}
		said, err := f.desk.Show(ctx, conv.ShopID, conv.ID, p, handoff.Picture{ID: id, Link: link}, seen)
		if err != nil {
			return seen, err
		}
		if err := f.desk.KeepPictures(ctx, conv.ShopID, conv.ID, p.ID, pictures[i+1:]); err != nil {
			return seen, err
		}
		if seen > 0 {
			seen = said
		}
	}
	return seen, nil
}

// linked shows a picture to whoever was sent the link to it.
func (f *Face) linked(c echo.Context) error {
	shopID, err := uuid.Parse(c.Param("shop"))
	if err != nil {
		return echo.ErrNotFound
	}
	id, err := uuid.Parse(c.Param("image"))
	if err != nil {
		return echo.ErrNotFound
	}
	img, err := f.store.LinkedImage(c.Request().Context(), shopID, id, c.Param("key"))
	if err != nil {
		return err
	}
	return serve(c, img)
}

func serve(c echo.Context, img conversation.Image) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "private, max-age=86400, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	return c.Blob(http.StatusOK, img.MediaType, img.Bytes)
}
