package conversation

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The kinds of number.
const (
	NumberOrder  = "order"
	NumberParcel = "parcel"
)

// Number is an order's or a parcel's number that a shopper wrote. Nobody has looked whether it exists, or whose it is.
type Number struct {
	Kind  string `json:"kind"` // order or parcel
	Value string `json:"value"`
	Seq   int64  `json:"seq"`
}

var (
	codePattern   = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(#?[A-Za-z]{1,4}[-–_]?[0-9]{4,20}(?:[-–][0-9]{1,8})?[A-Za-z]{0,3}|1Z[0-9A-Za-z]{16})(?:$|[^0-9A-Za-z])`)
	afterWord     = regexp.MustCompile(`(?i)(?:订单号?码?|单号|编号|运单号?|快递号|order(?: number| no\.?| nr\.?| id)?|tracking(?: number| no\.?| code)?|parcel(?: number| no\.?)?|(?:número|numero|nº|n\.º|núm\.?)(?: de)?(?: pedido| seguimiento| envío)?|pedido(?: número| numero| nº)?|seguimiento|#)(?:\s|[:：#=]|是|为|is|es|，|,)*([0-9][0-9-]{2,22}[0-9])`)
	digitsPattern = regexp.MustCompile(`(?:^|[^0-9A-Za-z.+-])([0-9]{4,22})(?:$|[^0-9A-Za-z-])`)
	mobilePattern = regexp.MustCompile(`^1[3-9][0-9]{9}$|^[679][0-9]{8}$`)
	carrierShape  = regexp.MustCompile(`^(?:SF|YT|JT|ZT|ZTO|STO|EMS|JD|JDV|DPK|YD|HT)[0-9]{10,}|^1Z[0-9A-Z]{16}$|^[A-Z]{2}[0-9]{9}[A-Z]{2}$`)
	parcelWords   = regexp.MustCompile(`(?i)快递|运单|物流|包裹|tracking|track|parcel|package|courier|seguimiento|env[ií]o|paquete`)
	numberWords   = regexp.MustCompile(`(?i)订单|单号|运单|快递号|order (?:number|no)|order id|tracking|número de (?:pedido|seguimiento)|nº de pedido|pedido`)
	otherCodes    = regexp.MustCompile(`(?i)优惠|券|折扣码|coupon|voucher|promo|discount|cup[oó]n|descuento|型号|model|modelo|邮编|postcode|zip|postal`)
	noCode        = regexp.MustCompile(`(?i)^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|eur|usd|gbp|rmb|cny|mxn|eu|us|uk|size|talla)[-–_]?[0-9]`)
)

// NumbersIn finds the numbers of orders and parcels in a text: codes with letters before their digits, and digits behind a
// word that says what they are. Whole texts of digits count where such a number was asked for, see MatterOf.
func NumbersIn(text string) []Number { return numbersIn(text, false) }

func numbersIn(text string, asked bool) (out []Number) {
	text = norm.NFKC.String(text)
	add := func(value string, at int) {
		value = strings.Trim(strings.TrimPrefix(strings.ToUpper(value), "#"), "-–_")
		if value != "" && !slices.ContainsFunc(out, func(n Number) bool { return n.Value == value }) {
			out = append(out, Number{Kind: kindOf(text, value, at), Value: value})
		}
	}
	for _, at := range codePattern.FindAllStringSubmatchIndex(text, -1) {
		if value := text[at[2]:at[3]]; !noCode.MatchString(value) && (!otherCodes.MatchString(text) || announced(text[:at[2]])) {
			add(value, at[2])
		}
	}
	for _, at := range afterWord.FindAllStringSubmatchIndex(text, -1) {
		add(text[at[2]:at[3]], at[2])
	}
	bare := strings.TrimSpace(text)
	for _, at := range digitsPattern.FindAllStringSubmatchIndex(text, -1) {
		value := text[at[2]:at[3]]
		long := len(value) >= 12 && !otherCodes.MatchString(text)
		if !mobilePattern.MatchString(value) && (long || asked && len(value)+12 >= len(bare)) && !contains(out, value) {
			add(value, at[2])
		}
	}
	return out
}

// announced says whether the words right before a code call it an order's or a parcel's.
func announced(before string) bool {
	runes := []rune(before)
	before = string(runes[max(0, len(runes)-16):])
	return (orderWord.MatchString(before) || parcelWords.MatchString(before)) && !otherCodes.MatchString(before)
}

// kindOf tells a parcel by the form of the number, or by the nearest word before it that says what it is.
func kindOf(text, value string, at int) string {
	if carrierShape.MatchString(value) {
		return NumberParcel
	}
	before := text[:at]
	parcel, order := lastIndex(parcelWords, before), lastIndex(orderWord, before)
	if parcel > order && at-parcel < 60 {
		return NumberParcel
	}
	return NumberOrder
}

var orderWord = regexp.MustCompile(`(?i)订单|order|pedido`)

func lastIndex(p *regexp.Regexp, text string) int {
	if all := p.FindAllStringIndex(text, -1); len(all) > 0 {
		return all[len(all)-1][0]
	}
	return -1
}

func contains(list []Number, digits string) bool {
	return slices.ContainsFunc(list, func(n Number) bool { return strings.Contains(n.Value, digits) })
}

// addNumbers adds what a message names, each number once.
func addNumbers(list []Number, m Message, asked bool) []Number {
	for _, n := range numbersIn(m.Body, asked) {
		n.Seq = m.Seq
		if !slices.ContainsFunc(list, func(o Number) bool { return o.Value == n.Value }) && len(list) < 10 {
			list = append(list, n)
		}
	}
	return list
}

// askedForNumber says whether the last thing that was said to the shopper asks for such a number.
func askedForNumber(before []Message) bool {
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].Author != ByShopper {
			return numberWords.MatchString(before[i].Body)
		}
	}
	return false
}

var deadlinePattern = regexp.MustCompile(`(?i)\b(?:by|before|until|no later than|not later than|latest) (?:the )?(?:this |next |end of (?:the )?)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:by|before|until|no later than) (?:the )?(?:tomorrow|tonight|today|the weekend|weekend|christmas(?: eve)?|new year|easter|(?:my|his|her|our|the) (?:birthday|wedding|party|trip|holiday|flight)|(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?(?: (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* [0-9]{1,2}(?:st|nd|rd|th)?)\b|\bwithin [0-9]{1,3} (?:hours?|days?|weeks?)\b` +
	`|\bantes (?:de la|de las|de los|del|de)\s(?:próximo |este |fin de |mi |su |la |el )*(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|mañana|semana|navidad|nochebuena|reyes|año nuevo|boda|cumpleaños|viaje|día [0-9]{1,2}|[0-9]{1,2}(?: de [a-z]+)?)|\bpara (?:el|este|mañana|la|mi)(?: próximo)?(?: (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|navidad|boda|cumpleaños|fin de semana|día [0-9]{1,2}|[0-9]{1,2} de [a-z]+))|\bpara mañana|\ben (?:menos de )?[0-9]{1,3} (?:horas|días)` +
	`|(?:(?:这|本|下)?个?(?:周|星期|礼拜)[一二三四五六日天末]|明天|后天|今天|今晚|月底|年底|[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}[号日]|春节|过年|国庆|中秋|圣诞节?|婚礼|生日|出差|旅行)[^，。！？,!?；]{0,8}?(?:之前|以前|前|就?要[用穿]\p{Han}{0,6}|之内)|[0-9一二三两]{1,2}(?:个)?(?:小时|天)之?内`)

// deadlineIn is the time by which something is needed, in the words of the text; "" where none is named.
func deadlineIn(text string) string {
	return strings.TrimSpace(deadlinePattern.FindString(norm.NFKC.String(text)))
}

// threatPattern is what a shopper says they will do about it. Who asks how to complain to the shop threatens nobody.
var threatPattern = newWording(`\b(?:(?:i'll|i will|i'm going to|or i|going to) (?:\w+ ){0,3}(?:complain|report|sue|dispute|chargeback|post|review|tell everyone)|(?:bad|one[- ]star|1[- ]star) review|consumer (?:protection|rights|council|association)|trading standards|small claims|my lawyer|my bank)|\b(?:(?:voy a|vamos a|os voy a|pienso) (?:poner|denunci|reclam|contar|publicar)|denunciar(?:os|é)?|hoja de reclamaciones|consumo\b|\bocu\b|mala reseña|mi abogad)`,
	`12315|12345|消协|消费者协会|工商|市场监管|(?:就|要|去|我)(?:去|要|就)?(?:投诉|举报|曝光|起诉)|打官司|给?差评|发到?(?:网上|微博|小红书|抖音)`)

// threatIn is the clause of a text in which its writer threatens to take it elsewhere; "" where none does.
func threatIn(text string) (threat string) {
	for _, sentence := range sentencesOf(text) {
		if strings.ContainsAny(sentence, "?？") {
			continue
		}
		for _, clause := range clauseEnd.Split(sentence, -1) {
			if threatPattern.MatchString(normal(clause)) {
				threat = cut(strings.Trim(clause, " 。.!！,，"), wantLength)
			}
		}
	}
	return threat
}

// results are what shoppers want to come of it.
var results = []struct {
	pattern    wording
	zh, en, es string
}{
	{newWording(`\b(?:exchange|swap|replace|replacement|different size|another size|the right one)|\b(?:cambi(?:o|ar|adme|ame|armel[oa])\b.{0,20}(?:talla|otr[oa]|color|artículo|por)|cambiar(?:lo|la|me)|c[aá]mbiame|recambio|sustitu)`, `换货|[想要能]换|换一|换个|换成|调换|换码|换尺码`), "换货", "an exchange", "un cambio"},
	{newWording(`\b(?:resend|re-send|send (?:me )?(?:a new|another|the (?:missing|right|correct))|reship)|\b(?:reenvi|reenví|volver a enviar|envi(?:ad|ar)me otr|mandad?me otr)`, `补发|重发|重新发|再发一|补寄`), "补发", "a new one sent", "que se lo envíen de nuevo"},
	{newWording(`\b(?:refund|money back|reimburs|wh(?:ere|en).{0,12}money)|\b(?:reembols|devolución del dinero|devu[eé]lv\S* (?:el|mi) dinero|devolved\S* (?:el|mi) dinero|mi dinero)`, `退款|钱呢|退钱|把钱退|钱退|退回来`), "退款", "a refund", "un reembolso"},
	{newWording(`\b(?:return (?:it|this|them|the|my|an|something)|send (?:it|them) back|how (?:do|can) i return)|\b(?:devolver|devuelvo|devolución)`, `退货|想退|要退|能退|怎么退`), "退货", "a return", "una devolución"},
	{newWording(`\b(?:cancel)|\b(?:cancel|anul)`, `取消|不要了`), "取消订单", "the order cancelled", "anular el pedido"},
	{newWording(`\b(?:compensat)|\b(?:compens|indemni)`, `赔|补偿`), "赔偿", "compensation", "una compensación"},
	{newWording(`\b(?:change|update|correct|wrong).{0,20}address|\b(?:cambi|modific|correg).{0,20}direcci[oó]n`, `(?:改|换|修改|变更).{0,6}地址|地址.{0,8}(?:改|换|错)`), "修改地址", "another address", "otra dirección"},
	{newWording(`\binvoice|\bfactura`, `发票`), "发票", "an invoice", "una factura"},
	{newWording(`\b(?:where(?:'s| is| are)|when (?:will|does|is).{0,30}(?:arriv|com|deliver|ship)|track(?:ing)?)\b|\b(?:d[oó]nde est[aá]|cu[aá]ndo (?:llega|me llega|llegar[aá])|seguimiento)`, `到哪|在哪|哪儿了|物流|什么时候(?:能)?(?:到|发)|多久(?:能)?(?:到|发)`), "包裹下落", "to know where the parcel is", "saber dónde está el paquete"},
}

// resultOf is the place of what a text wants to come of it among results, -1 where it does not say.
func resultOf(lower string) int {
	for i, r := range results {
		if r.pattern.MatchString(lower) {
			return i
		}
	}
	return -1
}

func resultIn(text, language string) string {
	i := resultOf(normal(text))
	if i < 0 {
		return ""
	}
	switch language {
	case "zh":
		return results[i].zh
	case "es":
		return results[i].es
	}
	return results[i].en
}

// A phone number is taken where its form leaves no doubt: international, or as it is written in China, Spain and North
// America. Other digits may be an order's.
var (
	emailPattern = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}`)
	phonePattern = regexp.MustCompile(`(?:^|[^0-9A-Za-z#+-])(\+[1-9][0-9](?:[ .()-]{0,2}[0-9]){5,12}|1[3-9][0-9](?:[ -]?[0-9]{4}){2}|[6-9][0-9]{2}(?:[ .-]?[0-9]{3}){2}|[6-9][0-9]{2}(?:[ .-][0-9]{2}){3}|\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4})(?:$|[^0-9A-Za-z-])`)
	notAPhone    = regexp.MustCompile(`(?i)订单|单号|快递|order|tracking|pedido|seguimiento`)
)

// ContactIn returns the first e-mail address and the first phone number in a text.
func ContactIn(text string) (contact Contact) {
	text = norm.NFKC.String(text)
	contact.Email = emailPattern.FindString(text)
	if m := phonePattern.FindStringSubmatch(emailPattern.ReplaceAllString(text, " ")); m != nil && !notAPhone.MatchString(text) {
		contact.Phone = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "").Replace(m[1])
	}
	return contact
}
