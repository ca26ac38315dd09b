package content

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"sotay/internal/fault"
)

var update = flag.Bool("update", false, "write golden files anew")

func samplePlan(t testing.TB) []byte {
	data, err := os.ReadFile("testdata/plans/phong-mau.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPlanIsDrawnAsInTheGoldenFile(t *testing.T) {
	plan, err := parsePlan(samplePlan(t))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(plan.SVG(), "><", ">\n<") + "\n"
	if *update {
		if err := os.WriteFile("testdata/plans/phong-mau.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/plans/phong-mau.golden")
	if err != nil || got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s%v", got, want, err)
	}
}

func TestEmbeddedPlansAreRead(t *testing.T) {
	entries, err := seedFiles.ReadDir(planFolder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("got %d embedded plans, %v", len(entries), err)
	}
	for _, entry := range entries {
		source, err := seedFiles.ReadFile(planFolder + "/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		plan, err := readPlan(string(source))
		if err != nil || plan.Key+".yaml" != entry.Name() || len(plan.Legend) == 0 {
			t.Errorf("got %+v, %v for %s", plan, err, entry.Name())
		}
		mustBePlainSVG(t, plan.SVG())
	}
}

func TestPlansAreReadStrictly(t *testing.T) {
	sample := string(samplePlan(t))
	tests := []struct{ name, old, new, want string }{
		{"key", "key: phong-mau", "key: Phòng", "Sơ đồ: key phải"},
		{"title", "title: Phòng mẫu <một cửa>", "title: ''", "Sơ đồ: title, label"},
		{"size", "width: 400", "width: 4000", "Sơ đồ: width và height"},
		{"no size", "height: 560", "height: .nan", "Sơ đồ: width và height"},
		{"unknown field", "width: 400", "with: 400", "Dòng 5: không có mục \"with\""},
		{"class", "class: room", "class: x\" onload=\"alert(1)", "Sơ đồ: hình 1: không có class"},
		{"class not drawn", "class: room", "class: dot", "Sơ đồ: hình 1: không có class"},
		{"kind", "kind: circle", "kind: image", "Sơ đồ: hình 5: không có loại hình"},
		{"path", "M104 550V150", "M104 550\\\" onload=\\\"alert(1)", "Sơ đồ: hình 3: hình path"},
		{"path that begins elsewhere", "M104 550V150", "L104 550V150", "Sơ đồ: hình 3: hình path"},
		{"outside", "x: 24, y: 24", "x: -24, y: 24", "Sơ đồ: hình 1: số phải"},
		{"endless", "r: 9", "r: .inf", "Sơ đồ: hình 5: số phải"},
		{"no radius", "r: 9", "r: 0", "Sơ đồ: hình 5: hình circle"},
		{"label", "Phông <trang trí>", strings.Repeat("a", 41), "Sơ đồ: hình 4: hình text"},
		{"legend", "text: Bảng niêm yết", "text: ''", "Sơ đồ: điểm 1 phải"},
		{"no shapes", "shapes:", "shapes: []\nlegend: []\nx:", "Dòng "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parsePlan([]byte(strings.Replace(sample, tt.old, tt.new, 1)))
			if !strings.Contains(sample, tt.old) || !saysInvalid(err, tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := parsePlan(make([]byte, maxPlanBytes+1)); !saysInvalid(err, "Sơ đồ dài quá 64 KiB") {
		t.Errorf("got %v for a long plan", err)
	}
}

// mustBePlainSVG reads a drawing as XML and fails on what could act.
func mustBePlainSVG(t testing.TB, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !strings.Contains(" svg title desc rect circle path text ", " "+e.Name.Local+" ") {
			t.Errorf("element %s in %s", e.Name.Local, svg)
		}
		for _, a := range e.Attr {
			if !strings.Contains(" class viewBox role aria-labelledby id x y width height rx cx cy r d ", " "+a.Name.Local+" ") {
				t.Errorf("attribute %s in %s", a.Name.Local, svg)
			}
		}
	}
}

func FuzzPlan(f *testing.F) {
	f.Add(samplePlan(f))
	f.Add([]byte("key: a\nshapes: [{kind: path, d: M0}]"))
	f.Add([]byte("width: 1e3\nheight: 0x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, err := parsePlan(data)
		if err == nil {
			mustBePlainSVG(t, plan.SVG())
		} else if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v, want an Invalid", err)
		}
	})
}
