package content

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

var telephone = regexp.MustCompile(`^\+?[0-9][0-9.()-]{1,30}$`)

func (p *page) checkLink(n ast.Node, written string) error {
	target, ok := linkTarget(util.URLEscape([]byte(written), true))
	if !ok || hasHidden(written) {
		return p.invalid(offsetOf(n), "địa chỉ liên kết %q không dùng được. Hãy dùng https://…, mailto:…, tel:…, /trang-trong-sổ-tay hoặc #mục.", shorten(written, maxLabelRunes))
	}
	p.targets[n] = target
	if target[0] == '/' || target[0] == '#' {
		p.addSiteLink(target)
	}
	return p.checkOutsideLink(n)
}

// addSiteLink notes a link within the site as people write it: "#khoan-2-diem-đ".
func (p *page) addSiteLink(target string) {
	link := plainAddress(target)
	if !slices.Contains(p.links, link) {
		p.links = append(p.links, link)
	}
}

// plainAddress is an address of this site without percent signs.
func plainAddress(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	address := u.Path
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		address += "#" + u.Fragment
	}
	return address
}

// checkOutsideLink refuses a link or a reference to a footnote inside a link.
func (p *page) checkOutsideLink(n ast.Node) error {
	for above := n.Parent(); above != nil; above = above.Parent() {
		if above.Kind() == ast.KindLink {
			return p.invalid(offsetOf(n), "liên kết không được chứa liên kết hoặc chú thích khác. Hãy tách ra.")
		}
	}
	return nil
}

func (p *page) checkAutoLink(n *ast.AutoLink) error {
	written := string(n.URL(p.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(written), "mailto:") {
		written = "mailto:" + written
	}
	return p.checkLink(n, written)
}

// checkImage lets only images of this site pass, and only with words for those
// who do not see them.
func (p *page) checkImage(n *ast.Image) error {
	target, ok := linkTarget(util.URLEscape(n.Destination, true))
	if !ok || !strings.HasPrefix(target, "/tep/") || strings.Contains(target, "..") {
		return p.invalid(offsetOf(n), "chỉ dùng hình đã tải lên sổ tay (địa chỉ /tep/…).")
	}
	if p.inlineText(n) == "" {
		return p.invalid(offsetOf(n), "hình phải có lời tả: ![lời tả](/tep/…).")
	}
	p.targets[n] = target
	return nil
}

// hasHidden reports characters in an address, also as entities, that browsers
// drop or turn into others.
func hasHidden(written string) bool {
	plain := util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(written))))
	return bytes.ContainsFunc(plain, isHidden)
}

func isHidden(r rune) bool {
	return r == '\\' || r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}

// linkTarget is the address as it will be written, or false when no link may
// lead there.
func linkTarget(escaped []byte) (string, bool) {
	u, err := url.Parse(string(escaped))
	if err != nil || len(escaped) == 0 {
		return "", false
	}
	target := u.String()
	switch u.Scheme {
	case "":
		local := strings.HasPrefix(target, "#") && len(target) > 1 || strings.HasPrefix(target, "/") && !strings.HasPrefix(target, "//")
		return target, local && u.Host == "" && !strings.ContainsFunc(plainAddress(target), isHidden)
	case "http", "https":
		return target, u.Host != "" && u.User == nil
	case "mailto":
		return target, strings.Contains(u.Opaque, "@")
	case "tel":
		return target, telephone.MatchString(u.Opaque)
	}
	return "", false
}

// isExternal reports whether an address leads to another site.
func isExternal(target string) bool { return strings.HasPrefix(target, "http") }
