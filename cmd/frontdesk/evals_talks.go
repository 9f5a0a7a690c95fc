package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
)

// What an occasion to choose a reading counts in training, beside a talk: questions that have nothing to do with the turn
// before are many more here than in talks, and a shop of which half is taken away is asked the same once more.
const (
	otherMatter = 0.14
	halfShop    = 0.5
	leastWords  = 4 // code points of a question that is put behind a talk; what is shorter may lean on it after all
)

// occasion is a turn behind an answered one, what it may be about, and which of that is right.
type occasion struct {
	scoring.Choice
	shop  string // the one to leave out
	judge bool   // a real talk of a whole shop
}

// talks learns what a turn leans on that goes on from the one before, and measures it in shops that were left out.
func (e *evals) talks(ctx context.Context) error {
	paths, err := filepath.Glob(filepath.Join(e.command.Shops, "*.jsonl"))
	if err != nil {
		return err
	}
	var all []occasion
	for _, path := range paths {
		shop, err := readFAQ(path)
		if err != nil {
			return err
		}
		for i, part := range []faq{shop, shop.half(1), shop.half(2)} {
			if err := e.hearShop(ctx, part, shop.name, i, &all); err != nil {
				return err
			}
		}
		e.say("  %s: done", shop.name)
	}
	if e.there("demo: talks", filepath.Join(e.command.Exam, "talks.jsonl")) {
		if err := e.hearDemo(ctx, &all); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		e.skip("talks: no shop in %s", e.command.Shops)
		return nil
	}
	e.judgeTalks(all)
	if e.command.Leaning == "" {
		return nil
	}
	return writeLeaning(e.command.Leaning, learnLeaning(all, ""))
}

// learnLeaning trains on all shops but one.
func learnLeaning(all []occasion, but string) scoring.Chooser {
	var choices []scoring.Choice
	for _, o := range all {
		if o.shop != but {
			choices = append(choices, o.Choice)
		}
	}
	return scoring.FitChooser(choices)
}

// hearShop imports a shop and asks its talks, and a third of its questions behind the beginnings of talks.
func (e *evals) hearShop(ctx context.Context, f faq, name string, part int, all *[]occasion) error {
	with := meant
	if part == 0 {
		with = learned
	}
	shop, err := e.fillShop(ctx, f, with)
	if err != nil {
		return err
	}
	weight := 1.0
	if part > 0 {
		weight = halfShop
	}
	var begun []faqRow
	for _, t := range f.talks {
		if !f.has(t.Before) {
			continue
		}
		begun = append(begun, t)
		if err := e.hear(ctx, shop, f.question(t, t.Turns[2], t.Lang), f.known(t.Refs), occasion{scoring.Choice{Weight: weight}, name, part == 0}, all); err != nil {
			return err
		}
	}
	for i, q := range f.questions {
		t := begun[7*i%len(begun)]
		if i%3 != part || slices.Contains(q.Refs, t.Before) || len([]rune(q.Text)) < leastWords {
			continue
		}
		if err := e.hear(ctx, shop, f.question(t, q.Text, q.Lang), f.known(q.Refs), occasion{scoring.Choice{Weight: weight * otherMatter}, name, false}, all); err != nil {
			return err
		}
	}
	return nil
}

// fillShop makes a shop of these articles, or returns the one that was made of them before. One that is not learned is as any
// shop is in its first minutes.
func (e *evals) fillShop(ctx context.Context, f faq, with situation) (knowledge.Shop, error) {
	slug := f.name + "-" + string(with)
	shop, err := e.app.base.AddShop(ctx, knowledge.Shop{Slug: slug, Locale: f.articles[0].Lang, ActiveSpace: with.space()})
	if errors.Is(err, knowledge.ErrExists) {
		return e.app.base.ShopBySlug(ctx, slug)
	}
	if err != nil {
		return shop, err
	}
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	for _, a := range f.articles {
		row := map[string]any{"id": a.Ref, "locale": a.Lang, "question": a.Question, "answer": a.Answer, "phrasings": a.Phrasings}
		if err := enc.Encode(row); err != nil {
			return shop, err
		}
	}
	if err := e.app.importAll(ctx, shop, file.Bytes(), io.Discard); err != nil {
		return shop, err
	}
	return shop, e.settle(ctx, shop, with)
}

// question is the talk as the bot hears it, with this for its last turn.
func (f faq) question(talk faqRow, last, lang string) bot.Question {
	q := bot.Question{Locale: lang, At: time.Now(), Turns: []triage.Turn{{Role: "shopper", Text: talk.Turns[0]}, {Role: "bot", Text: talk.Turns[1]}, {Role: "shopper", Text: last}}}
	for _, a := range f.articles {
		if a.Ref == talk.Before {
			q.Previous = []conversation.Evidence{{Kind: "article", ID: a.Ref, Title: a.Question}}
		}
	}
	return q
}

// hearDemo asks the demo shop's talks, and every third of its exam's questions behind the beginning of another matter.
func (e *evals) hearDemo(ctx context.Context, all *[]occasion) error {
	shop, err := e.app.seed(ctx, io.Discard)
	if err != nil {
		return err
	}
	if err := e.settle(ctx, shop, learned); err != nil {
		return err
	}
	var talks, singles []exam.Question
	for _, file := range []string{"tune.jsonl", "talks.jsonl"} {
		questions, err := readExam(filepath.Join(e.command.Exam, file))
		if err != nil {
			return err
		}
		for _, q := range questions {
			known := len(q.Expect.All) == 0 && (len(answering(q)) > 0 || q.Topic == "unanswerable")
			switch {
			case len(q.Turns) == 3 && q.Topic == "followup":
				talks = append(talks, q)
			case len(q.Turns) == 1 && known:
				singles = append(singles, q)
			}
		}
	}
	for _, q := range talks {
		if err := e.hear(ctx, shop, asBot(q, time.Now()), answering(q), occasion{scoring.Choice{Weight: 1}, shop.Slug, true}, all); err != nil {
			return err
		}
	}
	for i := 0; i < len(singles); i += 3 {
		q := singles[i]
		before, ok := unrelated(q, talks, i)
		if !ok {
			continue
		}
		q.Turns = append(slices.Clone(before.Turns[:2]), q.Turns...)
		if q.Market == "" {
			q.Market = before.Market
		}
		if err := e.hear(ctx, shop, asBot(q, time.Now()), answering(q), occasion{scoring.Choice{Weight: 2.5 * otherMatter}, shop.Slug, false}, all); err != nil {
			return err
		}
	}
	return nil
}

// answering are the articles that answer a golden question; none where a person must.
func answering(q exam.Question) []string {
	if !slices.Contains(q.Expect.Action, bot.ActionAnswer) {
		return nil
	}
	return q.Expect.Articles
}

// unrelated finds a talk of the question's language and market about something else; another one for each place.
func unrelated(q exam.Question, talks []exam.Question, place int) (exam.Question, bool) {
	for i := range talks {
		t := talks[(7*place+i)%len(talks)]
		shared := slices.ContainsFunc(t.Expect.Articles, func(ref string) bool { return slices.Contains(q.Expect.Articles, ref) })
		if t.Locale == q.Locale && (q.Market == "" || t.Market == q.Market) && !shared {
			return t, true
		}
	}
	return exam.Question{}, false
}

// hear adds what the question's last turn may mean, and what it does.
func (e *evals) hear(ctx context.Context, shop knowledge.Shop, q bot.Question, right []string, o occasion, all *[]occasion) error {
	readings, err := e.app.responder.Readings(ctx, shop, q)
	if err != nil || len(readings) == 0 {
		return err
	}
	for _, r := range readings {
		o.Options, o.Right = append(o.Options, r.Signals), append(o.Right, slices.Contains(right, r.Hit.Ref))
	}
	*all = append(*all, o)
	return nil
}

// judgeTalks adds the figures of each shop, by what was learned from the others.
func (e *evals) judgeTalks(all []occasion) {
	var shops []string
	for _, o := range all {
		if !slices.Contains(shops, o.shop) {
			shops = append(shops, o.shop)
		}
	}
	wrong, judged := 0, 0
	for _, shop := range shops {
		by, right, n := learnLeaning(all, shop), 0, 0
		for _, o := range all {
			if o.shop != shop || !o.judge {
				continue
			}
			n++
			best, p := by.Choose(o.Options)
			switch sure := p >= bot.LeaningFrom; {
			case sure && !o.Right[best]:
				wrong++
			case sure, !slices.Contains(o.Right, true):
				right++
			}
		}
		judged += n
		e.share("talks: "+shop+" left out, right", right, n, "", "")
	}
	e.share("talks: surely wrong, shops left out", wrong, judged, "", "")
}
