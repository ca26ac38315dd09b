package content

import "testing"

// A table right below another one has heads of its own.
func TestTheTextCheckReadsTablesApart(t *testing.T) {
	const markdown = "| Giấy | Mẫu |\n|---|---|\n| Thẻ cử tri | 10 |\n\n| Yêu cầu | Mức |\n|---|---|\n| Tuổi | 21 |\n"
	body, err := Render(markdown, len(markdown))
	if err != nil {
		t.Fatal(err)
	}
	list := statements("", body.Sections[0].Text)
	if last := list[len(list)-1]; last.head != "yêu cầu | mức" {
		t.Errorf("the last row is read below %q", last.head)
	}
}
