package importer_test

import (
	"errors"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
)

func TestAnUploadIsImportedOnceAndAsItWasLookedAt(t *testing.T) {
	ctx := t.Context()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	uploads := importer.NewUploads(pool, base)
	o := importer.Options{Shop: shop}

	if _, err := uploads.Add(ctx, "a.csv", []byte("x,y\n"), "eve", o); !errors.Is(err, importer.ErrFormat) {
		t.Errorf("a file without headings: %v", err)
	}
	id, err := uploads.Add(ctx, "a\x00b.csv", []byte("question,answer\nWhen?,Today.\nWhy?,\n"), "eve", o)
	if err != nil {
		t.Fatal(err)
	}
	planned, err := uploads.Get(ctx, shop.ID, id)
	if err != nil || planned.State != importer.StatePlanned || planned.Report.New != 1 || planned.Report.Errors != 1 || planned.Name != "ab.csv" {
		t.Fatalf("planned: %+v %v", planned, err)
	}
	if err := uploads.Start(ctx, shop.ID, id); err != nil {
		t.Fatal(err)
	}
	if err := uploads.Start(ctx, shop.ID, id); !errors.Is(err, importer.ErrRunning) {
		t.Errorf("started twice: %v", err)
	}
	if err := uploads.Run(ctx, id, "eve", o); err != nil {
		t.Fatal(err)
	}
	done, err := uploads.Get(ctx, shop.ID, id)
	if err != nil || done.State != importer.StateDone || done.Report.New != 1 || done.Report.Rows[1].Faults[0].Code != importer.FaultEmpty {
		t.Errorf("done: %+v %v", done, err)
	}
	if err := uploads.Start(ctx, shop.ID, id); !errors.Is(err, importer.ErrRunning) {
		t.Errorf("started when done: %v", err)
	}
	recent, err := uploads.Recent(ctx, shop.ID)
	if err != nil || len(recent) != 1 || recent[0].Report.New != 1 || len(recent[0].Report.Rows) != 0 {
		t.Errorf("recent: %+v %v", recent, err)
	}
}

func TestAnImportWhoseProgramWasKilledMayBeStartedAgain(t *testing.T) {
	ctx := t.Context()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	other := knowledgetest.Shop(t, base, "other")
	uploads := importer.NewUploads(pool, base)
	id, err := uploads.Add(ctx, "a.md", []byte("# When?\nToday."), "eve", importer.Options{Shop: shop})
	if err != nil {
		t.Fatal(err)
	}
	if err := uploads.Start(ctx, shop.ID, id); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(ctx, `update imports set touched_at = $1`, time.Now().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if one, err := uploads.Get(ctx, shop.ID, id); err != nil || one.State != importer.StateFailed {
		t.Errorf("a silent import is %s, %v", one.State, err)
	}
	if err := uploads.Start(ctx, shop.ID, id); err != nil {
		t.Errorf("starting it again: %v", err)
	}
	for _, shopID := range []uuid.UUID{other.ID, uuid.Nil} {
		if _, err := uploads.Get(ctx, shopID, id); !errors.Is(err, knowledge.ErrNotFound) {
			t.Errorf("another shop sees it: %v", err)
		}
		if err := uploads.Start(ctx, shopID, id); !errors.Is(err, knowledge.ErrNotFound) {
			t.Errorf("another shop starts it: %v", err)
		}
	}
}
