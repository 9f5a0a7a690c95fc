package main

import (
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/cmd/internal/scoring"
)

// faq is a small shop of a file: its articles, what its shoppers ask, and what they ask behind an answer.
type faq struct {
	name                       string
	articles, questions, talks []faqRow
}

// faqRow is a line of such a file; Kind says which of the fields it has.
type faqRow struct {
	Kind      string   `json:"kind"`
	Ref       string   `json:"ref"`
	Lang      string   `json:"lang"`
	Question  string   `json:"question"`
	Answer    string   `json:"answer"`
	Phrasings []string `json:"phrasings"`
	Text      string   `json:"text"`
	Turns     []string `json:"turns"`
	Before    string   `json:"before"`
	Refs      []string `json:"refs"` // of the articles that answer; none does where it is empty
}

func readFAQ(path string) (f faq, err error) {
	file, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	f.name = strings.TrimSuffix(filepath.Base(path), ".jsonl")
	var bad error
	err = readLines(file, func(number int, line []byte, err error) bool {
		var row faqRow
		if err == nil {
			err = decodeLine(line, &row)
		}
		switch {
		case err != nil:
			bad = fmt.Errorf("%s: line %d: %w", path, number, err)
		case row.Kind == "article":
			f.articles = append(f.articles, row)
		case row.Kind == "question":
			f.questions = append(f.questions, row)
		case row.Kind == "talk" && len(row.Turns) == 3:
			f.talks = append(f.talks, row)
		default:
			bad = fmt.Errorf("%s: line %d is no article, question or talk", path, number)
		}
		return bad == nil
	})
	if err == nil {
		err = bad
	}
	return f, err
}

// half is the shop with every other article, each with few phrasings; half(1) has the other ones, and still fewer.
func (f faq) half(part int) faq {
	out := faq{name: fmt.Sprintf("%s-%d", f.name, part), questions: f.questions, talks: f.talks}
	for i, a := range f.articles {
		if i%2 == part%2 {
			a.Phrasings = a.Phrasings[:min(len(a.Phrasings), 2*part)]
			out.articles = append(out.articles, a)
		}
	}
	return out
}

func (f faq) has(ref string) bool {
	return slices.ContainsFunc(f.articles, func(a faqRow) bool { return a.Ref == ref })
}

// known are those of the articles that the shop has.
func (f faq) known(refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool { return !f.has(ref) })
}

func writeLeaning(path string, by scoring.Chooser) error {
	parts := make([]string, len(by.By))
	for i, x := range by.By {
		parts[i] = fmt.Sprintf("%.3f", x)
	}
	source, err := format.Source(fmt.Appendf(nil, `package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{%s}
	leaningNone = %.3f
)
`, strings.Join(parts, ", "), by.None))
	if err != nil {
		return err
	}
	return os.WriteFile(path, source, 0o644)
}
