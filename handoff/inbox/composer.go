package inbox

import (
	"context"
	"strconv"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
)

// fillComposer puts into the reply what the person wrote before. For the first words the packet's proposal stands beside it.
func (f *Face) fillComposer(ctx context.Context, conv conversation.Conversation, p staff.Person, t *thread) error {
	draft, err := f.desk.Draft(ctx, conv.ShopID, conv.ID, p.ID)
	if err != nil {
		return err
	}
	t.Draft = draft.Body
	for _, id := range draft.Pictures {
		t.Pictures = append(t.Pictures, id.String())
	}
	t.NewSince = draft.Body != "" && draft.SeenSeq > 0 && newestOf(t.Entries, conversation.ByShopper) > draft.SeenSeq
	if t.Draft == "" && t.Context != nil && !answered(t.Entries) {
		t.Proposal, t.Outline = t.Context.Proposal, t.Context.Outline
	}
	t.Macros, err = f.macrosFor(ctx, conv, p)
	return err
}

// macrosFor returns the macros in the shopper's language, with what is known filled in.
func (f *Face) macrosFor(ctx context.Context, conv conversation.Conversation, p staff.Person) ([]handoff.Macro, error) {
	language := languageOf(conv.Locale)
	if language == "other" {
		language = ""
	}
	macros, err := f.desk.Macros(ctx, conv.ShopID, language)
	for i, m := range macros {
		macros[i].Body = m.Fill(map[string]string{"name": conv.Shopper.Name, "agent": p.Name, "order": conv.Context.Order, "product": conv.Context.Product})
	}
	return macros, err
}

func newestOf(entries []entry, author conversation.Author) (seq int64) {
	for _, e := range entries {
		if e.Kind == string(author) {
			seq, _ = strconv.ParseInt(e.Key, 10, 64)
		}
	}
	return seq
}

// answered says whether an agent has written since the shopper's last episode began.
func answered(entries []entry) bool {
	for i := len(entries) - 1; i >= 0 && entries[i].Kind != "episode"; i-- {
		if entries[i].Kind == string(conversation.ByAgent) {
			return true
		}
	}
	return false
}
