package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"sotay/internal/fault"
)

// Inside the package: a database that goes away at will is hard to have.
func TestADatabaseThatIsAwayAsksToComeBack(t *testing.T) {
	pg := func(code string) error { return &pgconn.PgError{Code: code} }
	tests := []struct {
		name string
		err  error
		away bool
	}{
		{"no error", nil, false},
		{"refused connection", &net.OpError{Op: "dial", Err: errors.New("refused")}, true},
		{"cut connection", driver.ErrBadConn, true},
		{"connection failure", pg("08006"), true},
		{"shutting down", pg("57P01"), true},
		{"starting", pg("57P03"), true},
		{"too many clients", pg("53300"), true},
		{"another process writes", sqlite3.Error{Code: sqlite3.ErrBusy}, true},
		{"a deadline", context.DeadlineExceeded, false},
		{"a cancelled request", context.Canceled, false},
		{"a constraint", pg("23505"), false},
		{"a wrong statement", pg("42601"), false},
		{"a disk that is full", sqlite3.Error{Code: sqlite3.ErrFull}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.err
			if err != nil {
				err = fmt.Errorf("statement: %w", err)
			}
			got := unavailable(err)
			if fault.Is(got, fault.KindUnavailable) != tt.away || !errors.Is(got, tt.err) {
				t.Errorf("got %v, want unavailable %t, the cause kept", got, tt.away)
			}
		})
	}
}

func TestAFaultOfARoomStaysWhatItIs(t *testing.T) {
	want := fmt.Errorf("%w: %w", fault.Conflict("Người khác vừa sửa bài này."), driver.ErrBadConn)
	if got := unavailable(want); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
