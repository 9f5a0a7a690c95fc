package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// States of a missed question.
const (
	MissedOpen    = "open"
	MissedDone    = "done"
	MissedIgnored = "ignored"
)

// MissedDisliked is the outcome of a question whose answer did not help, as long as nobody says why.
const MissedDisliked = "disliked"

// Missed is a question that the knowledge did not answer well.
type Missed struct {
	ID           uuid.UUID
	Text         string // the shopper's words
	Locale       string
	Outcome      string  // ask, none, suggested; of an answer that a shopper disliked MissedDisliked or why: mistaken, beside, outdated
	Best         string  // Ref of the best candidate, "" when there was none
	Confidence   float64 // of the best candidate, 0 … 1
	Conversation uuid.UUID
	State        string
	AskedAt      time.Time
}

// MissedGroup holds missed questions of like meaning, the newest first.
type MissedGroup struct {
	Questions []Missed
}

// Missed records a question that got no answer, or a bad one. ID and AskedAt are made when they are zero; of an ID that is known
// the outcome is replaced.
func (b *Base) Missed(ctx context.Context, shopID uuid.UUID, m Missed) error {
	if m.ID == uuid.Nil {
		m.ID = uuid.Must(uuid.NewV7())
	}
	if m.AskedAt.IsZero() {
		m.AskedAt = time.Now()
	}
	var conversation *uuid.UUID
	if m.Conversation != uuid.Nil {
		conversation = &m.Conversation
	}
	_, err := b.pool.Exec(ctx, `
		insert into questions_missed (shop_id, missed_id, text, locale, outcome, best, confidence, conversation, asked_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (shop_id, missed_id) do update set outcome = excluded.outcome`,
		shopID, m.ID, m.Text, m.Locale, m.Outcome, m.Best, m.Confidence, conversation, m.AskedAt)
	if err != nil {
		return translate(err, "missed question")
	}
	return nil
}

// NotMissed forgets a question that was no miss after all, unless an editor has dealt with it; there need be none.
func (b *Base) NotMissed(ctx context.Context, shopID, id uuid.UUID) error {
	_, err := b.pool.Exec(ctx, `delete from questions_missed where shop_id = $1 and missed_id = $2 and state = $3`, shopID, id, MissedOpen)
	if err != nil {
		return fmt.Errorf("missed question %s: %w", id, err)
	}
	return nil
}

// MarkMissed moves missed questions to a state, one of MissedOpen, MissedDone and MissedIgnored.
func (b *Base) MarkMissed(ctx context.Context, shopID uuid.UUID, state string, ids ...uuid.UUID) error {
	tag, err := b.pool.Exec(ctx, `update questions_missed set state = $3 where shop_id = $1 and missed_id = any ($2)`, shopID, ids, state)
	if err != nil {
		return fmt.Errorf("missed questions: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("missed questions: %w", ErrNotFound)
	}
	return nil
}

// ForgetMissedTx takes the words out of the questions of a conversation, in the caller's transaction, and away what
// rehearsals of edits quoted. That they were missed stays counted.
func (b *Base) ForgetMissedTx(ctx context.Context, tx pgx.Tx, shopID, conversation uuid.UUID) error {
	_, err := tx.Exec(ctx, `with quoted as (delete from rehearsals where shop_id = $1)
		update questions_missed set `+forgotten+` where shop_id = $1 and conversation = $2`, shopID, conversation)
	if err != nil {
		return fmt.Errorf("missed questions: %w", err)
	}
	return nil
}

// ForgetMissedBefore takes the words out of the questions that were asked before a time.
func (b *Base) ForgetMissedBefore(ctx context.Context, shopID uuid.UUID, before time.Time) error {
	_, err := b.pool.Exec(ctx, `with quoted as (delete from rehearsals where shop_id = $1)
		update questions_missed set `+forgotten+` where shop_id = $1 and asked_at < $2 and text <> ''`, shopID, before)
	if err != nil {
		return fmt.Errorf("missed questions: %w", err)
	}
	return nil
}

// forgotten leaves of a missed question what is counted.
const forgotten = `text = '', conversation = null, state = case state when 'open' then 'ignored' else state end`

// missedAtOnce bounds how many open questions are put into groups: it is the newest that an editor works on.
const missedAtOnce = 1_000

// sameMeaning is the cosine above which two missed questions are one to an editor.
const sameMeaning = 0.80

// MissedQuestions returns the newest missed questions in this state, grouped by meaning; the largest groups come first.
// While the embedder is away every question stands alone.
func (b *Base) MissedQuestions(ctx context.Context, shopID uuid.UUID, state string) ([]MissedGroup, error) {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return nil, err
	}
	questions, err := b.missedIn(ctx, shopID, state, missedAtOnce)
	if err != nil || len(questions) == 0 {
		return nil, err
	}
	vectors, err := b.questionVectors(ctx, shop, questions)
	if err != nil {
		b.log.WarnContext(ctx, "missed questions are not grouped", "shop", shop.Slug, "error", err)
	}
	groups := groupByMeaning(questions, vectors)
	slices.SortStableFunc(groups, func(x, y MissedGroup) int { return len(y.Questions) - len(x.Questions) })
	return groups, nil
}

// OpenMissed returns the newest open missed questions, so many at most.
func (b *Base) OpenMissed(ctx context.Context, shopID uuid.UUID, limit int) ([]Missed, error) {
	return b.missedIn(ctx, shopID, MissedOpen, limit)
}

func (b *Base) missedIn(ctx context.Context, shopID uuid.UUID, state string, limit int) ([]Missed, error) {
	rows, err := b.pool.Query(ctx, `
		select missed_id, text, locale, outcome, best, confidence, coalesce(conversation, '00000000-0000-0000-0000-000000000000'), state, asked_at
		from questions_missed where shop_id = $1 and state = $2 and text <> '' order by asked_at desc limit $3`, shopID, state, limit)
	if err != nil {
		return nil, fmt.Errorf("missed questions of shop %s: %w", shopID, err)
	}
	questions, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Missed])
	if err != nil {
		return nil, fmt.Errorf("missed questions of shop %s: %w", shopID, err)
	}
	return questions, nil
}

// questionVectors embeds missed questions in the shop's active space.
func (b *Base) questionVectors(ctx context.Context, shop Shop, questions []Missed) ([][]float32, error) {
	embedder, ok := b.embedders.Embedder(shop, shop.ActiveSpace)
	if !ok {
		return nil, errors.New("no embedder")
	}
	var all [][]float32
	for part := range slices.Chunk(questions, embedBatch) {
		texts := make([]string, len(part))
		for i, q := range part {
			texts[i] = q.Text
		}
		vectors, err := embedder.Questions(ctx, texts)
		if err != nil {
			return nil, err
		}
		for _, v := range vectors {
			all = append(all, halfvec(v).Slice())
		}
	}
	if len(all) != len(questions) {
		return nil, errors.New("embedder: vectors and texts differ in number")
	}
	return all, nil
}

// groupByMeaning puts each question to the first group whose first question is near enough.
func groupByMeaning(questions []Missed, vectors [][]float32) []MissedGroup {
	var groups []MissedGroup
	var firsts []int
	for i, q := range questions {
		at := slices.IndexFunc(firsts, func(f int) bool {
			return questions[f].Text == q.Text || vectors != nil && dot(vectors[f], vectors[i]) >= sameMeaning
		})
		if at < 0 {
			groups, firsts = append(groups, MissedGroup{}), append(firsts, i)
			at = len(groups) - 1
		}
		groups[at].Questions = append(groups[at].Questions, q)
	}
	return groups
}
