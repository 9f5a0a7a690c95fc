package knowledge_test

import (
	"testing"

	"frontdesk/knowledge"
)

func TestAnArticleThatNamesAPlaceIsKnownByIt(t *testing.T) {
	hongKong := knowledge.Hit{Question: "可以寄到香港、台湾吗？", Answer: "可以，走顺丰。"}
	for text, want := range map[string]bool{"那台北的呢": true, "那英国呢": false, "要不要交税": false} {
		if got := knowledge.NamesPlaceOf(text, hongKong); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
