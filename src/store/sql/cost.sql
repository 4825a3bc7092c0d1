-- What practices took (conform/cost.h).

-- schema: cost 1
CREATE TABLE cost (
  log_id BIGINT NOT NULL, entry BIGINT NOT NULL, -- the statement
  time BIGINT NOT NULL,                          -- of the log
  signer BYTEA NOT NULL,
  catalogue TEXT NOT NULL, practice TEXT NOT NULL,
  spent BIGINT NOT NULL,                         -- when, as stated
  hours DOUBLE PRECISION NOT NULL,
  money DOUBLE PRECISION NOT NULL, currency TEXT, -- NULL: no money
  text TEXT,
  PRIMARY KEY (log_id, entry));
CREATE INDEX cost_practice ON cost (catalogue, practice);

-- query: cost_add
INSERT INTO cost (log_id, entry, time, signer, catalogue, practice, spent, hours, money, currency, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (log_id, entry) DO NOTHING;

-- query: cost_rows
SELECT entry, time, signer, catalogue, practice, spent, hours, money, currency, text, log_id FROM cost
WHERE entry < ?1 ORDER BY catalogue, practice, spent, log_id, entry;
