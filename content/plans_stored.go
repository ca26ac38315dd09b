package content

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Path is the plan's address on the site.
func (p Plan) Path() string { return "/so-do/" + p.Key }

// PlanTopic is the topic to which all plans belong.
const PlanTopic = "trang-tri-co-dong"

// Where the numbered points and the checklist of a plan stand on its page.
const (
	PlanPoints = "chu-thich"
	PlanChecks = "bang-kiem"
)

// StoredPlan is a published plan with what the database knows of it.
type StoredPlan struct {
	Plan
	ID        string
	Basis     []Basis // its sources, each once, without advice
	Revision  int
	UpdatedAt time.Time
}

// Ended is the day on which a document it rests on ceased to be in force, ""
// while all are.
func (p StoredPlan) Ended() viet.Date { return firstEnd(p.Basis) }

// SourceName is what readers call a source of the plan; advice is called so.
func (p StoredPlan) SourceName(source string) string {
	for _, b := range p.Basis {
		if b.Ref.String() == source {
			return b.Label
		}
	}
	return source
}

// knownPlans are the published plans as they were after a change: guides draw
// them on each request.
type knownPlans struct {
	seq  int64
	list []StoredPlan
}

// Plans lists the published plans by key.
func (l *Library) Plans(ctx context.Context) ([]StoredPlan, error) {
	var list []StoredPlan
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = l.plansAt(tx)
		return err
	})
	return list, err
}

// plansAt are the plans as a reading transaction sees them, read anew only when
// something was published since.
func (l *Library) plansAt(tx *store.Tx) ([]StoredPlan, error) {
	seq, err := tx.LastChange()
	if err != nil {
		return nil, err
	}
	if known := l.plans.Load(); known != nil && known.seq == seq {
		return known.list, nil
	}
	stored, err := publishedPlans(tx)
	if err != nil {
		return nil, err
	}
	r, err := l.register(tx)
	if err != nil {
		return nil, err
	}
	list := make([]StoredPlan, 0, len(stored))
	for _, s := range stored {
		p, err := s.read(r)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	l.plans.Store(&knownPlans{seq, list})
	return list, nil
}

// Plan is one published plan, by key.
func (l *Library) Plan(ctx context.Context, key string) (StoredPlan, error) {
	var p StoredPlan
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		list, err := l.plansAt(tx)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(list, func(p StoredPlan) bool { return p.Key == key }); at >= 0 {
			p = list[at]
			return nil
		}
		id, err := thingID(tx, KindPlan, Slug(key))
		if err != nil {
			return err
		}
		return goneSince(tx, KindPlan, id, fault.NotFound(noPlan))
	})
	return p, err
}

// PlanByID is one published plan.
func (l *Library) PlanByID(ctx context.Context, id string) (StoredPlan, error) {
	list, err := l.Plans(ctx)
	if err != nil {
		return StoredPlan{}, err
	}
	if at := slices.IndexFunc(list, func(p StoredPlan) bool { return p.ID == id }); at >= 0 {
		return list[at], nil
	}
	return StoredPlan{}, fault.NotFound(noPlan)
}

func (s storedPlan) read(r register) (StoredPlan, error) {
	p, err := readPlan(s.source)
	if err != nil {
		return StoredPlan{}, fmt.Errorf("read plan %s: %w", s.key, err)
	}
	return StoredPlan{Plan: p, ID: s.id, Basis: r.bases(strings.Join(p.Sources(), "\n")), Revision: int(s.revision), UpdatedAt: store.FromMillis(s.updated)}, nil
}

func (l *Library) planKeys(ctx context.Context) (map[string]bool, error) {
	plans, err := l.Plans(ctx)
	keys := map[string]bool{}
	for _, p := range plans {
		keys[p.Key] = true
	}
	return keys, err
}

// readPlan reads a plan's source, which is YAML alone.
func readPlan(source string) (Plan, error) {
	clean, err := viet.Clean(source, maxPlanBytes)
	if err != nil {
		return Plan{}, fault.Invalid(fmt.Sprintf("Sơ đồ có ký tự không đọc được hoặc dài quá %d KiB.", maxPlanBytes>>10))
	}
	return parsePlan([]byte(clean))
}

// body is the plan as a text that shows it.
func (p Plan) body() Body {
	words := []string{p.Description}
	for _, point := range p.Legend {
		words = append(words, point.Text)
	}
	text := strings.Join(words, "\n") + "\n"
	return Body{Parts: []Part{{Kind: PartPlan, Key: p.Key, Plan: &p}}, Sections: []Section{{Text: text}}, Words: len(strings.Fields(text))}
}

// savePlan stores a plan's source as its next revision and, when published,
// shows it to readers.
func savePlan(tx *store.Tx, s saving) error {
	p, err := readPlan(s.source)
	if err != nil {
		return fmt.Errorf("read plan: %w", err)
	}
	s.kind, s.slug = KindPlan, Slug(p.Key)
	if s.id, err = thingIDOrNew(tx, KindPlan, s.slug); err != nil {
		return err
	}
	number, err := s.saveRevision(tx)
	if err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putPlan(tx, storedPlan{id: s.id, key: p.Key, title: p.Title, source: s.source, revision: int64(number)}, s.publish); err != nil {
		return err
	}
	refs, err := cite.ParseAll(p.Sources())
	if err != nil {
		return fmt.Errorf("read sources of plan %s: %w", p.Key, err)
	}
	return s.show(tx, p.body(), refs)
}

// keptKey refuses a law's text that says another key: citations name the law by it.
func keptKey(key, id string) error {
	if key == id {
		return nil
	}
	sentence := fmt.Sprintf("key của văn bản này là %s, vì các căn cứ gọi nó như vậy. Hãy giữ nguyên.", id)
	return fault.Invalid(sentence, fault.Field{Name: "markdown", Sentence: sentence})
}

// freeKey is the id of a new law: its key, or the key with a number when that is
// taken; the text says it too.
func freeKey(tx *store.Tx, t Text) (string, Text, error) {
	wanted := viet.Slug(rawField(t.Markdown, "key"))
	if wanted == "" {
		wanted = "van-ban"
	}
	for n := 1; ; n++ {
		key := wanted
		if n > 1 {
			key = fmt.Sprintf("%s-%d", wanted, n)
		}
		number, _, _, err := lastNumbers(tx, KindLaw, key)
		if err != nil {
			return "", t, err
		}
		if number > 0 {
			continue
		}
		if n > 1 {
			t.Markdown = withRawField(withRawField(t.Markdown, "key", key), "slug", key)
		}
		return key, t, nil
	}
}

// withRawField writes the value of a line that the source has.
func withRawField(source, name, value string) string {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		if m := rawLine.FindStringSubmatch(line); m != nil && m[1] == name {
			lines[i] = name + ": " + yamlText(value)
			break
		}
	}
	return strings.Join(lines, "\n")
}

// IsRaw reports whether a kind is written as one text, without a form.
func IsRaw(kind string) bool { return rawKind(kind) }

// Raw kinds are written as one text, without a form: their front matter is the
// source's own.
func rawKind(kind string) bool { return kind == KindPlan || kind == KindLaw }

// keyField names what a raw source calls its address.
func keyField(kind string) string {
	if kind == KindLaw {
		return "slug"
	}
	return "key"
}

var rawLine = regexp.MustCompile(`^([a-z_]+):[ \t]+(.+)$`)

// rawField is a value of one line in a source however broken, "" when it has none.
func rawField(source, name string) string {
	for _, line := range strings.Split(source, "\n") {
		m := rawLine.FindStringSubmatch(line)
		if m == nil || m[1] != name {
			continue
		}
		var value string
		if yaml.Unmarshal([]byte(m[2]), &value) != nil {
			return ""
		}
		return oneLine(value)
	}
	return ""
}
