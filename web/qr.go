package web

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrCode is a QR code as a drawing: squares of one unit, with the quiet zone
// that readers need around it.
type qrCode struct {
	Path string // of an SVG
	Size int    // units along a side, quiet zone included
}

// quietZone is four units wide by ISO/IEC 18004.
const quietZone = 4

func drawQR(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrCode{}, fmt.Errorf("draw QR code: %w", err)
	}
	n := code.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := range n {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quietZone, y+quietZone)
			}
		}
	}
	return qrCode{path.String(), n + 2*quietZone}, nil
}

// inFours writes a key as people read it out: "ABCD EFGH".
func inFours(key string) string {
	var parts []string
	for ; len(key) > 4; key = key[4:] {
		parts = append(parts, key[:4])
	}
	return strings.Join(append(parts, key), " ")
}

func onlyDigits(text string) string { return strings.TrimPrefix(digits(text), "+") }

func escapeQuery(text string) string { return url.QueryEscape(text) }
