package editor

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// sameRound is within how long the languages of an article are held to be written for the same change.
const sameRound = time.Hour

// behind is another language of an article that may still say what it said before. Its text and its time are those that
// answer today.
type behind struct {
	knowledge.Article
	Differ []string // numbers of the new text that do not stand in this one
}

// outOfStep returns the published variants that what changed from one text of an article to the next has not reached. Numbers
// tell it where they change; else the times at which the texts were written do.
func (f *Face) outOfStep(ctx context.Context, shop knowledge.Shop, article knowledge.Article, before *knowledge.Article) ([]behind, error) {
	if before == nil || before.Answer == article.Answer {
		return nil, nil // what is new in one language contradicts nothing in another
	}
	variants, err := f.answering(ctx, shop, article)
	if err != nil {
		return nil, err
	}
	fresh, gone := newNumbers(article.Answer, before.Answer), newNumbers(before.Answer, article.Answer)
	var late []behind
	for _, v := range variants {
		lacks := newNumbers(strings.Join(fresh, " "), v.Answer)
		var old bool
		switch {
		case len(fresh) > 0:
			old = len(lacks) > 0
		case len(gone) > 0:
			old = len(newNumbers(strings.Join(gone, " "), v.Answer)) < len(gone)
		default:
			old = !v.UpdatedAt.After(before.UpdatedAt) || v.UpdatedAt.Before(article.UpdatedAt.Add(-sameRound))
		}
		if old {
			late = append(late, behind{v, lacks})
		}
	}
	return late, nil
}

// answering returns what the other languages of an article say today; a draft of theirs says nothing yet.
func (f *Face) answering(ctx context.Context, shop knowledge.Shop, article knowledge.Article) ([]knowledge.Article, error) {
	variants, err := f.Base.Variants(ctx, shop.ID, article.Ref)
	if err != nil {
		return nil, err
	}
	var live []knowledge.Article
	for _, v := range variants {
		if v.ID == article.ID || v.Status != knowledge.Published || v.Live == 0 {
			continue
		}
		if v.Live != v.Version {
			if v, err = f.Base.Version(ctx, shop.ID, v.ID, v.Live); err != nil {
				return nil, err
			}
		}
		live = append(live, v)
	}
	return live, nil
}

// apart says which language of an article was changed last, and which have not followed it; nil where all have. The newest
// text is held against the one that it replaced.
type apart struct {
	Newest knowledge.Article
	Late   []behind
}

func (f *Face) apart(ctx context.Context, shop knowledge.Shop, article knowledge.Article) (*apart, error) {
	all, err := f.answering(ctx, shop, knowledge.Article{Ref: article.Ref})
	if err != nil || len(all) < 2 {
		return nil, err
	}
	newest := slices.MaxFunc(all, func(a, b knowledge.Article) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
	if newest.Version < 2 {
		return nil, nil
	}
	replaced, err := f.Base.Version(ctx, shop.ID, newest.ID, newest.Version-1)
	if err != nil {
		return nil, err
	}
	late, err := f.outOfStep(ctx, shop, newest, &replaced)
	if err != nil || len(late) == 0 {
		return nil, err
	}
	return &apart{newest, late}, nil
}

var (
	digits = regexp.MustCompile(`\d+(?:[.,:]\d+)*`)
	// marker is the number of a line in a list, which says nothing but its place.
	marker = regexp.MustCompile(`(?m)^\s*\d{1,2}(?:[、．]|[.)）](?:\s|\p{Han}))`)
)

// newNumbers returns the numbers of one text that the other lacks, as they are written. Numbers are the same that mean the same:
// 1,299 and 1.299, £7.50 and 7,5 €, 9折 and 10 %, 3 pm and 15:00, 10 and ten.
func newNumbers(text, other string) []string {
	text, other = figuresOf(text), figuresOf(other)
	known := make(map[string]bool)
	for _, n := range digits.FindAllString(other, -1) {
		known[valueOf(n)] = true
	}
	for _, n := range spelled(other) {
		known[n] = true
	}
	var fresh []string
	for _, n := range digits.FindAllString(text, -1) {
		if !known[valueOf(n)] && !slices.Contains(fresh, n) {
			fresh = append(fresh, n)
		}
	}
	return fresh
}

// valueOf writes a number as 1299.5, whatever its marks: the last mark parts decimals unless three digits follow it.
func valueOf(number string) string {
	at := strings.LastIndexAny(number, ".,:")
	if at < 0 || len(number)-at-1 == 3 {
		at = len(number)
	}
	whole := strings.NewReplacer(".", "", ",", "", ":", "").Replace(number[:at])
	decimals := strings.TrimRight(strings.TrimLeft(number[at:], ".,:"), "0")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if decimals == "" {
		return whole
	}
	return whole + "." + decimals
}

// figuresOf is a text with its figures as all languages write them: without the numbers of its list, and what a Chinese shop
// says of a price that is left, 9折, as what comes off it, 10 %.
func figuresOf(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
	return tenths.ReplaceAllStringFunc(marker.ReplaceAllString(text, ""), func(said string) string {
		left := 0
		for _, c := range strings.TrimSuffix(said, "折") {
			switch at := strings.IndexRune(numerals, c); {
			case at >= 0:
				left = left*10 + at/len("一") + 1
			case c != '.':
				left = left*10 + int(c-'0')
			}
		}
		if left < 10 {
			left *= 10
		}
		return strconv.Itoa(100-left) + " %"
	})
}

// numerals are the Chinese ones from 1 to 9, each as long as the others.
const numerals = "一二三四五六七八九"

var tenths = regexp.MustCompile(`(?:[1-9](?:\.?[1-9])?|[` + numerals + `]{1,2})折`)
