package main

import (
	"context"
	"log/slog"

	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

// embedders are the built-in one and, where an embedding model is configured, the endpoint's.
type embedders struct {
	configured knowledge.Embedder // what every shop is to use, in the end
	builtin    knowledge.Embedder
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
	}
	return nil, false
}

func (c *Config) embedders(ctx context.Context) (embedders, error) {
	builtin, err := embed.NewBuiltin()
	if err != nil {
		return embedders{}, err
	}
	if c.EmbeddingModel == "" {
		return embedders{builtin, builtin}, nil
	}
	url, key := c.embeddingEndpoint()
	endpoint, err := embed.NewEndpoint(ctx, embed.EndpointConfig{
		BaseURL: url, Key: key, Model: c.EmbeddingModel, QuestionModel: c.QuestionModel,
		QuestionPrefix: c.QuestionPrefix, PassagePrefix: c.PassagePrefix,
	})
	if err != nil {
		return embedders{}, err
	}
	return embedders{endpoint, builtin}, nil
}

// embeddingEndpoint is where the embedding model is and the key to it. A key never goes to another endpoint than its own.
func (c *Config) embeddingEndpoint() (url, key string) {
	if c.EmbeddingURL != "" {
		return c.EmbeddingURL, c.EmbeddingKey
	}
	return c.OpenAIBaseURL, c.OpenAIKey
}

// similarity is how near two texts are in meaning by the built-in embedder, which needs no network and so never fails.
func similarity() (func(a, b string) float64, error) {
	builtin, err := embed.NewBuiltin()
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

func (c *Config) endpoint(log *slog.Logger) bot.EndpointConfig {
	return bot.EndpointConfig{BaseURL: c.OpenAIBaseURL, Key: c.OpenAIKey, Model: c.modelName(), Log: log}
}

// models gives every shop the configured model, or none. The shops share it, and with it its breaker and its room.
func (c *Config) models(log *slog.Logger) bot.Models {
	if c.modelName() == noModel {
		return nil
	}
	endpoint := bot.NewEndpoint(c.endpoint(log))
	return func(knowledge.Shop) bot.Model { return endpoint }
}
