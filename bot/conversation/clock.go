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
func (c Clock) TimeOfDay(at time.Time, language string) string {
	local := at.In(c.Zone)
	if c.Own {
		_, own := local.Zone()
		if _, shops := at.In(c.Shop).Zone(); own == shops {
			return local.Format("15:04")
		}
		switch language {
		case "zh":
			return "您当地时间" + local.Format("15:04")
		case "es":
			return local.Format("15:04 (tu hora)")
		}
		return local.Format("15:04 (your time)")
	}
	if language == "zh" && c.Zone.String() == "Asia/Shanghai" {
		return "北京时间" + local.Format("15:04")
	}
	if _, seconds := local.Zone(); seconds == 0 {
		return local.Format("15:04 (UTC)")
	}
	return local.Format("15:04 (UTC-07:00)")
}

// Deadline says by when, in zh, es or English: the time of day and, where it is not today, the day. Spanish goes on after "antes".
func (c Clock) Deadline(at, now time.Time, language string) string {
	day, hour := at.In(c.Zone), c.TimeOfDay(at, language)
	today := day.Format(time.DateOnly) == now.In(c.Zone).Format(time.DateOnly)
	switch language {
	case "zh":
		if today {
			return hour
		}
		weekday := []string{"日", "一", "二", "三", "四", "五", "六"}[day.Weekday()]
		return fmt.Sprintf("%d月%d日（周%s）%s", day.Month(), day.Day(), weekday, hour)
	case "es":
		if today {
			return "de las " + hour
		}
		weekday := []string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}[day.Weekday()]
		return fmt.Sprintf("del %s %d/%d a las %s", weekday, day.Day(), day.Month(), hour)
	}
	if today {
		return hour
	}
	return hour + day.Format(" on Monday 2 January")
}
