package content

import (
	"context"
	"slices"

	"sotay/internal/store"
)

// Workload counts what waits for a person.
type Workload struct {
	Review    int // texts of others that wait for review
	Returned  int // own drafts that a reviewer sent back
	Inquiries int // of readers, waiting
	Late      int // of these
	Flagged   int // texts whose law has changed or will
}

// Workload counts what waits for a person, as the desk lists it.
func (l *Library) Workload(ctx context.Context, person string) (Workload, error) {
	flags, err := l.Flags(ctx)
	if err != nil {
		return Workload{}, err
	}
	w := Workload{Flagged: len(flags)}
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		waiting, err := oldestIn(tx, StateReview)
		if err != nil {
			return err
		}
		for _, r := range waiting {
			if !slices.Contains(r.Authors, person) {
				w.Review++
			}
		}
		if w.Returned, err = countReturned(tx, person); err != nil {
			return err
		}
		w.Inquiries, w.Late, err = countInquiries(tx, InquiryFilter{})
		return err
	})
	return w, err
}
