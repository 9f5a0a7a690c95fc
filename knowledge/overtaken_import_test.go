package knowledge_test

import (
	"context"
	"errors"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestWhatAnEditorPublishesDuringAnImportStands(t *testing.T) {
	t.Parallel()
	base, meddle := meddled(t)
	rows := func(round string) []knowledge.Article {
		return []knowledge.Article{{Ref: "a", Question: "where?", Answer: "here" + round}, {Ref: "b", Question: "how much?", Answer: "nine" + round},
			{Ref: "c", Question: "how long?", Answer: "a day" + round}, {Ref: "new", Question: "which colour?", Answer: "red" + round}}
	}
	shop := knowledgetest.Shop(t, base, "shop", rows("")[:3]...)
	meddle(func() error { // an editor corrects a, saves a draft of b, and writes an article that the file would bring
		ctx := context.WithoutCancel(t.Context())
		corrected, err := base.Save(ctx, shop.ID, knowledge.Article{Ref: "a", Question: "where?", Answer: "the editor's"})
		if err == nil {
			err = base.Publish(ctx, shop.ID, corrected.ID, corrected.Version)
		}
		_, saved := base.Save(ctx, shop.ID, knowledge.Article{Ref: "b", Question: "how much?", Answer: "a draft"})
		fresh, made := base.Save(ctx, shop.ID, knowledge.Article{Ref: "new", Question: "which colour?", Answer: "the editor's blue"})
		if made == nil {
			made = base.Publish(ctx, shop.ID, fresh.ID, fresh.Version)
		}
		return errors.Join(err, saved, made)
	})
	imported, err := base.ImportBatch(t.Context(), shop.ID, rows(" now"), knowledge.ImportOptions{})
	if err != nil || outcomes(imported) != "error changed changed error" || !errors.Is(imported[0].Err, knowledge.ErrPublishedOver) || !errors.Is(imported[3].Err, knowledge.ErrPublishedOver) {
		t.Fatalf("%s, %v: %+v", outcomes(imported), err, imported)
	}
	for question, want := range map[string]string{"where?": "the editor's", "how much?": "nine now", "how long?": "a day now", "which colour?": "the editor's blue"} {
		if got := ask(t, base, shop, knowledge.Query{Text: question}).Hits[0].Answer; got != want {
			t.Errorf("%s is answered %q, want %q", question, got, want)
		}
	}
	again, err := base.ImportBatch(t.Context(), shop.ID, rows(" now"), knowledge.ImportOptions{})
	if err != nil || outcomes(again) != "changed same same changed" {
		t.Errorf("an import that began afterwards: %s, %v", outcomes(again), err)
	}
}
