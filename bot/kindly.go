package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/triage"
)

// Words of thanks and good wishes that make a short message without a question a courtesy, whatever stands around them.
var (
	thanksWords   = []string{"thx", "thanks", "thank", "ty", "cheers", "gracias", "grax", "thankyou"}
	thanksSigns   = []string{"谢", "謝", "多谢", "感恩", "辛苦了", "唔该"}
	farewellWords = []string{"goodnight", "bye", "christmas", "weekend", "adiós", "navidad", "noches", "cuídate"}
	farewellSigns = []string{"晚安", "再见", "拜拜", "新年快乐", "节日快乐", "圣诞快乐"}
)

const (
	kindWords = 7  // words of a courtesy at most
	kindRunes = 12 // code points of a Chinese one
)

// kindly tells a thank-you or a good wish with other words around it ("ur a star thx x", 好滴 多谢晒) from a question.
// It is asked only when nothing that the shop knows fits and triage found no reason to worry.
func kindly(text string) triage.Courtesy {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.!¡，。！~～", r) })
	if strings.ContainsAny(text, "?？¿") || len(words) > kindWords {
		return triage.NoCourtesy
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	sign := func(list []string) bool {
		return utf8.RuneCountInString(text) <= kindRunes && slices.ContainsFunc(list, func(s string) bool { return strings.Contains(text, s) })
	}
	switch {
	case has(thanksWords), sign(thanksSigns):
		return triage.Thanks
	case has(farewellWords), sign(farewellSigns):
		return triage.Farewell
	}
	return triage.NoCourtesy
}
