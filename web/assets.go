package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
)

// embedded holds templates and assets as they were when the program was built.
//
//go:embed templates static
var embedded embed.FS

// addresses are where the assets of every page are found. Each has a hash of its
// content in its name, so it may be kept for ever.
type addresses struct {
	CSS, Script  string
	Desk, Editor string // style sheet and script of the pages of those who write
}

// assets are the files served below /static, by name.
type assets struct {
	addresses
	files map[string]asset
	icon  []byte
}

type asset struct {
	kind   string
	body   []byte
	packed []byte // gzip
}

// joinAssets makes one style sheet and one script of their parts: each request
// costs a phone on a weak line more than its bytes.
func joinAssets(files fs.FS) (assets, error) {
	a := assets{files: map[string]asset{}}
	parts, err := fs.Glob(files, "static/css/*.css")
	if err != nil {
		return assets{}, fmt.Errorf("list style sheets: %w", err)
	}
	sheet, err := join(files, parts...)
	if err != nil {
		return assets{}, err
	}
	script, err := join(files, "static/pref.js", "static/site.js")
	if err != nil {
		return assets{}, err
	}
	if a.icon, err = join(files, "static/icons/favicon.png"); err != nil {
		return assets{}, err
	}
	deskSheet, err := join(files, "static/desk/desk.css")
	if err != nil {
		return assets{}, err
	}
	editor, err := join(files, "static/desk/editor.js")
	if err != nil {
		return assets{}, err
	}
	a.Desk = a.add("desk", ".css", "text/css; charset=utf-8", deskSheet)
	a.Editor = a.add("editor", ".js", "text/javascript; charset=utf-8", editor)
	a.CSS = a.add("site", ".css", "text/css; charset=utf-8", sheet)
	a.Script = a.add("site", ".js", "text/javascript; charset=utf-8", script)
	return a, nil
}

// join reads files one after the other.
func join(files fs.FS, names ...string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		all = append(all, text...)
	}
	return all, nil
}

// add keeps an asset and gives its address.
func (a *assets) add(name, extension, kind string, body []byte) string {
	sum := sha256.Sum256(body)
	file := name + "-" + hex.EncodeToString(sum[:6]) + extension
	a.files[file] = asset{kind: kind, body: body, packed: squeeze(body)}
	return "/static/" + file
}

func (s *Server) showAsset(c *fiber.Ctx) error {
	file, ok := s.looks().assets.files[c.Params("name")]
	if !ok {
		return fault.NotFound(noPage)
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderContentType, file.kind)
	c.Vary(fiber.HeaderAcceptEncoding)
	if takesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SetBodyRaw(file.packed)
		return nil
	}
	c.Response().SetBodyRaw(file.body)
	return nil
}

func (s *Server) showIcon(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	c.Set(fiber.HeaderContentType, "image/png")
	c.Response().SetBodyRaw(s.looks().assets.icon)
	return nil
}

// takesGzip reads Accept-Encoding: gzip or anything, unless its weight is zero.
func takesGzip(accepted string) bool {
	for _, one := range strings.Split(accepted, ",") {
		name, weight, weighed := strings.Cut(strings.ReplaceAll(one, " ", ""), ";q=")
		if (name == "gzip" || name == "*") && !(weighed && strings.Trim(weight, "0.") == "") {
			return true
		}
	}
	return false
}
