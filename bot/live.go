package bot

import (
	"strings"

	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
)

// live shows a draft while it is being written: sentence by sentence, each of them checked, and no further than the first
// that may not be said.
type live struct {
	check *checker
	show  func(string)
	raw   strings.Builder
	shown int // sentences
	over  bool
}

func (l *live) add(piece string) {
	if l.over {
		return
	}
	l.raw.WriteString(piece)
	text, complete := textSoFar(l.raw.String())
	sentences := evidence.Sentences(text)
	if !complete && len(sentences) > 0 {
		sentences = sentences[:len(sentences)-1]
	}
	if len(sentences) <= l.shown {
		return
	}
	if l.over = len(text) > 4*maxReply || triage.Language(text, l.check.language) != l.check.language; l.over {
		return
	}
	for _, s := range sentences[l.shown:] {
		l.over = l.over || l.check.sentence(s).Kind != ""
	}
	end := strings.Index(text, sentences[len(sentences)-1]) + len(sentences[len(sentences)-1])
	soFar := l.check.mend(text[:end]).Text
	if l.over = l.over || len(l.check.evidence.Check(soFar)) > 0 || l.check.leaks(soFar); l.over {
		return
	}
	l.shown = len(sentences)
	l.show(soFar)
}
