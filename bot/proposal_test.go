package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

func matterOf(language string, texts ...string) conversation.Matter {
	var messages []conversation.Message
	for i, text := range texts {
		messages = append(messages, conversation.Message{Seq: int64(i + 1), Author: conversation.ByShopper, Body: text})
	}
	return conversation.MatterOf(messages, language)
}

func TestAnOutlineNamesTheThingAndCannotBeSentAsItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language string
		texts    []string
		says     []string
	}{
		{"zh", []string{"羊毛衫洗了一次就缩水了，订单TW20261108", "周五之前能换一件吗？"}, []string{"羊毛衫洗了一次就缩水了", "订单TW20261108", "照片", "周五之前", "抱歉"}},
		{"en", []string{"You sent me double sheets instead of single ones, order 55821. I need them before Friday"}, []string{"double sheets instead of single", "order 55821", "before Friday", "sorry"}},
		{"es", []string{"Me habéis cobrado dos veces el pedido 55821. Quiero un reembolso"}, []string{"cobrado dos veces", "el pedido 55821", "reembolsos", "Siento"}},
	} {
		d := draftReply(Reply{Language: c.language, Level: 2}, matterOf(c.language, c.texts...), nil)
		if d.Kind != conversation.DraftOutline || !conversation.Unfinished(d.Text) || len(d.Compensation) != 3 {
			t.Errorf("%s: %+v", c.language, d)
		}
		for _, want := range c.says {
			if !strings.Contains(d.Text, want) {
				t.Errorf("%s: %q does not say %q", c.language, d.Text, want)
			}
		}
		for _, amend := range d.Compensation {
			if !conversation.Unfinished(amend) {
				t.Errorf("%q could be sent without a thought", amend)
			}
		}
	}
}

func TestNoPhotoIsAskedForOnceOneIsThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, text, asks, seen string }{
		{"zh", "锅用了一次就裂了，我要退款", "请发一张照片", "您发的照片我看到了"},
		{"en", "The pan of order 55821 cracked, I want a refund", "a photo would help", "I've seen your photo"},
		{"es", "La sartén llegó rota, quiero un reembolso", "envíame una foto", "He visto tu foto"},
	} {
		d := draftReply(Reply{Language: c.language, Level: 2}, matterOf(c.language, c.text), nil)
		if !strings.Contains(d.Text, c.asks) {
			t.Errorf("%s: without a photo %q", c.language, d.Text)
		}
		if seen := d.Seen(); strings.Contains(seen.Text, c.asks) || !strings.Contains(seen.Text, c.seen) || !strings.Contains(seen.Solution, c.seen) || !conversation.Unfinished(seen.Text) {
			t.Errorf("%s: with a photo %q", c.language, seen.Text)
		}
	}
}

func TestWhatIsKnownIsNotAskedFor(t *testing.T) {
	t.Parallel()
	turn := conversation.Message{Seq: 1, Author: conversation.ByShopper, Body: "The coat I got has a torn seam", Kind: conversation.KindText}
	c := conversation.Conversation{Context: conversation.PageContext{Order: "TW-88214"}}
	p := packetOf(c, Question{}, Reply{Language: "en", Level: 2}, []conversation.Message{turn}, known{})
	if !strings.Contains(p.Draft.Text, "order TW-88214") || strings.Contains(p.Draft.Text, "order number") {
		t.Errorf("with an order on the page: %q", p.Draft.Text)
	}
	d := draftReply(Reply{Language: "en", Level: 2}, matterOf("en", turn.Body), nil)
	if later := d.Knows("TW-1234"); !strings.Contains(d.Text, "order number") || strings.Contains(later.Text, "order number") || !strings.Contains(later.Text, "order TW-1234") ||
		!strings.Contains(later.Seen().Text, "I've seen your photo and am checking the item of order TW-1234") || later.Seen().Text != d.Seen().Knows("TW-1234").Text {
		t.Errorf("once it is named: %q", later.Text)
	}
}

func TestWhoIsHurtIsSentNoArticle(t *testing.T) {
	t.Parallel()
	hit := knowledge.Hit{Ref: "wool", Question: "How do I wash wool?", Answer: "By hand.", Confidence: 0.8}
	for kind, want := range map[triage.Kind]string{triage.RiskAllergy: "injury", triage.RiskInjury: "injury", triage.RiskSelfHarm: "self_harm", triage.RiskLegal: ""} {
		p := packetOf(conversation.Conversation{}, Question{}, Reply{Language: "en", Level: 3, Reasons: []triage.Reason{{Kind: kind, Score: 1}}, Candidates: []knowledge.Hit{hit}}, nil, known{})
		if p.Advised != want || (len(p.Passages) == 0) != (want != "") {
			t.Errorf("%s: advised %q, %d articles", kind, p.Advised, len(p.Passages))
		}
	}
}

func TestNothingIsProposedWhereNobodyKnowsWhatItIsAbout(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"转人工", "agent please", "quiero hablar con una persona", "🙂"} {
		if d := draftReply(Reply{Language: "en", Level: 1}, matterOf("en", text), nil); d.Kind != "" || d.Text != "" {
			t.Errorf("%q: %+v", text, d)
		}
	}
}

func TestAHurtShopperIsOfferedNoVoucher(t *testing.T) {
	t.Parallel()
	for _, kind := range []triage.Kind{triage.RiskInjury, triage.RiskAllergy, triage.RiskLegal, triage.RiskRegulator} {
		d := draftReply(Reply{Language: "en", Level: 3, Reasons: []triage.Reason{{Kind: kind, Score: 1}}},
			matterOf("en", "The kettle burned my hand, my lawyer will call you"), &knowledge.Hit{Ref: "kettle", Answer: "Descale it monthly."})
		if len(d.Compensation) != 0 || d.Kind != conversation.DraftOutline || strings.Contains(d.Text, "Descale") {
			t.Errorf("%s: %+v", kind, d)
		}
	}
}

func TestAnArticleIsProposedOnlyWhereItsMatchDeservesIt(t *testing.T) {
	t.Parallel()
	wool := knowledge.Hit{Ref: "wool", Locale: "en", Question: "How do I wash a wool sweater?", Answer: "Wash wool by hand in cold water.", Confidence: 0.9}
	sure := knowledge.Result{Decision: knowledge.DecideAnswer, Hits: []knowledge.Hit{wool}}
	read := []conversation.Message{{Author: conversation.ByBot, Evidence: []conversation.Evidence{{ID: "wool"}}}}
	for name, c := range map[string]struct {
		found    knowledge.Result
		text     string
		language string
		read     []conversation.Message
		want     bool
	}{
		"sure and fitting":       {sure, "how to wash my wool sweater", "en", nil, true},
		"unsure":                 {knowledge.Result{Decision: knowledge.DecideAsk, Hits: sure.Hits}, "how to wash my wool sweater", "en", nil, false},
		"about something else":   {sure, "the parcel was stolen from the porch", "en", nil, false},
		"read in vain":           {sure, "how to wash my wool sweater", "en", read, false},
		"in another language":    {sure, "how to wash my wool sweater", "es", nil, false},
		"nothing found":          {knowledge.Result{Decision: knowledge.DecideNone}, "how to wash my wool sweater", "en", nil, false},
		"sure of nothing at all": {knowledge.Result{Decision: knowledge.DecideAnswer}, "how to wash my wool sweater", "en", nil, false},
	} {
		if got := proposable(c.found, c.text, c.language, c.read, nil) != nil; got != c.want {
			t.Errorf("%s: proposed is %v", name, got)
		}
	}
}

func TestAnArticleThatDidNotHelpIsNotProposedAgain(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for name, turns := range map[string][]string{
		"zh": {"怎么退货？", "你说的这些我都看过了，没用！转人工"},
		"en": {"How do I return something?", "I read that, it does not help. Get me a human"},
		"es": {"¿Cómo devuelvo un artículo?", "Eso no me sirve, quiero hablar con una persona"},
	} {
		for _, text := range turns {
			g.exchange("again-"+name, text)
		}
		p := g.packet(g.lastConversation())
		if p.Draft.Kind != conversation.DraftOutline || strings.Contains(p.Draft.Text, "7") {
			t.Errorf("%s: the draft is %+v", name, p.Draft)
		}
		if !strings.EqualFold(p.Summary, turns[0]) || len(p.Attempts) != 1 || p.Attempts[0].By != conversation.ByBot {
			t.Errorf("%s: wanted is %q, tried %+v", name, p.Summary, p.Attempts)
		}
	}
}
