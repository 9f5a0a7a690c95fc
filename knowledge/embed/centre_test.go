package embed

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// alike answers as models do that find everything alike: every vector is mostly the same, and a little of its own.
func alike(r request, w http.ResponseWriter) {
	data := make([]map[string]any, len(r.Input))
	for i, text := range r.Input {
		vector := []float64{9, 9, 9, 0, 0, 0}
		switch {
		case strings.Contains(text, "parcel"):
			vector[3] = 4
		case strings.Contains(text, "wool"):
			vector[4] = 4
		default:
			vector[3+len(text)%3] = 4
		}
		data[i] = map[string]any{"index": i, "embedding": vector}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

func TestWhatAllTextsHaveInCommonDoesNotCount(t *testing.T) {
	calls := 0
	s := serveAll(t, func(r request, w http.ResponseWriter) { calls++; alike(r, w) })
	e := s.quick(t, nil)
	got, err := e.Passages(t.Context(), []string{"my parcel", "a parcel", "wool", "sugar"})
	if err != nil {
		t.Fatal(err)
	}
	if same, other := cosine(got[0], got[1]), cosine(got[0], got[2]); same < 0.99 || other > 0.2 {
		t.Errorf("the same %.2f, another %.2f", same, other)
	}
	before := calls
	if _, err := e.Questions(t.Context(), []string{"my parcel"}); err != nil || calls != before+1 {
		t.Errorf("%d more calls for a question, %v", calls-before, err)
	}
}

func TestSlowPassagesLeaveQuestionsAlone(t *testing.T) {
	s := serveAll(t, func(r request, w http.ResponseWriter) {
		if strings.HasPrefix(r.Input[0], "passage: ") {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		alike(r, w)
	})
	e := s.quick(t, func(c *EndpointConfig) { c.PassagePrefix, c.Timeout = "passage: ", 100*time.Millisecond })
	for range patience + 1 {
		if _, err := e.Passages(t.Context(), []string{"wool"}); err == nil {
			t.Fatal("passages were embedded")
		}
	}
	if _, err := e.Questions(t.Context(), []string{"wool"}); err != nil {
		t.Errorf("questions rest along with passages: %v", err)
	}
}
