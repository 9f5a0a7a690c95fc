package admin

import (
	"net/http"
	"net/url"
	"regexp"

	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// auditPage is who did what and when, the newest first.
type auditPage struct {
	Entries []logged
	People  []staff.Person
	Person  string
	Area    string
	Areas   []string
	Older   string // address of the page after this, "" at the end
}

const auditShown = 50

var areaPattern = regexp.MustCompile(`^[a-z_]{1,30}$`)

// areas are the beginnings of actions that one may look for.
func areas() []string {
	return []string{"case", "conversation", "article", "incident", "exam", "shop", "channel", "delivery", "person", "token", "desk", "macro", "model"}
}

func (f *Face) audit(c echo.Context) error {
	ctx, shop := c.Request().Context(), signin.Shop(c)
	page := &auditPage{Areas: areas(), Area: c.QueryParam("area"), Person: c.QueryParam("person")}
	filter := handoff.AuditFilter{Limit: auditShown + 1}
	if areaPattern.MatchString(page.Area) {
		filter.Action = page.Area + "."
	}
	if personID, err := uuid.Parse(page.Person); err == nil {
		filter.StaffID = personID
	}
	if before, err := uuid.Parse(c.QueryParam("before")); err == nil {
		filter.Before = before
	}
	var err error
	if page.People, err = f.Staff.List(ctx, shop.ID); err != nil {
		return err
	}
	entries, err := f.Desk.Audit(ctx, shop.ID, filter)
	if err != nil {
		return err
	}
	for _, e := range entries[:min(len(entries), auditShown)] {
		page.Entries = append(page.Entries, lineOf(c, e, shop.Location()))
	}
	if len(entries) > auditShown {
		page.Older = "/admin/audit?" + url.Values{"area": {page.Area}, "person": {page.Person}, "before": {page.Entries[auditShown-1].ID.String()}}.Encode()
	}
	return c.Render(http.StatusOK, "admin/audit", page)
}
