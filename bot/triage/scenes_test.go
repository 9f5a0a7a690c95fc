package triage

import (
	"fmt"
	"strings"
	"testing"
)

func TestAWishIsHeardInManyFormsAndItsLookAlikesAreLeft(t *testing.T) {
	lang, wish := "", 0
	wrong, all := map[string]int{}, map[string]int{}
	eachLine(t, "testdata/wishes.txt", func(line []byte) {
		text := string(line)
		switch {
		case text[0] == '#':
			return
		case text[0] == '[':
			if _, err := fmt.Sscanf(text, "[%2s %d]", &lang, &wish); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			return
		}
		set := fmt.Sprint(lang, wish)
		all[set]++
		v := assessText(text)
		if (v.score(Wish) >= sureScore) != (wish == 1) {
			wrong[set]++
			t.Logf("%s: %q %v", set, text, v.Reasons)
		}
	})
	for set, n := range all {
		if wrong[set]*12 > n {
			t.Errorf("%s: %d of %d wrong", set, wrong[set], n)
		}
	}
}

func TestARiskIsHeardByItsScene(t *testing.T) {
	for text, kind := range map[string]Kind{
		"why can I see some other lady's name and address under my orders": RiskPrivacy,
		"登进去看到的是别人的订单和电话":                                                  RiskPrivacy,
		"abro mi cuenta y veo la dirección de otra persona":                RiskPrivacy,
		"my lips went numb and tingly after the balm":                      RiskAllergy,
		"抹了两天脖子上起了一片小疙瘩":                                                   RiskAllergy,
		"después de usarla se me hincharon los párpados":                   RiskAllergy,
		"there were sparks coming from the plug":                           RiskInjury,
		"插头冒火花，墙都熏黑了":                                                      RiskInjury,
		"mi hijo se tragó un botón del peluche":                            RiskInjury,
		"my solicitors have been told":                                     RiskLegal,
		"nos vemos en el juzgado":                                          RiskLegal,
		"我已经委托律师了":                                                         RiskLegal,
		"going to report you to the consumer council":                      RiskRegulator,
		"voy a reclamar ante indecopi":                                     RiskRegulator,
		"我要向市场监管投诉":                                                        RiskRegulator,
		"I don't see the point of waking up anymore":                       RiskSelfHarm,
		"活着真的没什么意思":                                                        RiskSelfHarm,
		"no quiero despertar mañana":                                       RiskSelfHarm,
	} {
		if v := assessText(text); v.Level != 3 || v.score(kind) < riskBound {
			t.Errorf("%q: no %s: %+v", text, kind, v)
		}
	}
}

func TestALookAlikeOfASceneIsNone(t *testing.T) {
	for _, text := range []string{
		"will my card be charged twice if I split the order", "how much money is left on my gift card", "is it ok to charge the battery overnight",
		"can the parcel go to someone else's address", "who can see my wishlist", "does this cream sting", "my dog loves the toy, he ate the label",
		"the vase arrived shattered in the box", "lawyer gown in size M?", "自动续费怎么关闭", "会员自动扣费是几号", "我想买个律师袍", "杯子在运输路上碎了", "孩子发烧，想把今晚的桌子取消",
		"手机找不着了，怎么冻结账户", "充电宝充一次手机就没电了", "¿cuándo me cobran el pedido?", "el jarrón llegó roto en la caja", "¿qué cubre la responsabilidad civil?",
		"¿el cable puede dar corriente si se moja?", "I want someone from your team on this", "ponme con una persona", "快递显示签收了但是我没拿到",
	} {
		if v := assessText(text); v.Level == 3 {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestAConditionBehindAnInstructionDoesNotWeakenIt(t *testing.T) {
	for _, text := range []string{"cámbienme a azul lo que encargué ayer, si aún no salió", "change my address to 4 Mill Lane please, if it has not left yet"} {
		if v := assessText(text); v.score(OrderChange) < sureScore {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestReasonsShowNoEmptyWords(t *testing.T) {
	for _, u := range corpus(t)[:2500] {
		for _, r := range assessText(u.Text).Reasons {
			if r.Kind != Mood && !IsRisk(r.Kind) {
				continue
			}
			for _, w := range r.Words {
				if d := read(w, maxJudged, tables().known); len(d.tokens) == 1 && tables().plain[tables().vocab[d.tokens[0].text]] {
					t.Errorf("%q: %s says %s", u.Text, strings.TrimSpace(w), r.Kind)
				}
			}
		}
	}
}

func TestAQuestionMarkAloneCallsNobody(t *testing.T) {
	for _, turns := range [][]string{{"?"}, {"where is my parcel", "On its way.", "?"}, {"快递到哪了", "在路上", "？？"}, {"hello", "Hi! How can I help?", "hello??"}} {
		if v := Assess(episode(turns...)); v.Action == Handoff {
			t.Errorf("%q: %+v", turns, v)
		}
	}
}
