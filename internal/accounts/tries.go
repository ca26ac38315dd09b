package accounts

import (
	"strings"

	"sotay/internal/store"
)

// limit is how often something may be tried in a window.
type limit struct {
	subject string
	most    int64
}

// subject names what is counted. Only its hash is stored.
func subject(parts ...string) string { return hashOf(strings.Join(parts, "\x00")) }

// signInLimits are what an attempt counts for. A device on which the person was
// let in before has a count of its own and no other, so that strangers, even
// behind the same address, never keep the person out there.
func signInLimits(account, address, deviceHash string, trusted bool) []limit {
	if trusted {
		return []limit{{subject("device", account, deviceHash), triesDevice}}
	}
	return []limit{
		{subject("pair", account, address), triesPair},
		{subject("account", account), triesAccount},
		{subject("address", address), triesAddress},
	}
}

// tooMany counts one more try for each limit and reports whether one is passed.
func tooMany(tx *store.Tx, limits []limit) (bool, error) {
	passed := false
	for _, l := range limits {
		n, err := countTry(tx, l.subject)
		if err != nil {
			return false, err
		}
		passed = passed || n > l.most
	}
	return passed, nil
}

// forgive takes back what somebody counted who came in at last: the first limit,
// which is theirs alone, wholly, the others by this one try.
func forgive(tx *store.Tx, limits []limit) error {
	for i, l := range limits {
		if err := takeBack(tx, l.subject, i == 0); err != nil {
			return err
		}
	}
	return nil
}
