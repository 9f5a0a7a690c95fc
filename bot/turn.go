package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

const (
	quiet       = 800 * time.Millisecond // after a message, so that three quick ones are one turn
	turnTimeout = 20 * time.Second
	giveUpAfter = 3                // tries of one turn's job; then a person gets it
	giveUpTime  = 10 * time.Second // for that, when composing has taken all the time that there was
)

// TurnWorker answers turns. Every message has a job; the newest message's job answers, the others find nothing to do.
type TurnWorker struct {
	river.WorkerDefaults[conversation.TurnArgs]
	responder *Responder
}

// NewTurnWorker returns the worker of "turn" jobs.
func NewTurnWorker(r *Responder) *TurnWorker { return &TurnWorker{responder: r} }

// Timeout is short because a dead worker's job comes back only through the sweeper.
func (*TurnWorker) Timeout(*river.Job[conversation.TurnArgs]) time.Duration { return turnTimeout }

// NextRetry tries again quickly: a shopper is waiting.
func (*TurnWorker) NextRetry(job *river.Job[conversation.TurnArgs]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * time.Second)
}

// Work answers the conversation's open turn if it is this job's to answer.
func (w *TurnWorker) Work(ctx context.Context, job *river.Job[conversation.TurnArgs]) error {
	r := w.responder
	c, err := r.store.Conversation(ctx, job.Args.ShopID, job.Args.ConversationID)
	if errors.Is(err, conversation.ErrNotFound) {
		return river.JobCancel(err)
	}
	if err != nil {
		return err
	}
	withPeople := c.Holder == conversation.HeldByQueue || c.Holder == conversation.HeldByAgent
	if (c.Holder != conversation.HeldByBot && !withPeople) || c.AnsweredSeq >= c.HeardSeq || job.Args.Seq != c.HeardSeq {
		return nil
	}
	messages, err := r.store.Messages(ctx, c.ShopID, c.ID, conversation.Range{Episode: c.Episode, Limit: 200})
	if err != nil {
		return err
	}
	if wait := stillTyping(c, messages); wait > 0 {
		return river.JobSnooze(wait)
	}
	if withPeople {
		return r.reassess(ctx, c, messages)
	}
	err = r.answer(ctx, c, messages, job.Attempt >= giveUpAfter)
	if errors.Is(err, conversation.ErrStale) || errors.Is(err, conversation.ErrNotHolder) {
		r.showDraft(c, "")
		return nil
	}
	return err
}

// stillTyping returns how long to wait for more, unless the turn has been open for so long that it is cut.
func stillTyping(c conversation.Conversation, messages []conversation.Message) time.Duration {
	if c.TurnSince == nil || time.Since(*c.TurnSince) >= conversation.KeepTyping {
		return 0
	}
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Seq == c.HeardSeq {
			return quiet - time.Since(messages[i].CreatedAt)
		}
	}
	return 0
}

// answer composes the turn's reply and says it. When composing keeps failing, a person gets the turn.
func (r *Responder) answer(ctx context.Context, c conversation.Conversation, messages []conversation.Message, giveUp bool) error {
	shop, err := r.base.Shop(ctx, c.ShopID)
	if err != nil {
		return err
	}
	ch, err := r.channels.ByID(ctx, c.ShopID, c.ChannelID)
	if err != nil {
		return err
	}
	q := questionOf(c, messages, ch)
	show := func(text string) {
		if text == "" || r.stillOurs(ctx, c) {
			r.showDraft(c, text)
		}
	}
	if ch.Mode != channel.ModeAuto {
		q.WithoutModel, show = ch.Mode == channel.ModeOff, nil
	}
	reply, err := r.composed(ctx, shop, q, show)
	switch {
	case err != nil && !giveUp:
		return err
	case err != nil:
		r.log.Error("a turn could not be answered and goes to a person", "conversation", c.ID, "error", err)
		reply = Reply{Language: orElse(q.Locale, shop.Locale)}
		reply.unknown(triage.ModelFailed, 0)
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), giveUpTime)
			defer cancel()
		}
	}
	if ch.Mode != channel.ModeAuto {
		reply.leaveToAgents()
	}
	err = r.say(ctx, shop, c, q, reply, messages)
	if err == nil || !giveUp || ctx.Err() != nil || errors.Is(err, conversation.ErrStale) || errors.Is(err, conversation.ErrNotHolder) {
		return err
	}
	r.log.Error("a reply could not be said and its turn goes to a person", "conversation", c.ID, "error", err)
	bare := Reply{Language: reply.Language, Verdict: reply.Verdict, Level: reply.Level, Reasons: reply.Reasons}
	bare.unknown(triage.NoKnowledge, 0)
	return r.say(ctx, shop, c, q, bare, messages)
}

// composed is Compose with a panic turned into an error: a fault of ours must end with a person, not in silence.
func (r *Responder) composed(ctx context.Context, shop knowledge.Shop, q Question, show func(string)) (reply Reply, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			r.log.Error("panic while composing", "shop", shop.ID, "fault", fault, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return r.Compose(ctx, shop, q, show)
}

// leaveToAgents keeps what the bot would say as a draft for the person who answers. What a handover says stays said.
func (reply *Reply) leaveToAgents() {
	if reply.Action == ActionHandoff || reply.Action == ActionSilent {
		return
	}
	reply.Action, reply.Level, reply.Text, reply.Options, reply.LeftToAgents = ActionHandoff, max(reply.Level, 1), "", nil, true
}

func (r *Responder) say(ctx context.Context, shop knowledge.Shop, c conversation.Conversation, q Question, reply Reply, messages []conversation.Message) error {
	if reply.Action == ActionHandoff {
		reply.Star = r.describe(ctx, shop, q, &reply)
		_, err := r.handOver(ctx, shop, c, q, reply, messages, c.HeardSeq)
		if err == nil {
			r.remember(ctx, shop, c, q, reply)
		}
		return err
	}
	err := r.store.InTx(ctx, c.ShopID, c.ID, func(tx pgx.Tx) error {
		if reply.Action == ActionSilent {
			return r.store.CloseTurn(ctx, tx, c.ShopID, c.ID, c.HeardSeq)
		}
		if err := r.stillTrue(ctx, tx, shop, q, reply); err != nil {
			return err
		}
		_, err := r.store.Speak(ctx, tx, utterance(c, reply, c.HeardSeq))
		return err
	})
	if errors.Is(err, errTakenDown) {
		r.showDraft(c, "")
	}
	if err == nil {
		r.remember(ctx, shop, c, q, reply)
	}
	if err == nil && reply.Action == ActionAnswer {
		r.countAsked(ctx, shop, c, reply)
	}
	return err
}

// stillOurs says whether the turn is the bot's to answer yet, so that nobody sees it write after a takeover.
func (r *Responder) stillOurs(ctx context.Context, c conversation.Conversation) bool {
	now, err := r.store.Conversation(ctx, c.ShopID, c.ID)
	return err == nil && now.Holder == conversation.HeldByBot && now.HeardSeq == c.HeardSeq && now.AnsweredSeq == c.AnsweredSeq
}

func (r *Responder) showDraft(c conversation.Conversation, text string) {
	if r.feed != nil {
		r.feed.Draft(c.ShopID, c.ID, text)
	}
}
