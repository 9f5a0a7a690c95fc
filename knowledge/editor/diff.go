package editor

import (
	"strings"
	"unicode"

	"frontdesk/knowledge"

	"github.com/aymanbagabas/go-udiff"
)

// difference is a field in which two versions differ.
type difference struct {
	Field string // as in the import format
	Parts []part
}

// part is a stretch of text that stayed, was added or was taken out.
type part struct {
	Text    string
	Added   bool
	Removed bool
}

// differences compares two versions field by field.
func differences(old, new knowledge.Article, shop knowledge.Shop) []difference {
	before, after := formOf(old, shop), formOf(new, shop)
	var all []difference
	for _, f := range []struct{ field, before, after string }{
		{"question", before.Question, after.Question}, {"answer", before.Answer, after.Answer},
		{"phrasings", before.Phrasings, after.Phrasings}, {"negatives", before.Negatives, after.Negatives},
		{"locale", before.Locale, after.Locale}, {"kind", before.Kind, after.Kind}, {"market", before.Market, after.Market},
		{"valid_from", before.ValidFrom, after.ValidFrom}, {"valid_to", before.ValidTo, after.ValidTo}, {"tags", before.Tags, after.Tags},
	} {
		if f.before != f.after {
			all = append(all, difference{Field: f.field, Parts: diff(f.before, f.after)})
		}
	}
	return all
}

// diff compares word by word, Chinese character by character: each is a line to the algorithm.
func diff(before, after string) []part {
	old := onePerLine(before)
	var parts []part
	add := func(p part, text string) {
		if text = joined(text); text != "" {
			p.Text = text
			parts = append(parts, p)
		}
	}
	at := 0
	for _, edit := range udiff.Lines(old, onePerLine(after)) {
		add(part{}, old[at:edit.Start])
		add(part{Removed: true}, old[edit.Start:edit.End])
		add(part{Added: true}, edit.New)
		at = edit.End
	}
	add(part{}, old[at:])
	return parts
}

// lineEnd stands for a line's end inside a line; no article has it in its text.
const lineEnd = "\x00"

func onePerLine(text string) string {
	var b strings.Builder
	inWord := false
	for _, r := range text {
		word := (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
		if b.Len() > 0 && !(inWord && word) {
			b.WriteByte('\n')
		}
		inWord = word
		if r == '\n' {
			b.WriteString(lineEnd)
		} else {
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

func joined(lines string) string {
	return strings.ReplaceAll(strings.ReplaceAll(lines, "\n", ""), lineEnd, "\n")
}
