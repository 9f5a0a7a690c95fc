package handoff_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

func TestAReturnWithoutAReplyWithdrawsThePromiseAndSaysSo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, c := range map[string]struct {
		language, says string
		claim          bool
	}{
		"claimed and given back": {"zh", "转人工", true},
		"claimed, in Spanish":    {"es-MX", "«agente»", true},
		"given back unclaimed":   {"en", "“agent”", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			boss := f.agent("Boss", staff.Supervisor)
			id := f.hear("c-1", "a person please")
			h := f.handover(id, 2)
			h.Language = c.language
			ticket, err := f.tryEscalate(h)
			f.must(err)
			if c.claim {
				f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, boss))
			}
			f.hear("c-1", "how long does shipping take?")
			jobs := f.count(`select count(*) from river_job where kind = 'turn'`)
			f.must(f.desk.Return(ctx, f.shop, ticket.CaseID, boss))
			if f.promises(`kept_at is not null`) != 0 || f.promises(`withdrawn_at is not null`) != 1 {
				t.Error("a promise that nobody kept is not withdrawn")
			}
			if owed, err := f.desk.OpenPromises(ctx, f.shop, 10); err != nil || len(owed) != 0 {
				t.Errorf("owed is %+v (%v)", owed, err)
			}
			if last := f.last(id); last.Author != conversation.BySystem || !strings.Contains(last.Body, c.says) || last.Episode != 1 {
				t.Errorf("the thread ends in %+v", last)
			}
			talk, err := f.store.Conversation(ctx, f.shop, id)
			f.must(err)
			if talk.Holder != conversation.HeldByBot || talk.AnsweredSeq >= talk.HeardSeq || talk.TurnSince == nil ||
				f.count(`select count(*) from river_job where kind = 'turn'`) != jobs+1 {
				t.Errorf("the open question was lost: %+v", talk)
			}
		})
	}
}

func TestAReturnIsToldToTheShopper(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "All done", 0)
	f.must(err)
	f.must(f.desk.Return(ctx, f.shop, ticket.CaseID, mei))
	if last := f.last(id); f.promises(`kept_at is not null`) != 1 || f.promises(`withdrawn_at is not null`) != 0 || last.Author != conversation.BySystem || strings.Contains(last.Body, "won't come") {
		t.Errorf("after a kept promise the thread ends in %+v", last)
	}
}

func TestWhatNobodyDidIsWithdrawnAndNotKept(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, end := range map[string]func(*floor, uuid.UUID, staff.Person) error{
		"returned": func(f *floor, k uuid.UUID, p staff.Person) error { return f.desk.Return(ctx, f.shop, k, p) },
		"resolved": func(f *floor, k uuid.UUID, p staff.Person) error {
			return f.desk.Resolve(ctx, f.shop, k, p, "solved", 0)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			f.now = time.Now()
			id := f.hear("c-1", "a person please")
			k := f.escalate(id, 1).CaseID
			mei := f.agent("Mei")
			f.must(f.desk.Claim(ctx, f.shop, k, mei))
			_, err := f.desk.Reply(ctx, f.shop, id, mei, "I will look.", 0)
			f.must(err)
			f.must(f.desk.Promise(ctx, f.shop, k, mei, "I tell you today", f.now.Add(time.Hour)))
			f.must(f.desk.Promise(ctx, f.shop, k, mei, "I send a label", f.now.Add(2*time.Hour)))
			owed, err := f.desk.OpenPromises(ctx, f.shop, 10)
			f.must(err)
			f.must(f.desk.KeepPromise(ctx, f.shop, k, owed[1].ID, mei))
			f.must(end(f, k, mei))
			list, err := f.desk.Promises(ctx, f.shop, k)
			f.must(err)
			for _, p := range list {
				if gone := p.Said == "I tell you today"; (p.WithdrawnAt != nil) != gone || (p.KeptAt == nil) != gone {
					t.Errorf("%+v", p)
				}
			}
			if last := f.last(id); name == "returned" && !strings.Contains(last.Body, "won't come") {
				t.Errorf("the shopper was promised something and reads %q", last.Body)
			}
		})
	}
}

func TestAResolveWithoutAReplyKeepsNoPromise(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Resolve(ctx, f.shop, ticket.CaseID, mei, "spam", 0))
	if f.promises(`kept_at is not null`) != 0 || f.promises(`withdrawn_at is not null`) != 1 || f.last(id).Body != ticket.Said {
		t.Errorf("after a resolve without a word the thread ends in %+v", f.last(id))
	}
}
