package evidence

import "slices"

// denies tells whether a sentence denies of a place what a quotable in another language says of it, or says what that denies. More
// than figures and names cannot be compared between two languages; the figures are for Check.
func (p *proof) denies(d *reading) bool {
	mine, theirs := d.denied(), p.body.denied()
	for member, no := range mine {
		if there, named := theirs[member]; named && no != there {
			return true
		}
	}
	return false
}

// denied tells of each place that is named whether all clauses that name it are negated.
func (r *reading) denied() map[int]bool {
	out := map[int]bool{}
	negated := r.negated()
	for s, seg := range r.segs {
		for _, m := range seg.members {
			if g := m / 100; g == gPlace || g == gArea {
				no, named := out[m]
				out[m] = negated[s] && (no || !named)
			}
		}
	}
	return out
}

// foreign tells whether a sentence may rest on a source in another language.
func (m *mender) foreign() bool {
	return slices.ContainsFunc(m.proofs, func(p *proof) bool { return p.foreign })
}

// denied tells whether a source in another language denies what a sentence says.
func (m *mender) denied(d *reading) bool {
	return slices.ContainsFunc(m.proofs, func(p *proof) bool { return p.foreign && p.denies(d) })
}
