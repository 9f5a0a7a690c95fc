package evidence

// table is one meaning and the phrases for it, separated by "|", in folded form: lower case, no accents,
// simplified characters.
type table struct {
	class class
	id    int
	words string
	lang  lang // 0: any
}

// Units of the cUnit class. Durations come first, see duration.
const (
	uNone = iota
	uSecond
	uMinute
	uHour
	uDay
	uWeek
	uFortnight
	uQuincena
	uMonth
	uQuarter
	uYear
	uWorkday
	uWorkhour
	uMillimetre // from here: measures
	uCentimetre
	uMetre
	uKilometre
	uInch
	uFoot
	uGram
	uKilogram
	uJin
	uPound
	uOunce
	uMillilitre
	uLitre
	uDegree
	uWatt
	uGSM
	uPiece // from here: things counted
	uPair
	uOrder
	uTimes
	uPerson
	uPoint
	uPhoto
	uSet
	uPack
	uCard
	uStore
	uAge
	uStar
	uColour
	uDigit
	uLayer
	uMegabyte
	uGroupOfTen // 万-less marker, never in a text
)

// Currencies of the cCurrency class.
const (
	curCNY = iota + 1
	curUSD
	curEUR
	curGBP
	curJPY
	curHKD
	curTWD
	curMXN
	curAUD
	curCAD
	curKRW
	curCent
)

func tables() []table {
	var all []table
	for _, part := range [][]table{unitTables, moneyTables, calendarTables, numberTables, boundTables, promiseTables, groupTables, productTables, polarityTables, smallTables, scopeTables} {
		all = append(all, part...)
	}
	return all
}

var unitTables = []table{
	{cUnit, uSecond, "second|seconds|sec|secs|秒|秒钟|segundo|segundos", 0},
	{cUnit, uMinute, "minute|minutes|min|mins|分钟|minuto|minutos", 0},
	{cUnit, uHour, "hour|hours|hr|hrs|h|小时|个小时|钟头|个钟头|个钟|hora|horas", 0},
	{cUnit, uDay, "day|days|calendar day|calendar days|full day|full days|d|天|日|自然日|个自然日|天时间|dia|dias|dia natural|dias naturales|dias corridos|dias completos|natural days", 0},
	{cUnit, uWeek, "week|weeks|wk|wks|周|星期|个星期|礼拜|个礼拜|semana|semanas", 0},
	{cUnit, uFortnight, "fortnight|fortnights", 0},
	{cUnit, uQuincena, "quincena", 0},
	{cUnit, uMonth, "month|months|mo|mos|个月|月|mes|meses", 0},
	{cUnit, uQuarter, "quarter|quarters|季度|个季度|trimestre|trimestres", 0},
	{cUnit, uYear, "year|years|yr|yrs|年|周年|ano|anos", 0},
	{cUnit, uWorkday, "business day|business days|working day|working days|work day|work days|workday|workdays|weekday|weekdays|工作日|个工作日|工作天|个工作天|dia laborable|dias laborables|dia habil|dias habiles|dia laboral|dias laborales", 0},
	{cUnit, uWorkhour, "business hour|business hours|working hour|working hours|工作小时|个工作小时|hora laborable|horas laborables|horas habiles", 0},
	{cUnit, uMillimetre, "mm|millimetre|millimetres|millimeter|millimeters|毫米|milimetro|milimetros", 0},
	{cUnit, uCentimetre, "cm|cms|centimetre|centimetres|centimeter|centimeters|厘米|公分|centimetro|centimetros", 0},
	{cUnit, uMetre, "m|metre|metres|meter|meters|米|公尺|metro|metros", 0},
	{cUnit, uKilometre, "km|kms|kilometre|kilometres|kilometer|kilometers|公里|千米|kilometro|kilometros", 0},
	{cUnit, uInch, "inch|inches|英寸|寸|pulgada|pulgadas|\"", 0},
	{cUnit, uFoot, "ft|foot|feet|英尺|尺", 0},
	{cUnit, uGram, "g|gr|grs|gram|grams|gramme|grammes|克|gramo|gramos", 0},
	{cUnit, uKilogram, "kg|kgs|kilo|kilos|kilogram|kilograms|公斤|千克|kilogramo|kilogramos", 0},
	{cUnit, uJin, "斤|市斤", 0},
	{cUnit, uPound, "lb|lbs|磅", 0},
	{cUnit, uOunce, "oz|ounce|ounces|盎司|onza|onzas", 0},
	{cUnit, uMillilitre, "ml|millilitre|millilitres|milliliter|milliliters|毫升|mililitro|mililitros", 0},
	{cUnit, uLitre, "l|litre|litres|liter|liters|升|公升|litro|litros", 0},
	{cUnit, uDegree, "°|°c|° c|℃|degree|degrees|degrees celsius|degrees c|度|摄氏度|c|grado|grados|grados centigrados|º|ºc|º c", 0},
	{cUnit, uWatt, "w|watt|watts|瓦|vatios", 0},
	{cUnit, uGSM, "gsm|g/m²|g/m2|克重", 0},
	{cUnit, uPiece, "商品|产品|piece|pieces|item|items|unit|units|product|products|article|articles|garment|garments|thing|things|件|件商品|个商品|样|款|款商品|pieza|piezas|articulo|articulos|producto|productos|unidad|unidades|prenda|prendas|pc|pcs|个", 0},
	{cUnit, uPair, "pair|pairs|双|对|par|pares", 0},
	{cUnit, uOrder, "order|orders|purchase|purchases|订单|个订单|笔订单|单|笔|pedido|pedidos|compra|compras", 0},
	{cUnit, uTimes, "time|times|attempt|attempts|try|tries|次|回|遍|次机会|vez|veces|intento|intentos|instalments|installments|期|plazos|cuotas", 0},
	{cUnit, uPerson, "person|persons|people|customers|人|位|名|persona|personas|clientes", 0},
	{cUnit, uPoint, "point|points|积分|个积分|点积分|分积分|punto|puntos", 0},
	{cUnit, uPhoto, "photo|photos|picture|pictures|image|images|照片|张照片|张图片|张图|foto|fotos|imagen|imagenes", 0},
	{cUnit, uSet, "set|sets|套|juego|juegos", 0},
	{cUnit, uPack, "pack|packs|package|packages|parcel|parcels|box|boxes|bag|bags|包|盒|箱|包裹|个包裹|袋|paquete|paquetes|caja|cajas|bolsa|bolsas", 0},
	{cUnit, uCard, "card|cards|gift card|gift cards|coupon|coupons|voucher|vouchers|code|codes|张|张优惠券|张礼品卡|张券|cupon|cupones|tarjeta|tarjetas|codigo|codigos|vale|vales", 0},
	{cUnit, uStore, "store|stores|shop|shops|branch|branches|家门店|家店|家|门店|tienda|tiendas", 0},
	{cUnit, uAge, "周岁|岁|years old|years of age|anos de edad", 0},
	{cUnit, uStar, "star|stars|星|颗星|星级|estrella|estrellas", 0},
	{cUnit, uColour, "colour|colours|color|colors|种颜色|个颜色|色|colores", 0},
	{cUnit, uDigit, "digit|digits|character|characters|letters|caracter|caracteres|digitos|cifras|位数|位数字|位密码", 0},
	{cUnit, uLayer, "layer|layers|层|capa|capas", 0},
	{cUnit, uMegabyte, "mb|megabytes|兆", 0},
}

var moneyTables = []table{
	{cCurrency, curCNY, "¥|元|元钱|元人民币|元整|块|块钱|人民币|rmb|cny|yuan|yuanes|renminbi", 0},
	{cCurrency, curUSD, "$|us $|us dollar|us dollars|usd|dollar|dollars|bucks|dolar|dolares|dolares americanos|美元|美金|刀", 0},
	{cCurrency, curEUR, "€|euro|euros|eur|欧元|欧", 0},
	{cCurrency, curGBP, "£|gbp|pound|pounds|pounds sterling|quid|libra|libras|libras esterlinas|英镑|镑", 0},
	{cCurrency, curJPY, "jpy|yen|yenes|日元|日圆", 0},
	{cCurrency, curHKD, "hk $|hkd|港币|港元|hong kong dollars|dolares de hong kong", 0},
	{cCurrency, curTWD, "nt $|twd|ntd|台币|新台币|新台币元|taiwan dollars|dolares taiwaneses", 0},
	{cCurrency, curMXN, "mxn|mx $|peso|pesos|pesos mexicanos|比索", 0},
	{cCurrency, curAUD, "aud|a $|australian dollars|澳元", 0},
	{cCurrency, curCAD, "cad|c $|canadian dollars|加元", 0},
	{cCurrency, curKRW, "₩|krw|won|韩元", 0},
	{cCurrency, curCent, "cent|cents|centimo|centimos|centavo|centavos|pence|¢|欧分|美分", 0},
	{cPercent, 1, "%|percent|per cent|pct|por ciento|por cien", 0},
}

var calendarTables = []table{
	{cMonth, 1, "january|jan|enero|ene", en | es}, {cMonth, 2, "february|feb|febrero", en | es},
	{cMonth, 3, "march|mar|marzo", en | es}, {cMonth, 4, "april|apr|abril|abr", en | es},
	{cMonth, 5, "may|mayo", en | es}, {cMonth, 6, "june|jun|junio", en | es},
	{cMonth, 7, "july|jul|julio", en | es}, {cMonth, 8, "august|aug|agosto|ago", en | es},
	{cMonth, 9, "september|sept|sep|septiembre|setiembre", en | es}, {cMonth, 10, "october|oct|octubre", en | es},
	{cMonth, 11, "november|nov|noviembre", en | es}, {cMonth, 12, "december|dec|diciembre|dic", en | es},
	{cWeekday, 1, "monday|mondays|mon|lunes|周一|星期一|礼拜一", 0},
	{cWeekday, 2, "tuesday|tuesdays|tue|tues|martes|周二|星期二|礼拜二", 0},
	{cWeekday, 3, "wednesday|wednesdays|wed|miercoles|周三|星期三|礼拜三", 0},
	{cWeekday, 4, "thursday|thursdays|thu|thurs|jueves|周四|星期四|礼拜四", 0},
	{cWeekday, 5, "friday|fridays|fri|viernes|周五|星期五|礼拜五", 0},
	{cWeekday, 6, "saturday|saturdays|sabado|sabados|周六|星期六|礼拜六", 0},
	{cWeekday, 7, "sunday|sundays|domingo|domingos|周日|周天|星期日|星期天|礼拜天", 0},
	{cWeekday, 8, "weekend|weekends|fin de semana|fines de semana|周末|双休日|双休", 0},
	{cWeekday, 9, "public holiday|public holidays|bank holiday|bank holidays|节假日|法定节假日|法定假日|公众假期|festivo|festivos|dias festivos", 0},
	{cMeridiem, 1, "am|a m|a. m|a.m|a. m.|a.m.|in the morning|早上|上午|早|清晨|凌晨|早晨|de la manana", 0},
	{cMeridiem, 2, "pm|p m|p. m|p.m|p. m.|p.m.|in the afternoon|in the evening|at night|下午|晚上|傍晚|晚|夜里|晚间|de la tarde|de la noche", 0},
	{cMeridiem, 3, "noon|midday|中午|正午|mediodia|del mediodia", 0},
	{cMeridiem, 4, "midnight|午夜|零点|medianoche", 0},
}

var numberTables = []table{
	{cNumWord, 1, "one", en}, {cNumWord, 2, "two", en}, {cNumWord, 3, "three", en}, {cNumWord, 4, "four", en},
	{cNumWord, 5, "five", en}, {cNumWord, 6, "six", en}, {cNumWord, 7, "seven", en}, {cNumWord, 8, "eight", en},
	{cNumWord, 9, "nine", en}, {cNumWord, 10, "ten", en}, {cNumWord, 11, "eleven", en}, {cNumWord, 12, "twelve|dozen", en},
	{cNumWord, 13, "thirteen", en}, {cNumWord, 14, "fourteen", en}, {cNumWord, 15, "fifteen", en}, {cNumWord, 16, "sixteen", en},
	{cNumWord, 17, "seventeen", en}, {cNumWord, 18, "eighteen", en}, {cNumWord, 19, "nineteen", en}, {cNumWord, 20, "twenty", en},
	{cNumWord, 30, "thirty", en}, {cNumWord, 40, "forty", en}, {cNumWord, 50, "fifty", en}, {cNumWord, 60, "sixty", en},
	{cNumWord, 70, "seventy", en}, {cNumWord, 80, "eighty", en}, {cNumWord, 90, "ninety", en}, {cNumWord, 0, "zero", en},
	{cNumWord, hundred, "hundred", en}, {cNumWord, thousand, "thousand", en}, {cNumWord, million, "million", en},
	{cNumWord, 1, "uno|un|una", es}, {cNumWord, 2, "dos", es}, {cNumWord, 3, "tres", es}, {cNumWord, 4, "cuatro", es},
	{cNumWord, 5, "cinco", es}, {cNumWord, 6, "seis", es}, {cNumWord, 7, "siete", es}, {cNumWord, 8, "ocho", es},
	{cNumWord, 9, "nueve", es}, {cNumWord, 10, "diez", es}, {cNumWord, 11, "once", es}, {cNumWord, 12, "doce|docena", es},
	{cNumWord, 13, "trece", es}, {cNumWord, 14, "catorce", es}, {cNumWord, 15, "quince", es}, {cNumWord, 16, "dieciseis", es},
	{cNumWord, 17, "diecisiete", es}, {cNumWord, 18, "dieciocho", es}, {cNumWord, 19, "diecinueve", es}, {cNumWord, 20, "veinte", es},
	{cNumWord, 21, "veintiuno|veintiun|veintiuna", es}, {cNumWord, 22, "veintidos", es}, {cNumWord, 23, "veintitres", es},
	{cNumWord, 24, "veinticuatro", es}, {cNumWord, 25, "veinticinco", es}, {cNumWord, 26, "veintiseis", es},
	{cNumWord, 27, "veintisiete", es}, {cNumWord, 28, "veintiocho", es}, {cNumWord, 29, "veintinueve", es},
	{cNumWord, 30, "treinta", es}, {cNumWord, 40, "cuarenta", es}, {cNumWord, 50, "cincuenta", es}, {cNumWord, 60, "sesenta", es},
	{cNumWord, 70, "setenta", es}, {cNumWord, 80, "ochenta", es}, {cNumWord, 90, "noventa", es}, {cNumWord, 0, "cero", es},
	{cNumWord, 100, "cien|ciento", es}, {cNumWord, 200, "doscientos|doscientas", es}, {cNumWord, 300, "trescientos|trescientas", es},
	{cNumWord, 400, "cuatrocientos|cuatrocientas", es}, {cNumWord, 500, "quinientos|quinientas", es},
	{cNumWord, 600, "seiscientos|seiscientas", es}, {cNumWord, 700, "setecientos|setecientas", es},
	{cNumWord, 800, "ochocientos|ochocientas", es}, {cNumWord, 900, "novecientos|novecientas", es},
	{cNumWord, thousand, "mil", es}, {cNumWord, million, "millon|millones", es},
	{cHanNum, 0, "〇|零", zh}, {cHanNum, 1, "一", zh}, {cHanNum, 2, "二|两|俩", zh}, {cHanNum, 3, "三", zh}, {cHanNum, 4, "四", zh},
	{cHanNum, 5, "五", zh}, {cHanNum, 6, "六", zh}, {cHanNum, 7, "七", zh}, {cHanNum, 8, "八", zh}, {cHanNum, 9, "九", zh},
	{cHanNum, 10, "十", zh}, {cHanNum, 100, "百", zh}, {cHanNum, 1000, "千", zh}, {cHanNum, 10000, "万", zh}, {cHanNum, 20, "廿", zh},
	{cOrdWord, 1, "first|primer|primera|primero|1st", en | es}, {cOrdWord, 2, "second|segunda|segundo", en | es},
	{cOrdWord, 3, "third|tercera|tercer|tercero", en | es}, {cOrdWord, 4, "fourth|cuarta|cuarto", en | es}, {cOrdWord, 5, "fifth|quinta|quinto", en | es},
	{cOrdinal, 1, "st|nd|rd|th|º|ª|°|ro|ra|er", 0},
}

// Directions of a bound.
const (
	atLeast = 1
	atMost  = 2

	atMostDuration = 3 // a bound only before a length of time: "in 24 hours"
	elapsed        = 5 // "three days have passed": a bound in a source, none in a draft
	atMostDate     = 4 // a bound only before a date or an hour: 至, 到
)

var boundTables = []table{
	{cBoundPre, atLeast, "over|above|more than|greater than|higher than|at least|from|minimum|minimum of|a minimum of|min|exceeding|exceeds|exceed|starting at|starting from|" +
		"upwards of|not less than|no less than|no fewer than|after|since|not before|no earlier than|reach|reaches|reaching|beyond|past|longer than|older than", en},
	{cBoundPre, atLeast, "a partir de|a partir del|desde|mas de|superior a|superiores a|al menos|como minimo|minimo|minimo de|un minimo de|por encima de|despues de|despues del|tras|" +
		"pasados|pasadas|no antes de|supere|superen|supera|superan|superar|exceda|excedan|excede|alcance|alcancen|alcanza|igual o superior a|iguales o superiores a|mayor de|mayores de", es},
	{cBoundPre, atLeast, "满|超过|高于|大于|不少于|不低于|不小于|至少|最少|最低|最轻|最小|最短|起码|多于|达到|达|满足|超出|够|自|从|凡满|订满|买满|消费满", zh},
	{cBoundPre, atMost, "under|below|less than|lower than|up to|at most|maximum|maximum of|a maximum of|max|within|no more than|not more than|no later than|not later than|not exceeding|fewer than|" +
		"before|until|till|by|doesn't exceed|does not exceed|do not exceed|don't exceed|not over|not exceed|as many as|shorter than|smaller than|within the first|inside|not beyond", en},
	{cBoundPre, atMost, "hasta|hasta el|no llega a|no llegue a|no llegan a|no lleguen a|como mucho|menos de|inferior a|inferiores a|maximo|maximo de|un maximo de|como maximo|a lo sumo|dentro de|dentro de los|en un plazo de|en el plazo de|en un plazo maximo de|en menos de|" +
		"antes de|antes del|por debajo de|no mas de|no supere|no superen|no supera|no superan|no exceda|no excedan|no excede|menor de|menores de|no superior a", es},
	{cBoundPre, atMost, "不超过|不高于|低于|小于|少于|不满|不足|最重|最大|最宽|最厚|最多|至多|最迟|最晚|最长|最高|未满|未达|不到|未达到|不大于|限|仅限", zh},
	{cBoundPre, atLeast, "spend|spending|spend over", en}, {cBoundPre, atLeast, "por compras de|en compras de|por pedidos de|en pedidos de|gasta|gastas|gastando", es},
	{cBoundPre, elapsed, "过|过了|超了|pasan|pasado|pasen|han pasado", 0},
	{cBoundPre, atMostDuration, "in|in the|inside of", en}, {cBoundPre, atMostDuration, "en|en los|en las", es},
	{cBoundPre, atMostDate, "至|到|截至|截止|截止到|截止至", zh},
	{cBoundPost, atLeast, "or more|and over|or over|and above|or above|and up|or higher|or longer|plus|minimum|or older|+|min", en},
	{cBoundPost, atLeast, "o mas|y mas|en adelante|o superior|o superiores|como minimo|minimo|+", es},
	{cBoundPost, atLeast, "以上|及以上|或以上|起|以后|之后|后|起步|起算|+|开始", zh},
	{cBoundPost, atMost, "or less|or under|or below|or fewer|at most|maximum|max|at the latest|or sooner|tops", en},
	{cBoundPost, atMost, "o menos|como maximo|maximo|a mas tardar|como mucho", es},
	{cBoundPost, atMost, "以下|及以下|或以下|以内|之内|内|之前|前|以前|为止|止|截止", zh},
	{cSkip, 1, "is|are|the|of|about|around|approximately|roughly|an|a|orders|order|your|just|only|another|further|next|first|some|value|total|all|either|between|purchases|spending|you spend|or", en},
	{cSkip, 1, "es|son|los|las|el|la|un|una|unos|unas|de|del|aproximadamente|solo|tan|otros|primeros|importe|compras|pedidos|valor|total|plazo|entre|a", es},
	{cSkip, 1, "是|为|可|可以|试|用|能|使|约|大约|大概|这|的|总额|金额|共|额|在|再|仅|收|到|货|签|收到|日|起|单|笔|需|购|消|费", zh},
}
