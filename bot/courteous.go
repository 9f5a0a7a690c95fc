package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	courteousWords = 18 // a longer sentence says something
	courteousHan   = 24
	leadInWords    = 4 // of a question that leads into the matter: "Need it quickly?"
	leadInHan      = 8
)

// courteous tells a sentence that only greets, thanks, feels with the shopper or offers more help: it needs no evidence.
// Every word of it must be such a word, so that nothing can hide behind "thank you".
func courteous(sentence string) bool {
	low := strings.ToLower(strings.TrimSpace(sentence))
	words, han := 0, 0
	rest := low
	for _, p := range courteousPhrases {
		if n := strings.Count(rest, p); n > 0 {
			rest = strings.ReplaceAll(rest, p, " ")
			han += n * utf8.RuneCountInString(p)
		}
	}
	for _, r := range rest {
		if unicode.Is(unicode.Han, r) && !strings.ContainsRune(courteousParticles, r) {
			return leadIn(low)
		}
	}
	for _, w := range strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Han, r) {
			continue
		}
		words++
		if !courteousVocabulary[strings.ReplaceAll(w, "’", "'")] {
			return leadIn(low)
		}
	}
	return words <= courteousWords && han <= courteousHan && strings.Trim(low, " .!¡") != "no"
}

// leadIn tells a very short question that asks for nothing secret.
func leadIn(low string) bool {
	if !strings.HasSuffix(low, "?") && !strings.HasSuffix(low, "？") {
		return false
	}
	for _, secret := range []string{"passw", "mot de", "senha", "card", "code", "pin", "bank", "密码", "卡", "验证", "银行", "身份", "contraseña", "tarjeta", "código", "clave", "banco", "http", "@", "."} {
		if strings.Contains(low, secret) {
			return false
		}
	}
	han := 0
	for _, r := range low {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return han <= leadInHan && (han > 0 || len(strings.Fields(low)) <= leadInWords)
}

const courteousParticles = "亲您你的了哦呢呀啊哈吧嘛啦们很真非常十分请也都就还，。！～"

// courteousPhrases are matched as they stand, the longer before what they contain.
var courteousPhrases = []string{
	"如果还有其他问题", "如果您还有其他问题", "如有其他问题", "还有其他问题", "还有别的问题", "有其他疑问", "有任何问题", "有什么问题", "其他问题",
	"随时告诉我", "随时联系我", "随时问我", "随时找我", "随时可以问", "随时留言", "欢迎随时", "随时",
	"给您添麻烦了", "给您带来不便", "带来不便", "带来的不便", "添麻烦", "让您久等了", "久等了", "敬请谅解", "请您谅解", "感谢您的理解", "感谢您的耐心", "感谢您的咨询",
	"感谢您的反馈", "感谢", "谢谢您", "谢谢", "非常抱歉", "十分抱歉", "很抱歉", "真抱歉", "抱歉", "对不起", "不好意思", "理解您的心情", "理解您的着急", "明白您的意思", "完全理解", "能理解",
	"希望能帮到您", "希望对您有帮助", "希望对您有所帮助", "有帮助", "祝您购物愉快", "祝您生活愉快", "购物愉快", "生活愉快", "您好", "你好", "亲爱的顾客", "好的", "没问题", "不客气", "收到", "别着急", "放心", "关于您的问题", "您的问题",
}

// courteousVocabulary has the words of courtesy in English and Spanish; a bare yes or no is not among them, for it answers.
var courteousVocabulary = wordSet(`hi hello hey there dear good morning afternoon evening thanks thank you for your patience message question questions asking
	reaching out contacting us understanding feedback sorry so very really to hear that this about the trouble inconvenience wait delay any
	has caused i i'm i am we we're apologise apologize apologies my our truly understand how frustrating annoying worrying must be is it can feel
	hope helps helped that's let me know if have other more else anything need help with happy glad to assist here feel free ask
	please don't hesitate great news have a nice lovely day take care best wishes regards welcome you're of course no problem at all
	any time anytime further and or in case timing arrived broken damaged late wrong came

	hola buenos buenas días tardes noches querido querida gracias por tu su te le mensaje pregunta preguntas consulta paciencia escribirnos
	contactar contactarnos comprensión avisar siento sentimos lo mucho muchísimo lamento lamentamos disculpa disculpas perdona perdón las los
	molestias la el espera inconvenientes que esto ha hayas tenido haya causado de verdad entiendo entendemos comprendo tu frustración
	enfado preocupación espero esperamos haberte ayudado te sirva ayude sea útil si tienes tiene alguna otra otras más duda dudas cosa
	cualquier aquí estoy estamos para ayudarte ayudar no dudes en escribirme escríbeme escríbenos preguntarme preguntar cuando quieras
	encantado encantada encantados claro supuesto que tengas un buen día cuánto siento llegara llegase llegado roto rota dañado dañada tarde mal saludo saludos cordial bienvenido bienvenida nada a ti y o`)
