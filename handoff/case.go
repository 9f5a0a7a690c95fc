package handoff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The states of a case.
const (
	Waiting  = "waiting"  // in the queue
	Claimed  = "claimed"  // an agent has it
	Returned = "returned" // the bot has the conversation again
	Resolved = "resolved"
)

// Case is one handover.
type Case struct {
	ShopID         uuid.UUID             `db:"shop_id" json:"-"`
	ID             uuid.UUID             `db:"case_id" json:"id"`
	ConversationID uuid.UUID             `db:"conversation_id" json:"conversation_id"`
	Episode        int                   `db:"episode" json:"episode"`
	State          string                `db:"state" json:"state"`
	Level          int                   `db:"level" json:"level"`
	Reasons        []conversation.Reason `db:"reasons" json:"reasons"`
	Language       string                `db:"language" json:"language"`
	AgentID        *uuid.UUID            `db:"agent_id" json:"agent_id,omitempty"`
	AgentName      string                `db:"agent_name" json:"agent_name,omitempty"`
	Skill          string                `db:"skill" json:"skill,omitempty"`
	ClaimDue       *time.Time            `db:"claim_due" json:"-"`
	FirstReplyDue  time.Time             `db:"first_reply_due" json:"-"`
	PlanDue        *time.Time            `db:"plan_due" json:"-"`
	SolutionDue    *time.Time            `db:"solution_due" json:"-"`
	FirstReplyAt   *time.Time            `db:"first_reply_at" json:"-"`
	PlanAt         *time.Time            `db:"plan_at" json:"-"`
	SolutionAt     *time.Time            `db:"solution_at" json:"-"`
	PromiseDue     *time.Time            `db:"promise_due" json:"-"` // of the nearest open promise
	Breached       []string              `db:"breached" json:"breached"`
	SorryAt        *time.Time            `db:"sorry_at" json:"-"`
	SnoozedUntil   *time.Time            `db:"snoozed_until" json:"snoozed_until,omitempty"`
	SnoozedSeq     int64                 `db:"snoozed_seq" json:"-"`
	PledgeSeq      int64                 `db:"pledge_seq" json:"-"` // up to here its agent has seen what their words promise
	Outcome        string                `db:"outcome" json:"outcome,omitempty"`
	CreatedAt      time.Time             `db:"created_at" json:"created_at"`
	ClaimedAt      *time.Time            `db:"claimed_at" json:"claimed_at,omitempty"`
	ClosedAt       *time.Time            `db:"closed_at" json:"closed_at,omitempty"`
}

// IsOpen says whether somebody still has to do something.
func (c Case) IsOpen() bool { return c.State == Waiting || c.State == Claimed }

func (c Case) heldBy(p staff.Person) bool {
	return c.State == Claimed && c.AgentID != nil && *c.AgentID == p.ID
}

func (c Case) holder() conversation.Holder {
	if c.State == Claimed {
		return conversation.HeldByAgent
	}
	return conversation.HeldByQueue
}

func (c Case) agent() uuid.UUID {
	if c.AgentID == nil {
		return uuid.Nil
	}
	return *c.AgentID
}

const caseColumns = `c.shop_id, c.case_id, c.conversation_id, c.episode, c.state, c.level, c.reasons, c.language, c.agent_id,
	coalesce(s.name, '') as agent_name, c.skill, c.claim_due, c.first_reply_due, c.plan_due, c.solution_due,
	c.first_reply_at, c.plan_at, c.solution_at, c.breached, c.sorry_at, c.snoozed_until, c.snoozed_seq, c.pledge_seq, c.outcome,
	c.created_at, c.claimed_at, c.closed_at,
	(select min(p.due_at) from promises p where p.shop_id = c.shop_id and p.case_id = c.case_id and p.kept_at is null and p.withdrawn_at is null) as promise_due`

const casesSQL = `select ` + caseColumns + ` from cases c left join staff s on s.shop_id = c.shop_id and s.staff_id = c.agent_id `

// Case returns one case of the shop, or ErrNotFound.
func (d *Desk) Case(ctx context.Context, shopID, caseID uuid.UUID) (Case, error) {
	return oneCase(ctx, d.pool, "case "+caseID.String(), casesSQL+`where c.shop_id = $1 and c.case_id = $2`, shopID, caseID)
}

// CaseOf returns the conversation's open case or, where none is open, its newest; ErrNotFound when it never had one.
func (d *Desk) CaseOf(ctx context.Context, shopID, conversationID uuid.UUID) (Case, error) {
	return oneCase(ctx, d.pool, "case of conversation "+conversationID.String(), casesSQL+`
		where c.shop_id = $1 and c.conversation_id = $2
		order by c.state in ('waiting', 'claimed') desc, c.created_at desc, c.case_id desc limit 1`, shopID, conversationID)
}

// Cases returns every case of the conversation, newest first: what happened in earlier episodes.
func (d *Desk) Cases(ctx context.Context, shopID, conversationID uuid.UUID) ([]Case, error) {
	return manyCases(ctx, d.pool, casesSQL+`where c.shop_id = $1 and c.conversation_id = $2 order by c.created_at desc, c.case_id desc`, shopID, conversationID)
}

// lockCase locks one case for the transaction.
func lockCase(ctx context.Context, tx pgx.Tx, shopID, caseID uuid.UUID) (Case, error) {
	return oneCase(ctx, tx, "case "+caseID.String(), casesSQL+`where c.shop_id = $1 and c.case_id = $2 for no key update of c`, shopID, caseID)
}

// lockOpenCase locks the conversation's open case for the transaction, or returns ErrNotFound.
func lockOpenCase(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID) (Case, error) {
	return oneCase(ctx, tx, "open case of conversation "+conversationID.String(), casesSQL+`
		where c.shop_id = $1 and c.conversation_id = $2 and c.state in ('waiting', 'claimed') for no key update of c`, shopID, conversationID)
}

func oneCase(ctx context.Context, q querier, what, sql string, args ...any) (Case, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return Case{}, translate(err, what)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Case])
	return c, translate(err, what)
}

func manyCases(ctx context.Context, q querier, sql string, args ...any) ([]Case, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Case])
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	return list, nil
}

// insertCase writes a new case unless the conversation has an open one. It waits for whoever is opening or closing one now.
func insertCase(ctx context.Context, tx pgx.Tx, c Case) (made bool, err error) {
	if c.Reasons == nil {
		c.Reasons = []conversation.Reason{}
	}
	tag, err := tx.Exec(ctx, `
		insert into cases (shop_id, case_id, conversation_id, episode, state, level, reasons, language, agent_id,
			claim_due, first_reply_due, plan_due, solution_due, created_at, claimed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		on conflict (shop_id, conversation_id) where state in ('waiting', 'claimed') do nothing`,
		c.ShopID, c.ID, c.ConversationID, c.Episode, c.State, c.Level, c.Reasons, c.Language, c.AgentID,
		c.ClaimDue, c.FirstReplyDue, c.PlanDue, c.SolutionDue, c.CreatedAt, c.ClaimedAt)
	if err != nil {
		return false, translate(err, "case of conversation "+c.ConversationID.String())
	}
	return tag.RowsAffected() == 1, nil
}

func (c Case) wasBreached(clock string) bool { return slices.Contains(c.Breached, clock) }
