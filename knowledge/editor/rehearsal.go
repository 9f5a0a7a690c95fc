package editor

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	rehearsalTimeout = 3 * time.Minute
	maxRehearsed     = 2_000 // articles of one import; more would be embedded twice for one look
	changesShown     = 100
)

// Rehearsal is what an import would change in the answers.
type Rehearsal struct {
	Changes []Change
	Asked   int // of the questions, those of which it is known
	Of      int
	Trouble string // why nothing is known: failed or many
}

// Shown are the changes that a page shows.
func (r Rehearsal) Shown() []Change { return r.Changes[:min(len(r.Changes), changesShown)] }

// More is how many it does not.
func (r Rehearsal) More() int { return max(0, len(r.Changes)-changesShown) }

// rehearse begins to find out what an import would change, and goes on when the browser leaves.
func (f *Face) rehearse(ctx context.Context, shop knowledge.Shop, id uuid.UUID, o importer.Options) error {
	if f.ImportChanges == nil {
		return nil
	}
	one, err := f.Uploads.Get(ctx, shop.ID, id)
	if err != nil || one.Report.New+one.Report.Changed == 0 {
		return err
	}
	progress, end, err := f.Uploads.Checking(context.WithoutCancel(ctx), shop.ID, id)
	if errors.Is(err, importer.ErrRunning) {
		return nil
	}
	if err != nil {
		return err
	}
	if one.Report.New+one.Report.Changed > maxRehearsed {
		return end(encoded(Rehearsal{Trouble: "many"}))
	}
	f.work.Go(func() {
		found, err := f.rehearsed(shop, id, o, progress)
		if err == nil {
			err = end(encoded(found))
		} else if f.closing.Err() != nil {
			_ = end(nil) // the page offers to begin anew
		} else {
			err = errors.Join(err, end(encoded(Rehearsal{Trouble: "failed"})))
		}
		if err != nil {
			f.Log.Warn("what an import changes is not known", "shop", shop.Slug, "import", id, "error", err)
		}
	})
	return nil
}

func (f *Face) rehearsed(shop knowledge.Shop, id uuid.UUID, o importer.Options, progress func(asked, of int)) (Rehearsal, error) {
	ctx, cancel := context.WithTimeout(f.closing, rehearsalTimeout)
	defer cancel()
	rows, err := f.Uploads.Rows(ctx, id, o)
	if err != nil {
		return Rehearsal{}, err
	}
	return f.ImportChanges(ctx, shop, rows, progress)
}

func encoded(r Rehearsal) json.RawMessage {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // texts and finite numbers always encode
	}
	return raw
}

// check reads what is known of what an import would change; nil for not known.
func (f *Face) check(ctx context.Context, shop knowledge.Shop, id uuid.UUID) (importer.Check, *Rehearsal, error) {
	known, err := f.Uploads.Check(ctx, shop.ID, id)
	if err != nil || known.Found == nil {
		return known, nil, err
	}
	var found Rehearsal
	return known, &found, json.Unmarshal(known.Found, &found)
}

// checkImport finds out anew what an import would change.
func (f *Face) checkImport(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	if err := f.rehearse(c.Request().Context(), f.Shop(c), id, f.options(c)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/import/"+id.String())
}
