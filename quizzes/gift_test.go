package quizzes_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"sotay/internal/fault"
	"sotay/quizzes"
)

func read(t testing.TB, file string) quizzes.File {
	t.Helper()
	source, err := os.ReadFile("testdata/bank/" + file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := quizzes.ParseGIFT(file, string(source))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFileWithAHeadIsAQuizOfItsQuestions(t *testing.T) {
	f := read(t, "10-kiem-phieu.gift")
	want := quizzes.Quiz{Slug: "kiem-phieu", Title: "Kiểm phiếu và lập biên bản", Summary: "Bốn câu về phiếu hợp lệ và niêm phong.", Topic: "kiem-phieu-bien-ban", Count: 4}
	if !reflect.DeepEqual(f.Quiz, want) {
		t.Errorf("got %+v, want %+v", f.Quiz, want)
	}
	if got := strings.Join(f.Order, " "); got != "kiem-phieu-1 kiem-phieu-2 kiem-phieu-3 trang-tri-1" {
		t.Errorf("got order %q", got)
	}
}

func TestAQuestionIsReadWithItsMetadata(t *testing.T) {
	q := read(t, "10-kiem-phieu.gift").Questions[0]
	if q.ID != "kiem-phieu-1" || q.Kind != quizzes.KindSingle || q.Stem != "Phiếu nào hợp lệ?" {
		t.Errorf("got %q %q %q", q.ID, q.Kind, q.Stem)
	}
	want := []quizzes.Option{
		{Key: "a", Text: "Phiếu theo mẫu, có dấu của Tổ bầu cử", Right: true, Feedback: "Đúng."},
		{Key: "b", Text: "Phiếu tự in", Feedback: "Phiếu phải theo mẫu."},
		{Key: "c", Text: "Phiếu để số người được bầu = số dư"},
	}
	if !reflect.DeepEqual(q.Options, want) {
		t.Errorf("got %+v, want %+v", q.Options, want)
	}
	if want := "Phiếu phải theo mẫu quy định.\n\nPhiếu phải có dấu của Tổ bầu cử."; q.Explanation != want {
		t.Errorf("got %q, want %q", q.Explanation, want)
	}
	if len(q.Basis) != 2 || q.Basis[1].String() != "luat-85-2015 dieu-74 khoan-2" {
		t.Errorf("got basis %v", q.Basis)
	}
	if q.Read != "/huong-dan/kiem-phieu-bien-ban/kiem-phieu#muc-phieu-hop-le" || q.ReadLabel != "Phiếu hợp lệ" {
		t.Errorf("got link %q %q", q.Read, q.ReadLabel)
	}
	if q.Topic != "kiem-phieu-bien-ban" || q.Level != "rule" || q.Trust != "V" {
		t.Errorf("got %q %q %q", q.Topic, q.Level, q.Trust)
	}
	if !strings.HasPrefix(q.Source, "// basis:") || !strings.HasSuffix(q.Source, "\n}") {
		t.Errorf("got source %q", q.Source)
	}
}

func TestTrueFalseFeedbackGoesToTheOptionItSpeaksOf(t *testing.T) {
	q := read(t, "10-kiem-phieu.gift").Questions[2]
	want := []quizzes.Option{
		{Key: "a", Text: "Đúng", Feedback: "Không được mang đi."},
		{Key: "b", Text: "Sai", Right: true, Feedback: "Đúng vậy."},
	}
	if q.Kind != quizzes.KindTrueFalse || !reflect.DeepEqual(q.Options, want) {
		t.Errorf("got %q %+v, want %+v", q.Kind, q.Options, want)
	}
}

func TestHiddenTellsNothingOfTheAnswer(t *testing.T) {
	q := read(t, "10-kiem-phieu.gift").Questions[0]
	h := q.Hidden()
	if len(h.Rights()) > 0 || h.Explanation+h.Read+h.ReadLabel+h.Source+h.Options[0].Feedback != "" {
		t.Errorf("got %+v", h)
	}
	if len(q.Rights()) != 1 || h.Stem != q.Stem || h.Options[1].Text != q.Options[1].Text {
		t.Errorf("the question itself changed, or its texts are missing: %+v, %+v", q, h)
	}
}

const metadata = "// basis: luat-85-2015 dieu-69\n// read: /huong-dan/a/b#muc-c\n// topic: t\n// trust: V\n"

func TestFaultsNameFileLineAndRemedy(t *testing.T) {
	good := metadata + "::a:: Hỏi? {=x ~y####vì}"
	for _, c := range []struct{ name, source, want string }{
		{"no id", metadata + "Hỏi? {=x ~y####vì}", "f.gift:5: câu hỏi phải mở đầu bằng ::ma-cau::"},
		{"id in capitals", metadata + "::A:: Hỏi? {=x ~y####vì}", "f.gift:5: câu hỏi phải mở đầu"},
		{"same id twice", good + "\n\n" + good, `f.gift:7: mã câu "a" đã dùng ở dòng 1`},
		{"no answers", metadata + "::a:: Hỏi?", "f.gift:5: câu hỏi thiếu phần trả lời"},
		{"empty line inside", metadata + "::a:: Hỏi? {=x\n\n~y####vì}", "f.gift:5: thiếu dấu }"},
		{"text after", metadata + "::a:: Hỏi {=x ~y####vì}\nnữa?", "f.gift:6: sau dấu } còn chữ"},
		{"bare sign in stem", metadata + "::a:: 1 = 1? {=x ~y####vì}", "f.gift:5: gặp dấu '=' trong câu hỏi"},
		{"bare sign in explanation", metadata + "::a:: Hỏi? {=x ~y####vì\n1 = 1}", "f.gift:6: gặp dấu '='"},
		{"second brace", metadata + "::a:: Hỏi? {=x {~y####vì}", "f.gift:5: gặp dấu { thứ hai"},
		{"odd backslash", metadata + "::a:: Hỏi? {=x ~\\y####vì}", `f.gift:5: dấu \ chỉ đứng trước`},
		{"two right in single", metadata + "::a:: Hỏi? {=x =y ~z####vì}", "f.gift:5: câu có 2 lựa chọn mang dấu ="},
		{"none right", metadata + "::a:: Hỏi? {~x ~y####vì}", "f.gift:5: câu có 0 lựa chọn mang dấu ="},
		{"none right of several", metadata + "::a:: Hỏi? {~%-50%x ~%-50%y####vì}", "cộng lại phải bằng 100, nay là 0"},
		{"mixed marks", metadata + "::a:: Hỏi? {=x ~%-50%y####vì}", "f.gift:5: không dùng dấu = cùng với phần trăm"},
		{"short answer", metadata + "::a:: Hỏi? {=x####vì}", "f.gift:1: câu a: cần ít nhất hai lựa chọn"},
		{"numeric", metadata + "::a:: Hỏi? {#3}", "f.gift:5: phần trả lời phải là"},
		{"essay", metadata + "::a:: Hỏi? {}", "f.gift:5: phần trả lời phải là"},
		{"too many feedbacks", metadata + "::a:: Hỏi? {T#a#b#c####vì}", "f.gift:5: câu đúng/sai có nhiều nhất hai"},
		{"same option twice", metadata + "::a:: Hỏi? {=x ~X####vì}", "lựa chọn b giống"},
		{"empty option", metadata + "::a:: Hỏi? {=x ~####vì}", "lựa chọn b chưa có lời"},
		{"no stem", metadata + "::a:: {=x ~y####vì}", "chưa có lời câu hỏi"},
		{"no explanation", metadata + "::a:: Hỏi? {=x ~y}", "f.gift:1: câu a: chưa có lời giải thích"},
		{"no basis", "// read: /a\n// topic: t\n// trust: V\n::a:: Hỏi? {=x ~y####vì}", "chưa có căn cứ"},
		{"bad basis", "// basis: Luật\n" + good, `f.gift:1: căn cứ "Luật"`},
		{"foreign link", strings.Replace(good, "/huong-dan", "https://example.com", 1), "cần dòng // read:"},
		{"link without host", strings.Replace(good, "/huong-dan", "//example", 1), "cần dòng // read:"},
		{"weak trust", strings.Replace(good, "trust: V", "trust: N", 1), "cần dòng // trust: V hoặc V-bao"},
		{"no topic", strings.Replace(good, "topic: t", "topic:", 1), "cần dòng // topic:"},
		{"odd level", "// level: hard\n" + good, "dòng level phải là rule hoặc exception"},
		{"unknown key", "// bassis: x\n" + good, `f.gift:1: không hiểu "bassis"`},
		{"key twice", "// topic: u\n" + good, `f.gift:4: "topic" đã có ở dòng 1`},
		{"metadata apart", "// trust: V\n\n" + good, `f.gift:1: dòng "trust" phải đứng liền trên câu hỏi`},
		{"metadata below", good + "\n// topic: t\n::b:: {=x ~y}", `f.gift:6: dòng "topic" phải đứng liền trên câu hỏi của nó`},
		{"head glued to question", "// quiz: q\n" + good, `f.gift:1: dòng "quiz" thuộc đầu tệp`},
		{"head without title", "\n\n// quiz: q\n// summary: s\n// topic: t\n\n" + good, "f.gift:1: đầu tệp cần dòng // title:"},
		{"bad slug", "// quiz: Q\n// title: x\n// summary: s\n// topic: t\n\n" + good, "f.gift:1: đầu tệp cần dòng // quiz:"},
		{"empty quiz", "// quiz: q\n// title: x\n// summary: s\n// topic: t\n", "f.gift:1: bài chưa có câu nào"},
		{"own question used", "// quiz: q\n// title: x\n// summary: s\n// topic: t\n// uses: a\n\n" + good, `f.gift:5: câu "a" đã có trong bài`},
		{"not UTF-8", good + "\n\n\xff", "f.gift:7: có ký tự lạ"},
		{"control character", "\n" + strings.Replace(good, "Hỏi", "H\x00i", 1), "f.gift:6: có ký tự lạ"},
		{"lines of Windows", "\r\n\r\n" + strings.ReplaceAll(metadata, "\n", "\r\n") + "::A:: x", "f.gift:7: câu hỏi phải mở đầu"},
		{"loose tone mark", metadata + "::a:: Hỏi? {=x ~ \u0301y####vì}", "f.gift:5: có dấu thanh đứng rời"},
		{"too big", strings.Repeat("x", quizzes.MaxFileBytes+1), "f.gift:1: tệp lớn hơn 1024 KiB"},
	} {
		_, err := quizzes.ParseGIFT("f.gift", c.source)
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := quizzes.ParseGIFT("f.gift", good); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

func TestAllFaultsOfAFileAreToldAtOnce(t *testing.T) {
	_, err := quizzes.ParseGIFT("f.gift", metadata+"::a:: Hỏi\n\n"+metadata+"::b:: Hỏi {=x ~y}")
	f, ok := fault.Of(err)
	if !ok || len(f.Fields) != 2 || f.Fields[0].Name != "f.gift:5" || f.Fields[1].Name != "f.gift:7" {
		t.Errorf("got %v", err)
	}
}

func TestFormatKeepsEveryQuestion(t *testing.T) {
	for _, file := range []string{"10-kiem-phieu.gift", "20-trang-tri.gift"} {
		for _, q := range read(t, file).Questions {
			sameAfterFormat(t, q)
		}
	}
}

// sameAfterFormat checks that a formatted question is read as the same one and
// formatted as the same text.
func sameAfterFormat(t *testing.T, q quizzes.Question) {
	t.Helper()
	text := quizzes.Format(q)
	f, err := quizzes.ParseGIFT("again", text)
	if err != nil || len(f.Questions) != 1 {
		t.Fatalf("got %v from %q", err, text)
	}
	again := f.Questions[0]
	if again.Source != text {
		t.Errorf("got source %q, want %q", again.Source, text)
	}
	again.Source = q.Source
	if !reflect.DeepEqual(again, q) {
		t.Errorf("got %+v, want %+v", again, q)
	}
}

func FuzzGIFT(f *testing.F) {
	for _, name := range []string{"10-kiem-phieu.gift", "20-trang-tri.gift", "30-tong-hop.gift"} {
		source, err := os.ReadFile("testdata/bank/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	f.Add(metadata + "::a:: \\=\\~\\#\\{\\}\\\\\\:\\n\\n\\nx {T#\\####\\n}")
	f.Add(metadata + "::a:: x {~%33.33333%%20%x#y ~%66.66667%z\n// lời\n~w####e\u0301 \\n\u0303}")
	f.Fuzz(func(t *testing.T, source string) {
		file, err := quizzes.ParseGIFT("fuzz", source)
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("got %v, want a fault", err)
			}
			return
		}
		for _, q := range file.Questions {
			sameAfterFormat(t, q)
		}
	})
}

// A text of this size takes a few hundredths of a second, but far longer than
// the limit when time grows with the square of the size.
func TestParsingTimeGrowsWithTheTextOnly(t *testing.T) {
	const size = 128 << 10
	for _, piece := range []string{"{", "}", "#", "####", "\\", "\\n", "~", "=", "~%1%x", "::", "\n\n::", "// basis: a;\n", "// uses: a,\n", "// a\n\n", "::a:: {=x ~y}\n\n", ";", "\n\n// topic: x"} {
		for _, start := range []string{"", metadata + "::a:: x {=x ~", "// quiz: q\n// uses:"} {
			source := start + strings.Repeat(piece, size/len(piece)) + "}"
			if took := quickest(source); took > 2*time.Second {
				t.Errorf("%q after %q took %s", piece, start, took)
			}
		}
	}
}

// quickest is the best of three times, for the machine may be busy.
func quickest(source string) time.Duration {
	best := time.Hour
	for range 3 {
		begun := time.Now()
		_, _ = quizzes.ParseGIFT("f.gift", source)
		if best = min(best, time.Since(begun)); best < time.Second {
			break
		}
	}
	return best
}
