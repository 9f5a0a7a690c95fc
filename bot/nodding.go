package bot

import (
	"regexp"
	"strings"
	"unicode"

	"frontdesk/bot/triage"
)

// nods are words that take an answer in, and nothing else; fillers may stand around them. A message of such words alone asks
// nothing, however long it is.
var (
	nods = collapsedSet(`ok okay okey oki okie okk k kk cool great perfect gotcha got understood noted thanks thank thankyou thx ty ta cheers brilliant lovely awesome
		amazing fab fabulous super sorted sound sweet nice legend star helpful sense fine alright righto right excellent wonderful fantastic appreciated wicked deal grand
		vale listo perfecto perfecta genial entendido entendida entendí entendi caché cache cacho bacán bacan crack gracias grax chévere chevere guay estupendo estupenda súper
		buenísimo fenomenal dale órale orale claro acuerdo maravilla maravilloso amable joya sirve sirvió sirvio fino chido ándale andale macanudo bárbaro bárbara`)
	nodFillers = collapsedSet(`ah aha oh ooh aw aww hm hmm mm yeah yep yup yes ya ha haha hahaha hehe lol lmao xd x xx xo so very much really that thats this it its is was i ill im ive you
		youre youve your ur u are been a an the my for all now then do will try give go and have had good day evening night morning weekend week later bye see love mate pal hun bud dude
		buddy man darling lad lads guys everyone team best of to too as ever no worries problem bit makes make makes perfect clear up me us sure just just well absolute absolutely
		y e o muy mucho mucha muchas muchos mil un una uno el la lo los las te le me se de del por con en que qué q es era eres está esta ya pues po ah ay oh uy jaja jajaja jeje
		bien bueno buena buen buenas buenos día dia días dias tarde tardes noche noches finde fin semana hasta luego pronto chao chau adiós adios beso besos abrazo abrazos saludos igualmente
		todo toda nada más mas así asi eso esto haré hare hago voy a probar pruebo pruebo queda quedó quedo sol cielo guapa guapo tío tía tio tia mi rey reina amor amiga amigo hermano
		ok si sí no hay problema tranqui tranquilo tranquila entonces justo lo que necesitaba tan`)
)

// nodsHan are the Chinese words of the same kind; what of a message is left beside them and hanFillers must be nothing.
var (
	nodsHan = []string{"原来如此", "原来是这样", "这样啊", "明白了", "明白", "知道了", "晓得了", "晓得", "了解了", "了解", "懂了", "懂", "收到", "好的", "好嘞", "好滴", "好哒", "好吧", "好呀", "好哟", "好咧", "得嘞", "得咧",
		"可以的", "行吧", "行嘞", "行了", "成吧", "中吧", "没问题", "没事了", "没事", "ok", "谢谢", "多谢", "谢了", "谢", "感谢", "感恩", "辛苦", "唔该", "厉害", "聪明", "真棒", "棒", "不错", "有用", "好用", "清楚了", "清楚", "解决了", "搞定", "妥了", "妥", "中", "行", "好", "嗯"}
	hanFillers = []string{"那就这么着", "那就这样", "那就", "就这么办", "就这样", "就这么", "这么着", "这样", "这么", "我先", "我去", "我这就", "我就", "试一下", "试试看", "试试", "看看", "看一下", "弄一下", "去弄", "按这个来", "下次再来",
		"麻烦", "您", "你们", "你", "我", "了", "啦", "嘞", "吧", "啊", "呀", "哦", "噢", "喔", "嗯", "哈", "嘿", "嘻", "呵", "那", "就", "先", "去", "真", "很", "太", "挺", "这", "都", "是", "的", "滴", "哒", "哟", "诶", "哎", "亲", "小棠", "客服", "回头", "再", "说", "大姐", "姑娘", "小伙子", "老师", "哥", "姐", "侬", "您嘞", "您内", "哩", "咧", "昂", "呐", "嘛"}
)

// summons is how somebody knocks: 有人在伐？
var summons = regexp.MustCompile(`^[\s\p{P}]*(?:(?:喂|亲|你好|您好|客服|店家|老板)[\s\p{P}]*)?(?:有没有人|有人|在不在|在)在?(?:吗|伐|不|么|没有|没|咩|呀|啊|嘛|呢)*[\s\p{P}]*$`)

const (
	nodWords = 14 // of a message that only takes in at most
	nodHan   = 22
)

// nodding tells a message that takes an answer in and says thanks at most: "ahh right gotcha, ur a star", 中，那就这么着吧. It is told
// before anything is looked up, so that "qué crack" is no cracked plate.
func nodding(text string) triage.Courtesy {
	if summons.MatchString(text) {
		return triage.Greeting
	}
	if strings.ContainsAny(text, "?？¿") {
		return triage.NoCourtesy
	}
	low := strings.ToLower(text)
	rest, found := low, false
	if strings.ContainsFunc(low, isHan) {
		rest, found = withoutNods(low)
	}
	words := strings.FieldsFunc(strings.ReplaceAll(rest, "’", ""), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	for _, w := range words {
		w = collapsed(strings.ReplaceAll(w, "'", ""))
		if !nods[w] && !nodFillers[w] {
			return triage.NoCourtesy
		}
		found = found || nods[w]
	}
	if !found || len(words) > nodWords {
		return triage.NoCourtesy
	}
	if kind := kindly(text); kind != triage.NoCourtesy {
		return kind
	}
	return triage.Okay
}

// withoutNods is what is left of a text without its Chinese words of taking in; found says that there was one.
func withoutNods(low string) (rest string, found bool) {
	n := 0
	for _, r := range low {
		if isHan(r) {
			n++
		}
	}
	if n > nodHan {
		return low, false
	}
	for _, nod := range nodsHan {
		if strings.Contains(low, nod) {
			low, found = strings.ReplaceAll(low, nod, " "), true
		}
	}
	for _, filler := range hanFillers {
		low = strings.ReplaceAll(low, filler, " ")
	}
	return low, found
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// collapsed writes a run of the same letter once: "ahhh" is "ah", "coool" is "col", as "cool" is.
func collapsed(word string) string {
	var out []rune
	for _, r := range word {
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

func collapsedSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[collapsed(w)] = true
	}
	return set
}
