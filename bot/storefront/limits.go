package storefront

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate lets each key through so many times a second. It lives in one process: with several, each lets that many through.
type gate struct {
	mu      sync.Mutex
	rate    rate.Limit
	burst   int
	buckets map[string]*bucket
}

type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

// maxBuckets bounds the memory that made-up keys can take.
const maxBuckets = 20_000

func newGate(perSecond float64, burst int, defaultRate float64, defaultBurst int) *gate {
	if perSecond <= 0 {
		perSecond = defaultRate
	}
	if burst <= 0 {
		burst = defaultBurst
	}
	return &gate{rate: rate.Limit(perSecond), burst: burst, buckets: map[string]*bucket{}}
}

// pass returns a refusal with Retry-After when the key has used up its share.
func (g *gate) pass(key string) error {
	now := time.Now()
	g.mu.Lock()
	b, ok := g.buckets[key]
	if !ok {
		if len(g.buckets) >= maxBuckets {
			g.forget(now)
		}
		b = &bucket{limiter: rate.NewLimiter(g.rate, g.burst)}
		g.buckets[key] = b
	}
	b.used = now
	g.mu.Unlock()
	if b.limiter.AllowN(now, 1) {
		return nil
	}
	return &refusal{status: 429, detail: "too many requests", retry: max(time.Second, time.Duration(float64(time.Second)/float64(g.rate)))}
}

// forget drops the keys whose share is full again; when none is, every key, which is generous once.
func (g *gate) forget(now time.Time) {
	full := time.Duration(float64(g.burst) / float64(g.rate) * float64(time.Second))
	for key, b := range g.buckets {
		if now.Sub(b.used) > full {
			delete(g.buckets, key)
		}
	}
	if len(g.buckets) >= maxBuckets {
		clear(g.buckets)
	}
}

// streams counts the open event streams of each visitor.
type streams struct {
	mu   sync.Mutex
	max  int
	open map[string]int
}

func newStreams(max int) *streams { return &streams{max: max, open: map[string]int{}} }

func (s *streams) enter(key string) (leave func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[key] >= s.max {
		return nil, &refusal{status: 429, detail: "too many streams are open", retry: 5 * time.Second}
	}
	s.open[key]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[key]--; s.open[key] == 0 {
			delete(s.open, key)
		}
	}, nil
}
