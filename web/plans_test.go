package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sotay/content"
)

func plansOf(t *testing.T, s *site) []content.StoredPlan {
	t.Helper()
	plans, err := s.lib.Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return plans
}

func TestEveryPlanHasAPageWithDrawingWordsAndChecks(t *testing.T) {
	s := readSite(t)
	plans, v := plansOf(t, s), s.visitor(t)
	list := v.get("/so-do")
	wantStatus(t, "/so-do", list, 200)
	if got := list.count(".plan-cards svg.plan[role=img]"); got != len(plans) || got < 4 {
		t.Errorf("got %d drawings in the list", got)
	}
	for _, plan := range plans {
		path := plan.Path()
		if list.count("a[href='"+path+"']") == 0 {
			t.Errorf("the list does not lead to %s", path)
		}
		a := v.get(path)
		wantStatus(t, path, a, 200)
		for selector, want := range map[string]int{
			"svg.plan .dot": len(plan.Legend), ".legend-list > li": len(plan.Legend), ".place": len(plan.Legend), ".check input[type=checkbox][name]": len(plan.Checks),
			"body.on-plan-a4": 1, ".banner.warn a[href='/van-ban/21-2025-tt-bnv/mau-1']": 1, "[data-print]": 1, ".print-head": 1,
		} {
			if got := a.count(selector); got != want {
				t.Errorf("%s: got %d of %s, want %d", path, got, selector, want)
			}
		}
		if a.count(".legal li a[href^='/van-ban/']") < 4 || a.count(".linklist a[href^='/so-do/']") != len(plans)-1 {
			t.Errorf("%s: lacks its legal basis or the other plans", path)
		}
		if got := v.get(path + "?giay=a3"); got.count("body.on-plan-a3") != 1 {
			t.Errorf("%s: no larger sheet", path)
		}
		if !strings.Contains(v.get("/sitemap.xml").text, path+"</loc>") {
			t.Errorf("the site map lacks %s", path)
		}
	}
	if got := v.get("/so-do/phong-mot-cua").said(".banner.warn"); !strings.Contains(got, "hỏi Ban bầu cử") {
		t.Errorf("the plan with one door does not warn: %q", got)
	}
	if got := v.get(guidePath).count("a[href='/so-do/phong-hai-cua']"); got != 1 {
		t.Errorf("got %d links from the guide to the plan's page", got)
	}
}

// The letters of a drawing are 14 units high; on A3 they must have ten points.
func TestPlansAreLegibleOnPaper(t *testing.T) {
	sheet := func(name string) string {
		data, err := os.ReadFile(filepath.Join("static", "css", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if font := regexp.MustCompile(`\.plan text \{ font: 700 (\d+)px`).FindStringSubmatch(sheet("06-content.css")); font == nil || font[1] != "14" {
		t.Errorf("got letters of %v", font)
	}
	if smaller := regexp.MustCompile(`\.plan \.\w+ \{[^}]*font-size`).FindString(sheet("06-content.css")); smaller != "" {
		t.Errorf("other letters in a drawing: %s", smaller)
	}
	measure := func(pattern string) float64 {
		m := regexp.MustCompile(pattern).FindStringSubmatch(sheet("12-print.css"))
		if m == nil {
			t.Fatalf("no %s on paper", pattern)
		}
		n, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	width, height := measure(`\.on-plan-a3 \.plan-sheet [^{]*\{ grid-template-columns: (\d+)mm`), measure(`\.on-plan-a3 \.plan-sheet \.plan \{ height: (\d+)mm`)
	for _, plan := range plansOf(t, readSite(t)) {
		view := regexp.MustCompile(`viewBox="0 0 360 ([\d.]+)"`).FindStringSubmatch(plan.SVG())
		high, err := strconv.ParseFloat(view[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if points := min(width/360, height/high) * 14 / 25.4 * 72; points < 10 {
			t.Errorf("%s: letters of %.1f points on A3", plan.Key, points)
		}
	}
}

func TestAPlanIsMarkedWhenItsSourceChanges(t *testing.T) {
	s := newSite(t)
	if _, err := s.lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: "sach-hoi-dap-2026 cau-155", By: "luat-83-2025", Effect: "amended", Since: string(usual().Today())}, "p"); err != nil {
		t.Fatal(err)
	}
	v := s.visitor(t)
	for _, plan := range plansOf(t, s) {
		if got := v.get(plan.Path()).said(".banner.warn"); !strings.Contains(got, "Đang xem lại: căn cứ đã đổi") {
			t.Errorf("%s: got banner %q", plan.Path(), got)
		}
	}
	if v.get("/van-ban/sach-hoi-dap-2026/cau-155").count(".linklist a[href='/so-do/phong-hai-cua']") != 1 {
		t.Error("the page of the source does not name the plan")
	}
}

func TestPlansAreFoundAndLeadToTheirWords(t *testing.T) {
	v := readSite(t).visitor(t)
	all := v.get("/tim-kiem?q=" + url.QueryEscape("sơ đồ phòng bỏ phiếu"))
	checkPage(t, "search", all)
	if got := all.said(".facet label:has(input[value=so-do])"); got != "Sơ đồ 4" {
		t.Errorf("the filter says %q", got)
	}
	for query, want := range map[string]string{"lớp học": "/so-do/lop-hoc", "noi tiep don chao hoi": "/so-do/lop-hoc#chu-thich", "bang kiem khi bay bien xong": "/so-do/lop-hoc#bang-kiem"} {
		a := v.get("/tim-kiem?loai=so-do&q=" + url.QueryEscape(query))
		checkPage(t, query, a)
		hit := a.page.Find(".results > li:has(a[href='" + want + "'])")
		if hit.Length() != 1 || hit.Find(".tag").Text() != "Sơ đồ" || !strings.Contains(hit.Find(".meta").Text(), "Trang trí, cổ động") {
			t.Errorf("%s: got %q", query, a.said(".results"))
		}
		address, anchor, _ := strings.Cut(want, "#")
		if page := v.get(address); anchor != "" && page.count("#"+anchor) != 1 {
			t.Errorf("%s has no #%s", address, anchor)
		}
		if page := v.get(address); !strings.Contains(page.said("main h2"), "Bảng kiểm khi bày biện xong") {
			t.Errorf("the checklist is called otherwise than in search: %q", page.said("main h2"))
		}
	}
	if got := v.get("/tim-kiem/goi-y?q=lop+hoc").text; !strings.Contains(got, `"kind":"plan","url":"/so-do/lop-hoc"`) {
		t.Errorf("suggested: %s", got)
	}
	if got := v.get("/api/v1/search?kind=plan&q=lop+hoc").text; !strings.Contains(got, `"kind":"plan","ref":"lop-hoc"`) || strings.Contains(got, `"kind":"guide"`) {
		t.Errorf("the interface gives %s", got)
	}
}
