package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/bottest"
)

func quickLimits() limits {
	return limits{call: 2 * time.Second, firstToken: time.Second, retryAfter: 5 * time.Millisecond, failures: 5, rest: 200 * time.Millisecond, atOnce: 4}
}

func endpointOn(t *testing.T, script bottest.Script) (*Endpoint, *bottest.Server) {
	t.Helper()
	server := bottest.Serve(script)
	t.Cleanup(server.Close)
	return newEndpoint(EndpointConfig{BaseURL: server.URL, Key: "sk-secret-key", Model: "small"}, quickLimits()), server
}

var somePrompt = Prompt{System: "orders", User: `{"question":"private words of a shopper"}`, MaxTokens: 100}

func TestEndpointStreamsTheWholeAnswer(t *testing.T) {
	t.Parallel()
	e, server := endpointOn(t, bottest.Always(bottest.Answer{Text: `{"text":"发货后3天到 ✅"}`, KeepAlives: 40}))
	var pieces []string
	c, err := e.Complete(t.Context(), somePrompt, func(s string) { pieces = append(pieces, s) })
	if err != nil || c.Text != `{"text":"发货后3天到 ✅"}` || len(pieces) < 2 || strings.Join(pieces, "") != c.Text {
		t.Fatalf("%q in %d pieces, %v", c.Text, len(pieces), err)
	}
	if c.PromptTokens == 0 || c.CompletionTokens == 0 {
		t.Errorf("no tokens counted: %+v", c)
	}
	if r := server.Requests()[0]; !r.JSON || r.MaxTokens != 100 || r.Modern || r.Key != "sk-secret-key" {
		t.Errorf("request %+v", r)
	}
}

func TestEndpointTurnsEveryFailureIntoAnErrorWithoutSecrets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer bottest.Answer
		calls  int
	}{
		"hangs":            {bottest.Answer{Hang: true}, 1},
		"500":              {bottest.Answer{Status: 500}, 2},
		"429":              {bottest.Answer{Status: 429}, 2},
		"401":              {bottest.Answer{Status: 401}, 1},
		"nothing":          {bottest.Answer{}, 1},
		"half a stream":    {bottest.Answer{Text: strings.Repeat("word ", 30), Half: true}, 1},
		"cut":              {bottest.Answer{Text: "some words", Finish: "length"}, 1},
		"filtered":         {bottest.Answer{Text: "some words", Finish: "content_filter"}, 1},
		"keep-alives":      {bottest.Answer{KeepAlives: 1000}, 1},
		"drips for ever":   {bottest.Answer{Text: strings.Repeat("word ", 500), Pause: 30 * time.Millisecond}, 1},
		"an HTML page":     {bottest.Answer{Raw: "<html>502 Bad Gateway</html>"}, 2},
		"broken JSON":      {bottest.Answer{Raw: "data: {\"choices\": [{\n\ndata: [DONE]\n\n"}, 2},
		"an error mid-way": {bottest.Answer{Raw: "data: {\"error\": {\"message\": \"sk-secret-key private words\"}}\n\n"}, 2},
		"no end":           {bottest.Answer{Text: strings.Repeat("x", maxAnswer+100)}, 1},
		"one endless line": {bottest.Answer{Raw: "data: " + strings.Repeat("x", maxStream+100)}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, server := endpointOn(t, bottest.Always(c.answer))
			start := time.Now()
			_, err := e.Complete(t.Context(), somePrompt, nil)
			if !errors.Is(err, ErrNoModel) {
				t.Fatalf("error %v", err)
			}
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "private") {
				t.Errorf("the error tells a secret: %v", err)
			}
			if n := server.Calls(); n != c.calls {
				t.Errorf("%d calls, want %d (%v)", n, c.calls, err)
			}
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestEndpointTriesOnceMoreBeforeAnythingIsStreamed(t *testing.T) {
	t.Parallel()
	e, _ := endpointOn(t, bottest.InTurn(bottest.Always(bottest.Answer{Status: 503}), bottest.Always(bottest.Answer{Text: "fine"})))
	if c, err := e.Complete(t.Context(), somePrompt, nil); err != nil || c.Text != "fine" {
		t.Fatalf("%q, %v", c.Text, err)
	}
}

func TestEndpointDropsOptionsThatAServerRefuses(t *testing.T) {
	t.Parallel()
	e, server := endpointOn(t, func(r bottest.Request) bottest.Answer {
		if r.JSON {
			return bottest.Answer{Status: 400}
		}
		return bottest.Answer{Text: "fine"}
	})
	for range 2 {
		if c, err := e.Complete(t.Context(), somePrompt, nil); err != nil || c.Text != "fine" {
			t.Fatalf("%q, %v", c.Text, err)
		}
	}
	if n := server.Calls(); n != 3 {
		t.Errorf("%d calls: the refusal must be remembered", n)
	}
}

func TestAPromptThatIsTooLongCostsNoOptions(t *testing.T) {
	t.Parallel()
	e, server := endpointOn(t, bottest.Always(bottest.Answer{Status: 400}))
	if _, err := e.Complete(t.Context(), somePrompt, nil); err == nil {
		t.Fatal("no error")
	}
	server.Follow(bottest.Always(bottest.Answer{Text: "fine"}))
	if _, err := e.Complete(t.Context(), somePrompt, nil); err != nil {
		t.Fatal(err)
	}
	if seen := server.Requests(); !seen[len(seen)-1].JSON {
		t.Error("after a refusal that the options were not the reason for, JSON is not asked for any more")
	}
}

func TestEndpointNamesTheLimitAsTheModelWants(t *testing.T) {
	t.Parallel()
	for model, modern := range map[string]bool{"gpt-5-mini": true, "o3": true, "openai/gpt-5": true, "gpt-6-sol": true, "gpt-4o-mini": false, "qwen-plus": false, "smollm2": false} {
		server := bottest.Serve(bottest.Always(bottest.Answer{Text: "ok"}))
		e := newEndpoint(EndpointConfig{BaseURL: server.URL, Model: model}, quickLimits())
		if _, err := e.Complete(t.Context(), somePrompt, nil); err != nil {
			t.Errorf("%s: %v", model, err)
		} else if server.Requests()[0].Modern != modern {
			t.Errorf("%s: max_completion_tokens %v", model, !modern)
		}
		server.Close()
	}
}

func TestABrokenModelRestsAndComesBack(t *testing.T) {
	t.Parallel()
	e, server := endpointOn(t, bottest.Always(bottest.Answer{Status: 401}))
	for range 8 {
		if _, err := e.Complete(t.Context(), somePrompt, nil); err == nil {
			t.Fatal("no error")
		}
	}
	if n := server.Calls(); n != 5 {
		t.Errorf("%d calls reached the server, want 5", n)
	}
	server.Follow(bottest.Always(bottest.Answer{Text: "back"}))
	time.Sleep(300 * time.Millisecond)
	if c, err := e.Complete(t.Context(), somePrompt, nil); err != nil || c.Text != "back" {
		t.Fatalf("%q, %v", c.Text, err)
	}
}

func TestTheCallersOwnEndIsNotHeldAgainstTheModel(t *testing.T) {
	t.Parallel()
	e, server := endpointOn(t, bottest.Always(bottest.Answer{Hang: true}))
	for range 6 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, err := e.Complete(ctx, somePrompt, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		cancel()
	}
	server.Follow(bottest.Always(bottest.Answer{Text: "fine"}))
	if _, err := e.Complete(t.Context(), somePrompt, nil); err != nil {
		t.Error(err)
	}
}

func TestASlowModelTakesOnlyItsShareOfCalls(t *testing.T) {
	t.Parallel()
	l := quickLimits()
	l.failures = 100
	server := bottest.Serve(bottest.Always(bottest.Answer{Hang: true}))
	t.Cleanup(server.Close)
	e := newEndpoint(EndpointConfig{BaseURL: server.URL, Model: "small"}, l)
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() { _, _ = e.Complete(t.Context(), somePrompt, nil) })
	}
	time.Sleep(100 * time.Millisecond)
	if n := server.Calls(); n > 4 {
		t.Errorf("%d calls at once, want at most 4", n)
	}
	wg.Wait()
}

func TestCheckModelSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	server := bottest.Serve(bottest.Always(bottest.Answer{Text: `{"ok": true}`}))
	config := EndpointConfig{BaseURL: server.URL, Key: "sk-secret-key", Model: "small", Log: slog.New(slog.NewJSONHandler(&log, nil))}
	if err := CheckModel(t.Context(), config); err != nil {
		t.Error(err)
	}
	if seen := server.Requests()[0]; len(seen.User) < 3000 || !seen.JSON {
		t.Errorf("the check asks for less than a real turn does: %d bytes", len(seen.User))
	}
	server.Follow(bottest.Always(bottest.Answer{Text: "Sure! Here you are."}))
	if err := CheckModel(t.Context(), config); err == nil || !strings.Contains(err.Error(), "JSON") {
		t.Errorf("error %v", err)
	}
	server.Follow(bottest.Always(bottest.Answer{Status: 401}))
	if err := CheckModel(t.Context(), config); err == nil || !strings.Contains(err.Error(), "401") || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
	server.Close()
	if err := CheckModel(t.Context(), config); err == nil || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("error %v", err)
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("the log tells a secret: %s", log.String())
	}
}
