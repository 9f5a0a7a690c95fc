package bot

import (
	"context"
	"errors"
	"math"
	"time"

	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"

	"github.com/riverqueue/river"
)

// DeliveryWorker carries events to the channels. A failed try is tried again with back-off up to about a day; after the
// last one, or when the receiver answers 410, the delivery is a dead letter that a person sees and can send again.
type DeliveryWorker struct {
	river.WorkerDefaults[conversation.DeliverArgs]
	responder *Responder
	sender    *webhook.Sender
}

// NewDeliveryWorker returns the worker of "deliver" jobs.
func NewDeliveryWorker(r *Responder, sender *webhook.Sender) *DeliveryWorker {
	return &DeliveryWorker{responder: r, sender: sender}
}

// Timeout leaves room for one try of five seconds and its bookkeeping.
func (*DeliveryWorker) Timeout(*river.Job[conversation.DeliverArgs]) time.Duration {
	return 15 * time.Second
}

// NextRetry doubles from five seconds to half a day: ten tries take about a day.
func (*DeliveryWorker) NextRetry(job *river.Job[conversation.DeliverArgs]) time.Time {
	wait := time.Duration(5*math.Pow(2.9, float64(job.Attempt-1))) * time.Second
	return time.Now().Add(min(wait, 12*time.Hour))
}

// Work makes one try.
func (w *DeliveryWorker) Work(ctx context.Context, job *river.Job[conversation.DeliverArgs]) error {
	store := w.responder.store
	d, err := store.Delivery(ctx, job.Args.ShopID, job.Args.DeliveryID)
	if errors.Is(err, conversation.ErrNotFound) {
		return river.JobCancel(err)
	}
	if err != nil || d.State != "pending" {
		return err
	}
	ch, err := w.responder.channels.ByID(ctx, d.ShopID, d.ChannelID)
	if err != nil {
		return err
	}
	if err = w.sender.Send(ctx, ch, d.ID.String(), d.Payload); err == nil {
		return store.Delivered(ctx, d)
	}
	gone := errors.Is(err, webhook.ErrGone)
	dead := gone || job.Attempt >= conversation.DeliveryTries
	if noted := store.DeliveryFailed(ctx, d, err.Error(), dead); noted != nil {
		return noted
	}
	if dead {
		w.responder.log.Error("an event could not be delivered and is a dead letter", "delivery", d.ID, "channel", ch.ID, "error", err)
		return river.JobCancel(err)
	}
	return err
}
