package store

import (
	"time"

	"github.com/google/uuid"
)

// Millis gives t as the database keeps it: unix milliseconds.
func Millis(t time.Time) int64 { return t.UnixMilli() }

// FromMillis gives the time that Millis made ms from, in UTC.
func FromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// SetClock replaces the clock of all transactions to come.
func (db *DB) SetClock(now func() time.Time) { db.clock.Store(&now) }

func (db *DB) now() time.Time { return FromMillis(Millis((*db.clock.Load())())) }

// Now is the instant of the transaction: always the same, in whole
// milliseconds UTC.
func (tx *Tx) Now() time.Time {
	if tx.now.IsZero() {
		tx.now = tx.db.now()
	}
	return tx.now
}

// NewID makes an id: a UUIDv7, so ids sort in the order they were made.
func (tx *Tx) NewID() string { return uuid.Must(uuid.NewV7()).String() }
