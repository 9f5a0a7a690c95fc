package knowledge

import (
	"strings"
	"testing"
)

func TestAPlaceThatNoSourceNamesIsBeyond(t *testing.T) {
	const source = "Orders leave our warehouse in Getafe (Madrid). 杭州西湖店和上海徐汇店每天营业。 We ship to the United Kingdom and to mainland Spain."
	for text, want := range map[string]string{
		"Your order leaves our Manchester warehouse.": "manchester",
		"Sale de nuestro almacén de Valencia.":        "valencia",
		"北京朝阳店每天营业。":                                  "北京",
		"江苏、浙江都发货。":                                   "",
		"从赫塔菲发货，上海也有店。":                               "",
		"We ship from Getafe to the UK.":              "",
		"Enviamos desde Madrid al Reino Unido.":       "",
		"Reading the label helps, and a Sale is on.":  "",
	} {
		if got := strings.Join(PlacesBeyond(text, source), " "); got != want {
			t.Errorf("%q names %q beyond the source, want %q", text, got, want)
		}
	}
}
