-- +goose Up

-- The GIFT text of a question is its canonical form; the other columns are
-- projected from it, for lists and statistics.
CREATE TABLE questions (
  id         TEXT   NOT NULL PRIMARY KEY,
  source     TEXT   NOT NULL,
  kind       TEXT   NOT NULL CHECK (kind IN ('single', 'several', 'truefalse')),
  stem       TEXT   NOT NULL,
  read_path  TEXT   NOT NULL,
  topic      TEXT   NOT NULL,
  level      TEXT   NOT NULL CHECK (level IN ('', 'rule', 'exception')),
  trust      TEXT   NOT NULL CHECK (trust IN ('V', 'V-bao')),
  updated_ms BIGINT NOT NULL
);
CREATE INDEX questions_by_topic ON questions (topic, id);

CREATE TABLE quizzes (
  id         TEXT   NOT NULL PRIMARY KEY,
  slug       TEXT   NOT NULL UNIQUE,
  title      TEXT   NOT NULL,
  summary    TEXT   NOT NULL,
  topic      TEXT   NOT NULL,
  position   BIGINT NOT NULL,
  updated_ms BIGINT NOT NULL
);
CREATE INDEX quizzes_in_order ON quizzes (position, slug);

CREATE TABLE quiz_questions (
  quiz_id     TEXT   NOT NULL REFERENCES quizzes (id),
  position    BIGINT NOT NULL CHECK (position > 0),
  question_id TEXT   NOT NULL REFERENCES questions (id),
  PRIMARY KEY (quiz_id, position)
);
CREATE UNIQUE INDEX quiz_questions_by_question ON quiz_questions (question_id, quiz_id);

-- An attempt keeps the ids of its questions as lines, as they were when it was
-- started. The UNIQUE index is also the one by visit; the partial one lets a
-- visit have one unfinished attempt of a quiz. asked and replied count, so that
-- the last reply, whichever it is, finishes the attempt.
CREATE TABLE attempts (
  id          TEXT   NOT NULL PRIMARY KEY,
  visit       TEXT   NOT NULL CHECK (visit <> ''),
  quiz_id     TEXT   NOT NULL REFERENCES quizzes (id),
  number      BIGINT NOT NULL CHECK (number > 0),
  questions   TEXT   NOT NULL,
  asked       BIGINT NOT NULL CHECK (asked > 0),
  replied     BIGINT NOT NULL CHECK (replied BETWEEN 0 AND asked),
  started_ms  BIGINT NOT NULL,
  finished_ms BIGINT NOT NULL,
  UNIQUE (visit, quiz_id, number)
);
CREATE UNIQUE INDEX attempts_unfinished ON attempts (visit, quiz_id) WHERE finished_ms = 0;

CREATE TABLE attempt_replies (
  attempt_id  TEXT    NOT NULL REFERENCES attempts (id),
  position    BIGINT  NOT NULL CHECK (position > 0),
  question_id TEXT    NOT NULL,
  chosen      TEXT    NOT NULL CHECK (chosen <> ''),
  correct     BOOLEAN NOT NULL,
  at_ms       BIGINT  NOT NULL,
  PRIMARY KEY (attempt_id, position)
);
