package knowledge

import (
	"context"
	_ "embed" // what may be asked of a thing
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

//go:embed lexicon/aspects.txt
var aspectsText string

// aspects are what may be asked of a thing: words that ask for it, and those that only speak of it.
type aspects struct {
	asking, speaking lexicon
}

var parseAspects = sync.OnceValue(func() *aspects {
	a := &aspects{
		asking:   lexicon{han: map[string][]string{}, stems: map[string][]string{}},
		speaking: lexicon{han: map[string][]string{}, stems: map[string][]string{}},
	}
	eachEntry(aspectsText, func(name, word string) {
		name, only := strings.CutSuffix(name, "+")
		a.speaking.put(name, word)
		if !only {
			a.asking.put(name, word)
		}
	})
	return a
})

// put adds a word of any language for a thing.
func (l *lexicon) put(name, word string) {
	word = simplified(word)
	if isHan(word) {
		l.han[word] = append(l.han[word], name)
		return
	}
	key := strings.Join(words(word), " ")
	l.stems[key] = append(l.stems[key], name)
}

// named returns what a text has words for, each thing once.
func (l *lexicon) named(text string) []string {
	var found []string
	stems := words(text)
	for from := range stems {
		for size := min(longestWords, len(stems)-from); size > 0; size-- {
			found = append(found, l.stems[strings.Join(stems[from:from+size], " ")]...)
		}
	}
	if isHan(text) {
		runes := []rune(simplified(text))
		for from := range runes {
			for size := min(longestHan, len(runes)-from); size > 0; size-- {
				found = append(found, l.han[string(runes[from:from+size])]...)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Unspoken says of each of these hits whether its article has no word of what the question asks for: its lid, its weight,
// whether dogs may come in. All of the article counts, in every language. Only what the list of such things has is known.
func (b *Base) Unspoken(ctx context.Context, shopID uuid.UUID, question string, hits []Hit) ([]bool, error) {
	asked := parseAspects().asking.named(question)
	if len(asked) == 0 || len(hits) == 0 {
		return make([]bool, len(hits)), nil
	}
	refs := make([]string, len(hits))
	for i, hit := range hits {
		refs[i] = hit.Ref
	}
	rows, err := b.pool.Query(ctx, `
		select a.ref, string_agg(p.text, E'\n') from articles a
		join passages p on p.shop_id = a.shop_id and p.article_id = a.article_id and p.version = a.live and p.kind <> $3
		where a.shop_id = $1 and a.ref = any ($2) group by a.ref`, shopID, refs, kindNegative)
	if err != nil {
		return nil, fmt.Errorf("what articles of shop %s speak of: %w", shopID, err)
	}
	phrased := make(map[string]string, len(hits))
	var ref, text string
	if _, err := pgx.ForEachRow(rows, []any{&ref, &text}, func() error { phrased[ref] = text; return nil }); err != nil {
		return nil, fmt.Errorf("what articles of shop %s speak of: %w", shopID, err)
	}
	unspoken := make([]bool, len(hits))
	for i, hit := range hits {
		unspoken[i] = misses(asked, phrased[hit.Ref]+"\n"+hit.Question+"\n"+hit.Answer)
	}
	return unspoken, nil
}

// misses says that a text has no word of one of the things asked for.
func misses(asked []string, text string) bool {
	spoken := parseAspects().speaking.named(text)
	return slices.ContainsFunc(asked, func(name string) bool { return !slices.Contains(spoken, name) })
}
