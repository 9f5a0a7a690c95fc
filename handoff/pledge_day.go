package handoff

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// closingTime stands for the end of the desk's day.
const closingTime = Minute(-1)

var (
	plainDays = []struct {
		words *regexp.Regexp
		days  int
	}{
		{regexp.MustCompile(`day after tomorrow|pasado mañana|后天`), 2},
		{regexp.MustCompile(`\btomorrow\b|(?:^|[^\p{L}])mañana por la mañana|(?:^|[^\p{L}])mañana|明天|明日|明早|明晚`), 1},
		{regexp.MustCompile(`\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|(?:^|[^\p{L}])hoy(?:[^\p{L}]|$)|esta (?:mañana|tarde|noche)|今天|今日|今晚|今早|当天`), 0},
	}
	morningOnly = regexp.MustCompile(`(?:por|de|esta|la) (?:la )?mañana`)
	weekdays    = []*regexp.Regexp{
		regexp.MustCompile(`\bsunday\b|(?:^|[^\p{L}])domingo|(?:周|星期|礼拜)[日天]`), regexp.MustCompile(`\bmonday\b|(?:^|[^\p{L}])lunes|(?:周|星期|礼拜)一`),
		regexp.MustCompile(`\btuesday\b|(?:^|[^\p{L}])martes|(?:周|星期|礼拜)二`), regexp.MustCompile(`\bwednesday\b|(?:^|[^\p{L}])miércoles|(?:周|星期|礼拜)三`),
		regexp.MustCompile(`\bthursday\b|(?:^|[^\p{L}])jueves|(?:周|星期|礼拜)四`), regexp.MustCompile(`\bfriday\b|(?:^|[^\p{L}])viernes|(?:周|星期|礼拜)五`),
		regexp.MustCompile(`\bsaturday\b|(?:^|[^\p{L}])sábado|(?:周|星期|礼拜)六`),
	}
	nextWeek    = regexp.MustCompile(`\bnext (?:week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|la semana que viene|la próxima semana|下(?:个)?(?:周|星期|礼拜)`)
	thisWeek    = regexp.MustCompile(`\bthis week\b|\bend of the week\b|esta semana|(?:本|这|这个)(?:周|星期|礼拜)(?:[^一二三四五六日天]|$)`)
	chineseDate = regexp.MustCompile(`(?:(\d{1,2})月)?(\d{1,2})[日号]`)
	englishDate = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?\b|\bthe (\d{1,2})(?:st|nd|rd|th)\b`)
	spanishDate = regexp.MustCompile(`(\d{1,2}) de (ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)\p{L}*|(?:^|\s)(?:el )?día (\d{1,2})(?:[^\p{L}\d:]|$)`)
)

// dayIn reads the day that a sentence names and returns the rest of it; today where it names none.
func dayIn(s string, now time.Time) (day time.Time, rest string, named bool) {
	if day, found := dateIn(s, now); found != "" {
		return day, strings.Replace(s, found, " ", 1), true
	}
	for weekday, words := range weekdays {
		found := words.FindString(s)
		if found == "" {
			continue
		}
		ahead := (weekday - int(now.Weekday()) + 7) % 7
		if nextWeek.MatchString(s) {
			ahead = (weekday+6)%7 + 7 - (int(now.Weekday())+6)%7
		} else if ahead == 0 {
			ahead = 7
		}
		return now.AddDate(0, 0, ahead), strings.Replace(s, found, " ", 1), true
	}
	friday := int(time.Friday) - (int(now.Weekday())+6)%7 - 1
	switch {
	case nextWeek.MatchString(s):
		return now.AddDate(0, 0, friday+7), s, true
	case thisWeek.MatchString(s):
		return now.AddDate(0, 0, max(0, friday)), s, true
	}
	for _, plain := range plainDays {
		words := s
		if plain.days == 1 {
			words = morningOnly.ReplaceAllString(s, " ")
		}
		if plain.words.MatchString(words) {
			return now.AddDate(0, 0, plain.days), s, true
		}
	}
	return now, s, false
}

// dateIn reads a date; one that has passed this month, or this year, is the next one's.
func dateIn(s string, now time.Time) (day time.Time, found string) {
	month, number := 0, ""
	if m := chineseDate.FindStringSubmatch(s); m != nil {
		found, number = m[0], m[2]
		month, _ = strconv.Atoi(m[1])
	} else if m := englishDate.FindStringSubmatch(s); m != nil {
		found, number = m[0], m[1]+m[4]+m[5]
		month = monthOf(m[2]+m[3], "janfebmaraprmayjunjulaugsepoctnovdec")
	} else if m := spanishDate.FindStringSubmatch(s); m != nil {
		found, number = m[0], m[1]+m[3]
		month = monthOf(m[2], "enefebmarabrmayjunjulagosepoctnovdic")
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 31 || month > 12 {
		return day, ""
	}
	if month == 0 {
		day = time.Date(now.Year(), now.Month(), n, 0, 0, 0, 0, now.Location())
		if day.Before(at(now, 0)) {
			day = day.AddDate(0, 1, 0)
		}
		return day, found
	}
	day = time.Date(now.Year(), time.Month(month), n, 0, 0, 0, 0, now.Location())
	if day.Before(at(now, 0)) {
		day = day.AddDate(1, 0, 0)
	}
	return day, found
}

func monthOf(short, all string) int {
	if short == "" {
		return 0
	}
	return strings.Index(all, short)/3 + 1
}

var (
	halfOfDay    = regexp.MustCompile(`\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[:.](\d{2}))? ?([ap])\.?m\b`)
	hourEnglish  = regexp.MustCompile(`\b(\d{1,2})[:.](\d{2})\b|\b(?:by|before|at|until) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o['’]?clock)?\s*(?:$|[,.;!)]|(?:today|tomorrow|on|this|and|so)\b)`)
	hourSpanish  = regexp.MustCompile(`\blas? (\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)(?:[:.h](\d{2}))?( y media| y cuarto)?(?: h(?:oras)?)?(?: de la (mañana|tarde|noche))?`)
	hourChinese  = regexp.MustCompile(`(凌晨|早上|上午|中午|下午|傍晚|晚上|晚|早)?\s?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[点时](?:(半)|(\d{1,2})分?)?|[:：](\d{2}))`)
	han          = regexp.MustCompile(`\p{Han}`)
	closingWords = regexp.MustCompile(`end of (?:the |my |our |this )?(?:day|business|shift|working day)|close of business|\b(?:eod|cob)\b|before (?:i|we) (?:close|finish|leave)|下班|收工|打烊|关店|última hora|final del día|fin del día|de cerrar|cierre|acab(?:ar|e) (?:el día|la jornada)|fin de (?:la )?jornada|final de (?:la )?jornada`)
	partsOfDay   = []struct {
		words *regexp.Regexp
		until Minute
	}{
		{regexp.MustCompile(`\bnoon\b|\bmidday\b|中午|正午`), endOfMorning},
		{regexp.MustCompile(`mediodía`), Minute(14 * 60)},
		{regexp.MustCompile(`\bmorning\b|上午|早上|明早|今早|primera hora|por la mañana|esta mañana`), endOfMorning},
		{regexp.MustCompile(`\bafternoon\b|下午`), endOfAfternoon},
		{regexp.MustCompile(`por la tarde|esta tarde`), Minute(20 * 60)},
		{regexp.MustCompile(`\bevening\b|\btonight\b|晚上|今晚|明晚|傍晚|esta noche|por la noche`), endOfEvening},
	}
)

// minuteIn reads the time of day; exact where its half of the day is certain.
func minuteIn(s string) (minute Minute, exact, told bool) {
	if minute, exact, told = hourIn(s); told {
		return minute, exact, told
	}
	if closingWords.MatchString(s) {
		return closingTime, true, true
	}
	for _, part := range partsOfDay {
		if part.words.MatchString(s) {
			return part.until, true, true
		}
	}
	return 0, false, false
}

// hourIn reads an hour on the clock, in the form that its language gives it.
func hourIn(s string) (minute Minute, exact, told bool) {
	if m := hourChinese.FindStringSubmatch(s); m != nil && (m[5] == "" || m[1] != "" || han.MatchString(s)) {
		past := m[4] + m[5]
		if m[3] != "" {
			past = "30"
		}
		return clockOf(m[2], past, m[1] == "下午" || m[1] == "傍晚" || strings.HasPrefix(m[1], "晚"), m[1] != "" || m[5] != "")
	}
	if m := hourSpanish.FindStringSubmatch(s); m != nil {
		past := m[2]
		switch strings.TrimSpace(m[3]) {
		case "y media":
			past = "30"
		case "y cuarto":
			past = "15"
		}
		return clockOf(m[1], past, m[4] == "tarde" || m[4] == "noche", m[4] != "")
	}
	if m := halfOfDay.FindStringSubmatch(s); m != nil {
		return clockOf(m[1], m[2], m[3] == "p", true)
	}
	if m := hourEnglish.FindStringSubmatch(s); m != nil {
		return clockOf(m[1]+m[3], m[2], false, false)
	}
	return 0, false, false
}

func clockOf(hour, past string, second, sure bool) (minute Minute, exact, told bool) {
	h, ok := numberOf(hour)
	p := 0
	if past != "" {
		p, _ = strconv.Atoi(past)
	}
	if !ok || h > 24 || p > 59 {
		return 0, false, false
	}
	if second && h < 12 {
		h += 12
	}
	return Minute(int(h)*60 + p), sure || h >= 12, true
}
