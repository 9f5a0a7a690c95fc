package triage

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

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

// socialTopics want nothing of a shop; some of chatTopics do, and some do not.
var (
	socialTopics = []string{"praise", "compliments", "thanks", "thanks and goodbyes", "goodbye", "ok", "greeting", "small talk"}
	chatTopics   = []string{"jokes", "weather", "family", "work", "school", "music", "films", "yes no maybe", "confirmations", "hesitations", "daily life",
		"travel and holidays", "food and drink", "sorry to bother", "off-topic", "about the assistant"}
)

func background(t testing.TB) []example {
	var out []example
	eachLine(t, "../../knowledge/background/questions.jsonl", func(line []byte) {
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
		switch {
		case slices.Contains(socialTopics, r.Topic):
			y[hSocial] = 1
		case !slices.Contains(chatTopics, r.Topic):
			y[hSocial] = 0
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
