package search

import (
	"context"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// candidate is a document that bleve found.
type candidate struct {
	stored
	first float64 // bleve's score as a part of the best one's
	score float64
}

// finding is what the index has for a query, one document of each group.
type finding struct {
	list     []candidate // in the order of rank
	total    int         // groups, also those beyond the list
	loosened bool
}

// find asks for most of the units first. Where no text has them, or hardly any
// has both units of a short query, it asks for less and keeps of that what comes
// near the best.
func (v *volume) find(ctx context.Context, q *question, asked Query) (finding, error) {
	if err := v.weigh(ctx, q); err != nil {
		return finding{}, err
	}
	most := filtered(q.strict(), asked)
	list, total, err := v.run(ctx, most, maxRanked)
	if err != nil {
		return finding{}, err
	}
	if total > len(list) {
		return v.findMany(ctx, q, most, asked, finding{list, total, false})
	}
	if total >= fewHits || total > 0 && len(q.units) > 2 {
		list = oneOfEach(q.rank(list))
		return finding{list, len(list), false}, nil
	}
	less, _, err := v.run(ctx, filtered(q.loose(), asked), maxRanked)
	if err != nil {
		return finding{}, err
	}
	less = oneOfEach(nearBest(q.rank(less)))
	return finding{less, len(less), total == 0 && len(less) > 0}, nil
}

// findMany counts the groups of a query with more documents than were fetched,
// and fetches more when the page lies beyond.
func (v *volume) findMany(ctx context.Context, q *question, most query.Query, asked Query, f finding) (finding, error) {
	doubles, err := v.doubles(ctx, most)
	if err != nil {
		return finding{}, err
	}
	list := oneOfEach(q.rank(f.list))
	if end := asked.Offset + asked.Limit; end > len(list) {
		if list, _, err = v.run(ctx, most, end+doubles); err != nil {
			return finding{}, err
		}
		list = oneOfEach(q.rank(list))
	}
	return finding{list, f.total - doubles, false}, nil
}

// doubles counts the documents that are not the only ones of their group. Only
// guides have several.
func (v *volume) doubles(ctx context.Context, q query.Query) (int, error) {
	request := bleve.NewSearchRequestOptions(filtered(q, Query{Filter: Filter{Kinds: []string{KindGuide}}}), maxOwned, 0, false)
	request.Score = "none"
	sections, err := v.index.SearchInContext(ctx, request)
	if err != nil {
		return 0, fmt.Errorf("count sections: %w", err)
	}
	guides := map[string]bool{}
	for _, hit := range sections.Hits {
		guide, _, _ := strings.Cut(hit.ID, "#")
		guides[guide] = true
	}
	return len(sections.Hits) - len(guides), nil
}

// nearBest drops what has too little of the query to be worth a line.
func nearBest(list []candidate) []candidate {
	for i, c := range list {
		if c.score < list[0].score*nearEnough {
			return list[:i]
		}
	}
	return list
}

// run gives the best documents in bleve's order and how many there are in all.
func (v *volume) run(ctx context.Context, q query.Query, size int) ([]candidate, int, error) {
	request := bleve.NewSearchRequestOptions(q, size, 0, false)
	request.Fields = []string{fieldStored}
	found, err := v.index.SearchInContext(ctx, request)
	if err != nil {
		return nil, 0, fmt.Errorf("search index: %w", err)
	}
	list := make([]candidate, 0, len(found.Hits))
	for _, hit := range found.Hits {
		packed, _ := hit.Fields[fieldStored].(string)
		s, err := unpack(packed)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, candidate{stored: s, first: hit.Score / found.MaxScore})
	}
	return list, int(found.Total), nil
}

// filtered adds the kinds and the topic that were asked for.
func filtered(q query.Query, asked Query) query.Query {
	all := []query.Query{q}
	if len(asked.Filter.Kinds) > 0 {
		kinds := make([]query.Query, len(asked.Filter.Kinds))
		for i, kind := range asked.Filter.Kinds {
			kinds[i] = term(fieldKind, kind, 0)
		}
		all = append(all, bleve.NewDisjunctionQuery(kinds...))
	}
	if len(asked.Filter.Topics) > 0 {
		all = append(all, term(fieldTopic, asked.Filter.Topics[0], 0))
	}
	if len(all) == 1 {
		return q
	}
	return bleve.NewConjunctionQuery(all...)
}
