package storefront

import (
	"regexp"
	"strings"
	"testing"
)

// said is everything that the storefront says in a language: what the server has, and what the widget has for itself.
func said(t *testing.T, locale string) map[string]string {
	t.Helper()
	texts, err := readTexts()
	if err != nil {
		t.Fatal(err)
	}
	all := texts[locale]
	_, own, _ := strings.Cut(read(t, "widget/texts.ts"), "\n  "+locale+": {")
	own, _, _ = strings.Cut(own, "\n")
	for _, m := range regexp.MustCompile(`(\w+): "([^"]*)"`).FindAllStringSubmatch(own, -1) {
		all["widget/"+m[1]] = m[2]
	}
	if len(all) < 100 || all["widget/open"] == "" {
		t.Fatalf("only %d texts", len(all))
	}
	return all
}

// A full-width sign beside a Chinese character, as it is printed.
func TestChineseHasItsOwnPunctuation(t *testing.T) {
	t.Parallel()
	half := regexp.MustCompile(`\p{Han}\s*[,:;?!()"]|[,:;?!()"]\s*\p{Han}|\.\.\.`)
	for id, text := range said(t, "zh") {
		if found := half.FindString(text); found != "" {
			t.Errorf("%s has %q", id, found)
		}
	}
}

// A Spanish shopper is spoken to as tú, and never changes to somebody else.
func TestSpanishSaysTu(t *testing.T) {
	t.Parallel()
	formal := regexp.MustCompile(`(?i)\b(?:usted(?:es)?|desea|su (?:pedido|consulta|mensaje|pregunta)|escriba|espere|pregunte|intente|vosotros|vuestr[oa]s?|escribid|esperad)\b`)
	for id, text := range said(t, "es") {
		if found := formal.FindString(text); found != "" {
			t.Errorf("%s says %q", id, found)
		}
	}
}

// One is not several, except in Chinese.
func TestOneNewMessageIsNotSaidAsMany(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]string{"en": "1 new message|{0} new messages", "zh": "1 条新消息|{0} 条新消息", "es": "1 mensaje nuevo|{0} mensajes nuevos"} {
		all := said(t, locale)
		if got := all["storefront.widget.new"] + "|" + all["storefront.widget.news"]; got != want {
			t.Errorf("%s says %s", locale, got)
		}
	}
}
