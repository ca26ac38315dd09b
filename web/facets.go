package web

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/search"
)

// facets are the ways to narrow a search, in the order of the page.
var facets = []facet{
	{"loai", search.FacetKind, "Loại"},
	{"chu-de", search.FacetTopic, "Chủ đề"},
	{"buoi", search.FacetSession, "Buổi tập huấn"},
	{"co-quan", search.FacetAgency, "Cơ quan, nguồn"},
	{"nam", search.FacetYear, "Năm"},
}

// facet is one way to narrow a search.
type facet struct {
	param  string // in addresses
	name   string // as the index counts it
	legend string
}

// facetView is a group of boxes to tick.
type facetView struct {
	Param, Legend string
	Options       []facetOption
}

type facetOption struct {
	Value, Label string
	Hits         string // that it would leave
	Chosen       bool
}

// readChosen reads what a search is narrowed to. What no list of the site holds
// leads nowhere; agencies and years are without list and may find nothing.
func (s *Server) readChosen(c *fiber.Ctx) (map[string][]string, error) {
	chosen := map[string][]string{}
	for _, f := range facets {
		values, err := many(c, f.param)
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			chosen[f.param] = values
		}
	}
	var sessions []content.Session
	if len(chosen["buoi"]) > 0 {
		var err error
		if sessions, err = s.rooms.Library.Sessions(c.UserContext()); err != nil {
			return nil, fmt.Errorf("read the sessions of a search: %w", err)
		}
	}
	for _, f := range facets {
		for _, value := range chosen[f.param] {
			if f.label(value, sessions) == "" {
				return nil, fault.NotFound("Không có mục lọc này. Hãy tìm lại từ đầu.")
			}
		}
	}
	return chosen, nil
}

// many reads a parameter that may stand several times in an address.
func many(c *fiber.Ctx, name string) ([]string, error) {
	var list []string
	for _, raw := range c.Context().QueryArgs().PeekMulti(name) {
		value := readText(string(raw), maxChoiceRunes)
		if value.Fault != "" {
			return nil, fault.NotFound("Không có mục lọc này. Hãy tìm lại từ đầu.")
		}
		if value.Text != "" && !slices.Contains(list, value.Text) {
			list = append(list, value.Text)
		}
	}
	if len(list) > maxChoices {
		return nil, fault.Invalid(fmt.Sprintf("Mỗi nhóm chỉ chọn được nhiều nhất %d mục lọc. Hãy bỏ bớt.", maxChoices))
	}
	return list, nil
}

// narrowed reports whether a search is not one over everything.
func narrowed(f search.Filter) bool {
	return len(f.Kinds)+len(f.Topics)+len(f.Sessions)+len(f.Agencies)+len(f.Years)+len(f.Laws) > 0
}

// label names a value of an address; "" when there is no such thing.
func (f facet) label(value string, sessions []content.Session) string {
	switch f.name {
	case search.FacetKind:
		return kindName(kindOf(value))
	case search.FacetTopic:
		topic, _ := content.TopicBySlug(value)
		return topic.Name
	case search.FacetSession:
		return sessionName(value, sessions)
	}
	return value
}

// inAddress is a value of the index as addresses have it.
func (f facet) inAddress(value string) string {
	if f.name != search.FacetKind {
		return value
	}
	for _, k := range searchKinds {
		if k.kind == value {
			return k.slug
		}
	}
	return ""
}

func sessionName(slug string, sessions []content.Session) string {
	for _, s := range sessions {
		if string(s.Slug) == slug {
			return s.Title
		}
	}
	return ""
}

// facetViews are the groups that have something to choose.
func facetViews(a asked, found []search.Facet, sessions []content.Session) []facetView {
	var views []facetView
	for _, f := range facets {
		var counts []search.Count
		for _, counted := range found {
			if counted.Name == f.name {
				counts = counted.Counts
			}
		}
		view := facetView{f.param, f.legend, f.options(a.chosen[f.param], counts, sessions)}
		if len(view.Options) > 0 {
			views = append(views, view)
		}
	}
	return views
}

// options are the chosen values first, then those with the most hits. What
// would leave nothing is not offered.
func (f facet) options(chosen []string, counts []search.Count, sessions []content.Session) []facetOption {
	hits := map[string]int{}
	for _, c := range counts {
		hits[f.inAddress(c.Value)] = c.Hits
	}
	var list []facetOption
	for _, value := range chosen {
		list = append(list, facetOption{value, f.label(value, sessions), viet.Number(hits[value]), true})
	}
	for _, c := range counts {
		value := f.inAddress(c.Value)
		label := f.label(value, sessions)
		if c.Hits > 0 && label != "" && !slices.Contains(chosen, value) && len(list) < facetValues {
			list = append(list, facetOption{value, label, viet.Number(c.Hits), false})
		}
	}
	return list
}

// chosenChips are what the search is narrowed to; each leads to the search
// without it.
func (a asked) chosenChips(sessions []content.Session) []chip {
	var chips []chip
	for _, f := range facets {
		for _, value := range a.chosen[f.param] {
			chips = append(chips, chip{Name: f.label(value, sessions), Path: a.without(f.param, value).path()})
		}
	}
	return chips
}

// without is the same search with one value less.
func (a asked) without(param, value string) asked {
	chosen := map[string][]string{}
	for p, list := range a.chosen {
		for _, v := range list {
			if p != param || v != value {
				chosen[p] = append(chosen[p], v)
			}
		}
	}
	a.chosen = chosen
	return a.first()
}
