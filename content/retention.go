package content

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// forgottenText stands for the words of an inquiry that are kept no longer.
var forgottenText = fmt.Sprintf("Nội dung đã xóa sau %d tháng.", InquiryMonths)

// forgetEvery is how often old words are looked for.
const forgetEvery = 24 * time.Hour

// keeper is who forgets what is old: nobody.
const keeper = "operator"

// ForgetAskers drops the words of the inquiries that were closed InquiryMonths
// ago, and tells of how many. What became of them stays, and so do the counts.
func (l *Library) ForgetAskers(ctx context.Context) (int, error) {
	var n int
	err := l.db.Write(ctx, func(tx *store.Tx) (err error) {
		if n, err = forgetAskers(tx, tx.Now().AddDate(0, -InquiryMonths, 0)); err != nil || n == 0 {
			return err
		}
		return tx.Audit(keeper, "forget", KindInquiry, "", strconv.Itoa(n))
	})
	return n, err
}

// RunForgetting drops what is old now and every day until ctx ends, or until an
// error.
func (l *Library) RunForgetting(ctx context.Context) error {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		if _, err := l.ForgetAskers(ctx); err != nil && ctx.Err() == nil && !fault.Is(err, fault.KindUnavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
