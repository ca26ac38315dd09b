package content

import (
	"context"
	"fmt"

	"sotay/internal/cite"
	"sotay/internal/store"
)

// rendererBy is who the change log names when a text only changed its HTML.
const rendererBy = "renderer"

// Rerender brings every stored text to the present renderer, and what it cites
// with it, a batch per transaction, and reports how many it made anew. Readers go on seeing the old
// HTML until the new one stands.
func (l *Library) Rerender(ctx context.Context) (int, error) {
	for total := 0; ; {
		n := 0
		err := l.db.Write(ctx, func(tx *store.Tx) error {
			list, err := staleBodies(tx, rerenderBatch)
			if err != nil {
				return err
			}
			n = len(list)
			for _, s := range list {
				if err := s.renderAgain(tx); err != nil {
					return fmt.Errorf("render %s %s again: %w", s.kind, s.id, err)
				}
			}
			return nil
		})
		if total += n; err != nil || n == 0 {
			return total, err
		}
	}
}

func (s stale) renderAgain(tx *store.Tx) error {
	var body Body
	var refs []cite.Ref
	var err error
	switch s.kind {
	case KindGuide:
		var d guideDraft
		d, err = readGuide(s.source)
		body, refs = d.body, d.refs
	case KindAnswer:
		var d answerDraft
		d, err = readAnswer(s.source, true)
		body, refs = d.body, d.refs
	case KindSession:
		var d sessionDraft
		d, err = readSession(s.source)
		body = d.body
	case KindLaw:
		var law Law
		if law, err = readLaw(s.source); err == nil {
			err = putProvisions(tx, law)
		}
		body = law.Body
	case KindSituation:
		var d situationDraft
		if d, err = readSituation(s.source); err == nil {
			err = putNodes(tx, s.id, d.situation.Nodes)
		}
		body, refs = d.body, d.refs
	case KindTerm:
		var d termDraft
		d, err = readTerm(s.source)
		body, refs = d.body, d.refs
	case KindPlan:
		var p Plan
		if p, err = readPlan(s.source); err == nil {
			refs, err = cite.ParseAll(p.Sources())
		}
		body = p.body()
	}
	if err != nil {
		return err
	}
	if err := saveBody(tx, s.kind, s.id, body); err != nil {
		return err
	}
	if err := cites(tx, s.kind, s.id, refs, body.Links); err != nil {
		return err
	}
	return tx.Changed(s.kind, s.id, rendererBy)
}
