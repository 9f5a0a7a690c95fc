package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"frontdesk/knowledge"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
	openai "github.com/sashabaranov/go-openai"
)

// ErrNoModel says that the model gave nothing that can be used; the turn is answered without it.
var ErrNoModel = errors.New("the model gave no answer")

// EndpointConfig names a model behind an OpenAI-compatible server.
type EndpointConfig struct {
	BaseURL    string // with its /v1; "" is OpenAI's own
	Key        string // a secret
	Model      string
	HTTPClient *http.Client // nil: one of our own, with limits
	// Dial connects to the server, where its address was entered by somebody who may not reach every network; nil: the usual way.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	Log  *slog.Logger // gets no prompt, no answer and no key; nil: nothing is logged
}

// limits is how long an endpoint may take and how much of it is had at once.
type limits struct {
	call       time.Duration // one try
	firstToken time.Duration // until something comes
	retryAfter time.Duration
	failures   uint          // in a row, after which the model rests
	rest       time.Duration // for so long
	atOnce     uint          // calls
}

func defaultLimits() limits {
	return limits{call: 12 * time.Second, firstToken: 6 * time.Second, retryAfter: 300 * time.Millisecond, failures: 5, rest: 15 * time.Second, atOnce: 16}
}

// Endpoint is a model behind an OpenAI-compatible server. It may be used concurrently.
type Endpoint struct {
	client *openai.Client
	model  string
	limits limits
	calls  failsafe.Executor[Completion]
	plain  atomic.Bool // the server refused the options that not all servers know
}

// NewEndpoint returns a model; nothing is called yet.
func NewEndpoint(config EndpointConfig) *Endpoint { return newEndpoint(config, defaultLimits()) }

func newEndpoint(config EndpointConfig, l limits) *Endpoint {
	c := openai.DefaultConfig(config.Key)
	if config.BaseURL != "" {
		c.BaseURL = strings.TrimSuffix(config.BaseURL, "/")
	}
	c.HTTPClient = config.HTTPClient
	if config.HTTPClient == nil {
		c.HTTPClient = modelClient(l, config.Dial)
	}
	log := config.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Endpoint{client: openai.NewClientWithConfig(c), model: config.Model, limits: l, calls: l.executor(log, config.Model)}
}

// modelClient bounds every phase of a call and what is read of an answer; a redirect would carry the prompt elsewhere, and a
// proxy would dial in the place of a dial that checks.
func modelClient(l limits, dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Client {
	proxy := http.ProxyFromEnvironment
	if dial == nil {
		dial = (&net.Dialer{Timeout: 3 * time.Second}).DialContext
	} else {
		proxy = nil
	}
	return &http.Client{
		Timeout:       l.call + time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: bounded{&http.Transport{
			Proxy:                 proxy,
			DialContext:           dial,
			TLSHandshakeTimeout:   4 * time.Second,
			ResponseHeaderTimeout: l.firstToken,
			MaxIdleConnsPerHost:   int(l.atOnce),
			IdleConnTimeout:       90 * time.Second,
			ForceAttemptHTTP2:     true,
		}},
	}
}

// executor lets a call be made once more where nothing was streamed yet and it may help, spares a server that keeps
// failing, and keeps a slow one from taking every worker.
func (l limits) executor(log *slog.Logger, model string) failsafe.Executor[Completion] {
	retry := retrypolicy.NewBuilder[Completion]().HandleIf(func(_ Completion, err error) bool { return isFault(err, fault.again) }).
		WithMaxRetries(1).WithDelay(l.retryAfter).WithJitterFactor(0.3).ReturnLastFailure().Build()
	breaker := circuitbreaker.NewBuilder[Completion]().
		HandleIf(func(_ Completion, err error) bool {
			return errors.Is(err, timeout.ErrExceeded) || isFault(err, fault.theirs)
		}).
		WithFailureThreshold(l.failures).WithSuccessThreshold(1).WithDelay(l.rest).
		OnOpen(func(circuitbreaker.StateChangedEvent) {
			log.Warn("the model keeps failing and rests", "model", model, "rest", l.rest)
		}).
		OnClose(func(circuitbreaker.StateChangedEvent) { log.Info("the model answers again", "model", model) }).Build()
	room := bulkhead.NewBuilder[Completion](l.atOnce).WithMaxWaitTime(l.firstToken / 2).Build()
	return failsafe.With[Completion](retry, room, breaker, timeout.New[Completion](l.call))
}

// Name is the model's name.
func (e *Endpoint) Name() string { return e.model }

// Complete calls the model and returns its whole answer; delta gets each piece of it as it comes. An answer that is
// empty, broken off or cut at its limit is an error. Every error wraps ErrNoModel, or is the context's, and quotes
// neither the server nor the prompt.
func (e *Endpoint) Complete(ctx context.Context, p Prompt, delta func(string)) (Completion, error) {
	c, err := e.calls.WithContext(ctx).GetWithExecution(func(x failsafe.Execution[Completion]) (Completion, error) {
		plain := e.plain.Load()
		c, err := e.try(x.Context(), p, plain, delta)
		if isFault(err, fault.refusedOptions) && !plain {
			if c, err = e.try(x.Context(), p, true, delta); err == nil {
				e.plain.Store(true) // it was the options, and not a prompt that is too long, say
			}
		}
		if err != nil && ctx.Err() != nil {
			return c, ctx.Err() // the caller's time, not the server's fault
		}
		return c, err
	})
	var f fault
	switch {
	case err == nil:
		return c, nil
	case ctx.Err() != nil:
		return c, ctx.Err()
	case errors.As(err, &f):
		return c, fmt.Errorf("%w: %w", ErrNoModel, f)
	case errors.Is(err, circuitbreaker.ErrOpen):
		return c, fmt.Errorf("%w: it failed too often just now", ErrNoModel)
	case errors.Is(err, bulkhead.ErrFull):
		return c, fmt.Errorf("%w: too many calls at once", ErrNoModel)
	}
	return c, fmt.Errorf("%w: nothing within %v", ErrNoModel, e.limits.call)
}

// CheckModel makes one call of the size of a real one, so that a model which is too slow for shoppers is found out, and says
// what is wrong with it, in words that show no secret.
func CheckModel(ctx context.Context, config EndpointConfig) error {
	c, err := NewEndpoint(config).Complete(ctx, checkPrompt(), nil)
	var f fault
	switch {
	case errors.As(err, &f) && f.cut:
		return nil // it talks, if too much
	case err != nil:
		return err
	case json.Unmarshal([]byte(c.Text), &drafted{}) != nil:
		return fmt.Errorf("%w: it answers, but not in the JSON that is asked for, so that none of its replies would be sent", ErrNoModel)
	}
	return nil
}

// checkPrompt is a question like any other, among as many articles as a reply may be given.
func checkPrompt() Prompt {
	answer := strings.Repeat("Orders placed before 16:00 on a working day leave our warehouse the same day; standard delivery takes 2–4 working days. ", 3)
	var hits []knowledge.Hit
	for i := range maxPassages {
		hits = append(hits, knowledge.Hit{Ref: fmt.Sprintf("delivery-%d", i+1), Locale: "en", Question: "How long does delivery take?", Answer: answer})
	}
	return answerPrompt(knowledge.Shop{Name: "Frontdesk"}, Question{}, "How long does delivery take?", "en", hits)
}

// request is the call in the form that this model takes; plain leaves out the options that not all servers know.
func (e *Endpoint) request(p Prompt, plain bool) openai.ChatCompletionRequest {
	req := openai.ChatCompletionRequest{
		Model: e.model, Stream: true,
		Messages: []openai.ChatCompletionMessage{{Role: "system", Content: p.System}, {Role: "user", Content: p.User}},
	}
	if reasons(e.model) {
		req.MaxCompletionTokens = p.MaxTokens + 1500 // what it thinks counts too
		if !plain {
			req.ReasoningEffort = openai.ReasoningEffortLow
		}
	} else {
		req.MaxTokens, req.Temperature = p.MaxTokens, 0.1
	}
	if !plain {
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
		req.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	return req
}

// reasons tells the models that take max_completion_tokens and no temperature, by their names.
func reasons(model string) bool {
	model = strings.ToLower(model[strings.LastIndexByte(model, '/')+1:])
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}
