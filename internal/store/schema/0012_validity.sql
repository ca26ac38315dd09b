-- +goose Up

-- Owned by internal/cite: what became of provisions since the texts that cite
-- them were written. Which texts that concerns is never stored: it follows from
-- the table citations.
CREATE TABLE amendments (
  id        TEXT   NOT NULL PRIMARY KEY,
  law       TEXT   NOT NULL CHECK (law <> ''),
  article   TEXT   NOT NULL,
  clause    TEXT   NOT NULL,
  by_ref    TEXT   NOT NULL CHECK (by_ref <> ''),
  effect    TEXT   NOT NULL CHECK (effect IN ('amended', 'replaced', 'repealed')),
  successor TEXT   NOT NULL,
  since     TEXT   NOT NULL CHECK (since <> ''),
  note      TEXT   NOT NULL,
  by_whom   TEXT   NOT NULL,
  at_ms     BIGINT NOT NULL
);
CREATE UNIQUE INDEX amendments_by_provision ON amendments (law, article, clause, by_ref, since);

-- Who looked at a text after an amendment and found that it stands.
CREATE TABLE affirmed (
  amendment_id TEXT   NOT NULL REFERENCES amendments (id),
  kind         TEXT   NOT NULL,
  object_id    TEXT   NOT NULL,
  by_whom      TEXT   NOT NULL CHECK (by_whom <> ''),
  note         TEXT   NOT NULL,
  at_ms        BIGINT NOT NULL,
  PRIMARY KEY (amendment_id, kind, object_id)
);
