package content

import (
	"context"
	"slices"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// Series is a row of guides that are read one after another.
type Series struct {
	Slug  Slug
	Title string  // the first that one of its guides gives, else that of its first guide
	Steps []Guide // in their order, without bodies
}

// Path is the series' address on the site.
func (s Series) Path() string { return "/loat-bai/" + string(s.Slug) }

// At is the place of a guide in the series, from 0; -1 when it is not in it.
func (s Series) At(g Guide) int {
	for i, step := range s.Steps {
		if step.ID == g.ID {
			return i
		}
	}
	return -1
}

// AllSeries lists the series, each with its guides, in the order of the guides.
func (l *Library) AllSeries(ctx context.Context) ([]Series, error) {
	guides, err := l.Guides(ctx, GuideFilter{})
	if err != nil {
		return nil, err
	}
	return SeriesOf(guides), nil
}

// Series is one series with its guides.
func (l *Library) Series(ctx context.Context, slug Slug) (Series, error) {
	all, err := l.AllSeries(ctx)
	if err != nil {
		return Series{}, err
	}
	for _, s := range all {
		if s.Slug == slug {
			return s, nil
		}
	}
	return Series{}, fault.NotFound("Không có loạt bài này.")
}

const maxStep = 99

func (front guideFront) checkSeries(faults []fault.Field) []fault.Field {
	add := func(name, sentence string) {
		faults = append(faults, fault.Field{Name: name, Sentence: sentence})
	}
	switch {
	case front.Series == "" && (front.Step != 0 || front.SeriesTitle != ""):
		add("series", "Bài có bước thì phải có loạt bài. Hãy ghi loạt bài hoặc bỏ bước.")
	case front.Series != "" && front.Series != viet.Slug(front.Series):
		add("series", "Loạt bài phải là chữ thường, không dấu, nối bằng gạch ngang.")
	case front.Series != "" && (front.Step < 1 || front.Step > maxStep):
		add("step", "Bước phải là số từ 1 đến 99.")
	}
	if front.SeriesTitle != "" {
		faults = checkText("series_title", front.SeriesTitle, MaxTitleRunes, faults)
	}
	return faults
}

// SeriesOf gathers guides by series. Two guides of one step follow the order in
// which they come.
func SeriesOf(guides []Guide) []Series {
	var list []Series
	at := map[Slug]int{}
	for _, g := range guides {
		if g.Series == "" {
			continue
		}
		i, known := at[g.Series]
		if !known {
			i = len(list)
			at[g.Series] = i
			list = append(list, Series{Slug: g.Series})
		}
		list[i].Steps = append(list[i].Steps, g)
	}
	for i := range list {
		s := &list[i]
		slices.SortStableFunc(s.Steps, func(a, b Guide) int { return a.Step - b.Step })
		s.Title = s.Steps[0].Title
		for _, g := range s.Steps {
			if g.SeriesTitle != "" {
				s.Title = g.SeriesTitle
				break
			}
		}
	}
	return list
}
