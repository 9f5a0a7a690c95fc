package triage

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// Function words that tell the languages of the Latin alphabet apart. The first
// two are answered in; the others keep their speakers from being taken for them.
var functionWords = map[string][]string{
	"en": strings.Fields(`the is are was were be been i you he she we they it my your his her our their this that these those
		what when where which who how why do does did dont can could will would should have has had not and or but if for with
		from to of in on at by please there any some need want get order am im its yes hello hi hey thanks thank shipping
		refund return cancel delivery size when still just about help track arrive arrived human person agent speak talk
		thx thanx tnx tks ty cheers bye goodbye welcome
		terrible awful bad good great worst never very really money back cant wont didnt doesnt late broken`),
	"es": strings.Fields(`el la los las un una unos unas de del al que y o en con por para mi mis tu tus su sus se me te lo le
		les os es son esta estan estoy soy ha he han hay como cuando donde cual cuanto cuantos quien porque pero mas muy no si
		ya quiero quisiera necesito puedo puede pueden podeis teneis tienen tengo gracias hola buenas buenos pedido envio
		talla devolver devolucion reembolso cambiar cancelar tarda cuesta llega llegado hacer saber nada todo este esto
		vosotros ustedes favor persona hablar agente dia dias cuenta tienda vale adios humano horrible verguenza asco mierda
		roto rota otra vez genial dinero tarde estafa queja ayuda
		precio precios descuento asesor cancela cancelen cambia aceptan cuotas basura ladrones imbeciles payasos correcto
		prueba factura perfecto talla tallas hacen traen sirve sirven dale`),
	"fr": strings.Fields(`le les des du est sont je vous nous pas ne mon ma mes votre une et ou avec pour dans sur ce cette que qui
		bonjour merci commande livraison ai avez suis comment quand combien où retour remboursement`),
	"de": strings.Fields(`der die das und ist nicht ich sie wir mein meine ein eine einen mit für auf zu den dem von wie wann wo
		bitte danke hallo bestellung lieferung kann habe haben ist noch kein keine rückgabe möchte wird`),
	"pt": strings.Fields(`o os as um uma não é eu você meu minha com para por em do da dos das que como quando onde quanto
		obrigado obrigada olá pedido entrega está quero posso tem foi chegou ainda mais`),
	"it": strings.Fields(`il lo gli un uno una non è sono ho ha mio mia con per di del della che come quando dove quanto
		grazie ciao ordine consegna vorrei posso questo questa ancora buongiorno spedizione`),
}

// Language returns the ISO 639-1 code of a text. Scripts are told at sight, English
// and Spanish by their function words and signs, others by trigrams; texts too short
// or mixed to tell take the hint, and without one are taken for English.
func Language(text, hint string) string {
	return languageOf(read(text, pastText, nil), hint)
}

// shortText is the length in words up to which a text needs a word that only another language has to be taken for that.
const shortText = 8

// spelledAlike are words of Spanish that English has, too, if not for the same.
var spelledAlike = [...]string{"me", "no", "so", "son", "he", "has", "ha", "once", "sin", "as", "a", "o", "y", "te", "real", "general", "total", "normal"}

// languageSigns are letters and signs of one language.
var languageSigns = map[string]string{"es": "¿¡ñáíóú", "pt": "ãõç", "de": "äöüß", "fr": "èêëàùœ", "it": "òì"}

// ownWord tells whether a text has a word, or a sign, of a language that another one does not have.
func ownWord(d *document, of, not string) bool {
	return strings.ContainsAny(strings.ToLower(d.text), languageSigns[of]) || slices.ContainsFunc(d.tokens, func(t token) bool {
		in := functionIndex()[t.text]
		return t.word && slices.Contains(in, of) && !slices.Contains(in, not) && !slices.Contains(spelledAlike[:], t.text)
	})
}

func languageOf(d *document, hint string) string {
	if l := scriptOf(d); l != "" {
		return l
	}
	score, words := latinScores(d)
	best, second := "", ""
	for _, l := range []string{"en", "es", "fr", "de", "pt", "it"} {
		switch {
		case best == "" || score[l] > score[best]:
			best, second = l, best
		case second == "" || score[l] > score[second]:
			second = l
		}
	}
	hint = code(hint)
	if l := functionWords[hint]; l != nil && best != hint && words <= shortText && !ownWord(d, best, hint) {
		return hint
	}
	switch {
	case score[best] >= 1 && score[best] > score[second]*1.3:
		return best
	case words >= 6 && score[best] < float64(words)/5:
		if l := byTrigrams(d); l != "" {
			return l
		}
	case hint != "" && score[hint] >= score[best]:
		return hint
	}
	switch {
	case hint != "" && (score[best] == 0 || score[hint] == score[best]):
		return hint
	case score[best] > 0:
		return best
	}
	return "en"
}

// scriptOf answers where the script decides. A Han character counts as much as a
// word: 我的 order 到哪了 is Chinese, "how much is the 人参" is not.
func scriptOf(d *document) string {
	counts := map[string]int{}
	for _, t := range d.tokens[:min(len(d.tokens), 400)] {
		for _, r := range t.text {
			if s := scriptLanguage(r); s != "" {
				counts[s]++
				if s == "latin" {
					break
				}
			}
		}
	}
	switch {
	case counts["ja"] > 0 && counts["ja"]*4 >= counts["zh"] && counts["ja"] >= counts["latin"]:
		return "ja"
	case counts["ko"] > counts["zh"] && counts["ko"] >= counts["latin"]:
		return "ko"
	case counts["zh"] > 0 && counts["zh"] >= counts["latin"]:
		return "zh"
	}
	for _, l := range []string{"ar", "ru", "th", "he", "el", "hi"} {
		if counts[l] > 0 && counts[l] >= counts["latin"] {
			return l
		}
	}
	return ""
}

func scriptLanguage(r rune) string {
	switch {
	case r < 0x80 && unicode.IsLetter(r) || unicode.Is(unicode.Latin, r):
		return "latin"
	case isHan(r):
		return "zh"
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return "ja"
	case unicode.Is(unicode.Hangul, r):
		return "ko"
	case unicode.Is(unicode.Arabic, r):
		return "ar"
	case unicode.Is(unicode.Cyrillic, r):
		return "ru"
	case unicode.Is(unicode.Thai, r):
		return "th"
	case unicode.Is(unicode.Hebrew, r):
		return "he"
	case unicode.Is(unicode.Greek, r):
		return "el"
	case unicode.Is(unicode.Devanagari, r):
		return "hi"
	}
	return ""
}

// latinScores counts function words and signs per language, and the words at all.
func latinScores(d *document) (map[string]float64, int) {
	score, words := map[string]float64{}, 0
	for _, t := range d.tokens[:min(len(d.tokens), 120)] {
		if !t.word {
			continue
		}
		words++
		for _, l := range functionIndex()[t.text] {
			score[l]++
		}
	}
	text := strings.ToLower(d.text[:min(len(d.text), 1000)])
	for language, signs := range languageSigns {
		if strings.ContainsAny(text, signs) {
			score[language] += 1.5
		}
	}
	return score, words
}

// latinLanguages are those that trigrams may name: enough for a shop in three
// markets and its neighbours, few enough to stay quick.
var latinLanguages = map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Spa: true, whatlanggo.Fra: true, whatlanggo.Deu: true, whatlanggo.Por: true,
	whatlanggo.Ita: true, whatlanggo.Nld: true, whatlanggo.Pol: true, whatlanggo.Swe: true, whatlanggo.Tur: true,
	whatlanggo.Vie: true, whatlanggo.Ind: true, whatlanggo.Ron: true, whatlanggo.Ces: true,
}

// byTrigrams asks whatlanggo, and believes it only where it is sure.
func byTrigrams(d *document) string {
	info := whatlanggo.DetectWithOptions(d.text[:min(len(d.text), 300)], whatlanggo.Options{Whitelist: latinLanguages})
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// code cuts a locale such as es-MX or zh_CN to its language.
func code(locale string) string {
	locale = strings.ToLower(strings.TrimSpace(locale))
	if i := strings.IndexAny(locale, "-_."); i >= 0 {
		locale = locale[:i]
	}
	if len(locale) != 2 || strings.Trim(locale, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return locale
}

// functionIndex turns functionWords round: folded word to its languages.
var functionIndex = sync.OnceValue(func() map[string][]string {
	index := map[string][]string{}
	for l, words := range functionWords {
		for _, w := range words {
			if w = fold(w); !slices.Contains(index[w], l) {
				index[w] = append(index[w], l)
			}
		}
	}
	return index
})
