package inbox

import (
	"context"
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

func (f *Face) fillPeople(ctx context.Context, conv conversation.Conversation, p staff.Person, t *thread) error {
	heads, err := f.store.Heads(ctx, conv.ShopID, []uuid.UUID{conv.ID})
	if err != nil {
		return err
	}
	t.Channel = channelOf(heads[conv.ID])
	present, err := f.desk.Looking(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return err
	}
	for _, who := range present[conv.ID] {
		switch {
		case who.ID == p.ID:
		case who.Typing:
			t.Writing = append(t.Writing, who.Name)
		default:
			t.Looking = append(t.Looking, who.Name)
		}
	}
	return nil
}

// fillColleagues names who else can have the case, and what for, and whom a note can point to; a supervisor may take a case from
// somebody.
func (f *Face) fillColleagues(ctx context.Context, conv conversation.Conversation, p staff.Person, t *thread) error {
	team, err := f.desk.Team(ctx, conv.ShopID)
	if err != nil {
		return err
	}
	for _, one := range team {
		if one.ID != p.ID && !strings.Contains(one.Name, "|") {
			t.Callable = append(t.Callable, one.Name)
		}
	}
	t.Colleagues = slices.DeleteFunc(team, func(one handoff.OnDuty) bool {
		return one.ID == p.ID && (t.Mine || conv.Holder == conversation.HeldByQueue)
	})
	t.Skills, err = f.desk.Skills(ctx, conv.ShopID)
	return err
}
