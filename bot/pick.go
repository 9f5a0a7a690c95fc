package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"golang.org/x/text/unicode/norm"
)

// ordinals are the ways to name one of three choices.
var ordinals = [][]string{
	{"1", "一", "第一", "第一个", "一号", "first", "the first", "first one", "the first one", "one", "number one", "option 1", "primera", "la primera", "el primero", "primero", "uno", "la 1"},
	{"2", "二", "第二", "第二个", "二号", "second", "the second", "second one", "the second one", "two", "number two", "option 2", "segunda", "la segunda", "el segundo", "segundo", "dos", "la 2"},
	{"3", "三", "第三", "第三个", "三号", "third", "the third", "third one", "the third one", "three", "number three", "option 3", "tercera", "la tercera", "el tercero", "tercero", "tres", "la 3"},
}

// noneOfThem is how a shopper says that nothing that was offered is meant.
var noneOfThem = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:(?:no[, ]+)?(?:none|neither)(?: of (?:these|those|them))?|(?:no[, ]+)?ningun[ao](?: de (?:estas|esas|ellas|los dos|las dos))?|都不是|都不对|不是这些|没有我(?:要|想)问的)(?:[\s\p{P}]|$)`)

const pickWords = 3 // words with a meaning that a pick has at most, when it is not the whole title

// pick is the choice that a shopper made among those offered: by its number, by its title, or in answer to a question back
// by words that only it has.
func pick(text string, q Question) (conversation.Option, bool) {
	said := spoken(text)
	if said == "" {
		return conversation.Option{}, false
	}
	for i, option := range q.Offered {
		if said == spoken(option.Label) || i < len(ordinals) && slices.ContainsFunc(ordinals[i], func(name string) bool { return said == spoken(name) }) {
			return option, true
		}
	}
	if !q.AskedBack || meaningWords(text) > pickWords || !leansOnBefore(text) {
		return conversation.Option{}, false
	}
	words, at := map[string]bool{}, -1
	addWords(words, strings.NewReplacer("the one", " ", " one", " ").Replace(strings.ToLower(text)))
	for i, option := range q.Offered {
		label := map[string]bool{}
		addWords(label, option.Label)
		switch {
		case len(words) == 0 || !within(words, label):
		case at >= 0:
			return conversation.Option{}, false // of two choices
		default:
			at = i
		}
	}
	if at < 0 {
		return conversation.Option{}, false
	}
	return q.Offered[at], true
}

// spoken is a text without its case, its punctuation and the measure word of a Chinese number.
func spoken(text string) string {
	text = strings.ToLower(strings.TrimFunc(norm.NFKC.String(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	return strings.TrimSuffix(strings.TrimPrefix(text, "第"), "个")
}

func within(words, all map[string]bool) bool {
	for w := range words {
		if !all[w] {
			return false
		}
	}
	return true
}

// wordless tells a turn of nothing but signs, or of one letter or digit with them: "?", "...", "x", "xxx".
func wordless(text string) bool {
	letters, last := 0, rune(0)
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			return false
		case unicode.IsDigit(r), unicode.IsLetter(r) && r != last:
			letters, last = letters+1, r
		}
	}
	return text != "" && letters <= 1
}

var sayNudged = phrase{
	zh: "我在的，您想了解什么？直接告诉我就行。",
	en: "I'm here. What would you like to know?",
	es: "Aquí estoy. ¿Qué quieres saber?"}

// nudged answers a turn that says nothing: what was asked back is asked again, and a person offered.
func (reply *Reply) nudged(q Question, saying phrase) {
	reply.Action = ActionAsk
	say := saying.in(reply.Language)
	if q.AskedBack && len(q.Offered) > 0 {
		reply.Options = q.Offered
		var lines []string
		for i, option := range q.Offered {
			lines = append(lines, numbered(i, option.Label))
		}
		say = joinText(sayWhichOne.in(reply.Language), strings.Join(lines, "\n"))
	}
	reply.Text = joinText(say, sayOffer.in(reply.Language))
}

// lookUpPicked finds the article of a choice, and no other.
func (r *Responder) lookUpPicked(ctx context.Context, shop knowledge.Shop, q Question, picked conversation.Option, language string) ([]finding, error) {
	e := &enquiry{Responder: r, shop: shop, q: q, language: language}
	result, err := e.ask(ctx, picked.Label)
	if err != nil {
		return nil, err
	}
	for i, hit := range result.Hits {
		if hit.Ref == picked.Ref {
			result = first(result, i, max(hit.Confidence, sureAtMost))
			break
		}
	}
	f := finding{text: picked.Label, result: result}
	kept := f
	if err := e.heedNotices(ctx, &f); err != nil {
		return nil, err
	}
	if !f.ahead.IsZero() { // a choice is what it is
		f = kept
	}
	return []finding{f}, nil
}

// wordlessBefore says that the turn before had no words, either.
func wordlessBefore(turns []triage.Turn) bool { return wordless(previousText(turns)) }
