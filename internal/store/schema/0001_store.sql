-- +goose Up

-- Numbers that must appear in the order of commits: raised by UPDATE …
-- RETURNING as the last thing of a transaction.
CREATE TABLE counter (
  name TEXT   NOT NULL PRIMARY KEY,
  n    BIGINT NOT NULL CHECK (n >= 0)
);
INSERT INTO counter (name, n) VALUES ('changes', 0);

-- What readers find has changed; each search index follows this log.
CREATE TABLE changes (
  seq       BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
  kind      TEXT   NOT NULL CHECK (kind <> ''),
  object_id TEXT   NOT NULL CHECK (object_id <> ''),
  by_whom   TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL
);

-- Who did what. Rows are only ever added.
CREATE TABLE audit (
  id        TEXT   NOT NULL PRIMARY KEY,
  at_ms     BIGINT NOT NULL,
  by_whom   TEXT   NOT NULL,
  act       TEXT   NOT NULL CHECK (act <> ''),
  kind      TEXT   NOT NULL,
  object_id TEXT   NOT NULL,
  note      TEXT   NOT NULL
);
CREATE INDEX audit_in_order ON audit (at_ms, id);
CREATE INDEX audit_by_person ON audit (by_whom, at_ms, id);
CREATE INDEX audit_by_object ON audit (kind, object_id, at_ms, id);
