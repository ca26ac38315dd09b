package search_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/internal/viet"
	"sotay/search"
)

// logged runs a log over a database, tells it something and stops it.
func logged(t *testing.T, db *store.DB, tell func(l *search.Log)) *search.Log {
	t.Helper()
	l := search.NewLog(db)
	tell(l)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return l
}

// kept is everything that the log holds, a line a row.
func kept(t *testing.T, db *store.DB) string {
	t.Helper()
	var lines []string
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		searches, err := store.Collect(tx, func(scan func(...any) error) (string, error) {
			var day, query string
			var asked, hits, clicks int
			err := scan(&day, &query, &asked, &hits, &clicks)
			return fmt.Sprintf("%s %s: asked %d, hits %d, clicks %d", day, query, asked, hits, clicks), err
		}, `SELECT day, query, asked, hits, clicks FROM searches ORDER BY day, query`)
		if err != nil {
			return err
		}
		clicks, err := store.Collect(tx, func(scan func(...any) error) (string, error) {
			var day, query, hit string
			var clicks int
			err := scan(&day, &query, &hit, &clicks)
			return fmt.Sprintf("%s %s > %s: %d", day, query, hit, clicks), err
		}, `SELECT day, query, hit, clicks FROM search_clicks ORDER BY day, query, hit`)
		lines = append(searches, clicks...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func setDay(db *store.DB, n int) {
	db.SetClock(func() time.Time { return storetest.Start.AddDate(0, 0, n) })
}

func TestSearchesAreAddedUpByDayAndFoldedQuery(t *testing.T) {
	db := storetest.Open(t)
	logged(t, db, func(l *search.Log) {
		l.Asked("Hòm phiếu", 7)
		l.Asked("hom  phieu?", 9)
		l.Asked("gọi 0987 654 321", 0)
		l.Asked("0987654321", 0)
		l.Clicked("HÒM PHIẾU", "guide:1#a")
		l.Clicked("hòm phiếu", "guide:1#a")
		l.Clicked("hom phieu", "law:85-2015-qh13#dieu-69")
		l.Clicked("không ai hỏi", "guide:1#a")
		for _, hit := range []string{"", "guide:", "person:1", "guide:1  2", "guide:<b>", "guide:" + strings.Repeat("a", 200)} {
			l.Clicked("hom phieu", hit)
		}
	})
	want := `2026-03-02 goi: asked 1, hits 0, clicks 0
2026-03-02 hom phieu: asked 2, hits 9, clicks 3
2026-03-02 hom phieu > guide:1#a: 2
2026-03-02 hom phieu > law:85-2015-qh13#dieu-69: 1`
	if got := kept(t, db); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	setDay(db, 1)
	logged(t, db, func(l *search.Log) {
		l.Clicked("hòm phiếu", "guide:1#a") // asked before midnight
		l.Asked("gọi", 4)
		l.Clicked("gọi", "quiz:q1")
	})
	want = `2026-03-02 goi: asked 1, hits 0, clicks 0
2026-03-02 hom phieu: asked 2, hits 9, clicks 4
2026-03-03 goi: asked 1, hits 4, clicks 1
2026-03-02 hom phieu > guide:1#a: 3
2026-03-02 hom phieu > law:85-2015-qh13#dieu-69: 1
2026-03-03 goi > quiz:q1: 1`
	if got := kept(t, db); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	storetest.CheckTypes(t, db)
	if n, err := db.LastChange(t.Context()); n != 0 || err != nil {
		t.Errorf("the query log wrote %d changes, %v", n, err)
	}
}

func TestEveryHitMayBeClicked(t *testing.T) {
	index, db := seeded(t), storetest.Open(t)
	want := map[string]bool{}
	logged(t, db, func(l *search.Log) {
		l.Asked("x", 1)
		for _, q := range []string{"hòm phiếu", "luật bầu cử", "điều 69", "thẻ cử tri"} {
			for _, kind := range []string{search.KindGuide, search.KindAnswer, search.KindLaw, search.KindPlan, search.KindQuiz} {
				result, err := index.Search(t.Context(), search.Query{Text: q, Filter: search.Filter{Kinds: []string{kind}}, Limit: 10})
				if err != nil {
					t.Fatal(err)
				}
				for _, hit := range result.Hits {
					want[hit.ID] = true
					l.Clicked("x", hit.ID)
				}
			}
		}
	})
	got := kept(t, db)
	for id := range want {
		if !strings.Contains(got, "> "+id+": ") {
			t.Errorf("the click on %s is not stored", id)
		}
	}
	if len(want) < 30 {
		t.Fatalf("only %d hits: the test is blind", len(want))
	}
}

func TestAFullLogDropsAndNeverBlocks(t *testing.T) {
	db := storetest.Open(t)
	const askers, each = 16, 1000
	logged(t, db, func(l *search.Log) {
		done := make(chan struct{})
		go func() {
			var all sync.WaitGroup
			for range askers {
				all.Go(func() {
					for range each {
						l.Asked("hòm phiếu", 1)
						l.Clicked("hòm phiếu", "guide:1#a")
					}
				})
			}
			all.Wait()
			close(done)
		}()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatal("asking blocks although nothing reads")
		}
	})
	got := kept(t, db)
	var asked, clicks int
	if _, err := fmt.Sscanf(got, "2026-03-02 hom phieu: asked %d, hits 1, clicks %d", &asked, &clicks); err != nil || asked+clicks != 1024 {
		t.Errorf("got %s (%v), want 1024 of %d kept", got, err, 2*askers*each)
	}
}

func TestARunningLogStoresWhatManyAsk(t *testing.T) {
	db := storetest.Open(t)
	l := search.NewLog(db)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 100 {
				l.Asked(fmt.Sprintf("câu %d %c", i, 'a'+n%26), n)
			}
		})
	}
	all.Wait()
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, line := range strings.Split(kept(t, db), "\n") {
		_, rest, _ := strings.Cut(line, "asked ")
		var n int
		fmt.Sscanf(rest, "%d", &n)
		sum += n
	}
	if sum != 800 {
		t.Errorf("got %d searches, want 800", sum)
	}
}

func TestTwoNodesStoreOneLog(t *testing.T) {
	db := storetest.Open(t)
	var nodes sync.WaitGroup
	for range 4 {
		nodes.Go(func() {
			logged(t, db, func(l *search.Log) {
				for n := range 200 {
					l.Asked(fmt.Sprintf("câu %d", n), 1)
				}
			})
		})
	}
	nodes.Wait()
	if got := kept(t, db); strings.Count(got, "asked 4,") != 200 {
		t.Errorf("got\n%s", got)
	}
}

func TestOldSearchesAreForgotten(t *testing.T) {
	db := storetest.Open(t)
	for _, day := range []int{-search.LogDays - 1, -search.LogDays, 0} {
		setDay(db, day)
		logged(t, db, func(l *search.Log) {
			l.Asked("hòm phiếu", 1)
			l.Clicked("hòm phiếu", "guide:1#a")
		})
	}
	l := search.NewLog(db)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	for deadline := time.Now().Add(10 * time.Second); strings.Count(kept(t, db), "\n") != 3; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("got\n%s", kept(t, db))
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := kept(t, db); strings.Contains(got, string(viet.DateOf(storetest.Start).AddDays(-search.LogDays-1))) {
		t.Errorf("got\n%s", got)
	}
}

func TestALogWithoutDatabaseSaysSo(t *testing.T) {
	db := storetest.Open(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	l := search.NewLog(db)
	l.Asked("hòm phiếu", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Run(ctx); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the database's error", err)
	}
}

func TestGapsTellWhatReadersDoNotGet(t *testing.T) {
	db := storetest.Open(t)
	ask := func(l *search.Log, query string, total, times int) {
		for range times {
			l.Asked(query, total)
		}
	}
	setDay(db, -10)
	logged(t, db, func(l *search.Log) {
		ask(l, "quá cũ", 0, 50)
	})
	setDay(db, -1)
	logged(t, db, func(l *search.Log) {
		ask(l, "máy bay không người lái", 0, 3)
		ask(l, "đã bổ sung", 0, 4)
		ask(l, "thẻ cử tri", 9, 2)
	})
	setDay(db, 0)
	l := logged(t, db, func(l *search.Log) {
		ask(l, "dùng máy bay không người lái", 0, 2)
		ask(l, "đã bổ sung", 2, 1)
		l.Clicked("đã bổ sung", "guide:1#a")
		ask(l, "thẻ cử tri", 8, 1)
		ask(l, "hòm phiếu", 8, 2)
	})
	got, err := l.Gaps(t.Context(), "2026-03-01", 10)
	if err != nil {
		t.Fatal(err)
	}
	want := search.Gaps{
		Nothing: []search.Cluster{{Query: "may bay khong nguoi lai", Others: []string{"dung may bay khong nguoi lai"}, Asked: 5}},
		Most: []search.Search{
			{Query: "da bo sung", Asked: 5, Hits: 2, Clicks: 1}, {Query: "may bay khong nguoi lai", Asked: 3}, {Query: "the cu tri", Asked: 3, Hits: 8},
			{Query: "dung may bay khong nguoi lai", Asked: 2}, {Query: "hom phieu", Asked: 2, Hits: 8},
		},
		Unclicked: []search.Search{{Query: "the cu tri", Asked: 3, Hits: 8}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got, err = l.Gaps(t.Context(), "2026-02-01", 1); err != nil || len(got.Most) != 1 || got.Most[0].Query != "qua cu" || len(got.Nothing) != 1 || got.Nothing[0].Asked != 50 {
		t.Errorf("since February: got %+v, %v", got, err)
	}
	if got, err = l.Gaps(t.Context(), "2026-04-01", 10); err != nil || len(got.Most)+len(got.Nothing)+len(got.Unclicked) != 0 {
		t.Errorf("in the future: got %+v, %v", got, err)
	}
}

func TestADismissedGapComesBackWhenItIsAskedAgain(t *testing.T) {
	db := storetest.Open(t)
	l := logged(t, db, func(l *search.Log) {
		l.Asked("máy bay không người lái", 0)
		l.Asked("dùng máy bay không người lái", 0)
		l.Asked("tiêm chủng", 0)
	})
	nothing := func(want string) {
		t.Helper()
		g, err := l.Gaps(t.Context(), "2026-02-01", 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range g.Nothing {
			got = append(got, c.Query)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	nothing("dung may bay khong nguoi lai, tiem chung")
	for range 2 {
		if err := l.Dismiss(t.Context(), "Máy bay không người lái?", "an"); err != nil {
			t.Fatal(err)
		}
	}
	nothing("tiem chung")
	setDay(db, 1)
	logged(t, db, func(l *search.Log) { l.Asked("máy bay không người lái", 0) })
	nothing("may bay khong nguoi lai, tiem chung")
	if err := l.Dismiss(t.Context(), "máy bay không người lái", "an"); err != nil {
		t.Fatal(err)
	}
	nothing("tiem chung")
	if err := l.Dismiss(t.Context(), " ?! ", "an"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v, want Invalid", err)
	}
	storetest.CheckTypes(t, db)
}
