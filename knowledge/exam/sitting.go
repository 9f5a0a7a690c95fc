package exam

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Golden is the exam that an editor sees before publishing.
const Golden = "golden"

// ErrRunning means that the exam is being sat already.
var ErrRunning = errors.New("the exam is being sat")

// silence is after how long without a sign a sitting is held to have ended with its program.
const silence = "30 seconds"

// Begin says that the exam is being sat from now on, and how it is to be ended: done must be called. ErrRunning while
// somebody else's sitting lasts, ErrNotFound when there is no such exam.
func (s *Store) Begin(ctx context.Context, shopID uuid.UUID, name string) (done func(), err error) {
	id := ID(shopID, name)
	tag, err := s.pool.Exec(ctx, `
		update exams set asked = 0, touched_at = now()
		where shop_id = $1 and exam_id = $2 and (touched_at is null or touched_at < now() - $3::interval)`, shopID, id, silence)
	if err != nil {
		return nil, fmt.Errorf("exam %s: %w", name, err)
	}
	if tag.RowsAffected() == 0 {
		var there bool
		if err := s.pool.QueryRow(ctx, `select exists (select from exams where shop_id = $1 and exam_id = $2)`, shopID, id).Scan(&there); err != nil {
			return nil, fmt.Errorf("exam %s: %w", name, err)
		}
		if !there {
			return nil, fmt.Errorf("exam %s: %w", name, ErrNotFound)
		}
		return nil, fmt.Errorf("exam %s: %w", name, ErrRunning)
	}
	return func() {
		// It is over even when the program is about to end.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_, _ = s.pool.Exec(ctx, `update exams set touched_at = null where shop_id = $1 and exam_id = $2`, shopID, id)
	}, nil
}

// Sit asks every question of an exam that has begun, keeps the run and says what changed since the one before. Progress,
// which may be nil, is called after each question; how far it is stands in the database, too.
func (s *Store) Sit(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, name string, ask Ask, progress func(asked, of int)) (Report, error) {
	report, err := s.Rehearse(ctx, base, shop, name, ask, progress)
	if err != nil {
		return report, err
	}
	return report, s.Keep(ctx, shop.ID, name, report)
}

// Rehearse is Sit for a base whose articles are only tried out: nothing of the run is kept.
func (s *Store) Rehearse(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, name string, ask Ask, progress func(asked, of int)) (report Report, err error) {
	questions, err := s.Questions(ctx, shop.ID, name)
	if err != nil {
		return report, err
	}
	var said time.Time
	report, err = Run(ctx, base, shop, questions, ask, func(asked int) {
		if progress != nil {
			progress(asked, len(questions))
		}
		if time.Since(said) > time.Second/2 {
			said = time.Now()
			// A progress that is not written down is no reason to stop.
			_, _ = s.pool.Exec(ctx, `update exams set asked = $3, touched_at = now() where shop_id = $1 and exam_id = $2`, shop.ID, ID(shop.ID, name), asked)
		}
	})
	if err != nil {
		return report, err
	}
	return report, s.Compare(ctx, shop.ID, name, &report)
}

// Asked tells how many questions a sitting that lasts has asked; ok is false while none does.
func (s *Store) Asked(ctx context.Context, shopID uuid.UUID, name string) (asked int, ok bool, err error) {
	err = s.pool.QueryRow(ctx, `
		select asked, touched_at is not null and touched_at > now() - $3::interval from exams where shop_id = $1 and exam_id = $2`,
		shopID, ID(shopID, name), silence).Scan(&asked, &ok)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("exam %s: %w", name, err)
	}
	return asked, ok, nil
}

// Past is a run that was kept.
type Past struct {
	Rate
	At time.Time
}

// Runs returns the newest runs of an exam, the newest first.
func (s *Store) Runs(ctx context.Context, shopID uuid.UUID, name string, limit int) ([]Past, error) {
	rows, err := s.pool.Query(ctx, `
		select passed, total, ran_at from exam_runs where shop_id = $1 and exam_id = $2 order by run_id desc limit $3`, shopID, ID(shopID, name), limit)
	if err != nil {
		return nil, fmt.Errorf("exam %s: %w", name, err)
	}
	runs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Past, err error) {
		err = row.Scan(&p.Passed, &p.Total, &p.At)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("exam %s: %w", name, err)
	}
	return runs, nil
}

// Latest is the newest run as far as its questions are still those of the exam, against the run before it.
func (s *Store) Latest(ctx context.Context, shopID uuid.UUID, name string) (report Report, err error) {
	questions, err := s.Questions(ctx, shopID, name)
	if err != nil {
		return report, err
	}
	rows, err := s.pool.Query(ctx, `select results from exam_runs where shop_id = $1 and exam_id = $2 order by run_id desc limit 2`, shopID, ID(shopID, name))
	if err != nil {
		return report, fmt.Errorf("exam %s: %w", name, err)
	}
	runs, err := pgx.CollectRows(rows, pgx.RowTo[[]outcome])
	if err != nil {
		return report, fmt.Errorf("exam %s: %w", name, err)
	}
	if len(runs) == 0 {
		return report, nil
	}
	got := make(map[string]outcome, len(runs[0]))
	for _, o := range runs[0] {
		got[o.ID] = o
	}
	for _, q := range questions {
		if o, ok := got[q.ID]; ok {
			report.Results = append(report.Results, Result{ID: q.ID, OK: o.OK, Got: o.Got, Expect: q.Expect, Text: q.Text(), Topic: q.Topic, Locale: q.Locale})
		}
	}
	report.count()
	if len(runs) > 1 {
		report.compare(passedIn(runs[1]))
	}
	return report, nil
}

// Put adds a question to an exam, which begins with it where there is none, or replaces the one of its id.
func (s *Store) Put(ctx context.Context, shopID uuid.UUID, name string, q Question) error {
	if err := q.check(); err != nil {
		return fmt.Errorf("exam %s: %w: %w", name, knowledge.ErrInvalid, err)
	}
	id := ID(shopID, name)
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `insert into exams (shop_id, exam_id, name) values ($1, $2, $3) on conflict do nothing`, shopID, id, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into exam_questions (shop_id, exam_id, question_id, ref, turns, expected, topic, locale, market, days)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			on conflict (shop_id, exam_id, ref) do update set
				turns = excluded.turns, expected = excluded.expected, topic = excluded.topic, locale = excluded.locale, market = excluded.market, days = excluded.days`,
			shopID, id, uuid.Must(uuid.NewV7()), q.ID, q.Turns, q.Expect, q.Topic, q.Locale, q.Market, q.Days)
		return err
	})
	if err != nil {
		return fmt.Errorf("exam %s: %w", name, err)
	}
	return nil
}

// Remove takes a question out of an exam. ErrNotFound when it is not in it.
func (s *Store) Remove(ctx context.Context, shopID uuid.UUID, name, ref string) error {
	tag, err := s.pool.Exec(ctx, `delete from exam_questions where shop_id = $1 and exam_id = $2 and ref = $3`, shopID, ID(shopID, name), ref)
	if err != nil {
		return fmt.Errorf("exam %s: %w", name, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("exam %s: question %s: %w", name, ref, ErrNotFound)
	}
	return nil
}
