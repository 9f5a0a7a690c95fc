package editor

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// behind is another language of an article that still says what it said before.
type behind struct {
	knowledge.Article
	Differ []string // numbers of the new text that do not stand in this one
}

// outOfStep returns the published variants that were written before this version, when this version changes what is
// answered.
func (f *Face) outOfStep(ctx context.Context, shop knowledge.Shop, article knowledge.Article, live *knowledge.Article) ([]behind, error) {
	if live != nil && live.Answer == article.Answer {
		return nil, nil
	}
	variants, err := f.Base.Variants(ctx, shop.ID, article.Ref)
	if err != nil {
		return nil, err
	}
	var late []behind
	for _, v := range variants {
		if v.ID == article.ID || v.Status != knowledge.Published || v.UpdatedAt.After(article.UpdatedAt) {
			continue
		}
		late = append(late, behind{v, newNumbers(article.Answer, v.Answer)})
	}
	return late, nil
}

var digits = regexp.MustCompile(`\d+(?:[.,:]\d+)*`)

// newNumbers returns the numbers of one text that the other lacks, as they are written; 1,299 and 1.299 are the same one.
func newNumbers(text, other string) []string {
	bare := func(n string) string { return strings.NewReplacer(".", "", ",", "", ":", "").Replace(n) }
	known := make(map[string]bool)
	for _, n := range digits.FindAllString(other, -1) {
		known[bare(n)] = true
	}
	var fresh []string
	for _, n := range digits.FindAllString(text, -1) {
		if !known[bare(n)] && !slices.Contains(fresh, n) {
			fresh = append(fresh, n)
		}
	}
	return fresh
}
