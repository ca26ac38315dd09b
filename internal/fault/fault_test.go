package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"sotay/internal/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("show guide: %w", fault.Invalid("Sai", fault.Field{Name: "q", Sentence: "Ngắn quá"}))
	if !fault.Is(err, fault.KindInvalid) {
		t.Error("a wrapped Invalid is not found as Invalid")
	}
	if fault.Is(err, fault.KindNotFound) {
		t.Error("an Invalid passes for NotFound")
	}
	f, ok := fault.Of(err)
	if !ok || len(f.Fields) != 1 || f.Fields[0].Name != "q" {
		t.Errorf("got %+v, want the one field q", f)
	}
	if fault.Is(errors.New("disk full"), fault.KindUnavailable) {
		t.Error("an internal error passes for a fault")
	}
}

func TestEachConstructorHasItsKind(t *testing.T) {
	tests := []struct {
		err  error
		want fault.Kind
	}{
		{fault.NotFound("a"), fault.KindNotFound}, {fault.Invalid("a"), fault.KindInvalid},
		{fault.Denied("a"), fault.KindDenied}, {fault.SignIn("a"), fault.KindSignIn},
		{fault.Conflict("a"), fault.KindConflict}, {fault.TooMany("a"), fault.KindTooMany},
		{fault.Unavailable("a"), fault.KindUnavailable},
	}
	for _, tt := range tests {
		if f, ok := fault.Of(tt.err); !ok || f.Kind != tt.want || f.Error() != "a" {
			t.Errorf("got %+v, want kind %d", f, tt.want)
		}
	}
}
