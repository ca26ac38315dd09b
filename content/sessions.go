package content

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Session is a training session.
type Session struct {
	ID        string
	Slug      Slug
	Title     string
	HeldOn    viet.Date
	Form      string // in words: in the hall, online, both
	Units     int    // communes and wards that took part; 0 when not known
	Topics    []Topic
	Trust     Trust
	Origin    string // where these facts come from
	Revision  int
	UpdatedAt time.Time
	Body      Body // loaded for a single session, not in lists
}

// Path is the session's address on the site.
func (s Session) Path() string { return "/tap-huan/" + string(s.Slug) }

// Sessions lists published sessions, newest first, without bodies.
func (l *Library) Sessions(ctx context.Context) ([]Session, error) {
	var list []Session
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		list, err = publishedSessions(tx, r)
		return err
	})
	return list, err
}

// Session is one published session with its body.
func (l *Library) Session(ctx context.Context, slug Slug) (Session, error) {
	return l.sessionWhere(ctx, func(tx *store.Tx, r register) (Session, error) {
		s, err := sessionBySlug(tx, r, slug)
		if fault.Is(err, fault.KindNotFound) {
			id, idErr := sessionIDBySlug(tx, slug)
			if idErr != nil || id == nil {
				return Session{}, errors.Join(idErr, err)
			}
			err = goneSince(tx, KindSession, *id, err)
		}
		return s, err
	})
}

// SessionByID is one published session with its body.
func (l *Library) SessionByID(ctx context.Context, id string) (Session, error) {
	return l.sessionWhere(ctx, func(tx *store.Tx, r register) (Session, error) { return sessionByID(tx, r, id) })
}

func (l *Library) sessionWhere(ctx context.Context, find func(*store.Tx, register) (Session, error)) (Session, error) {
	var s Session
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if s, err = find(tx, r); err != nil {
			return err
		}
		s.Body, err = bodyOf(tx, KindSession, s.ID)
		return err
	})
	return s, err
}

// EachSession calls visit with every published session and its body.
func (l *Library) EachSession(ctx context.Context, visit func(Session) error) error {
	list, err := l.Sessions(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s, err = l.SessionByID(ctx, s.ID); fault.Is(err, fault.KindNotFound) {
			continue // taken down meanwhile
		}
		if err == nil {
			err = visit(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sessionFront is the front matter of a session's source.
type sessionFront struct {
	Slug   string   `yaml:"slug"`
	Title  string   `yaml:"title"`
	HeldOn string   `yaml:"held_on"`
	Form   string   `yaml:"form,omitempty"`
	Units  int      `yaml:"units,omitempty"`
	Topics []string `yaml:"topics,omitempty"`
	Trust  string   `yaml:"trust,omitempty"`
	Origin string   `yaml:"source,omitempty"`
}

type sessionDraft struct {
	session Session
	body    Body
}

func readSession(source string) (sessionDraft, error) {
	var front sessionFront
	body, err := readSource(source, &front, MaxGuideBytes)
	if err != nil {
		return sessionDraft{}, err
	}
	d, faults := front.draft(body)
	return d, invalid(faults)
}

// draft checks the front matter against the rules.
func (front sessionFront) draft(body Body) (sessionDraft, []fault.Field) {
	d := sessionDraft{body: body, session: Session{
		Slug: Slug(front.Slug), Title: front.Title, HeldOn: viet.Date(front.HeldOn), Form: front.Form,
		Units: front.Units, Trust: Trust(front.Trust), Origin: front.Origin,
	}}
	faults := checkText("title", front.Title, MaxTitleRunes*2, nil)
	faults = checkDate("held_on", d.session.HeldOn, faults)
	if front.Slug == "" || front.Slug != viet.Slug(front.Slug) {
		faults = append(faults, fault.Field{Name: "slug", Sentence: fmt.Sprintf("%q không dùng làm địa chỉ được. Hãy viết chữ thường, không dấu, nối bằng gạch ngang.", front.Slug)})
	}
	for _, slug := range front.Topics {
		var topic Topic
		topic, faults = checkTopic(slug, faults)
		d.session.Topics = append(d.session.Topics, topic)
	}
	return d, faults
}

// saveSession stores a session's source as its next revision and, when
// published, shows it to readers.
func saveSession(tx *store.Tx, s saving) error {
	d, err := readSession(s.source)
	if err != nil {
		return fmt.Errorf("read session: %w", err)
	}
	s.kind, s.slug = KindSession, d.session.Slug
	id, err := sessionIDBySlug(tx, d.session.Slug)
	if err != nil {
		return err
	}
	if s.id = tx.NewID(); id != nil {
		s.id = *id
	}
	d.session.ID = s.id
	if d.session.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putSession(tx, d.session, s.publish); err != nil {
		return err
	}
	return s.show(tx, d.body, nil)
}
