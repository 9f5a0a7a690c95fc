package knowledge_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

// meddled is a base whose embedder does something once, in the middle of the next preparation.
func meddled(t *testing.T) (*knowledge.Base, func(func() error)) {
	t.Helper()
	var meddle atomic.Pointer[func() error]
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{Err: func() error {
		if do := meddle.Swap(nil); do != nil {
			return (*do)()
		}
		return nil
	}}))
	return base, func(do func() error) { meddle.Store(&do) }
}

// versions saves an article in as many versions and publishes the first.
func versions(t *testing.T, base *knowledge.Base, shop knowledge.Shop, n int) (article knowledge.Article) {
	t.Helper()
	for i := range n {
		saved, err := base.Save(t.Context(), shop.ID, knowledge.Article{Ref: "a", Question: "where?", Answer: fmt.Sprint("answer ", i+1)})
		if err != nil {
			t.Fatal(err)
		}
		article = saved
	}
	if err := base.Publish(t.Context(), shop.ID, article.ID, 1); err != nil {
		t.Fatal(err)
	}
	return article
}

func TestATakedownDuringAPublicationStands(t *testing.T) {
	t.Parallel()
	for name, down := range map[string]func(*knowledge.Base, context.Context, knowledge.Shop, knowledge.Article) error{
		"archived": func(b *knowledge.Base, ctx context.Context, s knowledge.Shop, a knowledge.Article) error {
			return b.Archive(ctx, s.ID, a.ID)
		},
		"archived, and saved again": func(b *knowledge.Base, ctx context.Context, s knowledge.Shop, a knowledge.Article) error {
			if err := b.Archive(ctx, s.ID, a.ID); err != nil {
				return err
			}
			_, err := b.Save(ctx, s.ID, knowledge.Article{ID: a.ID, Question: "where?", Answer: "a draft"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, meddle := meddled(t)
			shop := knowledgetest.Shop(t, base, "shop")
			article := versions(t, base, shop, 2)
			meddle(func() error { return down(base, context.WithoutCancel(t.Context()), shop, article) })
			if err := base.Publish(t.Context(), shop.ID, article.ID, 2); !errors.Is(err, knowledge.ErrOvertaken) {
				t.Errorf("published after the takedown: %v", err)
			}
			if result := ask(t, base, shop, knowledge.Query{Text: "where?"}); len(result.Hits) > 0 {
				t.Errorf("it answers %q", result.Hits[0].Answer)
			}
			if err := base.Publish(t.Context(), shop.ID, article.ID, 2); err != nil {
				t.Errorf("a publication that began after the takedown: %v", err)
			}
			meddle(func() error { return down(base, context.WithoutCancel(t.Context()), shop, article) })
			if _, err := base.Rollback(t.Context(), shop.ID, article.ID, 1, "ana"); !errors.Is(err, knowledge.ErrOvertaken) {
				t.Errorf("rolled back after the takedown: %v", err)
			}
		})
	}
}

func TestAnOlderVersionIsNotPublishedOverANewerOne(t *testing.T) {
	t.Parallel()
	base, meddle := meddled(t)
	shop := knowledgetest.Shop(t, base, "shop")
	article := versions(t, base, shop, 3)
	meddle(func() error { return base.Publish(context.WithoutCancel(t.Context()), shop.ID, article.ID, 3) })
	if err := base.Publish(t.Context(), shop.ID, article.ID, 2); !errors.Is(err, knowledge.ErrOvertaken) {
		t.Errorf("published over a newer version: %v", err)
	}
	if got := ask(t, base, shop, knowledge.Query{Text: "where?"}).Hits[0].Answer; got != "answer 3" {
		t.Errorf("it answers %q", got)
	}
	if err := base.Publish(t.Context(), shop.ID, article.ID, 2); err != nil {
		t.Errorf("an older version could not be published on purpose: %v", err)
	}
}

func TestADraftSavedDuringAPublicationDoesNotStopIt(t *testing.T) {
	t.Parallel()
	base, meddle := meddled(t)
	shop := knowledgetest.Shop(t, base, "shop")
	first, err := base.Save(t.Context(), shop.ID, knowledge.Article{Ref: "a", Question: "where?", Answer: "here"})
	if err != nil {
		t.Fatal(err)
	}
	meddle(func() error {
		_, err := base.Save(context.WithoutCancel(t.Context()), shop.ID, knowledge.Article{Ref: "a", Question: "where?", Answer: "there"})
		return err
	})
	if err := base.Publish(t.Context(), shop.ID, first.ID, 1); err != nil {
		t.Error(err)
	}
}

func TestATakedownDuringAnImportStands(t *testing.T) {
	t.Parallel()
	base, meddle := meddled(t)
	rows := func(round string) []knowledge.Article {
		return []knowledge.Article{{Ref: "a", Question: "where?", Answer: "here" + round}, {Ref: "b", Question: "how much?", Answer: "nine" + round},
			{Ref: "c", Question: "how long?", Answer: "a day"}, {Ref: "d", Question: "which colour?", Answer: "red" + round}}
	}
	shop := knowledgetest.Shop(t, base, "shop", rows("")...)
	known := map[string]knowledge.Article{}
	for _, a := range rows("") {
		found, err := base.Variants(t.Context(), shop.ID, a.Ref)
		if err != nil {
			t.Fatal(err)
		}
		known[a.Ref] = found[0]
	}
	meddle(func() error {
		ctx := context.WithoutCancel(t.Context())
		return errors.Join(base.Archive(ctx, shop.ID, known["a"].ID), base.Archive(ctx, shop.ID, known["b"].ID),
			base.Archive(ctx, shop.ID, known["c"].ID)) // c is in the file as it was: only the takedown makes it differ
	})
	imported, err := base.ImportBatch(t.Context(), shop.ID, rows(" now"), knowledge.ImportOptions{})
	if err != nil || outcomes(imported) != "error error error changed" {
		t.Fatalf("%s, %v", outcomes(imported), err)
	}
	for i, ref := range []string{"a", "b", "c"} {
		now, err := base.Article(t.Context(), shop.ID, known[ref].ID)
		if err != nil || now.Live != 0 || now.Version != 1 || !errors.Is(imported[i].Err, knowledge.ErrOvertaken) {
			t.Errorf("%s: %s with version %d of %d live, refused with %v, %v", ref, now.Status, now.Live, now.Version, imported[i].Err, err)
		}
	}
	again, err := base.ImportBatch(t.Context(), shop.ID, rows(" now"), knowledge.ImportOptions{})
	if err != nil || outcomes(again) != "changed changed changed same" {
		t.Errorf("an import that began after the takedown: %s, %v", outcomes(again), err)
	}
}
