-- +goose Up

-- What readers ask and has no answer yet. receipt is the hash of the code with
-- which the asker looks the inquiry up; nothing here opens it. due is the day by
-- which the next step is owed, '' when none is: the queue's order. waiting says
-- that it is new or taken. answer_id is the answer that is being written for it,
-- or that it was answered by. wording is what search shall know the answer by as
-- soon as there is one.
CREATE TABLE inquiries (
  id          TEXT    NOT NULL PRIMARY KEY,
  receipt     TEXT    NOT NULL UNIQUE CHECK (receipt <> ''),
  question    TEXT    NOT NULL CHECK (question <> ''),
  detail      TEXT    NOT NULL,
  place       TEXT    NOT NULL,
  agency      TEXT    NOT NULL,
  topic       TEXT    NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('new', 'taken', 'refused', 'answered', 'merged')),
  waiting     BOOLEAN NOT NULL,
  taken_by    TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  answer_id   TEXT    NOT NULL,
  merged_into TEXT    REFERENCES inquiries (id),
  wording     TEXT    NOT NULL,
  version     BIGINT  NOT NULL CHECK (version > 0),
  take_due    TEXT    NOT NULL,
  answer_due  TEXT    NOT NULL,
  due         TEXT    NOT NULL,
  asked_ms    BIGINT  NOT NULL,
  taken_ms    BIGINT  NOT NULL,
  closed_ms   BIGINT  NOT NULL
);
CREATE INDEX inquiries_waiting ON inquiries (waiting, due, id);
CREATE INDEX inquiries_closed ON inquiries (state, closed_ms, id);
CREATE INDEX inquiries_by_answer ON inquiries (answer_id, state, id);
CREATE INDEX inquiries_by_target ON inquiries (merged_into, id);
CREATE INDEX answers_by_agency ON answers (published, agency);

-- Whether readers find a page clear, added up by day: nobody's address, nobody's
-- name.
CREATE TABLE feedback (
  day       TEXT   NOT NULL CHECK (day <> ''),
  kind      TEXT   NOT NULL CHECK (kind IN ('guide', 'answer')),
  object_id TEXT   NOT NULL,
  clear     BIGINT NOT NULL CHECK (clear >= 0),
  unclear   BIGINT NOT NULL CHECK (unclear >= 0),
  PRIMARY KEY (day, kind, object_id)
);

-- What readers wrote beside it.
CREATE TABLE feedback_notes (
  id        TEXT    NOT NULL PRIMARY KEY,
  kind      TEXT    NOT NULL,
  object_id TEXT    NOT NULL,
  clear     BOOLEAN NOT NULL,
  note      TEXT    NOT NULL CHECK (note <> ''),
  at_ms     BIGINT  NOT NULL
);
CREATE INDEX feedback_notes_in_order ON feedback_notes (at_ms, id);
