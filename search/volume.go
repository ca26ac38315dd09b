package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
)

// mappingVersion changes with anything that makes an old index wrong: fields,
// analysis, the stored form.
const mappingVersion = 7

// volume is one index folder.
type volume struct {
	index bleve.Index
	path  string // "" in memory
	state volumeState

	columns    columnCache
	lexicon    atomic.Pointer[lexicon] // nil until learnt
	learned    int64                   // last change that the lexicon knows of
	nextLesson time.Time
}

// volumeState travels in the same batch as the documents it tells of.
type volumeState struct {
	Version   int
	Documents int
	Seq       int64  // last change of the database that is in the index
	Mark      string // what that change was, to notice another database
}

var stateKey = []byte("state")

// errForeign says that a folder holds no whole index of this version.
var errForeign = errors.New("index is damaged or of another version")

// newMapping maps nothing: entries bring their own terms.
func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	return m
}

// createVolume makes an empty index in a folder, "" in memory.
func createVolume(path string) (*volume, error) {
	index, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create index %s: %w", path, err)
	}
	return &volume{index: index, path: path, state: volumeState{Version: mappingVersion}}, nil
}

// openVolume opens a folder that createVolume made and refuses it when a byte
// is wrong; then the caller builds another.
func openVolume(path string) (v *volume, err error) {
	err = guarded(func() error {
		if err := checkFiles(path); err != nil {
			return err
		}
		index, err := bleve.OpenUsing(path, map[string]any{"bolt_timeout": lockTimeout})
		if err != nil {
			return fmt.Errorf("open index %s: %w", path, err)
		}
		v = &volume{index: index, path: path}
		if err := v.loadState(); err != nil {
			return errors.Join(err, index.Close())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// pack makes one segment of all, in which a search looks each term up once.
func (v *volume) pack(ctx context.Context) error {
	inner, err := v.index.Advanced()
	if err != nil {
		return fmt.Errorf("reach index: %w", err)
	}
	if whole, ok := inner.(*scorch.Scorch); ok {
		if err := whole.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions); err != nil {
			return fmt.Errorf("pack index: %w", err)
		}
	}
	return nil
}

// close ends the use of a volume and seals its folder.
func (v *volume) close() error {
	if err := v.index.Close(); err != nil {
		return fmt.Errorf("close index %s: %w", v.path, err)
	}
	if v.path == "" {
		return nil
	}
	return seal(v.path)
}

func (v *volume) loadState() error {
	raw, err := v.index.GetInternal(stateKey)
	if err != nil {
		return fmt.Errorf("read state of index %s: %w", v.path, err)
	}
	if err := json.Unmarshal(raw, &v.state); err != nil || v.state.Version != mappingVersion {
		return fmt.Errorf("index %s has version %d, not %d: %w", v.path, v.state.Version, mappingVersion, errForeign)
	}
	count, err := v.index.DocCount()
	if err != nil || count != uint64(v.state.Documents) {
		return fmt.Errorf("index %s holds %d documents, not %d: %w", v.path, count, v.state.Documents, errors.Join(err, errForeign))
	}
	return nil
}

// update is what one batch changes: the owners' old documents give way to the
// new ones.
type update struct {
	owners []string
	docs   []document
}

// apply writes an update together with the state it leads to.
func (v *volume) apply(ctx context.Context, u update, seq int64, mark string) error {
	batch := v.index.NewBatch()
	gone, err := v.owned(ctx, u.owners)
	if err != nil {
		return err
	}
	for id := range gone {
		batch.Delete(id)
	}
	added := map[string]bool{}
	for _, d := range u.docs {
		d.clean()
		added[d.ID] = true
		if err := batch.IndexAdvanced(entry(d, words.silentAt)); err != nil {
			return fmt.Errorf("index document %s: %w", d.ID, err)
		}
	}
	next := volumeState{Version: mappingVersion, Documents: v.state.Documents - len(gone) + len(added), Seq: seq, Mark: mark}
	raw, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("write state: %w", err)
	}
	batch.SetInternal(stateKey, raw)
	if err := v.index.Batch(batch); err != nil {
		return fmt.Errorf("write %d documents: %w", len(u.docs), err)
	}
	v.state = next
	return nil
}

// owned lists the documents that belong to the owners.
func (v *volume) owned(ctx context.Context, owners []string) (map[string]bool, error) {
	ids := map[string]bool{}
	for _, o := range owners {
		theirs := bleve.NewTermQuery(o)
		theirs.SetField(fieldOwner)
		request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(bleve.NewDocIDQuery([]string{o}), theirs), maxOwned, 0, false)
		request.Score = "none"
		found, err := v.index.SearchInContext(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("list documents of %s: %w", o, err)
		}
		for _, hit := range found.Hits {
			ids[hit.ID] = true
		}
	}
	return ids, nil
}
