package knowledge

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/language"
)

// Article is one piece of knowledge in one language, as one of its versions has it. Articles of one Ref in several
// locales are variants of each other.
type Article struct {
	ID        uuid.UUID
	Ref       string // the editors' id
	Locale    string // BCP 47
	Kind      string // faq, product, policy, …
	Status    string // draft, published or archived; of the article, not of this version
	Version   int    // this version
	Live      int    // the published version, 0 when none
	Question  string
	Answer    string     // markdown
	Phrasings []string   // other ways to ask it
	Negatives []string   // what sounds alike and is not meant
	Market    []string   // empty: every market
	Tags      []string   //
	ValidFrom *time.Time // inclusive; nil: always was
	ValidTo   *time.Time // exclusive; nil: for good
	Author    string
	Note      string    // why this version was written
	UpdatedAt time.Time // when this version was written
	Asked     int64     // how often it has answered
}

// Statuses of an article.
const (
	Draft     = "draft"
	Published = "published"
	Archived  = "archived"
)

// Bounds of what an editor may store, in code points or entries.
const (
	maxQuestion  = 2_000
	maxAnswer    = 100_000
	maxPhrasings = 500
)

// clean brings an article into the form in which it is stored and compared; ErrInvalid names the field at fault.
func (a Article) clean(shop Shop) (Article, error) {
	a.Ref = strings.TrimSpace(a.Ref)
	a.Question, a.Answer = strings.TrimSpace(a.Question), strings.TrimSpace(a.Answer)
	a.Kind = strings.ToLower(strings.TrimSpace(a.Kind))
	if a.Kind == "" {
		a.Kind = "faq"
	}
	a.Phrasings = distinct(a.Phrasings, a.Question)
	a.Negatives = distinct(a.Negatives, "")
	a.Tags = distinct(a.Tags, "")
	var err error
	if a.Market, err = cleanMarkets(a.Market); err != nil {
		return a, err
	}
	a.ValidFrom, a.ValidTo = microseconds(a.ValidFrom), microseconds(a.ValidTo)
	if strings.TrimSpace(a.Locale) == "" {
		a.Locale = guessLocale(a.Question, shop.Locale)
	}
	if a.Locale, err = LocaleIn(shop, a.Locale); err != nil {
		return a, err
	}
	return a, a.check()
}

func (a Article) check() error {
	switch {
	case a.Question == "":
		return fmt.Errorf("question: %w: is empty", ErrInvalid)
	case a.Answer == "":
		return fmt.Errorf("answer: %w: is empty", ErrInvalid)
	case utf8.RuneCountInString(a.Question) > maxQuestion:
		return fmt.Errorf("question: %w: longer than %d characters", ErrInvalid, maxQuestion)
	case utf8.RuneCountInString(a.Answer) > maxAnswer:
		return fmt.Errorf("answer: %w: longer than %d characters", ErrInvalid, maxAnswer)
	case len(a.Phrasings)+len(a.Negatives) > maxPhrasings:
		return fmt.Errorf("phrasings: %w: more than %d", ErrInvalid, maxPhrasings)
	case a.ValidFrom != nil && a.ValidTo != nil && !a.ValidFrom.Before(*a.ValidTo):
		return fmt.Errorf("valid_to: %w: not after valid_from", ErrInvalid)
	case len(a.Ref) > 200:
		return fmt.Errorf("id: %w: longer than 200 bytes", ErrInvalid)
	}
	texts := append([]string{a.Ref, a.Question, a.Answer, a.Kind, a.Author, a.Note}, a.Phrasings...)
	texts = append(append(append(texts, a.Negatives...), a.Market...), a.Tags...)
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return fmt.Errorf("text: %w: not UTF-8, or with a NUL in it", ErrInvalid)
		}
	}
	for _, text := range append(slices.Clone(a.Phrasings), a.Negatives...) {
		if utf8.RuneCountInString(text) > maxQuestion {
			return fmt.Errorf("phrasings: %w: one longer than %d characters", ErrInvalid, maxQuestion)
		}
	}
	return nil
}

// sameContent says whether two cleaned versions would answer alike.
func (a Article) sameContent(b Article) bool {
	return a.Question == b.Question && a.Answer == b.Answer && a.Kind == b.Kind &&
		slices.Equal(a.Phrasings, b.Phrasings) && slices.Equal(a.Negatives, b.Negatives) &&
		slices.Equal(a.Market, b.Market) && slices.Equal(a.Tags, b.Tags) &&
		sameTime(a.ValidFrom, b.ValidFrom) && sameTime(a.ValidTo, b.ValidTo)
}

func sameTime(a, b *time.Time) bool {
	return (a == nil) == (b == nil) && (a == nil || a.Equal(*b))
}

// microseconds cuts a time to what PostgreSQL keeps of it.
func microseconds(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := t.Truncate(time.Microsecond)
	return &cut
}

// distinct trims, and drops what is empty, said twice or the same as the article's question. Never nil.
func distinct(texts []string, question string) []string {
	kept := make([]string, 0, len(texts))
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if text != "" && text != question && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

// madeRef is the editors' id of an article that was given none: the same question has the same one.
func madeRef(question string) string {
	h := fnv.New64a()
	h.Write([]byte(question))
	return fmt.Sprintf("q-%016x", h.Sum64())
}

// checkLocale returns the canonical form of a BCP 47 tag.
func checkLocale(locale string) (string, error) {
	tag, err := language.Parse(strings.TrimSpace(locale))
	if err != nil {
		return "", fmt.Errorf("locale: %w: %q is no language tag", ErrInvalid, locale)
	}
	return tag.String(), nil
}

// LocaleIn is how a shop's articles write a language: the regional forms of the product's three are one language, written
// as the shop writes its own. ErrInvalid for what is no BCP 47 tag.
func LocaleIn(shop Shop, locale string) (string, error) {
	tag, err := checkLocale(locale)
	switch {
	case err != nil:
		return "", err
	case primary(tag) == primary(shop.Locale) && (regional(tag) || tag == primary(tag)):
		return shop.Locale, nil
	case !regional(tag):
		return tag, nil
	default:
		return primary(tag), nil
	}
}

// regional says whether a locale is one of the product's languages, of which a shop has one form each.
func regional(locale string) bool {
	own := primary(locale)
	return own == "zh" || own == "en" || own == "es"
}

// primary is the language of a locale: zh of zh-CN.
func primary(locale string) string {
	base, _, _ := strings.Cut(locale, "-")
	base, _, _ = strings.Cut(base, "_")
	return strings.ToLower(base)
}

// guessLocale tells Chinese and Japanese by their script; other texts are in the shop's language.
func guessLocale(text, shopLocale string) string {
	var han, kana, letters int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.IsLetter(r):
			letters++
		}
	}
	guess := shopLocale
	switch {
	case kana > 0 && kana+han > letters/4:
		guess = "ja"
	case han > letters/4:
		guess = "zh"
	case primary(shopLocale) == "zh" || primary(shopLocale) == "ja":
		guess = "en"
	}
	if primary(guess) == primary(shopLocale) {
		return shopLocale
	}
	return guess
}
