-- +goose Up

-- A sheet of people that was sent in: waiting to be confirmed with its rows as
-- text, or imported and not yet past undoing. Neither is kept for long.
CREATE TABLE imports (
  id         TEXT   NOT NULL PRIMARY KEY,
  by_whom    TEXT   NOT NULL CHECK (by_whom <> ''),
  name       TEXT   NOT NULL,
  state      TEXT   NOT NULL CHECK (state IN ('waiting', 'done', 'undone')),
  sheet      TEXT   NOT NULL CHECK ((sheet <> '') = (state = 'waiting')),
  added      BIGINT NOT NULL CHECK (added >= 0),
  updated    BIGINT NOT NULL CHECK (updated >= 0),
  created_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX imports_waiting ON imports (by_whom) WHERE state = 'waiting';
CREATE INDEX imports_in_order ON imports (created_ms, id);
CREATE INDEX imports_by_person ON imports (by_whom, created_ms, id);

-- Whom an import added or changed, for undoing it. earlier is what was held of
-- the person before, '' of one who was added; later_hash is of what the import
-- wrote, so that nothing is undone that somebody changed since.
CREATE TABLE import_people (
  import_id  TEXT NOT NULL REFERENCES imports (id),
  person_id  TEXT NOT NULL REFERENCES people (id),
  earlier    TEXT NOT NULL,
  later_hash TEXT NOT NULL,
  PRIMARY KEY (import_id, person_id)
);
CREATE INDEX import_people_by_person ON import_people (person_id, import_id);
