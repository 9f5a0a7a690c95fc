package handoff_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Two shops with the same words, addresses and people: neither reaches anything of the other.
func TestTwoShopsNeverSeeEachOther(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Note(ctx, f.shop, ticket.CaseID, mei, "a note"))
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, true))
	macro, err := f.desk.SaveMacro(ctx, f.shop, handoff.Macro{Name: "hello", Body: "Hello"})
	f.must(err)

	here := f.shop
	f.shop, f.channel = f.addShop("other")
	ana := f.agent("Mei", staff.Admin)
	there := f.shop
	f.escalate(f.hear("c-1", "a person please"), 1)

	fails := map[string]error{}
	_, fails["case"] = f.desk.Case(ctx, there, ticket.CaseID)
	_, fails["case of"] = f.desk.CaseOf(ctx, there, id)
	_, fails["packet"] = f.desk.Packet(ctx, there, ticket.CaseID)
	_, fails["shared"] = f.desk.Shared(ctx, there, id)
	_, fails["reply"] = f.desk.Reply(ctx, there, id, ana, "Hello", 0)
	_, fails["place"] = f.desk.Place(ctx, there, id)
	_, fails["take over"] = f.desk.TakeOver(ctx, there, id, ana)
	fails["claim"] = f.desk.Claim(ctx, there, ticket.CaseID, ana)
	fails["note"] = f.desk.Note(ctx, there, ticket.CaseID, ana, "mine")
	fails["return"] = f.desk.Return(ctx, there, ticket.CaseID, ana)
	fails["resolve"] = f.desk.Resolve(ctx, there, ticket.CaseID, ana, "spam", 0)
	fails["transfer"] = f.desk.Transfer(ctx, there, ticket.CaseID, ana, handoff.Transfer{})
	fails["correct"] = f.desk.Correct(ctx, there, id, conversation.Correction{Text: "no"})
	fails["wake"] = f.desk.WakeUp(ctx, there, ticket.CaseID, ana)
	_, fails["show"] = f.desk.Show(ctx, there, id, ana, handoff.Picture{Link: func(string) string { return "" }}, 0)
	_, fails["seen"] = f.desk.Seen(ctx, there, ticket.CaseID)
	fails["stranger wakes"] = f.desk.WakeUp(ctx, here, ticket.CaseID, ana)
	fails["rate"] = f.desk.Rate(ctx, there, id, 1, "")
	fails["macro"] = f.desk.RemoveMacro(ctx, there, macro.ID)
	fails["touch"] = f.desk.Touch(ctx, there, id, ana.ID, false)
	fails["draft"] = f.desk.SaveDraft(ctx, there, id, ana.ID, "text", 0)
	fails["stranger resolves"] = f.desk.Resolve(ctx, here, ticket.CaseID, ana, "spam", 0)
	fails["stranger notes"] = f.desk.Note(ctx, here, ticket.CaseID, ana, "mine")
	_, fails["stranger replies"] = f.desk.Reply(ctx, here, id, ana, "Hello", 0)
	for what, err := range fails {
		if err == nil {
			t.Errorf("%s worked across shops", what)
		}
	}
	if rows := f.queue(handoff.View{Name: handoff.ViewAll}); len(rows) != 1 || rows[0].ID == ticket.CaseID {
		t.Errorf("the other shop's queue is %+v", rows)
	}
	if notes, _ := f.desk.Notes(ctx, there, id); len(notes) != 0 {
		t.Errorf("the other shop reads the notes %+v", notes)
	}
	if looking, _ := f.desk.Looking(ctx, there, id); len(looking) != 0 {
		t.Errorf("the other shop sees who looks: %+v", looking)
	}
	log, err := f.desk.Audit(ctx, there, handoff.AuditFilter{})
	f.must(err)
	for _, e := range log {
		if e.Who == "Mei" && e.Action == "case.note" {
			t.Errorf("the other shop reads the log: %+v", e)
		}
	}
	if figures, err := f.desk.Figures(ctx, there, time.Now().Add(-time.Hour), time.Now().Add(time.Hour)); err != nil || figures.Cases != 1 {
		t.Errorf("the other shop's figures are %+v (%v)", figures, err)
	}
	if c, err := f.desk.Case(ctx, here, ticket.CaseID); err != nil || c.State != handoff.Claimed || *c.AgentID != mei.ID {
		t.Errorf("after all that the case is %+v (%v)", c, err)
	}
}

// Tables can be spread over several databases by shop only if the shop comes first in everything that must be unique.
// The session table is the session library's own: a session begins before its shop is known.
func TestEveryTableOfTheDeskNamesItsShopFirst(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	rows, err := f.pool.Query(ctx, `
		select rel.relname || '.' || con.conname, att.attname
		from pg_constraint con join pg_class rel on rel.oid = con.conrelid
			join pg_attribute att on att.attrelid = rel.oid and att.attnum = con.conkey[1]
		where con.contype in ('p', 'u', 'f') and rel.relname = any($1)`, deskTables())
	f.must(err)
	seen := map[string]bool{}
	var constraint, column string
	_, err = pgx.ForEachRow(rows, []any{&constraint, &column}, func() error {
		seen[constraint] = true
		if column != "shop_id" {
			t.Errorf("%s begins with %s", constraint, column)
		}
		return nil
	})
	f.must(err)
	for _, table := range deskTables() {
		if !seen[table+"."+table+"_pkey"] {
			t.Errorf("%s has no primary key", table)
		}
	}
	known := append(deskTables(), "sessions", "goose_handoff")
	before := tableNames(t, knowledgetest.Database(t, conversation.Migrate))
	for _, table := range tableNames(t, f.pool) {
		if !slices.Contains(before, table) && !slices.Contains(known, table) {
			t.Errorf("table %s is in no list of this test", table)
		}
	}
}

func deskTables() []string {
	return []string{"staff", "sign_in_links", "api_tokens", "desks", "hours", "cases", "packets", "promises", "notes", "macros",
		"ratings", "reply_drafts", "presence", "audit", "confirmations", "mentions", "skills"}
}

func tableNames(t testing.TB, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(context.Background(), `select tablename from pg_tables where schemaname = current_schema()`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}
