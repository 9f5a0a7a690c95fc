package inbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
)

// clock is one thing owed by a time.
type clock struct {
	ID     string
	Due    time.Time
	Text   string // the time of day, with the day where it is not today
	Class  string // warn or bad, which the script keeps up to date
	Done   bool
	Late   string // how much too late it was done; "" in time
	Said   string // what the shopper was told of it
	ToldBy string // by when, as they were told, where the clock has another time
	Their  string // the same time where the shopper is; "" where it is the same
}

const soon = 15 * time.Minute

// view is to whom, in which language and on which clock a page is shown.
type view struct {
	Me     uuid.UUID
	Editor bool // may open the knowledge pages
	Locale string
	Zone   *time.Location
	Now    time.Time
	Theirs conversation.Clock // of the shopper, where one is looked at
}

func (v view) clock(c handoff.Clock) clock {
	out := clock{ID: c.Name, Due: c.Due.In(v.Zone), Text: v.moment(c.Due), Done: c.MetAt != nil}
	if c.Standing(v.Now) == handoff.StandsKeptLate {
		out.Late = v.spell(c.LateBy(v.Now))
	}
	switch left := c.Due.Sub(v.Now); {
	case left < 0:
		out.Class = "bad"
	case left < soon:
		out.Class = "warn"
	}
	return out
}

// theirs is a time on the shopper's own clock; "" where it is the agent's, too.
func (v view) theirs(at time.Time) string {
	if !v.Theirs.Own {
		return ""
	}
	there := view{Locale: v.Locale, Zone: v.Theirs.Zone, Now: v.Now}.moment(at)
	if there == v.moment(at) {
		return ""
	}
	return there
}

// spell writes a duration in minutes and hours, and one under a minute as one.
func (v view) spell(d time.Duration) string {
	hour, minute := " h ", " min"
	if v.Locale == "zh" {
		hour, minute = "小时", "分钟"
	}
	minutes := max(1, int(d.Minutes()))
	switch {
	case minutes < 60:
		return strconv.Itoa(minutes) + minute
	case minutes%60 == 0 || minutes > 48*60:
		return strings.TrimSpace(strconv.Itoa(minutes/60) + hour)
	}
	return strconv.Itoa(minutes/60) + hour + strconv.Itoa(minutes%60) + minute
}

// moment is a time of day, with the day where it is another one.
func (v view) moment(at time.Time) string {
	at, now := at.In(v.Zone), v.Now.In(v.Zone)
	if at.Year() == now.Year() && at.YearDay() == now.YearDay() {
		return at.Format("15:04")
	}
	switch v.Locale {
	case "zh":
		return at.Format("1月2日 15:04")
	case "es":
		return at.Format("2/1 15:04")
	}
	return at.Format("2 Jan 15:04")
}

// channelOf is what agents call a channel: what kind it is, where its name says no more, and its name otherwise, written as a
// name and not as the part of an address that it is as well.
func channelOf(h conversation.Head) string {
	if h.Channel == h.ChannelKind {
		return oneOf(h.ChannelKind, "widget", "webhook")
	}
	name := []rune(strings.NewReplacer("-", " ", "_", " ").Replace(h.Channel))
	if len(name) > 0 {
		name[0] = unicode.ToUpper(name[0])
	}
	return string(name)
}

// reason is a finding of the judgement with the colour of its weight.
type reason struct {
	Kind  string
	Score float64
	Words []string
	Class string
}

// reasonKinds are all the kinds that have a name of their own on the page.
func reasonKinds() []string {
	return []string{"wish", "mood", "repetition", "failed_attempts", "risk_injury", "risk_allergy", "risk_fraud", "risk_payment",
		"risk_privacy", "risk_legal", "risk_regulator", "risk_press", "risk_self_harm", "order_change", "several_intents",
		"no_knowledge", "unsure", "unsupported_draft", "injection", "model_failed", "over_budget"}
}

func reasonsOf(list []conversation.Reason) []reason {
	out := make([]reason, 0, len(list))
	for _, r := range list {
		kind := r.Kind
		if !slices.Contains(reasonKinds(), kind) {
			kind = "other"
		}
		out = append(out, reason{Kind: kind, Score: r.Score, Words: r.Words, Class: reasonClass(kind)})
	}
	return out
}

func reasonClass(kind string) string {
	switch {
	case strings.HasPrefix(kind, "risk_"):
		return "bad"
	case kind == "mood" || kind == "repetition" || kind == "failed_attempts" || kind == "order_change" || kind == "injection":
		return "warn"
	}
	return ""
}

// languageOf is the part of a locale that has a name on the page; "" where none is known.
func languageOf(locale string) string {
	base, _, _ := strings.Cut(strings.ToLower(locale), "-")
	switch base {
	case "", "und":
		return ""
	case "zh", "en", "es":
		return base
	}
	return "other"
}

// spoken is the language for a browser's voice and fonts; "" where it is not known.
func spoken(locale string) string { return oneOf(languageOf(locale), "zh", "en", "es") }

// oneOf keeps a value that the page has a text for.
func oneOf(value string, known ...string) string {
	if slices.Contains(known, value) {
		return value
	}
	return ""
}

func knownOutcome(outcome string) string {
	return oneOf(outcome, append(handoff.Outcomes(), handoff.OutcomeWithdrawn, handoff.OutcomeBlocked, handoff.OutcomeErased)...)
}

// oneLine is what a row shows of a message: no line breaks, and no markup where the author may use some.
func oneLine(author conversation.Author, body string) string {
	if author != conversation.ByShopper {
		body = conversation.PlainText(body)
	}
	return strings.Join(strings.Fields(body), " ")
}
