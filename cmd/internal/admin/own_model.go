package admin

import (
	"strings"
	"unicode/utf8"

	"frontdesk/cmd/internal/signin"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// What a shop may answer with.
const (
	choiceInstallation = "installation"
	choiceNone         = "none"
	choiceOwn          = "own"
)

// ownForm is the shop's choice of a model, as typed. The key is taken and never shown.
type ownForm struct {
	Choice, Name, URL string
	HasKey            bool
	Installation      string // the installation's model, "" for none
}

func ownFormOf(m knowledge.ModelSettings) ownForm {
	switch m.Name {
	case "":
		return ownForm{Choice: choiceInstallation}
	case knowledge.NoModel:
		return ownForm{Choice: choiceNone}
	}
	return ownForm{Choice: choiceOwn, Name: m.Name, URL: m.BaseURL}
}

const (
	maxModelName = 200
	maxModelKey  = 500
)

// saveModel sets what answers in this shop, from its next turn on, and asks it something small.
func (f *Face) saveModel(c echo.Context) error {
	shop, wrong := signin.Shop(c), problems{}
	typed := ownForm{Choice: field(c, "choice"), Name: field(c, "model_name"), URL: field(c, "base_url")}
	next := f.ownModel(typed, field(c, "key"), shop.Settings.Model, wrong)
	if len(wrong) > 0 {
		return f.showModel(c, typed, budgetFormOf(shop.Settings), wrong)
	}
	shop.Settings.Model = next
	if err := f.Base.UpdateShop(c.Request().Context(), shop); err != nil {
		return err
	}
	if typed.Choice == choiceOwn {
		if err := f.keep(c, f.checked(c, shop)); err != nil {
			return err
		}
	}
	return f.done(c, "/admin/model", "model.set", shop.Slug, map[string]any{"model": orElse(next.Name, choiceInstallation), "key": next.Key != ""})
}

// ownModel reads the form. A key that is not typed again stays, but with its own address alone: it never goes to another.
func (f *Face) ownModel(typed ownForm, key string, before knowledge.ModelSettings, wrong problems) knowledge.ModelSettings {
	switch typed.Choice {
	case choiceInstallation:
		return knowledge.ModelSettings{}
	case choiceNone:
		return knowledge.ModelSettings{Name: knowledge.NoModel}
	}
	wrong.add(typed.Choice != choiceOwn, "choice", "choice")
	wrong.add(typed.Name == "" || typed.Name == knowledge.NoModel, "model_name", "name")
	wrong.add(utf8.RuneCountInString(typed.Name) > maxModelName, "model_name", "long")
	if key == "" && typed.URL == before.BaseURL {
		key = before.Key
	}
	wrong.add(len(key) > maxModelKey, "key", "long")
	if typed.URL == "" {
		wrong.add(key == "", "key", "key")
	} else {
		open := strings.HasPrefix(strings.ToLower(typed.URL), "http:") && f.Sender.Dial(typed.URL) != nil // a key is not for everybody on the way
		wrong.add(f.Sender.Check("base_url", typed.URL) != nil || open || len(typed.URL) > maxURL, "base_url", "url")
	}
	return knowledge.ModelSettings{BaseURL: typed.URL, Name: typed.Name, Key: key}
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
