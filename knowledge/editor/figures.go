package editor

import (
	"regexp"
	"slices"

	"frontdesk/knowledge"
)

// spelledOut is how figures are written in words: in Chinese, and in English and Spanish.
func spelledOut() map[string][2]string {
	return map[string][2]string{
		"2": {"两|二", "two|dos"}, "3": {"三", "three|tres"}, "4": {"四", "four|cuatro"}, "5": {"五", "five|cinco"}, "6": {"六", "six|seis"},
		"7": {"七", "seven|siete"}, "8": {"八", "eight|ocho"}, "9": {"九", "nine|nueve"}, "10": {"十", "ten|diez"},
		"14": {"十四", "fourteen|catorce"}, "15": {"十五", "fifteen|quince"}, "20": {"二十", "twenty|veinte"}, "30": {"三十", "thirty|treinta"},
	}
}

// figureIn says whether a text names a figure. A Chinese number counts before a unit only: it stands in other words, too.
func figureIn(text, figure string) bool {
	if len(newNumbers(figure, text)) == 0 {
		return true
	}
	words, ok := spelledOut()[figure]
	return ok && regexp.MustCompile(`(?i)(?:^|[^一二三四五六七八九十百第])(?:`+words[0]+`)(?:天|日|个|周|月|年|小时|分钟|元|次|件|折|倍)|\b(?:`+words[1]+`)\b`).MatchString(text)
}

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
