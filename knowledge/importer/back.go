package importer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Back is what taking an import back does, or did.
type Back struct {
	At       time.Time `json:"at,omitzero"`
	By       string    `json:"by,omitempty"`
	Down     int       `json:"down"`           // new articles that are taken down
	Restored int       `json:"restored"`       // changed ones that get what they said before
	Left     []Result  `json:"left,omitempty"` // rows whose articles stay: somebody has changed them since
}

// Any says whether there is anything to take back.
func (b Back) Any() bool { return b.Down+b.Restored > 0 }

// ErrTakenBack means that an import is taken back already, or not done.
var ErrTakenBack = errors.New("the import is taken back already, or not done")

// Stored are the articles that an import has written.
func (r Report) Stored() []uuid.UUID {
	ids := []uuid.UUID{}
	for _, row := range r.Rows {
		if row.Article != uuid.Nil {
			ids = append(ids, row.Article)
		}
	}
	return ids
}

// Returns says what TakeBack would do with a done import.
func (u *Uploads) Returns(ctx context.Context, shop knowledge.Shop, one Upload) (Back, error) {
	back, _, err := u.returns(ctx, shop, one)
	return back, err
}

// returning is an article as it was before an import, on its way back; its row is that of the report.
type returning struct {
	row     Result
	article knowledge.Article
}

func (u *Uploads) returns(ctx context.Context, shop knowledge.Shop, one Upload) (back Back, all []returning, err error) {
	ids := one.Report.Stored()
	if one.State != StateDone || one.Report.Back != nil || len(ids) == 0 {
		return Back{}, nil, nil
	}
	heads, _, err := u.base.List(ctx, shop.ID, knowledge.Filter{IDs: ids})
	if err != nil {
		return Back{}, nil, err
	}
	now := make(map[uuid.UUID]knowledge.Article, len(heads))
	for _, head := range heads {
		now[head.ID] = head
	}
	for _, row := range one.Report.Rows {
		head, known := now[row.Article]
		switch {
		case row.Article == uuid.Nil:
		case !known || row.After == nil || head.Standing() != *row.After:
			back.Left = append(back.Left, row)
		case row.Before != nil:
			back.Restored++
			all = append(all, returning{row, head})
		case head.Status != knowledge.Archived:
			back.Down++
			head.Status = knowledge.Archived
			all = append(all, returning{row, head})
		}
	}
	return back, all, nil
}

// TakeBack undoes a done import, once: new articles are taken down, changed ones say what they said before, as a version of
// their own. What somebody has changed since stays. ErrTakenBack when there is nothing to undo any more.
func (u *Uploads) TakeBack(ctx context.Context, shop knowledge.Shop, id uuid.UUID, author string) (Back, error) {
	one, err := u.Get(ctx, shop.ID, id)
	if err != nil {
		return Back{}, err
	}
	back, all, err := u.returns(ctx, shop, one)
	if err != nil {
		return Back{}, err
	}
	if !back.Any() {
		return Back{}, fmt.Errorf("import %s: %w", id, ErrTakenBack)
	}
	back.At, back.By = time.Now(), author
	tag, err := u.pool.Exec(ctx, `
		update imports set report = jsonb_set(report, '{back}', $3) where shop_id = $1 and import_id = $2 and state = 'done' and not report ? 'back'`,
		shop.ID, id, back)
	if err != nil {
		return Back{}, fmt.Errorf("take back import %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return Back{}, fmt.Errorf("import %s: %w", id, ErrTakenBack)
	}
	back, err = u.putBack(ctx, shop, back, all)
	// What happened is written down even when the program is about to end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err != nil {
		_, failed := u.pool.Exec(ctx, `update imports set report = report - 'back' where shop_id = $1 and import_id = $2`, shop.ID, id)
		return Back{}, errors.Join(fmt.Errorf("take back import %s: %w", id, err), failed)
	}
	_, err = u.pool.Exec(ctx, `update imports set report = jsonb_set(report, '{back}', $3) where shop_id = $1 and import_id = $2`, shop.ID, id, back)
	return back, err
}

// putBack stores the articles as they were, in one transaction, and counts what became of them.
func (u *Uploads) putBack(ctx context.Context, shop knowledge.Shop, back Back, all []returning) (Back, error) {
	articles := make([]knowledge.Article, len(all))
	for i, one := range all {
		articles[i] = one.article
		if before := one.row.Before; before != nil {
			version := before.Live
			if version == 0 {
				version = before.Version
			}
			old, err := u.base.Version(ctx, shop.ID, one.row.Article, version)
			if err != nil {
				return back, err
			}
			old.Status, old.Author, old.Note = before.Status, back.By, fmt.Sprintf("v%d", version)
			articles[i] = old
		}
	}
	done, err := u.base.ImportBatch(ctx, shop.ID, articles, knowledge.ImportOptions{Author: back.By})
	if err != nil {
		return back, err
	}
	for i, one := range done {
		if one.Outcome != knowledge.OutcomeRefused {
			continue
		}
		back.Left = append(back.Left, all[i].row)
		if all[i].row.Before != nil {
			back.Restored--
		} else {
			back.Down--
		}
	}
	return back, nil
}
