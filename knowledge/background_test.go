package knowledge

import "testing"

func TestWhatOtherShopsAreAskedIsStrangeToAShopThatDoesNotSpeakOfIt(t *testing.T) {
	t.Parallel()
	b, err := readBackground()
	if err != nil {
		t.Fatal(err)
	}
	var shop []candidate
	for _, text := range []string{"When do I get my refund?", "money back for a pullover", "退款几天到账", "¿Cuándo me devuelven el dinero?", "refund for returned shoes"} {
		shop = append(shop, candidate{kind: kindPhrasing, text: text})
	}
	for own, stray := range map[string]string{
		"when is my refund for the pullover coming": "my flight was cancelled, is there a refund",
		"毛衣退款什么时候到":                                 "航班取消了能退款吗",
		"cuándo llega el dinero del jersey":         "me cancelaron el vuelo, ¿hay reembolso?",
	} {
		near, far := b.strangeness(own, shop, false), b.strangeness(stray, shop, false)
		if near.astray >= far.astray || far.astray <= 0 || near.beyond >= far.beyond {
			t.Errorf("%q is %v, %q is %v", own, near, stray, far)
		}
	}
}

func TestAShopThatSpeaksOfWhatIsCommonFindsNothingStrangeInIt(t *testing.T) {
	t.Parallel()
	b, err := readBackground()
	if err != nil {
		t.Fatal(err)
	}
	airline := []candidate{{kind: kindPhrasing, text: "flight got cancelled, do i get all my money back?"}, {kind: kindPhrasing, text: "one letter wrong in my name"}}
	if s := b.strangeness("my flight was cancelled, do I get my money back", airline, false); s.astray > 0 || s.beyond > 0.2 {
		t.Errorf("an airline finds a cancelled flight strange: %v", s)
	}
}
