package exam

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Store keeps the exams of every shop and their runs.
type Store struct{ pool *pgxpool.Pool }

// NewStore returns the store on this pool.
func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool} }

// ID names an exam of a shop: the same name is the same exam, on every machine.
func ID(shopID uuid.UUID, name string) uuid.UUID { return uuid.NewSHA1(shopID, []byte("exam "+name)) }

// Replace makes these the questions of the shop's exam of this name. Its runs stay, to be compared with.
func (s *Store) Replace(ctx context.Context, shopID uuid.UUID, name string, questions []Question) error {
	id := ID(shopID, name)
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `insert into exams (shop_id, exam_id, name) values ($1, $2, $3) on conflict do nothing`, shopID, id, name); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from exam_questions where shop_id = $1 and exam_id = $2`, shopID, id); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"exam_questions"},
			[]string{"shop_id", "exam_id", "question_id", "ref", "turns", "expected", "topic", "locale", "market", "days"},
			pgx.CopyFromSlice(len(questions), func(i int) ([]any, error) {
				q := questions[i]
				return []any{shopID, id, uuid.Must(uuid.NewV7()), q.ID, q.Turns, q.Expect, q.Topic, q.Locale, q.Market, q.Days}, nil
			}))
		return err
	})
	if err != nil {
		return fmt.Errorf("exam %s: %w", name, err)
	}
	return nil
}

// Questions returns the questions of an exam in the order in which they came. ErrNotFound when there is none of this name.
func (s *Store) Questions(ctx context.Context, shopID uuid.UUID, name string) ([]Question, error) {
	rows, err := s.pool.Query(ctx, `
		select ref, turns, expected, topic, locale, market, days from exam_questions
		where shop_id = $1 and exam_id = $2 order by question_id`, shopID, ID(shopID, name))
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (q Question, err error) {
		err = row.Scan(&q.ID, &q.Turns, &q.Expect, &q.Topic, &q.Locale, &q.Market, &q.Days)
		return q, err
	})
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("exam %s: %w", name, err)
	}
	return all, nil
}

// outcome is what is kept of a question of a run.
type outcome struct {
	ID  string `json:"ref"`
	OK  bool   `json:"ok"`
	Got Got    `json:"got"`
}

// Compare says in the report what changed since the exam's last run. Without one it says nothing.
func (s *Store) Compare(ctx context.Context, shopID uuid.UUID, name string, report *Report) error {
	var results []outcome
	err := s.pool.QueryRow(ctx, `
		select results from exam_runs where shop_id = $1 and exam_id = $2 order by run_id desc limit 1`,
		shopID, ID(shopID, name)).Scan(&results)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("exam %s: %w", name, err)
	}
	report.compare(passedIn(results))
	return nil
}

// passedIn says of each question of a run whether it passed.
func passedIn(results []outcome) map[string]bool {
	passed := make(map[string]bool, len(results))
	for _, r := range results {
		passed[r.ID] = r.OK
	}
	return passed
}

// Keep stores a run, for the next one to be compared with.
func (s *Store) Keep(ctx context.Context, shopID uuid.UUID, name string, report Report) error {
	results := make([]outcome, len(report.Results))
	for i, r := range report.Results {
		results[i] = outcome{r.ID, r.OK, r.Got}
	}
	_, err := s.pool.Exec(ctx, `
		insert into exam_runs (shop_id, exam_id, run_id, passed, total, results) values ($1, $2, $3, $4, $5, $6)`,
		shopID, ID(shopID, name), uuid.Must(uuid.NewV7()), report.Passed, report.Total, results)
	if err != nil {
		return fmt.Errorf("exam %s: %w", name, err)
	}
	return nil
}
