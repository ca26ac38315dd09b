-- +goose Up

-- The dictionary of search: what readers type, and the word of the texts that
-- is meant. A courtesy or question word means none. The keys are both sides as
-- queries are compared: lower case, one spelling, with tones. A row is not
-- deleted but marked as removed, so that no later seed brings it back.
CREATE TABLE synonyms (
  id           TEXT    NOT NULL PRIMARY KEY,
  typed        TEXT    NOT NULL,
  official     TEXT    NOT NULL,
  relation     TEXT    NOT NULL CHECK (relation IN ('same', 'related', 'courtesy')),
  typed_key    TEXT    NOT NULL CHECK (typed_key <> ''),
  official_key TEXT    NOT NULL CHECK ((official_key = '') = (relation = 'courtesy')),
  removed      BOOLEAN NOT NULL,
  updated_ms   BIGINT  NOT NULL,
  UNIQUE (typed_key, official_key)
);
