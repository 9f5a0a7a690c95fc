package editor

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge"

	"github.com/aymanbagabas/go-udiff"
)

// difference is a field in which two versions differ.
type difference struct {
	Field string // as in the import format
	Parts []part
	Kept  int // lines of a list that stayed as they were, and are left out
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
		{"locale", before.Locale, after.Locale}, {"kind", before.Kind, after.Kind}, {"market", strings.Join(before.Market, ", "), strings.Join(after.Market, ", ")},
		{"valid_from", before.ValidFrom, after.ValidFrom}, {"valid_to", before.ValidTo, after.ValidTo}, {"tags", before.Tags, after.Tags},
	} {
		if f.before == f.after {
			continue
		}
		one := difference{Field: f.field, Parts: diff(f.before, f.after)}
		if f.field == "phrasings" || f.field == "negatives" {
			one.Parts, one.Kept = changedLines(one.Parts)
		}
		all = append(all, one)
	}
	return all
}

// changedLines leaves the lines that changed, and counts the others.
func changedLines(parts []part) (changed []part, kept int) {
	lines := [][]part{nil}
	for _, p := range parts {
		for i, text := range strings.Split(p.Text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if text != "" {
				lines[len(lines)-1] = append(lines[len(lines)-1], part{text, p.Added, p.Removed})
			}
		}
	}
	for _, line := range lines {
		switch {
		case len(line) == 0:
		case !slices.ContainsFunc(line, func(p part) bool { return p.Added || p.Removed }):
			kept++
		default:
			if len(changed) > 0 {
				changed = append(changed, part{Text: "\n"})
			}
			changed = append(changed, line...)
		}
	}
	return changed, kept
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
	return readable(parts)
}

// shortStretch is the longest unchanged text, in code points, that does not part two changes: a blank and a comma that
// stayed between words that did not make a text harder to read, not easier.
const shortStretch = 2

// readable makes neighbouring changes one: first all that was taken out, then all that was added.
func readable(parts []part) []part {
	var kept []part
	for i := 0; i < len(parts); {
		if !parts[i].Added && !parts[i].Removed {
			kept = append(kept, parts[i])
			i++
			continue
		}
		var removed, added strings.Builder
		for ; i < len(parts); i++ {
			p := parts[i]
			stays := !p.Added && !p.Removed
			if stays && (i+1 == len(parts) || utf8.RuneCountInString(p.Text) > shortStretch || strings.Contains(p.Text, "\n")) {
				break
			}
			if !p.Added {
				removed.WriteString(p.Text)
			}
			if !p.Removed {
				added.WriteString(p.Text)
			}
		}
		if removed.Len() > 0 {
			kept = append(kept, part{Text: removed.String(), Removed: true})
		}
		if added.Len() > 0 {
			kept = append(kept, part{Text: added.String(), Added: true})
		}
	}
	return kept
}

// lineEnd stands for a line's end inside a line; no article has it in its text.
const lineEnd = "\x00"

func onePerLine(text string) string {
	var b strings.Builder
	inWord, runes := false, []rune(text)
	for i, r := range runes {
		within := i > 0 && i+1 < len(runes) && strings.ContainsRune(".,:", r) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]) // of 1,299.50
		word := within || (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
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
