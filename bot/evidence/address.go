package evidence

import "strings"

// longestName bounds how far a name is followed, as the longest domain name does.
const longestName = 253

// address recognises a link or an e-mail address that begins at i; it returns where it ends, or 0.
func address(s string, i int) (int, tk) {
	end := i
	for end < len(s) && end < i+longestName && (isAlpha(s[end]) || isDigit(s[end]) || strings.IndexByte("._%+-", s[end]) >= 0) {
		end++
	}
	switch {
	case end < len(s) && s[end] == '@':
		if to := hostEnd(s, end+1); to > 0 {
			return to, tEmail
		}
	case strings.HasPrefix(s[end:], "://"):
		return trimLink(s, i, urlEnd(s, end+3)), tLink
	case end < len(s) && s[end] == ':' && scheme(s[i:end]):
		return trimLink(s, i, urlEnd(s, end+1)), tLink
	}
	if to := hostEnd(s, i); to > 0 {
		if to < len(s) && strings.IndexByte("/?#:", s[to]) >= 0 {
			to = trimLink(s, i, urlEnd(s, to))
		}
		return to, tLink
	}
	return 0, 0
}

func scheme(s string) bool {
	return s == "mailto" || s == "tel" || s == "javascript" || s == "data" || s == "weixin" || s == "sms"
}

// hostEnd reads a domain name whose last label is a known top-level domain and returns its end, or 0.
func hostEnd(s string, i int) int {
	end, label, labels := i, i, 0
	best := 0
	for end <= len(s) && end < i+longestName {
		if end < len(s) && (isAlpha(s[end]) || isDigit(s[end]) || s[end] == '-') {
			end++
			continue
		}
		if end == label {
			break
		}
		labels++
		if last := s[label:end]; labels > 1 && topLevel[last] {
			best = end
		}
		n := 1
		if strings.HasPrefix(s[end:], "。") { // browsers read the ideographic full stop as a dot
			n = len("。")
		} else if end >= len(s) || s[end] != '.' {
			break
		}
		end += n
		label = end
	}
	return best
}

// urlEnd returns where the characters of a URL stop.
func urlEnd(s string, i int) int {
	for i < len(s) && s[i] > ' ' && s[i] < 0x7F && strings.IndexByte("<>\"'`{}|\\^", s[i]) < 0 {
		i++
	}
	return i
}

// trimLink drops the sentence's punctuation from the end of a link.
func trimLink(s string, from, to int) int {
	for to > from+1 {
		switch s[to-1] {
		case '.', ',', ';', ':', '!', '?', '*', '_', ']', '~':
			to--
			continue
		case ')':
			if strings.Count(s[from:to], "(") < strings.Count(s[from:to], ")") {
				to--
				continue
			}
		}
		break
	}
	return to
}

// linkKey is a link without what may differ: scheme http or https, a slash at the end, capitals of the host.
func linkKey(cased string) string {
	s := cased
	if i := strings.Index(s, "://"); i >= 0 && (strings.EqualFold(s[:i], "http") || strings.EqualFold(s[:i], "https")) {
		s = s[i+3:]
	}
	s = strings.ReplaceAll(s, "。", ".")
	host, rest := s, ""
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		host, rest = s[:i], s[i:]
	}
	return strings.TrimSuffix(strings.ToLower(host)+rest, "/")
}

var topLevel = set("com net org cn es co uk io shop store app example test invalid info biz me eu us mx ar cl pe de fr it " +
	"pt nl be ch at ie pl xyz top online site link ly tv cc vip club live ru jp kr hk tw sg in gg dev ai cloud page wiki " +
	"tech space website fun pro mobi cat gal eus local localhost")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
