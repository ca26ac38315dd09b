package content

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"sotay/internal/store"
)

const lawColumns = `SELECT id, slug, number, title, short, kind, agency, issued, in_force, ended, amended_by, replaces, replaced_by, normative, declared, trust, position, revision, updated_ms
	FROM laws WHERE published `

// allLaws lists the published documents in order, without bodies.
func allLaws(tx *store.Tx) ([]Law, error) {
	laws, err := store.Collect(tx, scanLaw, lawColumns+`ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("list laws: %w", err)
	}
	for i := range laws {
		if by, ok := lawRef(laws, laws[i].replacedBy); ok {
			laws[i].ReplacedBy = &by
		}
		for _, key := range laws[i].amended {
			if ref, ok := lawRef(laws, key); ok {
				laws[i].AmendedBy = append(laws[i].AmendedBy, ref)
			}
		}
	}
	return laws, nil
}

const noLaw = "Không có văn bản này trong sổ tay."

func scanLaw(scan func(...any) error) (Law, error) {
	var law Law
	var amended, declared string
	var position, revision, updated int64
	err := scan(&law.Key, &law.Slug, &law.Number, &law.Title, &law.Short, &law.Kind, &law.Agency, &law.Issued, &law.InForce, &law.Ended,
		&amended, &law.Replaces, &law.replacedBy, &law.Normative, &declared, &law.Trust, &position, &revision, &updated)
	law.amended, law.declared = splitList(amended), readDeclared(declared)
	law.position, law.Revision, law.UpdatedAt = int(position), int(revision), store.FromMillis(updated)
	return law, err
}

func provisionsOf(tx *store.Tx, key string) ([]Provision, error) {
	return store.Collect(tx, func(scan func(...any) error) (Provision, error) {
		var p Provision
		var clauses, body string
		var position int64
		if err := scan(&p.Segment, &position, &p.Title, &p.amendedBy, &p.Amendment, &clauses, &body); err != nil {
			return Provision{}, err
		}
		p.Position, p.Clauses = int(position), splitList(clauses)
		var err error
		p.Body, err = decodeBody(body)
		return p, err
	}, `SELECT segment, position, title, amended_by, amendment, clauses, body FROM provisions WHERE law_id = $1 ORDER BY position`, key)
}

// provisionKeys is the set of "law segment" that have a page.
func provisionKeys(tx *store.Tx) (map[string]bool, error) {
	keys, err := store.Collect(tx, func(scan func(...any) error) (string, error) {
		var law, segment string
		err := scan(&law, &segment)
		return law + " " + segment, err
	}, `SELECT law_id, segment FROM provisions ORDER BY law_id, position`)
	set := make(map[string]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set, err
}

func putLaw(tx *store.Tx, law Law, published bool) error {
	_, err := tx.Exec(`INSERT INTO laws (id, slug, number, title, short, kind, agency, issued, in_force, ended, amended_by, replaces, replaced_by, normative, declared, trust, position, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, number = excluded.number, title = excluded.title, short = excluded.short,
			kind = excluded.kind, agency = excluded.agency, issued = excluded.issued, in_force = excluded.in_force, ended = excluded.ended,
			amended_by = excluded.amended_by, replaces = excluded.replaces, replaced_by = excluded.replaced_by, normative = excluded.normative, declared = excluded.declared,
			trust = excluded.trust, position = excluded.position, published = excluded.published, revision = excluded.revision, updated_ms = excluded.updated_ms`,
		law.Key, string(law.Slug), law.Number, law.Title, law.Short, law.Kind, law.Agency, string(law.Issued), string(law.InForce), string(law.Ended),
		joinList(law.amended), law.Replaces, law.replacedBy, law.Normative, writeDeclared(law.declared), string(law.Trust), int64(law.position), published,
		int64(law.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store law %s: %w", law.Key, err)
	}
	return nil
}

func putProvisions(tx *store.Tx, law Law) error {
	if _, err := tx.Exec(`DELETE FROM provisions WHERE law_id = $1`, law.Key); err != nil {
		return fmt.Errorf("clear provisions of %s: %w", law.Key, err)
	}
	for _, p := range law.Provisions {
		body, err := encodeBody(p.Body)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO provisions (law_id, segment, position, title, amended_by, amendment, clauses, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			law.Key, p.Segment, int64(p.Position), p.Title, p.amendedBy, p.Amendment, joinList(p.Clauses), body)
		if err != nil {
			return fmt.Errorf("store %s of %s: %w", p.Segment, law.Key, err)
		}
	}
	return nil
}

// Declared provisions are stored as lines: "dieu 98".
func writeDeclared(declared map[string]int) string {
	var lines []string
	for kind, last := range declared {
		lines = append(lines, kind+" "+strconv.Itoa(last))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func readDeclared(stored string) map[string]int {
	declared := map[string]int{}
	for _, line := range splitList(stored) {
		kind, last, _ := strings.Cut(line, " ")
		declared[kind], _ = strconv.Atoi(last)
	}
	return declared
}
