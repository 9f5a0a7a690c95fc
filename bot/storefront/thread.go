package storefront

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
)

// shown is what a visitor may read of the messages: no verdict, no cost, no score.
func shown(messages []conversation.Message) []Message {
	out := make([]Message, 0, len(messages))
	for _, m := range messages {
		out = append(out, shownOne(m))
	}
	return out
}

func shownOne(m conversation.Message) Message {
	s := Message{
		Seq: m.Seq, Author: MessageAuthor(m.Author), Name: given(m.StaffName), Text: m.Body, Kind: m.Kind,
		Language: given(m.Language), Episode: m.Episode, At: m.CreatedAt, Thumb: given(m.Feedback),
	}
	if m.Author == conversation.ByShopper {
		s.Id = m.ExternalID
		if found := conversation.ContactIn(m.Body); m.Kind == conversation.KindText {
			s.Contact = reachOf(found.Email, found.Phone)
		}
	}
	if len(m.Options) > 0 {
		labels := make([]string, 0, len(m.Options))
		for _, o := range m.Options {
			labels = append(labels, o.Label)
		}
		s.Options = &labels
	}
	if sources := sourcesOf(m); len(sources) > 0 {
		s.Sources = &sources
		if near := nearOf(m); len(near) > 0 {
			s.Near = &near
		}
	}
	return s
}

// reachOf is where somebody is reached, nil for nowhere.
func reachOf(email, phone string) *Reach {
	return given(Reach{Email: given(email), Phone: given(phone)})
}

const (
	nearEnough = 0.55 // score from which a question is about much the same thing
	mostNear   = 2
)

// nearOf names the questions that came next to the one which was answered: an article's own, so that the bot answers them, too.
// A reply that offers choices has enough of them.
func nearOf(m conversation.Message) (out []string) {
	var judged struct {
		Candidates []struct {
			Ref, Title string
			Score      float64
		}
	}
	if m.Kind != conversation.KindText || len(m.Options) > 0 || json.Unmarshal(m.Verdict, &judged) != nil {
		return nil
	}
	chinese := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, c := range judged.Candidates {
		told := slices.ContainsFunc(m.Evidence, func(e conversation.Evidence) bool { return e.ID == c.Ref || e.Title == c.Title })
		if !told && c.Score >= nearEnough && chinese(c.Title) == chinese(m.Body) && len(out) < mostNear {
			out = append(out, c.Title)
		}
	}
	return out
}

// sourcesOf names each article that a reply of the bot rests on once. A handover that the judgement wanted rests on none.
func sourcesOf(m conversation.Message) []Source {
	var out []Source
	if m.OnlyHandsOver() {
		return nil
	}
	seen := map[string]bool{}
	for _, e := range m.Evidence {
		if m.Author != conversation.ByBot || e.Kind != "passage" || e.Title == "" || seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		out = append(out, Source{Ref: e.ID, Title: e.Title})
	}
	return out
}

// botAnswers says whether the bot speaks on the visitor's channel: elsewhere there is nobody to go back to.
func botAnswers(ctx context.Context) bool { return doorOf(ctx).channel.Mode == channel.ModeAuto }

// state is where the conversation stands, with the desk's word on the queue.
func (f *Face) state(ctx context.Context, conv conversation.Conversation) (State, error) {
	p, err := f.desk.Place(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return State{}, err
	}
	if p.State == "" {
		p.State = "none"
	}
	p.MayReturn = p.MayReturn && botAnswers(ctx)
	return State{
		Holder: StateHolder(conv.Holder), Answering: conv.Holder == conversation.HeldByBot && conv.TurnSince != nil,
		Case: StateCase(p.State), Place: given(p.Place), Minutes: given(p.Minutes), Due: moment(p.Due), Plan: given(p.Plan), Late: given(p.Late), MayReturn: given(p.MayReturn), Open: p.Open,
		OpensAt: moment(p.OpensAt), Agent: given(p.AgentName), Rated: given(p.Rated), Reach: reachOf(conv.Shopper.Email, conv.Shopper.Phone),
	}, nil
}
