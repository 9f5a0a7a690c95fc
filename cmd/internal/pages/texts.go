package pages

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// texts are all the words of the pages, by language.
type texts struct {
	bundle     *i18n.Bundle
	localizers map[string]*i18n.Localizer
	matcher    language.Matcher
	tags       []language.Tag
}

func newTexts(parts []Part) (*texts, error) {
	t := &texts{bundle: i18n.NewBundle(language.English), localizers: map[string]*i18n.Localizer{}}
	t.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	sources := []fs.FS{locales}
	for _, p := range parts {
		sources = append(sources, p.Locales)
	}
	for _, locale := range Locales {
		for _, source := range sources {
			if _, err := t.bundle.LoadMessageFileFS(source, "locales/"+locale+".json"); err != nil {
				return nil, fmt.Errorf("texts of %s: %w", locale, err)
			}
		}
		t.localizers[locale] = i18n.NewLocalizer(t.bundle, locale)
		t.tags = append(t.tags, language.Make(locale))
	}
	t.matcher = language.NewMatcher(t.tags)
	return t, nil
}

// get returns a text; pairs are the names and values of its placeholders. "Count" among them chooses the plural form.
// A text that is missing shows its id, which a test forbids.
func (t *texts) get(locale, id string, pairs ...any) string {
	config := &i18n.LocalizeConfig{MessageID: id}
	if len(pairs) > 0 {
		data := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name := fmt.Sprint(pairs[i])
			data[name] = pairs[i+1]
			if name == "Count" {
				config.PluralCount = pairs[i+1]
			}
		}
		config.TemplateData = data
	}
	text, err := t.localizers[locale].Localize(config)
	if err != nil && text == "" {
		return id
	}
	return text
}

// match picks the language of the pages for a browser's wishes.
func (t *texts) match(acceptLanguage string) string {
	wishes, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wishes) == 0 {
		return Locales[0]
	}
	_, i, _ := t.matcher.Match(wishes...)
	return Locales[i]
}
