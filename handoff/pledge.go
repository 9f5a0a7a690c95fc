package handoff

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Pledge is something that an agent's own words promise by a time. It is a reading, and no promise until somebody says so.
type Pledge struct {
	Seq  int64 // of the message
	Said string
	Due  time.Time
}

// PledgeIn reads what a message that was sent at this time promises, by rules in Chinese, English and Spanish: a sentence in
// which the shop will do something, and a time. The times are those of the desk; "before we close" is the end of its day. False
// where there is none, and where the time names what the shopper is to do.
func PledgeIn(body string, sent time.Time, hours Hours) (Pledge, bool) {
	for _, sentence := range pledgeSentences(body) {
		lower := strings.ToLower(sentence)
		if strings.ContainsAny(sentence, "?？") || strings.Contains(sentence, "吗") {
			continue
		}
		main := mainClauses(lower)
		if !pledges(main) {
			continue
		}
		if due, ok := timeIn(main, sent, hours); ok && due.After(sent) && due.Before(sent.AddDate(1, 0, 0)) {
			return Pledge{Said: cut(sentence, 500), Due: due}, true
		}
	}
	return Pledge{}, false
}

// pledgeSentences splits a message; the full stop of "p.m." and of "17.30" ends none.
func pledgeSentences(body string) []string {
	var out []string
	runes, from := []rune(cut(body, MaxReply)), 0
	for i, r := range runes {
		last := i+1 == len(runes)
		ends := strings.ContainsRune("。！？!?\n；;", r) || r == '.' && (last || runes[i+1] == ' ' || runes[i+1] == '\n') && (i < 2 || runes[i-2] != '.' || runes[i-1] != 'm')
		if ends || last {
			if s := strings.TrimSpace(string(runes[from : i+1])); s != "" {
				out = append(out, s)
			}
			from = i + 1
		}
	}
	return out
}

// mainClauses leaves out what is said under a condition, what is asked of the shopper, and what will not be: "if you send it
// back by Friday, we will…".
func mainClauses(sentence string) string {
	var kept []string
	for _, clause := range clauseEnd.Split(sentence, -1) {
		if !conditional.MatchString(clause) && !notPledged.MatchString(clause) {
			kept = append(kept, clause)
		}
	}
	return strings.Join(kept, ", ")
}

func pledges(sentence string) bool {
	return pledgeEnglish.MatchString(sentence) || pledgeSpanish.MatchString(sentence) || pledgeChinese.MatchString(sentence)
}

var (
	clauseEnd   = regexp.MustCompile(`[,，、]\s*`)
	conditional = regexp.MustCompile(`^\s*(?:(?:and |but |y |pero )?(?:if|once|when|unless|as soon as|si|cuando|en cuanto|una vez)\s|(?:如果|若|假如|等您|等你|一旦|只要))|\bif you\b|(?:^|\s)si (?:lo|la|nos|me|no|tú|el|quieres|prefieres)\s`)
	notPledged  = regexp.MustCompile(`\b(?:won't|won’t|will not|can't|can’t|cannot|can not|unable|not able)\b|be (?:closed|open)\b|you(?:'ll|’ll| will| would)? (?:need|have) to|\bplease\b` +
		`|(?:^|\s)no (?:puedo|podemos|podré|podremos|voy|vamos|llegará|será)|(?:tienes|tendrás|hay) que|(?:^|\s)deb(?:es|erás)|por favor|cerrad[oa]s?` +
		`|不能|无法|没法|不会|不了|请您|请你|麻烦您|麻烦你|您需要|需要您|请在|您可以|您要|请于`)
	pledgeEnglish = regexp.MustCompile(`\b(?:i|we)(?: am| are|'m|’m|'re|’re)\b.{0,120}\band (?:will|shall)\b|\b(?:i|we)(?:'ll|’ll| will| shall| promise)\b|\b(?:i am|i'm|i’m|we are|we're|we’re) going to\b|\b(?:get|getting|be|come) back to you\b` +
		`|\byou(?:'ll|’ll| will) (?:have|get|receive|hear|see|be)\b|\b(?:it|it's|refund|money|parcel|replacement|order|colleague|somebody|someone|team|courier)(?:'ll|’ll| will)\b|\bexpect (?:a|an|my|our|your)\b` +
		`|\b(?:i|we) (?:call|ring|phone|write to|e-?mail|send|refund|tell|update|answer) (?:you|it|your|one)\b|\band (?:call|ring|write to|e-?mail|send|tell|answer) (?:you|it)\b`)
	pledgeSpanish = regexp.MustCompile(`(?:^|[^\p{L}])(?:(?:te|os|se) )?(?:l[oa]s? )(?:miro|miramos|reviso|revisamos|compruebo|comprobamos|soluciono|solucionamos|consulto|consultamos|envío|enviamos|tienes|tendréis)(?:[^\p{L}]|$)|\p{L}{2,}(?:ré|remos)(?:[^\p{L}]|$)|(?:^|[^\p{L}])(?:voy|vamos) a |(?:^|[^\p{L}])prometo` +
		`|(?:^|[^\p{L}])(?:te|os|se|le|me|nos) (?:l[oa]s? )?(?:llam|escrib|avis|respond|contest|confirm|enví|env|mand|dig|dec|cuent|inform|actualiz|devuelv|devolv|reembols|comunic|pas|mir|revis|pong)(?:o|amos|emos|imos|ío|iamos)(?:[^\p{L}]|$)` +
		`|(?:^|[^\p{L}])(?:recibirás|tendrás|sabrás|verás|te llegará|te llamará|te escribirá|te responderá|lo tienes|la tienes|llegará|estará|quedará)(?:[^\p{L}]|$)`)
	pledgeChinese = regexp.MustCompile(`(?:会|将|一定|保证|给您|给你|为您|帮您|向您|跟您|我们|我|这边|同事|客服|专员|仓库|财务).*(?:回复|答复|回覆|联系|回电|电话|致电|告知|告诉|通知|处理|解决|退款|退回|退还|到账|发给|发您|发出|发货|寄出|寄到|补发|补寄|重发|确认|反馈|安排|跟进|核实|查清|上门|收到|送到|结果|方案|答案)|(?:之?前|之?内|以内)(?:会|能|可以|给您|为您)?(?:送到|送达|到货|到账|发出|发货|寄出|补发|退款|退回|处理好|解决|答复|回复)`)
)

// Pledged reads the newest promise in what the person has written on this open case, unless it was noted or waved away.
// ErrNotFound where there is none.
func (d *Desk) Pledged(ctx context.Context, c Case, p staff.Person) (Pledge, error) {
	none := fmt.Errorf("pledge on case %s: %w", c.ID, ErrNotFound)
	if !c.heldBy(p) {
		return Pledge{}, none
	}
	type line struct {
		Seq  int64     `db:"seq"`
		Body string    `db:"body"`
		At   time.Time `db:"created_at"`
	}
	said, err := collect[line](ctx, d.pool, `
		select seq, body, created_at from messages where shop_id = $1 and conversation_id = $2 and author = 'agent' and staff_id = $3
			and kind <> 'image' and episode >= $4 and seq > $5 order by seq desc limit 5`, c.ShopID, c.ConversationID, p.ID, c.Episode, c.PledgeSeq)
	if err != nil || len(said) == 0 {
		if err == nil {
			err = none
		}
		return Pledge{}, err
	}
	terms, err := d.Terms(ctx, c.ShopID)
	if err != nil {
		return Pledge{}, err
	}
	for _, m := range said {
		if pledge, ok := PledgeIn(m.Body, m.At, terms.Hours); ok && pledge.Due.After(d.now()) {
			pledge.Seq = m.Seq
			return pledge, nil
		}
	}
	return Pledge{}, none
}

// SettlePledge notes that the person has seen what their words up to this message promise, and has made a promise of it or
// does not want to.
func (d *Desk) SettlePledge(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, seq int64) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update cases set pledge_seq = greatest(pledge_seq, $3) where shop_id = $1 and case_id = $2`, shopID, caseID, seq)
		return translate(err, "pledge on case "+caseID.String())
	})
}
