package store_test

import (
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// The rush: many people hand in at once.
func BenchmarkWriteBySixtyFour(b *testing.B) {
	db := storetest.Open(b)
	b.SetParallelism(32) // times two cores
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := db.Write(ctx, audit("g1")); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkWriteAlone(b *testing.B) {
	db := storetest.Open(b)
	for b.Loop() {
		write(b, db, audit("g1"))
	}
}

func BenchmarkReadOneRow(b *testing.B) {
	db := storetest.Open(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			err := db.Read(ctx, func(tx *store.Tx) error {
				var n int64
				return tx.QueryRow(`SELECT n FROM counter WHERE name = $1`, "changes").Scan(&n)
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
}
