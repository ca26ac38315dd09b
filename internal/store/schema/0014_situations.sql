-- +goose Up

-- What to do when something happens: a tree of questions that ends in advice.
-- nodes holds the tree, rendered, as JSON; asked are lines of anchor and wording.
CREATE TABLE situations (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  topic      TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  summary    TEXT    NOT NULL,
  trust      TEXT    NOT NULL,
  basis      TEXT    NOT NULL,
  effective  TEXT    NOT NULL,
  position   BIGINT  NOT NULL,
  asked      TEXT    NOT NULL,
  nodes      TEXT    NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
CREATE INDEX situations_in_order ON situations (published, position, slug);

-- Whom to call in a unit, by the keys that situations name; unit is the code of
-- a commune or a ward.
CREATE TABLE contacts (
  unit       TEXT   NOT NULL CHECK (unit <> ''),
  key        TEXT   NOT NULL CHECK (key <> ''),
  phone      TEXT   NOT NULL,
  note       TEXT   NOT NULL,
  by_whom    TEXT   NOT NULL,
  updated_ms BIGINT NOT NULL,
  PRIMARY KEY (unit, key)
);

-- Guides that are read one after another: the series, the place in it, and the
-- name of the series where this guide gives it.
ALTER TABLE guides ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE guides ADD COLUMN step BIGINT NOT NULL DEFAULT 0;
ALTER TABLE guides ADD COLUMN series_title TEXT NOT NULL DEFAULT '';
CREATE INDEX guides_by_series ON guides (series, step) WHERE series <> '';
