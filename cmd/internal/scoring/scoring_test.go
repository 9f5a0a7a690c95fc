package scoring_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"frontdesk/cmd/internal/scoring"
)

// invented makes predictions of all kinds: right and wrong ones, questions outside, equal scores.
func invented(n int) []scoring.Answer {
	random := rand.New(rand.NewPCG(7, 7))
	all := make([]scoring.Answer, n)
	for i := range all {
		a := scoring.Answer{Gold: fmt.Sprint("l", random.IntN(9)), Pred: fmt.Sprint("l", random.IntN(9))}
		if random.IntN(2) == 0 {
			a.Pred = a.Gold
		}
		if random.IntN(4) == 0 {
			a.Gold = ""
		}
		a.Score = math.Round(random.Float64()*40) / 40
		all[i] = a
	}
	return all
}

// script runs Python beside the sets' own metrics and decodes what it prints.
func script(t *testing.T, code string, in, out any) {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "..", "shared", "evals", "metrics")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the scripts of the evaluation sets are not there: %v", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 to compare with")
	}
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "in.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-B", "-c", "import json,sys,clf,selective,common\nx=json.load(open(sys.argv[1]))\n"+code, file)
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	printed, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(printed, out); err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
}

func same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v, the script says %v", what, got, want)
	}
}

func TestFiguresAreThoseOfTheSetsOwnScripts(t *testing.T) {
	all, other := invented(500), invented(333)
	var want struct{ Acc, AUROC, AURC, Cov5, Cov10, Joint, Threshold float64 }
	script(t, `
f=lambda a: ([r["Gold"] or "oos" for r in a],[r["Pred"] for r in a],[r["Score"] for r in a])
t=selective.pick_threshold(*f(x[1]),"oos")
r=selective.report(*f(x[0]),"oos",t)
print(json.dumps({"Acc":r["in_scope_accuracy_no_threshold"],"AUROC":r["oos_auroc"],"AURC":r["aurc"],"Cov5":r["coverage@risk0.05"],
"Cov10":r["coverage@risk0.10"],"Joint":r["joint_accuracy"],"Threshold":t}))`, [][]scoring.Answer{all, other}, &want)
	right, inside := scoring.Accuracy(all)
	same(t, "accuracy", float64(right)/float64(inside), want.Acc)
	same(t, "AUROC", scoring.OutsideAUROC(all), want.AUROC)
	same(t, "AURC", scoring.AURC(all), want.AURC)
	same(t, "coverage at 5 %", scoring.Coverage(all, 0.05), want.Cov5)
	same(t, "coverage at 10 %", scoring.Coverage(all, 0.10), want.Cov10)
	at := scoring.Threshold(other)
	same(t, "threshold", at, want.Threshold)
	same(t, "joint", float64(scoring.Joint(all, at))/float64(len(all)), want.Joint)
}

func TestIntervalsAndCorrelationAreThoseOfTheScripts(t *testing.T) {
	var x, y []float64
	is, said := []int{}, []int{}
	var found scoring.Found
	for _, a := range invented(300) {
		x, y = append(x, a.Score), append(y, float64(len(a.Gold))+math.Round(a.Score*3))
		yes, claim := a.Outside(), a.Score > 0.5
		found.Count(yes, claim)
		is, said = append(is, number(yes)), append(said, number(claim))
	}
	var want struct {
		Spearman, F1 float64
		Wilson, Boot [2]float64
	}
	script(t, `
print(json.dumps({"Spearman":clf.spearman(x[0],x[1]),"F1":clf.prf(x[2],x[3])[1]["f1"],"Wilson":common.wilson(37,50),"Boot":common.bootstrap(x[0])}))`,
		[]any{x, y, is, said}, &want)
	same(t, "Spearman", scoring.Spearman(x, y), want.Spearman)
	same(t, "F1", found.F1(), want.F1)
	wilson := scoring.Wilson(37, 50)
	same(t, "Wilson", wilson.Low, want.Wilson[0])
	same(t, "Wilson", wilson.High, want.Wilson[1])
	boot := scoring.Bootstrap(len(x), 2_000, func(drawn []int) float64 {
		var sum float64
		for _, i := range drawn {
			sum += x[i]
		}
		return sum / float64(len(drawn))
	})
	// Another source of chance: the ends agree only about.
	if math.Abs(boot.Low-want.Boot[0]) > 0.005 || math.Abs(boot.High-want.Boot[1]) > 0.005 {
		t.Errorf("bootstrap %v, the script says %v", boot, want.Boot)
	}
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func TestAPerfectlyCalibratedScoreHasNoCalibrationError(t *testing.T) {
	var all []scoring.Answer
	for i := range 100 {
		a := scoring.Answer{Gold: "a", Pred: "b", Score: 0.25}
		if i%4 == 0 {
			a.Pred = "a"
		}
		all = append(all, a)
	}
	if e := scoring.CalibrationError(all); e > 1e-9 {
		t.Errorf("calibration error %v", e)
	}
	for i := range all {
		all[i].Score = 0.65
	}
	if e := scoring.CalibrationError(all); math.Abs(e-0.4) > 1e-9 {
		t.Errorf("calibration error %v, want 0.4", e)
	}
}

func TestALogisticModelFindsTheProbabilitiesItWasDrawnFrom(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	truth := scoring.Logistic{Bias: -1, By: []float64{2, -0.5}}
	var samples []scoring.Sample
	for range 20_000 {
		x := []float64{random.Float64(), 10 * random.Float64()}
		samples = append(samples, scoring.Sample{X: x, Yes: random.Float64() < truth.Probability(x), Weight: 1})
	}
	fitted := scoring.Fit(samples)
	for _, x := range [][]float64{{0, 0}, {1, 0}, {0.5, 5}, {1, 10}} {
		if got, want := fitted.Probability(x), truth.Probability(x); math.Abs(got-want) > 0.03 {
			t.Errorf("at %v: %.3f, want %.3f", x, got, want)
		}
	}
}
