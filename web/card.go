package web

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// cardSuffix is the page below a guide with its card of one sheet.
const cardSuffix = "/the-in"

// cardSize is what a sheet of paper holds: lines of the smallest text that is
// still read at arm's length, and letters of each.
type cardSize struct {
	Value, Label   string
	lines, letters int
}

// cardSizes are measured in a browser; a test there holds each card to one page.
var cardSizes = []cardSize{{"a4", "A4", 46, 88}, {"a5", "A5 (nửa tờ A4)", 39, 70}}

type cardPage struct {
	base
	Guide  content.Guide
	Lines  []cardLine
	Cut    bool   // the guide has more than the sheet
	Doubt  string // why the sheet is not to be followed blindly, "" for no reason
	Paper  cardSize
	Papers []chip
	Stamp  string
	QR     qrCode
	Target string // what the QR code holds
}

// cardLine is a line as the sheet shows it.
type cardLine struct{ content.CardLine }

// Sign stands before the line, in black and white.
func (l cardLine) Sign() string {
	switch l.Kind {
	case content.CardStep:
		return fmt.Sprintf("%d.", l.Number)
	case content.CardTask:
		return "☐"
	case content.CardMust:
		return "PHẢI:"
	case content.CardNever:
		if strings.HasPrefix(strings.ToLower(l.Text), "không được") {
			return "✕" // the line says so itself
		}
		return "KHÔNG ĐƯỢC:"
	}
	return ""
}

func (s *Server) showGuideCard(c *fiber.Ctx) error {
	guide, err := s.guideAt(c, cardSuffix)
	if err != nil || guide.ID == "" {
		return err
	}
	size, err := cardSizeAsked(c)
	if err != nil {
		return err
	}
	lines, err := s.rooms.Library.GuideCard(c.UserContext(), guide.ID, s.cfg.election())
	if err != nil {
		return fmt.Errorf("show card of guide %s: %w", guide.Slug, err)
	}
	page := cardPage{base: s.page(c, "Thẻ một trang: "+guide.Title, "Việc phải làm của bài, in trên một trang giấy."), Guide: guide, Paper: size, Stamp: stamp(guide.Revision, guide.UpdatedAt)}
	page.article(guidesCrumb, crumb{guide.Topic.Name, guide.Topic.Path()}, crumb{guide.Title, guide.Path()})
	page.Print, page.Sheet = false, size.Value // the sheet has its own head
	for _, other := range cardSizes {
		page.Papers = append(page.Papers, chip{other.Label, guide.Path() + cardSuffix + "?co=" + other.Value, other.Value == size.Value})
	}
	banners, err := s.guideBanners(c.UserContext(), guide)
	if err != nil {
		return err
	}
	page.Doubt = doubtOf(banners)
	page.Lines, page.Cut = size.fit(guide.Title, page.Doubt, lines)
	page.Target = s.absolute(c, escaped(guide.Path()))
	if page.QR, err = drawQR(page.Target); err != nil {
		return fmt.Errorf("show card of guide %s: %w", guide.Slug, err)
	}
	return s.render(c, "guides/card", page)
}

// doubtOf says on paper what the banners of the guide's own page say.
func doubtOf(banners []banner) string {
	var doubts []string
	for _, b := range banners {
		if b.Class != "ok" && !slices.Contains(doubts, b.Title) {
			doubts = append(doubts, b.Title)
		}
	}
	if len(doubts) == 0 {
		return ""
	}
	return strings.Join(doubts, ". ") + ". Hãy hỏi Ủy ban bầu cử trước khi làm theo thẻ này."
}

func cardSizeAsked(c *fiber.Ctx) (cardSize, error) {
	asked := c.Query("co", cardSizes[0].Value)
	for _, size := range cardSizes {
		if size.Value == asked {
			return size, nil
		}
	}
	return cardSize{}, fault.NotFound("Thẻ chỉ in được khổ A4 hoặc A5.")
}

// fit takes the leading lines that the sheet holds below its head. A heading is taken only
// with a line under it.
func (size cardSize) fit(title, doubt string, all []content.CardLine) (lines []cardLine, cut bool) {
	room := float64(size.lines) - 2*size.rows(title, 1.6)
	if doubt != "" {
		room -= size.cost(content.CardLine{Kind: content.CardMust, Text: doubt})
	}
	taken := 0
	for i, line := range all {
		if room -= size.cost(line); room < 0 {
			break
		}
		if line.Kind != content.CardHeading || i+1 < len(all) && room >= size.cost(all[i+1]) {
			taken = i + 1
		}
	}
	for taken > 0 && all[taken-1].Kind == content.CardHeading {
		taken--
	}
	for _, line := range all[:taken] {
		lines = append(lines, cardLine{line})
	}
	return lines, taken < len(all)
}

// cost is how many rows a line takes, blank space included.
func (size cardSize) cost(line content.CardLine) float64 {
	switch line.Kind {
	case content.CardHeading:
		return 1.2*size.rows(line.Text, 1.15) + .5
	case content.CardMust, content.CardNever:
		return size.rows(line.Text+"  KHÔNG ĐƯỢC:", 1.05) + .9
	}
	return size.rows(line.Text+"     ", 1) + .25
}

// rows counts the rows of a text whose letters are so much wider than usual.
func (size cardSize) rows(text string, wider float64) float64 {
	n := float64(utf8.RuneCountInString(text)) * wider
	return float64(int(n)/size.letters + 1)
}
