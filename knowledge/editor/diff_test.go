package editor

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func shown(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.Added:
			b.WriteString("+" + p.Text + "+")
		case p.Removed:
			b.WriteString("-" + p.Text + "-")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestADiffReadsAsWordsNotAsConfetti(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"within 7 days of delivery", "within 14 days of delivery", "within -7-+14+ days of delivery"},
		{"七天内可以退货。", "十四天内可以退货。", "-七-+十四+天内可以退货。"},
		{"满7天", "满97天", "满-7-+97+天"},
		{"from 1,299.50 on", "from 1,399.50 on", "from -1,299.50-+1,399.50+ on"},
		{"9:00 to 18:00", "9:30 to 18:00", "-9:00-+9:30+ to 18:00"},
		{"one two three four", "one 2 3 four", "one -two three-+2 3+ four"},
		{"a\nb", "a\nc\nb", "a+\nc+\nb"},
		{"", "new", "+new+"},
		{"old", "", "-old-"},
		{"same", "same", "same"},
	} {
		if got := shown(diff(c.before, c.after)); got != c.want {
			t.Errorf("%q to %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func FuzzDiffLosesNothing(f *testing.F) {
	f.Add("a b\nc", "a\nd c")
	f.Add("七天", "十四 days")
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, lineEnd) || !utf8.ValidString(before) || !utf8.ValidString(after) {
			t.Skip()
		}
		var old, new strings.Builder
		for _, p := range diff(before, after) {
			if !p.Added {
				old.WriteString(p.Text)
			}
			if !p.Removed {
				new.WriteString(p.Text)
			}
		}
		if old.String() != before || new.String() != after {
			t.Fatalf("%q and %q became %q and %q", before, after, old.String(), new.String())
		}
	})
}

func TestAListShowsTheLinesThatChangedAndCountsTheOthers(t *testing.T) {
	for _, c := range []struct {
		before, after, want string
		kept                int
	}{
		{"a\nb\nc", "a\nb\nc\nnew one", "+new one+", 3},
		{"a\nb\nc", "a\nc", "-b-", 2},
		{"first\na", "zero\nfirst\na", "+zero+", 2},
		{"how long is it\nwhen\nwhere", "how short is it\nwhen\nthere", "how -long-+short+ is it\n-where-+there+", 1},
		{"", "a\nb", "+a+\n+b+", 0},
	} {
		changed, kept := changedLines(diff(c.before, c.after))
		if got := shown(changed); got != c.want || kept != c.kept {
			t.Errorf("%q to %q: %q and %d kept, want %q and %d", c.before, c.after, got, kept, c.want, c.kept)
		}
	}
}
