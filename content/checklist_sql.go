package content

import "sotay/internal/store"

// askedElsewhere lists the questions of all published answers but one.
func askedElsewhere(tx *store.Tx, id string) ([]asked, error) {
	return store.Collect(tx, func(scan func(...any) error) (asked, error) {
		var a Answer
		var number int64
		err := scan(&number, &a.Slug, &a.Question)
		a.Number = int(number)
		return asked{a.Path(), a.Question}, err
	}, `SELECT number, slug, question FROM answers WHERE published AND id <> $1 ORDER BY number`, id)
}
