package storefront

import (
	"net/netip"
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

// uploads bounds the images that are on their way: what one network address sends in an hour, what it sends at once, and what
// all send at once, because each is held in memory until it is decoded.
type uploads struct {
	addresses *gate
	each      *streams
	room      chan struct{}
}

const (
	uploadsAtOnce     = 16 // of all, of 5 MB each
	uploadsOfOne      = 3
	uploadRetry       = 5 * time.Second
	defaultImageRate  = 1.0 / 60
	defaultImageBurst = 40
)

func newUploads(perSecond float64, burst int) *uploads {
	return &uploads{addresses: newGate(perSecond, burst, defaultImageRate, defaultImageBurst), each: newStreams(uploadsOfOne), room: make(chan struct{}, uploadsAtOnce)}
}

// enter admits an upload from a network address, or returns a refusal that says when to come back.
func (u *uploads) enter(address string) (leave func(), err error) {
	address = network(address)
	out, err := u.each.enter(address)
	if err != nil {
		return nil, err
	}
	select {
	case u.room <- struct{}{}:
	default:
		out()
		return nil, &refusal{status: 429, detail: "too many uploads at once", retry: uploadRetry}
	}
	leave = func() { <-u.room; out() }
	if err := u.addresses.pass(address); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

// network is what one household has of addresses: an IPv4 address, or the 64 bits before an IPv6 host's own.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
