-- +goose Up

-- A province and its communes, by their official codes. The folded names are
-- what a typed or imported name is compared with, bare without xã or phường.
CREATE TABLE units (
  id        TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  name      TEXT NOT NULL CHECK (name <> ''),
  kind      TEXT NOT NULL CHECK (kind IN ('province', 'commune')),
  parent_id TEXT REFERENCES units (id),
  name_key  TEXT NOT NULL,
  folded    TEXT NOT NULL,
  bare      TEXT NOT NULL
);
CREATE INDEX units_in_order ON units (kind, name_key, id);
CREATE INDEX units_by_folded ON units (folded);
CREATE INDEX units_by_bare ON units (bare);
CREATE INDEX units_by_parent ON units (parent_id, id);

-- Who may sign in. name_key is the order of lists (given names first), folded
-- what searches compare, team_key a team as it is compared. The password is a
-- hash; totp is the key of one-time codes, totp_step the last step used. A row
-- whose name was erased stays, for statistics and the audit log.
CREATE TABLE people (
  id         TEXT    NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  name_key   TEXT    NOT NULL,
  folded     TEXT    NOT NULL,
  phone      TEXT    NOT NULL,
  code       TEXT    NOT NULL,
  unit_id    TEXT    REFERENCES units (id),
  team       TEXT    NOT NULL,
  team_key   TEXT    NOT NULL,
  duty       TEXT    NOT NULL,
  role       TEXT    NOT NULL CHECK (role IN ('administrator', 'approver', 'trainer', 'secretary', 'lead', 'trainee')),
  password   TEXT    NOT NULL,
  totp       TEXT    NOT NULL,
  totp_step  BIGINT  NOT NULL,
  ended      BOOLEAN NOT NULL,
  erased     BOOLEAN NOT NULL,
  created_ms BIGINT  NOT NULL,
  created_by TEXT    NOT NULL,
  CHECK (erased OR phone <> '' OR code <> ''),
  CHECK (NOT erased OR ended AND name = '' AND phone = '' AND code = '' AND password = '' AND totp = '')
);
CREATE UNIQUE INDEX people_by_phone ON people (phone) WHERE phone <> '';
CREATE UNIQUE INDEX people_by_code ON people (code) WHERE code <> '';
CREATE INDEX people_in_order ON people (ended, name_key, id);
CREATE INDEX people_by_unit ON people (unit_id, ended, name_key, id);
CREATE INDEX people_by_role ON people (role, ended, name_key, id);

-- A stay on one device. Only the hash of the cookie is stored. pending is the
-- key of one-time codes being set up, wrong counts wrong codes, device_hash is
-- of the cookie of the device, if it has one.
CREATE TABLE visits (
  id          TEXT    NOT NULL PRIMARY KEY,
  secret_hash TEXT    NOT NULL UNIQUE,
  person_id   TEXT    NOT NULL REFERENCES people (id),
  step        TEXT    NOT NULL CHECK (step IN ('inside', 'code', 'setup', 'password')),
  device      TEXT    NOT NULL,
  device_hash TEXT    NOT NULL,
  shared      BOOLEAN NOT NULL,
  pending     TEXT    NOT NULL,
  wrong       BIGINT  NOT NULL CHECK (wrong >= 0),
  started_ms  BIGINT  NOT NULL,
  expires_ms  BIGINT  NOT NULL
);
CREATE INDEX visits_by_person ON visits (person_id, started_ms, id);
CREATE INDEX visits_by_end ON visits (expires_ms);

-- The one-time link of a person; using it deletes the row.
CREATE TABLE cards (
  person_id   TEXT   NOT NULL PRIMARY KEY REFERENCES people (id),
  secret_hash TEXT   NOT NULL UNIQUE,
  expires_ms  BIGINT NOT NULL
);
CREATE INDEX cards_by_end ON cards (expires_ms);

-- Devices on which a person was let in: what strangers try elsewhere does not
-- keep the person out there.
CREATE TABLE devices (
  person_id   TEXT   NOT NULL REFERENCES people (id),
  secret_hash TEXT   NOT NULL,
  seen_ms     BIGINT NOT NULL,
  PRIMARY KEY (person_id, secret_hash)
);
CREATE INDEX devices_by_secret ON devices (secret_hash, person_id);
CREATE INDEX devices_by_age ON devices (seen_ms);

-- How often something was tried since started_ms; subject is a hash.
CREATE TABLE tries (
  subject    TEXT   NOT NULL PRIMARY KEY,
  n          BIGINT NOT NULL CHECK (n >= 0),
  started_ms BIGINT NOT NULL
);
CREATE INDEX tries_by_start ON tries (started_ms);
