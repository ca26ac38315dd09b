-- +goose Up

-- Readers say of situations too whether they are clear; which kinds take part is
-- told by the program.
CREATE TABLE feedback_next (
  day       TEXT   NOT NULL CHECK (day <> ''),
  kind      TEXT   NOT NULL CHECK (kind <> ''),
  object_id TEXT   NOT NULL,
  clear     BIGINT NOT NULL CHECK (clear >= 0),
  unclear   BIGINT NOT NULL CHECK (unclear >= 0),
  PRIMARY KEY (day, kind, object_id)
);
INSERT INTO feedback_next (day, kind, object_id, clear, unclear) SELECT day, kind, object_id, clear, unclear FROM feedback;
DROP TABLE feedback;
ALTER TABLE feedback_next RENAME TO feedback;
