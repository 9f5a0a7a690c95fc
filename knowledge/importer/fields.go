package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge"
)

// fieldOf finds the field that a heading of a table or a line above an answer names, in any of the three languages.
func fieldOf(heading string) (string, bool) {
	heading = strings.Trim(heading, " \t\r\n\u00a0\u3000\u200b\ufeff*:：")
	heading = strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(heading))
	switch heading {
	case "id", "ref", "编号", "標識", "标识", "identificador", "código", "codigo":
		return "id", true
	case "question", "title", "问题", "问", "标题", "標題", "問題", "pregunta", "título", "titulo":
		return "question", true
	case "answer", "reply", "答案", "回答", "答", "答复", "回复", "respuesta":
		return "answer", true
	case "phrasings", "phrasing", "similar", "similar_questions", "other_ways_to_ask", "other_ways", "also_asked_as", "相似问法", "相似问", "相似问题", "其他问法", "其它问法", "问法",
		"otras_formas_de_preguntar", "otras_formas_de_preguntarlo", "otras_formas", "formulaciones", "variantes", "preguntas_similares":
		return "phrasings", true
	case "negatives", "negative", "must_not_match", "not_meant", "反例", "不该匹配的问法", "排除问法", "不匹配", "易混问法", "excluidas", "negativas", "no_debe_coincidir", "no_coincide":
		return "negatives", true
	case "locale", "language", "lang", "语言", "語言", "语种", "idioma", "lengua":
		return "locale", true
	case "kind", "type", "category", "类型", "分类", "類型", "tipo", "categoría", "categoria":
		return "kind", true
	case "market", "markets", "country", "countries", "país", "pais", "países", "paises", "国家", "国家或地区", "市场", "市場", "地区", "mercado", "mercados":
		return "market", true
	case "valid_from", "from", "生效日期", "生效时间", "开始日期", "válido_desde", "valido_desde", "desde":
		return "valid_from", true
	case "valid_to", "valid_until", "to", "until", "失效日期", "失效时间", "截止日期", "结束日期", "válido_hasta", "valido_hasta", "hasta":
		return "valid_to", true
	case "tags", "tag", "标签", "標籤", "etiquetas", "etiqueta":
		return "tags", true
	case "status", "状态", "狀態", "estado":
		return "status", true
	}
	return "", false
}

// ofRejected says whether a heading is one that a file of rejected rows has in front, or behind.
func ofRejected(heading string) bool {
	switch strings.ToLower(strings.TrimSpace(heading)) {
	case "row", "reason", "original line", "行", "原因", "原文", "fila", "motivo", "línea original":
		return true
	}
	return false
}

// isList says which fields hold several texts.
func isList(field string) bool {
	return field == "phrasings" || field == "negatives" || field == "market" || field == "tags"
}

// status understands a status in the three languages; "" stays and means published. Where drafts are wanted, what would be
// published is held back.
func status(text string, drafts bool) (string, *Fault) {
	switch strings.ToLower(text) {
	case "", knowledge.Published, "live", "已发布", "发布", "上线", "publicado", "publicada":
		switch {
		case drafts:
			return knowledge.HeldBack, nil
		case text == "":
			return "", nil
		}
		return knowledge.Published, nil
	case knowledge.Draft, "草稿", "borrador":
		return knowledge.Draft, nil
	case knowledge.Archived, "已归档", "归档", "已下架", "下架", "archivado", "archivada":
		return knowledge.Archived, nil
	}
	return "", &Fault{Code: FaultStatus, Field: "status", Value: shorten(text)}
}

// locale is the one given, else the one that the question seems to be in, else the shop's.
func locale(given, question string, o Options) (string, *Fault) {
	if given == "" && o.Detect != nil {
		given = o.Detect(question)
	}
	given = languageNamed(given)
	if given = cmp.Or(given, o.Shop.Locale); given == "" {
		return "", nil
	}
	name, err := knowledge.LocaleIn(o.Shop, given)
	if err != nil {
		return "", &Fault{Code: FaultLocale, Field: "locale", Value: shorten(given)}
	}
	return name, nil
}

// markets are the codes of what a file calls markets, which may stand behind commas even in a list.
func markets(given []string) ([]string, *Fault) {
	codes := []string{}
	for _, text := range given {
		for _, one := range knowledge.Markets(text) {
			switch code := knowledge.Market(one); {
			case strings.TrimSpace(one) == "" || slices.Contains(codes, code):
			case code == "":
				return codes, &Fault{Code: FaultMarket, Field: "market", Value: shorten(strings.TrimSpace(one))}
			default:
				codes = append(codes, code)
			}
		}
	}
	return codes, nil
}

// languageNamed is the code of a language that is written as people call it; other text stays.
func languageNamed(text string) string {
	switch strings.ToLower(text) {
	case "chinese", "中文", "汉语", "漢語", "简体中文", "chino":
		return "zh"
	case "english", "英文", "英语", "英語", "inglés", "ingles":
		return "en"
	case "spanish", "西班牙文", "西班牙语", "西語", "西语", "español", "espanol", "castellano":
		return "es"
	}
	return text
}

// Longest texts, in code points; the knowledge holds the same bounds.
const (
	maxQuestion = 2_000
	maxAnswer   = 100_000
)

func checkLengths(a *knowledge.Article) (faults []*Fault) {
	for _, t := range []struct {
		field, text string
		most        int
	}{{"question", a.Question, maxQuestion}, {"answer", a.Answer, maxAnswer}} {
		if t.text == "" {
			faults = append(faults, &Fault{Code: FaultEmpty, Field: t.field})
		}
		if utf8.RuneCountInString(t.text) > t.most {
			faults = append(faults, &Fault{Code: FaultLong, Field: t.field, Value: strconv.Itoa(t.most)})
		}
	}
	return faults
}

// checkTexts refuses what cannot be stored, and what could make a text look like another one.
func (r raw) checkTexts() (faults []*Fault) {
	for _, field := range Columns() {
		for _, text := range append([]string{r.texts[field]}, r.lists[field]...) {
			if fault := checkText(field, text); fault != nil {
				faults = append(faults, fault)
				break
			}
		}
	}
	return faults
}

func checkText(field, text string) *Fault {
	if !utf8.ValidString(text) {
		return &Fault{Code: FaultEncoding, Field: field}
	}
	for _, c := range text {
		turns := c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
		if turns || unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' {
			return &Fault{Code: FaultControl, Field: field, Value: fmt.Sprintf("U+%04X", c)}
		}
	}
	return nil
}

var (
	days  = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006.1.2", "2006年1月2日"}
	times = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006/1/2 15:04"}
)

// begin is the moment from which something is valid: a day means its first moment in the shop's zone.
func begin(field, text string, zone *time.Location) (*time.Time, *Fault) {
	return moment(field, text, zone, 0)
}

// end is the moment from which something is not valid any more: a day is valid to its end.
func end(field, text string, zone *time.Location) (*time.Time, *Fault) {
	return moment(field, text, zone, 1)
}

func moment(field, text string, zone *time.Location, more int) (*time.Time, *Fault) {
	if text == "" {
		return nil, nil
	}
	for _, layout := range days {
		if day, err := time.Parse(layout, text); err == nil {
			at := time.Date(day.Year(), day.Month(), day.Day()+more, 0, 0, 0, 0, zone)
			return inRange(at, field, text)
		}
	}
	for _, layout := range times {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return inRange(at, field, text)
		}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return nil, &Fault{Code: FaultDate, Field: field, Value: shorten(text)}
	}
	return inRange(at, field, text)
}

// inRange keeps to years that every calendar and PostgreSQL know.
func inRange(at time.Time, field, text string) (*time.Time, *Fault) {
	if at.Year() < 1900 || at.Year() > 9999 {
		return nil, &Fault{Code: FaultDate, Field: field, Value: shorten(text)}
	}
	return &at, nil
}
