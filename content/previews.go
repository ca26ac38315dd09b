package content

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
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
		if err := deleteOldPreviews(tx); err != nil {
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

// PreviewLink is a link by which a revision can be read, without its secret.
type PreviewLink struct {
	ID        string // the secret's hash, which opens nothing
	Number    int    // of the revision
	By        string
	At, Until time.Time

	authors []string // of the revision
}

// PreviewLinks lists the links of a thing that still open it, the newest first,
// to those who may revoke them: who made a link, the authors of what it shows,
// and reviewers.
func (l *Library) PreviewLinks(ctx context.Context, kind, id, by string, reviews bool) ([]PreviewLink, error) {
	var list []PreviewLink
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		all, err := previewsOf(tx, kind, id)
		list = slices.DeleteFunc(all, func(p PreviewLink) bool { return !p.mayRevoke(by, reviews) })
		return err
	})
	return list, err
}

func (p PreviewLink) mayRevoke(by string, reviews bool) bool {
	return reviews || by != "" && p.By == by || slices.Contains(p.authors, by)
}

// RevokePreview ends a link. Those who may not are told as little as of a link
// that is not there.
func (l *Library) RevokePreview(ctx context.Context, kind, id, link, by string, reviews bool) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		all, err := previewsOf(tx, kind, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(p PreviewLink) bool { return p.ID == link && p.mayRevoke(by, reviews) }) {
			return fault.NotFound("Liên kết này đã hết hạn hoặc đã thu hồi.")
		}
		if err := deletePreview(tx, link); err != nil {
			return err
		}
		return tx.Audit(by, "revoke preview", kind, id, "")
	})
}

const previewGone = "Liên kết xem trước này không còn dùng được. Hãy xin người gửi liên kết mới."

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
