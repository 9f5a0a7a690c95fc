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

// models gives every shop the configured model, or none.
func (c *Config) models(*slog.Logger) bot.Models { return nil }
