package accounts

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Card is a one-time link, in the only moment when its secret is known.
type Card struct {
	Person  Person
	Secret  string
	Expires time.Time
}

// cardLetters has no i, l, o and u, so that a secret can be read from paper.
var cardLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// cardSlips are what people read instead of a letter of a card.
var cardSlips = strings.NewReplacer("o", "0", "i", "1", "l", "1", "-", "", " ", "", "\n", "", "\t", "")

// newCardSecret makes 128 random bits as text.
func newCardSecret() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: the program ends instead
	return cardLetters.EncodeToString(b[:])
}

// cardHash is what is stored of a card's secret, however it was copied.
func cardHash(secret string) string {
	return hashOf("card " + cardSlips.Replace(strings.ToLower(secret)))
}

// IssueCards makes a card for each of some people whom the acting person looks
// after, all or none. A new card ends the old one.
func (p *People) IssueCards(ctx context.Context, ids []string, by string) (cards []Card, err error) {
	if len(ids) > maxCards {
		return nil, fault.Invalid(fmt.Sprintf("Mỗi lần in được tối đa %d thẻ. Hãy chọn ít người hơn.", maxCards))
	}
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		cards = make([]Card, 0, len(ids))
		for _, id := range ids {
			card, err := issue(tx, a, id, by)
			if err != nil {
				return err
			}
			cards = append(cards, card)
		}
		return nil
	})
	if err != nil {
		return nil, told(err, "issue cards")
	}
	return cards, nil
}

// CardBatch is a part of the cards of a unit.
type CardBatch struct {
	Cards []Card
	Held  int    // people who have a card that still counts and got no other
	Next  string // After of the following part, "" on the last
}

// IssueUnitCards makes cards for the trainees of a unit, in the order of the
// list, as many as one print takes from after on. Who has a card that still
// counts keeps it, unless renew.
func (p *People) IssueUnitCards(ctx context.Context, unit, after string, renew bool, by string) (batch CardBatch, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		batch = CardBatch{}
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		s, err := Filter{Unit: unit, Role: string(Trainee), After: after}.within(a)
		if err != nil {
			return err
		}
		return batch.fill(tx, a, s, renew, by)
	})
	if err != nil {
		return CardBatch{}, told(err, "issue cards of unit "+unit)
	}
	return batch, nil
}

func (b *CardBatch) fill(tx *store.Tx, a actor, s scope, renew bool, by string) error {
	for {
		people, err := pageOfPeople(tx, s, scanPage)
		if err != nil {
			return err
		}
		for _, person := range people {
			until, err := cardEnd(tx, person.ID)
			if err != nil {
				return err
			}
			if !renew && until.After(tx.Now()) {
				b.Held++
			} else if len(b.Cards) == cardsPart {
				b.Next = joined(s.afterKey, s.afterID)
				return nil
			} else {
				card, err := issue(tx, a, person.ID, by)
				if err != nil {
					return err
				}
				b.Cards = append(b.Cards, card)
			}
			s.afterKey, s.afterID = nameKey(person.Name), person.ID
		}
		if len(people) < scanPage {
			return nil
		}
	}
}

func issue(tx *store.Tx, a actor, id, by string) (Card, error) {
	person, err := inScope(tx, a, id)
	if err != nil {
		return Card{}, err
	}
	held, err := holdAny(tx, id)
	if err != nil {
		return Card{}, err
	}
	if !held {
		return Card{}, fault.Invalid(fmt.Sprintf("Tài khoản của %s đã khóa nên không cấp thẻ được. Hãy mở lại trước.", person.Name))
	}
	lasts := traineeCard
	if person.Role.IsStaff() {
		lasts = staffCard
	}
	card := Card{Person: person, Secret: newCardSecret(), Expires: tx.Now().Add(lasts)}
	if err := saveCard(tx, id, cardHash(card.Secret), card.Expires); err != nil {
		return Card{}, err
	}
	return card, tx.Audit(by, "issue card", kindPerson, id, "")
}

// RevokeCard ends the card of a person, if there is one.
func (p *People) RevokeCard(ctx context.Context, person, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if _, err := inScope(tx, a, person); err != nil {
			return err
		}
		deleted, err := deleteCard(tx, person)
		if err != nil || !deleted {
			return err
		}
		return tx.Audit(by, "revoke card", kindPerson, person, "")
	})
	return told(err, "revoke the card of "+person)
}

func errNoCard() error {
	return fault.NotFound("Thẻ này không dùng được: đã dùng một lần, đã hết hạn hoặc đã có thẻ mới. Hãy nhờ người phụ trách đơn vị cấp thẻ khác.")
}

// CardHolder tells whose card it is without using it up.
func (p *People) CardHolder(ctx context.Context, secret string) (person Person, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { person, err = cardHolder(tx, cardHash(secret)); return err })
	return person, told(err, "read a card")
}

// UseCard lets in the holder of a card, once: trainees inside, those who work
// here to the step where they choose a password.
func (p *People) UseCard(ctx context.Context, secret string, a Attempt) (e Entry, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) { e, err = useCard(tx, cardHash(secret), a); return err })
	if err != nil {
		return Entry{}, told(err, "use a card")
	}
	return e, nil
}

func useCard(tx *store.Tx, hash string, a Attempt) (Entry, error) {
	person, err := cardHolder(tx, hash)
	if err != nil {
		return Entry{}, err
	}
	if held, err := holdAny(tx, person.ID); err != nil || !held {
		return Entry{}, orNoCard(err)
	}
	if used, err := takeCard(tx, hash); err != nil || !used {
		return Entry{}, orNoCard(err)
	}
	deviceHash, _, err := deviceOf(tx, person.ID, a.Known)
	if err != nil {
		return Entry{}, err
	}
	v := Visit{Person: person, Step: Inside, Device: a.device(), Shared: a.Shared, deviceHash: deviceHash}
	if person.Role.IsStaff() {
		v.Step = PasswordSetUp
	}
	if err := tx.Audit(person.ID, "use card", kindPerson, person.ID, ""); err != nil {
		return Entry{}, err
	}
	return begin(tx, v)
}

func orNoCard(err error) error {
	if err == nil {
		err = errNoCard()
	}
	return err
}
