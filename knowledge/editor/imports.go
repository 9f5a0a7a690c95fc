package editor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	importTimeout = 10 * time.Minute
	rowsShown     = 200
	refreshEvery  = 2 // seconds between looks at a running import
)

type uploadsPage struct {
	Recent  []importer.Upload
	Formats []string
	Columns []string
	Trouble string // why the last file was refused: format, large, link or missing
	Link    string // the one that was pasted
	Links   bool   // links can be pasted
	Detail  string
	Zone    string
}

func (f *Face) uploads(c echo.Context) error {
	return f.showUploads(c, http.StatusOK, uploadsPage{})
}

func (f *Face) showUploads(c echo.Context, status int, page uploadsPage) error {
	shop := f.Shop(c)
	var err error
	if page.Recent, err = f.Uploads.Recent(c.Request().Context(), shop.ID); err != nil {
		return err
	}
	for i := range page.Recent {
		page.Recent[i].CreatedAt = page.Recent[i].CreatedAt.In(shop.Location())
	}
	page.Links, page.Zone = f.Fetch != nil, shop.TimeZone
	page.Formats, page.Columns = importer.Formats(), importer.Columns()
	return c.Render(status, "editor/import", page)
}

// ErrLink means that an address leads to nothing that can be fetched.
var ErrLink = errors.New("the link cannot be fetched")

// upload takes a file, or what a link leads to, plans its import and shows the plan; nothing is imported yet.
func (f *Face) upload(c echo.Context) error {
	// Parts of a form go to the disk: more than a file may be long never gets there.
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, importer.MaxFile+64<<10)
	name, file, err := f.brought(c)
	large := (*http.MaxBytesError)(nil)
	var id uuid.UUID
	if err == nil {
		id, err = f.Uploads.Add(c.Request().Context(), name, file, f.author(c), f.options(c))
	}
	switch {
	case errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart):
		return f.showUploads(c, http.StatusUnprocessableEntity, uploadsPage{Trouble: "missing"})
	case errors.Is(err, ErrLink):
		return f.showUploads(c, http.StatusUnprocessableEntity, uploadsPage{Trouble: "link", Link: c.FormValue("link"), Detail: detail(err, ErrLink)})
	case errors.Is(err, importer.ErrFormat):
		return f.showUploads(c, http.StatusUnprocessableEntity, uploadsPage{Trouble: "format", Link: c.FormValue("link"), Detail: detail(err, importer.ErrFormat)})
	case errors.As(err, &large):
		return f.showUploads(c, http.StatusRequestEntityTooLarge, uploadsPage{Trouble: "large"})
	case errors.Is(err, importer.ErrTooLarge):
		return f.showUploads(c, http.StatusRequestEntityTooLarge, uploadsPage{Trouble: "large", Detail: detail(err, importer.ErrTooLarge)})
	case err != nil:
		return err
	}
	if err := f.rehearseImport(c.Request().Context(), f.Shop(c), id, f.options(c)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/import/"+id.String())
}

// brought reads the file that a request brings, or fetches it from the link that it names.
func (f *Face) brought(c echo.Context) (name string, file []byte, err error) {
	header, err := c.FormFile("file")
	if link := strings.TrimSpace(c.FormValue("link")); f.Fetch != nil && link != "" && (err != nil || header.Size == 0) {
		return f.Fetch(c.Request().Context(), link)
	}
	if err != nil {
		return "", nil, err
	}
	opened, err := header.Open()
	if err != nil {
		return "", nil, err
	}
	defer opened.Close()
	file, err = io.ReadAll(io.LimitReader(opened, importer.MaxFile+1))
	return header.Filename, file, err
}

// detail is what an error says beyond its kind, which the page says in the editor's language.
func detail(err, kind error) string {
	return strings.TrimPrefix(strings.TrimPrefix(err.Error(), kind.Error()), ": ")
}

func (f *Face) options(c echo.Context) importer.Options {
	return importer.Options{Shop: f.Shop(c), Detect: f.Detect}
}

type plannedPage struct {
	Upload importer.Upload
	Show   knowledge.Outcome // rows of this outcome; "" all
	Rows   []importer.Result
	More   int // rows that are not shown
	Total  int // of the file
	// What the import would change, as far as it is known.
	Check   rehearsal
	Checked bool          // it is looked for at all
	Back    importer.Back // what can be taken back of a done import, or was
}

// madeUp is an article's id that stands for one that the file leaves out.
var madeUp = regexp.MustCompile(`^q-[0-9a-f]{16}$`)

// planned shows what would become of each row, how far the import is, or what became of them.
func (f *Face) planned(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	one, err := f.Uploads.Get(c.Request().Context(), f.Shop(c).ID, id)
	if err != nil {
		return err
	}
	page := plannedPage{Upload: one, Show: knowledge.Outcome(c.QueryParam("show")), Total: len(one.Report.Rows)}
	for _, row := range one.Report.Rows {
		if madeUp.MatchString(row.Ref) {
			row.Ref = "" // nobody wrote it
		}
		switch {
		case page.Show != "" && row.Outcome != page.Show:
		case len(page.Rows) < rowsShown:
			page.Rows = append(page.Rows, row)
		default:
			page.More++
		}
	}
	page.Checked = f.ImportChanges != nil && f.Exams != nil && one.State == importer.StatePlanned && one.Report.New+one.Report.Changed > 0
	if page.Checked {
		if page.Check, err = f.rehearsed(c.Request().Context(), f.Shop(c), id, "", "/knowledge/import/"+id.String()+"/check"); err != nil {
			return err
		}
	}
	if page.Back, err = f.Uploads.Returns(c.Request().Context(), f.Shop(c), one); err != nil {
		return err
	}
	if done := one.Report.Back; done != nil {
		page.Back = *done
		page.Back.At = done.At.In(f.Shop(c).Location())
	}
	if one.State == importer.StateRunning || page.Check.Running {
		c.Response().Header().Set("Refresh", strconv.Itoa(refreshEvery))
	}
	return c.Render(http.StatusOK, "editor/planned", page)
}

// startImport begins the import and shows how far it is. It goes on when the browser leaves; when the program ends, nothing
// of it is stored, and the page says so.
func (f *Face) startImport(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	o := f.options(c)
	author, _ := f.Who(c)
	o.Drafts = c.FormValue("drafts") != ""
	f.abandon(id)
	err = f.Uploads.Start(c.Request().Context(), o.Shop.ID, id)
	if err != nil && !errors.Is(err, importer.ErrRunning) {
		return err
	}
	if err == nil {
		f.work.Go(func() {
			ctx, cancel := context.WithTimeout(f.closing, importTimeout)
			defer cancel()
			if err := f.Uploads.Run(ctx, id, author.Name, o); err != nil {
				f.Log.Error("an import was not done", "shop", o.Shop.Slug, "import", id, "error", err)
				return
			}
			if done, err := f.Uploads.Get(context.WithoutCancel(ctx), o.Shop.ID, id); err == nil {
				detail := outcomes(done.Report)
				detail["drafts"] = o.Drafts
				f.recorded(ctx, o.Shop, author, "article.import", done.Name, detail)
			}
		})
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/import/"+id.String())
}

// backTimeout bounds how long taking an import back may take: as long as the import.
const backTimeout = importTimeout

// takeBack undoes an import that is done. It is not left half done when the browser leaves.
func (f *Face) takeBack(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), backTimeout)
	defer cancel()
	one, err := f.Uploads.Get(ctx, f.Shop(c).ID, id)
	if err != nil {
		return err
	}
	back, err := f.Uploads.TakeBack(ctx, f.Shop(c), id, f.author(c))
	switch {
	case errors.Is(err, importer.ErrTakenBack):
	case err != nil:
		return err
	default:
		f.note(c, "article.import_back", one.Name, map[string]any{"down": back.Down, "restored": back.Restored, "left": len(back.Left)})
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/import/"+id.String())
}

// outcomes is a report in the log: counts alone.
func outcomes(r importer.Report) map[string]any {
	return map[string]any{"new": r.New, "changed": r.Changed, "same": r.Same, "errors": r.Errors}
}

// export sends the file that imports: JSON Lines, or ?format=csv or xlsx.
func (f *Face) export(c echo.Context) error {
	shop := f.Shop(c)
	write, ending, kind := importer.Export, "jsonl", "application/jsonl; charset=utf-8"
	switch c.QueryParam("format") {
	case "csv":
		write, ending, kind = importer.ExportCSV, "csv", "text/csv; charset=utf-8"
	case "xlsx":
		write, ending, kind = importer.ExportSheet, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	name := fmt.Sprintf("%s-%s.%s", shop.Slug, time.Now().In(shop.Location()).Format(time.DateOnly), ending)
	c.Response().Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Response().Header().Set("Content-Type", kind)
	return write(c.Request().Context(), f.Base, shop, c.Response())
}
