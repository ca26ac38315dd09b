package content

import (
	"fmt"
	"slices"

	"sotay/internal/store"
)

// pageName is how a published text is named and where it stands.
type pageName struct{ title, path string }

// namesPerQuery is how many ids the query of someNames has room for.
const namesPerQuery = 100

const idsOfNames = ` IN (
	$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
	$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
	$41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60,
	$61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80,
	$81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100)`

// pageNames names the texts among these that readers see; an id may come twice.
func pageNames(tx *store.Tx, ids []string) (map[Thing]pageName, error) {
	names := map[Thing]pageName{}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for start := 0; start < len(ids); start += namesPerQuery {
		args := make([]any, namesPerQuery)
		for i := range args {
			args[i] = ""
			if start+i < len(ids) {
				args[i] = ids[start+i]
			}
		}
		if err := someNames(tx, names, args); err != nil {
			return nil, fmt.Errorf("name %d texts: %w", len(ids), err)
		}
	}
	return names, nil
}

func someNames(tx *store.Tx, names map[Thing]pageName, ids []any) error {
	_, err := store.Collect(tx, func(scan func(...any) error) (none struct{}, err error) {
		var thing Thing
		var title, topic string
		var slug Slug
		var number int64
		err = scan(&thing.Kind, &thing.ID, &title, &slug, &topic, &number)
		names[thing] = pageName{title, pathAt(thing.Kind, slug, topic, int(number))}
		return none, err
	}, `SELECT 'guide', id, title, slug, topic, 0 FROM guides WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'answer', id, question, slug, '', number FROM answers WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'situation', id, title, slug, '', 0 FROM situations WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'term', id, title, slug, '', 0 FROM terms WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'plan', id, title, slug, '', 0 FROM plans WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'session', id, title, slug, '', 0 FROM sessions WHERE published AND id`+idsOfNames+`
		UNION ALL SELECT 'law', id, short, slug, '', 0 FROM laws WHERE published AND id`+idsOfNames, ids...)
	return err
}

// pathAt is the address of a text by what its kind makes it of.
func pathAt(kind string, slug Slug, topic string, number int) string {
	switch kind {
	case KindGuide:
		return Guide{Slug: slug, Topic: Topic{Slug: topic}}.Path()
	case KindAnswer:
		return Answer{Slug: slug, Number: number}.Path()
	case KindSituation:
		return Situation{Slug: slug}.Path()
	case KindTerm:
		return Term{Slug: slug}.Path()
	case KindPlan:
		return Plan{Key: string(slug)}.Path()
	case KindSession:
		return Session{Slug: slug}.Path()
	}
	return Law{Slug: slug}.Path()
}
