package content

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"reflect"
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

// embeddedPlans are the plans that every database begins with, and their sources.
func embeddedPlans(t testing.TB) map[string][]byte {
	t.Helper()
	entries, err := seedFiles.ReadDir(planFolder)
	if err != nil || len(entries) < 4 {
		t.Fatalf("got %d embedded plans, %v", len(entries), err)
	}
	sources := map[string][]byte{}
	for _, entry := range entries {
		data, err := seedFiles.ReadFile(planFolder + "/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		sources[strings.TrimSuffix(entry.Name(), ".yaml")] = data
	}
	return sources
}

func TestEmbeddedPlansAreReadAndDrawnAlike(t *testing.T) {
	for key, data := range embeddedPlans(t) {
		plan, err := parsePlan(data)
		if err != nil || plan.Key != key || len(plan.Legend) == 0 {
			t.Fatalf("got %+v, %v for %s", plan, err, key)
		}
		mustBePlainSVG(t, plan.SVG())
		for range 3 {
			if again, err := parsePlan(data); err != nil || !reflect.DeepEqual(again, plan) {
				t.Fatalf("%s is drawn otherwise the next time: %v", plan.Key, err)
			}
		}
	}
}

func TestPlansAreReadStrictly(t *testing.T) {
	sample := string(samplePlan(t))
	tests := []struct{ name, old, new, want string }{
		{"key", "key: phong-mau", "key: Phòng", "Dòng 1: key phải"},
		{"title", "title: Phòng mẫu <hai cửa>", "title: ''", "Dòng 2: thiếu chữ ở mục title"},
		{"long text", "name: Phòng mẫu", "name: " + strings.Repeat("a", 901), "Dòng 3: mục name dài quá"},
		{"unknown field", "label:", "lable:", "Dòng 5: không có mục \"lable\""},
		{"hand-made shapes", "checks:", "shapes: [{d: M0}]\nchecks:", "Dòng 22: không có mục \"shapes\""},
		{"big room", "width: 8, depth", "width: 80, depth", "Dòng 7: width phải từ 3 đến 30 mét"},
		{"no number", "depth: 6", "depth: .nan", "Dòng 7: depth phải"},
		{"endless", "yard: 3", "yard: .inf", "Dòng 7: yard phải"},
		{"narrow aisle", "aisle: 1}", "aisle: 0.4}", "Dòng 7: aisle phải từ 0,8 đến 3 mét"},
		{"odd aisle", "aisle: 1}", "aisle: 1.1}", "Dòng 7: aisle phải chia hết"},
		{"too fine", "x: 0.7", "x: 0.73", "Dòng 14: x ghi tới 0,1 mét"},
		{"negative size", "w: 0.8, h: 1,", "w: -0.8, h: 1,", "Dòng 14: w phải từ 0,1"},
		{"negative place", "x: 0.7", "x: -0.7", "Dòng 14: x phải từ 0"},
		{"unknown kind", "kind: ban-huong-dan", "kind: ban-bi-da", "Dòng 14: không có loại vật \"ban-bi-da\". Hãy dùng: ban-dong-dau"},
		{"unknown front", "h: 1, front: phai", "h: 1, front: bac", "Dòng 14: không có phía \"bac\""},
		{"missing source", ", source: sach-hoi-dap-2026 cau-158}", "}", "Dòng 17: thiếu nguồn (source)"},
		{"unreadable source", "source: sach-hoi-dap-2026 cau-158}", "source: nghe nói}", "Dòng 17: không đọc được nguồn \"nghe nói\""},
		{"missing text", "text: Có Quốc huy, ", "", "Dòng 17: thiếu chữ ở mục text"},
		{"check without source", "{text: Đã đi thử, source: gợi ý}", "{text: Đã đi thử}", "Dòng 23: thiếu nguồn"},
		{"no checks", "checks:\n  - {text: Đã đi thử, source: gợi ý}", "checks: []", "Dòng 22: bảng kiểm"},
		{"overlap", "kind: bang-ung-cu, x: 2.6, y: 5.7", "kind: bang-ung-cu, x: 1, y: 4.4", "Dòng 15: bảng người ứng cử (ung-cu) chồng lên hoặc sát bàn hướng dẫn (huong-dan). Hãy đặt cách nhau ít nhất 0,2 mét"},
		{"blocked door", "kind: bang-ung-cu, x: 2.6, y: 5.7", "kind: bang-ung-cu, x: 1.6, y: 5.4", "Dòng 15: bảng người ứng cử (ung-cu) chắn cửa vào. Hãy để trống 1,2 mét trước cửa"},
		{"blocked escape", "kind: bang-ung-cu, x: 2.6, y: 5.7", "kind: bang-ung-cu, x: 6.8, y: 0.8", "Dòng 15: bảng người ứng cử (ung-cu) chắn lối thoát hiểm"},
		{"outside", "kind: hom-phieu-phu, x: 3.7", "kind: hom-phieu-phu, x: 7.7", "Dòng 18: hòm phiếu phụ (hom-phu) không nằm gọn"},
		{"in the yard", "kind: hom-phieu-phu, x: 3.7, y: 3.2", "kind: hom-phieu-phu, x: 7, y: 7.5", "Dòng 18: hòm phiếu phụ (hom-phu) phải ở trong phòng"},
		{"seats", "seats: 2", "seats: 0", "Dòng 16: nơi viết phiếu phải ghi front và số chỗ"},
		{"seats of a table", "h: 1, front: phai", "h: 1, seats: 2, front: phai", "Dòng 14: chỉ nơi viết phiếu"},
		{"near stand", "stand: 0.9", "stand: 0.2", "Dòng 16: stand phải từ nửa lối đi, 0,5 mét"},
		{"id", "id: huong-dan,", "id: Hướng dẫn,", "Dòng 14: id phải"},
		{"id twice", "id: hom-phu", "id: hom", "Dòng 18: id \"hom\" dùng hai lần"},
		{"no second box", "kind: hom-phieu-phu", "kind: ban-to-truong", "Dòng 13: phải có đúng một hòm phiếu phụ"},
		{"unknown door", "use: thoat-hiem", "use: cua-so", "Dòng 12: không có loại cửa \"cua-so\""},
		{"unknown wall", "wall: phai", "wall: dong", "Dòng 12: không có tường \"dong\""},
		{"door beyond the wall", "at: 0.4, width: 1", "at: 5.4, width: 1", "Dòng 12: cửa thoat vượt ra ngoài"},
		{"narrow door", "at: 1.5, width: 1,", "at: 1.5, width: 0.7,", "Dòng 10: width phải từ 1 đến"},
		{"entrance elsewhere", "use: vao, wall: duoi", "use: vao, wall: tren", "Dòng 10: cửa cử tri đi qua phải ở tường duoi"},
		{"two gates", "{id: thoat, use: thoat-hiem, wall: phai, at: 0.4, width: 1", "{id: thoat, use: cong, at: 0.4, width: 2", "Dòng 8: phải có đúng một cổng"},
		{"no exit", "id: ra, use: ra", "id: ra, use: thoat-hiem", "Dòng 8: phải có một cửa vào và một cửa ra"},
		{"order", "huong-dan, viet-phieu, hom,", "viet-phieu, huong-dan, hom,", "Dòng 21: lối đi phải lần lượt"},
		{"no station", "hom, dong-dau, ra", "hom, ra", "Dòng 21: lối đi phải lần lượt qua cổng, cửa vào, bàn hướng dẫn, nơi viết phiếu, hòm phiếu, bàn đóng dấu, cửa ra, cổng. Thiếu hoặc sai thứ tự ở bàn đóng dấu"},
		{"ends inside", "ra, cong]", "ra]", "Dòng 21: lối đi phải lần lượt"},
		{"unknown station", "hom, dong-dau", "hom, xyz, dong-dau", "Dòng 21: lối đi không qua được \"xyz\""},
		{"station twice", "hom, dong-dau", "hom, hom, dong-dau", "Dòng 21: lối đi qua \"hom\" nhiều lần"},
		{"station without front", "hom, dong-dau", "hom, hom-phu, dong-dau", "Dòng 21: hòm phiếu phụ (hom-phu) trên lối đi phải ghi phía"},
		{"no way", "kind: hom-phieu-phu, x: 3.7, y: 3.2, w: 0.6, h: 0.5", "kind: hom-phieu-phu, x: 4.7, y: 0, w: 0.2, h: 6", "Dòng 21: không có lối rộng 1 mét từ \"hom\" đến \"dong-dau\""},
		{"no place to stand", "kind: hom-phieu-phu, x: 3.7, y: 3.2", "kind: hom-phieu-phu, x: 3.7, y: 1.4", "Dòng 21: chỗ đứng ở \"hom\" bị chắn"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parsePlan([]byte(strings.Replace(sample, tt.old, tt.new, 1)))
			if !strings.Contains(sample, tt.old) || !saysInvalid(err, tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestPlansHaveLimits(t *testing.T) {
	if _, err := parsePlan(make([]byte, maxPlanBytes+1)); !saysInvalid(err, "Sơ đồ dài quá 64 KiB") {
		t.Errorf("got %v for a long plan", err)
	}
	sample := string(samplePlan(t))
	for list, want := range map[string]string{
		"doors:\n" + strings.Repeat("  - {id: a, use: vao, wall: duoi, at: 1, width: 1, text: a, source: gợi ý}\n", maxPlanDoors):     "nhiều nhất là 8",
		"objects:\n" + strings.Repeat("  - {id: a, kind: ghe-cho, x: 1, y: 1, w: 1, h: 1, text: a, source: gợi ý}\n", maxPlanObjects): "nhiều nhất là 40",
		"path: [" + strings.Repeat("a, ", maxPlanStations):                            "nhiều nhất là 16",
		"checks:\n" + strings.Repeat("  - {text: a, source: gợi ý}\n", maxPlanChecks): "từ 1 đến 30 dòng",
	} {
		name, _, _ := strings.Cut(list, ":")
		head := name + ":\n"
		if name == "path" {
			head = "path: ["
		}
		if _, err := parsePlan([]byte(strings.Replace(sample, head, list, 1))); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
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
			if !strings.Contains(" class viewBox role aria-labelledby id x y width height cx cy r d ", " "+a.Name.Local+" ") {
				t.Errorf("attribute %s in %s", a.Name.Local, svg)
			}
		}
	}
}

func FuzzPlan(f *testing.F) {
	f.Add(samplePlan(f))
	for _, data := range embeddedPlans(f) {
		f.Add(data)
	}
	f.Add([]byte("key: a\npath: [a, a]"))
	f.Add([]byte("room: {width: 1e3, depth: 0x10}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, err := parsePlan(data)
		if err == nil {
			mustBePlainSVG(t, plan.SVG())
			mustBeInOrder(t, plan)
		} else if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v, want an Invalid", err)
		}
	})
}
