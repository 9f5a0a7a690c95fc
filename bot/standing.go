package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// errTakenDown says that an article was taken down or changed after the reply was composed from it. The turn's job runs
// again, and finds what the shop says now.
var errTakenDown = errors.New("an article or an incident of the reply does not stand any more")

// stillTrue looks, in the transaction that says the reply, whether the articles whose words are in it still answer, and the
// incidents still stand.
func (r *Responder) stillTrue(ctx context.Context, tx pgx.Tx, shop knowledge.Shop, q Question, reply Reply) error {
	used := reply.rests()
	if len(used) == 0 || reply.Action == ActionHandoff && (reply.LeftToAgents || reply.Verdict.Action == triage.Handoff) {
		return nil // what such a handover says is not from articles
	}
	versions := map[time.Time][]knowledge.ArticleVersion{} // by the time for which they are said
	for _, hit := range used {
		at, begins := reply.ahead[hit.Ref]
		if !begins || at.Before(time.Now()) {
			at = q.At
		}
		versions[at] = append(versions[at], knowledge.ArticleVersion{ID: hit.ArticleID, Version: hit.Version})
	}
	ok, err := true, error(nil)
	for at, some := range versions {
		if ok && err == nil {
			ok, err = r.base.StillAnswerable(ctx, tx, shop.ID, at, orElse(q.Market, shop.Market), some)
		}
	}
	if err == nil && ok {
		ok, err = r.base.StillAnnounced(ctx, tx, shop.ID, reply.announced)
	}
	if err == nil && !ok {
		err = errTakenDown
	}
	return err
}

// rests returns the articles that the reply quotes or offers.
func (reply Reply) rests() (used []knowledge.Hit) {
	for _, hit := range reply.Candidates {
		quoted := slices.ContainsFunc(reply.Evidence, func(e conversation.Evidence) bool { return e.ID == hit.Ref && e.Locale == hit.Locale })
		offered := slices.ContainsFunc(reply.Options, func(o conversation.Option) bool { return o.Ref == hit.Ref })
		if quoted || offered {
			used = append(used, hit)
		}
	}
	return used
}

// countAsked tells the editors which articles are in use: those that were asked for, not what was only guessed or offered.
func (r *Responder) countAsked(ctx context.Context, shop knowledge.Shop, c conversation.Conversation, reply Reply) {
	if reply.Decision != string(knowledge.DecideAnswer) {
		return
	}
	var ids []uuid.UUID
	for _, hit := range reply.rests() {
		if !slices.ContainsFunc(reply.Options, func(o conversation.Option) bool { return o.Ref == hit.Ref }) {
			ids = append(ids, hit.ArticleID)
		}
	}
	if err := r.base.CountAsked(ctx, shop.ID, ids...); err != nil {
		r.log.Warn("an answer was not counted", "conversation", c.ID, "error", err)
	}
}
