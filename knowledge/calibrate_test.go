package knowledge_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

var calibrate = flag.Bool("calibrate", false, "train the coefficients of confidence anew and write coefficients.go")

// evalSet is one public set of questions with the answer each should find: its knowledge and its questions. Weight is
// what it counts in the training, and stray what each question outside of its knowledge counts there: real shops are
// asked more of what they do not know than most of these sets are.
type evalSet struct {
	name, kb, questions string
	weight, stray       float64
}

var evalSets = []evalSet{
	{"sofmattress", "hint3/sofmattress.kb.jsonl", "hint3/sofmattress.dev_queries.jsonl", 2, 1},
	{"powerplay11", "hint3/powerplay11.kb.jsonl", "hint3/powerplay11.dev_queries.jsonl", 3, 1},
	{"clinc150", "clinc150/kb_train.jsonl", "clinc150/dev.jsonl", 1, 6},
	{"banking77", "banking77/kb_train.jsonl", "banking77/dev.jsonl", 1, 1},
	{"bitext", "bitext_cs/kb_train.jsonl", "bitext_cs/dev.jsonl", 1, 1},
}

type labelled struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Label string `json:"label"`
}

func (l labelled) outside() bool { return l.Label == "oos" || l.Label == "NO_NODES_DETECTED" }

// judged is one question after the search: what confidence sees of it, and whether the first hit was right.
type judged struct {
	set      string
	features knowledge.Features
	found    bool
	right    bool
	outside  bool
	weight   float64
}

// TestConfidenceIsCalibratedOnOtherShops trains on all sets but one and reports how well that one is judged; then it
// trains on all of them and writes the coefficients. No row of the sets goes into the tree.
func TestConfidenceIsCalibratedOnOtherShops(t *testing.T) {
	if !*calibrate {
		t.Skip("runs with -calibrate only: it takes minutes")
	}
	folder := filepath.Join("..", "..", "shared", "evals")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the evaluation sets are not there: %v", err)
	}
	var fused, byWords []judged
	for _, set := range evalSets {
		f, w := runSet(t, folder, set)
		fused, byWords = append(fused, f...), append(byWords, w...)
	}
	for name, all := range map[string][]judged{"fused": fused, "words only": byWords} {
		for _, set := range evalSets {
			own := slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return j.set != set.name })
			others := slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return j.set == set.name })
			t.Logf("%-10s %-12s %s", name, set.name, report(own, others))
		}
	}
	source := fmt.Sprintf("package knowledge\n\n// The coefficients of confidence, in the order of features.vector; written by go generate.\nvar (\n\tfusedWeights = %s\n\twordWeights = %s\n)\n",
		literal(train(fused)), literal(train(byWords)))
	formatted, err := format.Source([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("coefficients.go", formatted, 0o644); err != nil {
		t.Fatal(err)
	}
}

// runSet imports a set's knowledge and asks its questions, with the built-in embedder and without any.
func runSet(t *testing.T, folder string, set evalSet) (fused, byWords []judged) {
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(builtin(t)))
	var articles []knowledge.Article
	for _, row := range readLabelled(t, filepath.Join(folder, set.kb)) {
		articles = append(articles, knowledge.Article{Ref: row.ID, Question: row.Text, Answer: row.Label})
	}
	shop := knowledgetest.Shop(t, base, set.name, articles...)
	questions := readLabelled(t, filepath.Join(folder, set.questions))
	wordy := shop
	wordy.ActiveSpace = "an embedder that is down"
	if _, err := pool.Exec(context.Background(), `insert into spaces (shop_id, space, dimension) values ($1, $2, 1)`, shop.ID, wordy.ActiveSpace); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(context.Background(), `insert into embeddings select shop_id, passage_id, $2, article_id, negative, product, words, null
		from embeddings where shop_id = $1`, shop.ID, wordy.ActiveSpace); err != nil {
		t.Fatal(err)
	}
	return askAll(t, base, shop, set, questions), askAll(t, base, wordy, set, questions)
}

func askAll(t *testing.T, base *knowledge.Base, shop knowledge.Shop, set evalSet, questions []labelled) []judged {
	var all []judged
	var total float64
	for _, q := range questions {
		answer, f, found, err := base.FirstAnswer(context.Background(), shop, q.Text)
		if err != nil {
			t.Fatal(err)
		}
		j := judged{set: set.name, features: f, found: found, right: found && answer == q.Label, outside: q.outside(), weight: 1}
		if j.outside {
			j.weight = set.stray
		}
		total += j.weight
		all = append(all, j)
	}
	for i := range all {
		all[i].weight *= set.weight / total
	}
	return all
}

func readLabelled(t *testing.T, path string) []labelled {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []labelled
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row labelled
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// train fits the logistic model by gradient descent on standardised features, and returns coefficients for the plain
// ones.
func train(all []judged) knowledge.Weights {
	n := len(all[0].features.Vector())
	mean, spread := make([]float64, n), make([]float64, n)
	var total float64
	for _, j := range all {
		total += j.weight
		for i, x := range j.features.Vector() {
			mean[i] += j.weight * x
			spread[i] += j.weight * x * x
		}
	}
	for i := range mean {
		mean[i] /= total
		spread[i] = math.Sqrt(max(spread[i]/total-mean[i]*mean[i], 1e-9))
	}
	by, bias := make([]float64, n), 0.0
	const ridge, step, rounds = 1e-3, 1.0, 1_500
	for range rounds {
		slope, slopeBias := make([]float64, n), 0.0
		for _, j := range all {
			z := bias
			x := j.features.Vector()
			for i := range x {
				z += by[i] * (x[i] - mean[i]) / spread[i]
			}
			miss := 1 / (1 + math.Exp(-z))
			if j.right {
				miss--
			}
			miss *= j.weight / total
			slopeBias += miss
			for i := range x {
				slope[i] += miss * (x[i] - mean[i]) / spread[i]
			}
		}
		bias -= step * slopeBias
		for i := range by {
			by[i] -= step * (slope[i] + ridge*by[i])
		}
	}
	w := knowledge.Weights{Bias: bias, By: by}
	for i := range by {
		by[i] /= spread[i]
		w.Bias -= by[i] * mean[i]
	}
	return w
}

func literal(w knowledge.Weights) string {
	parts := make([]string, len(w.By))
	for i, x := range w.By {
		parts[i] = fmt.Sprintf("%.3f", x)
	}
	return fmt.Sprintf("weights{Bias: %.3f, By: []float64{%s}}", w.Bias, strings.Join(parts, ", "))
}
