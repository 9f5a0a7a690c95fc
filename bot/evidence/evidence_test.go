package evidence

import (
	"strings"
	"testing"
	"time"
)

func passage(text string) []Source { return []Source{{Kind: Passage, ID: "a1", Text: text}} }

func TestTheSameFactInAnotherFormIsSupported(t *testing.T) {
	for _, c := range []struct{ source, drafts string }{
		{"Returns within 7 days.", "seven days|七天内|7天|siete días|one week|una semana|一周|７天|within 7 days"},
		{"3–5 working days", "3 to 5 business days|3至5个工作日|三到五个工作日|de 3 a 5 días laborables|entre tres y cinco días hábiles|between three and five business days|up to 5 working days"},
		{"The bag costs ¥199.", "199元|RMB 199|CNY199|199 yuanes|一百九十九元|199块钱"},
		{"Cuesta 5,99 €.", "€5.99|5.99 euros|EUR 5.99|5,99欧元"},
		{"Cuesta 1.299,00 €.", "€1,299|1299欧元|1 299,00 €|1.299 euros"},
		{"20% off", "八折|8折|20 percent off|20 % de descuento|20 por ciento|百分之二十"},
		{"全场九五折", "5% off|5 % de descuento"},
		{"Until 2026-11-23", "until 23 November|11月23日前|hasta el 23 de noviembre|until Nov 23rd|hasta el 23/11|2026年11月23日|November 23, 2026"},
		{"Open 9:00–18:00", "9 am to 6 pm|早上9点到下午6点|de 9:00 a 18:00|9am-6pm|上午九点到下午六点|de 9 a 18 h"},
		{"Use WELCOME10 at https://lindenhome.example/sale/", "use welcome10 at http://lindenhome.example/sale."},
		{"Call +34 900 123 456", "llama al 900 123 456|+34-900-123-456|拨打+34900123456"},
		{"Sizes EU 36 to EU 42, S, M and XL", "talla 42|36码|XL码|size S|EU42|talla M"},
		{"Free returns.", "devoluciones gratis|免费退货|returns at no cost"},
		{"1.5 kg and 250 ml", "1500 g|1.5公斤|250毫升|一点五公斤"},
		{"It takes 24 hours.", "one day|1天|24小时|un día"},
	} {
		for _, d := range splitBar(c.drafts) {
			if f := Check(d, passage(c.source)); len(f) > 0 {
				t.Errorf("%q does not support %q: %v", c.source, d, f)
			}
		}
	}
}

func TestAnotherFactIsStopped(t *testing.T) {
	for _, c := range []struct{ source, drafts string }{
		{"Returns within 7 days.", "eight days|八天|within 14 days|siete días laborables|7 weeks|a month|un mes|7 hours|after 7 days|7天后"},
		{"3–5 working days", "3–5 days|5 working days|2 to 5 working days|三至六个工作日|3天"},
		{"The bag costs ¥199.", "$199|€199|198元|199 dollars|ciento noventa y ocho yuanes|二百元|the bag is free"},
		{"20% off", "七折|20 euros off|25%|2折|half price"},
		{"Until 2026-11-23", "until 24 November|11月22日|hasta el 23 de diciembre|23/12|2027-11-23"},
		{"Open 9:00–18:00", "open until 7 pm|8点|9 pm|las 20:00"},
		{"Use WELCOME10 at https://lindenhome.example/sale", "use WELCOME15|https://lindenhome.example/sales|lindenhome.example.evil.com/sale|www.evil.com|javascript:alert(1)"},
		{"Call +34 900 123 456", "+34 900 123 457|+33 900 123 456|write to help@lindenhome.example"},
		{"Sizes EU 36 to EU 42", "EU 44|XL码|UK 36"},
		{"Free returns over €50", "free shipping|free returns under €50|gratis por debajo de 50 €|满50欧元以下免费退货"},
		{"We ship by DHL.", "we ship by UPS|guaranteed|we always ship|保证送达|siempre enviamos|any item can be shipped"},
		{"Delivery to Spain takes 3 days.", "Delivery to France takes 3 days.|寄往英国3天"},
		{"2–3 days to mainland Spain and 7–10 days to the Canary Islands", "The Canary Islands take 2–3 days|Canarias: de 2 a 3 días|加那利群岛2至3天"},
	} {
		for _, d := range splitBar(c.drafts) {
			if f := Check(d, passage(c.source)); len(f) == 0 {
				t.Errorf("%q passes on %q", d, c.source)
			}
		}
	}
}

func TestTheShopperSupportsOrdersAndSizesNeverPolicy(t *testing.T) {
	said := []Source{{Kind: Shopper, Text: "Order FD-123456 from 20 November, size EU 38. Your site says 90% off, free, €5, always, 60 days, https://evil.example/x"}}
	for _, d := range []string{"your order FD123456", "placed on 20 Nov", "talla 38"} {
		if f := Check(d, said); len(f) > 0 {
			t.Errorf("%q stopped: %v", d, f)
		}
	}
	for _, d := range []string{"90% off", "it is free", "€5", "we always do", "60 days", "https://evil.example/x"} {
		if f := Check(d, said); len(f) == 0 {
			t.Errorf("%q passes on the shopper's word", d)
		}
	}
}

func TestCourtesyAndListNumbersClaimNothing(t *testing.T) {
	for _, d := range []string{
		"1. Open the app.\n2. Choose the order.\n3. Tap return.", "One of our colleagues will be with you in a moment.", "Feel free to write to us at any time.",
		"If you have any other questions, I'm here.", "第一步：打开订单。第二步：点击退货。", "一个同事会联系您，请稍等一下。", "如有任何问题，随时联系我们。", "十分感谢您的耐心，千万别着急。",
		"Un compañero te responderá enseguida.", "No dudes en escribirnos si tienes cualquier duda.", "Certainly! Happy to help.", "Have a nice day!", "¡Que tengas un buen día!", "祝您有愉快的一天！",
		"That depends on a few things.", "Estamos siempre a tu disposición.", "一般来说都可以。", "Paso 1: abre la app. Paso 2: elige el pedido.",
	} {
		if f := Check(d, passage("Hello.")); len(f) > 0 {
			t.Errorf("%q stopped: %v", d, f)
		}
	}
}

func TestSentencesKeepNumbersLinksAndAbbreviationsWhole(t *testing.T) {
	for text, want := range map[string]string{
		"Cuesta 5.99 euros. Llega en 3 días, p. ej. el lunes. ¿Vale?": "Cuesta 5.99 euros.|Llega en 3 días, p. ej. el lunes.|¿Vale?",
		"See https://a.example/x?y=1. It's fine, e.g. here. Ok!":      "See https://a.example/x?y=1.|It's fine, e.g. here.|Ok!",
		"运费5.99元。满50包邮！好吗？":                                           "运费5.99元。|满50包邮！|好吗？",
		"1. Open it. 2. Close it.":                                    "1. Open it.|2. Close it.",
		"他说：“可以。”然后走了。":                                               "他说：“可以。”|然后走了。",
	} {
		if got := strings.Join(Sentences(text), "|"); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestADraftIsCheckedInAFewMilliseconds(t *testing.T) {
	draft, sources := largeCase(t)
	read, check := time.Hour, time.Hour
	for range 30 {
		start := time.Now()
		e := Read(sources)
		read = min(read, time.Since(start))
		start = time.Now()
		e.Check(draft)
		check = min(check, time.Since(start))
	}
	t.Logf("%d bytes of draft against %d bytes of evidence: reading the evidence %v, checking the draft %v", len(draft), len(sources[0].Text), read, check)
	if read > 15*time.Millisecond || check > 5*time.Millisecond { // room for the race detector and a busy machine
		t.Errorf("reading took %v, checking %v", read, check)
	}
}

func BenchmarkCheck(b *testing.B) {
	draft, sources := largeCase(b)
	b.ReportAllocs()
	for b.Loop() {
		Check(draft, sources)
	}
}

func BenchmarkCheckAgainstEvidenceAlreadyRead(b *testing.B) {
	draft, sources := largeCase(b)
	e := Read(sources)
	b.ReportAllocs()
	for b.Loop() {
		e.Check(draft)
	}
}

func largeCase(t testing.TB) (string, []Source) {
	var all, draft strings.Builder
	for i, a := range loadAnswers(t) {
		for _, l := range languages {
			if all.Len() < 10_000 {
				all.WriteString(a.in(l) + "\n")
			}
		}
		if s := a.EN; i%4 == 0 && draft.Len()+len(s) < 600 {
			draft.WriteString(strings.ReplaceAll(s, " the ", " our ") + " — thanks. ")
		}
	}
	return draft.String(), passage(all.String())
}

func splitBar(s string) []string { return strings.Split(s, "|") }

func TestHostileTextsAreReadInTime(t *testing.T) {
	for _, unit := range []string{"(", "1,", "1、", "一", "a.", "a@", "第", "www.", "1 ", "1-", "not ", "any ", "if ", "“", ".", "。", "每", "x1", "1x", "a-1-", "€", "1/", "+1", "free ", "两三", "a", "1", "。a", "Spain ", "EU ", "http://", "one ", "1 and "} {
		text := strings.Repeat(unit, 10_000/len(unit))
		start := time.Now()
		Check(text, []Source{{Kind: Passage, Text: text + "!"}})
		Sentences(text)
		Read(quoted("", text)).Mend(text[:1500/len(unit)*len(unit)]+"?!", func(string) bool { return false }, nil)
		if took := time.Since(start); took > 20*time.Second { // a cubic reader takes minutes, a busy machine with the race detector seconds
			t.Errorf("10 kB of %q take %v", unit, took)
		} else if took > 100*time.Millisecond {
			t.Logf("10 kB of %q take %v", unit, took)
		}
	}
}
