package main

import (
	"context"
	"log/slog"

	"frontdesk/bot"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

// embedders are the built-in one and, where an embedding model is configured, the endpoint's, which then is the default.
func (c *Config) embedders(ctx context.Context) (knowledge.Embedders, error) {
	builtin, err := embed.NewBuiltin()
	if err != nil {
		return nil, err
	}
	if c.EmbeddingModel == "" {
		return knowledge.Fixed(builtin), nil
	}
	endpoint, err := embed.NewEndpoint(ctx, embed.EndpointConfig{
		BaseURL: c.OpenAIBaseURL, Key: c.OpenAIKey, Model: c.EmbeddingModel, QuestionModel: c.QuestionModel,
		QuestionPrefix: c.QuestionPrefix, PassagePrefix: c.PassagePrefix,
	})
	if err != nil {
		return nil, err
	}
	return knowledge.Fixed(endpoint, builtin), nil
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
	if !c.hasEndpoint() {
		return nil
	}
	endpoint := bot.NewEndpoint(c.endpoint(log))
	return func(knowledge.Shop) bot.Model { return endpoint }
}
