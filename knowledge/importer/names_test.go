package importer_test

import (
	"slices"
	"testing"

	"frontdesk/knowledge/importer"
)

func TestMarketsAndKindsAreUnderstoodByTheirNames(t *testing.T) {
	rows := parse(t, "a.csv", "问题,答案,类型,市场\n几天到？,三天。,规则,中国|美国|gb|中国香港\n", madrid)
	if a := rows[0].Article; a.Kind != "policy" || !slices.Equal(a.Market, []string{"CN", "US", "GB", "HK"}) {
		t.Errorf("%+v", a)
	}
	for text, want := range map[string]string{"España": "ES", "united kingdom": "GB", "Estados Unidos": "US", "mx": "MX", "西班牙": "ES", "Atlantis": "ATLANTIS", "": ""} {
		if got := importer.Market(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
