package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// packed keeps compressed pages by what they hold: a page that is the same bytes
// for everybody is compressed once.
type packed struct {
	mu    sync.Mutex
	pages map[[sha256.Size]byte][]byte
}

// leastPacked is the size below which packing gains nothing.
const leastPacked = 600

// pack gives a finished answer its validator and compresses it.
func (s *Server) pack(c *fiber.Ctx) {
	if len(c.Response().Header.Peek(fiber.HeaderContentEncoding)) > 0 || !isText(string(c.Response().Header.ContentType())) {
		return
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	body := c.Response().Body()
	sum := sha256.Sum256(body)
	shared := s.isShared(c)
	if shared && unchanged(c, sum) {
		c.Status(fiber.StatusNotModified).Response().ResetBody()
		return
	}
	if len(body) < leastPacked || !takesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		return
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	if !shared {
		c.Response().SetBodyRaw(squeeze(body))
		return
	}
	c.Response().SetBodyRaw(s.packed.get(sum, body))
}

func isText(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, fiber.MIMEApplicationJSON) || strings.HasPrefix(kind, fiber.MIMEApplicationXML) || strings.HasPrefix(kind, atomType)
}

// isShared reports whether an answer is one that anybody may get.
func (s *Server) isShared(c *fiber.Ctx) bool {
	return c.Response().StatusCode() == fiber.StatusOK && isSafe(c) && string(c.Response().Header.Peek(fiber.HeaderCacheControl)) != noStore
}

// unchanged sets the validator and reports whether the visitor has this page.
// It is a weak one, because the page may travel compressed or not.
func unchanged(c *fiber.Ctx, sum [sha256.Size]byte) bool {
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	c.Set(fiber.HeaderETag, "W/"+tag)
	for _, known := range strings.Split(c.Get(fiber.HeaderIfNoneMatch), ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == tag {
			return true
		}
	}
	return false
}

// get gives the compressed page, from memory when it is there. When memory is
// full it starts anew: what is read often is back at once.
func (p *packed) get(sum [sha256.Size]byte, body []byte) []byte {
	p.mu.Lock()
	kept := p.pages[sum]
	p.mu.Unlock()
	if kept != nil {
		return kept
	}
	small := squeeze(body)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pages == nil || len(p.pages) >= maxPacked {
		p.pages = map[[sha256.Size]byte][]byte{}
	}
	p.pages[sum] = small
	return small
}

var squeezers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// squeeze compresses with gzip.
func squeeze(body []byte) []byte {
	var out bytes.Buffer
	w := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(w)
	w.Reset(&out)
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}
