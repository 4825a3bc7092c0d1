-- What rules can see: facts that statements state about things (conform/evidence.h, docs/evidence.md).

-- schema: evidence 1
CREATE TABLE evidence (     -- the newest of each kind about each thing by each signer
  kind TEXT NOT NULL,       -- of statement
  about BIGINT NOT NULL,    -- enum rule_about
  thing BIGINT NOT NULL,    -- document of a release, number of a product, party …; -1: whoever signs
  topic TEXT NOT NULL,      -- tells statements about the same thing apart: "cip S(1)-2.2", a party; '': nothing does
  log_id BIGINT NOT NULL,
  signer BYTEA NOT NULL,    -- SHA-256 of the public key
  linker BYTEA NOT NULL,    -- of the one whose statement says that it is about this thing; empty: its own
  entry BIGINT NOT NULL,
  time BIGINT NOT NULL,     -- of the log
  linked BIGINT NOT NULL,   -- log time of the linker's statement
  expires BIGINT NOT NULL,  -- 0: never
  facts TEXT NOT NULL,      -- "name=value", a line each
  PRIMARY KEY (kind, about, thing, topic, log_id, signer, linker))/*sqlite  WITHOUT ROWID*/;
CREATE TABLE evidence_past ( -- those that a newer one replaced
  kind TEXT NOT NULL, about BIGINT NOT NULL, thing BIGINT NOT NULL, topic TEXT NOT NULL, log_id BIGINT NOT NULL,
  signer BYTEA NOT NULL, linker BYTEA NOT NULL, entry BIGINT NOT NULL, time BIGINT NOT NULL, linked BIGINT NOT NULL,
  expires BIGINT NOT NULL, facts TEXT NOT NULL,
  held_until BIGINT NOT NULL, -- entry of the newer one
  PRIMARY KEY (kind, about, thing, topic, log_id, signer, linker, entry))/*sqlite  WITHOUT ROWID*/;
CREATE TABLE evidence_loose ( -- statements about files: which release they mean is said later, by a manifest
  envelope BYTEA PRIMARY KEY, -- SHA-256
  kind TEXT NOT NULL, log_id BIGINT NOT NULL, entry BIGINT NOT NULL, time BIGINT NOT NULL, signer BYTEA NOT NULL,
  release BIGINT NOT NULL,    -- of a manifest: the release it is; -1
  facts TEXT NOT NULL)/*sqlite  WITHOUT ROWID*/;
CREATE TABLE evidence_thing ( -- things that have no other view: decisions, challenges
  about BIGINT NOT NULL,      -- enum rule_about
  number BIGINT NOT NULL,     -- from 0, in the order of the log
  id TEXT NOT NULL,
  product BIGINT NOT NULL, party BIGINT NOT NULL, -- whose product, and who is asked; -1: none
  log_id BIGINT NOT NULL, entry BIGINT NOT NULL, time BIGINT NOT NULL, -- that first told of it
  signer BYTEA NOT NULL,
  PRIMARY KEY (about, number));
CREATE UNIQUE INDEX evidence_thing_id ON evidence_thing (about, id);

-- query: evidence_keep
INSERT INTO evidence_past (kind, about, thing, topic, log_id, signer, linker, entry, time, linked, expires, facts,
  held_until)
SELECT kind, about, thing, topic, log_id, signer, linker, entry, time, linked, expires, facts, ?8 FROM evidence
WHERE kind = ?1 AND about = ?2 AND thing = ?3 AND topic = ?4 AND log_id = ?5 AND signer = ?6 AND linker = ?7
  AND entry < ?8;

-- query: evidence_drop
DELETE FROM evidence
WHERE kind = ?1 AND about = ?2 AND thing = ?3 AND topic = ?4 AND log_id = ?5 AND signer = ?6 AND linker = ?7
  AND entry < ?8;

-- query: evidence_put
INSERT INTO evidence (kind, about, thing, topic, log_id, signer, linker, entry, time, linked, expires, facts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (kind, about, thing, topic, log_id, signer, linker) DO NOTHING;

-- query: evidence_loose_put
INSERT INTO evidence_loose (envelope, kind, log_id, entry, time, signer, release, facts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (envelope) DO NOTHING;

-- query: evidence_loose_find
SELECT kind, log_id, entry, time, signer, release, facts FROM evidence_loose WHERE envelope = ?1;

-- query: evidence_thing_find
SELECT number FROM evidence_thing WHERE about = ?1 AND id = ?2;

-- query: evidence_thing_next
SELECT COALESCE(MAX(number) + 1, 0) FROM evidence_thing WHERE about = ?1;

-- query: evidence_thing_add
INSERT INTO evidence_thing (about, number, id, product, party, log_id, entry, time, signer)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- query: evidence_things
SELECT number, id, product, party, log_id, entry, time, signer FROM evidence_thing WHERE about = ?1 ORDER BY number;

-- query: evidence_newest
SELECT thing, topic, log_id, entry, time, signer, linker, linked, expires, facts FROM evidence
WHERE kind = ?1 AND about = ?2 ORDER BY thing, topic, log_id, signer, linker;

-- As of entry ?4 of log ?3, and time ?5 in others.
-- query: evidence_at
SELECT thing, topic, log_id, entry, time, signer, linker, linked, expires, facts FROM evidence
WHERE kind = ?1 AND about = ?2 AND ((log_id = ?3 AND entry < ?4) OR (log_id <> ?3 AND time <= ?5))
UNION ALL
SELECT thing, topic, log_id, entry, time, signer, linker, linked, expires, facts FROM evidence_past
WHERE kind = ?1 AND about = ?2 AND log_id = ?3 AND entry < ?4 AND held_until >= ?4
ORDER BY 1, 2, 3, 6, 7;

-- Earlier ones of a signer whose key has ended: what it said before still counts.
-- query: evidence_earlier
SELECT thing, topic, log_id, entry, time, signer, linker, linked, expires, facts FROM evidence_past
WHERE kind = ?1 AND about = ?2 AND signer = ?3 AND entry < ?4 ORDER BY thing, topic, log_id, signer, linker, entry;

-- Files of a release, and releases with a file.
-- query: release_file_count
SELECT COUNT(*) FROM release_file WHERE release = ?1;

-- What is counted.
-- query: scope_releases
SELECT id, twin, product, version, log_id, entry, time, signer FROM release WHERE product = ?1 ORDER BY id;

-- query: scope_releases_all
SELECT id, twin, product, version, log_id, entry, time, signer FROM release ORDER BY id;

-- query: scope_cases
SELECT number, id, product, opened, log_id, entry FROM cases ORDER BY number;

-- Of one VEX or CSAF document: which flaws of which products it speaks of.
-- query: evidence_verdicts
SELECT DISTINCT product, flaw FROM verdict WHERE log_id = ?1 AND entry = ?2 ORDER BY product, flaw LIMIT 100000;

-- query: evidence_product_of_purl
SELECT MIN(v.number) FROM product_said v JOIN thing_said s ON s.kind = 1 AND s.number = v.number AND s.log_id = v.log_id
  AND s.entry = v.entry
WHERE v.purl = ?1 AND s.held_until = 9223372036854775807 HAVING MIN(v.number) IS NOT NULL;

-- What there is of a kind about one thing, in one log, newest last.
-- query: evidence_of_thing
SELECT entry, signer FROM evidence WHERE kind = ?1 AND about = ?2 AND thing = ?3 AND log_id = ?4 ORDER BY entry;

-- query: scope_shipper
SELECT party FROM release WHERE product = ?1 AND party >= 0 ORDER BY id LIMIT 1;
