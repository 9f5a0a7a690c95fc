package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secret = "sk-very-secret-1234567890"

// request is what the server was asked.
type request struct {
	Model string   `json:"model"`
	Input []string `json:"input"`
	Key   string   `json:"-"`
}

// server answers /v1/embeddings: the usual texts by itself, for others answer gets the number of the call, from 1, and
// writes whatever it likes.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	seen []request
}

func serve(t *testing.T, answer func(call int, r request, w http.ResponseWriter, from *http.Request)) *server {
	t.Helper()
	return serveUsual(t, answer, middle)
}

// serveAll leaves the usual texts to answer, too.
func serveAll(t *testing.T, answer func(r request, w http.ResponseWriter)) *server {
	t.Helper()
	return serveUsual(t, func(_ int, r request, w http.ResponseWriter, _ *http.Request) { answer(r, w) }, answer)
}

func serveUsual(t *testing.T, answer func(call int, r request, w http.ResponseWriter, from *http.Request), centre func(request, http.ResponseWriter)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, from *http.Request) {
		r := request{Key: from.Header.Get("Authorization")}
		if err := json.NewDecoder(from.Body).Decode(&r); err != nil || from.URL.Path != "/v1/embeddings" {
			t.Errorf("%s: %v", from.URL.Path, err)
		}
		if len(r.Input) > 0 && slices.ContainsFunc(usual, func(text string) bool { return strings.HasSuffix(r.Input[0], text) }) {
			centre(r, w)
			return
		}
		s.mu.Lock()
		s.seen = append(s.seen, r)
		call := len(s.seen)
		s.mu.Unlock()
		answer(call, r, w, from)
	}))
	t.Cleanup(s.Close)
	return s
}

// middle answers with vectors that have nothing in common, which leaves all others where they are.
func middle(r request, w http.ResponseWriter) {
	data := make([]map[string]any, len(r.Input))
	for i := range data {
		data[i] = map[string]any{"index": i, "embedding": []float64{0, 0, 0}}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

func (s *server) requests() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// quick is an endpoint at the server that does not wait long.
func (s *server) quick(t *testing.T, change func(*EndpointConfig)) *Endpoint {
	t.Helper()
	config := EndpointConfig{BaseURL: s.URL + "/v1/", Key: secret, Model: "m", HTTPClient: s.Client()}
	if change != nil {
		change(&config)
	}
	e, err := newEndpoint(config, pace{first: time.Millisecond, longest: 4 * time.Millisecond, rest: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// lengths answers, last text first, with (length of the text, 1, 0) × 2.
func lengths(_ int, r request, w http.ResponseWriter, _ *http.Request) {
	type vector struct {
		Index     int       `json:"index"`
		Embedding []float64 `json:"embedding"`
	}
	data := []vector{}
	for i := range slices.Backward(r.Input) {
		data = append(data, vector{i, []float64{2 * float64(len(r.Input[i])), 2, 0}})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data})
}

// nothingLeaks fails when the error repeats the key or a text.
func nothingLeaks(t *testing.T, err error) {
	t.Helper()
	for _, private := range []string{secret, "Bearer", "my private question"} {
		if strings.Contains(fmt.Sprintf("%v %+v", err, err), private) {
			t.Errorf("the error repeats %q: %v", private, err)
		}
	}
}

func TestBatchesKeepTheOrderWhateverTheServerDoes(t *testing.T) {
	s := serve(t, lengths)
	e := s.quick(t, func(c *EndpointConfig) { c.BatchSize = 3 })
	texts := []string{}
	for i := range 10 {
		texts = append(texts, strings.Repeat("x", i)) // the first one is blank
	}
	got, err := e.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got {
		if i == 0 {
			if !slices.Equal(v, []float32{0, 0, 0}) {
				t.Errorf("a blank text has %v", v)
			}
			continue
		}
		if length := cosine(v, v); math.Abs(length-1) > 1e-6 || math.Abs(float64(v[0]/v[1])-float64(i)) > 1e-4 {
			t.Errorf("vector %d is %v", i, v)
		}
	}
	if seen := s.requests(); len(seen) != 3 || len(seen[0].Input) != 3 || seen[0].Key != "Bearer "+secret {
		t.Errorf("asked %+v", seen)
	}
	if e.Space() != "m-3-c1" || e.Dimension() != 3 {
		t.Errorf("space %q, dimension %d", e.Space(), e.Dimension())
	}
}

func TestQuestionsAndPassagesAreAskedAsTheModelWants(t *testing.T) {
	s := serve(t, lengths)
	e := s.quick(t, func(c *EndpointConfig) {
		c.QuestionModel, c.QuestionPrefix, c.PassagePrefix = "m-query", "query: ", "passage: "
	})
	if _, err := e.Questions(t.Context(), []string{"\x00 a\xff"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Passages(t.Context(), []string{strings.Repeat("界", 5000)}); err != nil {
		t.Fatal(err)
	}
	seen := s.requests()
	if seen[0].Model != "m-query" || seen[0].Input[0] != "query: a" {
		t.Errorf("question asked as %+v", seen[0])
	}
	if seen[1].Model != "m" || seen[1].Input[0] != "passage: "+strings.Repeat("界", maxRunes) {
		t.Errorf("passage asked as %s, %d bytes", seen[1].Model, len(seen[1].Input[0]))
	}
	if space := e.Space(); !strings.HasPrefix(space, "m-3-c1-") {
		t.Errorf("the prefix of passages is not in the space %q", space)
	}
}

func TestAPassingFailureIsAskedAgain(t *testing.T) {
	for name, fail := range map[string]func(w http.ResponseWriter){
		"429": func(w http.ResponseWriter) { w.WriteHeader(429) }, "503": func(w http.ResponseWriter) { w.WriteHeader(503) },
		"half an answer": func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"data":[{"ind`) },
		"a hung-up line": func(w http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(call int, r request, w http.ResponseWriter, from *http.Request) {
				if call <= 2 {
					fail(w)
					return
				}
				lengths(call, r, w, from)
			})
			if _, err := s.quick(t, nil).Questions(t.Context(), []string{"a"}); err != nil || len(s.requests()) != 3 {
				t.Errorf("%d calls, %v", len(s.requests()), err)
			}
		})
	}
}

func TestALastingFailureIsNotAskedAgainAndTellsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		status  int
		body    string
		calls   int
		refused bool
	}{
		"wrong key":        {401, `{"error":{"message":"Incorrect key ` + secret + `","code":"invalid_api_key"}}`, 1, true},
		"bad request":      {400, `my private question is too long`, 1, true},
		"no such model":    {404, ``, 1, true},
		"broken":           {500, `{"error":{"message":"my private question broke ` + secret + `"}}`, 3, false},
		"a page":           {200, `<html>my private question</html>`, 1, false},
		"another shape":    {200, `{"data":"my private question"}`, 1, false},
		"nothing":          {200, `{}`, 1, false},
		"too few":          {200, `{"data":[{"index":0,"embedding":[1,2]}]}`, 1, false},
		"twice the same":   {200, `{"data":[{"index":0,"embedding":[1,2]},{"index":0,"embedding":[1,2]}]}`, 1, false},
		"out of range":     {200, `{"data":[{"index":0,"embedding":[1,2]},{"index":2,"embedding":[1,2]}]}`, 1, false},
		"no dimension":     {200, `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`, 1, false},
		"mixed dimensions": {200, `{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2,3]}]}`, 1, false},
		"an endless one":   {200, `{"data":[{"index":0,"embedding":[1,1e99]},{"index":1,"embedding":[1,2]}]}`, 1, false},
		"no number":        {200, `{"data":[{"index":0,"embedding":[1,"NaN"]},{"index":1,"embedding":[1,2]}]}`, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(_ int, _ request, w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			e := s.quick(t, nil)
			got, err := e.Questions(t.Context(), []string{"my private question", "b"})
			if got != nil || !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrRefused) != c.refused || len(s.requests()) != c.calls {
				t.Errorf("%v after %d calls: %v", got, len(s.requests()), err)
			}
			if e.Dimension() != 0 || e.Space() != "" {
				t.Errorf("a bad answer set the dimension to %d", e.Dimension())
			}
			nothingLeaks(t, err)
		})
	}
}

func TestAnotherDimensionThanBeforeIsRefused(t *testing.T) {
	s := serve(t, func(call int, r request, w http.ResponseWriter, from *http.Request) {
		if call > 1 {
			_, _ = io.WriteString(w, `{"data":[{"index":0,"embedding":[1,2]}]}`)
			return
		}
		lengths(call, r, w, from)
	})
	e := s.quick(t, nil)
	if _, err := e.Questions(t.Context(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Questions(t.Context(), []string{"a"}); !errors.Is(err, ErrUnavailable) || e.Dimension() != 3 {
		t.Errorf("dimension %d, %v", e.Dimension(), err)
	}
}

func TestAHangingServerIsGivenUp(t *testing.T) {
	s := serve(t, func(_ int, _ request, w http.ResponseWriter, from *http.Request) {
		w.WriteHeader(200)
		w.(http.Flusher).Flush()
		<-from.Context().Done()
	})
	e := s.quick(t, func(c *EndpointConfig) { c.Timeout = 300 * time.Millisecond })
	start := time.Now()
	_, err := e.Questions(t.Context(), []string{"my private question"})
	if !errors.Is(err, ErrUnavailable) || len(s.requests()) != attempts || time.Since(start) > 5*time.Second {
		t.Errorf("%d calls in %v: %v", len(s.requests()), time.Since(start), err)
	}
	nothingLeaks(t, err)

	e = s.quick(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := e.Questions(ctx, []string{"a"}); !errors.Is(err, ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's deadline: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := e.Questions(ctx, []string{"a"}); !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnavailable) {
		t.Errorf("the caller gave up: %v", err)
	}
}

func TestADeadServerIsLeftAloneForAWhile(t *testing.T) {
	var well atomic.Bool
	s := serve(t, func(call int, r request, w http.ResponseWriter, from *http.Request) {
		if !well.Load() {
			w.WriteHeader(500)
			return
		}
		lengths(call, r, w, from)
	})
	e := s.quick(t, nil)
	for range 20 {
		if _, err := e.Questions(t.Context(), []string{"a"}); !errors.Is(err, ErrUnavailable) {
			t.Fatal(err)
		}
	}
	if calls := len(s.requests()); calls > patience+10 {
		t.Errorf("%d calls to a dead server", calls)
	}
	well.Store(true)
	time.Sleep(60 * time.Millisecond)
	if _, err := e.Questions(t.Context(), []string{"a"}); err != nil {
		t.Errorf("after it came back: %v", err)
	}
}

func TestTheProgramStartsWithoutTheServer(t *testing.T) {
	var up atomic.Bool
	s := serve(t, func(call int, r request, w http.ResponseWriter, from *http.Request) {
		if !up.Load() {
			w.WriteHeader(401)
			return
		}
		lengths(call, r, w, from)
	})
	e, err := NewEndpoint(t.Context(), EndpointConfig{BaseURL: s.URL + "/v1", Key: secret + "\n", Model: "m", HTTPClient: s.Client()})
	if err != nil || e.Dimension() != 0 || e.Space() != "" {
		t.Fatalf("%v", err)
	}
	if err := e.Check(t.Context()); !errors.Is(err, ErrUnavailable) || !errors.Is(err, ErrRefused) {
		t.Errorf("check: %v", err)
	}
	up.Store(true)
	if err := e.Check(t.Context()); err != nil || e.Dimension() != 3 || e.Space() != "m-3-c1" {
		t.Errorf("dimension %d, %v", e.Dimension(), err)
	}
	if e, err = NewEndpoint(t.Context(), EndpointConfig{BaseURL: s.URL + "/v1", Model: "m", HTTPClient: s.Client()}); err != nil || e.Dimension() != 3 {
		t.Errorf("with the server up: %v", err)
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	if e, err = NewEndpoint(t.Context(), EndpointConfig{BaseURL: gone.URL, Model: "m"}); err != nil || e.Dimension() != 0 {
		t.Errorf("nobody listens: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = NewEndpoint(ctx, EndpointConfig{BaseURL: gone.URL, Model: "m"}); !errors.Is(err, context.Canceled) {
		t.Errorf("the program is stopping: %v", err)
	}
}

func TestAConfigurationThatCannotWorkIsRefused(t *testing.T) {
	for name, config := range map[string]EndpointConfig{
		"no model": {}, "no scheme": {Model: "m", BaseURL: "localhost:8901/v1"}, "no host": {Model: "m", BaseURL: "http:///v1"},
		"no address": {Model: "m", BaseURL: "http://user:" + secret + "@[::1"}, "negative": {Model: "m", BatchSize: -1}, "no time": {Model: "m", Timeout: -1},
	} {
		_, err := NewEndpoint(t.Context(), config)
		if err == nil {
			t.Errorf("%s is accepted", name)
		}
		nothingLeaks(t, err)
	}
}

func ExampleEndpoint() {
	e, err := NewEndpoint(context.Background(), EndpointConfig{BaseURL: "http://127.0.0.1:1/v1", Model: "bge-m3"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := e.Questions(context.Background(), []string{"Where is my parcel?"}); errors.Is(err, ErrUnavailable) {
		fmt.Println("search by words alone")
	}
	// Output: search by words alone
}

// Both kinds are what the knowledge asks for.
var _ = []Embedder{(*Builtin)(nil), (*Endpoint)(nil)}
