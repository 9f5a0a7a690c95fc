// Package bottest is a model endpoint that follows a script: an OpenAI-compatible server for tests, which answers, fails,
// hangs and lies on command.
package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Request is one call as the server got it.
type Request struct {
	Model     string
	System    string
	User      string
	Stream    bool
	JSON      bool // a response format was asked for
	MaxTokens int  // whichever of the two fields was set
	Modern    bool // max_completion_tokens was the field that was set
	Key       string
	Number    int // of the call, from 1
}

// Script decides the answer to a call.
type Script func(Request) Answer

// Answer is what the server does with a call. The zero value is a stream that ends at once with nothing in it.
type Answer struct {
	Status     int           // an HTTP error instead of a stream
	Text       string        // streamed in pieces of a few characters
	Pause      time.Duration // before each piece
	Half       bool          // the stream breaks off in the middle of Text
	Hang       bool          // nothing comes until the client goes away
	KeepAlives int           // comment lines before the text
	Raw        string        // sent as the body, whatever it is
	Finish     string        // finish_reason; "stop" when empty
}

// Server is a running endpoint. URL is the base URL to configure, with its /v1.
type Server struct {
	URL string

	server   *httptest.Server
	stop     chan struct{}
	mu       sync.Mutex
	script   Script
	requests []Request
}

// Serve starts a server; Close ends it.
func Serve(script Script) *Server {
	s := &Server{script: script, stop: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.chat)
	mux.HandleFunc("POST /v1/embeddings", s.embeddings)
	s.server = httptest.NewServer(mux)
	s.URL = s.server.URL + "/v1"
	return s
}

// Close ends the server and every call that hangs.
func (s *Server) Close() {
	close(s.stop)
	s.server.Close()
}

// Follow changes the script.
func (s *Server) Follow(script Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// Requests returns the calls so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Calls counts the calls so far.
func (s *Server) Calls() int { return len(s.Requests()) }

type wire struct {
	Model               string          `json:"model"`
	Stream              bool            `json:"stream"`
	MaxTokens           int             `json:"max_tokens"`
	MaxCompletionTokens int             `json:"max_completion_tokens"`
	ResponseFormat      json.RawMessage `json:"response_format"`
	StreamOptions       json.RawMessage `json:"stream_options"`
	Messages            []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
}

func (s *Server) read(w http.ResponseWriter, r *http.Request) (Request, Script, bool) {
	var in wire
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&in); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return Request{}, nil, false
	}
	q := Request{Model: in.Model, Stream: in.Stream, JSON: len(in.ResponseFormat) > 0, MaxTokens: in.MaxTokens + in.MaxCompletionTokens,
		Modern: in.MaxCompletionTokens > 0, Key: strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")}
	for _, m := range in.Messages {
		if m.Role == "system" {
			q.System += m.Content
		} else {
			q.User += m.Content
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q.Number = len(s.requests) + 1
	s.requests = append(s.requests, q)
	return q, s.script, true
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	q, script, ok := s.read(w, r)
	if !ok {
		return
	}
	a := script(q)
	switch {
	case a.Hang:
		s.hang(w, r)
	case a.Status >= 300:
		// A real server repeats what it was given; whoever logs that leaks it.
		refuse(w, a.Status, "key "+q.Key+" said "+q.User)
	case a.Raw != "":
		fmt.Fprint(w, a.Raw)
	default:
		s.stream(w, r, q, a)
	}
}

func (s *Server) hang(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	select {
	case <-r.Context().Done():
	case <-s.stop:
	}
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": message, "type": "error"}})
}

// stream sends the text in small pieces, as servers do, and the count of tokens at the end.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, q Request, a Answer) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for i := range a.KeepAlives {
		fmt.Fprint(w, ": still here\n\n")
		if i%50 == 0 {
			_ = flush.Flush()
		}
	}
	pieces := split(a.Text, 7)
	if a.Half {
		pieces = pieces[:len(pieces)/2]
	}
	for _, piece := range pieces {
		if a.Pause > 0 {
			select {
			case <-time.After(a.Pause):
			case <-r.Context().Done():
				return
			case <-s.stop:
				return
			}
		}
		event(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": piece}}}})
		_ = flush.Flush()
	}
	if a.Half {
		panic(http.ErrAbortHandler)
	}
	if a.Finish == "" {
		a.Finish = "stop"
	}
	event(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": a.Finish}}})
	event(w, map[string]any{"choices": []any{}, "usage": map[string]any{"prompt_tokens": len(q.System+q.User) / 4, "completion_tokens": len(a.Text) / 4}})
	fmt.Fprint(w, "data: [DONE]\n\n")
}

func event(w http.ResponseWriter, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(err) // strings and numbers only
	}
	fmt.Fprintf(w, "data: %s\n\n", raw)
}

// split cuts a text into pieces of n code points.
func split(text string, n int) []string {
	var out []string
	runes := []rune(text)
	for len(runes) > 0 {
		k := min(n, len(runes))
		out = append(out, string(runes[:k]))
		runes = runes[k:]
	}
	return out
}
