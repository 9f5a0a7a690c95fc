package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

const (
	maxAnswer = 32 << 10 // bytes of text; a reply has a few hundred
	maxStream = 4 << 20  // bytes on the wire
)

// fault is what went wrong with a call, in our words: a server's own may repeat a key or a prompt.
type fault struct {
	reason  string
	passing bool // asking again may help
	refused bool // the server understood and said no
	started bool // something was streamed before
	cut     bool // the answer reached its limit
}

func (f fault) Error() string { return f.reason }

func (f fault) again() bool          { return f.passing && !f.started }
func (f fault) theirs() bool         { return true }
func (f fault) refusedOptions() bool { return f.refused && f.reason == badRequest }

func isFault(err error, is func(fault) bool) bool {
	var f fault
	return errors.As(err, &f) && is(f)
}

// try makes one call and reads its stream to the end.
func (e *Endpoint) try(ctx context.Context, p Prompt, plain bool, delta func(string)) (Completion, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slow := fault{reason: fmt.Sprintf("no word within %v", e.limits.firstToken)}
	first := time.AfterFunc(e.limits.firstToken, func() { cancel(slow) })
	defer first.Stop()
	c, err := e.read(ctx, p, plain, func(piece string) {
		first.Stop()
		if delta != nil {
			delta(piece)
		}
	})
	if err != nil && errors.Is(context.Cause(ctx), slow) {
		return c, slow
	}
	return c, err
}

func (e *Endpoint) read(ctx context.Context, p Prompt, plain bool, delta func(string)) (c Completion, err error) {
	stream, err := e.client.CreateChatCompletionStream(ctx, e.request(p, plain))
	if err != nil {
		return c, explain(err, false)
	}
	defer stream.Close()
	var text strings.Builder
	finish := openai.FinishReason("")
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, explain(err, text.Len() > 0)
		}
		if chunk.Usage != nil {
			c.PromptTokens, c.CompletionTokens = chunk.Usage.PromptTokens, chunk.Usage.CompletionTokens
		}
		if len(chunk.Choices) == 0 {
			continue
		}
		if piece := chunk.Choices[0].Delta.Content; piece != "" {
			text.WriteString(piece)
			delta(piece)
		}
		if text.Len() > maxAnswer {
			return c, fault{reason: "the answer has no end", started: true}
		}
		if r := chunk.Choices[0].FinishReason; r != "" && r != openai.FinishReasonNull {
			finish = r
		}
	}
	c.Text = text.String()
	if c.PromptTokens == 0 {
		c.PromptTokens = tokensOf(p.System + p.User)
	}
	if c.CompletionTokens == 0 {
		c.CompletionTokens = tokensOf(c.Text)
	}
	return c, ended(c.Text, finish)
}

// ended says whether an answer came to its proper end.
func ended(text string, finish openai.FinishReason) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fault{reason: "an empty answer", passing: finish == ""}
	case finish == "":
		return fault{reason: "the answer broke off", started: true}
	case finish == openai.FinishReasonLength:
		return fault{reason: "the answer was cut at its limit", started: true, cut: true}
	case finish != openai.FinishReasonStop:
		return fault{reason: "the answer was not finished", started: true}
	}
	return nil
}

var badRequest = http.StatusText(http.StatusBadRequest)

// explain turns an error of the client into a fault. What the context did stays what it is.
func explain(err error, started bool) error {
	var api *openai.APIError
	var request *openai.RequestError
	var transport *url.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault{reason: "the call was given up", started: started}
	case errors.As(err, &api) && api.HTTPStatusCode != 0:
		return status(api.HTTPStatusCode)
	case errors.As(err, &request):
		return status(request.HTTPStatusCode)
	case errors.As(err, &transport):
		return fault{reason: "the server cannot be reached", passing: true, started: started}
	case errors.Is(err, openai.ErrTooManyEmptyStreamMessages):
		return fault{reason: "a stream with nothing in it", started: true}
	}
	return fault{reason: "the answer broke off", passing: true, started: started}
}

func status(code int) error {
	passing := code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout
	if code == http.StatusBadRequest || code == http.StatusUnprocessableEntity {
		return fault{reason: badRequest, refused: true}
	}
	return fault{reason: fmt.Sprintf("status %d %s", code, http.StatusText(code)), passing: passing, refused: !passing}
}

// bounded ends a response that is larger than any answer.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	if err == nil {
		resp.Body = &boundedBody{resp.Body, maxStream}
	}
	return resp, err
}

type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("a response without end")
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// tokensOf guesses how many tokens a text has: about one for a Chinese character, one for three and a half others.
func tokensOf(text string) int {
	wide, narrow := 0, 0
	for _, r := range text {
		if r >= 0x2E80 {
			wide++
		} else {
			narrow++
		}
	}
	return wide + narrow*2/7 + 1
}
