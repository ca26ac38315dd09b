package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// showHealth says that the process answers.
func (s *Server) showHealth(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, noStore)
	return c.SendString("ok\n")
}

// showReady says whether database and search index are open.
func (s *Server) showReady(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, noStore)
	if err := s.rooms.Healthy(c.UserContext()); err != nil {
		s.log.Warn("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("database does not answer\n")
	}
	if !s.rooms.Index.Ready() {
		return c.Status(fiber.StatusServiceUnavailable).SendString("search index is being prepared\n")
	}
	return c.SendString("ready\n")
}

// metrics are what the site counts.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	handle   fiber.Handler
}

func newMetrics() metrics {
	m := metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "portal_requests_total", Help: "Requests answered."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "portal_request_seconds", Help: "Time to answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handle = adaptor.HTTPHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true}))
	return m
}

// count notes one request under its route's pattern, never its path: paths are
// without number.
func (m metrics) count(c *fiber.Ctx, status int, took time.Duration) {
	pattern, _ := c.Locals(localRoute).(string)
	if pattern == "" {
		pattern = "none"
	}
	m.requests.WithLabelValues(c.Method(), pattern, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(pattern).Observe(took.Seconds())
}

func (s *Server) showMetrics(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, noStore)
	return s.metrics.handle(c)
}
