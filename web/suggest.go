package web

import (
	"encoding/json"
	"encoding/xml"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
	"sotay/search"
)

// Kinds of answers that OpenSearch defines.
const (
	mimeOpenSearch  = "application/opensearchdescription+xml; charset=utf-8"
	mimeSuggestions = "application/x-suggestions+json; charset=utf-8"
)

type suggestions struct {
	Suggestions []suggestion `json:"suggestions"`
}

type suggestion struct {
	Text string `json:"text"`
	Kind string `json:"kind"`
	URL  string `json:"url"`
}

// suggest answers what is typed so far with titles that it may be meant for.
// What cannot be read or answered just now has none: it is half typed.
func (s *Server) suggest(c *fiber.Ctx) error {
	typed := readText(c.Query("q"), MaxQueryRunes)
	var found []search.Suggestion
	c.Set(fiber.HeaderCacheControl, fmt.Sprintf("public, max-age=%d", suggestSeconds))
	if typed.Text != "" && typed.Fault == "" {
		var err error
		found, err = s.rooms.Index.Suggest(c.UserContext(), typed.Text, maxSuggestions)
		if fault.Is(err, fault.KindUnavailable) {
			c.Set(fiber.HeaderCacheControl, noStore)
			found, err = nil, nil
		}
		if err != nil {
			return fmt.Errorf("suggest: %w", err)
		}
	}
	return s.sendSuggestions(c, typed.Text, found[:min(len(found), maxSuggestions)])
}

// sendSuggestions writes the list as the pages read it, or as browsers do.
func (s *Server) sendSuggestions(c *fiber.Ctx, typed string, found []search.Suggestion) error {
	if c.Query("dang") == "opensearch" {
		return s.sendOpenSearch(c, typed, found)
	}
	list := suggestions{[]suggestion{}}
	for _, one := range found {
		list.Suggestions = append(list.Suggestions, suggestion{one.Text, one.Kind, one.URL})
	}
	return sendJSON(c, list)
}

// sendOpenSearch writes query, texts, descriptions (none) and addresses.
func (s *Server) sendOpenSearch(c *fiber.Ctx, typed string, found []search.Suggestion) error {
	texts, addresses := []string{}, []string{}
	for _, one := range found {
		texts, addresses = append(texts, one.Text), append(addresses, s.absolute(c, one.URL))
	}
	body, err := json.Marshal([]any{typed, texts, []string{}, addresses})
	if err != nil {
		return fmt.Errorf("write suggestions: %w", err)
	}
	c.Set(fiber.HeaderContentType, mimeSuggestions)
	return c.Send(body)
}

// openSearch tells browsers how to search the site from their address bar.
type openSearch struct {
	XMLName     xml.Name         `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string           `xml:"ShortName"`
	Description string           `xml:"Description"`
	Language    string           `xml:"Language"`
	Encoding    string           `xml:"InputEncoding"`
	Image       openSearchImage  `xml:"Image"`
	Addresses   []openSearchLink `xml:"Url"`
}

type openSearchImage struct {
	Width   int    `xml:"width,attr"`
	Height  int    `xml:"height,attr"`
	Kind    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchLink struct {
	Kind     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

func (s *Server) showOpenSearch(c *fiber.Ctx) error {
	name := []rune(s.cfg.SiteName)
	about := openSearch{
		ShortName: string(name[:min(len(name), maxShortName)]), Description: "Tìm hướng dẫn, hỏi đáp, văn bản trong " + s.cfg.SiteName, Language: "vi", Encoding: "UTF-8",
		Image: openSearchImage{48, 48, "image/png", s.absolute(c, "/favicon.ico")},
		Addresses: []openSearchLink{
			{"text/html", s.absolute(c, "/tim-kiem?q={searchTerms}")},
			{"application/x-suggestions+json", s.absolute(c, "/tim-kiem/goi-y?dang=opensearch&q={searchTerms}")},
		},
	}
	text, err := xml.Marshal(about)
	if err != nil {
		return fmt.Errorf("write search description: %w", err)
	}
	c.Set(fiber.HeaderContentType, mimeOpenSearch)
	return c.Send(append([]byte(xml.Header), text...))
}
