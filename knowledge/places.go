package knowledge

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// How much the home language of a market speaks for an article of it and against one of others, which only leans where
// articles answer about equally well; and how much a place does that the question and the article both name.
const (
	byHome  = 0.05
	byPlace = 0.10
)

// homeLanguages are what people of a market mostly write.
var homeLanguages = map[string]string{
	"CN": "zh", "HK": "zh", "TW": "zh", "MO": "zh", "SG": "en", "US": "en", "GB": "en", "IE": "en", "CA": "en", "AU": "en", "NZ": "en",
	"ES": "es", "MX": "es", "AR": "es", "CO": "es", "CL": "es", "PE": "es",
}

// placeNames are the names by which shoppers say in which market they are: those of the whole of it, then of regions and
// large cities. Names of several places (Guadalajara, Córdoba, Santiago, Birmingham) are left out.
var placeNames = map[string]string{
	"CN": "中国|国内|大陆|内地|china|mainland;北京|上海|广州|深圳|杭州|成都|重庆|武汉|南京|苏州|天津|西安|长沙|沈阳|青岛|郑州|大连|东莞|宁波|厦门|福州|无锡|合肥|昆明|哈尔滨|济南|佛山|长春|温州|石家庄|南宁|贵阳|南昌|太原|兰州|海口|" +
		"新疆|西藏|青海|内蒙古|宁夏|甘肃|云南|贵州|四川|广东|广西|福建|江苏|浙江|山东|山西|河南|河北|湖南|湖北|江西|安徽|陕西|海南|辽宁|吉林|黑龙江|江浙沪|东北|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|pekín|pekin|cantón",
	"HK": "香港|hong kong;", "TW": "台湾|台灣|台北|taiwan|taiwán;", "MO": "澳门|澳門|macau|macao;",
	"US": "美国|美國|美帝|usa|u.s.|united states|the states|america|estados unidos|eeuu|ee.uu.|ee. uu.;纽约|洛杉矶|旧金山|芝加哥|波士顿|西雅图|休斯顿|加州|德州|佛罗里达|夏威夷|阿拉斯加|new york|los angeles|san francisco|chicago|boston|seattle|houston|dallas|miami|denver|atlanta|" +
		"philadelphia|phoenix|california|texas|florida|hawaii|alaska|oregon|ohio|michigan|illinois|nueva york|hawái|puerto rico",
	"GB": "英国|英國|uk|u.k.|united kingdom|britain|gran bretaña|reino unido;伦敦|曼彻斯特|爱丁堡|利物浦|英格兰|苏格兰|威尔士|england|scotland|wales|northern ireland|london|manchester|leeds|liverpool|glasgow|edinburgh|bristol|sheffield|cardiff|belfast|nottingham|" +
		"newcastle|brighton|inglaterra|escocia|gales|londres|edimburgo",
	"ES": "西班牙|spain|españa|espana;马德里|巴塞罗那|瓦伦西亚|塞维利亚|加那利|巴利阿里|madrid|barcelona|valencia|seville|málaga|malaga|bilbao|zaragoza|canary islands|the canaries|balearic|mallorca|majorca|ibiza|tenerife|" +
		"sevilla|canarias|baleares|península|peninsula|alicante|murcia|valladolid|vigo|gijón|oviedo|granada|pamplona|las palmas|galicia|andalucía|andalucia|cataluña|asturias|euskadi|país vasco|ceuta|melilla",
	"MX": "墨西哥|mexico|méxico;cdmx|monterrey|puebla|tijuana",
}

// place is a name that a text has, and the market it lies in or, whole, is.
type place struct {
	name, market string
	whole        bool
}

// placesNamed returns the places that a text names.
func placesNamed(text string) []place {
	apart := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' || unicode.Is(unicode.Han, r)
	}
	folded := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), apart), " ") + " "
	var named []place
	for market, names := range placeNames {
		countries, parts, _ := strings.Cut(names, ";")
		for i, list := range []string{countries, parts} {
			for name := range strings.SplitSeq(list, "|") {
				if name != "" && (strings.Contains(folded, " "+name+" ") || name[0] >= 0x80 && strings.Contains(text, name)) {
					named = append(named, place{name, market, i == 0})
				}
			}
		}
	}
	if usPattern.MatchString(text) {
		named = append(named, place{"us", "US", true})
	}
	return named
}

// usPattern is the country; in small letters it is a pronoun.
var usPattern = regexp.MustCompile(`\bUS\b`)

// leansHome says how much the question's language speaks for an article of these markets, where no place decides.
func leansHome(markets []string, language string) float64 {
	switch {
	case len(markets) == 0:
		return 0
	case slices.ContainsFunc(markets, func(m string) bool { return homeLanguages[m] == language }):
		return byHome
	}
	return -byHome
}

// languageOf is the shopper's language as the caller knows it, or what the script says.
func languageOf(q Query) string {
	if q.Locale != "" {
		return primary(q.Locale)
	}
	for _, r := range q.Text {
		if unicode.Is(unicode.Han, r) {
			return "zh"
		}
	}
	return ""
}

// codePattern is a coupon's or a product's code: letters, then digits.
var codePattern = regexp.MustCompile(`[A-Z]{3,}-?[0-9]{2,}[A-Z0-9]*`)

func codes(text string) []string { return codePattern.FindAllString(strings.ToUpper(text), -1) }
