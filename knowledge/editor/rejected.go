package editor

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"strings"

	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// rejected sends the rows of an upload that were not imported, with their reasons in the editor's language: the file to
// correct and to import again. It is a workbook, or ?format=csv.
func (f *Face) rejected(c echo.Context) error {
	id, err := uuid.Parse(c.Param("import"))
	if err != nil {
		return echo.ErrNotFound
	}
	ending, kind := "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if c.QueryParam("format") == "csv" {
		ending, kind = "csv", "text/csv; charset=utf-8"
	}
	words := importer.Wording{Row: f.Text(c, "editor.planned.row"), Reasons: f.Text(c, "editor.planned.reason"), Source: f.Text(c, "editor.rejected.source"),
		Field: func(field string) string { return f.Text(c, "editor.field."+field) },
		Say:   func(fault *importer.Fault) string { return f.say(c, fault) }}
	one, err := f.Uploads.Get(c.Request().Context(), f.Shop(c).ID, id)
	if err != nil {
		return err
	}
	var file bytes.Buffer // whole before it is sent, so that a failure is told as one
	if err := f.Uploads.Rejected(c.Request().Context(), id, f.options(c), words, ending == "xlsx", &file); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-rejected.%s"`, plainName(one.Name), ending))
	return c.Blob(http.StatusOK, kind, file.Bytes())
}

// say is a fault in the editor's language, as the page "editor/fault" has it.
func (f *Face) say(c echo.Context, fault *importer.Fault) string {
	if fault.Code == importer.FaultRefused {
		return f.Text(c, "editor.fault.refused", "Value", fault.Value)
	}
	field := fault.Field
	if field == "" {
		field = "row"
	}
	return f.Text(c, "editor.fault."+fault.Code, "Field", f.Text(c, "editor.field."+field), "Value", fault.Value)
}

// plainName is a file's name without its ending and without what a header cannot hold.
func plainName(name string) string {
	name = strings.Map(func(c rune) rune {
		if c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			return c
		}
		return -1
	}, strings.TrimSuffix(name, path.Ext(name)))
	if name == "" {
		return "import"
	}
	return name
}
