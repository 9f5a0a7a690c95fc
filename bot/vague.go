package bot

import (
	"strings"

	"frontdesk/knowledge"
)

// vagueAmong is of how many answers a single word must be a word to mean none of them, vagueNear how much of the best one's share of
// words each of them has, and vagueShare what is left of the first one's confidence then.
const (
	vagueAmong = 4
	vagueNear  = 0.75
	vagueShare = 1.0 / vagueAmong
)

// tooVague tells a single word ("price?", 尺码) that many articles have: whichever comes first, it is not what was asked.
func tooVague(text string, result knowledge.Result) bool {
	if meaningWords(text) != 1 || len(strings.Fields(text)) > 1 || len(result.Hits) == 0 {
		return false
	}
	most, answers := 0.0, map[string]bool{}
	for _, hit := range result.Hits {
		most = max(most, hit.Words)
	}
	for _, hit := range result.Hits {
		if hit.Words > 0 && hit.Words >= vagueNear*most {
			answers[hit.Answer] = true
		}
	}
	return len(answers) >= vagueAmong
}
