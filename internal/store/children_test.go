package store_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// The test binary runs itself as another process that does one of these.
var childWork = map[string]func(db *store.DB){
	"write": childWrites,
	"open":  func(*store.DB) {},
}

func TestMain(m *testing.M) {
	work, dsn, child := strings.Cut(os.Getenv("STORE_TEST_CHILD"), " ")
	if !child {
		os.Exit(m.Run())
	}
	db, err := store.Open(ctx, dsn)
	if err == nil {
		childWork[work](db)
		err = db.Close()
	}
	if err != nil {
		fmt.Println("child:", err)
		os.Exit(1)
	}
}

// childWrites prints each id after its write was acknowledged, until killed.
func childWrites(db *store.DB) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	end := time.Now().Add(20 * time.Second)
	for range 8 {
		wg.Go(func() {
			for time.Now().Before(end) {
				id := ""
				err := db.Write(ctx, func(tx *store.Tx) error {
					id = tx.NewID()
					if err := tx.Changed("guide", id, "an"); err != nil {
						return err
					}
					return audit(id)(tx)
				})
				if err != nil {
					id = "child: " + err.Error()
				}
				mu.Lock()
				os.Stdout.WriteString(id + "\n")
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func child(t *testing.T, work, dsn string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORE_TEST_CHILD="+work+" "+dsn)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestAnAcknowledgedWriteSurvivesAKill(t *testing.T) {
	dsn := storetest.DSN(t)
	acknowledged := map[string]bool{}
	for round := range 5 {
		before := len(acknowledged)
		killed(t, dsn, acknowledged)
		if len(acknowledged) == before {
			t.Errorf("round %d: the child wrote nothing", round)
		}
		wantAll(t, dsn, acknowledged)
	}
}

// killed runs a child, kills it at some moment and notes what it acknowledged.
func killed(t *testing.T, dsn string, acknowledged map[string]bool) {
	t.Helper()
	cmd := child(t, "write", dsn)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // what has no end of line was not printed whole
		}
		if first {
			time.AfterFunc(rand.N(250*time.Millisecond), func() { cmd.Process.Kill() })
		}
		if strings.HasPrefix(line, "child: ") {
			t.Errorf("got %s", line)
		}
		acknowledged[strings.TrimSpace(line)] = true
	}
	cmd.Wait()
}

func wantAll(t *testing.T, dsn string, acknowledged map[string]bool) {
	t.Helper()
	db := reopen(t, dsn)
	defer db.Close()
	var ids []string
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		ids, err = store.Collect(tx, func(scan func(...any) error) (id string, err error) {
			return id, scan(&id)
		}, `SELECT object_id FROM audit`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]bool{}
	for _, id := range ids {
		stored[id] = true
	}
	for id := range acknowledged {
		if !stored[id] {
			t.Errorf("acknowledged write %s is lost", id)
		}
	}
	if n := number(t, db, `SELECT count(*) FROM changes`); n != int64(len(stored)) {
		t.Errorf("got %d changes of %d writes, want no half write", n, len(stored))
	}
	wantIntegrity(t, db)
}

func wantIntegrity(t *testing.T, db *store.DB) {
	t.Helper()
	if db.Engine() != store.SQLite {
		return
	}
	var got string
	err := db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(`PRAGMA integrity_check`).Scan(&got) })
	if err != nil || got != "ok" {
		t.Errorf("got integrity %s, %v, want ok", got, err)
	}
}

// freshDSN is the address of a database without any schema yet.
func freshDSN(t *testing.T) string {
	if os.Getenv("TEST_POSTGRES") != "" {
		return storetest.DSN(t)
	}
	return filepath.Join(t.TempDir(), "new", "sotay.db")
}

func TestManyProcessesMayOpenANewDatabaseAtOnce(t *testing.T) {
	dsn := freshDSN(t)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if out, err := child(t, "open", dsn).Output(); err != nil {
				t.Errorf("child: %v: %s", err, out)
			}
		})
	}
	wg.Wait()
	if n := number(t, reopen(t, dsn), `SELECT count(*) FROM counter`); n != 1 {
		t.Errorf("got %d counters, want 1", n)
	}
}

func TestTwoProcessesMayWriteOneDatabase(t *testing.T) {
	dsn := storetest.DSN(t)
	db := reopen(t, dsn)
	other := reopen(t, dsn)
	var wg sync.WaitGroup
	for _, d := range []*store.DB{db, other} {
		for range 4 {
			wg.Go(func() {
				for range 25 {
					write(t, d, func(tx *store.Tx) error { return tx.Changed("guide", "g", "an") })
				}
			})
		}
	}
	wg.Wait()
	if last, err := db.LastChange(ctx); err != nil || last != 200 {
		t.Errorf("got change %d, %v, want 200", last, err)
	}
}
