package bot

import (
	"context"

	"frontdesk/knowledge"
)

// oddsOf is how likely each thing that was asked looked to have an answer at all.
func oddsOf(found []finding) (odds []float64) {
	for _, f := range found {
		if len(f.result.Hits) > 0 {
			odds = append(odds, f.result.Odds)
		}
	}
	return odds
}

// heard tells the knowledge what was asked: how many of a shop's questions have no answer is what confidence rests on.
func (r *Responder) heard(ctx context.Context, shop knowledge.Shop, reply Reply) {
	for _, odds := range reply.asked {
		if err := r.base.Heard(ctx, shop.ID, odds); err != nil {
			r.log.Warn("a question was not counted", "shop", shop.ID, "error", err)
			return
		}
	}
}
