package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"sotay/internal/fault"
)

// ErrLocked says that another process holds the data folder.
var ErrLocked = errors.New("data folder is locked by another process")

var errClosed = errors.New("database is closed")

const busySentence = "Hệ thống đang bận. Hãy thử lại sau ít phút."

// IsUnique reports whether err comes from a UNIQUE or PRIMARY KEY constraint.
func IsUnique(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.ExtendedCode == sqlite3.ErrConstraintUnique || lite.ExtendedCode == sqlite3.ErrConstraintPrimaryKey
	}
	return pgCode(err) == "23505"
}

// IsForeignKey reports whether err comes from a FOREIGN KEY constraint.
func IsForeignKey(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.ExtendedCode == sqlite3.ErrConstraintForeignKey
	}
	return pgCode(err) == "23503"
}

// isConstraint reports whether the data break a rule of the schema.
func isConstraint(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrConstraint
	}
	return strings.HasPrefix(pgCode(err), "23")
}

func pgCode(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

func isEngineError(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) || pgCode(err) != ""
}

// isBusy reports whether another process kept SQLite's lock too long.
func isBusy(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
}

// lostRace reports whether PostgreSQL asks to repeat the transaction.
func lostRace(err error) bool {
	code := pgCode(err)
	return code == "40001" || code == "40P01"
}

// isGone reports whether PostgreSQL can't be reached, is starting, stopping or
// full, or was cut off.
func isGone(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) {
		return true
	}
	code := pgCode(err)
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P") || code == "53300"
}

// isReplica reports whether PostgreSQL is a copy that takes no writes now.
func isReplica(err error) bool { return pgCode(err) == "25006" }

// unavailable makes a fault that asks to come back later of the database being
// busy or away; the cause stays in its text. Other errors stay as they are.
func unavailable(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, known := fault.Of(err); known || !isBusy(err) && !isGone(err) {
		return err
	}
	return fmt.Errorf("%w (%w)", fault.Unavailable(busySentence), err)
}
