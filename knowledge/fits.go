package knowledge

import "slices"

// subject is what an article is about, as far as its passages among the candidates tell.
type subject struct {
	markets []string
	title   []place // that its question names
	places  []place // that any of its texts names
	codes   []string
}

// fitting leaves out the passages of articles that are about another place or another code than the question: however
// near they are, they are no answer, and without them the right one stands out. The Balearics do not answer for the
// Canaries, nor WELCOME10 for AUTUMN15.
func fitting(candidates []candidate, question Query) []candidate {
	asked, places := codes(question.Text), placesNamed(question.Text)
	if len(asked) == 0 && len(places) == 0 {
		return candidates
	}
	places = within(places, candidates)
	placesIn, codesIn := placesNamed, codes // looked for only where the question has some: it takes time
	if len(places) == 0 {
		placesIn = func(string) []place { return nil }
	}
	if len(asked) == 0 {
		codesIn = func(string) []string { return nil }
	}
	subjects := make(map[string]subject)
	for _, c := range candidates {
		s, known := subjects[c.ref]
		if !known {
			s = subject{markets: c.shown.Market, title: placesIn(c.shown.Question), codes: codesIn(c.shown.Question + "\n" + c.shown.Answer)}
			s.places = s.title
		}
		if c.kind != kindNegative {
			s.places, s.codes = append(s.places, placesIn(c.text)...), append(s.codes, codesIn(c.text)...)
		}
		subjects[c.ref] = s
	}
	exact := false // the shop says something of just this place
	for _, s := range subjects {
		exact = exact || s.names(places)
	}
	return slices.DeleteFunc(slices.Clone(candidates), func(c candidate) bool {
		s := subjects[c.ref]
		return s.elsewhere(places, exact) || s.otherCode(asked)
	})
}

// within adds what places belong to where the shop has no market of theirs: whoever asks about Galway is answered by
// what a shop without an Irish market says of the European Union.
func within(places []place, candidates []candidate) []place {
	for _, p := range slices.Clone(places) {
		own := func(c candidate) bool { return slices.Contains(c.shown.Market, p.market) }
		if p.union != "" && !slices.ContainsFunc(candidates, own) {
			places = append(places, place{name: p.union, market: p.union, whole: true})
		}
	}
	return places
}

func (s subject) names(places []place) bool {
	return slices.ContainsFunc(places, func(p place) bool { return slices.Contains(s.places, p) })
}

// elsewhere says that an article is of other markets than the places lie in, or by its title about nothing but other parts
// of theirs although the shop has something about just these.
func (s subject) elsewhere(places []place, exact bool) bool {
	if len(places) == 0 || s.names(places) {
		return false
	}
	there := func(market string) bool {
		return slices.ContainsFunc(places, func(p place) bool { return p.market == market })
	}
	if len(s.markets) > 0 && !slices.ContainsFunc(s.markets, there) {
		return true
	}
	sibling := func(p place) bool { return !p.whole && there(p.market) }
	return exact && len(s.title) > 0 && !slices.ContainsFunc(s.title, func(p place) bool { return !sibling(p) })
}

func (s subject) otherCode(asked []string) bool {
	return len(asked) > 0 && len(s.codes) > 0 && !slices.ContainsFunc(s.codes, func(code string) bool { return slices.Contains(asked, code) })
}
