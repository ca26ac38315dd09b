-- +goose Up

-- Searches without hits that staff looked at and need not see again, as they
-- were up to a day. The query is as the query log keeps it; asked later, it is
-- shown again.
CREATE TABLE dismissed_gaps (
  query   TEXT   NOT NULL PRIMARY KEY CHECK (query <> ''),
  day     TEXT   NOT NULL CHECK (day <> ''),
  by_whom TEXT   NOT NULL
);
CREATE INDEX dismissed_gaps_by_day ON dismissed_gaps (day, query);
