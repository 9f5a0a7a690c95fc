package conversation

import "strings"

// slotMarks are how a slot of a proposed reply begins, in each language: a place that whoever sends it fills in.
var slotMarks = []string{"【请填写", "[fill in", "[completar"}

// Slot is a place in a proposed reply that says what belongs there, in this language (English where there is no other).
func Slot(language, what string) string {
	switch language {
	case "zh":
		return slotMarks[0] + "：" + what + "】"
	case "es":
		return slotMarks[2] + ": " + what + "]"
	}
	return slotMarks[1] + ": " + what + "]"
}

// Unfinished says whether a text still has a slot, and so is not to be sent.
func Unfinished(text string) bool {
	text = strings.ToLower(text)
	for _, mark := range slotMarks {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}
