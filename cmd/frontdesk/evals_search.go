package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/format"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"

	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"

	"golang.org/x/sync/errgroup"
)

// evalSet is one public set of questions with the answer that each should find. Weight is what the set counts in the
// training of confidence, and stray what each question outside of its knowledge counts there: real shops are asked more
// of what they do not know than most of these sets are.
type evalSet struct {
	name, kb, questions string
	weight, stray       float64
	joint               string // the set whose best threshold its joint accuracy is taken at; "" for none
	floors, targets     map[string]string
}

func evalSets() []evalSet {
	return []evalSet{
		{"sofmattress", "hint3/sofmattress.kb.jsonl", "hint3/sofmattress.dev_queries.jsonl", 2, 1, "powerplay11",
			map[string]string{"accuracy": "0.605", "AUROC": "0.755", "joint": "0.418"}, map[string]string{"joint": "0.72"}},
		{"powerplay11", "hint3/powerplay11.kb.jsonl", "hint3/powerplay11.dev_queries.jsonl", 3, 1, "sofmattress",
			map[string]string{"accuracy": "0.531", "AUROC": "0.674", "joint": "0.686"}, map[string]string{"joint": "0.76"}},
		{"clinc150", "clinc150/kb_train.jsonl", "clinc150/dev.jsonl", 1, 6, "",
			map[string]string{"accuracy": "0.755", "AUROC": "0.754"}, map[string]string{"accuracy": "0.88", "AUROC": "0.95", "coverage": "0.70"}},
		{"banking77", "banking77/kb_train.jsonl", "banking77/dev.jsonl", 1, 1, "",
			map[string]string{"accuracy": "0.685"}, map[string]string{"accuracy": "0.88"}},
		{"bitext", "bitext_cs/kb_train.jsonl", "bitext_cs/dev.jsonl", 1, 1, "",
			map[string]string{"accuracy": "0.927"}, map[string]string{"accuracy": "0.98"}},
	}
}

// labelled is one row of a set: a text and what it is, which is a number in some sets.
type labelled struct {
	ID      string          `json:"id"`
	Text    string          `json:"text"`
	Label   json.RawMessage `json:"label"`
	Tags    string          `json:"tags"`
	Valence float64         `json:"valence"`
	Source  string          `json:"source"`
}

// label is the text of the label, "" for what no knowledge of the set answers.
func (l labelled) label() string {
	var text string
	if json.Unmarshal(l.Label, &text) != nil || text == "oos" || text == "NO_NODES_DETECTED" {
		return ""
	}
	return text
}

func readLabelled(path string) ([]labelled, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var rows []labelled
	var bad error
	err = readLines(file, func(number int, line []byte, err error) bool {
		var row labelled
		if err == nil {
			err = decodeLine(line, &row)
		}
		if err != nil {
			bad = fmt.Errorf("%s: line %d: %w", path, number, err)
		}
		rows = append(rows, row)
		return bad == nil
	})
	if err == nil {
		err = bad
	}
	return rows, err
}

// asked is one question of a set after its search.
type asked struct {
	id string
	scoring.Answer
	signals []float64 // nil when nothing was found
	weight  float64
}

// judge scores the questions of a set by a confidence.
func judge(all []asked, confidence scoring.Logistic) []scoring.Answer {
	judged := make([]scoring.Answer, len(all))
	for i, a := range all {
		judged[i] = a.Answer
		judged[i].Score = 0
		if a.signals != nil {
			judged[i].Score = confidence.Probability(a.signals)
		}
	}
	return judged
}

// train fits a confidence to the questions of these sets.
func train(sets ...[]asked) scoring.Logistic {
	var samples []scoring.Sample
	for _, all := range sets {
		for _, a := range all {
			if a.signals != nil {
				samples = append(samples, scoring.Sample{X: a.signals, Yes: a.Right(), Weight: a.weight})
			}
		}
	}
	return scoring.Fit(samples)
}

// search measures which article is found and what confidence is worth. Each set is judged by a confidence that was
// trained on the others, so that it stands for a shop that nobody has seen.
func (e *evals) search(ctx context.Context) error {
	var sets []evalSet
	answers := map[string][]asked{}
	var wordy [][]asked
	for _, set := range evalSets() {
		if !e.there(set.name, filepath.Join(e.command.Sets, set.kb)) || !e.there(set.name, filepath.Join(e.command.Sets, set.questions)) {
			continue
		}
		all, err := e.askSet(ctx, set, "")
		if err != nil {
			return err
		}
		sets, answers[set.name] = append(sets, set), all
		if e.command.Calibrate != "" {
			all, err := e.askSet(ctx, set, knowledge.WordsSpace)
			if err != nil {
				return err
			}
			wordy = append(wordy, all)
		}
	}
	demo, wordyDemo, err := e.askDemo(ctx)
	if err != nil {
		return err
	}
	if demo != nil {
		sets, answers[demoSet().name], wordy = append(sets, demoSet()), demo, append(wordy, wordyDemo)
	}
	if len(sets) < 2 {
		e.skip("confidence: it needs two sets, one to be trained on and one to be judged")
		return nil
	}
	for _, set := range sets {
		if err := e.judgeSet(set, answers); err != nil {
			return err
		}
	}
	if e.command.Calibrate != "" {
		return writeCoefficients(e.command.Calibrate, train(others(answers, "")...), train(wordy...))
	}
	return nil
}

// others are the answers of all sets but one, in an order of their own.
func others(answers map[string][]asked, but string) [][]asked {
	var rest [][]asked
	for _, set := range append(evalSets(), demoSet()) {
		if set.name != but && answers[set.name] != nil {
			rest = append(rest, answers[set.name])
		}
	}
	return rest
}

// judgeSet adds the figures of one set.
func (e *evals) judgeSet(set evalSet, answers map[string][]asked) error {
	confidence := train(others(answers, set.name)...)
	judged := judge(answers[set.name], confidence)
	right, inside := scoring.Accuracy(judged)
	e.share(set.name+": accuracy, all answered", right, inside, set.floors["accuracy"], set.targets["accuracy"])
	n := len(judged)
	if inside < n {
		e.drawn(set.name+": AUROC of what is outside", n, over(judged, scoring.OutsideAUROC), set.floors["AUROC"], set.targets["AUROC"])
	}
	if other, ok := answers[set.joint]; ok {
		at := scoring.Threshold(judge(other, confidence))
		e.share(fmt.Sprintf("%s: joint accuracy (at %.2f, from %s)", set.name, at, set.joint), scoring.Joint(judged, at), n, set.floors["joint"], set.targets["joint"])
	}
	e.drawn(set.name+": coverage at 95 % precision", n, over(judged, func(a []scoring.Answer) float64 { return scoring.Coverage(a, 0.05) }), "", set.targets["coverage"])
	e.drawn(set.name+": AURC", n, over(judged, scoring.AURC), "", "")
	e.drawn(set.name+": calibration error, set left out", n, over(judged, scoring.CalibrationError), "", "0.05")
	return e.write(set.name, answers[set.name], judged)
}

func over(all []scoring.Answer, figure func([]scoring.Answer) float64) func([]int) float64 {
	drawn := make([]scoring.Answer, len(all))
	return func(places []int) float64 {
		for i, p := range places {
			drawn[i] = all[p]
		}
		return figure(drawn)
	}
}

// askSet imports a set's knowledge into a shop and asks its questions there.
func (e *evals) askSet(ctx context.Context, set evalSet, space string) ([]asked, error) {
	shop, err := e.app.base.AddShop(ctx, knowledge.Shop{Slug: strings.Trim(set.name+"-"+space, "-"), Locale: "en", ActiveSpace: space})
	if err != nil {
		return nil, err
	}
	kb, err := readLabelled(filepath.Join(e.command.Sets, set.kb))
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	for _, row := range kb {
		if err := enc.Encode(map[string]string{"id": row.ID, "locale": "en", "question": row.Text, "answer": row.label()}); err != nil {
			return nil, err
		}
	}
	if err := e.app.importAll(ctx, shop, file.Bytes(), io.Discard); err != nil {
		return nil, err
	}
	questions, err := readLabelled(filepath.Join(e.command.Sets, set.questions))
	if err != nil {
		return nil, err
	}
	all, err := e.askAll(ctx, shop, questions)
	if err != nil {
		return nil, err
	}
	return set.weigh(all), nil
}

// weigh gives each question its weight in the training.
func (set evalSet) weigh(all []asked) []asked {
	var total float64
	for i := range all {
		if all[i].weight = 1; all[i].Outside() {
			all[i].weight = set.stray
		}
		total += all[i].weight
	}
	for i := range all {
		all[i].weight *= set.weight / total
	}
	return all
}

// askAll searches for every question, as many at once as there are processors.
func (e *evals) askAll(ctx context.Context, shop knowledge.Shop, questions []labelled) ([]asked, error) {
	all := make([]asked, len(questions))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var done atomic.Int64
	for i, q := range questions {
		group.Go(func() error {
			result, err := e.app.base.Search(ctx, shop, knowledge.Query{Text: q.Text})
			if err != nil {
				return err
			}
			a := asked{id: q.ID, Answer: scoring.Answer{Gold: q.label()}}
			if len(result.Hits) > 0 {
				a.Pred, a.Score, a.signals = result.Hits[0].Answer, result.Confidence, result.Signals
			}
			all[i] = a
			if n := done.Add(1); n%500 == 0 || int(n) == len(questions) {
				e.say("  %s: %d of %d questions", shop.Slug, n, len(questions))
			}
			return nil
		})
	}
	return all, group.Wait()
}

// write leaves the predictions in the form of the sets' own scripts.
func (e *evals) write(name string, all []asked, judged []scoring.Answer) error {
	if e.command.Out == "" {
		return nil
	}
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	for i, a := range all {
		if err := enc.Encode(map[string]any{"id": a.id, "pred": a.Pred, "score": judged[i].Score}); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(e.command.Out, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(e.command.Out, name+".jsonl"), file.Bytes(), 0o644)
}

// writeCoefficients writes the confidences of searches with meaning and with words alone as Go.
func writeCoefficients(path string, fused, words scoring.Logistic) error {
	literal := func(l scoring.Logistic) string {
		parts := make([]string, len(l.By))
		for i, x := range l.By {
			parts[i] = fmt.Sprintf("%.3f", x)
		}
		return fmt.Sprintf("weights{Bias: %.3f, By: []float64{%s}}", l.Bias, strings.Join(parts, ", "))
	}
	source := fmt.Sprintf(`package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedWeights = %s
	wordWeights  = %s
)
`, literal(fused), literal(words))
	formatted, err := format.Source([]byte(source))
	if err != nil {
		return err
	}
	return os.WriteFile(path, formatted, 0o644)
}
