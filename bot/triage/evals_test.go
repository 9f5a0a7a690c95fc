package triage

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// evalRow is one line of the evaluation sets, which lie beside the repository.
type evalRow struct {
	ID      string
	Text    string
	Label   any
	Tags    string
	Valence float64
}

func evalRows(t *testing.T, name string) []evalRow {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "evals", name))
	if err != nil {
		t.Skipf("evaluation set not beside the repository: %v", err)
	}
	defer f.Close()
	var rows []evalRow
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r evalRow
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

func assessText(text string) Verdict {
	return Assess(Input{Turns: []Turn{{Role: "shopper", Text: text}}})
}

func TestWishIsFoundInPublicSets(t *testing.T) {
	for _, set := range []struct {
		file     string
		wishes   []string
		f1       float64
		perThous float64
	}{
		{"bitext_cs/dev.jsonl", []string{"contact_human_agent", "contact_customer_service"}, 0.98, 2},
		{"hint3/powerplay11.dev_queries.jsonl", []string{"CHAT_WITH_AN_AGENT"}, 0.34, 20},
	} {
		t.Run(set.file, func(t *testing.T) {
			var tp, fp, fn, others, handed int
			for _, r := range evalRows(t, set.file) {
				v := assessText(r.Text)
				said, is := v.score(Wish) >= 0.5, slices.Contains(set.wishes, r.Label.(string))
				switch {
				case said && is:
					tp++
				case said:
					fp++
					t.Logf("false wish: %s %v", r.ID, v.Reasons)
				case is:
					fn++
					t.Logf("missed wish: %s", r.ID)
				}
				if !is {
					others++
					if v.Action == Handoff {
						handed++
					}
				}
			}
			f1 := 2 * float64(tp) / float64(2*tp+fp+fn)
			rate := 1000 * float64(fp) / float64(others)
			t.Logf("F1 %.3f (n %d), false wishes %.1f per 1,000, any handover of others %.1f per 1,000", f1, tp+fn, rate, 1000*float64(handed)/float64(others))
			if f1 < set.f1 || rate > set.perThous {
				t.Errorf("F1 %.3f, want %.2f; false %.1f per 1,000, want at most %.1f", f1, set.f1, rate, set.perThous)
			}
		})
	}
}

func TestNeutralRequestsAreSeldomCalledNegative(t *testing.T) {
	for _, file := range []string{"bitext_cs/dev.jsonl", "banking77/dev.jsonl"} {
		t.Run(file, func(t *testing.T) {
			rows := evalRows(t, file)
			negative, rude, swearing := 0, 0, 0
			for _, r := range rows {
				offensive := strings.Contains(r.Tags, "W")
				if offensive {
					swearing++
				}
				if v := assessText(r.Text); v.MoodLabel == Negative {
					negative++
					if offensive {
						rude++
					} else {
						t.Logf("negative: %s %.2f %v", r.ID, v.Mood, v.Reasons)
					}
				}
			}
			calm := float64(negative-rude) / float64(len(rows)-swearing)
			t.Logf("negative %.3f of %d; without those marked as swearing %.3f of %d", float64(negative)/float64(len(rows)), len(rows), calm, len(rows)-swearing)
			if calm > 0.025 {
				t.Errorf("%.3f of calm requests called negative, want at most 0.025", calm)
			}
		})
	}
}

func TestMoodFollowsTheRatersOfProductReviews(t *testing.T) {
	rows := evalRows(t, "amazon_snippets_en/dev.jsonl")
	var mood, valence []float64
	var pairs, right float64
	for _, r := range rows {
		mood = append(mood, assessText(r.Text).Mood)
		valence = append(valence, r.Valence)
	}
	for i := range rows {
		for j := range rows {
			if valence[i] <= -1 && valence[j] > -1 {
				pairs++
				switch {
				case mood[i] < mood[j]:
					right++
				case mood[i] == mood[j]:
					right += 0.5
				}
			}
		}
	}
	rho, auc := pearson(ranks(mood), ranks(valence)), right/pairs
	t.Logf("Spearman %.3f, AUROC of negative %.3f (n %d)", rho, auc, len(rows))
	if rho < 0.735 || auc < 0.86 {
		t.Errorf("Spearman %.3f, want 0.735; AUROC %.3f, want 0.86", rho, auc)
	}
}

func TestInjectionsAreNotedInPublicSet(t *testing.T) {
	flagged, called, all := [2]int{}, [2]int{}, [2]int{}
	for _, r := range evalRows(t, "injection/dev.jsonl") {
		label := int(r.Label.(float64))
		all[label]++
		v := assessText(r.Text)
		if v.score(Injection) >= 0.5 {
			flagged[label]++
		}
		if v.Action == Handoff {
			called[label]++
		}
	}
	t.Logf("noted: attacks %d of %d, harmless look-alikes %d of %d; a person called for %d and %d", flagged[1], all[1], flagged[0], all[0], called[1], called[0])
	if flagged[1]*10 < all[1]*7 || flagged[0]*50 > all[0] || called[1]*12 > all[1] {
		t.Errorf("want seven in ten of the attacks and at most a fiftieth of the look-alikes noted, and a person for one attack in twelve at most")
	}
}

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return 0
	})
	r := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			r[order[k]] = float64(i+j-1) / 2
		}
		i = j
	}
	return r
}

func pearson(a, b []float64) float64 {
	n := float64(len(a))
	var sa, sb, saa, sbb, sab float64
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
		saa, sbb, sab = saa+a[i]*a[i], sbb+b[i]*b[i], sab+a[i]*b[i]
	}
	cov := sab/n - sa/n*sb/n
	va, vb := saa/n-sa/n*sa/n, sbb/n-sb/n*sb/n
	if va <= 0 || vb <= 0 {
		return 0
	}
	return cov / (math.Sqrt(va) * math.Sqrt(vb))
}
