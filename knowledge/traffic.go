package knowledge

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// How many of its questions a shop can answer at all differs more between shops than anything else that confidence rests
// on, and no article tells it. The questions do, without anybody's judgement on them: their odds are spread as those of
// questions inside and outside of the knowledge, mixed by that share (Saerens and others, 2002).

// Until a shop has been asked something, so much of it is held to be inside, as if so many questions had said so. No share
// leaves the bounds, so that neither a flood of nonsense nor a week of easy questions makes the shop deaf or careless.
const (
	insideAtFirst = 0.75
	saidAtFirst   = 30.0
	insideLeast   = 0.2
	insideMost    = 0.9
)

// The odds are counted in steps; beyond the last ones nothing more is to be known.
const (
	oddsStep  = 0.25
	oddsSteps = 24 // on either side of even
)

// trafficHalved is the time after which a question counts half: a season, a sale or new articles change what is asked.
const trafficHalved = 14 * 24 * time.Hour

// oddsModel says by which coefficients the stored odds were read. Raise it with those of what is inside, and shops begin anew.
const oddsModel = 4

// Traffic is how likely the questions of a shop looked to have an answer there, each counted once. The zero value is a
// shop that has not been asked anything. It is not for concurrent use.
type Traffic struct {
	counts [2*oddsSteps + 1]float64
}

// Add counts one question by its odds, as Result has them.
func (t *Traffic) Add(odds float64) { t.counts[oddsPlace(odds)]++ }

func oddsPlace(odds float64) int {
	return int(math.Round(min(max(odds/oddsStep, -oddsSteps), oddsSteps))) + oddsSteps
}

// Inside is the share of the questions, 0 … 1, that the shop's articles answer, as far as their odds tell.
func (t *Traffic) Inside() float64 {
	var odds [len(t.counts)]float64
	total := saidAtFirst
	for i, n := range t.counts {
		odds[i] = math.Exp(float64(i-oddsSteps) * oddsStep)
		total += n
	}
	inside := insideAtFirst
	for range 100 {
		sum := insideAtFirst * saidAtFirst
		for i, n := range t.counts {
			sum += n * inside * odds[i] / (inside*odds[i] + 1 - inside)
		}
		before := inside
		inside = sum / total
		if math.Abs(inside-before) < 1e-4 {
			break
		}
	}
	return min(max(inside, insideLeast), insideMost)
}

// Chance is the probability that the shop answers a question of these odds.
func (t *Traffic) Chance(odds float64) float64 { return chance(odds, t.Inside()) }

func chance(odds, inside float64) float64 { return probability(odds + math.Log(inside/(1-inside))) }

// Judge gives a result of the shop's the confidence and the decision that it has where this is what the shop was asked
// before, and counts its question.
func (t *Traffic) Judge(shop Shop, result *Result) {
	if len(result.Hits) > 0 {
		result.rejudge(shop.Settings, t.Inside())
		t.Add(result.Odds)
	}
}

// Heard counts a shopper's question that was searched for, by its odds. What only tries the search, such as an exam, is
// not heard.
func (b *Base) Heard(ctx context.Context, shopID uuid.UUID, odds float64) error {
	err := b.inTx(ctx, func(tx pgx.Tx) error {
		t, err := trafficOf(ctx, tx, shopID, "for update")
		if errors.Is(err, pgx.ErrNoRows) {
			if _, err := tx.Exec(ctx, `
				insert into traffic (shop_id, model, counts, inside) values ($1, $2, '{}', $3) on conflict (shop_id) do nothing`,
				shopID, oddsModel, insideAtFirst); err != nil {
				return err
			}
			t, err = trafficOf(ctx, tx, shopID, "for update")
		}
		if err != nil {
			return err
		}
		t.Add(odds)
		_, err = tx.Exec(ctx, `update traffic set model = $2, counts = $3, inside = $4, heard_at = now() where shop_id = $1`,
			shopID, oddsModel, t.counts[:], t.Inside())
		return err
	})
	if err != nil {
		return translate(err, fmt.Sprintf("traffic of shop %s", shopID))
	}
	return nil
}

// Traffic is what a shop has been asked of late.
func (b *Base) Traffic(ctx context.Context, shopID uuid.UUID) (Traffic, error) {
	t, err := trafficOf(ctx, b.pool, shopID, "")
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return Traffic{}, fmt.Errorf("traffic of shop %s: %w", shopID, err)
	}
	return t, nil
}

// trafficOf reads the counts as they have faded since.
func trafficOf(ctx context.Context, q interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}, shopID uuid.UUID, lock string) (t Traffic, err error) {
	var model int
	var counts []float64
	var since float64 // seconds
	err = q.QueryRow(ctx, `select model, counts, extract(epoch from now() - heard_at)::float8 from traffic where shop_id = $1 `+lock,
		shopID).Scan(&model, &counts, &since)
	if err != nil || model != oddsModel {
		return Traffic{}, err
	}
	fade := math.Exp2(-max(since, 0) / trafficHalved.Seconds())
	for i := range min(len(counts), len(t.counts)) {
		t.counts[i] = counts[i] * fade
	}
	return t, nil
}
