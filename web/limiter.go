package web

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// limiter counts what each address does within a time that slides. It knows at
// most maxAddresses at once: when there are more it begins anew, because memory
// must not grow with an attack.
type limiter struct {
	most  int
	every time.Duration
	now   func() time.Time

	mu     sync.Mutex
	since  time.Time
	counts map[string]int // since then
	before map[string]int // in the time before
}

// limits are those of what anybody may send.
type limits struct{ asking, looking, voting *limiter }

func newLimits() limits {
	return limits{newLimiter(maxInquiries, inquiryTime), newLimiter(maxReceipts, receiptTime), newLimiter(maxVotes, voteTime)}
}

func newLimiter(most int, every time.Duration) *limiter {
	return &limiter{most: most, every: every, now: time.Now, counts: map[string]int{}}
}

// allow counts one act of an address; false when there were too many. What is
// refused does not count, so that the limit ends by waiting.
func (l *limiter) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.slide()
	left := 1 - float64(l.now().Sub(l.since))/float64(l.every)
	if float64(l.counts[address])+float64(l.before[address])*left >= float64(l.most) {
		return false
	}
	if len(l.counts) >= maxAddresses {
		l.counts, l.before = map[string]int{}, nil
	}
	l.counts[address]++
	return true
}

// slide begins the next time when the last is over.
func (l *limiter) slide() {
	switch gone := l.now().Sub(l.since); {
	case gone < l.every:
	case gone < 2*l.every:
		l.since, l.before, l.counts = l.since.Add(l.every), l.counts, map[string]int{}
	default:
		l.since, l.before, l.counts = l.now(), nil, map[string]int{}
	}
}

// addressOf is the network address that a request comes from: what the trusted
// proxies before this server say, else who is connected. Of IPv6 it is the
// network, because a single visitor has as many addresses as they like.
func (s *Server) addressOf(c *fiber.Ctx) string {
	at, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	at = at.Unmap()
	forwarded := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(forwarded) - 1; i >= 0 && s.trusts(at); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(forwarded[i]))
		if err != nil {
			break
		}
		at = next.Unmap()
	}
	if at.Is6() {
		network, _ := at.WithZone("").Prefix(64) // always fits
		return network.String()
	}
	return at.String()
}

// trusts reports whether an address is a proxy of ours.
func (s *Server) trusts(at netip.Addr) bool {
	for _, proxy := range s.cfg.TrustedProxies {
		if network, err := netip.ParsePrefix(proxy); err == nil && network.Contains(at) {
			return true
		}
		if one, err := netip.ParseAddr(proxy); err == nil && one == at {
			return true
		}
	}
	return false
}
