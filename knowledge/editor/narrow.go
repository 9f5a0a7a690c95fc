package editor

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

const expiringSoon = 14 * 24 * time.Hour

// views are what in the list needs attention.
func views() []string {
	var all []string
	for _, v := range []knowledge.View{knowledge.ViewEnding, knowledge.ViewEnded, knowledge.ViewEarly, knowledge.ViewStale, knowledge.ViewUnasked, knowledge.ViewMissed} {
		all = append(all, string(v))
	}
	return all
}

// listQuery is what the list is narrowed to.
type listQuery struct {
	Text   string `query:"q"`
	Status string `query:"status"`
	Locale string `query:"locale"`
	Market string `query:"market"`
	Kind   string `query:"kind"`
	Tag    string `query:"tag"`
	Show   string `query:"show"`   // "" or one of views
	Import string `query:"import"` // the id of an import that wrote it
	Page   int    `query:"page"`
}

// With is the address of the same list with one thing different.
func (q listQuery) With(name string, value any) string {
	v := url.Values{}
	for key, text := range map[string]string{"q": q.Text, "status": q.Status, "locale": q.Locale, "market": q.Market, "kind": q.Kind, "tag": q.Tag, "show": q.Show, "import": q.Import} {
		if text != "" {
			v.Set(key, text)
		}
	}
	switch value := value.(type) {
	case int:
		v.Set(name, strconv.Itoa(value))
	case string:
		v.Set(name, value)
		if value == "" {
			v.Del(name)
		}
	}
	if len(v) == 0 {
		return "/knowledge"
	}
	return "/knowledge?" + v.Encode()
}

// Filtered says whether anything narrows the list.
func (q listQuery) Filtered() bool {
	q.Page = 0
	return q != listQuery{}
}

// filter is what the knowledge is asked for.
func (q listQuery) filter(missed map[string]int, ids []uuid.UUID) knowledge.Filter {
	return knowledge.Filter{Text: q.Text, Status: q.Status, Locale: q.Locale, Market: q.Market, Kind: strings.ToLower(q.Kind), Tag: q.Tag,
		IDs: ids, View: knowledge.View(q.Show), Missed: missed, Limit: pageSize, Offset: (q.Page - 1) * pageSize}
}

// early says whether an article has not begun to answer.
func early(a knowledge.Article, now time.Time) bool {
	return a.ValidFrom != nil && a.ValidFrom.After(now)
}

// missedByRef counts the open missed questions by the article that came nearest to each.
func (f *Face) missedByRef(ctx context.Context, shopID uuid.UUID, wanted bool) (map[string]int, error) {
	counts := map[string]int{}
	if !wanted {
		return counts, nil
	}
	groups, err := f.Base.MissedQuestions(ctx, shopID, knowledge.MissedOpen)
	for _, group := range groups {
		for _, m := range group.Questions {
			if m.Best != "" {
				counts[m.Best]++
			}
		}
	}
	return counts, err
}
