package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text in the form that everything else here reads: full-width forms narrowed, accents and invisible
// characters dropped, dashes, quotes and spaces made one, common traditional characters simplified.
type folded struct {
	src   string  // as written
	cased string  // folded, capitals kept
	low   string  // folded, lower case; byte for byte as long as cased
	off   []int32 // for each byte of cased, where it comes from in src; one more at the end
}

func fold(s string) folded {
	buf := make([]byte, 0, len(s))
	off := make([]int32, 0, len(s)+1)
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			buf, off = append(buf, c), append(off, int32(i))
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		was := len(buf)
		buf = appendFolded(buf, r)
		for range len(buf) - was {
			off = append(off, int32(i))
		}
		i += n
	}
	off = append(off, int32(len(s)))
	low := make([]byte, len(buf))
	for i, c := range buf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return folded{src: s, cased: string(buf), low: string(low), off: off}
}

// original returns what was written between two offsets of the folded text.
func (f folded) original(from, to int) string { return f.src[f.off[from]:f.off[to]] }

func appendFolded(buf []byte, r rune) []byte {
	switch {
	case r == utf8.RuneError:
		return append(buf, ' ')
	case r < 0x250:
		return append(buf, latin(r)...)
	case r >= 0x300 && r <= 0x36F: // combining marks
		return buf
	case r >= 0x4E00 && r <= 0x9FFF:
		if t, ok := simplified[r]; ok {
			r = t
		}
		return utf8.AppendRune(buf, r)
	case r == '，': // kept: a full-width comma never groups digits
		return utf8.AppendRune(buf, r)
	case r >= 0xFF01 && r <= 0xFF5E:
		return append(buf, byte(r-0xFF01+'!'))
	case r >= 0x2010 && r <= 0x2015, r == '−', r == '﹣', r == '‐':
		return append(buf, '-')
	case r == '～', r == '〜', r == '∼':
		return append(buf, '~')
	case r == '’', r == '‘', r == 'ʼ', r == '′':
		return append(buf, '\'')
	case r == '“', r == '”', r == '„', r == '″':
		return append(buf, '"')
	case r == '￥':
		return append(buf, "¥"...)
	case r == '﹪':
		return append(buf, '%')
	case r == '\u2028', r == '\u2029':
		return append(buf, '\n')
	case invisible(r):
		return buf
	case unicode.IsSpace(r):
		return append(buf, ' ')
	case r >= 0x1D7CE && r <= 0x1D7FF: // digits of the mathematical alphabets
		return append(buf, byte('0'+(r-0x1D7CE)%10))
	case r >= 0x0660 && r <= 0x0669:
		return append(buf, byte('0'+r-0x0660))
	case r >= 0x06F0 && r <= 0x06F9:
		return append(buf, byte('0'+r-0x06F0))
	}
	return utf8.AppendRune(buf, r)
}

func invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 ||
		r == 0xFEFF || r >= 0xFE00 && r <= 0xFE0F
}

const (
	latinFrom = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
	latinTo   = "AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy"
)

func latin(r rune) string {
	switch r {
	case 0xA0:
		return " "
	case 0xAD: // soft hyphen
		return ""
	case 'º':
		return "°"
	case '×':
		return " x "
	}
	if r >= 0xC0 {
		if i := strings.IndexRune(latinFrom, r); i >= 0 {
			return latinTo[i/2 : i/2+1] // every letter of latinFrom is two bytes
		}
	}
	return string(r)
}

// simplified has the traditional and the financial forms that occur in units, numerals and policy words.
var simplified = pairs(
	"個个週周時时鐘钟內内無无換换費费號号碼码點点歲岁雙双張张單单間间後后貨货運运郵邮訂订優优減减滿满過过從从來来"+
		"證证會会絕绝對对終终萬万兩两億亿應应請请們们於于與与為为這这僅仅將将條条員员積积禮礼購购買买賣卖價价錢钱圓元歐欧"+
		"鎊镑開开關关門门網网國国發发遠远壹一贰二貳二叁三參三肆四伍五陆六陸六柒七捌八玖九拾十佰百仟千贈赠還还離离"+
		"劃划長长寬宽厘厘層层種种類类現现線线馬马灣湾陽阳陰阴實实際际", 2)

func pairs(s string, n int) map[rune]rune {
	rs := []rune(s)
	m := make(map[rune]rune, len(rs)/n)
	for i := 0; i+1 < len(rs); i += n {
		m[rs[i]] = rs[i+1]
	}
	return m
}
