// Package store owns the database: opening it, transactions, the schema, the
// change log, the audit log, backup and dump. It speaks one SQL to two engines,
// SQLite (a file path) and PostgreSQL (a postgres:// address), and is the only
// package that knows a driver. It refuses what only one of them understands or
// what they understand differently: placeholders other than $1, $2 …, a number
// of arguments that differs from the highest of them, a statement while rows
// are still open, going on after an engine's error, text that is not UTF-8.
//
//	err := db.Write(ctx, func(tx *store.Tx) error {
//		if _, err := tx.Exec(`UPDATE guides SET title = $1 WHERE id = $2`, title, id); err != nil {
//			return fmt.Errorf("rename guide %s: %w", id, err)
//		}
//		return tx.Changed("guide", id, by)
//	})
//
// The function given to Write may run more than once (a lost race, a batch that
// has to be repeated), so it must have no effect outside the transaction that
// can't be repeated, and it must not call Write itself.
package store
