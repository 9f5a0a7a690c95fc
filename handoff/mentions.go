package handoff

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ViewMentions are the cases with a note that points to the agent by name, the newest note first.
const ViewMentions = "mentions"

const maxMentions = 200 // that the view goes back

// mention keeps whom a note points to: @name, the whole name or the first word of it.
func mention(ctx context.Context, tx pgx.Tx, shopID, noteID, by uuid.UUID, body string) error {
	if !strings.Contains(body, "@") && !strings.Contains(body, "＠") {
		return nil
	}
	rows, err := tx.Query(ctx, `select staff_id, name from staff where shop_id = $1 and not disabled and not service and roles && '{agent,supervisor,admin}'`, shopID)
	if err != nil {
		return fmt.Errorf("people of shop %s: %w", shopID, err)
	}
	var pointed []uuid.UUID
	var id uuid.UUID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		if id != by && pointsTo(body, name) {
			pointed = append(pointed, id)
		}
		return nil
	})
	if err != nil || len(pointed) == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `insert into mentions (shop_id, note_id, staff_id) select $1, $2, unnest($3::uuid[])`, shopID, noteID, pointed)
	return translate(err, "mentions of note "+noteID.String())
}

// pointsTo says whether a text has @ and this name, or its first word, which no further letter follows unless it is Chinese,
// where no space ends a word.
func pointsTo(body, name string) bool {
	body = strings.ToLower(strings.ReplaceAll(body, "＠", "@"))
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	for _, called := range []string{strings.TrimSpace(name), first} {
		called = strings.ToLower(called)
		for rest := body; called != ""; {
			_, after, found := strings.Cut(rest, "@"+called)
			if !found {
				break
			}
			if next, _ := utf8.DecodeRuneInString(after); after == "" || unicode.Is(unicode.Han, next) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return true
			}
			rest = after
		}
	}
	return false
}

// Mentions says how many notes point to the person that they have not seen.
func (d *Desk) Mentions(ctx context.Context, shopID, staffID uuid.UUID) (n int, err error) {
	err = d.pool.QueryRow(ctx, `select count(*) from mentions where shop_id = $1 and staff_id = $2 and seen_at is null`, shopID, staffID).Scan(&n)
	return n, translate(err, "mentions of "+staffID.String())
}

// Opened notes that the person looks at the conversation: the notes in it that point to them are seen and, if the case is theirs,
// so is the case.
func (d *Desk) Opened(ctx context.Context, shopID, conversationID, staffID uuid.UUID) error {
	_, err := d.pool.Exec(ctx, `
		with seen as (
			update mentions m set seen_at = now() from notes n join cases c on c.shop_id = n.shop_id and c.case_id = n.case_id
			where m.shop_id = $1 and m.staff_id = $3 and m.seen_at is null and n.shop_id = $1 and n.note_id = m.note_id and c.conversation_id = $2
		)
		update cases set opened_at = now() where shop_id = $1 and conversation_id = $2 and agent_id = $3 and state = 'claimed'
			and (opened_at is null or opened_at < claimed_at)`, shopID, conversationID, staffID)
	return translate(err, "conversation "+conversationID.String())
}

// Seen says whether whoever has the case has looked at it since.
func (d *Desk) Seen(ctx context.Context, shopID, caseID uuid.UUID) (seen bool, err error) {
	err = d.pool.QueryRow(ctx, `select coalesce(opened_at >= claimed_at, false) from cases where shop_id = $1 and case_id = $2`, shopID, caseID).Scan(&seen)
	return seen, translate(err, "case "+caseID.String())
}

// mentioning returns the cases whose notes point to the agent, the newest note first.
func (d *Desk) mentioning(ctx context.Context, shopID uuid.UUID, v View) ([]Row, error) {
	cases, err := manyCases(ctx, d.pool, casesSQL+`
		join (select n.case_id, max(n.created_at) as at from mentions m join notes n on n.shop_id = m.shop_id and n.note_id = m.note_id
			where m.shop_id = $1 and m.staff_id = $4 group by n.case_id) p on p.case_id = c.case_id
		where c.shop_id = $1 and ($2 = '' or c.skill = $2) and `+holdsText+` order by p.at desc limit $5`,
		shopID, v.Skill, likePattern(v.Text), v.Agent, maxMentions)
	if err != nil {
		return nil, err
	}
	return d.withHeads(ctx, shopID, cases)
}
