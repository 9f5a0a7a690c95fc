package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// What a notice must be to be said.
const (
	noticeSoon  = 4 * 24 * time.Hour  // begins within, to be told to who asks about its own matter
	noticeAhead = 60 * 24 * time.Hour // begins within, to be told to who names one of its days
	noticeNear  = 0.6                 // of the score of the article that answers, to change what that says
	noticeAkin  = 0.25                // nearness in meaning to the article that answers, to change it whatever was asked
)

var sayNotice = phrase{
	zh: "另外请注意：",
	en: "Please note:",
	es: "Ten en cuenta:"}

// notice is one that is said beside an answer.
type notice struct {
	hit  knowledge.Hit
	from time.Time // when it begins; zero where it holds
}

// heedNotices finds what holds only for a time and changes what would be answered: it is said with the answer. What has not
// begun counts for a day that the question names, and is itself the answer where it is what the question is about.
func (e *enquiry) heedNotices(ctx context.Context, f *finding) error {
	if len(f.result.Hits) == 0 {
		return nil
	}
	at := e.q.At
	if at.IsZero() {
		at = time.Now()
	}
	first := f.result.Hits[0]
	notices, err := e.base.Notices(ctx, e.shop.ID, at, at.Add(noticeAhead), orElse(e.q.Market, e.shop.Market), e.language, first.ArticleID)
	if err != nil || len(notices) == 0 {
		return err
	}
	days := daysIn(f.text, at.In(e.shop.Location()))
	for _, n := range notices {
		if held := !n.From.After(at); held {
			if e.akin(n, first) || near(n, f.result.Hits, noticeNear*first.Score) {
				f.mind(n, time.Time{})
			}
			continue
		}
		named := slices.ContainsFunc(days, func(d span) bool { return d.from.Before(n.Until) && d.to.After(n.From) })
		if !named && n.From.After(at.Add(noticeSoon)) {
			continue
		}
		later := *e
		later.q.At = n.From
		result, err := later.ask(ctx, f.text)
		if err == nil {
			result, err = later.heed(ctx, f.text, result)
		}
		if err != nil {
			return err
		}
		if result.Decision == knowledge.DecideAnswer && result.Hits[0].Ref == n.Hit.Ref {
			f.result, f.ahead, f.notices = result, n.From, nil
			return nil
		}
		if named && (e.akin(n, first) || near(n, result.Hits, noticeNear*first.Score)) || near(n, result.Hits, timedNear*first.Score) {
			f.mind(n, n.From)
		}
	}
	return nil
}

// akin tells whether a notice changes what an article says by what the two say, in all languages that both have: whoever is told
// the one is told the other, however they asked. Without an embedder their tags must do.
func (e *enquiry) akin(n knowledge.Notice, article knowledge.Hit) bool {
	if e.similar == nil {
		return true
	}
	texts, beside := n.Texts, n.Beside
	if len(texts) == 0 {
		texts, beside = []string{n.Hit.Question + "\n" + n.Hit.Answer}, []string{article.Question + "\n" + article.Answer}
	}
	sum := 0.0
	for i, text := range texts {
		sum += e.similar(text, beside[i])
	}
	return sum >= noticeAkin*float64(len(texts))
}

// near tells whether a notice was found with at least this score.
func near(n knowledge.Notice, hits []knowledge.Hit, least float64) bool {
	return slices.ContainsFunc(hits, func(hit knowledge.Hit) bool { return hit.Ref == n.Hit.Ref && hit.Score >= least })
}

// mind keeps a notice beside the finding's answer where it concerns it: it has one of its tags, and where it speaks of times, so
// does the answer.
func (f *finding) mind(n knowledge.Notice, from time.Time) {
	first := f.result.Hits[0]
	if !n.Concerns || first.Ref == n.Hit.Ref || statesTime.MatchString(n.Hit.Answer) && !statesTime.MatchString(first.Answer) {
		return
	}
	f.notices = append(f.notices, notice{n.Hit, from})
}

// sayNotices puts the notices behind the answers that they change, each once an episode.
func (reply *Reply) sayNotices(found []finding, turns []triage.Turn) {
	if reply.Text == "" {
		return
	}
	said := func(ref string) bool {
		return slices.ContainsFunc(reply.Evidence, func(e conversation.Evidence) bool { return e.ID == ref })
	}
	for _, f := range found {
		for _, n := range f.notices {
			before := slices.ContainsFunc(turns, func(t triage.Turn) bool { return t.Role == "bot" && strings.Contains(t.Text, n.hit.Answer) })
			if before || said(n.hit.Ref) || !said(f.result.Hits[0].Ref) {
				continue
			}
			reply.Text = joinText(reply.Text, sayNotice.in(reply.Language)+"\n"+inEditorsWords(n.hit, reply.Language))
			reply.Evidence = append(reply.Evidence, evidenceOf(n.hit))
		}
	}
}

// ahead tells from when on what the reply says of this article holds; false where it does already.
func ahead(found []finding) map[string]time.Time {
	begins := map[string]time.Time{}
	for _, f := range found {
		if !f.ahead.IsZero() {
			begins[f.result.Hits[0].Ref] = f.ahead
		}
		for _, n := range f.notices {
			if !n.from.IsZero() {
				begins[n.hit.Ref] = n.from
			}
		}
	}
	return begins
}
