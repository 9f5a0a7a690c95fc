package editor

import (
	"slices"

	"frontdesk/knowledge"
)

// figureIn says whether a text names a figure, in whichever form.
func figureIn(text, figure string) bool { return len(newNumbers(figure, text)) == 0 }

// namesOld returns the question and the phrasings of an article that name a figure which its answer named until now and names
// no more.
func namesOld(article, live knowledge.Article) (texts, figures []string) {
	for _, text := range append([]string{article.Question}, article.Phrasings...) {
		for _, figure := range newNumbers(live.Answer, article.Answer) {
			if !figureIn(text, figure) {
				continue
			}
			if !slices.Contains(figures, figure) {
				figures = append(figures, figure)
			}
			texts = append(texts, text)
			break
		}
	}
	return texts, figures
}
