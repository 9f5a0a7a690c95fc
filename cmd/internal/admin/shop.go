package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/cmd/internal/pages"
	"frontdesk/cmd/internal/signin"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"

	"github.com/labstack/echo/v4"
)

// shopPage is the shop's own settings, as typed.
type shopPage struct {
	Shop          knowledge.Shop
	Names         map[string]string
	Locale        string
	Zone          string
	Market        string
	Origins       string // one a line
	Answer, Ask   string // percent; "" for the product's
	DefaultAnswer int
	DefaultAsk    int
	Bar           string // percent; "" for the product's
	Days          string // that conversations are kept; "" for ever
	DefaultBar    int
	Script        string
	Problems      problems
}

func (f *Face) shop(c echo.Context) error {
	shop := signin.Shop(c)
	page := f.shopPage(shop)
	page.Names, page.Locale, page.Zone, page.Market = map[string]string{}, shop.Locale, shop.TimeZone, shop.Market
	for _, l := range pages.Locales {
		page.Names[l] = shop.Settings.Names[l]
	}
	if len(shop.Settings.Names) == 0 {
		page.Names[languageOf(shop.Locale)] = shop.Name
	}
	page.Origins = strings.Join(shop.Settings.Origins, "\n")
	page.Answer, page.Ask = percent(shop.Settings.AnswerAbove), percent(shop.Settings.AskAbove)
	page.Bar = percent(shop.Settings.ExamBar)
	page.Days = count(int64(shop.Settings.RetentionDays))
	return c.Render(http.StatusOK, "admin/shop", page)
}

// languageOf is the language of the pages that a locale such as zh-CN belongs to.
func languageOf(locale string) string {
	for _, l := range pages.Locales {
		if locale == l || strings.HasPrefix(locale, l+"-") {
			return l
		}
	}
	return pages.Locales[0]
}

func (f *Face) shopPage(shop knowledge.Shop) *shopPage {
	answer, ask := knowledge.Settings{}.Thresholds()
	return &shopPage{
		Shop: shop, DefaultAnswer: int(answer*100 + 0.5), DefaultAsk: int(ask*100 + 0.5), DefaultBar: exam.DefaultBar * 100, Problems: problems{},
		Script: `<script src="` + f.Public + `/widget.js" data-shop="` + shop.PublicKey + `" async></script>`,
	}
}

func (f *Face) saveShop(c echo.Context) error {
	ctx, shop := c.Request().Context(), signin.Shop(c)
	page := f.shopPage(shop)
	page.read(c)
	next := page.checked(shop)
	if len(page.Problems) > 0 {
		return c.Render(page.Problems.status(), "admin/shop", page)
	}
	if err := f.Base.UpdateShop(ctx, next); err != nil {
		return err
	}
	if err := f.Desk.OpenDesk(ctx, shop.ID, next.TimeZone); err != nil { // the desk's clock is the shop's
		return err
	}
	return f.done(c, "/admin/shop", "shop.save", shop.Slug, map[string]any{
		"locale": next.Locale, "time_zone": next.TimeZone, "market": next.Market, "origins": len(next.Settings.Origins),
		"answer_above": next.Settings.AnswerAbove, "ask_above": next.Settings.AskAbove,
		"exam_bar": next.Settings.ExamBar, "retention_days": next.Settings.RetentionDays})
}

func (p *shopPage) read(c echo.Context) {
	p.Names = map[string]string{}
	for _, l := range pages.Locales {
		p.Names[l] = field(c, "name_"+l)
	}
	p.Locale, p.Zone, p.Market = field(c, "locale"), field(c, "time_zone"), field(c, "market")
	p.Origins, p.Answer, p.Ask = field(c, "origins"), field(c, "answer_above"), field(c, "ask_above")
	p.Bar, p.Days = field(c, "exam_bar"), field(c, "retention_days")
}

// checked returns the shop as the form would have it, and notes what is wrong.
func (p *shopPage) checked(shop knowledge.Shop) knowledge.Shop {
	names := map[string]string{}
	for l, name := range p.Names {
		p.Problems.add(utf8.RuneCountInString(name) > maxName, "name_"+l, "long")
		if name != "" {
			names[l] = name
		}
	}
	shop.Settings.Names = names
	shop.Name = names[languageOf(p.Locale)]
	for _, l := range pages.Locales {
		if shop.Name == "" {
			shop.Name = names[l]
		}
	}
	p.Problems.add(shop.Name == "", "name_"+pages.Locales[0], "name")
	p.Problems.add(!oneOf(p.Locale, append([]string{shop.Locale}, pages.Locales...)...), "locale", "choice")
	p.Problems.add(!knownZone(p.Zone), "time_zone", "zone")
	if code := knowledge.Market(p.Market); code != "" || p.Market == "" {
		p.Market = code
	} else {
		p.Problems.add(true, "market", "market")
	}
	shop.Locale, shop.TimeZone, shop.Market = p.Locale, p.Zone, p.Market
	shop.Settings.Origins = p.origins()
	days := p.Problems.count("retention_days", p.Days)
	p.Problems.add(days > maxRetention, "retention_days", "count")
	shop.Settings.RetentionDays = int(min(days, maxRetention))
	var answerOK, askOK, barOK bool
	shop.Settings.ExamBar, barOK = fraction(p.Bar)
	p.Problems.add(!barOK, "exam_bar", "percent")
	shop.Settings.AnswerAbove, answerOK = fraction(p.Answer)
	shop.Settings.AskAbove, askOK = fraction(p.Ask)
	p.Problems.add(!answerOK, "answer_above", "percent")
	p.Problems.add(!askOK, "ask_above", "percent")
	answer, ask := shop.Settings.Thresholds()
	p.Problems.add(ask > answer, "ask_above", "order")
	return shop
}

const (
	maxOrigins   = 100
	maxRetention = 36_500 // days: a hundred years
)

// origins reads sites as browsers name them: scheme, host and port, nothing after them.
func (p *shopPage) origins() []string {
	var list []string
	for line := range strings.Lines(p.Origins) {
		site := strings.TrimSuffix(strings.TrimSpace(line), "/")
		if site == "" {
			continue
		}
		u, err := url.Parse(site)
		bad := err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || strings.Contains(u.Host, "*")
		p.Problems.add(bad || len(site) > 300, "origins", "origin")
		list = append(list, strings.ToLower(site))
	}
	p.Problems.add(len(list) > maxOrigins, "origins", "many")
	return list
}

// knownZone says whether this machine knows the IANA name. The machine's own zone is none that a shop could mean.
func knownZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

func percent(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f*100, 'f', -1, 64)
}

// fraction reads a percentage from 1 to 100; an empty one is 0, the product's own.
func fraction(s string) (f float64, ok bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return n / 100, err == nil && n >= 1 && n <= 100
}

func oneOf(s string, list ...string) bool {
	for _, one := range list {
		if s == one {
			return true
		}
	}
	return false
}
