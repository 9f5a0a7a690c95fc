package handoff

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The ends of the parts of a day, where a sentence names no hour.
const (
	endOfMorning   = Minute(12 * 60)
	endOfAfternoon = Minute(18 * 60)
	endOfEvening   = Minute(21 * 60)
	endOfDay       = Minute(24*60 - 1)
	usualClosing   = Minute(18 * 60) // of a desk that never closes
)

// timeIn reads the time by which something is to be done from a sentence in lower case.
func timeIn(sentence string, now time.Time, hours Hours) (time.Time, bool) {
	now = now.In(hours.Zone)
	if due, ok := durationIn(sentence, now, hours); ok {
		return due, true
	}
	day, rest, named := dayIn(sentence, now)
	minute, exact, told := minuteIn(rest)
	switch {
	case !named && !told:
		return time.Time{}, false
	case !told:
		minute = hours.closing(day, now)
	case minute == closingTime:
		minute = hours.closing(day, now)
	case !exact && minute < 8*60:
		minute += 12 * 60 // nobody promises "before 5" for the night
	}
	due := at(day, minute)
	if told && !exact && !due.After(now) && minute < 12*60 {
		due = at(day, minute+12*60)
	}
	if !named && !due.After(now) {
		due = at(day.AddDate(0, 0, 1), minute)
	}
	return due, due.After(now)
}

func at(day time.Time, minute Minute) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, int(minute), 0, 0, day.Location())
}

// closing is when the desk closes on a day; of a day that is over already, its end.
func (h Hours) closing(day, now time.Time) Minute {
	end := time.Time{}
	for _, s := range h.around(at(day, endOfMorning)) {
		if sameDay(s.from, day) && s.to.After(end) {
			end = s.to
		}
	}
	minute := usualClosing
	switch {
	case end.IsZero():
	case !sameDay(end, day):
		minute = endOfDay
	default:
		minute = Minute(end.In(h.Zone).Hour()*60 + end.In(h.Zone).Minute())
	}
	if sameDay(day, now) && !at(day, minute).After(now) {
		return endOfDay
	}
	return minute
}

func sameDay(a, b time.Time) bool {
	a = a.In(b.Location())
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

var (
	durationEnglish = regexp.MustCompile(`\b(?:in|within|takes?|less than)(?: about| around| the next| at most| less than| under)? (half an?|an?|the next|the|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|\d+)(?:\s?(?:-|–|to|or)\s?(\d+|two|three|four|five))? ?(minute|min|hour|hr|h|working day|business day|day|week)s?\b`)
	durationSpanish = regexp.MustCompile(`(?:^|\s)(?:en|dentro de)(?: menos de| un máximo de| unos| unas| aproximadamente| las próximas| los próximos)? (media|una?|dos|tres|cuatro|cinco|seis|siete|ocho|diez|quince|veinte|treinta|\d+)(?:\s?(?:-|–|a|o)\s?(\d+|dos|tres|cuatro|cinco))? ?(minuto|min|hora|h|día hábil|días hábile|día laborable|días laborable|día|semana)s?(?:[^\p{L}]|$)`)
	durationChinese = regexp.MustCompile(`(半个?|\d+|[一二两三四五六七八九十]+)(?:[-~—到至](\d+|[一二两三四五六七八九十]+))?\s?个?(半)?(分钟|小时|钟头|天|工作日|星期|周|礼拜)(?:之内|以内|内|后|之后|左右)`)
)

// durationIn reads "within two hours"; of a range, the longer.
func durationIn(s string, now time.Time, hours Hours) (time.Time, bool) {
	half := 0.0
	m := durationEnglish.FindStringSubmatch(s)
	if m == nil {
		m = durationSpanish.FindStringSubmatch(s)
	}
	if m == nil {
		if m = durationChinese.FindStringSubmatch(s); m == nil {
			return time.Time{}, false
		}
		if m[3] != "" {
			half = 0.5
		}
		m = []string{m[0], m[1], m[2], m[4]}
	}
	n, ok := numberOf(m[1])
	if more, found := numberOf(m[2]); found {
		n = max(n, more)
	}
	if !ok || n+half <= 0 {
		return time.Time{}, false
	}
	return after(now, n+half, m[3], hours), true
}

func after(now time.Time, n float64, unit string, hours Hours) time.Time {
	switch {
	case strings.HasPrefix(unit, "min") || unit == "分钟":
		return now.Add(time.Duration(n * float64(time.Minute)))
	case strings.HasPrefix(unit, "h") || unit == "小时" || unit == "钟头":
		return now.Add(time.Duration(n * float64(time.Hour)))
	case strings.HasPrefix(unit, "week") || strings.HasPrefix(unit, "semana") || unit == "周" || unit == "星期" || unit == "礼拜":
		day := now.AddDate(0, 0, int(7*n))
		return at(day, hours.closing(day, now))
	}
	day := now
	working := unit == "工作日" || strings.Contains(unit, "working") || strings.Contains(unit, "business") || strings.Contains(unit, "hábil") || strings.Contains(unit, "laborable")
	for left := max(1, int(n)); left > 0; {
		day = day.AddDate(0, 0, 1)
		if !working || day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			left--
		}
	}
	return at(day, hours.closing(day, now))
}

var numberWords = map[string]float64{"half a": 0.5, "half an": 0.5, "media": 0.5, "半": 0.5, "半个": 0.5, "a": 1, "an": 1, "the": 1, "the next": 1, "one": 1, "un": 1, "una": 1,
	"two": 2, "dos": 2, "three": 3, "tres": 3, "four": 4, "cuatro": 4, "five": 5, "cinco": 5, "six": 6, "seis": 6, "seven": 7, "siete": 7,
	"eight": 8, "ocho": 8, "nine": 9, "nueve": 9, "ten": 10, "diez": 10, "eleven": 11, "once": 11, "twelve": 12, "doce": 12, "fifteen": 15, "quince": 15, "twenty": 20, "veinte": 20, "thirty": 30, "treinta": 30}

// numberOf reads a number in figures or, up to 99 in Chinese, in words.
func numberOf(s string) (float64, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return float64(n), n < 1000
	}
	if n, ok := numberWords[s]; ok {
		return n, true
	}
	total, digit, any := 0, 0, false
	for _, r := range s {
		if r == '十' {
			total, digit, any = 10*max(1, digit), 0, true
			continue
		}
		i := strings.IndexRune(digits, r)
		if i < 0 {
			return 0, false
		}
		if digit = i / 3; r == '两' {
			digit = 2
		}
		any = true
	}
	return float64(total + digit), any
}

const digits = "零一二三四五六七八九两" // three bytes each
