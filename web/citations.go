package web

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"sotay/content"
	"sotay/internal/cite"
)

// citable keeps of each document what a citation needs, so that an explanation
// does not read hundreds of summaries to name one article.
type citable struct {
	mu   sync.Mutex
	laws map[string]content.Law
}

// citations labels references and links them to their pages.
func (s *Server) citations(ctx context.Context, refs []cite.Ref) ([]link, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	heads, err := s.rooms.Library.Laws(ctx)
	if err != nil {
		return nil, fmt.Errorf("list laws: %w", err)
	}
	var list []link
	for _, ref := range refs {
		at := slices.IndexFunc(heads, func(law content.Law) bool { return law.Key == ref.Law })
		if at < 0 {
			list = append(list, link{Name: ref.String()})
			continue
		}
		law, err := s.citable(ctx, heads[at])
		if err != nil {
			return nil, fmt.Errorf("look up %s: %w", ref, err)
		}
		list = append(list, citation(law, ref))
	}
	return list, nil
}

// citable gives a document with its provisions, from memory while it is the
// same revision.
func (s *Server) citable(ctx context.Context, head content.Law) (content.Law, error) {
	s.citing.mu.Lock()
	kept, ok := s.citing.laws[head.Key]
	s.citing.mu.Unlock()
	if ok && kept.Revision == head.Revision && kept.UpdatedAt.Equal(head.UpdatedAt) {
		return kept, nil
	}
	law, err := s.rooms.Library.LawByID(ctx, head.Key)
	if err != nil {
		return content.Law{}, err
	}
	law.Body = content.Body{}
	for i := range law.Provisions {
		law.Provisions[i].Body = content.Body{}
	}
	s.citing.mu.Lock()
	defer s.citing.mu.Unlock()
	if s.citing.laws == nil {
		s.citing.laws = map[string]content.Law{}
	}
	s.citing.laws[head.Key] = law
	return law, nil
}

// citation names a provision and leads to its page, or to the document when the
// provision has none.
func citation(law content.Law, ref cite.Ref) link {
	l := link{law.Short, law.Path()}
	if ref.Path == "" {
		return l
	}
	l.Name += ", " + ref.Label()
	for _, p := range law.Provisions {
		if p.Segment == ref.Article() {
			l.Path = p.Path()
			if slices.Contains(p.Clauses, ref.Clause()) {
				l.Path += "#" + ref.Anchor()
			}
		}
	}
	return l
}
