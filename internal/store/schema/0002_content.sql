-- +goose Up

-- Every revision of every kind keeps the whole text it was saved from: front
-- matter and Markdown. The other content tables hold what lists and pages need
-- of the published revision.
CREATE TABLE revisions (
  kind      TEXT   NOT NULL CHECK (kind IN ('guide', 'answer', 'session', 'law')),
  object_id TEXT   NOT NULL,
  number    BIGINT NOT NULL CHECK (number > 0),
  state     TEXT   NOT NULL CHECK (state IN ('draft', 'published')),
  source    TEXT   NOT NULL,
  by_whom   TEXT   NOT NULL,
  note      TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL,
  PRIMARY KEY (kind, object_id, number)
);

-- The rendered text of what readers see; renderer says which renderer made it.
CREATE TABLE bodies (
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  renderer  BIGINT NOT NULL,
  body      TEXT   NOT NULL,
  PRIMARY KEY (kind, object_id)
);
CREATE INDEX bodies_by_renderer ON bodies (renderer, kind, object_id);

CREATE TABLE guides (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  topic      TEXT    NOT NULL,
  phase      TEXT    NOT NULL CHECK (phase IN ('before', 'on', 'after')),
  phase_rank BIGINT  NOT NULL,
  title      TEXT    NOT NULL,
  summary    TEXT    NOT NULL,
  roles      TEXT    NOT NULL,
  trust      TEXT    NOT NULL,
  basis      TEXT    NOT NULL,
  effective  TEXT    NOT NULL,
  minutes    BIGINT  NOT NULL,
  position   BIGINT  NOT NULL,
  asked      TEXT    NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
CREATE INDEX guides_in_order ON guides (published, phase_rank, position, slug);

CREATE TABLE sessions (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  title      TEXT    NOT NULL,
  held_on    TEXT    NOT NULL,
  form       TEXT    NOT NULL,
  units      BIGINT  NOT NULL,
  topics     TEXT    NOT NULL,
  trust      TEXT    NOT NULL,
  origin     TEXT    NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
CREATE INDEX sessions_in_order ON sessions (published, held_on, id);

CREATE TABLE answers (
  id          TEXT    NOT NULL PRIMARY KEY,
  number      BIGINT  NOT NULL UNIQUE CHECK (number > 0),
  ref         TEXT    NOT NULL,
  slug        TEXT    NOT NULL,
  question    TEXT    NOT NULL,
  short       TEXT    NOT NULL,
  asked       TEXT    NOT NULL,
  topic       TEXT    NOT NULL,
  agency      TEXT    NOT NULL,
  field       TEXT    NOT NULL,
  session_id  TEXT    REFERENCES sessions (id),
  answered_on TEXT    NOT NULL,
  trust       TEXT    NOT NULL,
  basis       TEXT    NOT NULL,
  effective   TEXT    NOT NULL,
  published   BOOLEAN NOT NULL,
  revision    BIGINT  NOT NULL,
  updated_ms  BIGINT  NOT NULL
);
CREATE UNIQUE INDEX answers_by_ref ON answers (ref) WHERE ref <> '';
CREATE INDEX answers_in_order ON answers (published, number);
CREATE INDEX answers_by_topic ON answers (published, topic, number);
CREATE INDEX answers_by_session ON answers (published, session_id, number);

CREATE TABLE laws (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  number     TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  short      TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  agency     TEXT    NOT NULL,
  issued     TEXT    NOT NULL,
  in_force   TEXT    NOT NULL,
  ended      TEXT    NOT NULL,
  amended_by TEXT    NOT NULL,
  replaces   TEXT    NOT NULL,
  replaced_by TEXT   NOT NULL,
  normative  BOOLEAN NOT NULL,
  declared   TEXT    NOT NULL,
  trust      TEXT    NOT NULL,
  position   BIGINT  NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
CREATE INDEX laws_in_order ON laws (published, position, id);

CREATE TABLE provisions (
  law_id     TEXT   NOT NULL REFERENCES laws (id),
  segment    TEXT   NOT NULL,
  position   BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  amended_by TEXT   NOT NULL,
  amendment  TEXT   NOT NULL,
  clauses    TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  PRIMARY KEY (law_id, segment)
);
CREATE INDEX provisions_in_order ON provisions (law_id, position);

-- Owned by internal/cite: which thing cites which provision.
CREATE TABLE citations (
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  position  BIGINT NOT NULL,
  law       TEXT   NOT NULL,
  article   TEXT   NOT NULL,
  clause    TEXT   NOT NULL,
  PRIMARY KEY (kind, object_id, position)
);
CREATE INDEX citations_by_provision ON citations (law, article, clause, kind, object_id);
