-- +goose Up

-- A revision on its way to the readers: written (draft), waiting for another
-- person (review), waiting for its hour (approved), shown (published); written
-- over by another person (replaced), in the bin (discarded). version is raised
-- with every act, base is the number of the revision that readers saw when it
-- began, authors are lines. publish_ms is 0 for an approved one that is held.
CREATE TABLE revisions_next (
  kind          TEXT   NOT NULL CHECK (kind <> ''),
  object_id     TEXT   NOT NULL,
  number        BIGINT NOT NULL CHECK (number > 0),
  version       BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
  base          BIGINT NOT NULL DEFAULT 0 CHECK (base >= 0),
  state         TEXT   NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'published', 'replaced', 'discarded')),
  slug          TEXT   NOT NULL DEFAULT '',
  title         TEXT   NOT NULL DEFAULT '',
  source        TEXT   NOT NULL,
  by_whom       TEXT   NOT NULL,
  authors       TEXT   NOT NULL DEFAULT '',
  note          TEXT   NOT NULL,
  at_ms         BIGINT NOT NULL,
  submitted_ms  BIGINT NOT NULL DEFAULT 0,
  reviewed_ms   BIGINT NOT NULL DEFAULT 0,
  publish_ms    BIGINT NOT NULL DEFAULT 0,
  published_ms  BIGINT NOT NULL DEFAULT 0,
  reviewer      TEXT   NOT NULL DEFAULT '',
  verdict       TEXT   NOT NULL DEFAULT '',
  document      TEXT   NOT NULL DEFAULT '',
  document_date TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (kind, object_id, number)
);

-- Of the drafts so far only the newest of a thing is open, and only when
-- nothing was published after it.
INSERT INTO revisions_next (kind, object_id, number, base, state, slug, title, source, by_whom, authors, note, at_ms, published_ms)
SELECT r.kind, r.object_id, r.number,
  COALESCE((SELECT MAX(p.number) FROM revisions p WHERE p.kind = r.kind AND p.object_id = r.object_id AND p.state = 'published' AND p.number < r.number), 0),
  CASE WHEN r.state = 'draft' AND r.number < (SELECT MAX(m.number) FROM revisions m WHERE m.kind = r.kind AND m.object_id = r.object_id)
    THEN 'replaced' ELSE r.state END,
  COALESCE((SELECT g.slug FROM guides g WHERE r.kind = 'guide' AND g.id = r.object_id),
    (SELECT a.slug FROM answers a WHERE r.kind = 'answer' AND a.id = r.object_id),
    (SELECT s.slug FROM sessions s WHERE r.kind = 'session' AND s.id = r.object_id), ''),
  COALESCE((SELECT g.title FROM guides g WHERE r.kind = 'guide' AND g.id = r.object_id),
    (SELECT a.question FROM answers a WHERE r.kind = 'answer' AND a.id = r.object_id),
    (SELECT s.title FROM sessions s WHERE r.kind = 'session' AND s.id = r.object_id), ''),
  r.source, r.by_whom, r.by_whom, r.note, r.at_ms, CASE WHEN r.state = 'published' THEN r.at_ms ELSE 0 END
FROM revisions r;
DROP TABLE revisions;
ALTER TABLE revisions_next RENAME TO revisions;

CREATE UNIQUE INDEX revisions_open ON revisions (kind, object_id) WHERE state IN ('draft', 'review', 'approved');
CREATE INDEX revisions_by_state ON revisions (state, at_ms, kind, object_id, number);

-- Who writes on which open draft, for their desks.
CREATE TABLE drafting (
  person    TEXT   NOT NULL CHECK (person <> ''),
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  PRIMARY KEY (person, kind, object_id)
);
CREATE INDEX drafting_by_thing ON drafting (kind, object_id, person);
INSERT INTO drafting (person, kind, object_id)
SELECT by_whom, kind, object_id FROM revisions WHERE state = 'draft' AND by_whom <> '';

-- Addresses that a thing had before.
CREATE TABLE moved (
  kind      TEXT   NOT NULL,
  slug      TEXT   NOT NULL CHECK (slug <> ''),
  object_id TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL,
  PRIMARY KEY (kind, slug)
);

-- What was published and is hidden now, and what readers are told of it.
CREATE TABLE taken_down (
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  reason    TEXT   NOT NULL CHECK (reason <> ''),
  by_whom   TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL,
  PRIMARY KEY (kind, object_id)
);
CREATE INDEX taken_down_in_order ON taken_down (at_ms, kind, object_id);

-- Remarks on a paragraph of a revision, 0 being the whole.
CREATE TABLE comments (
  id        TEXT    NOT NULL PRIMARY KEY,
  kind      TEXT    NOT NULL,
  object_id TEXT    NOT NULL,
  number    BIGINT  NOT NULL CHECK (number > 0),
  paragraph BIGINT  NOT NULL CHECK (paragraph >= 0),
  quote     TEXT    NOT NULL,
  body      TEXT    NOT NULL CHECK (body <> ''),
  by_whom   TEXT    NOT NULL,
  at_ms     BIGINT  NOT NULL,
  done      BOOLEAN NOT NULL,
  done_by   TEXT    NOT NULL,
  done_ms   BIGINT  NOT NULL
);
CREATE INDEX comments_by_thing ON comments (kind, object_id, at_ms, id);

-- Links by which a revision can be read without signing in; only the hash of
-- the secret is kept.
CREATE TABLE preview_links (
  hash      TEXT   NOT NULL PRIMARY KEY CHECK (hash <> ''),
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  number    BIGINT NOT NULL,
  until_ms  BIGINT NOT NULL,
  by_whom   TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL
);
