package main

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/bottest"
	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/knowledgetest"
)

// An embedding endpoint that is away when Frontdesk starts leaves the shop with the built-in embedder, not with words alone,
// and takes over when it comes, without a restart. A shop may change there and back as often as it likes; answers never stop.
func TestTheEmbedderMayComeLaterAndGoAgain(t *testing.T) {
	t.Parallel()
	var up atomic.Bool
	server := bottest.Serve(func(bottest.Request) bottest.Answer {
		if up.Load() {
			return bottest.Answer{}
		}
		return bottest.Answer{Status: http.StatusServiceUnavailable}
	})
	t.Cleanup(server.Close)
	builtin, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate)
	p := bootOn(t, url, func(c *Config) { c.EmbeddingURL, c.EmbeddingModel = server.URL, "hashed" })
	active := func(p *program) string {
		shop, err := p.base.ShopBySlug(t.Context(), p.shop.Slug)
		if err != nil {
			t.Fatal(err)
		}
		result, err := p.base.Search(t.Context(), shop, knowledge.Query{Text: "Can I combine two discount codes?", Locale: "en"})
		if err != nil || len(result.Hits) == 0 || result.WordsOnly {
			t.Fatalf("in space %q: words only %v, %v", shop.ActiveSpace, result.WordsOnly, err)
		}
		return shop.ActiveSpace
	}
	if got := active(p); got != builtin.Space() {
		t.Fatalf("without its endpoint the shop starts in space %q", got)
	}
	up.Store(true)
	waitFor(t, 3*time.Minute, "the endpoint's space to answer", func() bool { return active(p) == "hashed-64-c1" })

	for _, change := range []struct{ url, model, space string }{{space: builtin.Space()}, {server.URL, "hashed", "hashed-64-c1"}, {space: builtin.Space()}} {
		p.stop()
		p = bootOn(t, url, func(c *Config) { c.EmbeddingURL, c.EmbeddingModel = change.url, change.model })
		waitFor(t, 3*time.Minute, "the change to "+change.space, func() bool {
			shop, err := p.base.ShopBySlug(t.Context(), p.shop.Slug)
			return err == nil && shop.ActiveSpace == change.space
		})
		active(p)
	}
}

// A shop whose vectors are of the table before it learned of questions is found by them until it has those of today.
func TestAShopOfTheTableBeforeChangesToTheLearnedOneWithoutAGap(t *testing.T) {
	t.Parallel()
	unlearned, err := embed.NewUnlearned()
	if err != nil {
		t.Fatal(err)
	}
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate, seeded)
	pool, err := openPool(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	old := knowledgetest.Shop(t, knowledge.New(pool, knowledge.Fixed(unlearned)), "old", knowledgetest.Articles()...)
	pool.Close()
	if old.ActiveSpace != unlearned.Space() {
		t.Fatalf("the shop begins in space %q", old.ActiveSpace)
	}
	p := bootOn(t, url)
	waitFor(t, time.Minute, "the vectors of the learned table", func() bool {
		shop, err := p.base.Shop(t.Context(), old.ID)
		if err != nil {
			t.Fatal(err)
		}
		result, err := p.base.Search(t.Context(), shop, knowledge.Query{Text: knowledgetest.Articles()[0].Question})
		if err != nil || result.WordsOnly || len(result.Hits) == 0 || result.Hits[0].Similarity < .99 {
			t.Fatalf("in space %q: words only %v, %v", shop.ActiveSpace, result.WordsOnly, err)
		}
		return shop.ActiveSpace == p.embedders.builtin.Space()
	})
}

// The embedding model may live elsewhere than the model, or come alone; no key goes to another endpoint than its own.
func TestTheEmbeddingModelHasAnEndpointOfItsOwn(t *testing.T) {
	c := Config{Listen: "127.0.0.1:8080", OpenAIBaseURL: "https://model.example/v1", OpenAIKey: "sk-model", EmbeddingModel: "e"}
	if url, key := c.embeddingEndpoint(); url != c.OpenAIBaseURL || key != "sk-model" {
		t.Errorf("without an endpoint of its own: %s %s", url, key)
	}
	c.EmbeddingURL = "https://vectors.example/v1"
	if url, key := c.embeddingEndpoint(); url != c.EmbeddingURL || key != "" {
		t.Errorf("with one: %s %q", url, key)
	}
	c.Model = noModel
	if err := c.check(); err != nil || c.models(nil).of(knowledge.Shop{}) != nil {
		t.Errorf("embeddings alone: %v, or a model all the same", err)
	}
	for _, args := range [][]string{
		{"--embedding-base-url", "https://vectors.example/v1"},
		{"--embedding-model", "e"},
		{"--embedding-base-url", "vectors", "--embedding-model", "e"},
		{"--embedding-api-key", "k", "--openai-base-url", "https://model.example/v1", "--embedding-model", "e"},
	} {
		var out, errs bytes.Buffer
		if exit := run(context.Background(), append([]string{"config"}, args...), nil, &out, &errs); exit != 2 || !strings.Contains(errs.String(), "FRONTDESK_EMBEDDING_") {
			t.Errorf("%v: exit %d, %s", args, exit, errs.String())
		}
	}
}
