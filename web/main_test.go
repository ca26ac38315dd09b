package web_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
)

// TestMain ends the site that tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	for i := len(lasting.cleanups) - 1; i >= 0; i-- {
		lasting.cleanups[i]()
	}
	if lasting.failed {
		code = 1
	}
	os.Exit(code)
}

// run stands for all tests together: what is built with it lasts to their end.
type run struct {
	testing.TB
	cleanups []func()
	failed   bool
}

var lasting = &run{}

func (r *run) Helper()                  {}
func (r *run) Context() context.Context { return context.Background() }
func (r *run) Name() string             { return "shared" }
func (r *run) Cleanup(f func())         { r.cleanups = append(r.cleanups, f) }

func (r *run) Fatal(args ...any)                 { panic(fmt.Sprint(args...)) }
func (r *run) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (r *run) Errorf(format string, args ...any) {
	r.failed = true
	fmt.Printf(format+"\n", args...)
}

func (r *run) TempDir() string {
	dir, err := os.MkdirTemp("", "web")
	if err != nil {
		panic(err)
	}
	r.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

var sharedSite = sync.OnceValue(func() *site { return newSite(lasting) })

// readSite is one site for all tests that only read.
func readSite(t testing.TB) *site {
	t.Helper()
	return sharedSite()
}
