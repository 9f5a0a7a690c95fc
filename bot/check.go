package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// What keeps a draft from being sent, beside the kinds of the evidence check.
const (
	unrelated = "unrelated" // says what no article says
	leaked    = "leaked"    // repeats the orders that the model was given
	markup    = "markup"    // images, tags, or characters that nobody sees
	deed      = "deed"      // claims to have done, or promises, what nobody does
	tongue    = "language"  // is not in the language of the turn
	tooLong   = "too_long"
)

const maxReply = 1500 // code points

// checker judges drafts of one turn against what they may rest on.
type checker struct {
	evidence *evidence.Evidence
	passages string // folded
	texts    []string
	language string
	orders   map[string]bool // pieces of the system prompt
	shown    map[string]bool // sentences that mending found to say what the articles say
	ground   *ground
}

func newChecker(sources []evidence.Source, language string, abroad bool, system string, similar func(a, b string) float64) *checker {
	c := &checker{evidence: evidence.Read(sources), language: language, orders: pieces(system), shown: map[string]bool{}, ground: newGround(sources, abroad, similar)}
	for _, s := range sources {
		c.texts = append(c.texts, s.Text)
		if s.Kind != evidence.Shopper {
			c.passages += strings.ToLower(s.Text) + "\n"
		}
	}
	return c
}

// whole judges a finished draft; an empty result means that it may be sent.
func (c *checker) whole(text string) []evidence.Finding {
	var out []evidence.Finding
	if utf8.RuneCountInString(text) > maxReply {
		out = append(out, evidence.Finding{Kind: tooLong, Text: cutText(text, 40), Why: "the reply is much too long"})
		text = string([]rune(text)[:maxReply])
	}
	if triage.Language(text, c.language) != c.language {
		out = append(out, evidence.Finding{Kind: tongue, Text: cutText(text, 40), Why: "the reply must be in the language " + c.language})
	}
	if c.leaks(text) {
		out = append(out, evidence.Finding{Kind: leaked, Text: cutText(text, 40), Why: "the reply repeats its instructions"})
	}
	said := false
	for _, s := range evidence.Sentences(text) {
		if f := c.sentence(s); f.Kind != "" {
			out = append(out, f)
		}
		said = said || !courteous(s) && !strings.ContainsAny(s, "?？") // a question says nothing
	}
	if !said {
		out = append(out, evidence.Finding{Kind: unrelated, Text: cutText(text, 40), Why: "the reply says nothing of what the articles say"})
	}
	for _, name := range knowledge.PlacesBeyond(text, c.texts...) {
		out = append(out, evidence.Finding{Kind: evidence.KindCondition, Text: name, Why: "no source names this place"})
	}
	return append(out, c.evidence.Check(text)...)
}

// mend gives a draft in which every sentence that says something is the articles' own, or shown to say what one of theirs says.
// A draft that does what no reply may do, or mostly speaks of other things, is left as it is, to be refused. The result is empty
// where nothing may be said.
func (c *checker) mend(text string) evidence.Mended {
	asIs := evidence.Mended{Text: text}
	if utf8.RuneCountInString(text) > maxReply || c.leaks(text) || triage.Language(text, c.language) != c.language {
		return asIs
	}
	said, strange, all := "", 0, 0
	for _, s := range evidence.Sentences(text) {
		f := c.sentence(s)
		if f.Kind != "" && f.Kind != unrelated {
			return asIs
		}
		soft := f.Kind != "" && len(evidence.Check(s, nil)) == 0
		if soft {
			strange++
		}
		if all++; !soft || !c.ground.abroad {
			said += s + "\n"
		}
	}
	if strange*2 > all {
		return asIs
	}
	m := c.evidence.Mend(said, courteous, c.ground.similar)
	for _, s := range m.Shown {
		c.shown[s] = true
	}
	return m
}

// leaks says whether a text has a run of words or letters in common with the orders that the model was given.
func (c *checker) leaks(text string) bool {
	return slices.ContainsFunc(piecesOf(text), func(piece string) bool { return c.orders[piece] })
}

// sentence judges one sentence by itself, without its figures.
func (c *checker) sentence(s string) evidence.Finding {
	if m := markedUp(s); m != "" {
		return evidence.Finding{Kind: markup, Text: m, Why: "images, tags and hidden characters have no place in a reply"}
	}
	low := strings.ToLower(s)
	if m := deeds.FindString(low); m != "" && !strings.Contains(c.passages, m) && !strings.Contains(low, "once "+m) {
		return evidence.Finding{Kind: deed, Text: m, Why: "nobody has done or will do this: say only what the articles say"}
	}
	if m := colleagues.FindString(low); m != "" && !strings.Contains(c.passages, m) {
		return evidence.Finding{Kind: deed, Text: m, Why: "no article says that a person does this"}
	}
	if m := secrets.FindString(low); m != "" && !strings.Contains(c.passages, m) {
		return evidence.Finding{Kind: deed, Text: m, Why: "never ask for anything secret"}
	}
	if !c.shown[s] && !courteous(s) && !c.ground.holds(s, c.anchored(s)) {
		return evidence.Finding{Kind: unrelated, Text: s, Why: "no article says this"}
	}
	return evidence.Finding{}
}

// anchored says whether a sentence has figures, dates or the like, and all of them stand in the sources.
func (c *checker) anchored(s string) bool {
	return len(evidence.Check(s, nil)) > 0 && len(c.evidence.Check(s)) == 0
}

var tags = regexp.MustCompile("!\\[|</?[a-zA-Z][^>]*>|```|javascript:|data:[a-z]+/")

func markedUp(s string) string {
	if m := tags.FindString(s); m != "" {
		return m
	}
	for _, r := range s {
		hidden := unicode.Is(unicode.Cf, r) && r != '\u200d' || unicode.Is(unicode.Co, r) || r == utf8.RuneError
		if hidden || (unicode.IsControl(r) && r != '\n' && r != '\t') {
			return "hidden characters"
		}
	}
	return ""
}

// deeds are claims to have acted, and promises to: the bot only writes. Policies speak of what the shop does, in general.
var deeds = regexp.MustCompile(`\b(i|we)( have|'ve|’ve)( just| now| already| also)* (refunded|cancell?ed|changed|updated|issued|processed|approved|sent|forwarded|escalated|transferred|passed|notified|informed|contacted|asked|arranged|booked|applied|added|opened|created|credited|reset|removed|deleted|upgraded|checked|reported|reserved|activated)` +
	`|\bi( will|'ll|’ll| am going to|'m going to|’m going to| can now|'m| am) (now |just |also |personally )*(refund|cancel|chang|updat|issu|process|approv|send|forward|escalat|transfer|pass|notif|inform|contact|ask|arrang|book|appl|add|open|creat|credit|reset|remov|delet|upgrad|check|report|reserv|make sure|look into|connect|get back|activat)` +
	`|\b(your|the) (refund|return|cancell?ation|exchange|request|claim|compensation|replacement) (has been|was|is now|is) (already |now )?(approved|issued|processed|granted|accepted|confirmed|sent|completed|done)` +
	`|\blet me (check|look|ask|find|arrange|connect|transfer|get|see)` +
	`|(已经?|刚刚?)(为|给|帮|替)(您|你)|(我|我们)(已经?|刚刚?)|(我|我们)?(马上|立即|这就|现在就|稍后|一会儿?)(会|就|来|去)?(为|给|帮|替)(您|你)|我(会|来|去|将|可以)(为|给|帮|替)(您|你)|(退款|申请|补偿|赔偿)(已|已经)(批准|通过|办理|处理|到账|完成)|正在(为|给|帮|替)(您|你)` +
	`|\b(ya )?(te|le|les|os|se) (lo |la |los |las )?(he|hemos) [a-záéíóúñ]+(ado|ido|echo|esto|elto|ito)\b|\b(he|hemos) (ya )?(devuelto|reembolsado|cancelado|cambiado|enviado|avisado|informado|tramitado|solicitado|aprobado|pasado|transferido|anulado|abierto|aplicado|reservado|contactado)` +
	`|\b(voy|vamos) a (reembols|devolver|cancelar|cambiar|enviar|avisar|informar|tramitar|solicitar|pas|transferir|comprobar|consultar|revisar|ayudarte con)` +
	`|\b(tu|su|el|la) (reembolso|devolución|cancelación|solicitud|compensación|cambio) (ha sido|está|fue) (ya )?(aprobad|tramitad|realizad|aceptad|confirmad|enviad|completad|procesad)|\b(déjame|permíteme) (comprobar|consultar|ver|revisar|buscar)`)

// colleagues are words for the shop's people doing something: handing over is for the code to say, once it is done.
var colleagues = regexp.MustCompile(`\b(colleague|human agent|an agent|a person|a specialist|our team|someone|somebody|representative|supervisor|manager)\b[^.!?]{0,30}\b(will|is going to|is|has|have)\b` +
	`|(同事|专员|人工客服|人工|主管|经理|工作人员|客服)[^。！？]{0,8}(会|将|马上|稍后|正在|已)|转(接|到|给)?(人工|同事|专员)` +
	`|\b(compañer[oa]|agente|especialista|persona|supervisor[a]?|encargad[oa]|nuestro equipo)\b[^.!?]{0,30}\b(te|le|se|va|ha|contactará|escribirá|llamará|revisará)\b`)

// secrets are what nobody has to tell a shop.
var secrets = regexp.MustCompile(`\b(tell|give|send|share|confirm|what is|what's|need|provide)\b[^.!?]{0,30}\b(your|the) (password|pin|card number|cvv|security code|verification code|passport)` +
	`|(把|将|告诉|提供|发送|发给|说出|需要|输入)[^。！？]{0,10}(密码|银行卡号|卡号|验证码|身份证号)|(密码|卡号|验证码|身份证号)[^。！？]{0,6}(发给|告诉|提供)` +
	`|\b(dame|dime|dinos|envía(me|nos)?|manda(me|nos)?|mánda(me|nos)|confirma|necesito|necesitamos|facilíta(me|nos))\b[^.!?]{0,30}\b(contraseña|clave|pin|número de (la |tu )?tarjeta|cvv|código de verificación)`)

const (
	pieceWords = 8  // words in a row
	pieceRunes = 24 // letters in a row, for scripts without spaces
)

// pieces are all runs of words and of letters of a text that are long enough to be no accident.
func pieces(text string) map[string]bool {
	set := map[string]bool{}
	for _, p := range piecesOf(text) {
		set[p] = true
	}
	return set
}

func piecesOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var out []string
	for i := 0; i+pieceWords <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+pieceWords], " "))
	}
	letters := []rune(strings.Join(words, ""))
	for i := 0; i+pieceRunes <= len(letters); i++ {
		out = append(out, string(letters[i:i+pieceRunes]))
	}
	return out
}
