package embed

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	openai "github.com/sashabaranov/go-openai"
)

// EndpointConfig says where an endpoint is and how its model wants to be asked.
type EndpointConfig struct {
	BaseURL string // up to and with /v1, say; OpenAI's own when empty
	Key     string // sent as a bearer token; none when empty
	Model   string // required
	// QuestionModel is the model's name for questions where it has two. Both must
	// give vectors of one space.
	QuestionModel string
	// QuestionPrefix and PassagePrefix stand before every text, as some models were
	// trained: "query: " and "passage: ".
	QuestionPrefix, PassagePrefix string
	BatchSize                     int           // texts a call, 64 when 0
	Timeout                       time.Duration // of one call, 10 s when 0, and three times that for passages; a call is made up to three times
	HTTPClient                    *http.Client  // one on the default transport when nil
}

// Endpoint is the embedder behind any server that speaks OpenAI's /embeddings.
//
// It may be created while the server is down: then Space is empty and Dimension is 0
// until a first call succeeds, which any later one may do. A call that fails for a
// passing reason is made again, twice, after a pause; after several failures in a row
// calls fail at once for some seconds, so that shoppers do not wait for a dead server.
// Questions and passages fail each by themselves.
// Give ctx a deadline where somebody waits.
//
// Vectors are seen from the centre of what shops write (see centre), which takes one
// more call, once, for each of the two kinds of texts.
//
// Only the first 2,000 code points of a text count, and a blank text is not sent: its
// vector is zeros. Safe for concurrent use.
type Endpoint struct {
	config    EndpointConfig
	client    *openai.Client
	questions asking
	passages  asking
	dimension atomic.Int64
	centres   sync.Map // model and prefix → []float64
}

const (
	defaultBatch   = 64
	defaultTimeout = 10 * time.Second
	patient        = 3               // times the timeout, for passages: nobody waits for them, and a batch takes a small machine long
	probeTimeout   = 5 * time.Second // of the calls at the start, so that a hanging server does not hold up the program
)

// NewEndpoint checks the configuration and asks the server once for the dimension.
// It fails for a configuration that can never work and when ctx ends, not for a
// server that is down or says no: Check tells that.
func NewEndpoint(ctx context.Context, config EndpointConfig) (*Endpoint, error) {
	e, err := newEndpoint(config, pace{first: 200 * time.Millisecond, longest: 2 * time.Second, rest: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	probe, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	// What the server answers is for Check; the program starts without it.
	_ = e.Check(probe)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("embedding endpoint: %w", err)
	}
	return e, nil
}

func newEndpoint(config EndpointConfig, p pace) (*Endpoint, error) {
	var wrong []error
	if strings.TrimSpace(config.Model) == "" {
		wrong = append(wrong, errors.New("embedding endpoint: no model"))
	}
	if config.BatchSize < 0 || config.Timeout < 0 {
		wrong = append(wrong, errors.New("embedding endpoint: batch size and timeout cannot be negative"))
	}
	// The address may hold a password: it is not repeated in the error.
	if u, err := url.Parse(config.BaseURL); config.BaseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		wrong = append(wrong, errors.New("embedding endpoint: the base URL is not an http or https address"))
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	if config.BatchSize == 0 {
		config.BatchSize = defaultBatch
	}
	if config.Timeout == 0 {
		config.Timeout = defaultTimeout
	}
	if config.QuestionModel == "" {
		config.QuestionModel = config.Model
	}
	settings := openai.DefaultConfig(strings.TrimSpace(config.Key)) // from a file it ends in a line break
	if config.BaseURL != "" {
		settings.BaseURL = strings.TrimRight(config.BaseURL, "/")
	}
	if config.HTTPClient != nil {
		settings.HTTPClient = config.HTTPClient
	}
	return &Endpoint{
		config: config, client: openai.NewClientWithConfig(settings),
		questions: asking{config.QuestionModel, config.QuestionPrefix, config.Timeout, p.executor(config.Timeout)},
		passages:  asking{config.Model, config.PassagePrefix, patient * config.Timeout, p.executor(patient * config.Timeout)},
	}, nil
}

// Space names the model, its dimension, the version of the centre and, by a short hash, the prefix of passages:
// what decides whether stored vectors still fit. Empty while Dimension is 0.
func (e *Endpoint) Space() string {
	dimension := e.Dimension()
	if dimension == 0 {
		return ""
	}
	name := fmt.Sprintf("%s-%d-%s", e.config.Model, dimension, centreVersion)
	if e.config.PassagePrefix == "" {
		return name
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(e.config.PassagePrefix)) // a hash takes everything
	return fmt.Sprintf("%s-%08x", name, h.Sum32())
}

// Dimension is the length of every vector, 0 while the server has never answered.
func (e *Endpoint) Dimension() int { return int(e.dimension.Load()) }

// Check makes one call and says what is wrong with the server, if anything.
func (e *Endpoint) Check(ctx context.Context) error {
	_, err := e.Questions(ctx, []string{"size"})
	return err
}

// Questions embeds what shoppers ask, one unit vector a text in the order given.
// Errors wrap ErrUnavailable, or the end of ctx.
func (e *Endpoint) Questions(ctx context.Context, texts []string) ([][]float32, error) {
	return e.vectors(ctx, e.questions, texts)
}

// Passages embeds what articles say, one unit vector a text in the order given.
// Errors wrap ErrUnavailable, or the end of ctx.
func (e *Endpoint) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.vectors(ctx, e.passages, texts)
}

func (e *Endpoint) vectors(ctx context.Context, a asking, texts []string) ([][]float32, error) {
	inputs, places := []string{}, []int{}
	for i, text := range texts {
		if text = plain(text); text != "" {
			inputs, places = append(inputs, a.prefix+text), append(places, i)
		}
	}
	vectors := make([][]float32, len(texts))
	for len(inputs) > 0 {
		n := min(len(inputs), e.config.BatchSize)
		batch, err := e.call(ctx, a, inputs[:n])
		if err != nil {
			return nil, fmt.Errorf("embedding endpoint, model %s: %w", a.model, err)
		}
		centre, err := e.centre(ctx, a)
		if err != nil {
			return nil, fmt.Errorf("embedding endpoint, model %s, usual texts: %w", a.model, err)
		}
		for i, vector := range batch {
			vectors[places[i]] = from(centre, vector)
		}
		inputs, places = inputs[n:], places[n:]
	}
	for i := range vectors {
		if vectors[i] == nil {
			vectors[i] = make([]float32, e.Dimension())
		}
	}
	return vectors, nil
}

// plain is text as a tokenizer of unknown making may safely be given it: valid
// UTF-8, no control characters, bounded.
func plain(text string) string {
	runes, cut := 0, len(text)
	for at := range text {
		if runes++; runes > maxRunes {
			cut = at
			break
		}
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, text[:cut]))
}
