-- When open cases are due next (impact/due.h): kept beside the log, as it rests on clock profiles and advisories too.
-- cache: due

-- schema: due 1
CREATE TABLE case_due (
    number BIGINT PRIMARY KEY, -- of the case
    product BIGINT NOT NULL,
    due BIGINT NOT NULL, -- seconds since 1970
    least BIGINT NOT NULL, most BIGINT NOT NULL -- scores × 10 of its findings; -1 unknown
);
CREATE INDEX case_due_order ON case_due (due, number, product, least, most);
CREATE INDEX case_due_product ON case_due (product, number, due, least, most);
-- What it was computed from: one row.
CREATE TABLE due_base (one BIGINT PRIMARY KEY, basis TEXT NOT NULL, entries BIGINT NOT NULL);

-- schema: due 2
CREATE TABLE due_stale (number BIGINT PRIMARY KEY); -- cases whose advisories changed since

-- query: due_base
SELECT basis, entries FROM due_base WHERE one = 1;

-- query: due_base_set
INSERT INTO due_base (one, basis, entries) VALUES (1, ?1, ?2)
ON CONFLICT (one) DO UPDATE SET basis = excluded.basis, entries = excluded.entries;

-- Cases that list a flaw, by any of its names.
-- query: due_stale_add
INSERT INTO due_stale (number) SELECT DISTINCT f.number FROM flaw_name n JOIN case_finding f ON f.flaw = n.name
WHERE n.flaw = ?1 ON CONFLICT (number) DO NOTHING;

-- query: due_stale_any
SELECT number FROM due_stale LIMIT 1;

-- query: due_stale_all
SELECT number FROM due_stale ORDER BY number;

-- query: due_stale_clear
DELETE FROM due_stale;

-- query: due_clear
DELETE FROM case_due;

-- query: due_drop
DELETE FROM case_due WHERE number = ?1;

-- query: due_add
INSERT INTO case_due (number, product, due, least, most) VALUES (?1, ?2, ?3, ?4, ?5);

-- query: due_stepped
SELECT DISTINCT number FROM case_step WHERE log_id = ?1 AND entry >= ?2 ORDER BY number;

-- query: due_of_products
SELECT number FROM cases WHERE product = ?1 AND closed = 0 ORDER BY number;

-- Cases behind a place (?1, ?2) with a finding scored from ?3 to ?4.
-- query: due_next
SELECT number, product, due FROM case_due WHERE (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4
ORDER BY due, number LIMIT 256;

-- query: due_of_product
SELECT number, product, due FROM case_due WHERE product = ?1 AND most >= ?2 AND least <= ?3 ORDER BY number;

-- query: due_of_case
SELECT number, product, due FROM case_due WHERE number = ?1;

-- query: due_of_flaw
SELECT d.number, d.product, d.due, f.component FROM case_finding f JOIN case_due d ON d.number = f.number
WHERE f.flaw = ?1 ORDER BY d.number, f.component;

-- query: due_before
SELECT 1 FROM case_due d JOIN case_finding f ON f.number = d.number
WHERE d.product = ?1 AND f.component = ?2 AND f.flaw = ?3 AND (d.due < ?4 OR (d.due = ?4 AND d.number < ?5)) LIMIT 1;

-- Cases that list a flaw a verdict of their product may answer; some twice.
-- query: due_answered
SELECT d.number, d.product, d.due FROM verdict v JOIN flaw_name n ON n.name = v.flaw JOIN flaw_name m ON m.flaw = n.flaw
JOIN case_finding f ON f.flaw = m.name JOIN case_due d ON d.number = f.number
LEFT JOIN thing t ON t.kind = 1 AND t.id = v.product
WHERE d.product = t.number OR COALESCE(v.part, '') <> '' OR v.product LIKE '%:%' OR v.product LIKE '%@%'
ORDER BY d.number;
