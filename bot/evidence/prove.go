package evidence

import (
	"slices"
	"strings"
)

// proof is a sentence of a source as evidence by itself, with what its article asks.
type proof struct {
	quotable
	foreign bool
	before  *proof // what it goes on from
	ix      *index
	body    *reading        // of the sentence, and what opens its list
	words   map[string]bool // by form
	senses  map[int]bool    // of the words
	ours    bool            // some verb is of what the shop does
	named   map[int]bool    // members of exclusive groups
	han     string          // Chinese characters
	asked   []uint64        // content of what is asked
}

func newProof(q quotable, title string) *proof {
	text := strings.TrimPrefix(title+"\n"+q.open+"\n"+q.text, "\n")
	p := &proof{quotable: q, ix: indexSources([]Source{{Kind: Passage, Text: text}}), body: read(q.open+"\n"+q.text, asSource),
		words: map[string]bool{}, senses: map[int]bool{}, named: map[int]bool{}}
	whole := p.ix.reads[0]
	for _, t := range whole.toks {
		switch t.kind {
		case tHan:
			p.han += t.s
		case tPunct:
			p.han += " "
		default:
			p.words[form(t.s)] = true
			p.ours = p.ours || ours(t.s)
			for _, x := range senses[t.s] {
				p.senses[x] = true
			}
		}
	}
	for _, g := range p.body.groups {
		p.named[g.id] = true
	}
	for _, g := range whole.groups { // what is asked names whom it is about only where the answer does not
		if !slices.ContainsFunc(p.body.groups, func(b groupHit) bool { return b.id/100 == g.id/100 }) {
			p.named[g.id] = true
		}
	}
	for _, s := range whole.segs {
		if int(whole.off[whole.toks[s.from].from]) < len(title) {
			p.asked = append(p.asked, whole.content(s, p.ix.seed)...)
		}
	}
	return p
}

// proofs are the quotables of sources.
func proofs(sources []Source) []*proof {
	var out []*proof
	for _, s := range sources {
		for i, q := range quotables(s.Quote) {
			p := newProof(q, strings.TrimSuffix(s.Text, s.Quote))
			p.foreign = s.Foreign
			if q.leans && i > 0 {
				p.before = out[len(out)-1]
			}
			out = append(out, p)
		}
	}
	return out
}

// mostClaims is how much one sentence may claim to be looked at.
const mostClaims = 60

// fewestKnown is how many words and figures a sentence must share with one that proves it.
const fewestKnown = 2

// proves returns what in a sentence is not shown to be what the quotable says; it is empty where everything is.
func (p *proof) proves(d *reading) string {
	if len(d.claims) > mostClaims {
		return "too much at once"
	}
	for i := range d.claims {
		if c := &d.claims[i]; d.figureClaim(i) && !p.states(d, *c) {
			return "value " + d.original(c.from, c.to)
		}
	}
	for _, g := range d.groups {
		if !p.names(g.id) {
			return "group " + d.toks[g.tok].s
		}
	}
	known := 0
	for k, x := range p.explain(d) {
		if x == unknown {
			return "word " + d.toks[k].s
		}
		if x == meant {
			known++
		}
		if x == meant && d.toks[k].kind == tHan && k+3 < len(d.toks) && d.han(k+3) { // a run of characters is several words
			known++
		}
	}
	if known < fewestKnown {
		return "next to nothing known"
	}
	if why := p.scoped(d); why != "" {
		return why
	}
	if why := p.mixed(d); why != "" {
		return why
	}
	if f := (&Evidence{ix: p.ix}).check(d); len(f) > 0 {
		return f[0].Kind + " " + f[0].Text
	}
	return ""
}

// names tells whether the quotable names a member of a group, or the place that it lies in.
func (p *proof) names(member int) bool {
	return p.named[member] || member/100 == gPlace && p.named[parent(member)]
}

// has tells whether the quotable has the value of a claim.
func (p *proof) has(d *reading, c claim) bool {
	return slices.ContainsFunc(p.ix.widen(d, c), func(k key) bool { return len(p.ix.sites[k]) > 0 })
}

// states tells whether the quotable has the value of a claim, bounded as there.
func (p *proof) states(d *reading, c claim) bool {
	for _, k := range p.ix.widen(d, c) {
		for _, s := range p.ix.sites[k] {
			if s.bound == c.bound || k.b != 0 && !s.end { // a range is its own bound
				return true
			}
		}
	}
	return false
}
