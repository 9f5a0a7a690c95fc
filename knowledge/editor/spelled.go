package editor

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Numbers in words, each at the place of its value. One is left out: it stands for much else.
const (
	englishUnits = "zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
	englishTens  = "- - twenty thirty forty fifty sixty seventy eighty ninety hundred"
	spanishUnits = "cero - dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve " +
		"veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
	spanishTens = "- - veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien"
	chineseOnes = "零一二三四五六七八九"
	englishYear = "january february march april may june july august september october november december"
	spanishYear = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)

var (
	latinWord = regexp.MustCompile(`\pL+`)
	// chineseNumber counts before a unit only: its characters stand in other words, too.
	chineseNumber = regexp.MustCompile(`(第?)([一二两三四五六七八九十百]+)(?:个|天|日|周|月|年|小时|分钟|点|元|块|次|件|倍|岁|号|公斤|人|种|张|级)`)
	afternoon     = regexp.MustCompile(`(?i)(\d{1,2})(?:[:.]\d\d)? ?(?:p\.? ?m\b|de la (?:tarde|noche))|(?:下午|晚上|傍晚)(\d{1,2})`)
	afterNoon24   = regexp.MustCompile(`(1[3-9]|2[0-3])(?::\d\d| ?h\b|点|时)`)
	besideDigits  = regexp.MustCompile(`(\pL*) ?\d+(?:st|nd|rd|th)?(?: (?:of |de )?(\pL+))?`)
)

// spelled are the values of the numbers that a text gives otherwise than in the digits which stand in it: in words, as an hour of
// the other half of the day, as a month by its name.
func spelled(text string) (values []string) {
	text = strings.ToLower(text)
	add := func(n int) { values = append(values, strconv.Itoa(n)) }
	words := latinWord.FindAllString(text, -1)
	for i, word := range words {
		tens := max(placeOf(word, englishTens), placeOf(word, spanishTens)) * 10
		if n := max(placeOf(word, englishUnits), placeOf(word, spanishUnits), tens); n >= 0 {
			add(n)
		}
		rest := words[i+1:]
		if len(rest) > 1 && rest[0] == "y" {
			rest = rest[1:]
		}
		if tens < 20 || tens > 90 || len(rest) == 0 {
			continue
		}
		if n := max(placeOf(rest[0], englishUnits), placeOf(rest[0], spanishUnits)); n > 1 && n < 10 {
			values[len(values)-1] = strconv.Itoa(tens + n)
		} else if slices.Contains([]string{"one", "un", "uno", "una"}, rest[0]) {
			values[len(values)-1] = strconv.Itoa(tens + 1)
		}
	}
	for _, m := range chineseNumber.FindAllStringSubmatch(text, -1) {
		if n := chineseValue(m[2]); m[1] == "" && n > 1 {
			add(n)
		}
	}
	for _, m := range afternoon.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1] + m[2]); err == nil && n < 12 {
			add(n + 12)
		}
	}
	for _, m := range afterNoon24.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			add(n - 12)
		}
	}
	for _, m := range besideDigits.FindAllStringSubmatch(text, -1) {
		for _, word := range m[1:] {
			if n := max(placeOf(word, englishYear), placeOf(word, spanishYear)); n >= 0 {
				add(n + 1)
			}
		}
	}
	return values
}

// placeOf is the place of a word in a list, -1 where it is none of it.
func placeOf(word, list string) int { return slices.Index(strings.Fields(list), word) }

// chineseValue reads a number up to 999: 十, 两百, 二十五.
func chineseValue(text string) (value int) {
	one := 0
	for _, c := range text {
		switch c {
		case '百':
			value, one = value+max(one, 1)*100, 0
		case '十':
			value, one = value+max(one, 1)*10, 0
		case '两':
			one = 2
		default:
			one = strings.IndexRune(chineseOnes, c) / len("零")
		}
	}
	return value + one
}
