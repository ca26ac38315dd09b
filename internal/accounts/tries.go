package accounts

import (
	"strings"

	"sotay/internal/store"
)

// limit is how often something may be tried in a window. One's own is counted
// for nobody else, so who comes in starts anew.
type limit struct {
	subject string
	most    int64
	own     bool
}

// subject names what is counted. Only its hash is stored.
func subject(parts ...string) string { return hashOf(strings.Join(parts, "\x00")) }

// signInLimits are what an attempt counts for. A device on which the person was
// let in before has a count of its own and no other, so that strangers, even
// behind the same address, never keep the person out there.
func signInLimits(account, address, deviceHash string, trusted bool) []limit {
	if trusted {
		return []limit{{subject("device", account, deviceHash), triesDevice, true}}
	}
	return []limit{
		{subject("pair", account, address), triesPair, true},
		{subject("address", address), triesAddress, false},
		{subject("account", account), triesAccount, false},
	}
}

// tooMany counts one more try and reports whether a limit is passed. A try that
// passes one limit does not count for the next: who hammers at one account from
// one address uses up neither the address nor the account for others.
func tooMany(tx *store.Tx, limits []limit) (bool, error) {
	for _, l := range limits {
		n, err := countTry(tx, l.subject)
		if err != nil || n > l.most {
			return true, err
		}
	}
	return false, nil
}

// addressIsFull tells whether an address has had its tries. It counts nothing, so
// that floods of made-up names do not fill the table.
func addressIsFull(tx *store.Tx, address string) (bool, error) {
	n, err := triesSoFar(tx, subject("address", address))
	return n >= triesAddress, err
}

// forgive takes back what somebody counted who came in at last: their own limit
// wholly, the others by this one try.
func forgive(tx *store.Tx, limits []limit) error {
	for _, l := range limits {
		if err := takeBack(tx, l.subject, l.own); err != nil {
			return err
		}
	}
	return nil
}
