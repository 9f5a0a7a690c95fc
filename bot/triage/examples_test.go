package triage

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge/embed"
)

var unknown = float32(math.NaN())

// example is one text to learn from; a label that is not known is NaN.
type example struct {
	text, lang, from string
	y                [heads]float32
	weight           float32
	fold             int // -1: learned from always, measured never
}

func known(y float32) bool { return y == y }

// share is how much an example counts where the heads are brought together: everyday sentences more than the rare
// and witty ones.
func (x *example) share() float64 {
	if x.from == "plain" {
		return 2
	}
	return 1
}

// examples reads all there is to learn from: the corpus, the opinions, everyday
// questions by topic, and the words of mood.txt.
func examples(t testing.TB) []example {
	var out []example
	us := corpus(t)
	group := groups(us)
	for i, u := range us {
		from := "corpus"
		if strings.HasSuffix(u.file, ".txt") {
			from = "plain"
		}
		out = append(out, example{text: u.Text, lang: u.Lang, from: from, y: labelsOf(u), weight: 1, fold: group[i] % folds})
	}
	out = append(out, opinions(t)...)
	out = append(out, background(t)...)
	return append(out, moodWords()...)
}

func labelsOf(u utterance) (y [heads]float32) {
	is := func(b bool) float32 {
		if b {
			return 1
		}
		return 0
	}
	y[hNegative], y[hPositive], y[hFury] = is(u.Mood < 0), is(u.Mood > 0), is(u.Mood <= -1)
	y[hWish], y[hHandoff] = is(u.Wish), float32(u.Handoff)
	y[hOrder] = is(u.Handoff == 1 && (u.Intent == "order_change" || u.Intent == "refund_request"))
	y[hRemark], y[hAnyRisk] = is(slices.Contains(remarks, u.Intent)), is(len(u.Risk) > 0)
	if u.Intent == "smalltalk" || u.Intent == "threat" || u.Intent == "other" {
		y[hRemark] = unknown
	}
	if len(u.Risk) > 0 && u.Mood > -1 { // how bad news sounds that is told calmly, readers do not agree on
		y[hNegative], y[hPositive], y[hFury] = unknown, unknown, unknown
	}
	for i, k := range riskKinds() {
		y[hRisk+i] = is(slices.Contains(u.Risk, strings.TrimPrefix(string(k), "risk_")))
	}
	return y
}

// remarks are the intents of somebody who says what they think; the others want something.
var remarks = []string{"complaint", "praise", "feedback"}

func moodLabels(mood float64) (y [heads]float32) {
	y = labelsOf(utterance{Mood: mood})
	for _, h := range []int{hWish, hHandoff, hOrder, hRemark} {
		y[h] = unknown
	}
	if mood < -0.6 {
		y[hFury] = unknown
	}
	return y
}

// remarked are the labels of a remark on goods or a company.
func remarked(mood float64) (y [heads]float32) {
	y = moodLabels(mood)
	y[hRemark] = 1
	return y
}

// groups numbers utterances so that those that say the same, in whatever language,
// share a number: a fold must not be measured on what it has learned from.
func groups(us []utterance) []int {
	e, err := embed.NewBuiltin()
	if err != nil {
		panic(err)
	}
	vectors, parent := make([][]float32, len(us)), make([]int, len(us))
	for i, u := range us {
		vectors[i], parent[i] = e.Vector(u.Text), i
	}
	var root func(int) int
	root = func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range us {
		for j := range i {
			sum := float32(0)
			for k, x := range vectors[i] {
				sum += x * vectors[j][k]
			}
			if sum > 0.9 {
				parent[root(i)] = root(j)
			}
		}
	}
	out := make([]int, len(us))
	for i := range us {
		out[i] = int(key('g', us[root(i)].Text) >> 8)
	}
	return out
}

// opinions reads short remarks by mood, each alone and with another of its kind.
func opinions(t testing.TB) []example {
	var out []example
	rng := rand.New(rand.NewPCG(3, 4))
	for _, lang := range []string{"en", "es", "zh"} {
		mood := 0.0
		joints := []string{", ", ". ", "\n", "! "}
		if lang == "zh" {
			joints = []string{"，", "。", "，", " "}
		}
		eachLine(t, "corpus/opinions-"+lang+".txt", func(line []byte) {
			if line[0] == '[' {
				if _, err := fmt.Sscanf(string(line), "["+lang+" %g]", &mood); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
				return
			}
			said := strings.Split(string(line), " | ")
			for i, s := range said {
				both := s + joints[i%4] + said[rng.IntN(len(said))]
				for _, text := range []string{s, both} {
					out = append(out, example{text: text, lang: lang, from: "opinions", y: remarked(mood), weight: 1, fold: -1})
				}
			}
		})
	}
	return append(out, reviews(out)...)
}

// reviews joins remarks to longer texts, as people write who have more to say: most of
// one mood, something calm, and now and then a word for the other side.
func reviews(said []example) []example {
	rng := rand.New(rand.NewPCG(5, 6))
	var out []example
	for _, lang := range []string{"en", "es", "zh"} {
		var by [3][]example // negative, positive, calm
		for i := 0; i < len(said); i += 2 {
			x := said[i]
			switch {
			case x.lang != lang:
			case x.y[hNegative] == 1:
				by[0] = append(by[0], x)
			case x.y[hPositive] == 1:
				by[1] = append(by[1], x)
			default:
				by[2] = append(by[2], x)
			}
		}
		for n := range 1200 {
			main := by[n%2]
			parts := []string{by[2][rng.IntN(len(by[2]))].text}
			for range 2 + rng.IntN(4) {
				parts = append(parts, main[rng.IntN(len(main))].text)
			}
			if len(parts) > 3 && rng.IntN(3) == 0 {
				other := by[1-n%2]
				parts[1] = other[rng.IntN(len(other))].text
			}
			rng.Shuffle(len(parts)-1, func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
			joint := ". "
			if lang == "zh" {
				joint = "，"
			}
			x := main[0]
			x.text, x.weight = strings.Join(parts, joint), 0.7
			x.y[hFury] = unknown
			out = append(out, x)
		}
	}
	return out
}

// topicMood is the mood that a topic of the background tells; all others are calm.
var topicMood = map[string]float64{
	"anger": -0.6, "bad review threat": -0.6, "cheated": -0.8, "delivery complaint": -0.5, "disappointment": -0.5, "fake goods": -0.6,
	"fury": -1, "ignored": -0.5, "mild annoyance": -0.4, "quality complaint": -0.5, "refund complaint": -0.6, "repeated contact": -0.6,
	"rude staff": -0.7, "sarcasm": -0.6, "slow answers": -0.5, "insults": -0.8, "praise": 0.8, "thanks": 0.6, "compliments": 0.7,
}

// unsureTopics hold all kinds of moods.
var unsureTopics = []string{"waiting", "hope", "worry", "complaints about life", "moods", "opinions", "older shopper", "urgency", "gift"}

func background(t testing.TB) []example {
	var out []example
	eachLine(t, "corpus/background/background.jsonl", func(line []byte) {
		var r struct{ Topic, Zh, En, Es string }
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(unsureTopics, r.Topic) || strings.HasPrefix(r.Topic, "risk") {
			return
		}
		y := moodLabels(topicMood[r.Topic])
		if topicMood[r.Topic] == 0 {
			y[hRemark] = 0
		}
		if y[hWish] = 0; r.Topic == "wants human" {
			y[hWish], y[hHandoff] = 1, 1
		}
		for _, text := range [][2]string{{"zh", r.Zh}, {"en", r.En}, {"es", r.Es}} {
			out = append(out, example{text: text[1], lang: text[0], from: "background", y: y, weight: 1, fold: -1})
		}
	})
	return out
}

// moodWords reads mood.txt as short texts with a mood.
func moodWords() []example {
	var out []example
	lang, score := "", 0.0
	for _, line := range strings.Split(moodText, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			f := strings.Fields(strings.Trim(line, "[]"))
			if lang, score = f[len(f)-2], 0; f[0] == "mood" {
				if _, err := fmt.Sscan(f[len(f)-1], &score); err != nil {
					panic(err)
				}
			}
		case score != 0:
			for _, p := range strings.Split(line, ",") {
				for _, text := range spelled(p) {
					out = append(out, example{text: text, lang: lang, from: "words", y: moodLabels(score / 3.6), weight: 0.3, fold: -1})
				}
			}
		}
	}
	return out
}

// spelled writes the texts that a pattern stands for, a dozen at most.
func spelled(pattern string) []string {
	out := []string{""}
	if strings.ContainsAny(pattern, "@^$") || strings.TrimSpace(pattern) == "" {
		return nil
	}
	for _, w := range strings.Fields(pattern) {
		if strings.HasPrefix(w, "..") {
			continue
		}
		var next []string
		for _, a := range strings.Split(strings.TrimRight(w, "?~"), "|") {
			for _, o := range out {
				next = append(next, strings.TrimSpace(o+" "+strings.ReplaceAll(a, "_", " ")))
			}
		}
		out = next[:min(12, len(next))]
	}
	return out
}
