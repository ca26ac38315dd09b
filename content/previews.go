package content

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const previewSecretBytes = 16

// SharePreview makes a secret by which a revision can be read without signing
// in, until an hour. Only a hash of the secret is kept.
func (l *Library) SharePreview(ctx context.Context, kind, id string, number int, until time.Time, by string) (string, error) {
	random := make([]byte, previewSecretBytes)
	if _, err := rand.Read(random); err != nil {
		return "", fmt.Errorf("make a preview link: %w", err)
	}
	secret := hex.EncodeToString(random)
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		if !until.After(tx.Now()) || until.After(tx.Now().AddDate(0, 0, maxPreviewDays)) {
			return tooMuch("until", fmt.Sprintf("Hạn của liên kết phải ở sau lúc này và nhiều nhất %d ngày.", maxPreviewDays))
		}
		r, err := revisionByNumber(tx, kind, id, number)
		if err != nil {
			return err
		}
		if err := insertPreview(tx, hashOf(secret), r, until, by); err != nil {
			return err
		}
		return tx.Audit(by, "share preview", kind, id, "")
	})
	return secret, err
}

// SharedRevision is the revision behind a preview link. An unknown secret, one
// whose hour has passed and a text that was discarded are the same to who asks.
func (l *Library) SharedRevision(ctx context.Context, secret string) (Revision, error) {
	return l.revisionWhere(ctx, func(tx *store.Tx) (Revision, error) {
		kind, id, number, err := previewed(tx, hashOf(secret))
		if err != nil {
			return Revision{}, err
		}
		r, err := revisionByNumber(tx, kind, id, number)
		if err == nil && r.State == StateDiscarded {
			err = fault.NotFound(previewGone)
		}
		return r, err
	})
}

const previewGone = "Liên kết xem trước này không còn dùng được. Hãy xin người gửi liên kết mới."

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
