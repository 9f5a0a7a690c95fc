package knowledge

import (
	"bufio"
	_ "embed" // the questions travel inside the program
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"frontdesk/knowledge/embed"
)

// What shoppers ask shops of all trades, each question in Chinese, English and Spanish. A question that lies closer to one
// of these than to anything that the shop says is likely about something else.
//
//go:embed background/questions.jsonl
var backgroundFile string

const (
	backgroundNear = 30  // how many of them a question is compared with
	backgroundOwn  = 0.8 // cosine from which on a shop speaks of one itself
)

// background are the questions as the built-in embedder sees them, by their writing.
type background struct {
	embedder   *embed.Builtin
	reader     *embed.Reader
	han, latin [][]float32
}

// readBackground embeds the questions once, the first time a shop is searched.
var readBackground = sync.OnceValues(func() (*background, error) {
	embedder, err := embed.NewBuiltin()
	if err != nil {
		return nil, err
	}
	b := &background{embedder: embedder, reader: embed.NewReader(embedder)}
	lines := bufio.NewScanner(strings.NewReader(backgroundFile))
	for lines.Scan() {
		var q struct{ Zh, En, Es string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, fmt.Errorf("questions of the background: %w", err)
		}
		b.han = append(b.han, embedder.Vector(q.Zh))
		b.latin = append(b.latin, embedder.Vector(q.En), embedder.Vector(q.Es))
	}
	return b, lines.Err()
})

// strangeness is how a question lies between what all shops are asked and what this shop says. Both are differences of
// cosines by the built-in embedder, whatever the shop's own is.
type strangeness struct {
	beyond float64 // most that one of the near questions is closer to it than to any passage
	astray float64 // how much closer the nearest question that the shop does not speak of is than the best passage
}

// compareBackground notes with the candidates of a space how strange the question is to the shop. Passages that lie near a
// question of the background lie near this one, too: they are among the candidates.
func compareBackground(candidates []candidate, question, space string) error {
	if len(candidates) == 0 {
		return nil
	}
	b, err := readBackground()
	if err != nil {
		return err
	}
	s := b.strangeness(question, candidates, space == b.embedder.Space())
	for i := range candidates {
		candidates[i].strange = s
	}
	return nil
}

// strangeness compares a question with the background; the candidates bring their vectors along where they are of the built-in
// embedder.
func (b *background) strangeness(question string, candidates []candidate, embedded bool) strangeness {
	asked, all := b.embedder.Vector(question), b.latin
	if isHan(question) {
		all = b.han
	}
	var passages [][]float32
	best := 0.0
	for _, c := range candidates {
		if c.kind != kindNegative {
			v := c.vector
			if !embedded || v == nil {
				v = b.embedder.Vector(c.text)
			}
			passages, best = append(passages, v), max(best, dot(asked, v))
		}
	}
	near := nearest(asked, all)
	s := strangeness{beyond: -1, astray: near[len(near)-1].cosine - best}
	found := false
	for _, n := range near {
		own := 0.0
		for _, p := range passages {
			own = max(own, dot(n.vector, p))
		}
		s.beyond = max(s.beyond, n.cosine-own)
		if own < backgroundOwn && !found {
			s.astray, found = n.cosine-best, true
		}
	}
	return s
}

type neighbour struct {
	vector []float32
	cosine float64
}

// nearest are the vectors that lie nearest to one, the nearest first.
func nearest(to []float32, all [][]float32) []neighbour {
	near := make([]neighbour, 0, backgroundNear+1)
	for _, v := range all {
		cosine := dot(to, v)
		if len(near) == backgroundNear && cosine <= near[len(near)-1].cosine {
			continue
		}
		place, _ := slices.BinarySearchFunc(near, cosine, func(n neighbour, x float64) int {
			if n.cosine > x {
				return -1
			}
			return 1
		})
		near = slices.Insert(near, place, neighbour{v, cosine})
		near = near[:min(len(near), backgroundNear)]
	}
	return near
}
