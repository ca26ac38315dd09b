package content_test

import (
	"testing"

	"sotay/content"
	"sotay/internal/store"
)

func TestANewerRendererRendersEverythingAgain(t *testing.T) {
	lib, db := seeded(t)
	before, err := lib.Guide(t.Context(), "kiem-phieu")
	if err != nil {
		t.Fatal(err)
	}
	citing := func() int {
		t.Helper()
		list, err := lib.Citing(t.Context(), "luat-85-2015", "dieu-69")
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	cited := citing()
	var stored int64
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		stored, err = tx.Exec(`UPDATE bodies SET renderer = $1, body = $2`, int64(content.RendererVersion-1), `{"Parts":[{"Kind":"html","HTML":"cũ"}]}`)
		if err == nil {
			_, err = tx.Exec(`DELETE FROM citations WHERE kind <> 'question'`)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if old, err := lib.Guide(t.Context(), "kiem-phieu"); err != nil || old.Body.Parts[0].HTML != "cũ" {
		t.Fatalf("readers should see the old text until the new one stands: %v", err)
	}
	last, err := db.LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n, err := lib.Rerender(t.Context())
	if err != nil || int64(n) != stored {
		t.Fatalf("rendered %d of %d texts again: %v", n, stored, err)
	}
	after, err := lib.Guide(t.Context(), "kiem-phieu")
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Body.Parts) != len(before.Body.Parts) || after.Body.Parts[0].HTML != before.Body.Parts[0].HTML {
		t.Error("the text rendered again is not what it was")
	}
	if got := citing(); got != cited {
		t.Errorf("%d texts cite article 69 afterwards, want %d", got, cited)
	}
	if changes, err := db.Changes(t.Context(), last, 1000); err != nil || int64(len(changes)) != stored {
		t.Errorf("search was told of %d changes of %d (%v)", len(changes), stored, err)
	}
	if n, err := lib.Rerender(t.Context()); n != 0 || err != nil {
		t.Errorf("a second time: %d texts, %v", n, err)
	}
}
