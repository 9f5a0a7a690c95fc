package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
	openai "github.com/sashabaranov/go-openai"
)

// ErrUnavailable says that an endpoint gave no vectors: search by words alone.
var ErrUnavailable = errors.New("embeddings are unavailable")

// ErrRefused says, along with ErrUnavailable, that the endpoint understood and said
// no (a wrong key, an unknown model): asking again will not help, a person must look.
var ErrRefused = errors.New("the endpoint refused")

const (
	attempts = 3 // of one call
	patience = 5 // failures in a row after which calls rest
)

// pace is how long an endpoint waits: before the first repetition, at most before a
// later one, and after too many failures in a row.
type pace struct{ first, longest, rest time.Duration }

// executor makes calls with a timeout each, repeated while that may help.
func (p pace) executor(limit time.Duration) failsafe.Executor[[][]float32] {
	passing := func(_ [][]float32, err error) bool { return mayPass(err) }
	retry := retrypolicy.NewBuilder[[][]float32]().HandleIf(passing).
		WithMaxAttempts(attempts).WithBackoff(p.first, p.longest).WithJitterFactor(0.25).ReturnLastFailure().Build()
	breaker := circuitbreaker.NewBuilder[[][]float32]().HandleIf(passing).
		WithFailureThreshold(patience).WithSuccessThreshold(1).WithDelay(p.rest).Build()
	return failsafe.With[[][]float32](retry, breaker, timeout.New[[][]float32](limit))
}

// failure is what went wrong with one call, in our words: never the server's, which
// may repeat a key or a text.
type failure struct {
	reason  string
	passing bool // asking again may help
	refused bool
}

func (f failure) Error() string { return f.reason }

func mayPass(err error) bool {
	var f failure
	return errors.As(err, &f) && f.passing || errors.Is(err, timeout.ErrExceeded) || errors.Is(err, context.DeadlineExceeded)
}

// asking is one of the two ways in which a model is asked.
type asking struct {
	model, prefix string
	limit         time.Duration // of one call
	calls         failsafe.Executor[[][]float32]
}

// call embeds one batch.
func (e *Endpoint) call(ctx context.Context, a asking, inputs []string) ([][]float32, error) {
	vectors, err := a.calls.WithContext(ctx).GetWithExecution(func(x failsafe.Execution[[][]float32]) ([][]float32, error) {
		answer, err := e.client.CreateEmbeddings(x.Context(), openai.EmbeddingRequestStrings{Input: inputs, Model: openai.EmbeddingModel(a.model)})
		if err != nil {
			return nil, explain(err)
		}
		return e.accept(answer.Data, len(inputs))
	})
	var f failure
	switch {
	case err == nil:
		return vectors, nil
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return nil, ctx.Err()
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	case errors.Is(err, circuitbreaker.ErrOpen):
		return nil, fmt.Errorf("%w: too many failures just now", ErrUnavailable)
	case errors.Is(err, timeout.ErrExceeded):
		return nil, fmt.Errorf("%w: no answer within %v", ErrUnavailable, a.limit)
	case errors.As(err, &f) && f.refused:
		return nil, fmt.Errorf("%w: %w: %w", ErrUnavailable, ErrRefused, f)
	default:
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
}

// explain turns an error of the client into a failure, keeping the two ends of a context.
func explain(err error) error {
	var api *openai.APIError
	var request *openai.RequestError
	var syntax *json.SyntaxError
	var field *json.UnmarshalTypeError
	var transport *url.Error
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &api):
		return status(api.HTTPStatusCode)
	case errors.As(err, &request):
		return status(request.HTTPStatusCode)
	case errors.As(err, &syntax), errors.As(err, &field):
		return failure{reason: "the answer is not the JSON of embeddings"}
	case errors.As(err, &transport):
		return failure{reason: transport.Err.Error(), passing: true}
	default:
		return failure{reason: "the answer broke off", passing: true}
	}
}

func status(code int) failure {
	passing := code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout
	return failure{reason: fmt.Sprintf("status %d %s", code, http.StatusText(code)), passing: passing, refused: !passing}
}

// accept checks that an answer holds one finite vector of the known dimension for
// each text, and gives them in the order of the texts, of length one. The first answer
// sets the dimension.
func (e *Endpoint) accept(data []openai.Embedding, texts int) ([][]float32, error) {
	if len(data) != texts {
		return nil, failure{reason: fmt.Sprintf("%d vectors for %d texts", len(data), texts)}
	}
	dimension := len(data[0].Embedding)
	if known := e.Dimension(); known != 0 {
		dimension = known
	}
	vectors := make([][]float32, texts)
	for _, d := range data {
		if d.Index < 0 || d.Index >= texts || vectors[d.Index] != nil {
			return nil, failure{reason: fmt.Sprintf("vectors are numbered wrongly: %d of %d", d.Index, texts)}
		}
		if len(d.Embedding) != dimension || dimension == 0 {
			return nil, failure{reason: fmt.Sprintf("a vector of %d dimensions, want %d", len(d.Embedding), dimension)}
		}
		sum := make([]float64, dimension)
		for i, x := range d.Embedding {
			if sum[i] = float64(x); math.IsNaN(sum[i]) || math.IsInf(sum[i], 0) {
				return nil, failure{reason: "a number that is not finite"}
			}
		}
		vectors[d.Index] = unit(sum)
	}
	if !e.dimension.CompareAndSwap(0, int64(dimension)) && e.Dimension() != dimension {
		return nil, failure{reason: fmt.Sprintf("a vector of %d dimensions, want %d", dimension, e.Dimension())}
	}
	return vectors, nil
}
