package web

import (
	"context"
	"fmt"

	"sotay/internal/cite"
)

// citations labels references and links them to their pages.
func (s *Server) citations(ctx context.Context, refs []cite.Ref) ([]link, error) {
	bases, err := s.rooms.Library.Bases(ctx, refs)
	if err != nil {
		return nil, fmt.Errorf("label %d citations: %w", len(refs), err)
	}
	var list []link
	for _, b := range bases {
		list = append(list, link{b.Label, b.URL})
	}
	return list, nil
}
