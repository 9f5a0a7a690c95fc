package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
)

var (
	sayOver = phrase{
		zh: "“%s”已于%s结束，现在不适用了。",
		en: "“%s” ended on %s and doesn't apply any more.",
		es: "«%s» terminó el %s y ya no se aplica."}
	sayOrThese = phrase{
		zh: "您也可能想问：",
		en: "Or did you mean one of these?",
		es: "¿O te refieres a alguna de estas cosas?"}
	sayElseAsk = phrase{
		zh: "还有其他想了解的，直接告诉我就行。",
		en: "If it was about something else, please tell me.",
		es: "Si era por otra cosa, dímelo."}
)

// lapsed answers a question that is about what is over: its title and its last day, nothing of what it says. Where it is
// not sure that this is meant, it offers what else may be, of what holds now.
func (r *Responder) lapsed(ctx context.Context, shop knowledge.Shop, q Question, found []finding, reply *Reply) (bool, error) {
	if len(found) != 1 || q.AskedBack || namesOneThing(q, found[0].text) {
		return false, nil
	}
	at := q.At
	if at.IsZero() {
		at = time.Now()
	}
	query := knowledge.Query{Text: found[0].text, Locale: reply.Language, Market: orElse(q.Market, shop.Market), At: at}
	old, is, err := r.base.Lapsed(ctx, shop, query)
	if err != nil || !is {
		return false, err
	}
	last := old.Until.Add(-time.Nanosecond)
	reply.Text = sayOver.in(reply.Language, strings.TrimRight(old.Title, "？?"), day(last, shop.Location(), reply.Language))
	reply.Evidence = append(reply.Evidence, conversation.Evidence{Kind: "lapsed", ID: old.Ref, Title: old.Title, Locale: old.Locale})
	if reply.Confidence = old.Confidence; old.Sure {
		return true, nil
	}
	reply.Action = ActionAsk
	reply.offerBehind(found[0].result.Hits, worthBeside, sayOrThese, sayElseAsk)
	return true, nil
}

// namesOneThing tells a turn of one word that goes on from the turn before, as "and the coat?" after a question for a size: the offer on
// coats that is over is not what was asked for. A code stands for itself.
func namesOneThing(q Question, text string) bool {
	return previousText(q.Turns) != "" && goesOn.MatchString(text) && meaningWords(text) <= 1 && !strings.ContainsAny(text, "0123456789")
}

// worthBeside is the least confidence of what is offered beside what does not hold.
const worthBeside = 0.2

var months = []string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}

// day is a date as people write it.
func day(at time.Time, zone *time.Location, language string) string {
	at = at.In(zone)
	switch language {
	case "zh":
		return fmt.Sprintf("%d月%d日", at.Month(), at.Day())
	case "es":
		return fmt.Sprintf("%d de %s", at.Day(), months[at.Month()-1])
	}
	return at.Format("2 January")
}
