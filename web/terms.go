package web

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/viet"
)

type termsPage struct {
	base
	Letters []letterGroup
	Short   []content.Term // those with an abbreviation, by it
}

// letterGroup is the terms that begin with one letter.
type letterGroup struct {
	Letter, Anchor string
	Terms          []termView
}

type termView struct {
	content.Term
	Parts []partView
	Flags []banner // provisions that changed since
}

func (s *Server) listTerms(c *fiber.Ctx) error {
	page := termsPage{base: s.page(c, "Thuật ngữ", "Thuật ngữ bầu cử và chữ viết tắt, giải thích ngắn, kèm căn cứ.")}
	page.article()
	terms, err := s.rooms.Library.Terms(c.UserContext())
	if err != nil {
		return fmt.Errorf("list terms: %w", err)
	}
	flags, err := s.rooms.Library.Flags(c.UserContext())
	if err != nil {
		return fmt.Errorf("read flags of terms: %w", err)
	}
	slices.SortFunc(terms, func(a, b content.Term) int { return strings.Compare(viet.SortKey(a.Title), viet.SortKey(b.Title)) })
	for _, t := range terms {
		parts, err := s.parts(c.UserContext(), t.Body, "")
		if err != nil {
			return fmt.Errorf("show term %s: %w", t.Slug, err)
		}
		letter := firstLetter(t.Title)
		if n := len(page.Letters); n == 0 || page.Letters[n-1].Letter != letter {
			page.Letters = append(page.Letters, letterGroup{Letter: letter, Anchor: "chu-" + letterAnchor(letter)})
		}
		group := &page.Letters[len(page.Letters)-1]
		banners := bannersOf(flags[content.Thing{Kind: content.KindTerm, ID: t.ID}], s.cfg.Today())
		group.Terms = append(group.Terms, termView{t, parts, banners})
		if t.Short != "" {
			page.Short = append(page.Short, t)
		}
	}
	slices.SortFunc(page.Short, func(a, b content.Term) int { return strings.Compare(viet.SortKey(a.Short), viet.SortKey(b.Short)) })
	return s.render(c, "terms/list", page)
}

// ChangesPath is where readers see what was changed in the term; "" while it is
// as it was first.
func (t termView) ChangesPath() string {
	if t.Revision <= 1 {
		return ""
	}
	return changesPath(content.KindTerm, t.Slug, "")
}

// Stamp says which revision the reader sees.
func (t termView) Stamp() string { return stamp(t.Revision, t.UpdatedAt) }

// firstLetter is the letter under which a word stands: Ủ under U, Đ by itself.
func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	if r == 'đ' || r == 'Đ' {
		return "Đ"
	}
	return strings.ToUpper(viet.Fold(string(r)))
}

func letterAnchor(letter string) string {
	if letter == "Đ" {
		return "dd"
	}
	return strings.ToLower(letter)
}
