-- What a stretch of the log says, for questions. Everything here comes from log and archive and can be made again from
-- them.

-- One row for each entry of the log.
CREATE TABLE statement(
  idx INTEGER PRIMARY KEY,  -- of the entry
  time INTEGER NOT NULL,    -- the log accepted it, seconds since 1970
  kind TEXT NOT NULL,       -- as the leaf says
  key BLOB NOT NULL,        -- SHA-256 of the signer's public key
  envelope BLOB NOT NULL,   -- SHA-256 of the envelope
  type TEXT,                -- predicateType; NULL when the body cannot be read
  erased INTEGER            -- entry that says it was erased; NULL when it was not
);

-- What a statement is about: a row for each digest of each subject.
CREATE TABLE subject(
  idx INTEGER NOT NULL,
  at INTEGER NOT NULL,      -- which subject of the statement, from 0
  name TEXT,
  uri TEXT,
  algorithm TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY(idx, at, algorithm)
) WITHOUT ROWID;

-- What a statement is found by.
CREATE TABLE word(
  key BLOB NOT NULL,        -- SHA-256(what, NUL, text): a row of the index (docs/find.md)
  idx INTEGER NOT NULL,
  PRIMARY KEY(key, idx)
) WITHOUT ROWID;

-- Entries that say the body of another was removed. It counts when the log itself has forgotten that body.
CREATE TABLE erasure(
  idx INTEGER PRIMARY KEY,  -- of the statement that says so
  target INTEGER NOT NULL   -- entry whose body it is about
);
