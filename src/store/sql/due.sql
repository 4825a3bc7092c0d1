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

-- schema: due 3
DROP TABLE case_due;
CREATE TABLE case_due (
    number BIGINT PRIMARY KEY, -- of the case
    product BIGINT NOT NULL,
    due BIGINT NOT NULL, -- seconds since 1970
    least BIGINT NOT NULL, most BIGINT NOT NULL, -- scores × 10 of its findings; -1 unknown
    kev BIGINT NOT NULL, -- 2: one of them is in KEV; 1: exploited all the same
    epss BIGINT NOT NULL, -- most of theirs × 10,000; -1 unknown
    answered BIGINT NOT NULL -- 1: a verdict may answer one of them
);
-- Orders of lists, of all and of one product; what is filtered by stands in them too.
CREATE INDEX case_due_order ON case_due (due, number, product, least, most, kev, epss);
CREATE INDEX case_due_product ON case_due (product, due, number, least, most, kev, epss);
CREATE INDEX case_due_answered ON case_due (due, number, product, least, most, kev, epss) WHERE answered = 1;
CREATE INDEX case_due_product_answered ON case_due (product, due, number, least, most, kev, epss) WHERE answered = 1;
-- What verdicts came to speak of since.
CREATE TABLE due_said (
    product BIGINT NOT NULL, flaw TEXT NOT NULL, -- -1: possibly any
    PRIMARY KEY (product, flaw)
);
DELETE FROM due_base;

-- schema: due 4
DROP TABLE case_due;
CREATE TABLE case_due (
    number BIGINT PRIMARY KEY, -- of the case
    product BIGINT NOT NULL,
    package BIGINT NOT NULL, -- that all its findings are in; -1: of several, or not known
    due BIGINT NOT NULL, -- seconds since 1970
    least BIGINT NOT NULL, most BIGINT NOT NULL, -- scores × 10 of its findings; -1 unknown
    kev BIGINT NOT NULL, -- 2: one of them is in KEV; 1: exploited all the same
    epss BIGINT NOT NULL, -- most of theirs × 10,000; -1 unknown
    answered BIGINT NOT NULL -- 1: a verdict may answer one of them
);
-- Orders of lists, of all, of one product, of one package; what is filtered by stands in them too.
CREATE INDEX case_due_order ON case_due (due, number, product, least, most, kev, epss);
CREATE INDEX case_due_product ON case_due (product, due, number, package, least, most, kev, epss);
CREATE INDEX case_due_package ON case_due (package, due, number, product, least, most, kev, epss);
CREATE INDEX case_due_answered ON case_due (due, number, product, least, most, kev, epss) WHERE answered = 1;
CREATE INDEX case_due_product_answered ON case_due (product, due, number, package, least, most, kev, epss) WHERE answered = 1;
CREATE INDEX case_due_package_answered ON case_due (package, due, number, product, least, most, kev, epss) WHERE answered = 1;
DELETE FROM due_base;

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
INSERT INTO case_due (number, product, package, due, least, most, kev, epss, answered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0);

-- query: due_said_add
INSERT INTO due_said (product, flaw) VALUES (?1, ?2) ON CONFLICT (product, flaw) DO NOTHING;

-- query: due_said_called
INSERT INTO due_said (product, flaw) SELECT DISTINCT CAST(-1 AS BIGINT), flaw FROM verdict WHERE base = ?1 AND status IN (2, 3, 5)
ON CONFLICT (product, flaw) DO NOTHING;

-- query: due_said_any
SELECT product FROM due_said LIMIT 1;

-- query: due_said_clear
DELETE FROM due_said;

-- Cases that what was said may answer: those of the products, and those that list a flaw by any of its names.
-- query: due_said_cases
SELECT number FROM case_due WHERE answered = 0 AND product IN (SELECT product FROM due_said)
UNION SELECT d.number FROM due_said s CROSS JOIN flaw_name n CROSS JOIN flaw_name m CROSS JOIN case_finding f
CROSS JOIN case_due d WHERE s.product = -1 AND n.name = s.flaw AND m.flaw = n.flaw AND f.flaw = m.name
    AND d.number = f.number AND d.answered = 0;

-- query: due_answer
UPDATE case_due SET answered = 1 WHERE number = ?1 AND (
    EXISTS (SELECT 1 FROM case_finding f CROSS JOIN flaw_name n CROSS JOIN flaw_name m CROSS JOIN verdict v
        WHERE f.number = case_due.number AND n.name = f.flaw AND m.flaw = n.flaw AND v.flaw = m.name
            AND v.about = case_due.product AND v.status IN (2, 3, 5))
    OR EXISTS (SELECT 1 FROM case_finding f CROSS JOIN flaw_name n CROSS JOIN flaw_name m CROSS JOIN verdict v
        WHERE f.number = case_due.number AND n.name = f.flaw AND m.flaw = n.flaw AND v.flaw = m.name
            AND v.about IS NULL AND v.status IN (2, 3, 5)));

-- query: due_numbers
SELECT number FROM case_due ORDER BY number;

-- query: due_stepped
SELECT DISTINCT number FROM case_step WHERE log_id = ?1 AND entry >= ?2 ORDER BY number;

-- query: due_of_products
SELECT number FROM cases WHERE product = ?1 AND closed = 0 ORDER BY number;

-- Cases behind a place (?1, ?2) with a finding scored from ?3 to ?4, exploited and likely to be so as asked for.
-- query: due_next
SELECT number, product, due FROM case_due WHERE (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
ORDER BY due, number LIMIT 256;

-- query: due_next_answered
SELECT number, product, due FROM case_due WHERE (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
    AND answered = 1
ORDER BY due, number LIMIT 256;

-- Of a product (?7); ?9 is the package they may be of, -2 any.
-- query: due_of_product
SELECT number, product, due FROM case_due WHERE product = ?7 AND (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
    AND (?9 = -2 OR package = -1 OR package = ?9)
ORDER BY due, number LIMIT ?8;

-- query: due_of_product_answered
SELECT number, product, due FROM case_due WHERE product = ?7 AND (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
    AND answered = 1 AND (?9 = -2 OR package = -1 OR package = ?9)
ORDER BY due, number LIMIT ?8;

-- The same of each of some products: a JSON array (?7).
-- query: due_of_each
-- sqlite
SELECT d.number, d.product, d.due FROM (SELECT CAST(value AS INTEGER) AS product FROM json_each(?7)) k CROSS JOIN case_due d
WHERE d.number IN (SELECT c.number FROM case_due c WHERE c.product = k.product AND (c.due, c.number) > (?1, ?2)
    AND c.most >= ?3 AND c.least <= ?4 AND c.kev >= ?5 AND c.epss >= ?6 AND (?9 = -2 OR c.package = -1 OR c.package = ?9)
    ORDER BY c.due, c.number LIMIT ?8)
ORDER BY d.product, d.due, d.number;
-- postgres
SELECT d.number, k.product, d.due FROM (SELECT CAST(x AS BIGINT) AS product FROM json_array_elements_text(CAST(?7 AS json)) x) k
CROSS JOIN LATERAL (SELECT c.number, c.due FROM case_due c WHERE c.product = k.product AND (c.due, c.number) > (?1, ?2)
    AND c.most >= ?3 AND c.least <= ?4 AND c.kev >= ?5 AND c.epss >= ?6 AND (?9 = -2 OR c.package = -1 OR c.package = ?9)
    ORDER BY c.due, c.number LIMIT ?8) d
ORDER BY k.product, d.due, d.number;
-- both

-- query: due_of_each_answered
-- sqlite
SELECT d.number, d.product, d.due FROM (SELECT CAST(value AS INTEGER) AS product FROM json_each(?7)) k CROSS JOIN case_due d
WHERE d.number IN (SELECT c.number FROM case_due c WHERE c.product = k.product AND (c.due, c.number) > (?1, ?2)
    AND c.most >= ?3 AND c.least <= ?4 AND c.kev >= ?5 AND c.epss >= ?6 AND c.answered = 1 AND (?9 = -2 OR c.package = -1 OR c.package = ?9)
    ORDER BY c.due, c.number LIMIT ?8)
ORDER BY d.product, d.due, d.number;
-- postgres
SELECT d.number, k.product, d.due FROM (SELECT CAST(x AS BIGINT) AS product FROM json_array_elements_text(CAST(?7 AS json)) x) k
CROSS JOIN LATERAL (SELECT c.number, c.due FROM case_due c WHERE c.product = k.product AND (c.due, c.number) > (?1, ?2)
    AND c.most >= ?3 AND c.least <= ?4 AND c.kev >= ?5 AND c.epss >= ?6 AND c.answered = 1 AND (?9 = -2 OR c.package = -1 OR c.package = ?9)
    ORDER BY c.due, c.number LIMIT ?8) d
ORDER BY k.product, d.due, d.number;
-- both

-- query: due_of_package
SELECT number, product, due FROM case_due WHERE package = ?7 AND (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
ORDER BY due, number LIMIT ?8;

-- query: due_of_package_answered
SELECT number, product, due FROM case_due WHERE package = ?7 AND (due, number) > (?1, ?2) AND most >= ?3 AND least <= ?4 AND kev >= ?5 AND epss >= ?6
    AND answered = 1
ORDER BY due, number LIMIT ?8;

-- query: due_of_case
SELECT number, product, due FROM case_due WHERE number = ?1;

-- query: due_of_flaw
SELECT d.number, d.product, d.due, f.component FROM case_finding f JOIN case_due d ON d.number = f.number
WHERE f.flaw = ?1 ORDER BY d.number, f.component;

-- query: due_of_flaw_some
SELECT d.number, d.product, d.due, f.component FROM case_finding f JOIN case_due d ON d.number = f.number
WHERE f.flaw = ?1 AND d.answered >= ?2 LIMIT ?3;

-- query: due_before
SELECT 1 FROM case_due d CROSS JOIN case_finding f
WHERE d.product = ?1 AND (d.due, d.number) < (?4, ?5) AND f.number = d.number AND f.component = ?2 AND f.flaw = ?3 LIMIT 1;

-- Those of some products (?1, a JSON array) of which a case that is due lists a flaw in a component.
-- query: due_listing
SELECT k.product FROM (/*sqlite SELECT CAST(value AS INTEGER) AS product FROM json_each(?1)*//*postgres SELECT CAST(x AS BIGINT) AS product
    FROM json_array_elements_text(CAST(?1 AS json)) x*/) k
WHERE EXISTS (SELECT 1 FROM case_due d CROSS JOIN case_finding f
    WHERE d.product = k.product AND f.number = d.number AND f.component = ?2 AND f.flaw = ?3);
