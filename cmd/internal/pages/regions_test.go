package pages

import "testing"

func TestRegionsAreNamedInTheLanguageOfThePage(t *testing.T) {
	for _, c := range []struct{ locale, code, want string }{
		{"zh", "CN", "中国"}, {"zh", "TW", "中国台湾"}, {"en", "GB", "United Kingdom"}, {"es", "US", "Estados Unidos"}, {"en", "HK", "Hong Kong"},
		{"zh", "EU", "欧盟"}, {"en", "ATLANTIS", "ATLANTIS"}, {"es", "<b", "<b"}, {"zh", "QX", "QX"},
	} {
		if got := Region(c.locale, c.code); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.code, c.locale, got, c.want)
		}
	}
	if got := regions("zh", []string{"CN", "US"}); got != "中国、美国" {
		t.Errorf("several: %s", got)
	}
}
