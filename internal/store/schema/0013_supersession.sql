-- +goose Up

-- Who answered with what weight, and which older answers that takes the place
-- of (codes, as lines).
ALTER TABLE answers ADD COLUMN level TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN supersedes TEXT NOT NULL DEFAULT '';

-- Which answer took the place of which, once published. The old one is named by
-- its number, because an import may bring it later.
CREATE TABLE superseded (
  old_number BIGINT NOT NULL PRIMARY KEY CHECK (old_number > 0),
  new_id     TEXT   NOT NULL REFERENCES answers (id)
);
CREATE INDEX superseded_by_new ON superseded (new_id);
