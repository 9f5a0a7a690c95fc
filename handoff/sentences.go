package handoff

import (
	"fmt"
	"strings"
	"time"
)

// sentence is what the desk says to a waiting shopper in the shop's own voice. %s is the time by which somebody writes.
type sentence struct{ zh, en, es string }

var (
	saySorry = sentence{
		zh: "让您久等了，非常抱歉，同事还没能回复您。我们已经再次提醒同事，%s前会有人回复您。",
		en: "We're sorry to keep you waiting: nobody has been able to write to you yet. We've alerted the team again, and somebody will write to you by %s.",
		es: "Sentimos la espera: todavía no ha podido escribirte nadie. Hemos vuelto a avisar al equipo y alguien te escribirá antes %s."}
	sayPassedOn = sentence{
		zh: "您的问题已转给更合适的同事，前面的内容同事都能看到，%s前会有人回复您。",
		en: "Your chat has been passed on to a better-placed colleague, who can read everything above. Somebody will write to you by %s.",
		es: "Hemos pasado tu chat a otro compañero que te ayudará mejor y puede leer todo lo anterior. Alguien te escribirá antes %s."}
)

// in renders the sentence in this language (English where there is no other), with the time on the desk's clock.
func (s sentence) in(language string, due, now time.Time) string {
	language, _, _ = strings.Cut(language, "-")
	text := s.en
	switch language {
	case "zh":
		text = s.zh
	case "es":
		text = s.es
	}
	return fmt.Sprintf(text, moment(language, due, now.In(due.Location())))
}

// moment names the time of day and, where it is not today, the day.
func moment(language string, at, now time.Time) string {
	today := at.Year() == now.Year() && at.YearDay() == now.YearDay()
	switch language {
	case "zh":
		if today {
			return at.Format("15:04")
		}
		weekday := []string{"日", "一", "二", "三", "四", "五", "六"}[at.Weekday()]
		return fmt.Sprintf("%d月%d日（周%s）%s", at.Month(), at.Day(), weekday, at.Format("15:04"))
	case "es":
		if today {
			return "de las " + at.Format("15:04")
		}
		weekday := []string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}[at.Weekday()]
		return fmt.Sprintf("del %s %d/%d a las %s", weekday, at.Day(), at.Month(), at.Format("15:04"))
	}
	if today {
		return at.Format("15:04")
	}
	return at.Format("15:04 on Monday 2 January")
}
