package editor

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	rehearsalTimeout = 3 * time.Minute
	patience         = time.Second // with which a page waits for what is about to be known
	maxRehearsed     = 2_000       // articles of one import; more would be embedded twice for one look
	changesShown     = 100
)

// Rehearsal is what an edit would change in the answers.
type Rehearsal struct {
	Changes []Change
	Asked   int // of the questions, those of which it is known
	Of      int
	Sources []Source // of those that were asked, the sources without any left out
	Trouble string   // why nothing is known: failed or many
}

// Source is how many questions come from where; see Change.
type Source struct {
	Source string
	Count  int
}

// Moved are the changes of the questions that lead elsewhere, or become right or wrong, as far as a page shows them.
func (r Rehearsal) Moved() []Change {
	moved := slices.DeleteFunc(slices.Clone(r.Changes), Change.reworded)
	return moved[:min(len(moved), changesShown)]
}

// Reworded are the changes of those that lead where they led, and are told so in other words.
func (r Rehearsal) Reworded() []Change {
	return slices.DeleteFunc(slices.Clone(r.Changes), func(c Change) bool { return !c.reworded() })
}

// More is how many changes a page does not show.
func (r Rehearsal) More() int { return max(0, len(r.Changes)-len(r.Reworded())-changesShown) }

func (c Change) reworded() bool {
	return c.Before.Ref == c.After.Ref && c.Before.Decision == c.After.Decision && !c.Better && !c.Worse
}

// rehearse begins to find out what an edit would change, and goes on when the browser leaves.
func (f *Face) rehearse(ctx context.Context, shop knowledge.Shop, edit uuid.UUID, stamp string, find func(context.Context, func(asked, of int)) (Rehearsal, error)) error {
	progress, end, err := f.Exams.Rehearsing(context.WithoutCancel(ctx), shop.ID, edit, stamp)
	if errors.Is(err, exam.ErrRunning) {
		return nil
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(f.closing, rehearsalTimeout)
	f.rehearsals.Store(edit, cancel)
	f.work.Go(func() {
		defer cancel()
		defer f.rehearsals.Delete(edit)
		found, err := find(ctx, progress)
		if err == nil {
			err = end(encoded(found))
		} else if errors.Is(ctx.Err(), context.Canceled) {
			_ = end(nil) // nobody waits for it, or the page offers to begin anew
		} else {
			err = errors.Join(err, end(encoded(Rehearsal{Trouble: "failed"})))
		}
		if err != nil {
			f.Log.Warn("what an edit changes is not known", "shop", shop.Slug, "edit", edit, "error", err)
		}
	})
	return nil
}

// abandon ends the rehearsal of an edit that is made now: until its end it keeps others from the articles. One of another
// process is waited for.
func (f *Face) abandon(edit uuid.UUID) {
	if cancel, ok := f.rehearsals.Load(edit); ok {
		cancel.(context.CancelFunc)()
	}
}

// rehearseImport begins to find out what an import would change, where it changes anything.
func (f *Face) rehearseImport(ctx context.Context, shop knowledge.Shop, id uuid.UUID, o importer.Options) error {
	if f.ImportChanges == nil || f.Exams == nil {
		return nil
	}
	one, err := f.Uploads.Get(ctx, shop.ID, id)
	if err != nil || one.State != importer.StatePlanned || one.Report.New+one.Report.Changed == 0 {
		return err
	}
	return f.rehearse(ctx, shop, id, "", func(ctx context.Context, progress func(asked, of int)) (Rehearsal, error) {
		if one.Report.New+one.Report.Changed > maxRehearsed {
			return Rehearsal{Trouble: "many"}, nil
		}
		rows, err := f.Uploads.Rows(ctx, id, o)
		if err != nil {
			return Rehearsal{}, err
		}
		return f.ImportChanges(ctx, shop, rows, progress)
	})
}

// rehearseArticle begins to find out what the publication of a version would change, unless that is known or on its way.
func (f *Face) rehearseArticle(ctx context.Context, shop knowledge.Shop, article knowledge.Article) error {
	stamp := strconv.Itoa(article.Version)
	if known, err := f.Exams.Rehearsed(ctx, shop.ID, article.ID, stamp); err != nil || known.Running || known.Found != nil {
		return err
	}
	return f.rehearse(ctx, shop, article.ID, stamp, func(ctx context.Context, progress func(asked, of int)) (Rehearsal, error) {
		return f.Changes(ctx, shop, article, progress)
	})
}

func encoded(r Rehearsal) json.RawMessage {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // texts and finite numbers always encode
	}
	return raw
}

// rehearsal is what a page shows of what an edit would change.
type rehearsal struct {
	exam.Rehearsal
	Result *Rehearsal // nil before it is known
	Again  string     // where to have it found out anew
}

// rehearsed reads what is known of what an edit would change, waiting a little for one that is about to be.
func (f *Face) rehearsed(ctx context.Context, shop knowledge.Shop, edit uuid.UUID, stamp, again string) (r rehearsal, err error) {
	r.Again = again
	for began := time.Now(); ; time.Sleep(patience / 10) {
		if r.Rehearsal, err = f.Exams.Rehearsed(ctx, shop.ID, edit, stamp); err != nil {
			return r, err
		}
		if !r.Running || time.Since(began) > patience {
			break
		}
	}
	if r.Found == nil {
		return r, nil
	}
	r.Result = &Rehearsal{}
	return r, json.Unmarshal(r.Found, r.Result)
}

// checkImport finds out anew what an import would change.
func (f *Face) checkImport(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	if err := f.rehearseImport(c.Request().Context(), f.Shop(c), id, f.options(c)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/import/"+id.String())
}
