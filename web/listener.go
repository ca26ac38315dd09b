package web

import (
	"net"
	"sync"
)

// listener knows which connections never sent a byte. Browsers open such ones ahead of
// need, and the server would count them as requests under way until readTime is over:
// a stop would wait for them instead of ending.
type listener struct {
	net.Listener
	mu      sync.Mutex
	silent  map[*connection]struct{}
	stopped bool
}

func listen(ln net.Listener) *listener {
	return &listener{Listener: ln, silent: map[*connection]struct{}{}}
}

// Accept waits for the next connection; after stop it is closed unheard.
func (l *listener) Accept() (net.Conn, error) {
	inner, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &connection{Conn: inner, of: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopped {
		_ = inner.Close() // nobody has asked anything yet
		return c, nil
	}
	l.silent[c] = struct{}{}
	return c, nil
}

// stop closes the silent connections, and those that still come.
func (l *listener) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = true
	for c := range l.silent {
		_ = c.Conn.Close() // nobody has asked anything yet
	}
	clear(l.silent)
}

// forget takes a connection off the silent ones.
func (l *listener) forget(c *connection) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.silent, c)
}

// connection tells its listener when the first byte has come, or none will.
type connection struct {
	net.Conn
	of    *listener
	heard bool // only the reading goroutine touches it
}

// Read reads from the network.
func (c *connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.heard {
		c.heard = true
		c.of.forget(c)
	}
	return n, err
}

// Close ends it, also unheard: the server does so when it has too many.
func (c *connection) Close() error {
	c.of.forget(c)
	return c.Conn.Close()
}
