package bot

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// span is a stretch of whole days, from its first midnight to the one after its last.
type span struct{ from, to time.Time }

// daysIn are the days that a text names, as they stand on the calendar of now's zone: tomorrow, 25号, el jueves, December 1st.
// A number or a name that may mean two days is the nearer one; what is said to be over is left out.
func daysIn(text string, now time.Time) []span {
	d := &dayReader{text: strings.ToLower(text), today: midnight(now)}
	d.relative()
	d.weeks()
	d.dates()
	d.weekdays()
	return d.found
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

type dayReader struct {
	text  string
	today time.Time
	found []span
}

// add keeps days counted from today: the first, and how many.
func (d *dayReader) add(from, length int) {
	d.found = append(d.found, span{d.today.AddDate(0, 0, from), d.today.AddDate(0, 0, from+length)})
}

// take returns what a pattern finds, and takes it out of the text so that nothing else reads it again.
func (d *dayReader) take(pattern *regexp.Regexp) (found [][]string) {
	found = pattern.FindAllStringSubmatch(d.text, -1)
	d.text = pattern.ReplaceAllString(d.text, " , ")
	return found
}

// relativeDays are words for days from today on, those that hold others first.
var relativeDays = []struct {
	pattern      *regexp.Regexp
	from, length int
}{
	{regexp.MustCompile(`\b(?:in|for|by|during) the (?:morning|afternoon|evening)|\b(?:por|de|en) la mañana|\besta mañana|\btodas las mañanas|\bayer[^.]{0,3}por la mañana|\b(?:the )?day before yesterday|\byesterday|\banteayer|\bayer|前天|昨天|昨日|昨儿|琴日|噚日`), 0, 0},
	{regexp.MustCompile(`大后天|大後天|大后日`), 3, 1},
	{regexp.MustCompile(`后天|後天|后日|後日|\b(?:the )?day after tomorrow|\bovermorrow|\bpasado mañana`), 2, 1},
	{regexp.MustCompile(`明天|明日|明儿|明早|明晚|明朝|听日|聽日|\btomorrow|\btmrw\b|\btmr\b|\btomorro\b|\btomoz\b|\b2moro\b|\b2morrow\b|\bmañana`), 1, 1},
	{regexp.MustCompile(`今天|今日|今晚|今儿|\btoday|\btonight|\bhoy|\besta noche|\besta tarde`), 0, 1},
	{regexp.MustCompile(`过几天|過幾天|过两天|過兩天|这几天|這幾天|那几天|这两天|接下来几天|\b(?:in|over) (?:the next|a) (?:few|couple(?: of)?) days|\bnext few days|\bthese days|\ben unos días|\bestos días|\bpróximos días`), 0, 5},
}

func (d *dayReader) relative() {
	for _, r := range relativeDays {
		if len(d.take(r.pattern)) > 0 && r.length > 0 {
			d.add(r.from, r.length)
		}
	}
	for _, m := range d.take(inDays) {
		if n := count(m[1] + m[2] + m[3]); n > 0 && n <= 60 {
			d.add(n, 1)
		}
	}
}

var (
	inDays    = regexp.MustCompile(`\bin (\d{1,2}|two|three|four|five|six|seven|ten) days\b|\b(?:en|dentro de) (\d{1,2}|dos|tres|cuatro|cinco|seis|siete|diez) días|([0-9一二三四五六七八九十两]{1,3})天(?:之后|以后|后)`)
	weekends  = regexp.MustCompile(`\b(?:this|the|at|on the|over the|next)? ?weekend|\b(?:este |el )?(?:fin de semana|finde)\b|(?:这|本|下)?个?周末|双休日`)
	nextWeeks = regexp.MustCompile(`\bnext week\b|\bla semana que viene|\bla pr[oó]xima semana|\bla semana pr[oó]xima|下个?(?:周|星期|礼拜)(?:[^一二三四五六日天末]|$)`)
	monthEnds = regexp.MustCompile(`\bend of (?:the|this) month|\b(?:a )?(?:fin|finales|final) de(?:l)? mes\b|月底`)
)

func (d *dayReader) weeks() {
	monday := -(int(d.today.Weekday()) + 6) % 7 // from today
	if len(d.take(weekends)) > 0 {
		d.add(monday+5, 2)
	}
	if len(d.take(nextWeeks)) > 0 {
		d.add(monday+7, 7)
	}
	if len(d.take(monthEnds)) > 0 {
		last := time.Date(d.today.Year(), d.today.Month()+1, 1, 0, 0, 0, 0, d.today.Location())
		d.found = append(d.found, span{last.AddDate(0, 0, -4), last})
	}
}

// monthNames begin as the names of the months do, in English and Spanish.
var monthNames = map[string]time.Month{"jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8,
	"sep": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12}

const monthPattern = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?` +
	`|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)`

var (
	monthFirst = regexp.MustCompile(`\b` + monthPattern + `\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b`)
	dayFirst   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?(?: of| de)? ` + monthPattern + `\b`)
	hanDate    = regexp.MustCompile(`([0-9一二三四五六七八九十]{1,3})月([0-9一二三四五六七八九十]{1,3})(?:日|号|號)?`)
	hanDay     = regexp.MustCompile(`(?:^|[^0-9一二三四五六七八九十单号])([0-9一二三四五六七八九十]{1,3})(?:号|號|日)(?:$|[^楼店仓码线店口])`)
	onTheDay   = regexp.MustCompile(`\b(?:the )(\d{1,2})(?:st|nd|rd|th)\b|\b(?:el|del) (?:día )?(\d{1,2})(?:$|[^\d,.:€%/] ?|[,.?!] ?$)|\bdía (\d{1,2})\b`)
)

func (d *dayReader) dates() {
	for _, m := range d.take(monthFirst) {
		d.date(int(monthNames[m[1][:3]]), count(m[2]))
	}
	for _, m := range d.take(dayFirst) {
		d.date(int(monthNames[m[2][:3]]), count(m[1]))
	}
	for _, m := range d.take(hanDate) {
		d.date(count(m[1]), count(m[2]))
	}
	for _, m := range append(d.take(hanDay), d.take(onTheDay)...) {
		d.dayOfMonth(count(strings.Join(m[1:], "")))
	}
}

// date keeps a day of a month in the year in which it is nearest.
func (d *dayReader) date(month, day int) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return
	}
	d.nearest(func(i int) time.Time {
		return time.Date(d.today.Year()+i, time.Month(month), day, 0, 0, 0, 0, d.today.Location())
	})
}

func (d *dayReader) dayOfMonth(day int) {
	if day < 1 || day > 31 {
		return
	}
	d.nearest(func(i int) time.Time {
		return time.Date(d.today.Year(), d.today.Month()+time.Month(i), day, 0, 0, 0, 0, d.today.Location())
	})
}

// nearest keeps the nearest of the candidates −1, 0 and 1.
func (d *dayReader) nearest(candidate func(int) time.Time) {
	best := candidate(0)
	for _, i := range []int{-1, 1} {
		if c := candidate(i); c.Sub(d.today).Abs() < best.Sub(d.today).Abs() {
			best = c
		}
	}
	d.found = append(d.found, span{best, best.AddDate(0, 0, 1)})
}

var (
	pastDay  = regexp.MustCompile(`\b(?:last|since|past) ` + weekdayPattern + `|\b` + weekdayPattern + ` (?:pasado|last)|\bpasado ` + weekdayPattern + `|上个?(?:周|星期|礼拜)[一二三四五六日天末]?`)
	bought   = regexp.MustCompile(`\b(?:i|we|i've|we've|just|already)? ?(?:paid|ordered|bought|placed|shipped|delivered)\b|\b(?:compré|pedí|pagué|hice el pedido|compramos|pedimos|encargué|llegó|salió)(?:$|[\s\p{P}])|拍的|下的单|买的|买了|付了|下单了|签收`)
	weekdayZ = regexp.MustCompile(`(下?)个?(?:这|本)?(?:周|星期|礼拜)([一二三四五六日天])`)
	weekdayL = regexp.MustCompile(`\b(next |pr[oó]ximo )?` + weekdayPattern + `\b( que viene| pr[oó]ximo)?`)
)

const weekdayPattern = `(monday|tuesday|tues|wednesday|weds|thursday|thurs|friday|saturday|sunday|lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo)`

// weekdayNames begin as the names of the days do; Sunday is 0.
var weekdayNames = map[string]int{"su": 0, "mo": 1, "tu": 2, "we": 3, "th": 4, "fr": 5, "sa": 6, "do": 0, "lu": 1, "ma": 2, "mi": 3, "ju": 4, "vi": 5, "sá": 6,
	"日": 0, "天": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}

// weekdays reads names of days as the next such day, where nothing tells of what was done then.
func (d *dayReader) weekdays() {
	d.take(pastDay)
	if bought.MatchString(d.text) {
		return
	}
	for _, m := range d.take(weekdayZ) {
		d.weekday(m[2], m[1] != "", true)
	}
	for _, m := range d.take(weekdayL) {
		d.weekday(m[2], m[1]+m[3] != "", false)
	}
}

// weekday keeps the day of this name: of next week where the text says so in Chinese, where it says exactly that; else the next
// one, or with "next" either of the next two.
func (d *dayReader) weekday(name string, next, han bool) {
	short := name
	if !han {
		short = string([]rune(name)[:2])
	}
	ahead := (weekdayNames[short] - int(d.today.Weekday()) + 7) % 7
	if han && next {
		d.add(7-(int(d.today.Weekday())+6)%7+(weekdayNames[short]+6)%7, 1)
		return
	}
	d.add(ahead, 1)
	if next {
		d.add(ahead+7, 1)
	}
}

var countWords = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
	"seis": 6, "siete": 7, "diez": 10}

// count reads a small number in figures or words; 0 where it is none.
func count(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if n, ok := countWords[s]; ok {
		return n
	}
	tens, digit := 0, 0
	for _, r := range s {
		i := strings.IndexRune("零一二三四五六七八九", r)
		switch {
		case r == '十':
			tens, digit = 10*max(1, digit), 0
		case r == '两':
			digit = 2
		case i < 0:
			return 0
		default:
			digit = i / 3
		}
	}
	return tens + digit
}
