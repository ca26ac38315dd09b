-- +goose Up

-- Words of the trade, explained; also are lines.
CREATE TABLE terms (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  title      TEXT    NOT NULL,
  short      TEXT    NOT NULL,
  also       TEXT    NOT NULL,
  summary    TEXT    NOT NULL,
  trust      TEXT    NOT NULL,
  basis      TEXT    NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
CREATE INDEX terms_in_order ON terms (published, slug);

-- Drawings of places; the source of the revision says what they show, the slug
-- is the key by which texts name them.
CREATE TABLE plans (
  id         TEXT    NOT NULL PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  title      TEXT    NOT NULL,
  source     TEXT    NOT NULL,
  published  BOOLEAN NOT NULL,
  revision   BIGINT  NOT NULL,
  updated_ms BIGINT  NOT NULL
);
