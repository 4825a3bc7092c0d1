-- What changed in who may do what at this home (serve/audit.h).

-- schema: audit 1
CREATE TABLE audit (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    time BIGINT NOT NULL, -- of the log
    event TEXT NOT NULL,
    who TEXT, -- about whom
    said TEXT NOT NULL, -- the predicate, JSON
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX audit_who ON audit (who, entry);

-- query: audit_there
SELECT 1 FROM audit WHERE log_id = ?1 AND entry = ?2;

-- query: audit_add
INSERT INTO audit (log_id, entry, time, event, who, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- query: audit_rows
SELECT entry, time, event, said FROM audit
WHERE log_id = ?1 AND entry < ?2 ORDER BY entry DESC LIMIT ?3;

-- query: audit_rows_of
SELECT entry, time, event, said FROM audit
WHERE log_id = ?1 AND entry < ?2 AND who = ?4 ORDER BY entry DESC LIMIT ?3;

-- query: audit_count
SELECT count(*) FROM audit WHERE log_id = ?1 AND (CAST(?2 AS TEXT) IS NULL OR who = ?2);
