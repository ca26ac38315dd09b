package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Search is a folded query with its sums over some days.
type Search struct {
	Query  string
	Asked  int // how often
	Hits   int // of the last time
	Clicks int
}

// Cluster is one thing that is asked in several spellings.
type Cluster struct {
	Query  string   // the spelling asked most
	Others []string // the other spellings, the most asked first
	Asked  int      // in all spellings
}

// Gaps tell what readers look for and do not get.
type Gaps struct {
	Nothing   []Cluster // found nothing the last time
	Most      []Search  // asked most
	Unclicked []Search  // found something that nobody opened
}

// Gaps reports the searches since a day, at most so many in each list.
func (l *Log) Gaps(ctx context.Context, since viet.Date, limit int) (Gaps, error) {
	var g Gaps
	var nothing []unanswered
	var dismissed []dismissal
	limit = max(0, min(limit, MaxGaps))
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		if nothing, err = searchesWithoutHits(tx, since, maxClustered); err != nil {
			return err
		}
		if dismissed, err = newestDismissals(tx, since, maxDismissed); err != nil {
			return err
		}
		if g.Most, err = mostAsked(tx, since, limit); err != nil {
			return err
		}
		g.Unclicked, err = searchesWithoutClicks(tx, since, limit)
		return err
	})
	if err != nil {
		return Gaps{}, fmt.Errorf("read gaps since %s: %w", since, err)
	}
	g.Nothing = cluster(withoutDismissed(nothing, dismissed))
	g.Nothing = g.Nothing[:min(limit, len(g.Nothing))]
	return g, nil
}

// unanswered is a search without hits and the last day on which it was asked.
type unanswered struct {
	Search
	last viet.Date
}

// dismissal is a gap that staff need not see again as it was up to a day.
type dismissal struct {
	query string
	day   viet.Date
}

// withoutDismissed leaves out what was dismissed, in any spelling, and not asked
// since.
func withoutDismissed(list []unanswered, dismissed []dismissal) (left []Search) {
	spellings := make([]spelling, len(dismissed))
	for i, d := range dismissed {
		spellings[i] = spell(d.query)
	}
	for _, s := range list {
		this, gone := spell(s.Query), false
		for i, d := range dismissed {
			gone = gone || s.last <= d.day && this.resembles(spellings[i])
		}
		if !gone {
			left = append(left, s.Search)
		}
	}
	return left
}

// Dismiss leaves a gap out of the report, in all its spellings, until it is
// asked again after today.
func (l *Log) Dismiss(ctx context.Context, query, by string) error {
	query = loggable(query)
	if query == "" {
		return fault.Invalid("Chưa chọn câu nào để bỏ qua. Hãy bấm lại trên bàn làm việc.")
	}
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		if err := putDismissal(tx, dismissal{query, viet.DateOf(tx.Now())}, by); err != nil {
			return err
		}
		return tx.Audit(by, "dismiss", "gap", "", "")
	})
	if err != nil {
		return fmt.Errorf("dismiss gap %q: %w", query, err)
	}
	return nil
}

// cluster puts the spellings of one query together. The list has the most asked
// first; each joins the first cluster whose name it resembles.
func cluster(list []Search) []Cluster {
	var clusters []Cluster
	var names []spelling
	for _, s := range list {
		this := spell(s.Query)
		at := slices.IndexFunc(names, this.resembles)
		if at < 0 {
			clusters, names = append(clusters, Cluster{Query: s.Query, Asked: s.Asked}), append(names, this)
			continue
		}
		clusters[at].Asked += s.Asked
		clusters[at].Others = append(clusters[at].Others, s.Query)
	}
	slices.SortStableFunc(clusters, func(a, b Cluster) int { return b.Asked - a.Asked })
	return clusters
}

// spelling is what two queries are compared by, each list sorted and without
// doubles.
type spelling struct{ words, pairs []string }

func spell(query string) spelling {
	list := syllables(query)
	return spelling{words: distinct(singles(list)), pairs: distinct(pairs(list, foldedForm))}
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// resembles reports whether two spellings have the same words, or most of their
// pairs in common.
func (s spelling) resembles(other spelling) bool {
	if slices.Equal(s.words, other.words) {
		return true
	}
	common := 0
	for i, j := 0, 0; i < len(s.pairs) && j < len(other.pairs); {
		switch order := strings.Compare(s.pairs[i], other.pairs[j]); {
		case order == 0:
			common, i, j = common+1, i+1, j+1
		case order < 0:
			i++
		default:
			j++
		}
	}
	all := len(s.pairs) + len(other.pairs) - common
	return common > 0 && float64(common) >= alikeEnough*float64(all)-1e-9
}
