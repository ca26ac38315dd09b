package content_test

import (
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// published takes a new text of a kind to its readers and gives it as it is stored.
func published(t *testing.T, lib *content.Library, kind string, text content.Text) content.Revision {
	t.Helper()
	r := newDraft(t, lib, kind, text, "lan")
	publishByTwo(t, lib, r)
	shown, err := lib.ShownRevision(t.Context(), kind, r.ID)
	if err != nil {
		t.Fatalf("publish %s: %v", kind, err)
	}
	return shown
}

func situationText(title string) content.Text {
	t := content.Template(content.KindSituation)
	for name, value := range map[string]string{"title": title, "topic": "an-ninh-tinh-huong", "summary": "Việc phải làm ngay.", "trust": "V", "basis": "luat-85-2015 dieu-71"} {
		t.Fields[name] = []string{value}
	}
	t.Fields["asked"] = []string{"cúp điện thì sao", "mất điện lúc bầu"}
	return t
}

func termText() content.Text {
	return content.Text{Fields: map[string][]string{"title": {"Cử tri đoàn"}, "short": {"CTĐ"}, "also": {"đoàn cử tri"}, "summary": {"Nghĩa thử."}, "trust": {"V"}}}
}

func TestTheNewKindsGoFromDraftToReaders(t *testing.T) {
	lib, _ := seeded(t)
	s := published(t, lib, content.KindSituation, situationText("Mất nước ở phòng bỏ phiếu"))
	one, err := lib.Situation(t.Context(), s.Slug)
	if err != nil || one.Path() != "/tinh-huong/mat-nuoc-o-phong-bo-phieu" || len(one.Nodes) != 3 || len(one.Asked[content.WholeGuide]) != 2 || len(one.Basis) != 1 {
		t.Errorf("got %+v, %v", one, err)
	}
	published(t, lib, content.KindTerm, termText())
	terms, err := lib.Terms(t.Context())
	found := false
	for _, term := range terms {
		found = found || term.Short == "CTĐ" && term.Path() == "/thuat-ngu#tn-cu-tri-doan"
	}
	if err != nil || !found {
		t.Errorf("got %d terms, %v", len(terms), err)
	}
	published(t, lib, content.KindPlan, content.TemplateNamed(content.KindPlan, "Sân trụ sở"))
	if p, err := lib.Plan(t.Context(), "san-tru-so"); err != nil || p.Title != "Sân trụ sở" {
		t.Errorf("got %+v, %v", p, err)
	}
	r := published(t, lib, content.KindLaw, content.TemplateNamed(content.KindLaw, "Nghị quyết 9/2026"))
	law, err := lib.Law(t.Context(), "nghi-quyet-9-2026")
	if err != nil || r.ID != law.Key || law.Key != "nghi-quyet-9-2026" || len(law.Provisions) != 1 {
		t.Errorf("got %+v, %v, stored as %s", law, err, r.ID)
	}
	first := exported(t, lib)
	for _, name := range []string{"situations/mat-nuoc-o-phong-bo-phieu.md", "terms/cu-tri-doan.md", "plans/san-tru-so.yaml", "plans/phong-hai-cua.yaml", "law/nghi-quyet-9-2026.md"} {
		if first[name] == nil {
			t.Errorf("the export lacks %s", name)
		}
	}
	sameFiles(t, exported(t, imported(t, first)), first)
}

func TestALawKeepsItsKeyAndANewOneTakesAFreeKey(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindLaw, content.TemplateNamed(content.KindLaw, "Luật 85/2015"), "lan")
	if r.ID == "luat-85-2015" || r.Slug == "" || !strings.Contains(r.Source, "key: "+r.ID) && !strings.Contains(r.Source, `key: "`+r.ID+`"`) {
		t.Errorf("got id %s, slug %s of\n%s", r.ID, r.Slug, r.Source)
	}
	old := startDraft(t, lib, content.KindLaw, "luat-85-2015", "lan")
	text := old.Text()
	text.Markdown = strings.Replace(text.Markdown, "key: luat-85-2015", "key: luat-bau-cu", 1)
	old = save(t, lib, old, text, "lan")
	if err := lib.Submit(t.Context(), old.Kind, old.ID, old.Version, "", "lan"); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "luat-85-2015") {
		t.Errorf("another key: got %v", err)
	}
	text.Markdown = strings.Replace(text.Markdown, "key: luat-bau-cu", "key: luat-85-2015", 1) + "\n\nThêm."
	old = save(t, lib, old, text, "lan")
	publishByTwo(t, lib, old)
	if g, err := lib.Guide(t.Context(), "kiem-phieu"); err != nil || !strings.HasPrefix(g.Basis[0].URL, "/van-ban/85-2015-qh13") {
		t.Errorf("its citations: %+v, %v", g.Basis, err)
	}
}

func TestATextThatIsNoTreeIsNotSentForReview(t *testing.T) {
	lib, _ := seeded(t)
	text := situationText("Cháy ở kho")
	text.Markdown = strings.Replace(text.Markdown, "(#muc-truong-hop-thu-hai)", "(#muc-khong-co)", 1)
	r := newDraft(t, lib, content.KindSituation, text, "lan")
	findings, err := lib.Check(t.Context(), r.Kind, r.ID, r.Text(), nil)
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, f := range findings {
		told = told || f.Must && f.Field == "markdown" && f.Line == 6 && strings.Contains(f.Sentence, "#muc-khong-co")
	}
	if !told {
		t.Errorf("got %+v", findings)
	}
	wantFault(t, "submit", lib.Submit(t.Context(), r.Kind, r.ID, r.Version, "", "lan"), fault.KindInvalid)
}

func TestThingsOfTheNewKindsAreMovedTakenDownAndPutBack(t *testing.T) {
	lib, _ := seeded(t)
	r := published(t, lib, content.KindSituation, situationText("Mất nước"))
	draft := startDraft(t, lib, r.Kind, r.ID, "lan")
	text := draft.Text()
	text.Slug = "het-nuoc"
	publishByTwo(t, lib, save(t, lib, draft, text, "lan"))
	if to, err := lib.Moved(t.Context(), content.KindSituation, "mat-nuoc"); err != nil || to != "/tinh-huong/het-nuoc" {
		t.Errorf("got %s, %v", to, err)
	}
	first := exported(t, lib)
	if !strings.Contains(string(first["moved.jsonl"].Data), `{"kind":"situation","from":"mat-nuoc","to":"het-nuoc"}`) {
		t.Errorf("got %s", first["moved.jsonl"].Data)
	}
	sameFiles(t, exported(t, imported(t, first)), first)
	terms, err := lib.Terms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan, err := lib.Plan(t.Context(), "phong-hai-cua")
	if err != nil {
		t.Fatal(err)
	}
	for kind, id := range map[string]string{content.KindSituation: r.ID, content.KindTerm: terms[0].ID, content.KindPlan: plan.ID, content.KindLaw: "nd-88-2012"} {
		if err := lib.TakeDown(t.Context(), kind, id, "sai", "duyet"); err != nil {
			t.Errorf("take down %s: %v", kind, err)
		}
		if _, err := lib.PathOf(t.Context(), kind, id); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%s is still there: %v", kind, err)
		}
	}
	down, err := lib.TakenDown(t.Context())
	if err != nil || len(down) != 4 {
		t.Errorf("got %+v, %v", down, err)
	}
	for _, d := range down {
		if d.Title == "" {
			t.Errorf("no title of %+v", d)
		}
		if err := lib.PutBack(t.Context(), d.Kind, d.ID, "duyet"); err != nil {
			t.Errorf("put back %s: %v", d.Kind, err)
		}
	}
	sameFiles(t, exported(t, lib), first)
}

func TestGuidesOfASeriesStandInTheirOrder(t *testing.T) {
	lib, _ := seeded(t)
	folder := folderOf(
		"bai-hai.md", strings.Replace(goodGuide, "\nphase:", "\nseries: ngay-bau-cu\nstep: 2\nphase:", 1),
		"bai-mot.md", strings.Replace(goodGuide, "\nphase:", "\nseries: ngay-bau-cu\nstep: 1\nseries_title: Việc ngày bầu cử\nphase:", 1))
	mustImportFolder(t, lib, folder, true)
	s, err := lib.Series(t.Context(), "ngay-bau-cu")
	if err != nil || s.Title != "Việc ngày bầu cử" || len(s.Steps) != 2 || s.Steps[0].Slug != "bai-mot" || s.Path() != "/loat-bai/ngay-bau-cu" {
		t.Errorf("got %+v, %v", s, err)
	}
	for _, wrong := range []string{"\nstep: 2", "\nseries: Ngày bầu cử\nstep: 1", "\nseries: a\nstep: 0", "\nseries: a\nstep: 100"} {
		if _, err := content.ReadFolder(folderOf("bai.md", strings.Replace(goodGuide, "\nphase:", wrong+"\nphase:", 1))); err == nil {
			t.Errorf("%q passes", wrong)
		}
	}
}

func TestAUnitKeepsItsNumbers(t *testing.T) {
	lib, _ := seeded(t)
	save := func(list ...content.Contact) error { return lib.SaveContacts(t.Context(), "07900", list, "lan") }
	if err := save(content.Contact{Key: "ubnd-xa", Phone: " 0210 3 000 000 ", Note: "trực  24 giờ"}, content.Contact{Key: "cong-an-xa", Phone: "113"}); err != nil {
		t.Fatal(err)
	}
	got, err := lib.Contacts(t.Context(), "07900")
	if err != nil || got["ubnd-xa"] != (content.Contact{Key: "ubnd-xa", Phone: "0210 3 000 000", Note: "trực 24 giờ"}) || len(got) != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := save(content.Contact{Key: "cong-an-xa"}); err != nil {
		t.Fatal(err)
	}
	if got, _ := lib.Contacts(t.Context(), "07900"); len(got) != 1 {
		t.Errorf("got %+v", got)
	}
	for _, wrong := range []content.Contact{{Key: "khong-co", Phone: "113"}, {Key: "ubnd-xa", Phone: "gọi tôi"}, {Key: "ubnd-xa", Phone: "12"}, {Key: "ubnd-xa", Phone: strings.Repeat("1", 21)},
		{Key: "ubnd-xa", Phone: "113", Note: strings.Repeat("a", 81)}, {Key: "ubnd-xa", Phone: "javascript:1"}} {
		wantFault(t, wrong.Phone, save(wrong), fault.KindInvalid)
	}
	if other, err := lib.Contacts(t.Context(), "08674"); err != nil || len(other) != 0 {
		t.Errorf("another unit has %+v, %v", other, err)
	}
}

func TestAnOldTextKnowsANewTerm(t *testing.T) {
	lib, _ := seeded(t)
	mark := func() string {
		g, err := lib.Glossary(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return g.Mark().HTML("<p>CTĐ họp.</p>")
	}
	if got := mark(); got != "<p>CTĐ họp.</p>" {
		t.Errorf("got %s", got)
	}
	published(t, lib, content.KindTerm, termText())
	if got := mark(); !strings.Contains(got, `href="/thuat-ngu#tn-cu-tri-doan"`) || !strings.Contains(got, "Cử tri đoàn: Nghĩa thử.") {
		t.Errorf("got %s", got)
	}
}

// goodTexts are texts that may be published, one of each kind; each cites article
// 71 of the election law.
func goodTexts() map[string]content.Text {
	const link = "\n\n[Điều 71](/van-ban/85-2015-qh13/dieu-71)\n"
	guide, session := content.Template(content.KindGuide), content.Template(content.KindSession)
	for name, value := range map[string]string{"title": "Bài thử", "topic": "an-ninh-tinh-huong", "summary": "Tóm tắt.", "basis": "luat-85-2015 dieu-71"} {
		guide.Fields[name] = []string{value}
	}
	for name, value := range map[string]string{"title": "Buổi thử", "held_on": "2026-03-02"} {
		session.Fields[name] = []string{value}
	}
	answer, term := answerText("Câu thử thế nào?"), termText()
	term.Fields["basis"] = []string{"luat-85-2015 dieu-71"}
	texts := map[string]content.Text{
		content.KindGuide: guide, content.KindAnswer: answer, content.KindSituation: situationText("Mất nước"), content.KindTerm: term,
		content.KindPlan: content.TemplateNamed(content.KindPlan, "Sân trụ sở"), content.KindLaw: content.TemplateNamed(content.KindLaw, "Nghị quyết 9/2026"), content.KindSession: session,
	}
	for _, kind := range []string{content.KindAnswer, content.KindSession} {
		t := texts[kind]
		t.Markdown += link
		texts[kind] = t
	}
	law, plan := texts[content.KindLaw], texts[content.KindPlan]
	law.Markdown = strings.Replace(law.Markdown, "\n\n## ", link+"\n## ", 1)
	plan.Markdown = strings.Replace(plan.Markdown, `source: "tt-21-2025 mau-1"`, `source: "luat-85-2015 dieu-71"`, 1)
	texts[content.KindLaw], texts[content.KindPlan] = law, plan
	return texts
}

// A kind that one of the switches over kinds forgets fails here.
func TestEveryKindGoesTheWholeWay(t *testing.T) {
	for _, kind := range content.EditedKinds() {
		t.Run(kind, func(t *testing.T) {
			lib, db := seeded(t)
			text, known := goodTexts()[kind]
			if !known {
				t.Fatal("no text to try it with")
			}
			before := exported(t, lib)
			r := published(t, lib, kind, text)
			path, err := lib.PathOf(t.Context(), kind, r.ID)
			if err != nil || !strings.HasPrefix(path, "/") {
				t.Errorf("address: got %q, %v", path, err)
			}
			wantCited(t, lib, kind, r.ID, path)
			if kind != content.KindAnswer {
				readdress(t, lib, r)
			}
			startDraft(t, lib, kind, r.ID, "lan")
			files := exported(t, lib)
			if len(files) < len(before)+2 || files["drafts.jsonl"] == nil || (files["moved.jsonl"] == nil) != (kind == content.KindAnswer) {
				t.Errorf("exported %d files, %d before", len(files), len(before))
			}
			sameFiles(t, exported(t, imported(t, files)), files)
			if err := db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE bodies SET renderer = $1 WHERE kind = $2 AND object_id = $3`, int64(content.RendererVersion-1), kind, r.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if n, err := lib.Rerender(t.Context()); n != 1 || err != nil {
				t.Errorf("rendered %d again, %v", n, err)
			}
			if err := lib.TakeDown(t.Context(), kind, r.ID, "sai", "duyet"); err != nil {
				t.Fatal(err)
			}
			if down, err := lib.TakenDown(t.Context()); err != nil || len(down) != 1 || down[0].Title == "" {
				t.Errorf("taken down: got %+v, %v", down, err)
			}
			if _, err := lib.PathOf(t.Context(), kind, r.ID); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("is still there: %v", err)
			}
			if err := lib.PutBack(t.Context(), kind, r.ID, "duyet"); err != nil {
				t.Error(err)
			}
		})
	}
}

// wantCited looks for a text among those that cite article 71.
func wantCited(t *testing.T, lib *content.Library, kind, id, path string) {
	t.Helper()
	list, err := lib.Citing(t.Context(), "luat-85-2015", "dieu-71")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Kind == kind && c.ID == id && c.Title != "" && c.Path == path {
			return
		}
	}
	t.Errorf("not among the %d that cite the article", len(list))
}

// readdress publishes a text at another address, to which the old one leads.
func readdress(t *testing.T, lib *content.Library, r content.Revision) {
	t.Helper()
	draft := startDraft(t, lib, r.Kind, r.ID, "lan")
	text := draft.Text()
	text.Slug = "dia-chi-moi"
	if said := map[string]string{content.KindPlan: "key: ", content.KindLaw: "slug: "}[r.Kind]; said != "" { // by the text itself
		text.Markdown = strings.Replace(text.Markdown, said+string(r.Slug), said+"dia-chi-moi", 1)
	}
	publishByTwo(t, lib, save(t, lib, draft, text, "lan"))
	if to, err := lib.Moved(t.Context(), r.Kind, r.Slug); err != nil || !strings.Contains(to, "dia-chi-moi") {
		t.Errorf("moved: got %q, %v", to, err)
	}
}
