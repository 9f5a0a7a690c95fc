package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"

	"golang.org/x/sync/errgroup"
)

// evalSet is one public set of questions with the answer that each should find. Right is what its questions inside of the
// knowledge count in the training of which answer is right, and inside what those and the strays count, half each, in that
// of what is answered at all: only live shops show how far strays are from what a shop knows. Sparse sets lend their
// questions to shops that have a phrasing or two of each answer, as most shops begin.
type evalSet struct {
	name, kb, questions string
	right, inside       float64
	sparse              bool
	joint               string // the set whose best threshold its joint accuracy is taken at; "" for none
	floors, targets     map[string]string
}

func evalSets() []evalSet {
	return []evalSet{
		{"sofmattress", "hint3/sofmattress.kb.jsonl", "hint3/sofmattress.dev_queries.jsonl", 2, 1, false, "powerplay11",
			map[string]string{"accuracy": "0.605", "AUROC": "0.755", "joint": "0.418"}, map[string]string{"joint": "0.72"}},
		{"powerplay11", "hint3/powerplay11.kb.jsonl", "hint3/powerplay11.dev_queries.jsonl", 2, 1, false, "sofmattress",
			map[string]string{"accuracy": "0.531", "AUROC": "0.674", "joint": "0.686"}, map[string]string{"joint": "0.76"}},
		{"clinc150", "clinc150/kb_train.jsonl", "clinc150/dev.jsonl", 1, 0.5, true, "",
			map[string]string{"accuracy": "0.755", "AUROC": "0.754"}, map[string]string{"accuracy": "0.88", "AUROC": "0.95", "coverage": "0.70"}},
		{"banking77", "banking77/kb_train.jsonl", "banking77/dev.jsonl", 1, 0, true, "",
			map[string]string{"accuracy": "0.685"}, map[string]string{"accuracy": "0.88"}},
		{"bitext", "bitext_cs/kb_train.jsonl", "bitext_cs/dev.jsonl", 1, 0, false, "",
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

// search measures which article is found and what confidence is worth. Each set is judged by a confidence that was
// trained on the others, so that it stands for a shop that nobody has seen.
func (e *evals) search(ctx context.Context) error {
	all := map[situation]map[string][]lesson{}
	for _, with := range e.situations() {
		all[with] = map[string][]lesson{}
	}
	answers := all[learned]
	for _, set := range evalSets() {
		if !e.there(set.name, filepath.Join(e.command.Sets, set.kb)) || !e.there(set.name, filepath.Join(e.command.Sets, set.questions)) {
			continue
		}
		for with, lessons := range all {
			var err error
			if lessons[set.name], err = e.askSet(ctx, set, with); err != nil {
				return err
			}
		}
	}
	for with, lessons := range all {
		demo, err := e.askDemo(ctx, with)
		if err != nil {
			return err
		}
		if demo != nil {
			lessons[demoSet().name] = demoSet().lessons(demo)
		}
	}
	small, err := e.askSmallShops(ctx, all)
	if err != nil {
		return err
	}
	if len(answers) < 2 {
		e.skip("confidence: it needs two sets, one to be trained on and one to be judged")
		return nil
	}
	for _, set := range append(evalSets(), demoSet()) {
		if answers[set.name] == nil {
			continue
		}
		if err := e.judgeSet(set, answers); err != nil {
			return err
		}
	}
	e.judgeSmall(small, answers)
	if e.command.Calibrate != "" {
		trained := map[situation]confidence{}
		for with, lessons := range all {
			trained[with] = train(others(lessons, ""))
		}
		return writeCoefficients(e.command.Calibrate, trained)
	}
	return nil
}

// judgeSet adds the figures of one set.
func (e *evals) judgeSet(set evalSet, answers map[string][]lesson) error {
	c := train(others(answers, set.name))
	all := answers[set.name][0].all
	judged, first := c.judge(all), c.judgeFirst(all)
	right, inside := scoring.Accuracy(judged)
	e.share(set.name+": accuracy, all answered", right, inside, set.floors["accuracy"], set.targets["accuracy"])
	n := len(judged)
	if inside < n {
		e.drawn(set.name+": AUROC of what is outside", n, over(judged, scoring.OutsideAUROC), set.floors["AUROC"], set.targets["AUROC"])
	}
	if other, ok := answers[set.joint]; ok {
		at, atFirst := scoring.Threshold(c.judge(other[0].all)), scoring.Threshold(c.judgeFirst(other[0].all))
		e.share(fmt.Sprintf("%s: joint accuracy (at %.2f, from %s)", set.name, at, set.joint), scoring.Joint(judged, at), n, set.floors["joint"], set.targets["joint"])
		e.share(fmt.Sprintf("%s: joint accuracy, nothing asked before (at %.2f)", set.name, atFirst), scoring.Joint(first, atFirst), n, "", "")
	}
	e.drawn(set.name+": coverage at 95 % precision", n, over(judged, func(a []scoring.Answer) float64 { return scoring.Coverage(a, 0.05) }), "", set.targets["coverage"])
	e.drawn(set.name+": AURC", n, over(judged, scoring.AURC), "", "")
	e.drawn(set.name+": calibration error, set left out", n, over(judged, scoring.CalibrationError), "", "0.05")
	e.drawn(set.name+": calibration error, nothing asked before", n, over(first, scoring.CalibrationError), "", "")
	return e.write(set.name, all, judged)
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

// askSet imports a set's knowledge into a shop and asks its questions there, and in its sparse shops.
func (e *evals) askSet(ctx context.Context, set evalSet, with situation) ([]lesson, error) {
	kb, err := readLabelled(filepath.Join(e.command.Sets, set.kb))
	if err != nil {
		return nil, err
	}
	questions, err := readLabelled(filepath.Join(e.command.Sets, set.questions))
	if err != nil {
		return nil, err
	}
	all, err := e.askShop(ctx, set.name, with, kb, questions)
	if err != nil {
		return nil, err
	}
	lessons := set.lessons(all)
	for phrasings := 1; set.sparse && phrasings <= sparseShops; phrasings++ {
		few, some := sparse(kb, questions, phrasings)
		all, err := e.askShop(ctx, fmt.Sprintf("%s-%d", set.name, phrasings), with, few, some)
		if err != nil {
			return nil, err
		}
		lessons = append(lessons, lesson{all, sparseRight, sparseInside})
	}
	return lessons, nil
}

// sparse is a shop that knows every other label of a set, from so many phrasings each; what its questions ask of the other
// labels it does not know.
func sparse(kb, questions []labelled, phrasings int) (few, some []labelled) {
	places, had := map[string]int{}, map[string]int{}
	for _, row := range kb {
		if _, known := places[row.label()]; !known {
			places[row.label()] = len(places)
		}
	}
	knows := func(label string) bool {
		place, known := places[label]
		return known && place%sparseShops == phrasings%sparseShops
	}
	for _, row := range kb {
		if label := row.label(); knows(label) && had[label] < phrasings {
			had[label]++
			few = append(few, row)
		}
	}
	step := 1 + len(questions)/sparseQuestions
	for i := 0; i < len(questions); i += step {
		q := questions[i]
		if !knows(q.label()) {
			q.Label = nil
		}
		some = append(some, q)
	}
	return few, some
}

// askShop imports these rows into a shop of its own and asks these questions there.
func (e *evals) askShop(ctx context.Context, slug string, with situation, kb, questions []labelled) ([]asked, error) {
	shop, err := e.app.base.AddShop(ctx, knowledge.Shop{Slug: slug + "-" + string(with), Locale: "en", ActiveSpace: with.space()})
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
	if err := e.settle(ctx, shop, with); err != nil {
		return nil, err
	}
	return e.askAll(ctx, shop, questions)
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
