package inbox

import (
	"net/url"
	"strconv"

	"frontdesk/bot/conversation"

	"github.com/labstack/echo/v4"
)

func (f *Face) fillLog(c echo.Context, v view, conv conversation.Conversation, t *thread) error {
	ctx := c.Request().Context()
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	moved, _ := strconv.ParseInt(c.QueryParam("moved"), 10, 64)
	messages, err := f.store.Messages(ctx, conv.ShopID, conv.ID, conversation.Range{Before: max(0, before), Limit: window})
	if err != nil {
		return err
	}
	notes, err := f.desk.Notes(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return err
	}
	t.SeenSeq = conv.LastSeq
	if len(messages) > 0 {
		if first := messages[0].Seq; first > 1 {
			t.Earlier = placeOf(c).in(t.Href, "before", strconv.FormatInt(first, 10))
		}
		t.SeenSeq = max(t.SeenSeq, messages[len(messages)-1].Seq)
	}
	if before > 0 {
		t.Later = placeOf(c).in(t.Href)
	}
	t.Moved = moved > 0 && moved < conv.LastSeq
	t.Entries = v.entriesOf(conv.ID, messages, notesWithin(notes, messages, t.Earlier != "", t.Later != ""), moved)
	for i, e := range t.Entries {
		if e.Lang == "" && e.Kind != "note" {
			t.Entries[i].Lang = t.Lang
		}
	}
	switch {
	case v.Editor:
		t.Article = articleOf(t, messages, conv)
	case f.suggest != nil:
		t.CanSuggest = articleOf(t, messages, conv) != ""
	}
	return nil
}

// articleOf is the link that opens the editor with what an agent answered last; "" before there is such an answer.
func articleOf(t *thread, messages []conversation.Message, conv conversation.Conversation) string {
	answer, question := "", ""
	for _, m := range messages {
		switch {
		case m.Kind == conversation.KindImage:
		case m.Author == conversation.ByAgent:
			answer = m.Body
		case m.Author == conversation.ByShopper && question == "":
			question = m.Body
		}
	}
	if answer == "" {
		return ""
	}
	if t.Context != nil {
		question = firstOf(t.Context.Wanted, question)
	}
	return "/knowledge/new?" + url.Values{"question": {question}, "answer": {answer}, "locale": {firstOf(languageOf(conv.Locale), "en")}}.Encode()
}
