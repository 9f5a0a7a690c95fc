package main

import (
	"context"
	"log/slog"
	"sync"

	"frontdesk/bot"
	"frontdesk/bot/channel/webhook"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"

	"github.com/google/uuid"
)

// embedders are the built-in one, as it is and as it was, and, where an embedding model is configured, the endpoint's.
type embedders struct {
	configured knowledge.Embedder // what every shop is to use, in the end
	builtin    knowledge.Embedder
	unlearned  knowledge.Embedder // of shops that have not changed to the built-in one of today
}

// Default is what a new shop starts with: the configured embedder or, while that has never answered, the built-in one. The
// shop then changes to the configured one as any other shop does.
func (e embedders) Default() knowledge.Embedder {
	if e.configured.Space() == "" {
		return e.builtin
	}
	return e.configured
}

// Embedder returns the embedder of a space, which is nobody's while its endpoint has never answered.
func (e embedders) Embedder(_ knowledge.Shop, space string) (knowledge.Embedder, bool) {
	switch space {
	case "":
		return nil, false
	case e.configured.Space():
		return e.configured, true
	case e.builtin.Space():
		return e.builtin, true
	case e.unlearned.Space():
		return e.unlearned, true
	}
	return nil, false
}

func (c *Config) embedders(ctx context.Context) (embedders, error) {
	builtin, err := embed.NewBuiltin()
	if err != nil {
		return embedders{}, err
	}
	unlearned, err := embed.NewUnlearned()
	if err != nil {
		return embedders{}, err
	}
	if c.EmbeddingModel == "" {
		return embedders{builtin, builtin, unlearned}, nil
	}
	url, key := c.embeddingEndpoint()
	endpoint, err := embed.NewEndpoint(ctx, embed.EndpointConfig{
		BaseURL: url, Key: key, Model: c.EmbeddingModel, QuestionModel: c.QuestionModel,
		QuestionPrefix: c.QuestionPrefix, PassagePrefix: c.PassagePrefix,
	})
	if err != nil {
		return embedders{}, err
	}
	return embedders{endpoint, builtin, unlearned}, nil
}

// embeddingEndpoint is where the embedding model is and the key to it. A key never goes to another endpoint than its own.
func (c *Config) embeddingEndpoint() (url, key string) {
	if c.EmbeddingURL != "" {
		return c.EmbeddingURL, c.EmbeddingKey
	}
	return c.OpenAIBaseURL, c.OpenAIKey
}

// similarity is how near two sentences are in meaning by the built-in embedder, which needs no network and so never fails; the
// sentences of answers are no questions.
func similarity() (func(a, b string) float64, error) {
	builtin, err := embed.NewUnlearned()
	if err != nil {
		return nil, err
	}
	return func(a, b string) float64 {
		x, y := builtin.Vector(a), builtin.Vector(b)
		dot := 0.0
		for i := range x {
			dot += float64(x[i]) * float64(y[i])
		}
		return dot
	}, nil
}

// noModel is the name of having none; as a setting it leaves an endpoint to the embedding model alone.
const noModel = knowledge.NoModel

func (c *Config) endpoint(log *slog.Logger) bot.EndpointConfig {
	return bot.EndpointConfig{BaseURL: c.OpenAIBaseURL, Key: c.OpenAIKey, Model: c.modelName(), Log: log}
}

// openAI is where a model is asked whose address is left open.
const openAI = "https://api.openai.com/v1"

// endpointOf is where a shop's model is asked: the shop's own, else the installation's; Model is noModel where there is none.
// An address that was entered for a shop may not lead into a private network that the operator has not listed.
func (c *Config) endpointOf(shop knowledge.Shop, log *slog.Logger) bot.EndpointConfig {
	own := shop.Settings.Model
	switch own.Name {
	case "":
		return c.endpoint(log)
	case noModel:
		return bot.EndpointConfig{Model: noModel}
	}
	return bot.EndpointConfig{BaseURL: own.BaseURL, Key: own.Key, Model: own.Name, Log: log,
		Dial: webhook.NewGuard(c.AllowPrivate).Dial(orText(own.BaseURL, openAI))}
}

// models gives each shop its model. Shops without one of their own share the installation's, and with it its breaker and its
// room. What a shop sets is in force from its next turn on: nothing is remembered but the endpoint of settings that stay.
type models struct {
	config       *Config
	log          *slog.Logger
	installation bot.Model // nil for none
	mu           sync.Mutex
	own          map[uuid.UUID]ownModel
}

type ownModel struct {
	settings knowledge.ModelSettings
	endpoint *bot.Endpoint
}

func (c *Config) models(log *slog.Logger) *models {
	m := &models{config: c, log: log, own: map[uuid.UUID]ownModel{}}
	if c.modelName() != noModel {
		m.installation = bot.NewEndpoint(c.endpoint(log))
	}
	return m
}

// of is a bot.Models.
func (m *models) of(shop knowledge.Shop) bot.Model {
	settings := shop.Settings.Model
	m.mu.Lock()
	defer m.mu.Unlock()
	switch settings.Name {
	case "":
		delete(m.own, shop.ID)
		return m.installation
	case noModel:
		delete(m.own, shop.ID)
		return nil
	}
	known, ok := m.own[shop.ID]
	if !ok || known.settings != settings {
		known = ownModel{settings, bot.NewEndpoint(m.config.endpointOf(shop, m.log))}
		m.own[shop.ID] = known
	}
	return known.endpoint
}
