package editor

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"golang.org/x/text/language"
)

// form is an article as its page shows it: lists are texts, one entry a line or separated by commas.
type form struct {
	ID        string   `form:"id"` // "" for a new article
	Ref       string   `form:"ref"`
	Locale    string   `form:"locale"`
	Version   int      `form:"version"` // on which the editor began
	Question  string   `form:"question"`
	Answer    string   `form:"answer"`
	Phrasings string   `form:"phrasings"`
	Negatives string   `form:"negatives"`
	ValidFrom string   `form:"valid_from"`
	ValidTo   string   `form:"valid_to"`
	Market    []string `form:"market"` // codes that are chosen, and what else is typed
	Tags      string   `form:"tags"`
	Kind      string   `form:"kind"`
	Note      string   `form:"note"`
	Missed    []string `form:"missed"` // the missed questions that this article answers
	Action    string   `form:"action"` // save, review or preview
}

// formOf fills the form with an article.
func formOf(a knowledge.Article, shop knowledge.Shop) form {
	w := windowOf(a, shop)
	f := form{Ref: a.Ref, Locale: a.Locale, Version: a.Version, Question: a.Question, Answer: a.Answer,
		Phrasings: strings.Join(a.Phrasings, "\n"), Negatives: strings.Join(a.Negatives, "\n"), ValidFrom: w.From, ValidTo: w.To,
		Market: a.Market, Tags: strings.Join(a.Tags, ", "), Kind: a.Kind}
	if a.ID != uuid.Nil {
		f.ID = a.ID.String()
	}
	return f
}

// article reads the form; the faults are by field.
func (f form) article(shop knowledge.Shop) (knowledge.Article, map[string]*importer.Fault) {
	faults := map[string]*importer.Fault{}
	a := knowledge.Article{Ref: strings.TrimSpace(f.Ref), Locale: f.Locale, Kind: f.Kind, Question: tidy(f.Question), Answer: tidy(f.Answer),
		Phrasings: lines(f.Phrasings), Negatives: lines(f.Negatives), Market: f.Market, Tags: words(f.Tags), Note: tidy(f.Note)}
	if f.ID != "" {
		id, err := uuid.Parse(f.ID)
		if err != nil {
			faults["id"] = &importer.Fault{Code: importer.FaultRefused, Field: "id", Value: f.ID}
		}
		a.ID = id
	}
	for field, text := range map[string]string{"question": a.Question, "answer": a.Answer} {
		if text == "" {
			faults[field] = &importer.Fault{Code: importer.FaultEmpty, Field: field}
		}
	}
	if _, err := language.Parse(f.Locale); err != nil {
		faults["locale"] = &importer.Fault{Code: importer.FaultLocale, Field: "locale", Value: f.Locale}
	}
	for _, market := range a.Market {
		if knowledge.Market(market) == "" {
			faults["market"] = &importer.Fault{Code: importer.FaultMarket, Field: "market", Value: market}
		}
	}
	day := func(field, text string, last bool) *time.Time {
		at, err := importer.ParseDay(field, text, shop.Location(), last)
		if fault := (*importer.Fault)(nil); errors.As(err, &fault) {
			faults[field] = fault
		}
		return at
	}
	a.ValidFrom, a.ValidTo = day("valid_from", f.ValidFrom, false), day("valid_to", f.ValidTo, true)
	if a.ValidFrom != nil && a.ValidTo != nil && !a.ValidFrom.Before(*a.ValidTo) {
		faults["valid_to"] = &importer.Fault{Code: importer.FaultWindow, Field: "valid_to"}
	}
	return a, faults
}

// refused tells the field at fault from what the knowledge says of it.
func refused(err error) map[string]*importer.Fault {
	field, why, _ := strings.Cut(strings.TrimPrefix(err.Error(), "save: "), ": ")
	why = strings.TrimPrefix(why, knowledge.ErrInvalid.Error()+": ")
	if errors.Is(err, knowledge.ErrExists) {
		return map[string]*importer.Fault{"id": {Code: "taken", Field: "id"}}
	}
	if errors.Is(err, knowledge.ErrPublished) {
		return map[string]*importer.Fault{field: {Code: "published", Field: field}}
	}
	return map[string]*importer.Fault{field: {Code: importer.FaultRefused, Field: field, Value: why}}
}

// missed are the ids of the missed questions that the form carries.
func (f form) missed() []uuid.UUID {
	var ids []uuid.UUID
	for _, text := range f.Missed {
		if id, err := uuid.Parse(text); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// tidy writes line ends as everybody but browsers does.
func tidy(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

func lines(text string) []string {
	return kept(strings.Split(tidy(text), "\n"))
}

// words splits at commas of any script.
func words(text string) []string {
	return kept(strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",，、;；\n", c) }))
}

// markets reads what was chosen and typed: codes or names, as codes; what is neither stays for the fault that quotes it.
func markets(texts []string) []string {
	var codes []string
	for _, text := range texts {
		for _, one := range knowledge.Markets(text) {
			codes = append(codes, cmp.Or(knowledge.Market(one), one))
		}
	}
	return kept(codes)
}

func kept(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
