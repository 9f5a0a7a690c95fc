package bot

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

func TestAMessageIsCutWhereItGoesOnToSomethingElse(t *testing.T) {
	for _, c := range []struct {
		intents []string
		want    []string
	}{
		{[]string{"whats postage to leeds n how long do i have to return it"}, []string{"whats postage to leeds", "n how long do i have to return it"}},
		{[]string{"I lost my voucher code, and I also ordered the wrong size"}, []string{"I lost my voucher code", "and I also ordered the wrong size"}},
		{[]string{"me dejé el código y encima pedí otra talla"}, []string{"me dejé el código", "y encima pedí otra talla"}},
		{[]string{"do you have pots and pans"}, []string{"do you have pots and pans"}},
		{[]string{"se puede pagar con bizum y me hacéis factura con CIF?"}, []string{"se puede pagar con bizum", "y me hacéis factura con CIF?"}},
		{[]string{"quiero saber si llega a Lugo y si puedo pagar al recibirlo"}, []string{"quiero saber si llega a Lugo", "y si puedo pagar al recibirlo"}},
		{[]string{"I forgot my password, and once I get in I want another phone number there"}, []string{"I forgot my password", "and once I get in I want another phone number there"}},
		{[]string{"密码忘了进不去，还有那个短信怎么退订啊"}, []string{"密码忘了进不去", "还有那个短信怎么退订啊"}},
		{[]string{"退货在哪里点 退完之后那张券还会还我吗"}, []string{"退货在哪里点", "退完之后那张券还会还我吗"}},
		{[]string{"这个wool coat可以直接machine wash吗"}, []string{"这个wool coat可以直接machine wash吗"}},
		{[]string{"下单的时候没勾要票，现在公司要，还来得及吗"}, []string{"下单的时候没勾要票，现在公司要，还来得及吗"}},
		{[]string{"几天能到", "另外能开发票吗"}, []string{"几天能到", "另外能开发票吗"}},
	} {
		if got, cut := parts(c.intents); !slices.Equal(got, c.want) || cut != (len(c.want) > len(c.intents)) {
			t.Errorf("%q: %q %v", c.intents, got, cut)
		}
	}
}

func TestTwoQuestionsWithoutAStopAreBothAnswered(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	r := g.compose("how do i wash a wool jumper and can you gift-wrap my order")
	if r.Action != ActionAnswer || len(r.Evidence) != 2 || !strings.Contains(r.Text, "30 degrees") || !strings.Contains(r.Text, "4.50") {
		t.Errorf("%s %q", r.Action, r.Text)
	}
}

func TestWhatLeansOnTheFirstQuestionIsNoSecondOne(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	r := g.compose("How do I wash a wool jumper? And what about cashmere?")
	if r.Action != ActionAnswer || len(r.Evidence) != 1 || r.Evidence[0].ID != "wool" {
		t.Errorf("%s %q", r.Action, r.Text)
	}
}

func TestAPartThatOnlyTellsIsNotAskedBackAbout(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	r := g.compose("羊毛衫能机洗吗，昨天刚拿到手的")
	if r.Action != ActionAnswer || len(r.Evidence) != 1 || r.Evidence[0].ID != "wool" {
		t.Errorf("%s %q %+v", r.Action, r.Text, r.Evidence)
	}
}

func TestAWordOrTwoBehindASureQuestionAreNotAskedBackAbout(t *testing.T) {
	t.Parallel()
	found := func(text, ref string, decision knowledge.Decision) finding {
		return finding{text: text, result: knowledge.Result{Decision: decision, Confidence: 0.5, Hits: []knowledge.Hit{{Ref: ref}}}}
	}
	remote := found("新疆发货吗", "remote", knowledge.DecideAnswer)
	for second, want := range map[string]bool{"几天到？": false, "运费到底要多少钱": true} {
		if got := apart(remote, []finding{remote, found(second, "refund-time", knowledge.DecideAsk)}); got != want {
			t.Errorf("%s: apart %v, want %v", second, got, want)
		}
	}
}
