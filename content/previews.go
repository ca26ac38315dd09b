package content

import (
	"context"
	"time"
)

// SharePreview makes a link by which a revision can be read without signing in,
// until an hour. Only a hash of the secret is kept.
func (l *Library) SharePreview(ctx context.Context, kind, id string, number int, until time.Time, by string) (string, error) {
	return "", errNotYet
}

// SharedRevision is the revision behind a preview link.
func (l *Library) SharedRevision(ctx context.Context, secret string) (Revision, error) {
	return Revision{}, errNotYet
}
