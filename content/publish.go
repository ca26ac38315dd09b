package content

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
)

const (
	publishEvery  = 5 * time.Second // how often approved texts are looked at
	publishTries  = 20              // when another transaction takes the same number or address
	publishPause  = 20 * time.Millisecond
	overtakenNote = "Chưa đăng được theo giờ đã hẹn: "
)

// writeUnique is a write that begins anew when another transaction took what
// must be unique, the number of an answer or an address, at the same moment.
func (l *Library) writeUnique(ctx context.Context, fn func(*store.Tx) error) error {
	for try := 1; ; try++ {
		err := l.db.Write(ctx, fn)
		if err == nil || !store.IsUnique(err) || try == publishTries {
			return err
		}
		time.Sleep(rand.N(publishPause))
	}
}

// Publish brings out an approved revision before its hour, or one that was held.
func (l *Library) Publish(ctx context.Context, kind, id string, version int, by string) error {
	return l.writeUnique(ctx, func(tx *store.Tx) error {
		r, err := openRevision(tx, kind, id)
		if err != nil {
			return err
		}
		if r.Version != version || r.State != StateApproved {
			return fault.Conflict(seenOlder)
		}
		return publish(tx, r, by)
	})
}

// publish makes an approved revision the text that readers see.
func publish(tx *store.Tx, r Revision, by string) error {
	if err := r.fitsShown(tx); err != nil {
		return err
	}
	body, refs, err := r.put(tx, by)
	if err != nil {
		return err
	}
	r.State, r.PublishAt, r.Published = StatePublished, time.Time{}, tx.Now()
	if err := r.change(tx, StateApproved, r.Version); err != nil {
		return err
	}
	if err := stopDrafting(tx, r.Kind, r.ID); err != nil {
		return err
	}
	return saving{kind: r.Kind, id: r.ID, by: by, note: oneLine(r.Document + " " + r.Note), publish: true}.show(tx, body, refs)
}

// put stores what lists and pages need of the revision, under its address.
func (r *Revision) put(tx *store.Tx, by string) (Body, []cite.Ref, error) {
	if err := r.freeSlug(tx); err != nil {
		return Body{}, nil, err
	}
	if err := r.leaveSlug(tx); err != nil {
		return Body{}, nil, err
	}
	if put := kindNamed(r.Kind).put; put != nil {
		return put(r, tx, by)
	}
	return Body{}, nil, errors.New("no such kind: " + r.Kind)
}

func (r *Revision) putGuide(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	d, err := readGuide(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read guide %s: %w", r.ID, err)
	}
	d.guide.ID, d.guide.Slug, d.guide.Revision = r.ID, r.Slug, r.Number
	return d.body, d.refs, putGuide(tx, d, true)
}

// putAnswer gives a new answer its number, and writes that into its source.
func (r *Revision) putAnswer(tx *store.Tx, by string) (Body, []cite.Ref, error) {
	t := r.Text()
	d, err := readAnswer(r.Source, t.Field("ref") != "")
	if err != nil {
		return Body{}, nil, fmt.Errorf("read answer %s: %w", r.ID, err)
	}
	if d.answer.Number, err = numberOfAnswer(tx, r.ID); err != nil {
		return Body{}, nil, err
	}
	if t.Field("code") == "" && t.Field("ref") == "" {
		t.Fields["code"] = []string{d.answer.Code()}
		r.Source = t.Source(KindAnswer)
	}
	sessionID, err := sessionIDBySlug(tx, d.session)
	if err != nil {
		return Body{}, nil, err
	}
	d.answer.ID, d.answer.Revision, r.Slug = r.ID, r.Number, d.answer.Slug
	if err := putAnswer(tx, d, sessionID, true); err != nil {
		return Body{}, nil, err
	}
	return d.body, d.refs, supersede(tx, d.answer, by)
}

func (r *Revision) putSession(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	d, err := readSession(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read session %s: %w", r.ID, err)
	}
	d.session.ID, d.session.Revision = r.ID, r.Number
	return d.body, nil, putSession(tx, d.session, true)
}

func (r *Revision) putSituation(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	d, err := readSituation(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read situation %s: %w", r.ID, err)
	}
	d.situation.ID, d.situation.Slug, d.situation.Revision = r.ID, r.Slug, r.Number
	return d.body, d.refs, putSituation(tx, d, true)
}

func (r *Revision) putTerm(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	d, err := readTerm(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read term %s: %w", r.ID, err)
	}
	d.term.ID, d.term.Slug, d.term.Revision = r.ID, r.Slug, r.Number
	return d.body, d.refs, putTerm(tx, d, true)
}

func (r *Revision) putPlan(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	p, err := readPlan(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read plan %s: %w", r.ID, err)
	}
	refs, err := cite.ParseAll(p.Sources())
	if err != nil {
		return Body{}, nil, fmt.Errorf("read sources of plan %s: %w", p.Key, err)
	}
	return p.body(), refs, putPlan(tx, storedPlan{id: r.ID, key: p.Key, title: p.Title, source: r.Source, revision: int64(r.Number)}, true)
}

func (r *Revision) putLaw(tx *store.Tx, _ string) (Body, []cite.Ref, error) {
	law, err := readLaw(r.Source)
	if err != nil {
		return Body{}, nil, fmt.Errorf("read law %s: %w", r.ID, err)
	}
	if err := keptKey(law.Key, r.ID); err != nil {
		return Body{}, nil, err
	}
	law.Revision = r.Number
	if err := putLaw(tx, law, true); err != nil {
		return Body{}, nil, err
	}
	return law.Body, nil, putProvisions(tx, law)
}

// PublishDue brings out the approved revisions whose hour has come and tells how
// many those were. Several may do so at once: each revision comes out once. One
// that may not come out any more goes back to its authors with the reason.
func (l *Library) PublishDue(ctx context.Context) (int, error) {
	var due []Revision
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = dueRevisions(tx, publishBatch)
		return err
	})
	published := 0
	for _, r := range due {
		out, err := l.publishOne(ctx, r)
		if err != nil {
			return published, fmt.Errorf("publish %s %s: %w", r.Kind, r.ID, err)
		}
		if out {
			published++
		}
	}
	return published, err
}

func (l *Library) publishOne(ctx context.Context, due Revision) (bool, error) {
	err := l.Publish(ctx, due.Kind, due.ID, due.Version, due.Reviewer)
	f, known := fault.Of(err)
	if !known || f.Kind == fault.KindUnavailable {
		return err == nil, err
	}
	err = l.SendBack(ctx, due.Kind, due.ID, due.Version, overtakenNote+f.Sentence, due.Reviewer)
	if fault.Is(err, fault.KindConflict) || fault.Is(err, fault.KindNotFound) {
		err = nil // another node was faster, or a person
	}
	return false, err
}

// Run publishes what is due until ctx ends, or until an error.
func (l *Library) Run(ctx context.Context) error {
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		if _, err := l.PublishDue(ctx); err != nil && ctx.Err() == nil && !fault.Is(err, fault.KindUnavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// slugInUse is the sentence for an address that another thing has or had.
func slugInUse(slug Slug) error {
	sentence := "Địa chỉ " + strconv.Quote(string(slug)) + " đã dùng cho bài khác. Hãy đổi tên bài hoặc địa chỉ."
	return fault.Invalid(sentence, fault.Field{Name: "slug", Sentence: sentence})
}
