package editor

import (
	"context"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// note writes into the shop's log what this request did. What is done stays done when that fails.
func (f *Face) note(c echo.Context, action, subject string, detail map[string]any) {
	who, _ := f.Who(c)
	f.recorded(c.Request().Context(), f.Shop(c), who, action, subject, detail)
}

func (f *Face) recorded(ctx context.Context, shop knowledge.Shop, who Editor, action, subject string, detail map[string]any) {
	if f.Record == nil {
		return
	}
	if err := f.Record(context.WithoutCancel(ctx), shop, who, action, subject, detail); err != nil {
		f.Log.ErrorContext(ctx, "what was done is not in the log", "shop", shop.Slug, "action", action, "error", err)
	}
}

// named is an article in the log: its id and its language.
func named(a knowledge.Article) string { return a.Ref + " " + a.Locale }
