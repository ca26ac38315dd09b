package quizzes_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/quizzes"
)

var ctx = context.Background()

func samples(t testing.TB) []quizzes.File {
	t.Helper()
	files, err := quizzes.ReadBank(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// newBank is a bank with the samples of testdata.
func newBank(t testing.TB) (*quizzes.Bank, *store.DB) {
	t.Helper()
	db := storetest.Open(t)
	bank := quizzes.New(db)
	if err := quizzes.SeedFrom(bank, ctx, samples(t), "operator"); err != nil {
		t.Fatal(err)
	}
	return bank, db
}

func lastChange(t testing.TB, db *store.DB) int64 {
	t.Helper()
	n, err := db.LastChange(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSeededQuizzesComeInTheOrderOfTheFiles(t *testing.T) {
	bank, db := newBank(t)
	list, err := bank.Quizzes(ctx)
	if err != nil || len(list) != 2 {
		t.Fatalf("got %v, %v", list, err)
	}
	if list[0].Slug != "kiem-phieu" || list[0].Count != 4 || list[1].Slug != "tong-hop" || list[1].Count != 2 {
		t.Errorf("got %+v", list)
	}
	quiz, err := bank.Quiz(ctx, "kiem-phieu")
	if err != nil || quiz.Count != 4 || len(quiz.Questions) != 4 || quiz.Questions[3].ID != "trang-tri-1" {
		t.Errorf("got %+v, %v", quiz, err)
	}
	if byID, err := bank.QuizByID(ctx, quiz.ID); err != nil || !reflect.DeepEqual(byID, quiz) {
		t.Errorf("got %+v, %v, want %+v", byID, err, quiz)
	}
	if quiz.Path() != "/trac-nghiem/kiem-phieu" {
		t.Errorf("got %q", quiz.Path())
	}
	changes, err := db.Changes(ctx, 0, 10)
	if err != nil || len(changes) != 2 || changes[0].Kind != quizzes.KindQuiz || changes[0].ObjectID != quiz.ID || changes[0].By != "operator" {
		t.Errorf("got %+v, %v", changes, err)
	}
	storetest.CheckTypes(t, db)
}

func TestAStoredQuestionIsTheOneOfItsFile(t *testing.T) {
	bank, _ := newBank(t)
	for _, f := range samples(t) {
		for _, want := range f.Questions {
			if got, err := bank.Question(ctx, want.ID); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
		}
	}
	all, err := bank.AllQuestions(ctx)
	if err != nil || len(all) != 4 || all[0].ID != "kiem-phieu-1" {
		t.Errorf("got %d questions, %v", len(all), err)
	}
}

func TestQuestionsComeInTheOrderAskedFor(t *testing.T) {
	bank, _ := newBank(t)
	ids := []string{"trang-tri-1", "none", "\x00\xff", "kiem-phieu-1"}
	for range 30 { // more than one query has room for
		ids = append(ids, "none")
	}
	list, err := bank.Questions(ctx, append(ids, "kiem-phieu-2"))
	if err != nil || len(list) != 3 || list[0].ID != "trang-tri-1" || list[1].ID != "kiem-phieu-1" || list[2].ID != "kiem-phieu-2" {
		t.Errorf("got %v, %v", list, err)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	bank, _ := newBank(t)
	for _, name := range []string{"none", "", "\x00", "\xff", strings.Repeat("a", 1000)} {
		if _, err := bank.Quiz(ctx, name); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("quiz %q: got %v", name, err)
		}
		if _, err := bank.QuizByID(ctx, name); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("quiz id %q: got %v", name, err)
		}
		if _, err := bank.Question(ctx, name); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("question %q: got %v", name, err)
		}
	}
}

func TestQuestionsCiteTheirBasis(t *testing.T) {
	_, db := newBank(t)
	var found []cite.Citing
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = cite.Of(tx, "luat-85-2015", "dieu-74")
		return err
	})
	want := []cite.Citing{{Kind: "question", ObjectID: "kiem-phieu-1", Clause: "khoan-1"}, {Kind: "question", ObjectID: "kiem-phieu-1", Clause: "khoan-2"}, {Kind: "question", ObjectID: "kiem-phieu-2"}}
	if err != nil || !reflect.DeepEqual(found, want) {
		t.Errorf("got %+v, %v, want %+v", found, err, want)
	}
}

func TestSeedingAgainChangesNothing(t *testing.T) {
	bank, db := newBank(t)
	before := lastChange(t, db)
	if err := quizzes.SeedFrom(bank, ctx, samples(t), "operator"); err != nil {
		t.Fatal(err)
	}
	if got := lastChange(t, db); got != before {
		t.Errorf("got change %d, want %d", got, before)
	}
}

func TestTheDatabaseIsTheTruthNotTheSeed(t *testing.T) {
	bank, db := newBank(t)
	edited := strings.ReplaceAll(sample(t, "10-kiem-phieu.gift"), "Phiếu nào hợp lệ?", "Phiếu nào là hợp lệ?")
	edited = strings.ReplaceAll(edited, "Kiểm phiếu và lập biên bản", "Kiểm phiếu")
	if err := bank.Save(ctx, "editor.gift", edited, "editor"); err != nil {
		t.Fatal(err)
	}
	before := lastChange(t, db)
	if before != 3 {
		t.Errorf("an edited question and its quiz: got change %d, want 3", before)
	}
	if err := quizzes.SeedFrom(bank, ctx, samples(t), "operator"); err != nil {
		t.Fatal(err)
	}
	quiz, err := bank.Quiz(ctx, "kiem-phieu")
	if err != nil || quiz.Title != "Kiểm phiếu" || quiz.Questions[0].Stem != "Phiếu nào là hợp lệ?" || lastChange(t, db) != before {
		t.Errorf("got %q %q, %v", quiz.Title, quiz.Questions[0].Stem, err)
	}
}

func TestALaterSeedAddsWhatIsNew(t *testing.T) {
	bank := quizzes.New(storetest.Open(t))
	all := samples(t)
	if err := quizzes.SeedFrom(bank, ctx, all[1:2], "operator"); err != nil {
		t.Fatal(err)
	}
	if err := quizzes.SeedFrom(bank, ctx, all, "operator"); err != nil {
		t.Fatal(err)
	}
	if list, err := bank.Quizzes(ctx); err != nil || len(list) != 2 {
		t.Errorf("got %v, %v", list, err)
	}
}

func TestManySeedsAtOnceMakeOneBank(t *testing.T) {
	bank := quizzes.New(storetest.Open(t))
	files := samples(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := quizzes.SeedFrom(bank, ctx, files, "operator"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	quiz, err := bank.Quiz(ctx, "kiem-phieu")
	if err != nil || len(quiz.Questions) != 4 {
		t.Errorf("got %+v, %v", quiz, err)
	}
}

func TestSavingTellsTheQuizzesThatAskTheQuestion(t *testing.T) {
	bank, db := newBank(t)
	before := lastChange(t, db)
	edited := strings.ReplaceAll(sample(t, "20-trang-tri.gift"), "giữa phòng", "trong phòng")
	if err := bank.Save(ctx, "editor.gift", edited, "editor"); err != nil {
		t.Fatal(err)
	}
	changes, err := db.Changes(ctx, before, 10)
	if err != nil || len(changes) != 2 || changes[0].By != "editor" {
		t.Errorf("both quizzes ask it: got %+v, %v", changes, err)
	}
}

// Guides ask questions that stand in no quiz.
func TestSavingTellsOfAQuestionThatNoQuizAsks(t *testing.T) {
	bank, db := newBank(t)
	_, alone, _ := strings.Cut(sample(t, "20-trang-tri.gift"), "// basis")
	alone = strings.ReplaceAll("// basis"+alone, "::trang-tri-1::", "::cau-rieng-1::")
	for _, text := range []string{alone, strings.ReplaceAll(alone, "giữa phòng", "trong phòng")} {
		before := lastChange(t, db)
		for range 2 { // the second time nothing is new
			if err := bank.Save(ctx, "editor.gift", text, "editor"); err != nil {
				t.Fatal(err)
			}
		}
		list, err := db.Changes(ctx, before, 10)
		if err != nil || len(list) != 1 || list[0].Kind != quizzes.KindQuestion || list[0].ObjectID != "cau-rieng-1" || list[0].By != "editor" {
			t.Errorf("got %+v, %v, want one change of the question", list, err)
		}
	}
}

func TestAQuizOfUnknownQuestionsIsNotSaved(t *testing.T) {
	bank, _ := newBank(t)
	source := "// quiz: q\n// title: x\n// summary: s\n// topic: t\n// uses: kiem-phieu-1, none\n"
	err := bank.Save(ctx, "f.gift", source, "editor")
	if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), `f.gift:5: không có câu "none"`) {
		t.Errorf("got %v", err)
	}
	if err := bank.Save(ctx, "f.gift", "::x", "editor"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v", err)
	}
}

func TestFilesOfTheBankMayNotClash(t *testing.T) {
	q := metadata + "::a:: Hỏi? {=x ~y####vì}"
	quiz := "// quiz: q\n// title: x\n// summary: s\n// topic: t\n// uses: none\n"
	_, err := quizzes.ReadBank(fstest.MapFS{
		"bank/1.gift": {Data: []byte(q)}, "bank/2.gift": {Data: []byte(q)},
		"bank/3.gift": {Data: []byte(quiz)}, "bank/4.gift": {Data: []byte(quiz)},
	})
	for _, want := range []string{`2.gift:1: mã câu "a" đã dùng ở 1.gift:1`, `4.gift: mã bài "q" đã dùng ở tệp 3.gift`, `3.gift:5: không có câu "none"`} {
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestTheEmbeddedBankIsInOrder(t *testing.T) {
	questions, list, err := quizzes.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, quiz := range list {
		if quiz.Count == 0 || quiz.Count != len(quiz.Questions) {
			t.Errorf("quiz %s: got %d questions, want %d", quiz.Slug, len(quiz.Questions), quiz.Count)
		}
	}
	for _, q := range questions {
		sameAfterFormat(t, q)
	}
	db := storetest.Open(t)
	if err := quizzes.New(db).Seed(ctx, "operator"); err != nil {
		t.Fatal(err)
	}
	storetest.CheckTypes(t, db)
}

func sample(t testing.TB, file string) string {
	t.Helper()
	source, err := os.ReadFile("testdata/bank/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}
