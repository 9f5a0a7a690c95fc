package conversation

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// wording is a way of saying something, in letters and in Chinese characters. A text is searched for what it can have.
type wording struct{ latin, han *regexp.Regexp }

func newWording(latin, han string) wording {
	return wording{regexp.MustCompile(latin), regexp.MustCompile(han)}
}

// MatchString says whether the text has it.
func (w wording) MatchString(text string) bool {
	latin, han := scripts(text)
	return latin && w.latin.MatchString(text) || han && w.han.MatchString(text)
}

// without is the text without it.
func (w wording) without(text string) string {
	latin, han := scripts(text)
	if latin && w.latin.MatchString(text) {
		text = w.latin.ReplaceAllString(text, "")
	}
	if han && w.han.MatchString(text) {
		text = w.han.ReplaceAllString(text, "")
	}
	return text
}

func scripts(text string) (latin, han bool) {
	for _, r := range text {
		latin, han = latin || r < 0x250 && unicode.IsLetter(r), han || unicode.Is(unicode.Han, r)
	}
	return latin, han
}

// How shoppers say things, in three languages. A sentence counts by what is left when the words that any sentence has, and
// those of anger, courtesy and calls for a person, are taken away: no list of goods has to name everything that a shop sells.
var (
	problemPattern = newWording(`\b(?:brok(?:e|en)|damaged|torn|ripped|shr[aiu]nk|faded|stain(?:ed|s)?|faulty|defect|wrong|missing|lost|late|delayed|never (?:came|arrived|got|received)|(?:has|have|did|does|is|was)(?:n't|nt| not) (?:come|arrived?|received?|got|get|work|working|fit|open|turn|here|update|moved?)|not (?:arrived|received|working|delivered|moving)|too (?:small|big|large|tight|loose|short|long)|instead of|charged (?:me )?twice|twice charged|overcharged|leak|crack|smell|allerg|rash|burn|stuck|declined|rejected|expired|fell apart|stopped working|smash|shatter|chipped|in (?:\w+ )?pieces|(?:been )?waiting (?:for )?(?:over |more than )?(?:a|\w+) (?:days|weeks?|months?)|(?:days|weeks|months) (?:of )?waiting)|\b(?:rot[oa]s?\b|dañad|encogi|destiñ|desteñi|descolorid|manchad|defectuos|equivocad|falta|perdid|no (?:me )?(?:ha |han )?(?:llegado|llega|llegó|recibido|funciona|abre|enciende|cabe|queda)|demasiado|en vez de|en lugar de|cobrad[oa]s? dos veces|cargad[oa]s? dos veces|doble (?:cargo|cobro)|alergi|quemad|quem[eé]|rechazad|retras|caducad|se (?:me )?(?:ha |han )?(?:roto|caído|despegado|abierto)|añicos|hech[oa]s? (?:pedazos|trizas|polvo)|rajad|astillad|desportillad|(?:llev[oa]|llevamos) .{1,20}(?:esperando|sin )|(?:días|dias|semanas?|mes(?:es)?) esperando)`,
		`缩水|破了|碎了|碎成|打碎|摔碎|碎掉|摔坏|豁了口|缺口|等了.{0,8}(?:天|周|星期|礼拜|个月)|破洞|破损|弄破|磨破|坏了|坏的|裂|开线|开胶|掉色|褪色|起球|污渍|发错|错发|少发|漏发|少了|缺了|丢了|丢件|没收到|没有收到|没到|还没发|不发货|没发货|未发货|没更新|没有更新|不更新|太大|太小|偏大|偏小|大了|小了|太紧|太松|不合身|不合适|不能用|用不了|打不开|登不上|登录不了|付不了|失败|扣了|重复扣|多扣|多收|没退|没到账|未到账|过敏|烫|受伤|漏|异味|味道|瑕疵|色差|不一样|不符|卡住|失效|过期|降价`)

	thingPattern = newWording(`\b(?:order|parcel|package|delivery|shipping|shipment|courier|tracking|sizes?|colou?r|coupon|voucher|discount|payment|card|invoice|receipt|address|account|password|warranty|stock|item|pedido|paquete|envío|envio|entrega|talla|color|cupón|descuento|pago|tarjeta|factura|dirección|direccion|cuenta|contraseña|garantía|artículo|producto)`,
		`订单|包裹|快递|物流|发货|尺码|尺寸|颜色|优惠券|优惠|折扣|付款|支付|发票|地址|账号|账户|密码|保修|库存|商品|衣服|鞋|单号`)

	requestPattern = newWording(`\b(?:(?:i|we)(?:'d| would)? (?:just |really |only )?(?:want|need|like|wish|prefer)|(?:can|could|would|may) (?:you|u|i|we|somebody|someone)|please|pls|how (?:do|can|long|much|many|to)|looking for|either|(?:^|and |then |or (?:else )?(?:you )?)(?:send|change|cancel|refund|replace|exchange|check|ship|resend|tell))\b|\b(?:quiero|quisiera|querr[ií]a|necesito|me gustar[ií]a|deseo|prefiero|pod[eé]is|puedes|podr[ií]a|puedo|solicito|exijo|env[ií]adme|env[ií]ame|mandadme|m[aá]ndame|cambiadme|c[aá]mbiame|devolvedme|devu[eé]lve|dime|decidme|por favor)`+`|\b(?:o|u) me (?:devol|env|cambi|mand|reembols)`,
		`想(?:要|换|退|改|问|买|知道|取消|咨询|申请)|我要|只要|需要|希望|能不能|能否|可不可以|可以.{0,12}[吗么]|帮我|给我|麻烦|请(?:问|你|您|给|帮|把|尽快)|尽快|要求|申请|要么|要不就|赶紧|赶快|马上给`)

	questionPattern = newWording(`^(?:\S+ )?(?:how|when|where|what|which|why|who|do you|does|can i|is there|are there)\b|^(?:¿|y )?(?:cómo|cuándo|cuánto|cuánta|dónde|qué|cuál|por qué|se puede|hay)\b`,
		`怎么|如何|多久|什么时候|在哪|到哪|哪里|多少|几天|吗$|呢$|为什么`)

	triedPattern = newWording(`(?i)\b(?:(?:i|we)(?:'ve| have)? (?:already |also |just |even )?(?:tried|called|phoned|emailed|contacted|checked|restarted|reset|reinstalled|cleared|washed|searched|looked (?:at|in|for|every)|asked (?:the|my|at)|spoke|talked to|filled|uploaded|followed|updated|changed)|tried (?:to|the|it|a|another|with))\b|\b(?:ya )?(?:(?:he|hemos) (?:probado|intentado|llamado|contactado|mirado|revisado|escrito al|reiniciado|borrado|lavado|seguido|preguntado|comprobado|hablado con|rellenado)|(?:probé|intenté|llamé|contacté|miré|revisé|reinicié|borré|lavé|pregunté|comprobé))`,
		`试过|试了|打过电话|打了电话|联系过|联系了|问过(?:快递|物流|驿站|银行|门卫|邻居)|查过|查了|重启|重装|清(?:了|过|除了)缓存|换过|换了(?:个|一个)?(?:浏览器|手机|网络|卡|电脑)|按.{0,12}(?:做了|操作了|试)|已经(?:申请|提交|填)了?`)

	// What a shopper says who was not helped, in answer to what the bot said.
	dismissPattern = newWording(`\b(?:not (?:what|that|helpful|it\b|my question)|(?:does|did)(?:n't|nt| not) (?:help|answer|work)|no help|useless|already (?:read|know|said|told|asked|saw)|i (?:read|know|said|told|asked|meant)|again|still)\b|\b(?:no (?:me )?(?:sirve|ayuda|vale|soluciona)|no es (?:eso|lo que)|eso no|ya (?:lo )?(?:he leído|leí|sé|dije|he dicho)|otra vez|sigo|sigue)\b`,
		`没用|不行|不是(?:我|这个|问)|不对|看过了|说过|没解决|没帮|听不懂|答非所问|还是|又`)

	thanksPattern = newWording(`\b(?:thank|thx|ty\b|great|perfect|ok\b|okay|cool|got it|nice|good|fine|clear|cheers|gracias|perfecto|vale\b|genial|entendido|de acuerdo|claro|muy bien)`,
		`谢|好的|好嘞|行|知道了|明白|了解|懂了|收到|辛苦|嗯|ok`)

	personPattern = newWording(`\b(?:agent|human|real person|a person|someone|somebody|representative|operator|manager|supervisor|(?:un|una) (?:persona|agente|humano|operador|responsable|compañero)|alguien|encargado)\b`,
		`人工|真人|转接|客服|经理|主管|投诉`)

	outburstPattern = newWording(`(?i)(?:this|it|that)(?:'s| is) (?:so |absolutely |totally |completely )?(?:ridiculous|unacceptable|a joke|outrageous|a disgrace|terrible|awful|absurd|insane|stupid|pathetic)|\b(?:ridiculous|unacceptable|outrageous|useless|pathetic|worst (?:shop|store|service)[\w ]*|scammers?|scam|shame on you|fed up|sick of (?:this|it|you)|what a joke|are you kidding(?: me)?|terrible service|wtf|ffs|damn|bloody)\b|\b(?:(?:esto )?es (?:una )?(?:vergüenza|ridículo|inaceptable|increíble|tomadura de pelo|indignante)|qué vergüenza|vaya (?:mierda|tela|servicio)[\w ]*|estoy hart[oa]|menuda (?:mierda|estafa)|estafadores|estafa|inútiles?|pésimo|mierda|joder|vergonzoso|sois (?:unos|lo peor)[\p{L} ]*)`,
		`什么(?:破|烂|垃圾|鬼)(?:店|东西|玩意儿?|客服|质量|服务)?|破店|烂店|黑店|垃圾(?:店|客服|服务|东西)?|气死(?:我|人)?了?|太(?:差|烂|坑|过分|离谱|扯)(?:劲)?了?|坑人|骗子|骗人|忽悠|无语|离谱|过分|滚|妈的|他妈的?|操|受够了|服了(?:你们)?|(?:质量|服务|态度)(?:真|太|也太|这么)?(?:差|烂)了?`)

	// Who says that they ask again tells nothing of the matter …
	askedAgainPattern = newWording(`(?i)\b(?:(?:this|it|that)(?:'s| is) )?(?:now |already )*(?:the |my )?(?:second|third|fourth|fifth|sixth|tenth|umpteenth|\d+(?:nd|rd|th)) time (?:that )?(?:i|we)(?:'ve| have|'m| am|'ve had to| have to| had to)? ?(?:ask|writ|wrot|tell|told|say|said|repeat|contact|explain|call|messag)\w*(?: you| for this| this| it)*|(?:^|[¡¿ ])(?:ya )?(?:esta |esto )?(?:es )?(?:ya )?(?:la |por )?(?:segunda|tercera|cuarta|quinta|sexta|décima|enésima) vez que (?:os |te |les |lo |la |le )*(?:pregunt|escrib|pid|dig|llam|contact|explic|repit|consult|reclam)\p{L}*(?: esto| lo mismo)?`,
		`(?:我)?(?:这|都|已经|已|是)*(?:第[二三四五六七八九十]|[两三四五六七八九十好几N]{1,2})[次遍回](?:来)?(?:问|说|联系|找|咨询|反映|反馈)(?:您|你们|你)?(?:了|啦)?`)
	// … and who says that it is not the first time, or asks what to do, tells of what they have just said.
	notFirstPattern = newWording(`^¡?(?:(?:and )?(?:this|it|that)(?:'s| is) (?:now |already )?the (?:second|third|fourth|fifth|tenth|umpteenth) time|(?:ya )?(?:y )?(?:esta )?es (?:ya )?la (?:segunda|tercera|cuarta|quinta|enésima) vez)\W*$`,
		`^(?:这)?(?:都|已经|是)*第[二三四五六七八九十][次回](?:了|啦)?[^\p{Han}]*$`)
	whatNowPattern = newWording(`^¿?(?:(?:so |and )?what (?:do|should|can|shall|must) (?:i|we) do(?: now)?|(?:y )?(?:ahora )?qué (?:hago|hacemos|puedo hacer|podemos hacer|debo hacer|tengo que hacer)(?: ahora)?)\W*$`,
		`^(?:那|这|我|现在|该|要|应该)*怎么办(?:呢|啊|呀)?[^\p{Han}]*$`)

	// What of a Chinese sentence is no matter: fillers, and what people say to robots.
	zhFiller = regexp.MustCompile(`你好|您好|在吗|在不在|有人吗|谢谢|好的|麻烦|请问|我想|你说的|您说的|这些|那些|看过了?|说过了?|问过了?|没用|有用|不行|不对|不是|是不是|我都|人工|真人|客服|转接|机器人|智能|找个?|来个?|换个?人|别的|听不懂|答非所问|回答|回复|重复|到底|怎么回事|怎么|什么|为什么|多久|哪里|还要|等了?|多长时间|半天|几天|一直|没人|不理人?|搞笑|投诉|举报|你们|我们|他们|自己|这个|那个|这样|那样|就是|还是|已经|可以|能不能|可不可以|帮我|给我|赶紧|快点|马上|立刻|解决|处理|问题|事情|情况`)
	zhStop   = "的了吗呢吧啊呀哦嗯我你您他她它们是在就都也还有不没无这那个一要想能会可把被给跟和与或但而且所以因为如果很太真好来去说看用做吗么请再又才"
)

// stopWords are words of English and Spanish sentences that say nothing of the matter: grammar, courtesy, calls for a
// person, and what people say to robots.
var stopWords = wordSet(`
	a an the i me my mine you your yours u ur he she it its we us our they them their this that these those there here who whom what which when where why how
	am is are was were be been being do does did doing have has had having will would shall should can could may might must im ive id dont doesnt didnt isnt wont cant
	and or but if so because as of at by for with about from to in on off up out over again then than too very just only also even still yet already really
	no not nor none yes yeah yep nope ok okay hi hello hey dear good morning afternoon evening thanks thank thx please pls sorry bye welcome
	get got give make let go going come want need like wish see know think mean say said says tell told ask asked asking talk talking speak speaking chat write wrote read reading answer answers answered answering reply help helps helpful helped solve understand listen hear wait waiting waited
	agent human person people someone somebody anyone anybody nobody representative operator manager supervisor bot robot machine customer service support real live
	any some all every each other another thing things anything something nothing everything question questions time times now today minute hour hours long much many more most one ones
	useless ridiculous stupid terrible awful joke kidding unacceptable worst bad angry mad annoyed shit fuck fucking damn hell wtf scam scammers pathetic seriously idiot lawyer police
	el la los las un una unos unas yo tú tu te ti me mi mis mío él ella ello nos nosotros os vosotros vuestro ellos ellas su sus se le les lo este esta esto estos estas ese esa eso esos esas aquel que qué quien quién cual cuál cuando cuándo donde dónde como cómo cuanto cuánto
	y e o u pero si sí no ni porque por para con sin sobre de del al a en entre hasta desde muy más menos tan tanto también tampoco ya aún todavía otra otro vez veces solo sólo
	ser es soy eres son era fue sido estar está estoy están estáis estaba haber he has ha hemos han hay tengo tiene tenéis tienen hacer hace hacéis voy va vais van puedo puede podéis pueden puedes quiero quiere necesito gustaría
	hola buenas buenos días tardes noches gracias favor perdón vale adiós saludos oye oiga
	hablar habla hablo pasar pasadme pásame poner ponme persona personas agente humano alguien nadie operador encargado responsable compañero robot máquina atención cliente servicio
	decir dice dicho dije digo preguntar pregunté preguntado pregunta responder responde respondéis respuesta respuestas contestar contesta contestáis ayuda ayudar ayudáis ayudadme sirve sirven solucionar entender entiende entiendes leer leído escuchar esperar espero esperando llevo rato ahora hoy nada algo todo toda todos cosa cosas
	inútil vergüenza ridículo inaceptable pésimo mierda joder estafa estafadores harto harta enfadado enfadada peor abogado`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// TellsTrouble says whether a text tells what went wrong, or is an outburst about it.
func TellsTrouble(text string) bool {
	text = normal(text)
	return problemPattern.MatchString(text) || outburstPattern.MatchString(text)
}

// normal is a text in one form for the patterns: compatibility forms, lower case, plain apostrophes.
func normal(text string) string {
	return strings.ReplaceAll(strings.ToLower(norm.NFKC.String(text)), "’", "'")
}

// sentencesOf splits a message at the ends of its sentences. A full stop ends one only before a space.
func sentencesOf(text string) (out []string) {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		if r != '\n' {
			b.WriteRune(r)
		}
		end := strings.ContainsRune("。！？!?；;\n", r) || r == '.' && (i+1 == len(runes) || unicode.IsSpace(runes[i+1]))
		if end && (i+1 == len(runes) || !strings.ContainsRune("。！？!?", runes[i+1])) {
			if s := strings.TrimSpace(b.String()); s != "" {
				out = append(out, s)
			}
			b.Reset()
		}
	}
	if s := strings.TrimSpace(b.String()); s != "" {
		out = append(out, s)
	}
	return out
}

var clauseEnd = regexp.MustCompile(`\s*[,，:：]\s+|\s*[，：]\s*|\s+[–—-]\s+|\s*…+\s*|\s*\.{3,}\s*`)

// mattering is what of a sentence says something: its clauses without those of mere anger, courtesy or calling for a person,
// as they stand one after the other; "" when nothing does. Clauses that tell what the shopper has tried come apart.
func mattering(sentence string) (text string, tried []string) {
	from, parts := 0, []string{}
	ends := append(clauseEnd.FindAllStringIndex(sentence, -1), []int{len(sentence), len(sentence)})
	glue := ""
	for _, end := range ends {
		switch part := calm(sentence[from:end[0]]); {
		case triedPattern.MatchString(part) && !strings.ContainsAny(part, "?？"):
			tried = append(tried, strings.TrimSpace(part))
		case part != "":
			if len(parts) > 0 {
				part = glue + part
			}
			parts = append(parts, part)
			glue = sentence[end[0]:end[1]]
		}
		from = end[1]
	}
	return strings.TrimSpace(strings.TrimLeft(strings.Join(parts, ""), " ,，、!！.。")), tried
}

// calm takes outbursts out of a clause that says something besides.
func calm(part string) string {
	rest := strings.TrimSpace(askedAgainPattern.without(outburstPattern.without(part)))
	if rest == "" || !matters(rest) {
		return ""
	}
	return rest
}

// Bare is a sentence without the marks at its end that say how loud it was said.
func Bare(text string) string {
	text = strings.TrimRight(text, "。.!！ ")
	if !strings.ContainsAny(text, "!！") {
		text = strings.ReplaceAll(text, "¡", "")
	}
	return text
}

// matters says whether a clause is about something.
func matters(part string) bool {
	lower := normal(part)
	if problemPattern.MatchString(lower) || resultOf(lower) >= 0 || thingPattern.MatchString(lower) || len(NumbersIn(part)) > 0 {
		return true
	}
	content := len(contentOf(lower))
	return content >= 2 || content >= 1 && requestPattern.MatchString(lower) || deadlineIn(part) != ""
}

// contentOf is what of a text's words says what it is about: words by their beginnings, Chinese by pairs of characters.
func contentOf(lower string) map[string]bool {
	content := map[string]bool{}
	between := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	}
	for _, w := range strings.FieldsFunc(lower, between) {
		w = strings.Trim(w, "'")
		if stopWords[strings.ReplaceAll(w, "'", "")] || len(w) < 2 {
			continue
		}
		content[stem(w)] = true
	}
	var run []rune
	flush := func() {
		for i := 0; i+1 < len(run); i++ {
			content[string(run[i:i+2])] = true
		}
		run = run[:0]
	}
	for _, r := range zhFiller.ReplaceAllString(lower, " ") {
		if unicode.Is(unicode.Han, r) && !strings.ContainsRune(zhStop, r) {
			run = append(run, r)
			continue
		}
		flush()
	}
	flush()
	return content
}

func stem(w string) string {
	if r := []rune(w); len(r) > 6 {
		return string(r[:6])
	}
	return strings.TrimSuffix(w, "s")
}
