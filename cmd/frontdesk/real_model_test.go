package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/evidence"
	"frontdesk/knowledge/demo"
)

// realModels are models that may run on this machine, and FRONTDESK_TEST_MODEL_URL with FRONTDESK_TEST_MODEL any other.
func realModels() map[string]string {
	if url := os.Getenv("FRONTDESK_TEST_MODEL_URL"); url != "" {
		return map[string]string{os.Getenv("FRONTDESK_TEST_MODEL"): url}
	}
	return map[string]string{"smollm2": "http://127.0.0.1:8902/v1", "gemma": "http://127.0.0.1:8903/v1"}
}

// realQuestions are such as the search is not sure of, so that a model gets to write: several things in one message, and
// things that two articles could answer.
var realQuestions = []string{
	"My sweater shrank after one wash, can I send it back and who pays the postage?", "Can I stack a coupon with a gift card, and do I get the coupon back if I return?",
	"Is the linen duvet cover machine washable? Also how long is the warranty?", "refund hasn't shown up, paid with visa 6 days ago", "do you ship to canada and what about duties",
	"Can I combine two discount codes, and how long does shipping to Spain take?", "are the boots true to size, wide feet", "How do I get an invoice, and can it name my company?",
	"Which stores can I pick up from and is it free?", "what if the parcel is late, do i get something back",
	"羊毛衫洗缩水了能退吗，运费谁出", "我买了两件，一件想退一件想换，怎么弄？", "优惠券和礼品卡可以一起用吗？退货后券还给我吗", "寄到西班牙要多久，要不要交关税？", "鞋子39码脚长多少，买大了能换吗",
	"发票能开公司抬头吗，多久能收到", "昨天买的今天降价了能补差价吗", "付款失败但是钱扣了怎么办", "你们有实体店吗，周末开不开", "退款几天到账，信用卡的呢",
	"¿Se puede devolver un jersey encogido y quién paga el envío?", "¿Hacéis envíos a Canarias y hay que pagar aduana?", "¿Puedo usar un cupón con una tarjeta regalo? ¿Y si devuelvo?",
	"¿Qué talla de vaqueros para 86 de cintura?", "No me llega el reembolso, pagué con Visa hace 6 días", "¿La funda de lino se lava a máquina? ¿Y cuánta garantía tiene?",
	"¿Puedo cambiar la dirección después de pedir?", "Ha bajado de precio a los dos días, ¿me devolvéis la diferencia?", "Necesito factura con CIF, ¿y cuánto tarda?", "¿Aceptáis Bizum o pago a plazos?",
}

// withoutOwnLines leaves out the lines that no model writes: which market an article is for, and the questions to pick from.
func withoutOwnLines(text string, titles map[string]bool) string {
	var rest []string
	for line := range strings.SplitSeq(text, "\n") {
		_, option, _ := strings.Cut(line, ". ")
		if !marketNote.MatchString(line) && !titles[option] {
			rest = append(rest, line)
		}
	}
	return strings.Join(rest, "\n")
}

var marketNote = regexp.MustCompile(`^[(（].*[)）]$`)

// TestTheWholePathHoldsWithARealSmallModel asks over the signed webhook. Such a model writes badly; nobody may be left
// without an answer all the same, and whatever is said must stand in the articles that are named.
func TestTheWholePathHoldsWithARealSmallModel(t *testing.T) {
	articles, titles := map[string][]evidence.Source{}, map[string]bool{}
	for line := range strings.Lines(string(demo.Articles(time.Now(), time.UTC))) {
		var a struct{ ID, Question, Answer string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		titles[a.Question] = true
		articles[a.ID] = append(articles[a.ID], evidence.Source{Kind: evidence.Passage, ID: a.ID, Text: a.Question + "\n" + a.Answer})
	}
	tried := 0
	for model, url := range realModels() {
		client := http.Client{Timeout: 5 * time.Second}
		resp, err := client.Get(url + "/models")
		if err != nil {
			continue
		}
		resp.Body.Close()
		tried++
		t.Run(model, func(t *testing.T) { tryRealModel(t, model, url, articles, titles) })
	}
	if tried == 0 {
		t.Skip("no real model runs on this machine; FRONTDESK_TEST_MODEL_URL and FRONTDESK_TEST_MODEL name one elsewhere")
	}
}

func tryRealModel(t *testing.T, model, url string, articles map[string][]evidence.Source, titles map[string]bool) {
	p := boot(t, func(c *Config) { c.OpenAIBaseURL, c.OpenAIKey, c.Model = url, "none", model })
	s := p.shopSystem(t, "small")
	said := map[string]int{}
	for i, question := range realQuestions {
		conversationID := fmt.Sprint("q-", i)
		start := time.Now()
		s.say(conversationID, "1", question)
		waitFor(t, 75*time.Second, "an answer to "+question, func() bool { return len(s.got(conversationID, "message.created")) > 0 })
		t.Logf("%5.1f s  %s", time.Since(start).Seconds(), question)
		for _, e := range s.got(conversationID, "message.created") {
			said[e.Data.Kind]++
			if e.Data.Author != "bot" || e.Data.Text == "" {
				t.Errorf("%s: %+v", question, e.Data)
			}
			if e.Data.Kind != "text" || len(e.Data.Evidence) == 0 {
				continue // a question back or a handover, in our own words
			}
			sources := []evidence.Source{{Kind: evidence.Shopper, Text: question}}
			for _, named := range e.Data.Evidence {
				sources = append(sources, articles[named.ID]...)
			}
			if findings := evidence.Check(withoutOwnLines(e.Data.Text, titles), sources); len(findings) > 0 {
				t.Errorf("%s\nwas answered: %s\nfound: %+v", question, e.Data.Text, findings)
			}
		}
	}
	spent, err := p.store.Spent(t.Context(), p.shop.ID, time.Now().In(p.shop.Location()))
	if err != nil || spent.Calls == 0 {
		t.Errorf("the model was never asked: %+v, %v", spent, err)
	}
	t.Logf("%s: %d questions, %d calls of the model, messages by kind %v", model, len(realQuestions), spent.Calls, said)
}
