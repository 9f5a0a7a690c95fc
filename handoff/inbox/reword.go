package inbox

import (
	"net/http"
	"strings"

	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// Rewording is what an agent asks the shop's model for: to shorten a reply, or to translate it into this language.
type Rewording struct {
	ShopID              uuid.UUID
	How, Text, Language string
}

// Reworded is the model's proposal; Figures are those that do not stand in the agent's words.
type Reworded struct {
	Text    string
	Figures []string
}

// rewordings are what can be asked for.
func rewordings() []string { return []string{"shorten", "translate"} }

// reworded is a proposal beside the box, or that there is none.
type reworded struct {
	Reworded
	How    string
	Failed bool // the model is slow, away or out of budget
	Empty  bool // there was nothing to reword
}

// reword asks the model for another wording of what is in the box. What is in the box stays there.
func (f *Face) reword(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	how, body := oneOf(c.FormValue("how"), rewordings()...), c.FormValue("body")
	if f.rewords == nil || how == "" || conv.AgentID == nil || *conv.AgentID != p.ID {
		return f.done(c, handoff.ErrInvalid, "")
	}
	if err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, body, seenSeq(c)); err != nil {
		return f.done(c, err, "")
	}
	out := &reworded{How: how, Empty: strings.TrimSpace(body) == ""}
	if !out.Empty {
		proposal, err := f.rewords.Reword(ctx, Rewording{ShopID: conv.ShopID, How: how, Text: body, Language: languageOf(conv.Locale)})
		if err != nil {
			f.log.Info("a reply was not reworded", "conversation", conv.ID, "error", err)
		}
		out.Reworded, out.Failed = proposal, err != nil
	}
	c.Set(rewordedKey, out)
	return f.show(c, http.StatusOK, "")
}

const rewordedKey = "inbox.reworded"
