package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/search"
)

// insertions are what the editor may put in where the text is written.
type insertions struct {
	Items []insertion `json:"items"`
}

type insertion struct {
	Text string `json:"text"`          // of the link
	Hint string `json:"hint"`          // what it is
	URL  string `json:"url"`           // on this site
	Ref  string `json:"ref,omitempty"` // as the front matter names it
}

// findBasis finds documents and provisions of the register of law.
func (s *Server) findBasis(c *fiber.Ctx) error {
	query := readText(c.Query("q"), MaxQueryRunes)
	list := insertions{[]insertion{}}
	if query.Text == "" || query.Fault != "" {
		return sendJSON(c, list)
	}
	var refs []cite.Ref
	if ref, err := cite.Parse(query.Text); err == nil {
		refs = append(refs, ref)
	}
	found, err := s.rooms.Index.Search(c.UserContext(), search.Query{Text: query.Text, Limit: maxSuggestions, Filter: search.Filter{Kinds: []string{content.KindLaw}}})
	if err != nil && !fault.Is(err, fault.KindUnavailable) {
		return fmt.Errorf("find basis: %w", err)
	}
	for _, hit := range found.Hits {
		if ref, err := cite.Parse(hit.Ref); err == nil && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	bases, err := s.rooms.Library.Bases(c.UserContext(), refs)
	if err != nil {
		return fmt.Errorf("label %d provisions: %w", len(refs), err)
	}
	for _, b := range bases {
		if b.URL != "" {
			list.Items = append(list.Items, insertion{b.Label, b.Full, b.URL, b.Ref.String()})
		}
	}
	return sendJSON(c, list)
}

// findPages finds pages of this site by title, else by text.
func (s *Server) findPages(c *fiber.Ctx) error {
	query := readText(c.Query("q"), MaxQueryRunes)
	list := insertions{[]insertion{}}
	if query.Text == "" || query.Fault != "" {
		return sendJSON(c, list)
	}
	titles, err := s.rooms.Index.Suggest(c.UserContext(), query.Text, maxSuggestions)
	if err != nil && !fault.Is(err, fault.KindUnavailable) {
		return fmt.Errorf("find pages: %w", err)
	}
	for _, t := range titles[:min(len(titles), maxSuggestions)] {
		list.Items = append(list.Items, insertion{Text: t.Text, Hint: kindName(t.Kind), URL: t.URL})
	}
	if len(list.Items) >= maxSuggestions {
		return sendJSON(c, list)
	}
	found, err := s.rooms.Index.Search(c.UserContext(), search.Query{Text: query.Text, Limit: maxSuggestions})
	if err != nil && !fault.Is(err, fault.KindUnavailable) {
		return fmt.Errorf("find pages: %w", err)
	}
	for _, hit := range found.Hits {
		known := slices.ContainsFunc(list.Items, func(i insertion) bool { return i.URL == hit.URL })
		if !known && len(list.Items) < maxSuggestions {
			list.Items = append(list.Items, insertion{Text: hit.Title, Hint: strings.TrimSpace(kindName(hit.Kind) + " " + hit.Code), URL: hit.URL})
		}
	}
	return sendJSON(c, list)
}
