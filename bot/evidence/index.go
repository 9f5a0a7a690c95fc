package evidence

import (
	"hash/maphash"
	"strings"
)

// site is one place in a source that states a value.
type site struct {
	r     *reading
	kind  string // of the source
	c     *claim
	bound int
	end   bool // one end of a range: supports only what says so
}

// manySites is how often one value may be stated before further places add nothing but time.
const manySites = 64

// index finds what the sources state.
type index struct {
	sites     map[key][]site
	values    map[amount]bool // numbers that stand alone or with any unit
	sentences map[string]bool
	units     map[int]bool // units and currencies that occur without a number, as in a table's head
	reads     []*reading   // of passages and tools
	seed      maphash.Seed
}

func indexSources(sources []Source) *index {
	ix := &index{sites: make(map[key][]site, 256), values: map[amount]bool{}, sentences: map[string]bool{}, units: map[int]bool{}, seed: maphash.MakeSeed()}
	for _, s := range sources {
		r := read(s.Text, asSource)
		ix.addReading(r, s.Kind)
		if s.Kind != Shopper {
			ix.reads = append(ix.reads, r)
			for _, x := range r.sents {
				ix.sentences[s.Text[x.from:x.to]] = true
			}
		}
		if s.Kind != Shopper && len(s.Conditions) > 0 {
			var b strings.Builder
			for k, v := range s.Conditions {
				b.WriteString(conditionText(k, v) + "\n")
			}
			ix.addReading(read(b.String(), asSource), s.Kind)
		}
	}
	return ix
}

// conditionText writes a condition as a sentence that names its market.
func conditionText(k, v string) string {
	names := map[string]string{"es": "Spain", "gb": "United Kingdom", "uk": "United Kingdom", "us": "United States", "cn": "China",
		"de": "Germany", "fr": "France", "it": "Italy", "pt": "Portugal", "ie": "Ireland", "mx": "Mexico", "jp": "Japan", "eu": "European Union"}
	if k != "market" && k != "country" && k != "region" {
		return v
	}
	var b strings.Builder
	for _, w := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if n := names[strings.ToLower(w)]; n != "" {
			w = n
		}
		b.WriteString(w + ", ")
	}
	return b.String()
}

func (ix *index) addReading(r *reading, kind string) {
	for i := range r.claims {
		c := &r.claims[i]
		s := site{r: r, kind: kind, c: c, bound: c.bound}
		for _, k := range c.keys {
			ix.put(k, s)
		}
	}
	if kind == Shopper {
		return
	}
	for i, t := range r.toks {
		if id := demonyms[t.s]; id > 0 {
			r.segs[r.segmentAt(i)].members = append(r.segs[r.segmentAt(i)].members, id)
			k := key{unit: kPlace, a: amount(id)}
			ix.put(k, site{r: r, kind: kind, c: &claim{kind: KindCondition, keys: []key{k}, from: t.from, to: t.to, tok: i, end: i + 1, seg: r.segmentAt(i)}})
		}
	}
	next := 0
	for i := range r.toks {
		for next < len(r.claims) && r.claims[next].end <= i {
			next++
		}
		if next < len(r.claims) && r.claims[next].tok <= i {
			continue // the unit of a number
		}
		if e, n := at(r.toks, i, cUnit); n > 0 {
			ix.units[e.id] = true
		}
		if e, n := at(r.toks, i, cCurrency); n > 0 {
			ix.units[kMoney+e.id] = true
		}
	}
}

func (ix *index) put(k key, s site) {
	if len(ix.sites[k]) >= manySites {
		return
	}
	ix.sites[k] = append(ix.sites[k], s)
	switch {
	case k.unit == kDate:
		if k.b != 0 {
			ix.sites[key{unit: kDate, a: k.a}] = append(ix.sites[key{unit: kDate, a: k.a}], s)
			ix.sites[key{unit: kBare, a: k.b * one}] = append(ix.sites[key{unit: kBare, a: k.b * one}], s)
		}
		ix.sites[key{unit: kMonth, a: k.a / 100}] = append(ix.sites[key{unit: kMonth, a: k.a / 100}], s)
		ix.sites[key{unit: kMonthDay, a: k.a % 100 * one}] = append(ix.sites[key{unit: kMonthDay, a: k.a % 100 * one}], s)
	case k.unit == kWeekday && k.b > 0:
		for d := k.a; d <= k.b; d++ {
			ix.sites[key{unit: kWeekday, a: d}] = append(ix.sites[key{unit: kWeekday, a: d}], s)
		}
	case k.unit == kWeekday && k.a == 8:
		for _, d := range [...]amount{6, 7} {
			ix.sites[key{unit: kWeekday, a: d}] = append(ix.sites[key{unit: kWeekday, a: d}], s)
		}
	case k.unit == kSize && k.b != 0:
		ix.sites[key{unit: kSize, a: k.a}] = append(ix.sites[key{unit: kSize, a: k.a}], s)
	case k.unit == kMoney+curCent || k.unit == kMoney:
	case k.b != 0 && k.unit < kPercent+1:
		lo, hi := s, s
		lo.end, lo.bound = true, atLeast
		hi.end, hi.bound = true, atMost
		ix.sites[key{unit: k.unit, a: k.a}] = append(ix.sites[key{unit: k.unit, a: k.a}], lo)
		ix.sites[key{unit: k.unit, a: k.b}] = append(ix.sites[key{unit: k.unit, a: k.b}], hi)
	case k.unit == kPhone && s.r.low[s.c.from] == '+':
		for cut := 1; cut <= 3 && len(k.s)-cut >= 7; cut++ { // the same number as dialled at home
			ix.sites[key{unit: kPhone, s: k.s[cut:]}] = append(ix.sites[key{unit: kPhone, s: k.s[cut:]}], s)
		}
	case k.unit == kPlace:
		if c := country(int(k.a)); c > 0 {
			ix.sites[key{unit: kPlace, a: c}] = append(ix.sites[key{unit: kPlace, a: c}], s)
		}
	}
	if k.s == "" && k.b == 0 && s.kind != Shopper && k.unit != kPromise && k.unit != kPlace {
		ix.values[k.a] = true
		ix.values[s.c.raw] = true
	}
}
