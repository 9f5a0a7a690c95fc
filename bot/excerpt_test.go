package bot

import (
	"strings"
	"testing"

	"frontdesk/knowledge/embed"
)

func TestWhatWasReadIsQuotedInSentencesThatSaySomethingByThemselves(t *testing.T) {
	b, err := embed.NewUnlearned()
	if err != nil {
		t.Fatal(err)
	}
	similar := func(x, y string) (sum float64) {
		v, w := b.Vector(x), b.Vector(y)
		for i := range v {
			sum += float64(v[i]) * float64(w[i])
		}
		return sum
	}
	const eu = "能。欧盟国家3到7个工作日送到，运费9.9欧元。满80欧元免运费。清关的税费已经含在价格里。"
	for _, text := range []string{"明天能送到吗？", "能吗", "行不行"} {
		if got := excerpt(eu, text, similar); strings.TrimSpace(got) == "能。" {
			t.Errorf("%s: %q", text, got)
		}
	}
	const en = "Yes. Parcels to the EU take 3 to 7 working days. Delivery costs €9.90. Orders from €80 travel free."
	if got := excerpt(en, "what does the delivery cost", similar); !strings.Contains(got, "€9.90") || strings.Contains(got, "3 to 7") {
		t.Errorf("the costs: %q", got)
	}
	if got := excerpt(en, "yes?", similar); got == "Yes." {
		t.Errorf("a bare yes: %q", got)
	}
}
