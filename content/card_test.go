package content

import (
	"fmt"
	"strings"
	"testing"
)

func TestACardHasWhatMustBeDone(t *testing.T) {
	source := "Lời dẫn.\n\n## 1. Trước\n\nLý do dài.\n\n1. Nhận **phiếu** trước {{hạn:giao-phieu-to}}.\n2. Đếm.\n\n   Vì sao.\n\n> [!TIP]\n> Mẹo.\n\n> [!NEVER]\n> Mở niêm phong.\n> - một\n> - hai\n\n3. Ký.\n\n" +
		"## 2. Không có việc\n\nChữ.\n\n- mục thường\n\n## 3. Tích\n\n- [ ] Bút\n- [ ] Dấu\n\n::: vai-tro thu-ky\n> [!MUST]\n> Ghi số.\n:::\n"
	lines, err := cardOf(source, general2026)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&got, "%s %d %s\n", l.Kind, l.Number, l.Text)
	}
	want := "heading 0 Trước\nstep 1 Nhận phiếu trước 02/3/2026.\nstep 2 Đếm.\nnever 0 Mở niêm phong. một hai\nstep 3 Ký.\n" +
		"heading 0 Tích\ntask 0 Bút\ntask 0 Dấu\nheading 0 Dành cho: Thư ký\nmust 0 Ghi số.\n"
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

func TestACardTellsWhoseStepsTheyAre(t *testing.T) {
	source := "## 1. Nơi đi\n\n::: vai-tro ubnd-xa\n1. Ghi mẫu.\n:::\n\n> [!NEVER]\n> Xóa tên.\n\n" +
		"## 2. Nơi đến\n\n1. Nhận giấy.\n\n::: vai-tro cong-an-xa\nChỉ có chữ.\n:::\n\n2. Phát phiếu.\n\n::: vai-tro thu-ky\n3. Ghi sổ.\n:::\n"
	lines, err := cardOf(source, general2026)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&got, "%s %d %s\n", l.Kind, l.Number, l.Text)
	}
	want := "heading 0 Nơi đi (dành cho: Ủy ban nhân dân cấp xã)\nstep 1 Ghi mẫu.\nheading 0 Nơi đi\nnever 0 Xóa tên.\n" +
		"heading 0 Nơi đến\nstep 1 Nhận giấy.\nstep 2 Phát phiếu.\nheading 0 Dành cho: Thư ký\nstep 3 Ghi sổ.\n"
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}
