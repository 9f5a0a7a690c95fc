package admin

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/signin"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// modelPage is what answers in this shop, and how far its vectors are.
type modelPage struct {
	Once      *once
	Model     string // "" for none
	Endpoint  string
	Embedding string
	Spaces    []spaceRow
	Own       ownForm
	Budget    budgetForm
	Problems  problems
}

// budgetForm is what the model may cost on a day, as typed, beside what it has cost today.
type budgetForm struct {
	Calls, Tokens               string // "" for the product's
	DefaultCalls, DefaultTokens int64
	SpentCalls, SpentTokens     int64
	Limit                       conversation.Budget
}

type spaceRow struct {
	knowledge.Space
	Part  float64 // of its passages that have a vector
	Words bool    // no vectors at all: words alone search
}

// modelPatience is how long the live check waits for an answer.
const modelPatience = 20 * time.Second

func (f *Face) model(c echo.Context) error {
	settings := signin.Shop(c).Settings
	return f.showModel(c, ownFormOf(settings.Model), budgetFormOf(settings), problems{})
}

func budgetFormOf(s knowledge.Settings) budgetForm {
	return budgetForm{Calls: count(s.DailyCalls), Tokens: count(s.DailyTokens)}
}

func (f *Face) showModel(c echo.Context, own ownForm, budget budgetForm, wrong problems) error {
	ctx, shop := c.Request().Context(), signin.Shop(c)
	page := &modelPage{Once: f.take(c), Embedding: f.EmbeddingModel, Own: own, Budget: budget, Problems: wrong}
	page.Model, page.Endpoint = f.inForce(shop)
	page.Own.HasKey, page.Own.Installation = shop.Settings.Model.Key != "", f.installation(shop)
	spent, err := f.Store.Spent(ctx, shop.ID, time.Now().In(shop.Location()))
	if err != nil {
		return err
	}
	usual := f.Budget(knowledge.Shop{})
	page.Budget.DefaultCalls, page.Budget.DefaultTokens, page.Budget.Limit = usual.Calls, usual.Tokens, f.Budget(shop)
	page.Budget.SpentCalls, page.Budget.SpentTokens = spent.Calls, spent.PromptTokens+spent.CompletionTokens
	spaces, err := f.Base.Spaces(ctx, shop.ID)
	if err != nil {
		return err
	}
	for _, s := range spaces {
		if s.State != knowledge.SpaceRetired {
			page.Spaces = append(page.Spaces, progress(s))
		}
	}
	return c.Render(wrong.status(), "admin/model", page)
}

func progress(s knowledge.Space) spaceRow {
	row := spaceRow{Space: s, Part: 1, Words: s.Name == knowledge.WordsSpace}
	if s.Total > 0 {
		row.Part = float64(s.Done) / float64(s.Total)
	}
	return row
}

const maxBudget = 1_000_000_000_000

// saveBudget sets what the model may cost this shop on a day. An empty field is the product's own.
func (f *Face) saveBudget(c echo.Context) error {
	shop, wrong := signin.Shop(c), problems{}
	budget := budgetForm{Calls: field(c, "daily_calls"), Tokens: field(c, "daily_tokens")}
	shop.Settings.DailyCalls = wrong.count("daily_calls", budget.Calls)
	shop.Settings.DailyTokens = wrong.count("daily_tokens", budget.Tokens)
	if len(wrong) > 0 {
		return f.showModel(c, ownFormOf(signin.Shop(c).Settings.Model), budget, wrong)
	}
	if err := f.Base.UpdateShop(c.Request().Context(), shop); err != nil {
		return err
	}
	return f.done(c, "/admin/model#budget", "model.budget", shop.Slug, map[string]any{"calls": shop.Settings.DailyCalls, "tokens": shop.Settings.DailyTokens})
}

// count reads a whole number from 1 on; an empty one is 0.
func (p problems) count(field, typed string) int64 {
	if typed == "" {
		return 0
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	p.add(err != nil || n < 1 || n > maxBudget, field, "count")
	return n
}

func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// inForce is the shop's model and where it is asked; "" for none.
func (f *Face) inForce(shop knowledge.Shop) (name, endpoint string) {
	if name, endpoint = f.Model(shop); name == knowledge.NoModel {
		return "", ""
	}
	return name, endpoint
}

// installation is the model that the shop has where it sets none; "" for none.
func (f *Face) installation(shop knowledge.Shop) string {
	shop.Settings.Model = knowledge.ModelSettings{}
	name, _ := f.inForce(shop)
	return name
}

// checkModel asks the model something small and says how it went.
func (f *Face) checkModel(c echo.Context) error {
	shop := signin.Shop(c)
	name, _ := f.inForce(shop)
	if name == "" {
		return echo.ErrNotFound
	}
	result := f.checked(c, shop)
	if err := f.keep(c, result); err != nil {
		return err
	}
	if err := f.record(c, "model.check", name, map[string]any{"ok": result.Good}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/model")
}

// checked is how a call of the shop's model went. The cause goes to the log: it may name what a page should not.
func (f *Face) checked(c echo.Context, shop knowledge.Shop) once {
	ctx, cancel := context.WithTimeout(c.Request().Context(), modelPatience)
	defer cancel()
	start := time.Now()
	err := f.CheckModel(ctx, shop)
	if err != nil {
		f.Log.Warn("the model did not pass its check", "shop", shop.ID, "error", err)
	}
	switch {
	case ctx.Err() != nil:
		return once{Text: "admin.once.model.slow"}
	case err != nil:
		return once{Text: "admin.once.model.failed"}
	}
	return once{Text: "admin.once.model.ok", Number: int(time.Since(start).Milliseconds()), Good: true}
}
