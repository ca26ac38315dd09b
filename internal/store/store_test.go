package store_test

import (
	"context"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func TestAWriteIsReadBack(t *testing.T) {
	db := storetest.Open(t)
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		return tx.Audit("an", "publish", "guide", "g1", "lần đầu")
	})
	if err != nil {
		t.Fatal(err)
	}
	var note string
	err = db.Read(context.Background(), func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT note FROM audit WHERE by_whom = $1`, "an").Scan(&note)
	})
	if err != nil || note != "lần đầu" {
		t.Errorf("got %q, %v, want the note written", note, err)
	}
}
