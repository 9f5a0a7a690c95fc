package evidence

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// TestNoDraftPassesThatChangesACheckableFact is the measure of what gets through: each mutant of each true answer is
// checked against the answer in its own language and in the two others.
func TestNoDraftPassesThatChangesACheckableFact(t *testing.T) {
	made, passed := map[string]int{}, map[string]int{}
	perLanguage := map[string]int{}
	read := map[string]*Evidence{}
	try := func(how, language, draft string, a answer) {
		for _, from := range languages {
			made[how]++
			perLanguage[language]++
			e := read[a.ID+from]
			if e == nil {
				e = Read([]Source{{Kind: Passage, ID: a.ID, Text: a.in(from)}})
				read[a.ID+from] = e
			}
			if len(e.Check(draft)) == 0 {
				passed[how]++
				t.Errorf("%s passes (%s on %s):\n  draft    %s\n  evidence %s", how, language, from, draft, a.in(from))
			}
		}
	}
	byID := map[string]answer{}
	for _, a := range loadAnswers(t) {
		byID[a.ID] = a
		for _, l := range languages {
			for _, m := range mutants(a, l) {
				try(m.how, l, m.text, a)
			}
		}
	}
	for _, v := range load[variant](t, "testdata/variants.jsonl") {
		for _, l := range languages {
			try(v.Why+" article", l, v.in(l), byID[v.ID])
		}
	}
	total, through := tabulate(t, "mutants", made, passed)
	t.Logf("per language: %v", perLanguage)
	if total < 1000 {
		t.Errorf("only %d mutants", total)
	}
	if through > 0 {
		t.Errorf("%d of %d mutants pass", through, total)
	}
}

type variant struct {
	answer
	Why string `json:"why"`
}

type paraphrase struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// rewrite is a true draft with evidence of its own.
type rewrite struct{ Language, Evidence, Text string }

// TestTrueParaphrasesAreRarelyStopped is the measure of false alarms.
func TestTrueParaphrasesAreRarelyStopped(t *testing.T) {
	made, stopped := map[string]int{}, map[string]int{}
	try := func(how, draft string, sources []Source) {
		made[how]++
		if f := Check(draft, sources); len(f) > 0 {
			stopped[how]++
			t.Logf("%s stopped: %v\n  draft    %s\n  evidence %s", how, f, draft, sources[0].Text)
		}
	}
	byID := map[string]answer{}
	pick := rand.New(rand.NewPCG(7, 11))
	for _, a := range loadAnswers(t) {
		byID[a.ID] = a
		for _, from := range languages {
			for _, to := range languages {
				if to != from {
					try("other language", a.in(to), passage(a.in(from)))
				}
			}
			for _, d := range reforms(a.in(from), from) {
				try("other form", d, passage(a.in(from)))
			}
			for range 3 {
				try("courteous subset", courteous(pick, a.in(from), from), passage(a.in(from)))
			}
		}
	}
	for _, l := range languages {
		all := load[paraphrase](t, "testdata/paraphrases_"+l+".jsonl")
		if len(all) < 50 {
			t.Errorf("only %d rewrites in %s", len(all), l)
		}
		for _, p := range all {
			a, ok := byID[p.ID]
			if !ok {
				t.Fatalf("no answer %q", p.ID)
			}
			for _, from := range languages {
				how := "rewritten by hand, " + l
				if from != l {
					how = "rewritten by hand, evidence in another language"
				}
				try(how, p.Text, passage(a.in(from)))
			}
		}
	}
	for _, x := range load[rewrite](t, "testdata/rewrites.jsonl") {
		try("rewritten by hand, "+x.Language, x.Text, passage(x.Evidence))
	}
	total, bad := tabulate(t, "paraphrases", made, stopped)
	if total < 1000 {
		t.Errorf("only %d paraphrases", total)
	}
	if bad*50 > total {
		t.Errorf("%d of %d true paraphrases stopped, more than 2 %%", bad, total)
	}
	hand, handBad := 0, 0
	for how, n := range made {
		if how != "rewritten by hand, evidence in another language" && strings.HasPrefix(how, "rewritten by hand") {
			hand, handBad = hand+n, handBad+stopped[how]
		}
	}
	if handBad*50 > hand {
		t.Errorf("%d of %d rewrites by hand stopped, more than 2 %%", handBad, hand)
	}
}

func tabulate(t *testing.T, what string, n, hits map[string]int) (total, bad int) {
	var rows []string
	for how := range n {
		rows = append(rows, fmt.Sprintf("%-50s %5d %5d", how, n[how], hits[how]))
		total, bad = total+n[how], bad+hits[how]
	}
	sort.Strings(rows)
	t.Logf("%s: kind, n, wrong\n%s\n%-50s %5d %5d (%.2f %%)", what, strings.Join(rows, "\n"), "all", total, bad, 100*float64(bad)/float64(max(total, 1)))
	return total, bad
}

// reforms writes the figures of a text in other notations.
func reforms(text, language string) []string {
	var out []string
	words, last := "", 0
	for _, m := range countedNumber[language].FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[2]:m[3]])
		if s := spell(n, language); s != "" && (m[2] == 0 || !strings.ContainsRune(".,", rune(text[m[2]-1]))) {
			words, last = words+text[last:m[2]]+s, m[3]
		}
	}
	words += text[last:]
	out = append(out, words, wide(text))
	for _, f := range forms[language] {
		re := regexp.MustCompile(f.old)
		if re.MatchString(text) {
			out = append(out, re.ReplaceAllString(text, f.new))
		}
	}
	return out
}

var forms = map[string][]swap{
	"zh": {{"", `(\d+(?:\.\d+)?)欧元`, "€$1"}, {"", `(\d+)元`, "¥$1"}, {"", `(\d+)元`, "${1}块钱"}, {"", `(\d+)%`, "百分之$1"}, {"", `7天`, "一周"}, {"", `(\d+)月(\d+)日(\D)`, "$1/$2$3"}, {"", `(\d+)日`, "${1}号"}, {"", `48小时`, "两天"}, {"", `厘米`, "cm"}, {"", `公斤`, "kg"}, {"", `https://`, "http://"}, {"", `，`, ", "}},
	"en": {{"", `€(\d[\d.,]*\d|\d)`, "$1 euros"}, {"", `€(\d[\d.,]*\d|\d)`, "EUR $1"}, {"", `¥(\d+)`, "RMB $1"}, {"", `¥(\d+)`, "$1 yuan"}, {"", `£`, "GBP "}, {"", `(\d+)%`, "$1 percent"}, {"", `\b7 days`, "a week"}, {"", `(\d+) (November|December|February)`, "$2 ${1}"}, {"", `working days`, "business days"}, {"", `48 hours`, "two days"}, {"", `\bcm`, "centimetres"}, {"", `https://`, "http://"}, {"", `(\d) pm`, "${1}pm"}, {"", `–`, " to "}},
	"es": {{"", `(\d[\d.,]*\d|\d) €`, "€$1"}, {"", `(\d[\d.,]*\d|\d) €`, "$1 euros"}, {"", `¥(\d+)`, "$1 yuanes"}, {"", `(\d+) %`, "$1 por ciento"}, {"", `(\d+) %`, "$1%"}, {"", `paquete 7 días`, "paquete una semana"}, {"", `días laborables`, "días hábiles"}, {"", `48 horas`, "dos días"}, {"", `\bcm`, "centímetros"}, {"", `https://`, "http://"}, {"", `(\d+) de noviembre`, "$1/11"}, {"", `de (\d+) a (\d+) `, "entre $1 y $2 "}},
}

// courteous takes some sentences of a text, in another order, and puts friendly words around them.
func courteous(pick *rand.Rand, text, language string) string {
	s := Sentences(text)
	pick.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	s = s[:1+pick.IntN(len(s))]
	open, end := openings[language], endings[language]
	return open[pick.IntN(len(open))] + " " + strings.Join(s, " ") + " " + end[pick.IntN(len(end))]
}

var openings = map[string][]string{
	"zh": {"亲，您好！", "感谢您的咨询，我来帮您看一下。", "非常抱歉让您久等了。", "好的，已经帮您查到了：", "十分理解您的心情。", "您好呀～关于这个问题，", "当然可以！", "是这样的："},
	"en": {"Hi there, thanks for getting in touch!", "I'm so sorry about that.", "Of course! Here is how it works:", "Good question.", "Certainly, I'd be happy to help.", "Thank you for waiting a moment.", "I completely understand.", "Sure thing:"},
	"es": {"¡Hola! Gracias por escribirnos.", "Siento mucho las molestias.", "¡Claro! Te cuento:", "Buena pregunta.", "Por supuesto, te ayudo encantada.", "Gracias por esperar un momento.", "Te entiendo perfectamente.", "Mira:"},
}

var endings = map[string][]string{
	"zh": {"还有其他问题的话随时告诉我哦。", "祝您生活愉快！", "有任何疑问都可以问我。", "希望能帮到您。", "请问还有什么可以帮您的吗？", "祝您有美好的一天！"},
	"en": {"If you have any other questions, just ask.", "Have a lovely day!", "Let me know if there is anything else I can do for you.", "I hope that helps.", "Feel free to write back at any time.", "One of our colleagues can also help you with this."},
	"es": {"Si tienes cualquier otra duda, aquí estoy.", "¡Que tengas un buen día!", "¿Puedo ayudarte en algo más?", "Espero haberte ayudado.", "No dudes en escribirnos cuando quieras.", "Un saludo y gracias por tu confianza."},
}

// TestTheDemoShopsArticlesSupportThemselves reads the demo shop's articles: each answer's own
// sentences and its courteous subsets must pass on it.
func TestTheDemoShopsArticlesSupportThemselves(t *testing.T) {
	const path = "../../knowledge/demo/articles.jsonl"
	if _, err := os.Stat(path); err != nil {
		t.Fatal("no demo articles in this tree: " + path)
	}
	pick := rand.New(rand.NewPCG(3, 5))
	made, stopped := 0, 0
	for _, a := range load[struct{ Question, Answer, Locale string }](t, path) {
		l := a.Locale[:min(2, len(a.Locale))]
		if openings[l] == nil || strings.TrimSpace(a.Answer) == "" {
			continue
		}
		source := passage(a.Question + "\n" + a.Answer)
		if f := Check(a.Answer, source); len(f) > 0 {
			t.Errorf("%q does not support itself: %v", a.Answer, f)
		}
		made++
		if f := Check(courteous(pick, a.Answer, l), source); len(f) > 0 {
			stopped++
			t.Logf("stopped: %v", f)
		}
	}
	t.Logf("%d courteous subsets of the demo shop's answers, %d stopped", made, stopped)
	if stopped*50 > made {
		t.Errorf("%d of %d stopped", stopped, made)
	}
}

// TestATurnedNegationAndAnotherSubjectAreNotKept has falsehoods with no figure in them, in the evidence's own language.
func TestATurnedNegationAndAnotherSubjectAreNotKept(t *testing.T) {
	made, stopped := map[string]int{}, map[string]int{}
	for _, a := range loadAnswers(t) {
		for _, l := range languages {
			text := a.in(l)
			for _, s := range falsehoods[l] {
				re := regexp.MustCompile(s.old)
				if !re.MatchString(text) {
					continue
				}
				draft := re.ReplaceAllString(text, s.new)
				made[s.how]++
				if kept := changed(Read(quoted("", text)).Mend(draft, greeting, nil), text); len(kept) == 0 {
					stopped[s.how]++
				} else {
					t.Errorf("%s is kept: %s", s.how, kept)
				}
			}
		}
	}
	for how, n := range made {
		t.Logf("%s: %d, not kept %d", how, n, stopped[how])
	}
}

var falsehoods = map[string][]swap{
	"zh": {{"negation", `不能`, "可以"}, {"negation", `不接受`, "接受"}, {"negation", `不要`, "可以"}, {"negation", `无法`, "可以"}, {"negation", `不退`, "可退"}, {"negation", `可以退货`, "不可以退货"}, {"negation", `可以修改`, "不能修改"}, {"negation", `可以免费`, "不能免费"}, {"negation", `适用于`, "不适用于"}, {"negation", `可以用洗碗机`, "不能用洗碗机"}, {"negation", `我们承担`, "我们不承担"},
		{"subject", `大衣`, "裙子"}, {"subject", `电池`, "充电器"}, {"subject", `衬衫`, "外套"}, {"subject", `台灯`, "吊灯"}, {"subject", `沙发`, "餐桌"}, {"subject", `退款`, "换货"}},
	"en": {{"negation", `can be`, "cannot be"}, {"negation", `cannot be`, "can be"}, {"negation", `do not`, "do"}, {"negation", `You can`, "You cannot"}, {"negation", `is not refundable`, "is refundable"}, {"negation", `is dishwasher`, "is not dishwasher"}, {"negation", `works on`, "does not work on"}, {"negation", `we pay`, "we do not pay"}, {"negation", `run true`, "do not run true"},
		{"subject", `coats`, "dresses"}, {"subject", `Batteries`, "Chargers"}, {"subject", `shirt`, "jacket"}, {"subject", `lamp`, "ceiling light"}, {"subject", `Sofas`, "Tables"}, {"subject", `refund`, "exchange"}},
	"es": {{"negation", `no se pued`, "se pued"}, {"negation", `no aceptamos`, "aceptamos"}, {"negation", `no uses`, "usa"}, {"negation", `Puedes`, "No puedes"}, {"negation", `que no se devuelve`, "que se devuelve"}, {"negation", `se puede lavar`, "no se puede lavar"}, {"negation", `sirve para`, "no sirve para"}, {"negation", `No enviamos`, "Enviamos"}, {"negation", `se puede cambiar`, "no se puede cambiar"},
		{"subject", `abrigos`, "vestidos"}, {"subject", `baterías`, "fundas"}, {"subject", `camisa `, "chaqueta "}, {"subject", `lámpara`, "vela"}, {"subject", `sofás`, "armarios"}, {"subject", `reembols`, "cambi"}},
}
