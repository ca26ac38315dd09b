package content_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/store/storetest"
)

func TestTheWordsOfClosedInquiriesAreForgottenAfterTwoYears(t *testing.T) {
	lib, db := seeded(t)
	ctx := t.Context()
	waiting := ask(t, lib, floodQuestion)
	refused := ask(t, lib, "Hỏi điều này thì ai trả lời được ạ?")
	if err := lib.RefuseInquiry(ctx, refused.Inquiry.ID, 1, "Hãy hỏi ở xã.", "p1"); err != nil {
		t.Fatal(err)
	}
	merged := ask(t, lib, "Nước lũ lên, xe cấp cứu chở hòm phiếu được không ạ?")
	if err := lib.MergeInquiry(ctx, content.Merge{ID: merged.Inquiry.ID, Version: 1, Inquiry: waiting.Inquiry.ID, By: "p1"}); err != nil {
		t.Fatal(err)
	}
	question := func(id string) string {
		t.Helper()
		i, err := lib.Inquiry(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return i.Question + i.Detail + i.Place
	}
	db.SetClock(func() time.Time { return storetest.Start.AddDate(0, 24, -1) })
	if n, err := lib.ForgetAskers(ctx); err != nil || n != 0 {
		t.Errorf("too early: got %d, %v", n, err)
	}
	db.SetClock(func() time.Time { return storetest.Start.AddDate(0, 24, 1) })
	background, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- lib.RunForgetting(background) }()
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(question(refused.Inquiry.ID), "đã xóa sau 24 tháng") && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for id, want := range map[string]string{refused.Inquiry.ID: "Nội dung đã xóa sau 24 tháng.", merged.Inquiry.ID: "Nội dung đã xóa sau 24 tháng.", waiting.Inquiry.ID: question(waiting.Inquiry.ID)} {
		if got := question(id); got != want || id == waiting.Inquiry.ID && !strings.Contains(got, floodQuestion) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	told, err := lib.InquiryByReceipt(ctx, refused.Code)
	if err != nil || told.State != content.InquiryRefused || told.Reason != "Hãy hỏi ở xã." {
		t.Errorf("the asker is told %+v, %v", told, err)
	}
	if page, err := lib.Inquiries(ctx, content.InquiryFilter{State: content.InquiryRefused}); err != nil || page.Total != 1 {
		t.Errorf("got %d refused ones, %v", page.Total, err)
	}
	if n, err := lib.ForgetAskers(ctx); err != nil || n != 0 {
		t.Errorf("forgotten twice: %d, %v", n, err)
	}
	wantAudit(t, db, content.KindInquiry, "", "forget operator 2")
}
