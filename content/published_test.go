package content

import (
	"context"
	"sync"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// Reading all that is published takes a second: editors who ask at once share it.
func TestWhatTextsAreComparedWithIsReadOnceForAll(t *testing.T) {
	lib := New(storetest.Filled(t, "seeded", func(db *store.DB) error { return New(db).Seed(context.Background(), "operator") }))
	got := make([]*published, 4)
	var asking sync.WaitGroup
	for i := range got {
		asking.Go(func() {
			var err error
			if got[i], err = lib.published(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	asking.Wait()
	for _, known := range got {
		if known != got[0] {
			t.Error("somebody read anew what another was reading")
		}
	}
	terms, err := lib.Terms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.TakeDown(t.Context(), KindTerm, terms[0].ID, "sai", "duyet"); err != nil {
		t.Fatal(err)
	}
	if after, err := lib.published(t.Context()); err != nil || after == got[0] {
		t.Errorf("a term was taken down, and nothing was read anew: %v", err)
	}
}
