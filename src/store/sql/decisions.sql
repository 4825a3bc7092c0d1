-- What was offered to customers, what they answered, and what came with a proof (conform/decision.h).

-- schema: decisions 1
CREATE TABLE offer (
    log_id BIGINT NOT NULL, digest TEXT NOT NULL, -- of the envelope, hex
    entry BIGINT NOT NULL, time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL,
    said TEXT NOT NULL, -- the predicate
    PRIMARY KEY (log_id, digest)
);
CREATE INDEX offer_entry ON offer (log_id, entry);
-- The same answer stands twice in a log: as one side signed it, and as both did.
CREATE TABLE answer (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    offer TEXT NOT NULL, -- digest of its envelope
    digest TEXT NOT NULL, -- of its own envelope
    content TEXT NOT NULL, -- digest of the predicate: what makes answers the same
    time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL, -- the first
    said TEXT NOT NULL,
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX answer_offer ON answer (log_id, offer, entry);
CREATE TABLE offer_reopened (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, offer TEXT NOT NULL, time BIGINT NOT NULL, signer BYTEA NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX offer_reopened_offer ON offer_reopened (log_id, offer, entry);
-- What came from another party, and what that party's log says of it.
CREATE TABLE receipt (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, envelope TEXT NOT NULL, signer BYTEA NOT NULL,
    origin TEXT, place BIGINT NOT NULL, time BIGINT NOT NULL, -- in that log; without one 0
    proof TEXT,
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX receipt_envelope ON receipt (log_id, envelope, entry);

-- How far a supplier goes, as agreed: once as one side signed it, and once as both did.
CREATE TABLE extent_target (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, product TEXT NOT NULL,
    content TEXT NOT NULL, -- digest of the predicate
    time BIGINT NOT NULL, signer BYTEA NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX extent_target_product ON extent_target (log_id, product, entry);

-- query: extent_target_add
INSERT INTO extent_target (log_id, entry, product, content, time, signer, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO NOTHING;

-- query: extent_targets
SELECT entry, content, time, signer, said, product FROM extent_target WHERE log_id = ?1 ORDER BY entry;

-- Verdicts on flaws in a product, as its id or a release of it names it.
-- query: extent_verdicts
SELECT COUNT(*) FROM verdict WHERE ended = 9223372036854775807 AND (product = ?1 OR substr(product, 1, length(?1) + 1) = ?1 || '@');

-- As of entry ?3 of log ?2.
-- query: extent_verdicts_at
SELECT COUNT(*) FROM verdict WHERE log_id = ?2 AND entry < ?3 AND ended >= ?3
  AND (product = ?1 OR substr(product, 1, length(?1) + 1) = ?1 || '@');

-- query: offer_add
INSERT INTO offer (log_id, digest, entry, time, signer, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING;

-- query: offers_all
SELECT digest FROM offer WHERE log_id = ?1 AND entry < ?2 ORDER BY entry;

-- query: offer_row
SELECT digest, entry, time, signer, said FROM offer WHERE log_id = ?1 AND digest = ?2 AND entry < ?3;

-- query: answer_add
INSERT INTO answer (log_id, entry, offer, digest, content, time, signer, said)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT DO NOTHING;

-- query: answers_of
SELECT entry, digest, content, time, signer, said FROM answer WHERE log_id = ?1 AND offer = ?2 AND entry < ?3 ORDER BY entry;

-- query: offer_reopened_add
INSERT INTO offer_reopened (log_id, entry, offer, time, signer, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING;

-- query: offer_reopened_of
SELECT entry, time, signer, said FROM offer_reopened WHERE log_id = ?1 AND offer = ?2 AND entry < ?3 ORDER BY entry;

-- query: receipt_add
INSERT INTO receipt (log_id, entry, envelope, signer, origin, place, time, proof)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING;

-- query: receipts_of
SELECT entry, signer, origin, place, time, proof FROM receipt WHERE log_id = ?1 AND envelope = ?2 AND entry < ?3
ORDER BY entry;
