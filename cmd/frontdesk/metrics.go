package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are the process's own figures, for Prometheus. They name no shop and no person.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(pool *pgxpool.Pool) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "frontdesk_http_request_seconds", Help: "Time of requests by method, route and status class.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 11),
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.requests,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "frontdesk_database_connections_in_use", Help: "Connections of the pool in use."},
			func() float64 { return float64(pool.Stat().AcquiredConns()) }),
		queue{pool})
	return m
}

// queue are the figures of what waits to be done, asked when they are scraped.
type queue struct{ pool *pgxpool.Pool }

var (
	jobsDesc = prometheus.NewDesc("frontdesk_jobs", "Jobs by kind and state.", []string{"kind", "state"}, nil)
	turnDesc = prometheus.NewDesc("frontdesk_oldest_turn_seconds", "For how long the shopper who waits longest has waited for the bot; 0 while nobody does.", nil, nil)
)

// Describe implements prometheus.Collector.
func (queue) Describe(ch chan<- *prometheus.Desc) {
	ch <- jobsDesc
	ch <- turnDesc
}

// Collect implements prometheus.Collector.
func (q queue) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	q.jobs(ctx, ch)
	var waited float64
	err := q.pool.QueryRow(ctx, `
		select coalesce(extract(epoch from max(now() - turn_since)), 0)::float8 from conversations where holder = 'bot' and turn_since is not null`).Scan(&waited)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(turnDesc, err)
		return
	}
	ch <- prometheus.MustNewConstMetric(turnDesc, prometheus.GaugeValue, waited)
}

func (q queue) jobs(ctx context.Context, ch chan<- prometheus.Metric) {
	rows, err := q.pool.Query(ctx, `select kind, state::text, count(*) from river_job where state not in ('completed', 'cancelled') group by 1, 2`)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(jobsDesc, err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var kind, state string
		var n float64
		if err := rows.Scan(&kind, &state, &n); err != nil {
			ch <- prometheus.NewInvalidMetric(jobsDesc, err)
			return
		}
		ch <- prometheus.MustNewConstMetric(jobsDesc, prometheus.GaugeValue, n, kind, state)
	}
}
