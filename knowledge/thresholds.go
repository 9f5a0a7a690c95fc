package knowledge

// Thresholds are the confidences, 0 … 1, from which on the bot answers and asks back in a shop with these settings.
func (s Settings) Thresholds() (answer, ask float64) {
	answer, ask = s.AnswerAbove, s.AskAbove
	if answer == 0 {
		answer = answerAbove
	}
	if ask == 0 {
		ask = min(askAbove, answer)
	}
	return answer, ask
}
