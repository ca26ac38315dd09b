package accounts_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/store/storetest"
)

func TestTheFileHasAllUnitsOfTheCountry(t *testing.T) {
	file, err := os.Open("units.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	provinces, codes := map[string]int{}, map[string]bool{}
	for _, row := range rows[1:] {
		provinces[row[4]]++
		codes[row[0]] = true
	}
	if len(codes) != 3321 || len(provinces) != 34 || provinces["Tỉnh Phú Thọ"] != 148 {
		t.Errorf("got %d units of %d provinces, %d of Phú Thọ, want 3321 of 34, 148", len(codes), len(provinces), provinces["Tỉnh Phú Thọ"])
	}
}

func TestTheCodesAreThoseOfCommunesAndProvinces(t *testing.T) {
	codes, err := accounts.UnitCodes()
	if err != nil || len(codes) != 3321+34 || !codes["07900"] || !codes["25"] || codes["code"] || codes[""] {
		t.Errorf("got %d codes, %v", len(codes), err)
	}
}

func TestAProvinceIsSeededWithItsCommunes(t *testing.T) {
	for province, want := range map[string][]string{"Phú Thọ": {"25", "tỉnh Phú Thọ", "148"}, "thành phố Huế": {"46", "thành phố Huế", "40"}} {
		people := accounts.New(storetest.Open(t))
		if err := people.SeedUnits(ctx, province); err != nil {
			t.Fatal(err)
		}
		units, err := people.Units(ctx)
		if err != nil || units[0] != (accounts.Unit{ID: want[0], Name: want[1], Kind: accounts.Province}) || fmt.Sprint(len(units)-1) != want[2] {
			t.Fatalf("got %+v and %d more, %v, want %v", units[0], len(units)-1, err, want)
		}
		for _, u := range units[1:] {
			if u.Kind != accounts.Commune || u.Parent != want[0] {
				t.Errorf("got %+v below %s", u, province)
			}
		}
	}
}

func TestSeedingUnitsAgainChangesNothing(t *testing.T) {
	w := newTown(t)
	before, err := w.Units(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, province := range []string{"Phú Thọ", "tỉnh phú thọ", "TỈNH PHÚ THỌ ", "Phu Tho"} {
		if err := w.SeedUnits(ctx, province); err != nil {
			t.Errorf("%s: %v", province, err)
		}
	}
	after, err := w.Units(ctx)
	if err != nil || len(after) != len(before) || after[7] != before[7] {
		t.Errorf("got %d units, %v, want %d as before", len(after), err, len(before))
	}
	if err := w.SeedUnits(ctx, "Atlantis"); err == nil || !strings.Contains(err.Error(), "Atlantis") {
		t.Errorf("got %v, want an error that names the province", err)
	}
	storetest.CheckTypes(t, w.db)
}

func TestUnitsStandInVietnameseOrder(t *testing.T) {
	w := newTown(t)
	units, err := w.Units(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, u := range units {
		at[u.Name] = i
	}
	order := []string{"tỉnh Phú Thọ", "xã An Bình", "phường Âu Cơ", "xã Bản Nguyên", "xã Cẩm Khê", "xã Dân Chủ", "xã Đà Bắc", "xã Đoan Hùng", "phường Việt Trì", "xã Yên Trị"}
	for i := 1; i < len(order); i++ {
		if at[order[i-1]] >= at[order[i]] && i > 0 {
			t.Errorf("%s stands at %d, %s at %d", order[i-1], at[order[i-1]], order[i], at[order[i]])
		}
	}
}

func TestUnitsAreFoundAsPeopleTypeThem(t *testing.T) {
	w := newTown(t)
	for _, name := range []string{"phường Việt Trì", "Việt Trì", "viet tri", "PHƯỜNG VIỆT TRÌ", " P. Việt Trì", "p.viet tri", "07900", "phuong  viet tri"} {
		if u, err := w.UnitByName(ctx, name); err != nil || u.ID != vietTri {
			t.Errorf("%q: got %+v, %v, want phường Việt Trì", name, u, err)
		}
	}
	for name, want := range map[string]string{"tỉnh Phú Thọ": provinceID, "Hòa Bình": "04795", "xã tam nong": ""} {
		if u, err := w.UnitByName(ctx, name); err != nil || want != "" && u.ID != want {
			t.Errorf("%q: got %+v, %v, want %s", name, u, err, want)
		}
	}
	for _, name := range []string{"", "xã Việt Trì", "Atlantis", "a\x00", strings.Repeat("a", 500)} {
		_, err := w.UnitByName(ctx, name)
		wantFault(t, err, fault.KindNotFound)
	}
	_, err := w.UnitByName(ctx, "Phú Thọ") // the province, or its phường of that name
	wantFault(t, err, fault.KindInvalid)
}
