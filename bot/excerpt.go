package bot

import (
	"slices"
	"strings"

	"frontdesk/bot/evidence"
	"frontdesk/knowledge"
)

const (
	excerptNear  = 0.8  // of the best sentence's relevance, from which another one is quoted, too
	excerptFrom  = 0.15 // the least relevance of the best one: below, nobody can say which it is
	excerptLines = 2
	excerptWords = 3 // with a meaning that an excerpt has at least: a bare "Yes." is said of the whole answer
)

// excerpt is what an article's answer says about a text, in its own sentences and their order: for a shopper who has
// read the whole of it. It is the whole answer where no sentence stands out, or
// one that says nothing by itself.
func excerpt(answer, text string, similar func(a, b string) float64) string {
	sentences := evidence.Sentences(answer)
	scores := make([]float64, len(sentences))
	for i, s := range sentences {
		scores[i] = relevance(text, knowledge.Hit{Answer: s}, similar)
	}
	best := slices.Max(append(scores, 0))
	if len(sentences) <= excerptLines || best < excerptFrom {
		return answer
	}
	var out []string
	for i, s := range sentences {
		if scores[i] >= excerptNear*best && len(out) < excerptLines {
			out = append(out, s)
		}
	}
	said := strings.Join(out, "\n")
	if meaningWords(said) < excerptWords {
		return answer
	}
	return said
}
