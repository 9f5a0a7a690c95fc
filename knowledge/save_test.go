package knowledge_test

import (
	"errors"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestADraftDoesNotMoveWhatIsPublished(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop", knowledge.Article{Ref: "a", Locale: "en", Question: "where?", Answer: "here"})
	found, err := base.Variants(t.Context(), shop.ID, "a")
	if err != nil {
		t.Fatal(err)
	}
	id := found[0].ID
	draft := knowledge.Article{ID: id, Ref: "a", Locale: "en", Question: "where?", Answer: "there"}
	for field, change := range map[string]func(*knowledge.Article){
		"id":     func(a *knowledge.Article) { a.Ref = "b" },
		"locale": func(a *knowledge.Article) { a.Locale = "es" },
	} {
		moved := draft
		change(&moved)
		_, err := base.Save(t.Context(), shop.ID, moved)
		if !errors.Is(err, knowledge.ErrInvalid) || !errors.Is(err, knowledge.ErrPublished) || !strings.HasPrefix(err.Error(), "save: "+field+": ") {
			t.Errorf("%s: %v", field, err)
		}
	}
	if now, err := base.Article(t.Context(), shop.ID, id); err != nil || now.Ref != "a" || now.Locale != "en" || now.Version != 1 {
		t.Errorf("it is %s in %s, version %d, %v", now.Ref, now.Locale, now.Version, err)
	}
	draft.Ref = "" // keeps its own
	if saved, err := base.Save(t.Context(), shop.ID, draft); err != nil || saved.Ref != "a" || saved.Version != 2 {
		t.Errorf("a draft that stays: %s version %d, %v", saved.Ref, saved.Version, err)
	}
	draft.Ref, draft.Locale = "b", "es"
	if err := base.Archive(t.Context(), shop.ID, id); err != nil {
		t.Fatal(err)
	}
	if moved, err := base.Save(t.Context(), shop.ID, draft); err != nil || moved.Ref != "b" || moved.Locale != "es" {
		t.Errorf("archived, it moved to %s in %s, %v", moved.Ref, moved.Locale, err)
	}
	draft.Ref = "c"
	if moved, err := base.Save(t.Context(), shop.ID, draft); err != nil || moved.Ref != "c" {
		t.Errorf("a draft moved to %s, %v", moved.Ref, err)
	}
}
