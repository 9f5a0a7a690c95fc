package admin

import (
	"context"
	"net/http"
	"slices"

	"frontdesk/bot/channel"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// overviewPage is what is set up and what is missing.
type overviewPage struct {
	Shop  knowledge.Shop
	Steps []step
	Left  int      // steps to do
	Week  *figures // of the last seven days
}

// step is one thing that a shop needs. Its texts are admin.step.ID and admin.step.ID.STATE.
type step struct {
	ID    string
	State string // done, todo, or note: fine as it is, worth knowing
	Href  string
	N     int
	Part  float64 // of 1, where N is none
	Name  string
}

// week is how many days the overview tells of.
const week = 7

const (
	stepDone = "done"
	stepTodo = "todo"
	stepNote = "note"
)

func (f *Face) overview(c echo.Context) error {
	ctx, shop := c.Request().Context(), signin.Shop(c)
	page := &overviewPage{Shop: shop}
	for _, look := range []func(context.Context, knowledge.Shop) ([]step, error){f.knowledgeSteps, f.channelSteps, f.peopleSteps, f.modelSteps} {
		steps, err := look(ctx, shop)
		if err != nil {
			return err
		}
		page.Steps = append(page.Steps, steps...)
	}
	for _, s := range page.Steps {
		if s.State == stepTodo {
			page.Left++
		}
	}
	var err error
	if page.Week, err = f.gather(ctx, shop, week); err != nil {
		return err
	}
	return c.Render(http.StatusOK, "admin/overview", page)
}

func (f *Face) knowledgeSteps(ctx context.Context, shop knowledge.Shop) ([]step, error) {
	n, err := f.Base.CountPublished(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return []step{{ID: "articles", State: stepTodo, Href: "/knowledge/import"}}, nil
	}
	return []step{{ID: "articles", State: stepDone, Href: "/knowledge", N: n}}, nil
}

func (f *Face) channelSteps(ctx context.Context, shop knowledge.Shop) ([]step, error) {
	from, to := span(shop, week)
	traffic, err := f.Store.Traffic(ctx, shop.ID, from, to)
	if err != nil {
		return nil, err
	}
	list, err := f.Channels.List(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	widget := step{ID: "widget", State: stepTodo, Href: "/admin/shop#line"}
	var steps []step
	for _, ch := range list {
		if ch.Kind == channel.KindWidget && traffic[ch.ID].Last != nil {
			widget.State, widget.N = stepDone, traffic[ch.ID].Conversations
		}
		dead, err := f.Store.DeadLetters(ctx, shop.ID, ch.ID)
		if err != nil {
			return nil, err
		}
		if dead > 0 {
			steps = append(steps, step{ID: "dead", State: stepTodo, Href: "/admin/channels#dead", N: dead, Name: ch.Name})
		}
	}
	return append([]step{widget}, steps...), nil
}

func (f *Face) peopleSteps(ctx context.Context, shop knowledge.Shop) ([]step, error) {
	list, err := f.Staff.List(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	people := step{ID: "people", State: stepTodo, Href: "/admin/people"}
	for _, p := range list {
		if !p.Disabled && (slices.Contains(p.Roles, staff.Agent) || slices.Contains(p.Roles, staff.Supervisor)) {
			people.State = stepDone
			people.N++
		}
	}
	hours, err := f.Desk.Hours(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	open := step{ID: "hours", State: stepDone, Href: "/admin/hours", Name: hours.Zone.String()}
	if len(hours.Shifts) == 0 {
		open.State = stepNote
	}
	return []step{people, open}, nil
}

func (f *Face) modelSteps(ctx context.Context, shop knowledge.Shop) ([]step, error) {
	name, _ := f.inForce(shop)
	model := step{ID: "model", State: stepDone, Href: "/admin/model", Name: name}
	if model.Name == "" {
		model.State = stepNote
	}
	steps := []step{model}
	spaces, err := f.Base.Spaces(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range spaces {
		if s.State == knowledge.SpaceFilling {
			steps = append(steps, step{ID: "space", State: stepNote, Href: "/admin/model", Part: progress(s).Part, Name: s.Name})
		}
	}
	return steps, nil
}
