package search

import "context"

// Suggest gives titles and headings for what was typed so far, the best first.
func (x *Index) Suggest(ctx context.Context, typed string, limit int) ([]Suggestion, error) {
	return nil, nil
}
