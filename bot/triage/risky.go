package triage

import (
	"maps"
	"slices"
)

// weighRisk notes which words the patterns of risks are made of: those that no pattern of an errand has, and that do
// not merely say whose or whom.
func (t *table) weighRisk() {
	errands := map[string]bool{}
	for _, p := range t.patterns {
		into := errands
		switch {
		case isRisk(Kind(p.group)) && p.score >= sureScore:
			into = t.risky
		case p.group != group(Wish) && p.group != group(OrderChange) && p.group != gHowTo && p.group != gRequest && p.group != gAskWord:
			continue
		}
		for _, e := range p.parts {
			for _, alt := range e.alts {
				for w := range t.matter(alt) {
					into[w] = true
				}
			}
		}
	}
	maps.DeleteFunc(t.risky, func(w string, _ bool) bool { return errands[w] || slices.Contains(bystanders[:], w) })
}

// bystanders stand in patterns of risks and in every other text.
var bystanders = [...]string{
	"husband", "wife", "daughter", "mother", "father", "child", "baby", "toddler", "friend", "girlfriend", "boyfriend", "partner", "family", "neighbour",
	"price", "parcel", "package", "seller", "store", "website", "message", "email", "photo", "address", "statement", "weeks", "month", "today", "tomorrow",
	"hijo", "hija", "madre", "padre", "marido", "mujer", "bebe", "nino", "nina", "senora", "tienda", "vendedor", "correo", "mensaje", "precio", "paquete", "banco",
	"孩子", "宝宝", "小孩", "老人", "我妈", "我爸", "女儿", "儿子", "手机", "衣服", "地址", "电话", "快递", "物流", "店里", "老公", "老婆", "朋友", "价格", "包装", "银行",
}

// matter returns the words of an alternative that may say something: of Chinese, pairs of characters.
func (t *table) matter(alt []piece) map[string]bool {
	out := map[string]bool{}
	for i, p := range alt {
		w := t.words[p.id-1]
		switch {
		case t.plain[p.id]:
		case isHan([]rune(w)[0]):
			if i+1 < len(alt) {
				if next := t.words[alt[i+1].id-1]; isHan([]rune(next)[0]) && !t.plain[alt[i+1].id] {
					out[w+next] = true
				}
			}
		case len(w) > shortGram:
			out[w] = true
		}
	}
	return out
}

// bearsRisk tells whether a document has one of those words.
func (t *table) bearsRisk(d *document) bool {
	for i, tok := range d.tokens {
		if t.risky[tok.text] || i > 0 && t.risky[d.tokens[i-1].text+tok.text] {
			return true
		}
	}
	return false
}
