package accounts

import (
	"context"

	"sotay/internal/store"
)

// HashesDone tells how many passwords were hashed or compared.
func (p *People) HashesDone() int64 { return p.hashes.worked.Load() }

// Knock counts an attempt without the work of a hash, and tells whether it is
// one too many.
func (p *People) Knock(ctx context.Context, a Attempt) (passed bool, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		k, err := knock(tx, a)
		passed = k.tooMany
		return err
	})
	return passed, err
}

// FillQueue takes all places of those who wait for a hash.
func (p *People) FillQueue() (empty func()) {
	p.hashes.waiting.Add(hashQueue)
	return func() { p.hashes.waiting.Add(-hashQueue) }
}

// CheckPassword tells whether a password would be taken.
var CheckPassword = checkPassword

// NameKey is the order of lists of people.
var NameKey = nameKey
