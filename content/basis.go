package content

import (
	"context"
	"strings"

	"sotay/internal/cite"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Basis is a provision that a text rests on, ready to be shown.
type Basis struct {
	Ref   cite.Ref
	Label string    // "Luật Bầu cử, Điều 69 khoản 4"; the bare key when the register lacks the document
	Full  string    // for official use: "Luật số 85/2015/QH13 (sửa bởi 83/2025/QH15), Điều 69 khoản 4"
	URL   string    // address on this site; "" when the register lacks the document
	Ended viet.Date // since when the document is no longer in force; "" while it is
}

// register is what a transaction knows of the law: enough to label and link.
type register struct {
	laws       map[string]Law
	provisions map[string]bool // "luat-85-2015 dieu-69"
	topics     []Topic
}

// knownRegister is a register as it was after a change.
type knownRegister struct {
	seq      int64
	register register
}

// register is the register as a reading transaction sees it, read anew only
// when something was published since.
func (l *Library) register(tx *store.Tx) (register, error) {
	seq, err := tx.LastChange()
	if err != nil {
		return register{}, err
	}
	if known := l.known.Load(); known != nil && known.seq == seq {
		return known.register, nil
	}
	r, err := openRegister(tx)
	if err == nil {
		l.known.Store(&knownRegister{seq, r})
	}
	return r, err
}

func openRegister(tx *store.Tx) (register, error) {
	laws, err := allLaws(tx)
	if err != nil {
		return register{}, err
	}
	provisions, err := provisionKeys(tx)
	if err != nil {
		return register{}, err
	}
	topics, err := openTopics(tx)
	if err != nil {
		return register{}, err
	}
	r := register{laws: map[string]Law{}, provisions: provisions, topics: topics}
	for _, law := range laws {
		r.laws[law.Key] = law
	}
	return r, nil
}

func (r register) basis(ref cite.Ref) Basis {
	law, ok := r.laws[ref.Law]
	if !ok {
		return Basis{Ref: ref, Label: ref.String(), Full: ref.String()}
	}
	b := Basis{Ref: ref, Label: law.Short, Full: law.fullName(), URL: law.Path(), Ended: law.Ended}
	if ref.Path != "" {
		b.Label += ", " + ref.Label()
		b.Full += ", " + ref.Label()
	}
	if r.provisions[ref.Law+" "+ref.Article()] {
		b.URL += "/" + ref.Article()
		if ref.Clause() != "" {
			b.URL += "#" + ref.Anchor()
		}
	}
	return b
}

// Bases labels and links references, in their order.
func (l *Library) Bases(ctx context.Context, refs []cite.Ref) ([]Basis, error) {
	list := make([]Basis, 0, len(refs))
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		for _, ref := range refs {
			list = append(list, r.basis(ref))
		}
		return err
	})
	return list, err
}

// bases reads stored references; what cannot be read any more is left out, for
// saving refused it.
func (r register) bases(stored string) []Basis {
	var list []Basis
	for _, text := range splitList(stored) {
		if ref, err := cite.Parse(text); err == nil {
			list = append(list, r.basis(ref))
		}
	}
	return list
}

// linked finds the provisions that a text's links lead to.
func (r register) linked(links []string) []cite.Ref {
	slugs := map[string]string{}
	for key, law := range r.laws {
		slugs[string(law.Slug)] = key
	}
	var refs []cite.Ref
	for _, link := range links {
		rest, ok := strings.CutPrefix(link, "/van-ban/")
		if !ok {
			continue
		}
		address, anchor, _ := strings.Cut(rest, "#")
		slug, article, _ := strings.Cut(address, "/")
		key := slugs[slug]
		if key == "" {
			continue // not in the register, or not yet
		}
		path := strings.TrimSpace(article + " " + strings.ReplaceAll(anchor, "-diem-", " diem-"))
		if ref, err := cite.Parse(strings.TrimSpace(key + " " + path)); err == nil {
			refs = append(refs, ref)
		}
	}
	return refs
}

// cites stores what a thing cites: its front matter's basis and its links.
func cites(tx *store.Tx, kind, id string, basis []cite.Ref, links []string) error {
	r, err := openRegister(tx)
	if err != nil {
		return err
	}
	return cite.Replace(tx, kind, id, append(basis, r.linked(links)...))
}

// Lists of short words are stored as lines.
func joinList[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return strings.Join(words, "\n")
}

func joinRefs(refs []cite.Ref) string {
	words := make([]string, len(refs))
	for i, r := range refs {
		words[i] = r.String()
	}
	return strings.Join(words, "\n")
}

func splitList(stored string) []string {
	return strings.FieldsFunc(stored, func(r rune) bool { return r == '\n' })
}
