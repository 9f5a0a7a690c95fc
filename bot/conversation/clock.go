package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Clock is by which a shopper reads a time: the shopper's own, where a browser has told its zone, else the shop's, with
// the zone named.
type Clock struct {
	Zone *time.Location
	Shop *time.Location
	Own  bool // Zone is the shopper's
}

// Clock returns the shopper's clock. A zone that is none is taken for not told.
func (s Shopper) Clock(shop *time.Location) Clock {
	if s.Zone != "" && s.Zone != "Local" {
		if zone, err := time.LoadLocation(s.Zone); err == nil {
			return Clock{Zone: zone, Shop: shop, Own: true}
		}
	}
	return Clock{Zone: shop, Shop: shop}
}

// ClockOf returns the clock of a conversation's shopper.
func (s *Store) ClockOf(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, shop *time.Location) (Clock, error) {
	var who Shopper
	err := tx.QueryRow(ctx, `select shopper from conversations where shop_id = $1 and conversation_id = $2`, shopID, id).Scan(&who)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Clock{}, fmt.Errorf("clock of conversation %s: %w", id, err)
	}
	return who.Clock(shop), nil
}

// TimeOfDay says a time in zh, es or English. Where the shopper's clock is not the shop's, it says whose it is: an agent
// reads it, too.
func (c Clock) TimeOfDay(at time.Time, language string) string { return c.say("", at, language) }

// Moment says a day and a time, as the widget's own script does. Spanish goes on after "el".
func (c Clock) Moment(at time.Time, language string) string {
	day := at.In(c.Zone)
	switch language {
	case "zh":
		weekday := []string{"日", "一", "二", "三", "四", "五", "六"}[day.Weekday()]
		return c.say(fmt.Sprintf("%d月%d日星期%s", day.Month(), day.Day(), weekday), at, language)
	case "es":
		weekday := []string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}[day.Weekday()]
		month := []string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}[day.Month()-1]
		return c.say(fmt.Sprintf("%s, %d de %s, ", weekday, day.Day(), month), at, language)
	}
	return c.say(day.Format("Monday 2 January at "), at, language)
}

// say puts the day before the time, and whose clock it is where it has to be said.
func (c Clock) say(day string, at time.Time, language string) string {
	local := at.In(c.Zone)
	if c.Own {
		_, own := local.Zone()
		if _, shops := at.In(c.Shop).Zone(); own == shops {
			return day + local.Format("15:04")
		}
		switch language {
		case "zh":
			return "您当地时间" + day + local.Format("15:04")
		case "es":
			return day + local.Format("15:04 (tu hora)")
		}
		return day + local.Format("15:04 (your time)")
	}
	if language == "zh" && c.Zone.String() == "Asia/Shanghai" {
		return "北京时间" + day + local.Format("15:04")
	}
	if _, seconds := local.Zone(); seconds == 0 {
		return day + local.Format("15:04 (UTC)")
	}
	return day + local.Format("15:04 (UTC-07:00)")
}

// Deadline says by when, in zh, es or English: the time of day and, where it is not today, the day. Spanish goes on after "antes".
func (c Clock) Deadline(at, now time.Time, language string) string {
	day := at.In(c.Zone)
	if day.Format(time.DateOnly) != now.In(c.Zone).Format(time.DateOnly) {
		if language == "es" {
			return "del " + c.Moment(at, language)
		}
		return c.Moment(at, language)
	}
	switch hour := c.TimeOfDay(at, language); {
	case language != "es":
		return hour
	case day.Hour() == 1:
		return "de la " + hour
	default:
		return "de las " + hour
	}
}
