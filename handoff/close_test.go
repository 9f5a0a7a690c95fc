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
	id, k, mei := f.claimed("c-1", 1)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "All done", 0)
	f.must(err)
	f.must(f.desk.Return(ctx, f.shop, k, mei))
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
			id, k, mei := f.claimed("c-1", 1)
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
			told := map[string]string{"returned": "won't come", "resolved": "won't follow: “I tell you today”."}[name]
			if last := f.last(id); last.Author != conversation.BySystem || !strings.Contains(last.Body, told) {
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

// Nobody reads that something will not come who waits for nothing, and nobody for whom another team does it.
func TestAResolveSpeaksOnlyOfWhatFallsAway(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, c := range map[string]struct {
		outcome   string
		keep, say bool
	}{
		"kept":      {"solved", true, false},
		"open":      {"not_solved", false, true},
		"passed on": {"passed_on", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			id, k, mei := f.claimed("c-1", 1)
			_, err := f.desk.Reply(ctx, f.shop, id, mei, "I will send a label.", 0)
			f.must(err)
			f.must(f.desk.Promise(ctx, f.shop, k, mei, "a label", time.Now().Add(time.Hour)))
			owed, err := f.desk.OpenPromises(ctx, f.shop, 10)
			f.must(err)
			if c.keep {
				f.must(f.desk.KeepPromise(ctx, f.shop, k, owed[0].ID, mei))
			}
			f.must(f.desk.Resolve(ctx, f.shop, k, mei, c.outcome, 0))
			if last := f.last(id); (last.Author == conversation.BySystem) != c.say || f.holder(id) != conversation.HeldByNobody {
				t.Errorf("held by %s, the thread ends in %+v", f.holder(id), last)
			}
		})
	}
}
