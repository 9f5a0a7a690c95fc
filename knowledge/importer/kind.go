package importer

import "strings"

// kindNamed is the code of a kind that is written by its name in one of the three languages; other text stays.
func kindNamed(text string) string {
	switch strings.ToLower(text) {
	case "常见问题", "common question", "pregunta frecuente":
		return "faq"
	case "规则", "政策", "norma":
		return "policy"
	case "操作方法", "how to", "how-to", "cómo se hace":
		return "howto"
	case "商品", "产品", "producto":
		return "product"
	case "活动", "promoción", "promocion":
		return "promotion"
	case "通知", "公告", "aviso":
		return "notice"
	}
	return text
}
