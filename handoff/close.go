package handoff

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Outcomes returns how a case can end when a person resolves it.
func Outcomes() []string {
	return []string{"solved", "compensated", "passed_on", "unreachable", "not_solved", "spam"}
}

// silent returns the outcomes after which nobody is told that a promise falls away: another team keeps it, or nobody waits for it.
func silent() []string { return []string{"passed_on", "spam"} }

// Return gives the conversation back to the bot, which begins a new episode: what went before is no part of its context. The
// shopper is told, and that what was promised and not done will not come.
func (d *Desk) Return(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		withdrawn, err := d.end(ctx, tx, c, Returned, "", false)
		if err != nil {
			return err
		}
		pass := conversation.Pass{ShopID: shopID, ConversationID: c.ConversationID,
			From: c.holder(), ByAgent: c.agent(), To: conversation.HeldByBot, NewEpisode: true}
		say := sayReturned
		if len(withdrawn) > 0 {
			say = sayNoPerson
		}
		if pass, err = d.takeBack(ctx, tx, c, say.text(c.Language), pass); err != nil {
			return err
		}
		if err := d.store.Pass(ctx, tx, pass); err != nil {
			return err
		}
		if err := record(ctx, tx, shopID, by(p, "case.return", c.ID, nil)); err != nil {
			return err
		}
		return d.store.Announce(ctx, tx, shopID, c.ConversationID, 0, "handoff.returned", CaseEvent{Case: c.ID, Level: c.Level, Agent: p.Name})
	})
}

// takeBack tells a shopper how it goes on, and returns the pass that remains. The shop speaks as it does in the queue, so
// that a question which is open stays open for the bot.
func (d *Desk) takeBack(ctx context.Context, tx pgx.Tx, c Case, said string, pass conversation.Pass) (conversation.Pass, error) {
	if pass.From == conversation.HeldByAgent {
		first := pass
		first.To, first.NewEpisode = conversation.HeldByQueue, false
		if err := d.store.Pass(ctx, tx, first); err != nil {
			return pass, err
		}
		pass.From, pass.ByAgent = conversation.HeldByQueue, uuid.Nil
	}
	_, err := d.store.Speak(ctx, tx, conversation.Utterance{ShopID: c.ShopID, ConversationID: c.ConversationID,
		Author: conversation.BySystem, Body: said, Language: c.Language})
	return pass, err
}

// Resolve ends the case with one of Outcomes and closes the conversation until the shopper writes again. seenSeq is the
// newest message the person had read; where the shopper has written since, the error is conversation.ErrMoved, because
// nobody would answer it. 0 does not check. A shopper who was promised something that is not done is told what will not come.
// An outcome that is a solution gives the plan as well.
func (d *Desk) Resolve(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, outcome string, seenSeq int64) error {
	return d.ResolveSaying(ctx, shopID, caseID, p, outcome, seenSeq, Solves(outcome))
}

// ResolveSaying is Resolve by somebody who says whether the plan that was promised was given. What nobody has written to the
// shopper is not given.
func (d *Desk) ResolveSaying(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, outcome string, seenSeq int64, plan bool) error {
	if !slices.Contains(Outcomes(), outcome) {
		return fmt.Errorf("outcome %q: %w", outcome, ErrInvalid)
	}
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		if err := d.resolve(ctx, tx, c, by(p, "case.resolve", c.ID, map[string]any{"outcome": outcome}), outcome, plan); err != nil {
			return err
		}
		if seenSeq == 0 {
			return nil
		}
		newest, err := d.store.NewestOf(ctx, tx, shopID, c.ConversationID, conversation.ByShopper)
		if err == nil && newest > seenSeq {
			err = fmt.Errorf("resolve case %s: %w", c.ID, conversation.ErrMoved)
		}
		return err
	})
}

func (d *Desk) resolve(ctx context.Context, tx pgx.Tx, c Case, e Entry, outcome string, plan bool) error {
	withdrawn, err := d.end(ctx, tx, c, Resolved, outcome, plan)
	if err != nil {
		return err
	}
	pass := conversation.Pass{ShopID: c.ShopID, ConversationID: c.ConversationID, From: c.holder(), ByAgent: c.agent(), To: conversation.HeldByNobody}
	if len(withdrawn) > 0 && !slices.Contains(silent(), outcome) {
		if pass, err = d.takeBack(ctx, tx, c, notDone(withdrawn, c.Language), pass); err != nil {
			return err
		}
	}
	if err := d.store.Pass(ctx, tx, pass); err != nil {
		return err
	}
	if err := record(ctx, tx, c.ShopID, e); err != nil {
		return err
	}
	return d.store.Announce(ctx, tx, c.ShopID, c.ConversationID, 0, "handoff.resolved",
		CaseEvent{Case: c.ID, Level: c.Level, Agent: c.AgentName, Outcome: outcome})
}

// Solves says whether the outcome means that the shopper has a solution.
func Solves(outcome string) bool { return outcome == "solved" || outcome == "compensated" }

// end closes the case and settles what it owes; withdrawn are the promises that are not kept. An outcome that is a solution stops
// the solution's clock, a plan that was given the plan's: else they end unmet.
func (d *Desk) end(ctx context.Context, tx pgx.Tx, c Case, state, outcome string, plan bool) (withdrawn []Promise, err error) {
	now := d.now()
	plan = plan && c.FirstReplyAt != nil
	_, err = tx.Exec(ctx, `
		update cases set state = $3, outcome = $4, closed_at = $5, claim_due = null, snoozed_until = null,
			solution_at = case when $6 and solution_due is not null then coalesce(solution_at, $5) else solution_at end,
			plan_at = case when $7 and plan_due is not null then coalesce(plan_at, $5) else plan_at end
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, state, outcome, now, Solves(outcome) && c.FirstReplyAt != nil, plan)
	if err != nil {
		return nil, translate(err, "case "+c.ID.String())
	}
	if plan {
		if err := keepDesks(ctx, tx, c, AwaitsPlan, now); err != nil {
			return nil, err
		}
	}
	return settle(ctx, tx, c, now)
}
