// Package evidence tells whether everything checkable in a draft stands in what the draft rests on.
//
// A draft is a reply that somebody, mostly a language model, would like to send. Its sources are the passages
// that were retrieved, the results of tools, and the shopper's own words. Check reads both, turns every figure,
// duration, price, percentage, date, clock time, code, link, e-mail address, phone number, size, "free" and
// absolute promise into a normal form that is the same in Chinese, English and Spanish and in digits, words and
// Chinese numerals, and reports each one in the draft that no source states.
//
// The shopper's words support what the shopper may know (codes, dates, sizes, addresses), never policy.
//
// # What the code sees
//
//   - A value, unit or currency that no source has, in any of the notations.
//   - A value used for the wrong place, delivery speed or customer group, where sources name these with the value.
//   - A bound turned round ("over" for "under", "within" for "after", 以上 for 以下, "a partir de" for "hasta").
//   - A promise that no source makes: free, always, never, guaranteed, any, for life.
//
// # What Check cannot see
//
//   - A statement with nothing checkable in it ("the fabric feels soft").
//   - A true value about the wrong subject, when the subjects are not among the exclusive groups known here (places,
//     delivery speeds, customer groups, membership levels, common products): "returns within 30 days" for a source that gives
//     30 days for exchanges and 14 for returns. Rows of one table (sizes, currencies) are such subjects.
//   - An unspecific amount ("within minutes" made "within hours").
//   - A negation or a condition turned round or left out, or a cause and effect swapped.
//   - Links written so as not to look like links ("shop dot example").
//
// Three things that are true are stopped all the same: figures reached by arithmetic (30 days for a month, €20 for
// two of €10), "always" or "never" where the source says it without the word, and a place that only the shopper named.
//
// # Mending
//
// Mend makes up for that: it asks not whether a sentence is wrong but whether it is shown to be right. A sentence of a
// draft stays where one sentence of a source has its values, bounds, conditions, negations, names and words; where none has,
// the source's own sentence takes its place. Words in another order, plain words and words of one meaning are no difference.
// What a model adds is the choice and the order of what is said, more than the wording. Across two languages there is nothing to
// compare but figures and names, and nothing to put in a sentence's place: there all of the list above holds.
//
// The tests measure all of this and print the figures: mutants of true answers that pass or are kept, paraphrases that are stopped.
//
// Everything is pure and safe for concurrent use; nothing is kept between calls.
package evidence

import "sync"

// Kinds of Source.
const (
	Passage = "passage" // retrieved from the shop's articles
	Shopper = "shopper" // said by the shopper
)

// Source is one thing a draft may rest on. Conditions are optional facts that hold with the text, such as
// "market": "es" or "valid_to": "2026-11-30"; places and dates in their values count as said.
type Source struct {
	Kind       string
	ID         string
	Text       string
	Conditions map[string]string
	Quote      string // the part of Text, mostly its end, whose sentences Mend may say or hold a draft's against
	Foreign    bool   // Text is in another language than drafts: nothing of it is said
}

// Kinds of Finding.
const (
	KindNumber    = "number"
	KindDuration  = "duration"
	KindPrice     = "price"
	KindPercent   = "percent"
	KindDate      = "date"
	KindTime      = "time"
	KindCode      = "code"
	KindLink      = "link"
	KindEmail     = "email"
	KindPhone     = "phone"
	KindSize      = "size"
	KindAbsolute  = "absolute"
	KindCondition = "condition"
)

// Finding is one claim of a draft that its sources do not support. Text is the claim as the draft writes it,
// Why says in plain English what is missing, fit for a log or for asking a model to write again.
type Finding struct {
	Kind string
	Text string
	Why  string
}

// Check returns what in the draft no source supports; an empty result means that the draft may be sent.
// A sentence that stands word for word in a passage or tool result is supported as it is.
func Check(draft string, sources []Source) []Finding { return Read(sources).Check(draft) }

// Evidence is sources that have been read, for checking several drafts, or one sentence by sentence.
// It may be used by several goroutines at once.
type Evidence struct {
	ix     *index
	quotes func() []*proof // of all sources that may be quoted
}

// Read prepares sources for Check; it takes most of the time that the function Check takes.
func Read(sources []Source) *Evidence {
	return &Evidence{indexSources(sources), sync.OnceValue(func() []*proof { return proofs(sources) })}
}

// Check is the function Check for sources already read.
func (e *Evidence) Check(draft string) []Finding {
	return e.check(read(draft, asDraft))
}

func (e *Evidence) check(d *reading) []Finding {
	ix := e.ix
	if len(d.toks) == 0 {
		return nil
	}
	var out []Finding
	for _, c := range d.claims {
		if d.verbatim(c, ix) {
			continue
		}
		if why := ix.refuse(d, c); why.kind != "" {
			out = append(out, Finding{Kind: why.kind, Text: d.original(c.from, c.to), Why: why.text})
		}
	}
	return out
}
