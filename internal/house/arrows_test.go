package house_test

import (
	"strings"
	"testing"
)

// arrows are all imports between rooms; ARCHITECTURE.md tells the same list.
var arrows = map[string]string{
	"cmd/portal":               "web search content quizzes internal/accounts internal/office internal/store internal/viet internal/fault",
	"web":                      "search content quizzes internal/accounts internal/office internal/fault internal/viet internal/cite",
	"search":                   "content quizzes internal/store internal/fault internal/viet internal/cite",
	"content":                  "internal/cite internal/store internal/fault internal/viet",
	"quizzes":                  "internal/cite internal/store internal/fault internal/viet",
	"internal/accounts":        "internal/store internal/fault internal/viet",
	"internal/office":          "",
	"internal/cite":            "internal/store internal/fault internal/viet",
	"internal/store":           "internal/fault",
	"internal/store/storetest": "internal/store",
	"internal/fault":           "",
	"internal/viet":            "",
	"internal/house":           "",
}

// foreign says which room alone may use a foreign package, by prefix.
var foreign = map[string]string{
	"github.com/gofiber/":             "web",
	"github.com/valyala/":             "web",
	"github.com/prometheus/":          "web",
	"github.com/PuerkitoBio/":         "web",
	"github.com/yuin/goldmark":        "content",
	"github.com/microcosm-cc/":        "content",
	"gopkg.in/yaml.v3":                "content",
	"github.com/blevesearch/":         "search",
	"github.com/RoaringBitmap/":       "search",
	"database/sql":                    "internal/store internal/store/storetest",
	"github.com/mattn/go-sqlite3":     "internal/store",
	"github.com/jackc/pgx/":           "internal/store internal/store/storetest",
	"github.com/pressly/goose/":       "internal/store",
	"github.com/google/uuid":          "internal/store",
	"github.com/alexedwards/argon2id": "internal/accounts",
	"github.com/pquerna/otp":          "internal/accounts",
	"github.com/xuri/excelize/v2":     "internal/office",
	"github.com/boombuler/barcode":    "web",
	"github.com/sergi/go-diff":        "content",
	"golang.org/x/sys":                "internal/store",
	"golang.org/x/text":               "internal/viet",
	"golang.org/x/net/html":           "content web",
	"github.com/alecthomas/kong":      "cmd/portal",
	"honnef.co/go/tools":              "",
	"github.com/andybalholm/cascadia": "web",
}

func TestRoomsImportOnlyWhatThePlanAllows(t *testing.T) {
	for _, f := range files(t) {
		allowed, known := arrows[f.room]
		if !known {
			t.Errorf("%s: the plan has no room %s", f.path, f.room)
			continue
		}
		for _, path := range imports(f) {
			room, ours := strings.CutPrefix(path, "sotay/")
			if !ours || room == f.room {
				continue
			}
			if f.test && (room == "internal/store/storetest" || f.room == "internal/house") {
				continue
			}
			if !has(allowed, room) && !(f.test && has("internal/store internal/viet internal/fault internal/cite internal/accounts", room)) {
				t.Errorf("%s imports %s: no such arrow in the plan", f.path, room)
			}
		}
	}
}

func TestForeignPackagesStayInTheirRooms(t *testing.T) {
	for _, f := range files(t) {
		for _, path := range imports(f) {
			first, _, _ := strings.Cut(path, "/")
			if strings.HasPrefix(path, "sotay/") || (!strings.Contains(first, ".") && path != "database/sql") {
				continue
			}
			rooms, known := roomsOf(path)
			if !known {
				t.Errorf("%s imports %s: a new dependency needs its place in the plan", f.path, path)
			} else if !f.test && !has(rooms, f.room) {
				t.Errorf("%s imports %s, which belongs to %s", f.path, path, rooms)
			}
		}
	}
}

func roomsOf(path string) (string, bool) {
	for prefix, rooms := range foreign {
		if path == prefix || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/") {
			return rooms, true
		}
	}
	return "", false
}

func has(list, item string) bool {
	for _, other := range strings.Fields(list) {
		if other == item {
			return true
		}
	}
	return false
}

func TestArchitectureTellsEveryArrow(t *testing.T) {
	text := read(t, "ARCHITECTURE.md")
	for room, allowed := range arrows {
		if room == "internal/house" {
			continue
		}
		line := lineOf(text, "    "+strings.TrimPrefix(room, "internal/")+" ")
		if line == "" {
			t.Errorf("ARCHITECTURE.md has no line for %s in its list of arrows", room)
			continue
		}
		for _, to := range strings.Fields(allowed) {
			if !has(line, strings.TrimPrefix(to, "internal/")) {
				t.Errorf("ARCHITECTURE.md: the line of %s lacks %s", room, to)
			}
		}
	}
}

func lineOf(text, start string) string {
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, start) {
			return line
		}
	}
	return ""
}
