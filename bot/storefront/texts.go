package storefront

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// languages are those of our own texts, the first being the fallback.
func languages() []string { return []string{"en", "zh", "es"} }

// texts are our own words, by language and id.
type texts map[string]map[string]string

func readTexts() (texts, error) {
	t := texts{}
	for _, l := range languages() {
		raw, err := Locales.ReadFile("locales/" + l + ".json")
		if err != nil {
			return nil, err
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			return nil, fmt.Errorf("texts of %s: %w", l, err)
		}
		t[l] = words
	}
	return t, nil
}

// spoken returns the first of the wishes that we have texts in.
func (t texts) spoken(wishes ...string) string {
	for _, wish := range wishes {
		if _, ok := t[language(wish)]; ok {
			return language(wish)
		}
	}
	return languages()[0]
}

func (t texts) get(locale, id string, pairs ...string) string {
	text, ok := t[locale][id]
	if !ok {
		return id
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// part returns the texts whose ids begin so, by the rest of their ids.
func (t texts) part(locale, prefix string) map[string]string {
	out := map[string]string{}
	for id, text := range t[locale] {
		if rest, ok := strings.CutPrefix(id, prefix); ok {
			out[rest] = text
		}
	}
	return out
}

// GetConfig tells the widget what to show before a word is said.
func (f *Face) GetConfig(ctx context.Context, r GetConfigRequestObject) (GetConfigResponseObject, error) {
	shop := doorOf(ctx).shop
	locale := f.texts.spoken(text(r.Params.Locale), shop.Locale)
	suggestions, err := f.suggestions(ctx, shop, locale)
	if err != nil {
		return nil, err
	}
	hours, err := f.desk.Place(ctx, shop.ID, uuid.Nil)
	if err != nil {
		return nil, err
	}
	name := shop.DisplayName(locale)
	return GetConfig200JSONResponse{
		Name: name, Locale: locale, Greeting: f.texts.get(locale, "storefront.greeting", "{{.Shop}}", name),
		Suggestions: suggestions, Texts: f.texts.part(locale, "storefront.widget."), Open: hours.Open, OpensAt: moment(hours.OpensAt),
	}, nil
}
