package bottest

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"net/http"
	"strings"
)

const dimension = 64

// embeddings answers with vectors of hashed words: equal texts have equal vectors. The script is asked first, for its
// failures only.
func (s *Server) embeddings(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Input []string `json:"input"`
		Model string   `json:"model"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4<<20)).Decode(&in); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	s.mu.Lock()
	script := s.script
	s.mu.Unlock()
	switch a := script(Request{Model: in.Model}); {
	case a.Hang:
		s.hang(w, r)
		return
	case a.Status >= 300:
		refuse(w, a.Status, "no vectors")
		return
	}
	data := make([]any, len(in.Input))
	for i, text := range in.Input {
		data[i] = map[string]any{"object": "embedding", "index": i, "embedding": vector(text)}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "model": in.Model, "data": data})
}

func vector(text string) []float64 {
	v := make([]float64, dimension)
	for _, word := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(word))
		v[h.Sum32()%dimension]++
	}
	sum := 1e-9
	for _, x := range v {
		sum += x * x
	}
	for i := range v {
		v[i] /= math.Sqrt(sum)
	}
	return v
}
