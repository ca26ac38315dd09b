-- +goose Up

-- What administrators made of the names, summaries and order of the topics.
-- Which topics there are stands in the program; a topic without a row is as it
-- stands there.
CREATE TABLE topics (
  slug     TEXT   NOT NULL PRIMARY KEY CHECK (slug <> ''),
  name     TEXT   NOT NULL CHECK (name <> ''),
  summary  TEXT   NOT NULL CHECK (summary <> ''),
  position BIGINT NOT NULL CHECK (position > 0)
);
