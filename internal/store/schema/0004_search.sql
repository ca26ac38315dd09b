-- +goose Up

-- What was searched for, added up by day: no person, no address, no numbers
-- that could be somebody's. hits are those of the last time.
CREATE TABLE searches (
  day    TEXT   NOT NULL CHECK (day <> ''),
  query  TEXT   NOT NULL CHECK (query <> ''),
  asked  BIGINT NOT NULL CHECK (asked > 0),
  hits   BIGINT NOT NULL CHECK (hits >= 0),
  clicks BIGINT NOT NULL CHECK (clicks >= 0),
  PRIMARY KEY (day, query)
);

-- Which hits were opened.
CREATE TABLE search_clicks (
  day    TEXT   NOT NULL,
  query  TEXT   NOT NULL,
  hit    TEXT   NOT NULL CHECK (hit <> ''),
  clicks BIGINT NOT NULL CHECK (clicks > 0),
  PRIMARY KEY (day, query, hit)
);
