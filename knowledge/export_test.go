package knowledge

// What the tests outside of this package see of it.

// WordsOf splits a text as the word leg does.
func WordsOf(text string) []string { return words(text) }

// WordHashes are the places of a passage's words.
func WordHashes(text string) []int32 {
	var all []int32
	for h := range passageWords(text) {
		all = append(all, h)
	}
	return all
}

// Decide compares a confidence, and what is likely among the first answers, with the thresholds.
func Decide(settings Settings, confidence, likely float64) Decision {
	return decide(settings, confidence, likely)
}

// Respell puts words of these passages in the place of those that are one letter from them.
func Respell(text string, passages ...string) string {
	candidates := make([]candidate, len(passages))
	for i, p := range passages {
		candidates[i].text = p
	}
	return respell(text, candidates)
}
