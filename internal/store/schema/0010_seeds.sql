-- +goose Up

-- Texts inside the program that were entered here, or proposed, by the hash of
-- what they said: each of them is offered once.
CREATE TABLE seeds (
  path  TEXT   NOT NULL CHECK (path <> ''),
  hash  TEXT   NOT NULL CHECK (hash <> ''),
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (path, hash)
);
