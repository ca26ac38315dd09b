package store

import "time"

const (
	maxQueue      = 4096            // writes that may wait; one more is answered "busy"
	maxBatch      = 256             // writes of one SQLite transaction
	maxRetries    = 5               // tries of a transaction that lost a race
	busyTimeout   = 5 * time.Second // patience with another process that writes the same SQLite file
	maxReaders    = 4               // SQLite connections that read
	maxConns      = 64              // PostgreSQL connections
	maxIdleConns  = 16              // of them kept open when idle
	connLifetime  = 5 * time.Minute // of a PostgreSQL connection, so that a failover is noticed
	dialTimeout   = 2 * time.Second // to reach PostgreSQL, unless the address says otherwise
	maxTexts      = 2000            // checked SQL texts remembered
	maxArgs       = 32766           // arguments of one statement
	maxChanges    = 1000            // changes of one page of the change log
	changeRows    = 100             // change rows of one INSERT
	maxDumpLine   = 64 << 20        // bytes of one line of a dump, so of one row
	maxAuditLines = 1000            // lines of the audit log in one answer
	maxMillis     = 1 << 53         // later than any time stored
	stmtCache     = 128             // prepared statements kept per SQLite connection
	lockPoll      = 20 * time.Millisecond
)
