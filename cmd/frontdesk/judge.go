package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// line is one question on the input of search, triage and ask.
type line struct {
	ID      json.RawMessage          `json:"id"`
	Text    string                   `json:"text"`
	Turns   []lineTurn               `json:"turns"`
	Locale  string                   `json:"locale"`
	Market  string                   `json:"market"`
	At      string                   `json:"at"`
	Context conversation.PageContext `json:"context"`
}

type lineTurn struct {
	Role string `json:"role"`
	Text string `json:"text"`
	At   string `json:"at"`
}

func readQuestion(raw []byte) (l line, turns []triage.Turn, at time.Time, err error) {
	if err = decodeLine(raw, &l); err != nil {
		return l, nil, at, err
	}
	if l.At != "" {
		if at, err = time.Parse(time.RFC3339, l.At); err != nil {
			return l, nil, at, errors.New("at: not an RFC 3339 time")
		}
	}
	for i, t := range l.Turns {
		if t.Role != "shopper" && t.Role != "bot" && t.Role != "agent" {
			return l, nil, at, fmt.Errorf("turns[%d].role: not shopper, bot or agent", i)
		}
		when, err := time.Parse(time.RFC3339, t.At)
		if t.At != "" && err != nil {
			return l, nil, at, fmt.Errorf("turns[%d].at: not an RFC 3339 time", i)
		}
		turns = append(turns, triage.Turn{Role: t.Role, Text: webhook.Clean(t.Text), At: when})
	}
	if len(turns) == 0 {
		if strings.TrimSpace(webhook.Clean(l.Text)) == "" {
			return l, nil, at, errors.New("text: empty")
		}
		turns = []triage.Turn{{Role: "shopper", Text: webhook.Clean(l.Text), At: at}}
	}
	l.Text = turns[len(turns)-1].Text
	return l, turns, at, nil
}

type searchCommand struct {
	Shop   string `required:"" help:"Slug of the shop."`
	JSONL  bool   `name:"jsonl" help:"Read questions as JSON Lines from standard input."`
	Locale string `help:"Language of the question."`
	Market string `help:"Market of the question."`
	Text   string `arg:"" optional:"" help:"The question."`
}

func (searchCommand) Help() string {
	return `  frontdesk search --shop demo "几天能到？"
  echo '{"id":1,"text":"does the coupon stack?"}' | frontdesk search --shop demo --jsonl

Lines are taken for what the shop is asked, one after the other: how many of them look as if nothing answered them
moves the confidence of those that follow. Nothing of it is kept.`
}

type searchHit struct {
	Article    string  `json:"article"`
	Locale     string  `json:"locale,omitempty"`
	Score      float64 `json:"score"`
	Confidence float64 `json:"confidence"`
}

type searchAnswer struct {
	ID         json.RawMessage    `json:"id,omitempty"`
	Hits       []searchHit        `json:"hits"`
	Decision   knowledge.Decision `json:"decision"`
	Confidence float64            `json:"confidence"`
}

// Run searches for one question, or for each line of standard input.
func (s *searchCommand) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, s.Shop, func(a *app, shop knowledge.Shop) error {
		if s.JSONL {
			traffic, err := a.base.Traffic(ctx, shop.ID)
			if err != nil {
				return err
			}
			return eachLine(ctx, c.in, c.out, func(ctx context.Context, raw []byte) (any, error) { return s.line(ctx, a, shop, &traffic, raw) })
		}
		result, err := a.base.Search(ctx, shop, knowledge.Query{Text: s.Text, Locale: triage.Language(s.Text, s.Locale), Market: s.Market, Limit: 10})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s (%.2f)\n", result.Decision, result.Confidence)
		for _, hit := range result.Hits {
			fmt.Fprintf(c.out, "%.3f  %.2f  %-28s %-3s %s\n", hit.Score, hit.Confidence, hit.Ref, hit.Locale, hit.Question)
		}
		return nil
	})
}

// line answers one line; the flags stand for what it leaves out. The lines are taken for what the shop is asked: those
// before this one have a say in its confidence, as in a shop's day. Nothing of it is kept.
func (s *searchCommand) line(ctx context.Context, a *app, shop knowledge.Shop, traffic *knowledge.Traffic, raw []byte) (any, error) {
	l, _, at, err := readQuestion(raw)
	if err != nil {
		return nil, err
	}
	locale := orText(l.Locale, s.Locale)
	if locale == "" {
		locale = triage.Language(l.Text, shop.Locale)
	}
	result, err := a.base.Search(ctx, shop, knowledge.Query{Text: l.Text, Locale: locale, Market: orText(l.Market, s.Market), At: at, Limit: 10})
	if err != nil {
		return nil, err
	}
	return inOrder(func() any {
		traffic.Judge(shop, &result)
		out := searchAnswer{ID: l.ID, Hits: []searchHit{}, Decision: result.Decision, Confidence: result.Confidence}
		for _, hit := range result.Hits {
			out.Hits = append(out.Hits, searchHit{hit.Ref, hit.Locale, hit.Score, hit.Confidence})
		}
		return out
	}), nil
}

type triageCommand struct {
	JSONL bool   `name:"jsonl" help:"Read messages as JSON Lines from standard input."`
	Text  string `arg:"" optional:"" help:"The message."`
}

func (triageCommand) Help() string {
	return `  frontdesk triage "这是我第三次问了，给我转人工！"
  echo '{"id":1,"text":"where is my parcel?"}' | frontdesk triage --jsonl`
}

type triageAnswer struct {
	ID json.RawMessage `json:"id,omitempty"`
	triage.Verdict
}

// Run judges one message, or each line of standard input.
func (t *triageCommand) Run(ctx context.Context, c *cli) error {
	if t.JSONL {
		return eachLine(ctx, c.in, c.out, func(_ context.Context, raw []byte) (any, error) {
			l, turns, _, err := readQuestion(raw)
			if err != nil {
				return nil, err
			}
			return triageAnswer{l.ID, triage.Assess(triage.Input{Turns: turns, Locale: l.Locale})}, nil
		})
	}
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	return enc.Encode(triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: t.Text}}}))
}

type askCommand struct {
	Shop   string `required:"" help:"Slug of the shop."`
	JSONL  bool   `name:"jsonl" help:"Read questions as JSON Lines from standard input."`
	Market string `help:"Market of the shopper."`
	Text   string `arg:"" optional:"" help:"The question; without it, a chat."`
}

func (askCommand) Help() string {
	return `  frontdesk ask --shop demo
  frontdesk ask --shop demo "¿Cuánto tarda el envío a Canarias?"
  echo '{"id":1,"turns":[{"role":"shopper","text":"and for Spain?"}]}' | frontdesk ask --shop demo --jsonl`
}

type askAnswer struct {
	ID json.RawMessage `json:"id,omitempty"`
	bot.Reply
	Millis int64 `json:"ms"`
}

// Run asks one question, each line of standard input, or chats. Nothing is stored.
func (q *askCommand) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, q.Shop, func(a *app, shop knowledge.Shop) error {
		switch {
		case q.JSONL:
			return eachLine(ctx, c.in, c.out, func(ctx context.Context, raw []byte) (any, error) { return q.line(ctx, a, shop, raw) })
		case q.Text != "":
			_, err := q.exchange(ctx, c, a, shop, bot.Question{Turns: []triage.Turn{{Role: "shopper", Text: q.Text}}, Market: q.Market})
			return err
		}
		return q.chat(ctx, c, a, shop)
	})
}

// line answers one line; the flag stands for a market that it leaves out.
func (q *askCommand) line(ctx context.Context, a *app, shop knowledge.Shop, raw []byte) (any, error) {
	l, turns, at, err := readQuestion(raw)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	reply, err := a.responder.Compose(ctx, shop, bot.Question{Turns: turns, Context: l.Context, Market: orText(l.Market, q.Market), Locale: l.Locale, At: at}, nil)
	if err != nil {
		return nil, err
	}
	if reply.Reasons == nil {
		reply.Reasons = []triage.Reason{}
	}
	if reply.Evidence == nil {
		reply.Evidence = []conversation.Evidence{}
	}
	return askAnswer{l.ID, reply, time.Since(start).Milliseconds()}, nil
}

func (q *askCommand) chat(ctx context.Context, c *cli, a *app, shop knowledge.Shop) error {
	fmt.Fprintf(c.out, "%s. An empty line or Ctrl-D ends the chat; nothing is stored.\n", shop.DisplayName(shop.Locale))
	question := bot.Question{Market: q.Market, Introduce: true}
	scan := bufio.NewScanner(c.in)
	for {
		fmt.Fprint(c.out, "> ")
		if !scan.Scan() || strings.TrimSpace(scan.Text()) == "" {
			return scan.Err()
		}
		question.Turns = append(question.Turns, triage.Turn{Role: "shopper", Text: webhook.Clean(scan.Text()), At: time.Now()})
		reply, err := q.exchange(ctx, c, a, shop, question)
		if err != nil {
			return err
		}
		question.Turns = append(question.Turns, triage.Turn{Role: "bot", Text: reply.Text, At: time.Now()})
		question.Introduce, question.Offered, question.AskedBack = false, reply.Options, reply.Action == bot.ActionAsk
		if len(reply.Evidence) > 0 {
			question.Previous = reply.Evidence
		}
	}
}

func (q *askCommand) exchange(ctx context.Context, c *cli, a *app, shop knowledge.Shop, question bot.Question) (bot.Reply, error) {
	reply, err := a.responder.Compose(ctx, shop, question, nil)
	if err != nil {
		return reply, err
	}
	if reply.Text != "" {
		fmt.Fprintln(c.out, reply.Text)
	}
	var notes []string
	for _, e := range reply.Evidence {
		notes = append(notes, e.ID)
	}
	for _, r := range reply.Reasons {
		notes = append(notes, fmt.Sprintf("%s %.2f", r.Kind, r.Score))
	}
	fmt.Fprintf(c.out, "  [%s, level %d, confidence %.2f] %s\n", reply.Action, reply.Level, reply.Confidence, strings.Join(notes, ", "))
	return reply, nil
}

// withShop is withApp for commands about one shop.
func (c *cli) withShop(ctx context.Context, slug string, do func(*app, knowledge.Shop) error) error {
	return c.withApp(ctx, func(a *app) error {
		shop, err := a.base.ShopBySlug(ctx, slug)
		if errors.Is(err, knowledge.ErrNotFound) {
			return fmt.Errorf("there is no shop %q; frontdesk shop list shows those there are", slug)
		}
		if err != nil {
			return err
		}
		return do(a, shop)
	})
}
