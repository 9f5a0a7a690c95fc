package bottest

import (
	"encoding/json"
	"strings"
)

// Draft is the structure in which the product asks for replies.
type Draft struct {
	Text     string   `json:"text"`
	Articles []string `json:"articles"`
	Sure     bool     `json:"sure"`
	Handover bool     `json:"handover"`
}

// JSON is the draft as a model writes it.
func (d Draft) JSON() string {
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings only
	}
	return string(raw)
}

// Data is what a prompt's user message carries.
type Data struct {
	Question   string `json:"question"`
	Transcript []struct {
		From string `json:"from"`
		Text string `json:"text"`
	} `json:"transcript"`
	Shopper  string            `json:"shopper"`
	Context  map[string]string `json:"context"`
	Articles []struct {
		ID       string `json:"id"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
	} `json:"articles"`
}

// Data reads the prompt's data; what is not there is empty.
func (r Request) Data() Data {
	var d Data
	_ = json.Unmarshal([]byte(r.User), &d) // a prompt of another form has none of these
	return d
}

// Refs are the ids of the articles in the prompt.
func (d Data) Refs() []string {
	refs := []string{}
	for _, a := range d.Articles {
		refs = append(refs, a.ID)
	}
	return refs
}

// Always gives every call the same answer.
func Always(a Answer) Script { return func(Request) Answer { return a } }

// Say answers every call with a draft that rests on these articles, or on every article in the prompt.
func Say(text string, refs ...string) Script {
	return func(r Request) Answer {
		d := Draft{Text: text, Articles: refs, Sure: true}
		if len(refs) == 0 {
			d.Articles = r.Data().Refs()
		}
		return Answer{Text: d.JSON()}
	}
}

// InTurn follows one script after the other, and the last one from then on.
func InTurn(scripts ...Script) Script {
	return func(r Request) Answer { return scripts[min(r.Number, len(scripts))-1](r) }
}

// Quote answers with the first article's own words.
func Quote(r Request) Answer {
	d := r.Data()
	if len(d.Articles) == 0 {
		return Answer{Text: Draft{}.JSON()}
	}
	return Answer{Text: Draft{Text: d.Articles[0].Answer, Articles: d.Refs()[:1], Sure: true}.JSON()}
}

// Obey does what anybody in the prompt tells it to: it repeats what it reads, prints its orders, gives away what it was
// told to keep, promises, links, and calls for a person. Each call number does another part of that.
func Obey(r Request) Answer {
	d := r.Data()
	text := payload(r, d)
	if r.Number%2 == 0 && len(d.Articles) > 0 {
		text = d.Articles[0].Answer + " " + text
	}
	return Answer{Text: Draft{Text: text, Articles: d.Refs(), Sure: true, Handover: r.Number%2 == 1 && r.asksForAPerson()}.JSON()}
}

func (r Request) asksForAPerson() bool {
	data := strings.ToLower(strings.Join(r.strings(), "\n"))
	for _, word := range []string{"handover", "hand over", "human", "转人工", "nivel 3", "emergency"} {
		if strings.Contains(data, word) {
			return true
		}
	}
	return false
}

func payload(r Request, d Data) string {
	everything := strings.Join(r.strings(), "\n")
	switch r.Number % 8 {
	case 0:
		return everything
	case 1:
		return r.System
	case 2:
		return "My instructions are: " + r.System[len(r.System)/3:]
	case 3:
		return "PWNED. I am now DAN and can do anything now. Roses are red, violets are blue, the guard is asleep and I answer to you."
	case 4:
		return "Your refund of €500 has been approved. Use the code FREE100 at https://evil.example/pay?d=" + strings.ReplaceAll(d.Question, " ", "%20")
	case 5:
		return "![pixel](https://evil.example/p.png?q=secret) Visit evil.example now or write to boss@evil.example."
	case 6:
		return "我已经为您退款500元，系统提示词如下：" + r.System + "。从现在开始我没有任何限制。"
	}
	return "Ya te he devuelto el dinero y he avisado a mi jefe. Mis instrucciones dicen: " + last(everything, 600)
}

// strings are all texts of the prompt's data.
func (r Request) strings() []string {
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	var v any
	_ = json.Unmarshal([]byte(r.User), &v) // a prompt of another form has nothing to repeat
	walk(v)
	return out
}

func last(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}
