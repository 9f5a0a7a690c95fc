package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// compile reads the tables. Their format is explained at the top of rules.txt.
func compile(texts ...string) (*table, error) {
	t := newTable()
	t.fillers = newTable()
	for _, text := range texts {
		macros := map[string]string{}
		var groups []group
		var score float64
		for n, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			var err error
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '[':
				groups, score, err = header(line)
			case line[0] == '@' && strings.Contains(line, " = "):
				name, body, _ := strings.Cut(line, " = ")
				macros[name] = expand(strings.TrimSpace(body), macros)
			default:
				for _, p := range strings.Split(line, ",") {
					if p = strings.TrimSpace(p); p != "" && err == nil {
						err = t.put(groups, score, expand(p, macros))
					}
				}
			}
			if err != nil {
				return nil, fmt.Errorf("line %d: %q: %w", n+1, line, err)
			}
		}
	}
	return t, nil
}

// header reads "[wish risk_fraud en 0.9]": groups, languages, a score. The
// languages are for the reader: a message may mix them, so all are looked for.
func header(line string) ([]group, float64, error) {
	f := strings.Fields(strings.Trim(line, "[]"))
	if len(f) < 3 {
		return nil, 0, fmt.Errorf("want groups, language and score")
	}
	score, err := strconv.ParseFloat(f[len(f)-1], 64)
	var groups []group
	for _, g := range f[:len(f)-1] {
		switch {
		case g == "en" || g == "es" || g == "zh":
		case knownGroup(group(g)):
			groups = append(groups, group(g))
		default:
			return nil, 0, fmt.Errorf("unknown group %q", g)
		}
	}
	return groups, score, err
}

func knownGroup(g group) bool {
	return slices.Contains(Kinds(), Kind(g)) || slices.Contains([]group{gComplaint, gInsult, gUnhelpful, gNegate, gBoost,
		gHowTo, gRequest, gIf, gBut, gOpener, gFiller, gGreeting, gThanks, gOkay, gFarewell, gAskWord, gJoin, gCommonWord, gKey, gJest, gWho}, g)
}

// expand puts the bodies of macros in their places.
func expand(s string, macros map[string]string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		alts := strings.Split(strings.TrimSuffix(w, "?"), "|")
		for j, a := range alts {
			if body, ok := macros[a]; ok {
				alts[j] = body
			}
		}
		if strings.Contains(w, "@") {
			opt := ""
			if strings.HasSuffix(w, "?") {
				opt = "?"
			}
			words[i] = strings.Join(alts, "|") + opt
		}
	}
	return strings.Join(words, " ")
}

func (t *table) put(groups []group, score float64, text string) error {
	if len(groups) == 0 {
		return fmt.Errorf("before the first section")
	}
	if strings.Contains(text, "@") {
		return fmt.Errorf("unknown name")
	}
	var parts []element
	for _, w := range strings.Fields(text) {
		e, err := t.element(w)
		if err != nil {
			return err
		}
		parts = append(parts, e)
	}
	for _, g := range groups {
		p := &pattern{group: g, score: score, parts: parts, text: text}
		t.patterns = append(t.patterns, p)
		switch g {
		case gKey:
			t.keys = append(t.keys, text)
		case gCommonWord:
			t.plain[parts[0].alts[0][0].id] = true
		case gFiller:
			t.fillers.index(p)
		default:
			t.index(p)
		}
	}
	return nil
}

func (t *table) element(w string) (element, error) {
	switch {
	case w == "^":
		return element{start: true}, nil
	case w == "$":
		return element{end: true}, nil
	case strings.HasPrefix(w, ".."):
		n, err := strconv.Atoi(w[2:])
		return element{gap: n}, err
	}
	e := element{optional: strings.HasSuffix(w, "?")}
	for _, alt := range strings.Split(strings.TrimRight(w, "?|"), "|") {
		prefix := strings.HasSuffix(alt, "~")
		d := read(strings.ReplaceAll(strings.TrimSuffix(alt, "~"), "_", " "), maxJudged, asWritten)
		var seq []piece
		for _, tok := range d.tokens {
			if t.vocab[tok.text] == 0 {
				t.words = append(t.words, tok.text)
				t.vocab[tok.text] = int32(len(t.words))
			}
			seq = append(seq, piece{id: t.vocab[tok.text]})
		}
		if len(seq) == 0 {
			return e, fmt.Errorf("empty alternative in %q", w)
		}
		if prefix {
			last := d.tokens[len(seq)-1].text
			if len(last) < 2 {
				return e, fmt.Errorf("prefix %q is too short", last)
			}
			seq[len(seq)-1].prefix = last
		}
		e.alts = append(e.alts, seq)
	}
	return e, nil
}

// asWritten keeps "bbb" and "yyds" of the tables as they are.
func asWritten(string) bool { return true }

// index files a pattern under everything that it can begin with.
func (t *table) index(p *pattern) {
	for at, e := range p.parts {
		if e.start {
			continue
		}
		for _, alt := range e.alts {
			en := entry{p, at, alt}
			switch {
			case alt[0].prefix != "":
				k := alt[0].prefix[:2]
				t.prefixes[k] = append(t.prefixes[k], en)
			case len(alt) > 1 && alt[1].prefix == "":
				k := [2]int32{alt[0].id, alt[1].id}
				t.double[k] = append(t.double[k], en)
			default:
				t.single[alt[0].id] = append(t.single[alt[0].id], en)
			}
		}
		if !e.optional {
			return
		}
	}
}
