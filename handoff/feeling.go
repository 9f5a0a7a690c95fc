package handoff

import (
	"encoding/json"
	"slices"

	"frontdesk/bot/conversation"
)

// finding is what is kept with a message, as far as a packet shows it: how its shopper felt, and what was found in the words.
type finding struct {
	Verdict struct {
		Mood    float64               `json:"mood"`
		Reasons []conversation.Reason `json:"reasons"`
	} `json:"verdict"`
}

// follow adds to a packet the moods of what the shopper has written since it was made, and the reasons found there. A packet
// without a curve, of somebody who took over from the bot, has the moods in which the bot was spoken to.
func follow(p *conversation.Packet, messages []conversation.Message) {
	covered, began := covers(*p), len(p.MoodCurve) > 0
	for _, m := range messages {
		var found finding
		if len(m.Verdict) == 0 || json.Unmarshal(m.Verdict, &found) != nil {
			continue
		}
		before := m.Author == conversation.ByBot && m.Seq <= covered && !began
		if since := m.Author == conversation.ByShopper && m.Seq > covered; !before && !since {
			continue
		}
		p.MoodCurve, p.Mood = append(p.MoodCurve, found.Verdict.Mood), found.Verdict.Mood
		p.Reasons = mergeReasons(p.Reasons, found.Verdict.Reasons)
	}
}

// covers is the newest message that the packet was made from.
func covers(p conversation.Packet) int64 {
	if n := len(p.Transcript); n > 0 {
		return max(p.ToSeq, p.Transcript[n-1].Seq)
	}
	return p.ToSeq
}

// mergeReasons adds reasons to those before; of one kind it keeps the stronger.
func mergeReasons(before, more []conversation.Reason) []conversation.Reason {
	out := slices.Clone(before)
	for _, r := range more {
		i := slices.IndexFunc(out, func(known conversation.Reason) bool { return known.Kind == r.Kind })
		switch {
		case i < 0:
			out = append(out, r)
		case r.Score > out[i].Score:
			out[i] = r
		}
	}
	return out
}
