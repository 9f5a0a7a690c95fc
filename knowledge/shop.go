package knowledge

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Shop is one storefront: its names, its clock, its defaults and what it sets differently from the product.
type Shop struct {
	ID          uuid.UUID
	Slug        string // unique; the id is made of it
	Name        string
	Locale      string // of articles and replies where nothing else decides, BCP 47
	TimeZone    string // IANA name
	Market      string // the default market of questions; "" for none
	ActiveSpace string // the embedding space that answers; WordsSpace for words alone
	PublicKey   string // what the storefront's script tag carries; not a secret
	Settings    Settings
}

// Settings are what a shop decides for itself; a zero value leaves the decision to the product.
type Settings struct {
	Names       map[string]string `json:"names,omitempty"`        // the shop's name by locale
	Origins     []string          `json:"origins,omitempty"`      // sites that may embed the widget
	AnswerAbove float64           `json:"answer_above,omitempty"` // confidence at which the bot answers, 0 … 1
	AskAbove    float64           `json:"ask_above,omitempty"`    // confidence at which it asks back, 0 … 1
	DailyTokens int64             `json:"daily_tokens,omitempty"` // model budget of a day
	DailyCalls  int64             `json:"daily_calls,omitempty"`
	Model       ModelSettings     `json:"model,omitzero"`
	ExamBar     float64           `json:"exam_bar,omitempty"` // pass rate an exam must reach, 0 … 1
	// RetentionDays is after how many days without a word a conversation is erased; 0 keeps it.
	RetentionDays int `json:"retention_days,omitempty"`
}

// ModelSettings name an OpenAI-compatible endpoint of the shop's own: with no Name the shop has the installation's model,
// with NoModel none. An empty BaseURL is OpenAI's own. Key is a secret: never log or show it.
type ModelSettings struct {
	BaseURL string `json:"base_url,omitempty"`
	Name    string `json:"name,omitempty"`
	Key     string `json:"key,omitempty"`
}

// NoModel is the name of having no model.
const NoModel = "none"

// String shows everything but the key.
func (m ModelSettings) String() string { return m.Name + " at " + m.BaseURL }

// DisplayName is the shop's name in this locale, or its only name.
func (s Shop) DisplayName(locale string) string {
	if name := s.Settings.Names[locale]; name != "" {
		return name
	}
	if name := s.Settings.Names[primary(locale)]; name != "" {
		return name
	}
	return s.Name
}

// Location is the shop's time zone; UTC where the name is unknown to this machine.
func (s Shop) Location() *time.Location {
	location, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return location
}

// shopNamespace makes shop ids differ from every other use of version 5 UUIDs.
var shopNamespace = uuid.MustParse("6f1c1f0e-5d0b-5a0e-9a53-0a6f2f5c7d11")

var slugPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// ShopID is the id of the shop with this slug, a version 5 UUID: the primary key alone keeps slugs unique.
func ShopID(slug string) uuid.UUID { return uuid.NewSHA1(shopNamespace, []byte(slug)) }

// AddShop stores a new shop. ID comes from the slug; an empty Name, Locale, TimeZone, PublicKey or ActiveSpace gets
// the product's default. ErrExists when the slug is taken, ErrInvalid when it or the time zone is none.
func (b *Base) AddShop(ctx context.Context, shop Shop) (added Shop, err error) {
	err = b.inTx(ctx, func(tx pgx.Tx) error {
		added, err = b.AddShopTx(ctx, tx, shop)
		return err
	})
	return added, err
}

// AddShopTx is AddShop in the caller's transaction, so that a shop comes with all that it needs or not at all.
func (b *Base) AddShopTx(ctx context.Context, tx pgx.Tx, shop Shop) (Shop, error) {
	shop, err := b.complete(shop)
	if err != nil {
		return Shop{}, err
	}
	_, err = tx.Exec(ctx, `
		insert into shops (shop_id, slug, name, locale, time_zone, market, active_space, public_key, settings, words_version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		shop.ID, shop.Slug, shop.Name, shop.Locale, shop.TimeZone, shop.Market, shop.ActiveSpace, shop.PublicKey, shop.Settings, wordsVersion)
	if err != nil {
		return Shop{}, translate(err, "shop "+shop.Slug)
	}
	dimension := 0
	if embedder, ok := b.embedders.Embedder(shop, shop.ActiveSpace); ok {
		dimension = embedder.Dimension()
	} else if shop.ActiveSpace != WordsSpace {
		return Shop{}, fmt.Errorf("shop %s: space %q: %w", shop.Slug, shop.ActiveSpace, ErrNotFound)
	}
	_, err = tx.Exec(ctx, `insert into spaces (shop_id, space, dimension, state) values ($1, $2, $3, 'active')`,
		shop.ID, shop.ActiveSpace, dimension)
	if err != nil {
		return Shop{}, translate(err, "shop "+shop.Slug)
	}
	return shop, nil
}

// complete checks a new shop and fills what it leaves open.
func (b *Base) complete(shop Shop) (Shop, error) {
	if !slugPattern.MatchString(shop.Slug) {
		return Shop{}, fmt.Errorf("shop name %q: %w: small letters, digits and hyphens, 63 at most", shop.Slug, ErrInvalid)
	}
	shop.ID = ShopID(shop.Slug)
	if shop.Name == "" {
		shop.Name = shop.Slug
	}
	if shop.Locale == "" {
		shop.Locale = "en"
	}
	if shop.TimeZone == "" {
		shop.TimeZone = "UTC"
	}
	if shop.PublicKey == "" {
		var random [16]byte
		rand.Read(random[:])
		shop.PublicKey = "shop_" + hex.EncodeToString(random[:])
	}
	if shop.ActiveSpace == "" {
		shop.ActiveSpace = WordsSpace
		if first := b.embedders.Default(); first != nil {
			shop.ActiveSpace = first.Space()
		}
	}
	return shop, checkShop(&shop)
}

func checkShop(shop *Shop) error {
	if _, err := time.LoadLocation(shop.TimeZone); err != nil {
		return fmt.Errorf("shop %s: %w: time zone %q", shop.Slug, ErrInvalid, shop.TimeZone)
	}
	locale, err := checkLocale(shop.Locale)
	if err != nil {
		return fmt.Errorf("shop %s: %w", shop.Slug, err)
	}
	shop.Locale = locale
	if market := shop.Market; strings.TrimSpace(market) != "" {
		if shop.Market = Market(market); shop.Market == "" {
			return fmt.Errorf("shop %s: market: %w: %q is no country or region", shop.Slug, ErrInvalid, market)
		}
	}
	return nil
}

const shopColumns = `shop_id, slug, name, locale, time_zone, market, active_space, public_key, settings`

func scanShop(row pgx.CollectableRow) (Shop, error) {
	var s Shop
	err := row.Scan(&s.ID, &s.Slug, &s.Name, &s.Locale, &s.TimeZone, &s.Market, &s.ActiveSpace, &s.PublicKey, &s.Settings)
	return s, err
}

// Shop returns the shop with this id, or ErrNotFound.
func (b *Base) Shop(ctx context.Context, id uuid.UUID) (Shop, error) {
	rows, err := b.pool.Query(ctx, `select `+shopColumns+` from shops where shop_id = $1`, id)
	if err != nil {
		return Shop{}, err
	}
	shop, err := pgx.CollectExactlyOneRow(rows, scanShop)
	if err != nil {
		return Shop{}, translate(err, "shop "+id.String())
	}
	return shop, nil
}

// ShopBySlug returns the shop of this name, or ErrNotFound.
func (b *Base) ShopBySlug(ctx context.Context, slug string) (Shop, error) {
	shop, err := b.Shop(ctx, ShopID(slug))
	if err != nil {
		return Shop{}, fmt.Errorf("shop %q: %w", slug, err)
	}
	return shop, nil
}

// ShopByKey returns the shop whose storefronts carry this public key, or ErrNotFound.
func (b *Base) ShopByKey(ctx context.Context, publicKey string) (Shop, error) {
	rows, err := b.pool.Query(ctx, `select `+shopColumns+` from shops where public_key = $1 limit 1`, publicKey)
	if err != nil {
		return Shop{}, err
	}
	shop, err := pgx.CollectExactlyOneRow(rows, scanShop)
	if err != nil {
		return Shop{}, translate(err, "shop of the public key")
	}
	return shop, nil
}

// Shops returns every shop, by slug.
func (b *Base) Shops(ctx context.Context) ([]Shop, error) {
	rows, err := b.pool.Query(ctx, `select `+shopColumns+` from shops order by slug`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanShop)
}

// UpdateShop stores the shop's name, locale, time zone, market, public key and settings. Slug and id stay as they
// are, and the active space changes only through StartSpace and its filling.
func (b *Base) UpdateShop(ctx context.Context, shop Shop) error {
	if err := checkShop(&shop); err != nil {
		return err
	}
	tag, err := b.pool.Exec(ctx, `
		update shops set name = $2, locale = $3, time_zone = $4, market = $5, public_key = $6, settings = $7
		where shop_id = $1`, shop.ID, shop.Name, shop.Locale, shop.TimeZone, shop.Market, shop.PublicKey, shop.Settings)
	if err != nil {
		return translate(err, "shop "+shop.Slug)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("shop %s: %w", shop.ID, ErrNotFound)
	}
	return nil
}
