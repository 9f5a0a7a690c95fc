package importer

import (
	"fmt"
	"strconv"
	"strings"

	"frontdesk/knowledge"
)

// Codes of faults: what is wrong with a row, for whoever says it in the editor's language.
const (
	FaultSyntax   = "syntax"   // the row cannot be read; Value says where
	FaultType     = "type"     // Field is not a text, or not a list
	FaultEmpty    = "empty"    // Field is required
	FaultLong     = "long"     // Field, or the row, is longer than Value
	FaultEncoding = "encoding" // not UTF-8
	FaultControl  = "control"  // Field holds a character that cannot be stored or that turns the reading direction: Value
	FaultDate     = "date"     // Field is no date: Value
	FaultWindow   = "window"   // ends before it begins
	FaultLocale   = "locale"   // no language: Value
	FaultMarket   = "market"   // no country or region: Value
	FaultStatus   = "status"   // no status: Value
	FaultRepeated = "repeated" // the id and locale stand in row Value already
	FaultDown     = "down"     // the article was taken down while the import was under way
	FaultChanged  = "changed"  // another version was published while the import was under way
	FaultRefused  = "refused"  // the knowledge refused it: Value says why
)

// FaultCodes lists the codes.
func FaultCodes() []string {
	return []string{FaultSyntax, FaultType, FaultEmpty, FaultLong, FaultEncoding, FaultControl, FaultDate, FaultWindow,
		FaultLocale, FaultMarket, FaultStatus, FaultRepeated, FaultDown, FaultChanged, FaultRefused}
}

// Fault says why a row is not imported. It wraps knowledge.ErrInvalid.
type Fault struct {
	Code  string `json:"code"`
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
}

// Error says it in English.
func (f *Fault) Error() string {
	switch f.Code {
	case FaultSyntax:
		return "cannot be read: " + f.Value
	case FaultType:
		return f.Field + " is of the wrong type"
	case FaultEmpty:
		return f.Field + " is empty"
	case FaultLong:
		return fmt.Sprintf("%s is longer than %s", f.Field, f.Value)
	case FaultEncoding:
		return "is not UTF-8: save the file as UTF-8"
	case FaultControl:
		return fmt.Sprintf("%s holds a control character (%s)", f.Field, f.Value)
	case FaultDate:
		return fmt.Sprintf("%s is no date: %q; write YYYY-MM-DD", f.Field, f.Value)
	case FaultWindow:
		return "valid_to is before valid_from"
	case FaultLocale:
		return fmt.Sprintf("locale is no language tag: %q", f.Value)
	case FaultMarket:
		return fmt.Sprintf("market is no country or region: %q; write its name or its two-letter code", f.Value)
	case FaultStatus:
		return fmt.Sprintf("status is none of draft, published, archived: %q", f.Value)
	case FaultRepeated:
		return "has the id and locale of row " + f.Value
	case FaultDown:
		return "was taken down during this import and stays down"
	case FaultChanged:
		return "was published by somebody else during this import and stays as it is; import again to replace it"
	}
	return f.Value
}

// Unwrap makes a fault a knowledge.ErrInvalid.
func (f *Fault) Unwrap() error { return knowledge.ErrInvalid }

// tooLong is what is wrong with a row that is longer than MaxRow.
func tooLong() []*Fault {
	return []*Fault{{Code: FaultLong, Field: "row", Value: strconv.Itoa(MaxRow)}}
}

// shorten keeps what a fault quotes readable.
func shorten(text string) string {
	text = strings.ReplaceAll(text, "\x00", "\uFFFD") // a report is stored, and the database holds no NUL
	if runes := []rune(text); len(runes) > 80 {
		return string(runes[:80]) + "…"
	}
	return text
}
