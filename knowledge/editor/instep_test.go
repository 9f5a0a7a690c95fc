package editor

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// rewrite saves a new answer of an article, and returns the page of its check.
func (d *desk) rewrite(ref, locale, answer string) string {
	d.t.Helper()
	a := d.variant(ref, locale)
	return d.want(d.post("/knowledge/save", url.Values{"id": {a.ID.String()}, "ref": {a.Ref}, "version": {strconv.Itoa(a.Version)}, "locale": {locale},
		"question": {a.Question}, "phrasings": {strings.Join(a.Phrasings, "\n")}, "answer": {answer}, "action": {"review"}}), 303).location
}

func (d *desk) goLive(ref, locale string) {
	d.t.Helper()
	a := d.variant(ref, locale)
	d.want(d.post("/knowledge/articles/"+a.ID.String()+"/publish", url.Values{"version": {strconv.Itoa(a.Version)}}), 303)
}

func TestTheLanguageThatIsChangedLastHearsOfNoneThatIsBehind(t *testing.T) {
	d := newDesk(t)
	link := func(locale string) string {
		return "/knowledge/articles/" + d.variant("returns", locale).ID.String() + `"`
	}
	d.want(d.get(d.rewrite("returns", "zh", "收到商品后9天内可以申请退货。")), 200, "editor.review.behind", link("en"), link("es"))
	d.goLive("returns", "zh")
	page := d.want(d.get(d.rewrite("returns", "en", "You can return an item within 9 days.")), 200, "editor.review.behind", link("es"))
	if strings.Contains(page.body, link("zh")+` lang="zh">`) {
		t.Error("the Chinese text, which says 9 already, is called behind")
	}
	d.want(d.get("/knowledge/articles/"+d.variant("returns", "en").ID.String()), 200, "editor.edit.apart", link("zh"), "[editor.review.lacks Numbers 9]")
	d.goLive("returns", "en")
	if page := d.want(d.get(d.rewrite("returns", "es", "Puedes devolver un artículo en los 9 días siguientes.")), 200); strings.Contains(page.body, "editor.review.behind") {
		t.Error("all the others say 9 already")
	}
	d.goLive("returns", "es")
	for _, locale := range []string{"zh", "en", "es"} {
		if page := d.want(d.get("/knowledge/articles/"+d.variant("returns", locale).ID.String()), 200); strings.Contains(page.body, "editor.edit.apart") {
			t.Errorf("%s: all three say 9", locale)
		}
	}
	// One is taken back: each of the three pages leads to the others.
	d.want(d.post("/knowledge/articles/"+d.variant("returns", "zh").ID.String()+"/rollback", url.Values{"version": {"1"}}), 303)
	d.goLive("returns", "zh")
	for _, locale := range []string{"zh", "en", "es"} {
		d.want(d.get("/knowledge/articles/"+d.variant("returns", locale).ID.String()), 200, "editor.edit.apart", link("zh"), link("en"), link("es"))
	}
}

func TestANewArticleIsRemindedOfItsOtherLanguages(t *testing.T) {
	d := newDesk(t)
	saved := d.want(d.post("/knowledge/save", url.Values{"locale": {"zh"}, "ref": {"bitcoin"}, "question": {"能用比特币付款吗？"}, "answer": {"不能。"}, "action": {"review"}}), 303)
	page := d.want(d.get(saved.location), 200, "editor.review.unwritten", "/knowledge/new?ref=bitcoin&locale=en", "/knowledge/new?ref=bitcoin&locale=es")
	if strings.Contains(page.body, "locale=zh\">[editor.write") {
		t.Error("the language that is written is called missing")
	}
}
