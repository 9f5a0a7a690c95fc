package evidence

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// mutant is a draft that changes one checkable fact of a true answer.
type mutant struct {
	how, text string
}

// mutants makes them without the help of the code under test: by patterns over the written answer.
func mutants(a answer, language string) []mutant {
	text := a.in(language)
	var out []mutant
	add := func(how, s string) {
		if s != text {
			out = append(out, mutant{how, s})
		}
	}
	for _, m := range anyNumber.FindAllStringIndex(text, -1) {
		old := text[m[0]:m[1]]
		for _, n := range otherNumbers(old, a) {
			add("number in digits", text[:m[0]]+n+text[m[1]:])
			add("number in wide digits", text[:m[0]]+wide(n)+text[m[1]:])
		}
	}
	counted := countedNumber[language]
	for _, m := range counted.FindAllStringSubmatchIndex(text, -1) {
		if m[2] > 0 && strings.ContainsRune(".,–-", rune(text[m[2]-1])) {
			continue // the end of a longer number
		}
		old, _ := strconv.Atoi(text[m[2]:m[3]])
		for _, n := range []int{old + 1, old + 4, old * 2} {
			if !stands(strconv.Itoa(n), a) && spell(n, language) != "" {
				add("number in words", text[:m[2]]+spell(n, language)+text[m[3]:])
			}
		}
	}
	for _, s := range swaps[language] {
		re := regexp.MustCompile(s.old)
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			add(s.how, text[:m[0]]+string(re.ExpandString(nil, s.new, text, m))+text[m[1]:])
		}
	}
	for _, p := range promises {
		if p.unless.MatchString(a.ZH + a.EN + a.ES) {
			continue
		}
		for _, said := range p.texts[language] {
			add("promise", text+said)
			add("promise", strings.TrimSpace(said)+" "+text)
		}
	}
	return out
}

var anyNumber = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// stands tells whether a number is somewhere in the answer, so that saying it might be no lie.
func stands(n string, a answer) bool {
	for _, l := range languages {
		for _, m := range anyNumber.FindAllString(a.in(l), -1) {
			if strings.Trim(strings.ReplaceAll(m, ",", "."), "0.") == strings.Trim(n, "0.") {
				return true
			}
		}
	}
	return false
}

func otherNumbers(old string, a answer) []string {
	if n, err := strconv.Atoi(old); err == nil && len(old) < 7 {
		var out []string
		for _, m := range []int{n + 1, n*2 + 1, n + 10} {
			if s := strconv.Itoa(m); !stands(s, a) {
				out = append(out, fmt.Sprintf("%0*s", len(old), s))
			}
		}
		return out
	}
	last := old[len(old)-1]
	return []string{old[:len(old)-1] + string('0'+(last-'0'+3)%10), string('1'+(old[0]-'0')%9) + old[1:]}
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

var countedNumber = map[string]*regexp.Regexp{
	"zh": regexp.MustCompile(`(\d{1,3})(?:个工作日|天|小时|分钟|周|个月|件|张|次|积分|元|欧元|美元|英镑|厘米|公斤|晚|岁|毫升|瓦)`),
	"en": regexp.MustCompile(`\b(\d{1,3}) (?:working days|business days|days|weeks|months|hours|minutes|items|photos|points|times|instalments|nights|interest-free|years|kg|cm|ml|watts)`),
	"es": regexp.MustCompile(`\b(\d{1,3}) (?:días laborables|días|semanas|meses|horas|minutos|artículos|unidades|fotos|puntos|veces|plazos|noches|años|kg|cm|ml|vatios|€|£|dólares)`),
}

func spell(n int, language string) string {
	switch {
	case n < 2 || n > 199:
		return ""
	case language == "zh":
		return spellZH(n)
	case language == "en":
		return spellEN(n)
	}
	return spellES(n)
}

func spellZH(n int) string {
	d := []rune("零一二三四五六七八九")
	switch {
	case n == 2:
		return "两"
	case n < 10:
		return string(d[n])
	case n < 20:
		return strings.TrimSuffix("十"+string(d[n-10]), "零")
	case n < 100:
		return strings.TrimSuffix(string(d[n/10])+"十"+string(d[n%10]), "零")
	case n == 100:
		return "一百"
	case n < 110:
		return "一百零" + string(d[n%10])
	}
	return strings.TrimSuffix("一百"+string(d[n/10%10])+"十"+string(d[n%10]), "零")
}

func spellEN(n int) string {
	small := strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens := strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	switch {
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + small[n%10]
	case n == 100:
		return "a hundred"
	}
	return "one hundred and " + spellEN(n-100)
}

func spellES(n int) string {
	small := strings.Fields("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve " +
		"veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve")
	tens := strings.Fields("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
	switch {
	case n < 30:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + " y " + small[n%10]
	case n == 100:
		return "cien"
	}
	return "ciento " + spellES(n-100)
}

// swap replaces a pattern by something that says another thing.
type swap struct{ how, old, new string }

var swaps = map[string][]swap{
	"zh": {
		{"unit", `天内`, "周内"}, {"unit", `天内`, "个月内"}, {"unit", `(\d)天`, "${1}个工作日"}, {"unit", `个工作日`, "天"}, {"unit", `小时`, "天"}, {"unit", `分钟`, "小时"}, {"unit", `(\d|两)周`, "${1}个月"},
		{"unit", `个月`, "年"}, {"unit", `厘米`, "毫米"}, {"unit", `公斤`, "斤"}, {"unit", `毫升`, "升"}, {"unit", `(\d)晚`, "${1}小时"}, {"unit", `(\d)件`, "${1}双"}, {"unit", `两年`, "两个月"},
		{"currency", `欧元`, "元"}, {"currency", `欧元`, "英镑"}, {"currency", `(\d)元`, "${1}美元"}, {"currency", `(\d)元`, "${1}欧元"}, {"currency", `美元`, "元"}, {"currency", `英镑`, "欧元"},
		{"percent", `(\d+)%`, "${1}元"}, {"percent", `八折`, "七折"}, {"percent", `九折`, "8折"}, {"percent", `九五折`, "85折"}, {"percent", `85折`, "75折"}, {"percent", `半价`, "八折"},
		{"code", `WELCOME10`, "WELCOME1O"}, {"code", `WELCOME10`, "WELCOME"}, {"code", `HELLO5`, "HALLO5"}, {"code", `FD-20261123`, "FD-20261132"}, {"code", `SF1029384756`, "SF1029384765"}, {"code", `DHL`, "UPS"}, {"code", `SF`, "EMS"},
		{"link", `lindenhome\.example/(\w)`, "lindenhome.example/x$1"}, {"link", `lindenhome\.example`, "linden-home.example"}, {"link", `/orders`, "/order"}, {"link", `care@`, "help@"}, {"link", `lindenhome\.example`, "lindenhome.example.com"},
		{"date", `11月`, "12月"}, {"date", `2月`, "3月"}, {"date", `周五`, "周六"}, {"date", `周一`, "周二"}, {"date", `12月`, "10月"}, {"date", `(\d)日`, "${1}1日"},
		{"condition", `满(\d)`, "不满$1"}, {"condition", `天内`, "天后"}, {"condition", `小时内`, "小时后"}, {"condition", `之前`, "之后"}, {"condition", `最多`, "至少"}, {"condition", `最重`, "至少"}, {"condition", `超过`, "低于"},
		{"condition", `以下`, "以上"}, {"condition", `下午3点前`, "下午3点后"}, {"condition", `年满`, "不满"}, {"condition", `新客`, "老客"}, {"condition", `(\d)件起`, "${1}件以下"},
		{"place", `美国`, "英国"}, {"place", `英国`, "美国"}, {"place", `西班牙半岛`, "巴利阿里群岛"}, {"place", `加那利群岛`, "休达"}, {"place", `中国`, "日本"}, {"size", `M码`, "S码"}, {"size", `L码`, "XL码"}, {"size", `180/96A`, "180/92A"},
		{"time", `下午3点`, "上午3点"}, {"time", `18:00`, "20:00"}, {"subject", `2至3天，寄往加那利群岛7至10天`, "7至10天，寄往加那利群岛2至3天"}, {"subject", `金卡(.*)九折，银卡(.*)九五折`, "金卡${1}九五折，银卡${2}九折"},
		{"free", `免运费`, "运费5欧元"}, {"size", `EU 42`, "EU 45"}, {"second", `第二件`, "第三件"},
	},
	"en": {
		{"unit", `\bdays`, "weeks"}, {"unit", `working days|business days`, "days"}, {"unit", `(\d) days`, "$1 working days"}, {"unit", `hours`, "days"}, {"unit", `minutes`, "hours"}, {"unit", `weeks`, "months"}, {"unit", `months`, "years"},
		{"unit", `two-year`, "two-month"}, {"unit", `\bcm`, "mm"}, {"unit", `\bkg`, "lb"}, {"unit", `\bml`, "l"}, {"unit", `photos`, "boxes"}, {"unit", `nights`, "hours"}, {"unit", `(\d) items`, "$1 pairs"}, {"unit", `instalments`, "weeks"},
		{"currency", `€`, "£"}, {"currency", `€`, "$$"}, {"currency", `¥`, "€"}, {"currency", `¥`, "$$"}, {"currency", `£`, "€"}, {"currency", `\$`, "€"}, {"currency", `€(\d+(?:\.\d+)?)`, "$1 yuan"}, {"currency", `¥(\d+)`, "$1 dollars"},
		{"percent", `(\d+)%`, "€$1"}, {"percent", `20%`, "thirty percent"}, {"percent", `10%`, "fifteen per cent"}, {"percent", `half price`, "30% off"},
		{"code", `WELCOME10`, "WELCOME1O"}, {"code", `WELCOME10`, "WELCOME"}, {"code", `HELLO5`, "HALLO5"}, {"code", `FD-20261123`, "FD-20261132"}, {"code", `SF1029384756`, "SF1029384765"}, {"code", `DHL`, "UPS"}, {"code", `by SF`, "by EMS"},
		{"link", `lindenhome\.example/(\w)`, "lindenhome.example/x$1"}, {"link", `lindenhome\.example`, "linden-home.example"}, {"link", `/orders`, "/order"}, {"link", `care@`, "help@"}, {"link", `lindenhome\.example`, "lindenhome.example.com"}, {"link", `size-guide`, "size_guide"},
		{"date", `November`, "December"}, {"date", `December`, "January"}, {"date", `February`, "March"}, {"date", `Friday`, "Saturday"}, {"date", `Monday`, "Tuesday"}, {"date", `23 November`, "the 24th of November"}, {"date", `(\d+) November`, "Nov 5th"},
		{"condition", `over (€)`, "under $1"}, {"condition", `[Ww]ithin (\d)`, "after $1"}, {"condition", `before (\d)`, "after $1"}, {"condition", `at most`, "at least"}, {"condition", `up to`, "at least"}, {"condition", `below`, "above"}, {"condition", `more than`, "less than"},
		{"condition", `at least`, "less than"}, {"condition", `until (\d)`, "from $1"}, {"condition", `New customers`, "Existing customers"}, {"condition", `from (¥\d+)`, "under $1"}, {"condition", `from (20 items)`, "up to $1"}, {"condition", `minimum`, "maximum"},
		{"place", `the US`, "the UK"}, {"place", `the UK`, "the US"}, {"place", `mainland Spain`, "the Balearic Islands"}, {"place", `the Canary Islands`, "Ceuta"}, {"place", `China`, "Japan"}, {"size", `size M`, "size S"}, {"size", `size L`, "size XL"}, {"size", `180/96A`, "180/92A"},
		{"time", `(\d) pm`, "$1 am"}, {"time", `(\d) am`, "$1 pm"}, {"time", `6 pm`, "20:00"}, {"subject", `2–3 days to mainland Spain and 7–10 days to`, "7–10 days to mainland Spain and 2–3 days to"},
		{"subject", `Gold members get 10% off in their birthday month, silver members 5% off`, "Gold members get 5% off in their birthday month, silver members 10% off"},
		{"free", `Shipping is free`, "Returns are free"}, {"size", `EU 42`, "EU 45"}, {"second", `second`, "third"}, {"duration", `two-year`, "five-year"}, {"duration", `six months`, "nine months"}, {"duration", `one year`, "two years"},
	},
	"es": {
		{"unit", `días`, "semanas"}, {"unit", `días laborables`, "días"}, {"unit", `(\d) días( siguientes| desde|[.;,])`, "$1 días laborables$2"}, {"unit", `horas`, "días"}, {"unit", `minutos`, "horas"}, {"unit", `semanas`, "meses"}, {"unit", `meses`, "años"},
		{"unit", `dos años`, "dos meses"}, {"unit", `\bcm`, "mm"}, {"unit", `\bkg`, "g"}, {"unit", `\bml`, "l"}, {"unit", `(\d) fotos`, "$1 cajas"}, {"unit", `noches`, "horas"}, {"unit", `unidades`, "pares"}, {"unit", `plazos`, "semanas"},
		{"currency", `€`, "£"}, {"currency", `€`, "dólares"}, {"currency", `¥`, "€"}, {"currency", `£`, "€"}, {"currency", `dólares|USD`, "euros"}, {"currency", `¥(\d+)`, "$1 dólares"}, {"currency", `(\d) €`, "$1 yuanes"},
		{"percent", `(\d+) %`, "$1 €"}, {"percent", `20 %`, "treinta por ciento"}, {"percent", `10 %`, "quince por ciento"}, {"percent", `mitad de precio`, "un 30 % menos"},
		{"code", `WELCOME10`, "WELCOME1O"}, {"code", `WELCOME10`, "WELCOME"}, {"code", `HELLO5`, "HALLO5"}, {"code", `FD-20261123`, "FD-20261132"}, {"code", `SF1029384756`, "SF1029384765"}, {"code", `DHL`, "UPS"}, {"code", `con SF`, "con EMS"},
		{"link", `lindenhome\.example/(\w)`, "lindenhome.example/x$1"}, {"link", `lindenhome\.example`, "linden-home.example"}, {"link", `/orders`, "/order"}, {"link", `care@`, "ayuda@"}, {"link", `lindenhome\.example`, "lindenhome.example.com"},
		{"date", `noviembre`, "diciembre"}, {"date", `diciembre`, "enero"}, {"date", `febrero`, "marzo"}, {"date", `viernes`, "sábado"}, {"date", `lunes`, "martes"}, {"date", `23 de noviembre`, "24/11"}, {"date", `\d+ de noviembre`, "cinco de noviembre"},
		{"condition", `superiores a`, "inferiores a"}, {"condition", `en un plazo de (\d)`, "después de $1"}, {"condition", `antes de las`, "después de las"}, {"condition", `como máximo`, "como mínimo"}, {"condition", `hasta (\d)`, "desde $1"}, {"condition", `menos de`, "más de"},
		{"condition", `más de`, "menos de"}, {"condition", `al menos`, "menos de"}, {"condition", `nuevos clientes`, "clientes habituales"}, {"condition", `a partir de`, "hasta"}, {"condition", `un mínimo de`, "un máximo de"}, {"condition", `hasta el`, "a partir del"},
		{"place", `Estados Unidos`, "Reino Unido"}, {"place", `el Reino Unido`, "Francia"}, {"place", `la península`, "Baleares"}, {"place", `Canarias`, "Ceuta"}, {"place", `China`, "Japón"}, {"size", `talla M`, "talla S"}, {"size", `talla L`, "talla XL"}, {"size", `180/96A`, "180/92A"},
		{"time", `15:00`, "3:00"}, {"time", `18:00`, "las 8 de la tarde"}, {"subject", `de 2 a 3 días a la península y de 7 a 10 días a`, "de 7 a 10 días a la península y de 2 a 3 días a"},
		{"subject", `Oro tienen un 10 % en el mes de su cumpleaños; los socios Plata, un 5 %`, "Oro tienen un 5 % en el mes de su cumpleaños; los socios Plata, un 10 %"},
		{"free", `El envío es gratis`, "La devolución es gratis"}, {"size", `EU 42`, "EU 45"}, {"second", `segunda`, "tercera"}, {"duration", `dos años`, "cinco años"}, {"duration", `seis meses`, "nueve meses"}, {"duration", `un año`, "dos años"},
	},
}

// promise is something that an answer does not say unless the pattern finds it in one of its languages.
type promise struct {
	unless *regexp.Regexp
	texts  map[string][]string
}

var promises = []promise{
	{regexp.MustCompile(`(?i)免|不收|承担|free|charge|we pay|grat|nosotros`), map[string][]string{
		"zh": {"这项服务是免费的。", "我们包邮。", "不收任何费用。"}, "en": {" It is completely free.", " You get it at no cost.", " We won't charge you for it."}, "es": {" Es totalmente gratis.", " No te cuesta nada.", " Es sin coste alguno."}}},
	{regexp.MustCompile(`(?i)永远|总是|always|siempre`), map[string][]string{
		"zh": {"我们永远如此。", "总是这样的。"}, "en": {" We always do this.", " This holds at all times."}, "es": {" Siempre es así.", " Es así en todo momento."}}},
	{regexp.MustCompile(`(?i)保证|一定|guarant|definitely|garant`), map[string][]string{
		"zh": {"我们保证。", "一定会准时送到。", "肯定没问题。"}, "en": {" That is guaranteed.", " It will definitely arrive.", " We promise."}, "es": {" Está garantizado.", " Te lo garantizamos.", " Seguro que llega."}}},
	{regexp.MustCompile(`(?i)任何|所有|全场|每件|\bany\b|all items|every|each item|cada artículo|todos los artículos|每卖出`), map[string][]string{
		"zh": {"任何商品都适用。", "所有订单都可以。"}, "en": {" Any item qualifies.", " It works for every order."}, "es": {" Vale para cualquier artículo.", " Sirve para todos los pedidos."}}},
	{regexp.MustCompile(`(?i)终身|lifetime|vida`), map[string][]string{
		"zh": {"终身有效。", "次数不限。"}, "en": {" You have a lifetime warranty.", " There is no limit."}, "es": {" Dura de por vida.", " Sin límite."}}},
	{regexp.MustCompile(`(?i)从不|never|nunca`), map[string][]string{
		"zh": {"我们从不涨价。", "绝不会晚到。"}, "en": {" It never takes longer.", " You will never wait."}, "es": {" Nunca tarda más.", " Jamás sube de precio."}}},
}
