-- How far each log was applied to these views.

-- schema: portfolio 1
CREATE TABLE portfolio_log (
    id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY, /* of the log in this store, from 1 */
    origin TEXT NOT NULL UNIQUE,                          /* the log's name */
    size BIGINT NOT NULL                                  /* entries below are applied */
);

CREATE TABLE sbom_envelope ( /* SBOMs that are statements themselves: which entry a release means by a digest */
    envelope BYTEA PRIMARY KEY,
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL
);

-- schema: portfolio 2
CREATE TABLE body_gone ( /* entries that were passed over, or whose document was, because it was erased (impact/gone.h) */
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    PRIMARY KEY (log_id, entry)
);

-- Sealed buckets took another form: the views are made anew (impact/portfolio.c).
-- schema: portfolio 3
UPDATE portfolio_log SET size = -1;

-- Steps of cases too (cases 3).
-- schema: portfolio 4
UPDATE portfolio_log SET size = -1;

-- And tables were laid out in several ways under one version, before tools/check-schema was.
-- schema: portfolio 5 anew
DELETE FROM portfolio_log;

-- Which product a verdict is about (cases 4).
-- schema: portfolio 6 anew
DELETE FROM portfolio_log;

-- And those that name it by a purl (cases 5).
-- schema: portfolio 7 anew
DELETE FROM portfolio_log;

-- How often the views were made anew: numbers that were remembered before may mean something else now. No part of what
-- follows from the log.
-- schema: made 1
CREATE TABLE portfolio_made (number BIGINT PRIMARY KEY);

-- How often what surrounds the releases changed since: who and what there is, and which release runs where. What was
-- answered before holds as long as this number does, but for releases that came.
-- schema: made 2
CREATE TABLE portfolio_moved (one BIGINT PRIMARY KEY, number BIGINT NOT NULL);

-- query: portfolio_made
SELECT COALESCE(MAX(number), 0) FROM portfolio_made;

-- query: portfolio_made_set
INSERT INTO portfolio_made (number) VALUES (?1);

-- query: portfolio_moved
INSERT INTO portfolio_moved (one, number) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET number = portfolio_moved.number + 1;

-- query: body_gone_add
INSERT INTO body_gone (log_id, entry) VALUES (?1, ?2) ON CONFLICT (log_id, entry) DO NOTHING;

-- query: body_gone_find
SELECT entry FROM body_gone WHERE log_id = ?1 AND entry = ?2;

-- query: portfolio_log_find
SELECT id, size FROM portfolio_log WHERE origin = ?1;

-- query: portfolio_log_size
SELECT size FROM portfolio_log WHERE id = ?1;

-- query: portfolio_log_add
INSERT INTO portfolio_log (id, origin, size) SELECT COALESCE(MAX(id), 0) + 1, ?1, 0 FROM portfolio_log WHERE true
ON CONFLICT (origin) DO NOTHING;

-- query: portfolio_log_set
UPDATE portfolio_log SET size = ?2 WHERE id = ?1;

-- query: portfolio_logs
SELECT COUNT(*) FROM portfolio_log;

-- query: sbom_envelope_add
INSERT INTO sbom_envelope (envelope, log_id, entry) VALUES (?1, ?2, ?3) ON CONFLICT (envelope) DO NOTHING;

-- query: sbom_envelope_find
SELECT entry FROM sbom_envelope WHERE envelope = ?1 AND log_id = ?2;
