package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Budget is what a shop lets the model cost on one of its calendar days.
type Budget struct {
	Calls  int64
	Tokens int64 // of prompts and completions
}

// Spend is what the model cost a shop on a day.
type Spend struct {
	Calls            int64 `db:"calls"`
	PromptTokens     int64 `db:"prompt_tokens"`
	CompletionTokens int64 `db:"completion_tokens"`
}

// Reserve takes one call and its tokens out of the day's budget before the call is made, and says whether there was
// enough. One statement checks and takes, so that workers side by side cannot spend the same tokens. Day is the shop's.
func (s *Store) Reserve(ctx context.Context, shopID uuid.UUID, day time.Time, prompt, completion int, b Budget) (bool, error) {
	var calls int64
	err := s.pool.QueryRow(ctx, `
		insert into model_spend as m (shop_id, day, calls, prompt_tokens, completion_tokens)
		select $1, $2::date, 1, $3::bigint, $4::bigint where $5::bigint >= 1 and $3::bigint + $4::bigint <= $6::bigint
		on conflict (shop_id, day) do update set
			calls = m.calls + 1, prompt_tokens = m.prompt_tokens + $3, completion_tokens = m.completion_tokens + $4
		where m.calls < $5 and m.prompt_tokens + m.completion_tokens + $3 + $4 <= $6
		returning calls`, shopID, day.Format(time.DateOnly), prompt, completion, b.Calls, b.Tokens).Scan(&calls)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reserve model tokens of shop %s: %w", shopID, err)
	}
	return true, nil
}

// Settle corrects a reservation by what the call took in the end: the differences, which are mostly negative.
func (s *Store) Settle(ctx context.Context, shopID uuid.UUID, day time.Time, prompt, completion int) error {
	_, err := s.pool.Exec(ctx, `
		update model_spend set prompt_tokens = greatest(0, prompt_tokens + $3::bigint), completion_tokens = greatest(0, completion_tokens + $4::bigint)
		where shop_id = $1 and day = $2::date`, shopID, day.Format(time.DateOnly), prompt, completion)
	if err != nil {
		return fmt.Errorf("settle model tokens of shop %s: %w", shopID, err)
	}
	return nil
}

// Spent returns what the model cost the shop on a day of its calendar; zeros for a day without calls.
func (s *Store) Spent(ctx context.Context, shopID uuid.UUID, day time.Time) (Spend, error) {
	rows, err := s.pool.Query(ctx, `select calls, prompt_tokens, completion_tokens from model_spend where shop_id = $1 and day = $2::date`,
		shopID, day.Format(time.DateOnly))
	if err != nil {
		return Spend{}, err
	}
	spend, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Spend])
	if errors.Is(err, pgx.ErrNoRows) {
		return Spend{}, nil
	}
	return spend, err
}
