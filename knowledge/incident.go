package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Bounds of an incident.
const (
	maxStatement = 500 // code points
	maxIncident  = 90 * 24 * time.Hour
)

// Incident is a statement that an editor approved, and that stands before the answers it concerns until it ends.
type Incident struct {
	ID         uuid.UUID
	Statements map[string]string // by language: zh, en, es; markdown
	Tags       []string          // of the articles before which it stands; none: before every answer
	Market     []string          // none: every market
	From       time.Time         // inclusive; zero: from now on
	Until      time.Time         // exclusive
	Author     string
}

// In is the statement in a language; "" where it is not written in it: nobody is told what they cannot read.
func (i Incident) In(language string) string {
	own, _, _ := strings.Cut(language, "-")
	return cmp.Or(i.Statements[language], i.Statements[own])
}

// Announce makes an incident stand from its time on, at the earliest from now, and returns it with its ID. ErrInvalid when it says
// nothing, does not end within ninety days from now, or ends before it begins.
func (b *Base) Announce(ctx context.Context, shopID uuid.UUID, i Incident) (Incident, error) {
	return announce(ctx, b.pool, shopID, i)
}

// Reannounce ends an incident and makes another stand in its place, at one stroke: an answer that is being composed with the
// old words is composed anew. ErrNotFound when the old one has ended meanwhile; else as Announce.
func (b *Base) Reannounce(ctx context.Context, shopID, old uuid.UUID, i Incident) (Incident, error) {
	err := b.inTx(ctx, func(tx pgx.Tx) (err error) {
		if err = endIncident(ctx, tx, shopID, old); err == nil {
			i, err = announce(ctx, tx, shopID, i)
		}
		return err
	})
	return i, err
}

// executor is a pool or a transaction.
type executor interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

func announce(ctx context.Context, x executor, shopID uuid.UUID, i Incident) (Incident, error) {
	statements := make(map[string]string)
	for language, text := range i.Statements {
		if text = strings.TrimSpace(text); text != "" {
			statements[language] = text
		}
		if utf8.RuneCountInString(text) > maxStatement || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return Incident{}, fmt.Errorf("incident: statement: %w", ErrInvalid)
		}
	}
	now := time.Now()
	i.ID, i.Statements = uuid.Must(uuid.NewV7()), statements
	if i.From.Before(now) {
		i.From = now
	}
	if len(statements) == 0 || !i.Until.After(i.From) || i.Until.After(now.Add(maxIncident)) {
		return Incident{}, fmt.Errorf("incident: %w", ErrInvalid)
	}
	var err error
	if i.Market, err = cleanMarkets(i.Market); err != nil {
		return Incident{}, fmt.Errorf("incident: %w", err)
	}
	_, err = x.Exec(ctx, `
		insert into incidents (shop_id, incident_id, statements, tags, market, starts_at, until, author) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		shopID, i.ID, i.Statements, orEmpty(i.Tags), orEmpty(i.Market), i.From, i.Until, i.Author)
	if err != nil {
		return Incident{}, translate(err, "incident")
	}
	return i, nil
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// EndIncident lets an incident end now, or never begin. ErrNotFound when it has ended, or never was.
func (b *Base) EndIncident(ctx context.Context, shopID, id uuid.UUID) error {
	return endIncident(ctx, b.pool, shopID, id)
}

func endIncident(ctx context.Context, x executor, shopID, id uuid.UUID) error {
	tag, err := x.Exec(ctx, `update incidents set until = now(), starts_at = least(starts_at, now()) where shop_id = $1 and incident_id = $2 and until > now()`, shopID, id)
	if err != nil {
		return fmt.Errorf("incident %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("incident %s: %w", id, ErrNotFound)
	}
	return nil
}

// incidentsKept is how many an editor is shown.
const incidentsKept = 50

// Incidents returns the newest incidents of a shop: those that stand, those that are planned and those that have ended.
func (b *Base) Incidents(ctx context.Context, shopID uuid.UUID) ([]Incident, error) {
	return b.incidents(ctx, `where shop_id = $1 order by incident_id desc limit $2`, shopID, incidentsKept)
}

// AnyIncident says whether an incident of the shop stands now.
func (b *Base) AnyIncident(ctx context.Context, shopID uuid.UUID) (stands bool, err error) {
	if err := b.pool.QueryRow(ctx, `select exists (select from incidents where shop_id = $1 and starts_at <= now() and until > now())`, shopID).Scan(&stands); err != nil {
		return false, fmt.Errorf("incidents: %w", err)
	}
	return stands, nil
}

// StillAnnounced says whether all these incidents stand, and keeps them so until the caller's transaction ends: what is said
// in it was not ended before.
func (b *Base) StillAnnounced(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, ids []uuid.UUID) (all bool, err error) {
	if len(ids) == 0 {
		return true, nil
	}
	err = tx.QueryRow(ctx, `
		select count(*) = $3::int from (
			select from incidents where shop_id = $1 and incident_id = any ($2) and until > clock_timestamp() order by incident_id for share) still`,
		shopID, ids, len(ids)).Scan(&all)
	if err != nil {
		return false, fmt.Errorf("incidents of shop %s: %w", shopID, err)
	}
	return all, nil
}

// Concerning returns the incidents that stand before an answer from these hits, at this time (zero: now) and for this
// market ("": unknown), the oldest first.
func (b *Base) Concerning(ctx context.Context, shopID uuid.UUID, at time.Time, market string, hits []Hit) ([]Incident, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	if at.IsZero() {
		at = time.Now()
	}
	ids, versions := make([]uuid.UUID, len(hits)), make([]int32, len(hits))
	for i, hit := range hits {
		ids[i], versions[i] = hit.ArticleID, int32(hit.Version)
	}
	standing, err := b.incidents(ctx, `
		where shop_id = $1 and starts_at <= $2 and until > $2 and (market = '{}' or $3 = '' or $3 = any (market))
			and (tags = '{}' or exists (
				select from article_versions v join unnest($4::uuid[], $5::int[]) as h (article_id, version) using (article_id, version)
				where v.shop_id = $1 and v.tags && incidents.tags))
		order by incident_id`, shopID, at, marketAsked(market), ids, versions)
	if err != nil {
		return nil, err
	}
	// Where nobody knows the market, the first answer's tells it.
	return slices.DeleteFunc(standing, func(i Incident) bool {
		return market == "" && len(i.Market) > 0 && len(hits[0].Market) > 0 &&
			!slices.ContainsFunc(hits[0].Market, func(m string) bool { return slices.Contains(i.Market, m) })
	}), nil
}

func (b *Base) incidents(ctx context.Context, condition string, args ...any) ([]Incident, error) {
	rows, err := b.pool.Query(ctx, `select incident_id, statements, tags, market, starts_at, until, author from incidents `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("incidents: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Incident])
	if err != nil {
		return nil, fmt.Errorf("incidents: %w", err)
	}
	return all, nil
}
