package bottest_test

import (
	"errors"
	"testing"

	"frontdesk/bot/bottest"
	"frontdesk/knowledge/embed"
)

func TestEmbeddingsComeAndGoAsTheScriptSays(t *testing.T) {
	server := bottest.Serve(bottest.Always(bottest.Answer{}))
	defer server.Close()
	e, err := embed.NewEndpoint(t.Context(), embed.EndpointConfig{BaseURL: server.URL, Model: "scripted"})
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := e.Questions(t.Context(), []string{"two words", "other", "two words"})
	if err != nil || len(vectors) != 3 || vectors[0][0] != vectors[2][0] {
		t.Fatalf("%v, %v", vectors, err)
	}
	server.Follow(bottest.Always(bottest.Answer{Status: 401}))
	if _, err := e.Questions(t.Context(), []string{"two words"}); !errors.Is(err, embed.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
}
