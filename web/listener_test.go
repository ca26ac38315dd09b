package web

import (
	"net"
	"testing"
)

// The server closes connections unheard when it has too many: they are not kept.
func TestAConnectionClosedUnheardIsForgotten(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	l := listen(inner)
	client, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	c, err := l.Accept()
	if err != nil || len(l.silent) != 1 {
		t.Fatalf("got %d silent connections, %v", len(l.silent), err)
	}
	if err := c.Close(); err != nil || len(l.silent) != 0 {
		t.Errorf("%d connections are kept, %v", len(l.silent), err)
	}
}
