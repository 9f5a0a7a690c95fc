package main

import (
	"context"
	"errors"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

const (
	retainEvery = time.Hour
	retainBatch = 200 // conversations of a shop that are looked for at once
)

// runRetention erases what has grown older than each shop keeps it, until the context ends.
func (a *app) runRetention(ctx context.Context) {
	tick := time.NewTicker(retainEvery)
	defer tick.Stop()
	for {
		if n, err := a.retain(ctx, time.Now()); err != nil && ctx.Err() == nil {
			a.log.Warn("retention", "error", err)
		} else if n > 0 {
			a.log.Info("conversations were erased because they are older than their shop keeps them", "conversations", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// retain erases conversations in which nobody has written for as many days as their shop says, and in which nobody waits for
// anybody. Several processes may do it at once.
func (a *app) retain(ctx context.Context, now time.Time) (erased int, err error) {
	shops, err := a.base.Shops(ctx)
	if err != nil {
		return 0, err
	}
	for _, shop := range shops {
		if err := a.store.DropOldEvents(ctx, shop.ID); err != nil {
			return erased, err
		}
		if shop.Settings.RetentionDays <= 0 {
			continue
		}
		n, err := a.retainShop(ctx, shop, now.AddDate(0, 0, -shop.Settings.RetentionDays))
		if erased += n; err != nil {
			return erased, err
		}
	}
	return erased, nil
}

func (a *app) retainShop(ctx context.Context, shop knowledge.Shop, before time.Time) (erased int, err error) {
	for {
		old, err := a.store.AtRest(ctx, shop.ID, before, retainBatch)
		if err != nil {
			return erased, err
		}
		n, err := a.eraseOld(ctx, shop.ID, old, before)
		if erased += n; err != nil {
			return erased, err
		}
		if n == 0 {
			break
		}
	}
	return erased, a.base.ForgetMissedBefore(ctx, shop.ID, before)
}

func (a *app) eraseOld(ctx context.Context, shopID uuid.UUID, ids []uuid.UUID, before time.Time) (erased int, err error) {
	for _, id := range ids {
		err := a.desk.EraseOld(ctx, shopID, id, "retention", before, a.forgetting(ctx, shopID, id))
		switch {
		case err == nil:
			erased++
		case errors.Is(err, conversation.ErrNotFound): // somebody has just written
		default:
			return erased, err
		}
	}
	return erased, nil
}
