package handoff

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Macro is a text that agents use again and again. {name} and the like are filled in when it is used.
type Macro struct {
	ID     uuid.UUID `db:"macro_id" json:"id"`
	Name   string    `db:"name" json:"name"` // typed after "/"; unique within shop and locale
	Locale string    `db:"locale" json:"locale,omitempty"`
	Body   string    `db:"body" json:"body"`
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// Fill puts values into the macro's placeholders. One without a value stays as it is, for the agent to see.
func (m Macro) Fill(values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(m.Body, func(found string) string {
		if value := values[found[1:len(found)-1]]; value != "" {
			return value
		}
		return found
	})
}

// Macros returns the shop's macros in this locale and those of no locale, by name; every one when locale is empty.
func (d *Desk) Macros(ctx context.Context, shopID uuid.UUID, locale string) ([]Macro, error) {
	rows, err := d.pool.Query(ctx, `select macro_id, name, locale, body from macros
		where shop_id = $1 and ($2 = '' or locale in ('', $2)) order by name, locale`, shopID, locale)
	if err != nil {
		return nil, fmt.Errorf("macros of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Macro])
}

// SaveMacro adds a macro, or changes the one with its ID. ErrExists when the name is taken in its locale.
func (d *Desk) SaveMacro(ctx context.Context, shopID uuid.UUID, m Macro) (Macro, error) {
	m.Name = strings.TrimSpace(m.Name)
	if m.Name == "" || utf8.RuneCountInString(m.Name) > 60 || strings.ContainsAny(m.Name, " \t\n") {
		return m, fmt.Errorf("macro name: %w: one word, 60 characters at most", ErrInvalid)
	}
	body, err := text("macro", m.Body)
	if err != nil {
		return m, err
	}
	m.Body = body
	if m.ID == uuid.Nil {
		m.ID = uuid.Must(uuid.NewV7())
	}
	_, err = d.pool.Exec(ctx, `
		insert into macros (shop_id, macro_id, name, locale, body) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, macro_id) do update set name = excluded.name, locale = excluded.locale, body = excluded.body`,
		shopID, m.ID, m.Name, m.Locale, m.Body)
	return m, translate(err, "macro "+m.Name)
}

// RemoveMacro takes a macro away, or returns ErrNotFound.
func (d *Desk) RemoveMacro(ctx context.Context, shopID, id uuid.UUID) error {
	tag, err := d.pool.Exec(ctx, `delete from macros where shop_id = $1 and macro_id = $2`, shopID, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "macro "+id.String())
}
