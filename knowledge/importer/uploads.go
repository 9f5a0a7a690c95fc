package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
	"unicode"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// States of an upload.
const (
	StatePlanned = "planned" // looked at, nothing stored
	StateRunning = "running"
	StateDone    = "done"
	StateFailed  = "failed" // stopped on the way, nothing stored; it may be started again
)

// ErrRunning means that somebody has started this import already, or that it is done.
var ErrRunning = errors.New("the import is running or done")

const (
	heartbeat = 2 * time.Second
	silence   = 30 * time.Second // after which a running import is taken for dead
	keepFiles = 7 * 24 * time.Hour
)

// Upload is a file on its way from the dry run to the import.
type Upload struct {
	ID        uuid.UUID
	Name      string
	State     string // as stored, but StateFailed for a running one that has fallen silent
	Done      int    // passages prepared
	Total     int
	Report    Report // the plan; once it is done, what became of each row
	Error     string
	Author    string
	CreatedAt time.Time
}

// Uploads keeps the files that editors look at before they import them.
type Uploads struct {
	pool *pgxpool.Pool
	base *knowledge.Base
}

// NewUploads returns the uploads in this database; base is where they are imported to.
func NewUploads(pool *pgxpool.Pool, base *knowledge.Base) *Uploads {
	return &Uploads{pool: pool, base: base}
}

// Add parses a file, plans its import and keeps both. Errors are those of Parse and of the database.
func (u *Uploads) Add(ctx context.Context, name string, file []byte, author string, o Options) (uuid.UUID, error) {
	rows, err := Parse(name, bytes.NewReader(file), o)
	if err != nil {
		return uuid.Nil, err
	}
	report, err := Plan(ctx, u.base, o.Shop, rows)
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.Must(uuid.NewV7())
	_, err = u.pool.Exec(ctx, `
		with old as (delete from imports where shop_id = $1 and state <> 'running' and created_at < now() - $7::interval)
		insert into imports (shop_id, import_id, name, file, report, author) values ($1, $2, $3, $4, $5, $6)`,
		o.Shop.ID, id, printable(name), file, report, author, keepFiles)
	if err != nil {
		return uuid.Nil, fmt.Errorf("keep upload: %w", err)
	}
	return id, nil
}

// printable is a file's name as it may be stored and shown.
func printable(name string) string {
	var clean []rune
	for _, c := range name {
		if unicode.IsPrint(c) && c != unicode.ReplacementChar {
			clean = append(clean, c)
		}
	}
	return shorten(string(clean))
}

const uploadColumns = `import_id, name, case when state = 'running' and touched_at < now() - $2::interval then 'failed' else state end,
	done, total, report, error, author, created_at`

func scanUpload(row pgx.CollectableRow) (Upload, error) {
	var one Upload
	err := row.Scan(&one.ID, &one.Name, &one.State, &one.Done, &one.Total, &one.Report, &one.Error, &one.Author, &one.CreatedAt)
	return one, err
}

// Get returns an upload of this shop, or knowledge.ErrNotFound.
func (u *Uploads) Get(ctx context.Context, shopID, id uuid.UUID) (Upload, error) {
	rows, err := u.pool.Query(ctx, `select `+uploadColumns+` from imports where shop_id = $1 and import_id = $3`, shopID, silence, id)
	if err != nil {
		return Upload{}, err
	}
	one, err := pgx.CollectExactlyOneRow(rows, scanUpload)
	if errors.Is(err, pgx.ErrNoRows) {
		err = knowledge.ErrNotFound
	}
	if err != nil {
		return Upload{}, fmt.Errorf("upload %s: %w", id, err)
	}
	return one, nil
}

// Start makes the upload a running one. It is the check that one import is run once: ErrRunning for all but the first.
func (u *Uploads) Start(ctx context.Context, shopID, id uuid.UUID) error {
	tag, err := u.pool.Exec(ctx, `
		update imports set state = 'running', done = 0, total = 0, error = '', touched_at = now()
		where shop_id = $1 and import_id = $2
			and (state in ('planned', 'failed') or state = 'running' and touched_at < now() - $3::interval)`, shopID, id, silence)
	if err != nil {
		return fmt.Errorf("start import %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		if _, err := u.Get(ctx, shopID, id); err != nil {
			return err
		}
		return fmt.Errorf("import %s: %w", id, ErrRunning)
	}
	return nil
}

// Run imports an upload that Start has made a running one, and keeps how far it is. When it returns an error nothing was
// stored, and the upload may be started again.
func (u *Uploads) Run(ctx context.Context, id uuid.UUID, author string, o Options) error {
	report, err := u.apply(ctx, id, author, o)
	// What happened is written down even when the program is about to end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err != nil {
		_, failed := u.pool.Exec(ctx, `update imports set state = 'failed', error = $3 where shop_id = $1 and import_id = $2`,
			o.Shop.ID, id, err.Error())
		return errors.Join(err, failed)
	}
	_, err = u.pool.Exec(ctx, `
		update imports set state = 'done', done = greatest(done, total), report = $3, author = $4, file = case when $5 then file else '' end
		where shop_id = $1 and import_id = $2`, o.Shop.ID, id, report, author, report.Errors > 0)
	return err
}

func (u *Uploads) apply(ctx context.Context, id uuid.UUID, author string, o Options) (Report, error) {
	rows, err := u.Rows(ctx, id, o)
	if err != nil {
		return Report{}, err
	}
	var done, total atomic.Int64
	beating, stop := context.WithCancel(ctx)
	defer stop()
	go u.beat(beating, o.Shop.ID, id, &done, &total)
	return Apply(ctx, u.base, o.Shop, rows, author, func(d, t int) { done.Store(int64(d)); total.Store(int64(t)) })
}

// beat writes down how far a running import is, and that it still runs.
func (u *Uploads) beat(ctx context.Context, shopID, id uuid.UUID, done, total *atomic.Int64) {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// A beat that is missed is made up for by the next.
			_, _ = u.pool.Exec(ctx, `update imports set done = $3, total = $4, touched_at = now() where shop_id = $1 and import_id = $2 and state = 'running'`,
				shopID, id, done.Load(), total.Load())
		}
	}
}

// Recent returns the shop's last ten uploads, the newest first, without their rows.
func (u *Uploads) Recent(ctx context.Context, shopID uuid.UUID) ([]Upload, error) {
	rows, err := u.pool.Query(ctx, `
		select import_id, name, case when state = 'running' and touched_at < now() - $2::interval then 'failed' else state end,
			done, total, report - 'rows', error, author, created_at
		from imports where shop_id = $1 order by created_at desc limit 10`, shopID, silence)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanUpload)
}

// MarshalJSON writes no rows as an empty list.
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	if r.Rows == nil {
		r.Rows = []Result{}
	}
	return json.Marshal(plain(r))
}
