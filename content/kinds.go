package content

import (
	"slices"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// kindRow is what the room does with one kind of things; its queries stand with
// those of the other kinds.
type kindRow struct {
	name     string                                                               // in tables and in the change log
	label    string                                                               // in Vietnamese
	folder   string                                                               // of an export and of the embedded texts
	ending   string                                                               // of the files there
	maxBytes int                                                                  // of a typed text
	fields   func() []Field                                                       // of the front matter; nil for what is written as one text
	check    func(source string) error                                            // applies the rules
	save     func(tx *store.Tx, slug Slug, s saving) error                        // stores a source that seed or import brings; nil for answers, which need their number
	put      func(r *Revision, tx *store.Tx, by string) (Body, []cite.Ref, error) // stores what lists and pages need of a revision
}

// kinds are all of them, in the order in which forms offer them.
func kinds() []kindRow {
	return []kindRow{
		{KindGuide, "Bài hướng dẫn", guideFolder, ".md", MaxGuideBytes, guideFields, refuses(readGuide), saveGuide, (*Revision).putGuide},
		{KindAnswer, "Câu hỏi đáp", answerFolder, ".md", MaxAnswerBytes, answerFormFields, checkAnswer, nil, (*Revision).putAnswer},
		{KindSituation, "Tình huống", situationFolder, ".md", MaxGuideBytes, situationFields, refuses(readSituation), saveSituation, (*Revision).putSituation},
		{KindTerm, "Thuật ngữ", termFolder, ".md", MaxAnswerBytes, termFields, refuses(readTerm), saveTerm, (*Revision).putTerm},
		{KindPlan, "Sơ đồ", planFolder, ".yaml", maxPlanBytes, nil, refuses(readPlan), keyed(savePlan), (*Revision).putPlan},
		{KindLaw, "Văn bản pháp lý", lawFolder, ".md", MaxLawBytes, nil, refuses(readLaw), keyed(saveLaw), (*Revision).putLaw},
		{KindSession, "Buổi tập huấn", sessionFolder, ".md", MaxGuideBytes, sessionFields, refuses(readSession), keyed(saveSession), (*Revision).putSession},
	}
}

// kindNamed is a kind by its name; the zero one when there is none.
func kindNamed(name string) kindRow {
	return kindWhere(func(k kindRow) bool { return k.name == name })
}

// kindIn is the kind whose texts stand in a folder.
func kindIn(folder string) kindRow {
	return kindWhere(func(k kindRow) bool { return k.folder == folder })
}

func kindWhere(is func(kindRow) bool) kindRow {
	list := kinds()
	if at := slices.IndexFunc(list, is); at >= 0 {
		return list[at]
	}
	return kindRow{}
}

// EditedKinds lists the kinds that can be written on the site.
func EditedKinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// edited reports whether a kind can be written on the site.
func edited(name string) bool { return kindNamed(name).name != "" }

// KindLabel is a kind in Vietnamese; "" for one that is not edited here.
func KindLabel(name string) string { return kindNamed(name).label }

// readable applies the rules of a kind to a source.
func readable(name, source string) error {
	if check := kindNamed(name).check; check != nil {
		return check(source)
	}
	return fault.NotFound(noKind)
}

// refuses makes a reader of sources one that only tells what is wrong.
func refuses[T any](read func(string) (T, error)) func(string) error {
	return func(source string) error {
		_, err := read(source)
		return err
	}
}

// keyed makes a way to save for kinds whose sources say their address.
func keyed(save func(*store.Tx, saving) error) func(*store.Tx, Slug, saving) error {
	return func(tx *store.Tx, _ Slug, s saving) error { return save(tx, s) }
}

// checkAnswer lets an imported answer lack what the archive asks of an editor.
func checkAnswer(source string) error {
	_, err := readAnswer(source, TextOf(KindAnswer, source).Field("ref") != "")
	return err
}
