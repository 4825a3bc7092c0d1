-- What is being done about findings, and whose verdicts there are (impact/case.h, impact/verdict.h).

-- schema: cases 1
CREATE TABLE cases (
    number BIGINT PRIMARY KEY, -- from 1, in the order of the log
    id TEXT NOT NULL UNIQUE,
    product BIGINT NOT NULL, -- things
    package TEXT NOT NULL,
    upgrade TEXT, -- smallest version that clears it
    status BIGINT NOT NULL, -- enum case_status
    outcome TEXT, tree TEXT, path TEXT, -- of the decision: Immediate, deployer, how it came about
    rank BIGINT NOT NULL, -- 0 … 100
    overridden BIGINT NOT NULL,
    decision TEXT, -- fix, mitigate, accept, not_affected
    owner TEXT,
    score BIGINT NOT NULL, epss BIGINT NOT NULL, kev BIGINT NOT NULL, -- worst of its findings
    opened BIGINT NOT NULL, changed BIGINT NOT NULL, closed BIGINT NOT NULL, -- log time; closed 0: it is open
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL
);
CREATE INDEX cases_product ON cases (product);
CREATE INDEX cases_package ON cases (package, product);
CREATE INDEX cases_accepted ON cases (number) WHERE decision = 'accept';
CREATE INDEX cases_status ON cases (status, rank);
CREATE TABLE case_finding (
    number BIGINT NOT NULL, component TEXT NOT NULL, flaw TEXT NOT NULL, fixed TEXT,
    kev BIGINT NOT NULL, epss BIGINT NOT NULL, score BIGINT NOT NULL, -- as they stood then
    PRIMARY KEY (number, component, flaw)
)/*sqlite  WITHOUT ROWID*/;
CREATE INDEX case_finding_flaw ON case_finding (flaw);
CREATE TABLE case_place (
    number BIGINT NOT NULL,
    kind BIGINT NOT NULL, -- 0: version of a release, 1: id of a deployment
    name TEXT NOT NULL,
    PRIMARY KEY (number, kind, name)
)/*sqlite  WITHOUT ROWID*/;
CREATE TABLE case_step (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, place BIGINT NOT NULL, -- in the statement
    number BIGINT NOT NULL, event BIGINT NOT NULL, time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL,
    step TEXT NOT NULL, -- JSON, as signed
    PRIMARY KEY (log_id, entry, place)
);
CREATE INDEX case_step_number ON case_step (number, log_id, entry, place);
-- How far the last watch of a log had looked: one row for each log.
CREATE TABLE watched (log_id BIGINT PRIMARY KEY, entries BIGINT NOT NULL, advisories TEXT NOT NULL);
-- What somebody said of a flaw in a product, a component, or a component of a product.
CREATE TABLE verdict (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, place BIGINT NOT NULL,
    number BIGINT NOT NULL, -- of the case whose decision it is; 0: a document's; -1: of an SBOM that was taken in
    flaw TEXT NOT NULL, -- as named there
    product TEXT NOT NULL, -- purl, or what the document calls it
    part TEXT NOT NULL, -- component of it; '': the product itself or all that is in it
    status BIGINT NOT NULL, -- enum vex_status; 5: the risk is accepted
    justification TEXT, impact TEXT, action TEXT, author TEXT,
    until BIGINT NOT NULL, -- 0: for good
    kev BIGINT NOT NULL, epss BIGINT NOT NULL, -- as they stood; -1: not stated
    time BIGINT NOT NULL, -- of the log
    stated BIGINT NOT NULL, -- as the document says
    signer BYTEA NOT NULL,
    ended BIGINT NOT NULL, -- entry that took it back; 2^63-1: none did
    PRIMARY KEY (log_id, entry, place)
);
CREATE INDEX verdict_flaw ON verdict (flaw);
CREATE INDEX verdict_number ON verdict (number) WHERE number > 0;

-- schema: cases 2
ALTER TABLE case_step ADD COLUMN actor TEXT; -- the user who asked for it, by id; NULL: nobody in particular

-- Steps come by the hundred thousand: what those of an entry share stands once, and their texts lie together, as many
-- as fit on a page. Where a case was found is read from its last step that says so. Of what is found by its number every
-- row stands in one tree, not two. The views are made anew (portfolio 4).
-- schema: cases 3
DROP TABLE case_place;
DROP TABLE case_step;
DROP TABLE cases;
CREATE TABLE cases (
    number BIGINT PRIMARY KEY, -- from 1, in the order of the log
    id TEXT NOT NULL UNIQUE,
    product BIGINT NOT NULL, -- things
    package TEXT NOT NULL,
    upgrade TEXT, -- smallest version that clears it
    status BIGINT NOT NULL, -- enum case_status
    outcome TEXT, tree TEXT, path TEXT, -- of the decision: Immediate, deployer, how it came about
    rank BIGINT NOT NULL, -- 0 … 100
    overridden BIGINT NOT NULL,
    decision TEXT, -- fix, mitigate, accept, not_affected
    owner TEXT,
    score BIGINT NOT NULL, epss BIGINT NOT NULL, kev BIGINT NOT NULL, -- worst of its findings
    opened BIGINT NOT NULL, changed BIGINT NOT NULL, closed BIGINT NOT NULL, -- log time; closed 0: it is open
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL
)/*sqlite  WITHOUT ROWID*/;
CREATE INDEX cases_product ON cases (product);
CREATE INDEX cases_package ON cases (package, product);
CREATE TABLE case_step (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, place BIGINT NOT NULL, -- in the statement
    number BIGINT NOT NULL, event BIGINT NOT NULL, -- enum case_event
    piece BIGINT NOT NULL, begins BIGINT NOT NULL, bytes BIGINT NOT NULL, -- where its text is: place in case_text
    PRIMARY KEY (log_id, entry, place)
)/*sqlite  WITHOUT ROWID*/;
CREATE INDEX case_step_number ON case_step (number, log_id, entry, place);
CREATE TABLE case_text (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, place BIGINT NOT NULL, -- of the first one
    steps BYTEA NOT NULL, -- JSON of each, one behind the other
    PRIMARY KEY (log_id, entry, place)
);
CREATE TABLE case_said (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL,
    actor TEXT, -- the user who asked for it, by id; NULL: nobody in particular
    PRIMARY KEY (log_id, entry)
);

-- Lists ask of which products a flaw is answered, and which flaws of a product (portfolio 6 fills it in).
-- schema: cases 4
ALTER TABLE verdict ADD COLUMN about BIGINT; -- the one product it speaks of (things); NULL: possibly of any
DROP INDEX verdict_flaw;
CREATE INDEX verdict_flaw ON verdict (flaw, about);
-- Those that may answer a finding: not affected, fixed, accepted.
CREATE INDEX verdict_answers ON verdict (flaw, about) WHERE status IN (2, 3, 5);
CREATE INDEX verdict_about ON verdict (about, flaw) WHERE status IN (2, 3, 5);

-- Documents name products by purls (portfolio 7 fills it in).
-- schema: cases 5
ALTER TABLE verdict ADD COLUMN base TEXT; -- purl without a version that it names its product by; NULL: no purl does, or not only
CREATE INDEX verdict_base ON verdict (base) WHERE base IS NOT NULL; -- "about" is then -1 as long as nothing is called so
CREATE TABLE product_purl ( -- what a product, or a release of it, was ever called
    base TEXT NOT NULL, product BIGINT NOT NULL,
    PRIMARY KEY (base, product)
)/*sqlite  WITHOUT ROWID*/;

-- query: case_last
SELECT number FROM cases ORDER BY number DESC LIMIT 1;

-- query: case_by_id
SELECT number FROM cases WHERE id = ?1;

-- query: case_add
INSERT INTO cases (number, id, product, package, status, overridden, opened, changed, closed, log_id, entry, upgrade,
    score, epss, kev, outcome, tree, path, rank)
VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?5, 0, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- query: case_row
SELECT c.number, c.id, c.product, c.package, c.upgrade, c.status, c.outcome, c.tree, c.path, c.rank, c.overridden,
    c.decision, c.owner, c.score, c.epss, c.kev, c.opened, c.changed, c.closed, c.entry
FROM cases c WHERE c.number = ?1;

-- query: case_set_found
UPDATE cases SET upgrade = ?2, score = ?3, epss = ?4, kev = ?5, changed = ?6 WHERE number = ?1;

-- query: case_set_status
UPDATE cases SET status = ?2, closed = ?3, changed = ?4 WHERE number = ?1;

-- query: case_set_priority
UPDATE cases SET outcome = ?2, tree = ?3, path = ?4, rank = ?5, overridden = ?6 WHERE number = ?1;

-- query: case_set_owner
UPDATE cases SET owner = ?2, changed = ?3 WHERE number = ?1;

-- query: case_set_decision
UPDATE cases SET decision = ?2, changed = ?3 WHERE number = ?1;

-- query: case_touch
UPDATE cases SET changed = ?2 WHERE number = ?1;

-- query: case_findings_drop
DELETE FROM case_finding WHERE number = ?1;

-- query: case_finding_add
INSERT INTO case_finding (number, component, flaw, fixed, kev, epss, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (number, component, flaw) DO NOTHING;

-- query: case_findings
SELECT component, flaw, fixed, kev, epss, score FROM case_finding WHERE number = ?1 ORDER BY component, flaw;

-- query: case_step_there
SELECT 1 FROM case_step WHERE log_id = ?1 AND entry = ?2 AND place = ?3;

-- query: case_entry_there
SELECT 1 FROM case_step WHERE log_id = ?1 AND entry = ?2 LIMIT 1;

-- query: case_step_add
INSERT INTO case_step (log_id, entry, place, number, event, piece, begins, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- query: case_text_add
INSERT INTO case_text (log_id, entry, place, steps) VALUES (?1, ?2, ?3, ?4);

-- query: case_said_add
INSERT INTO case_said (log_id, entry, time, signer, actor) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (log_id, entry) DO NOTHING;

-- query: case_steps
SELECT s.entry, s.place, s.event, d.time, d.signer,
    substr(t.steps, CAST(s.begins + 1 AS INTEGER), CAST(s.bytes AS INTEGER)), d.actor
FROM case_step s JOIN case_said d ON d.log_id = s.log_id AND d.entry = s.entry
JOIN case_text t ON t.log_id = s.log_id AND t.entry = s.entry AND t.place = s.piece
WHERE s.number = ?1 ORDER BY s.log_id, s.entry, s.place;

-- The last step that says what a case was found in.
-- query: case_last_found
SELECT substr(t.steps, CAST(s.begins + 1 AS INTEGER), CAST(s.bytes AS INTEGER))
FROM case_step s JOIN case_text t ON t.log_id = s.log_id AND t.entry = s.entry AND t.place = s.piece
WHERE s.number = ?1 AND s.event <= 2 ORDER BY s.log_id DESC, s.entry DESC, s.place DESC LIMIT 1;

-- query: cases_all
SELECT c.number, c.id, c.product, c.package, c.upgrade, c.status, c.outcome, c.tree, c.path, c.rank, c.overridden,
    c.decision, c.owner, c.score, c.epss, c.kev, c.opened, c.changed, c.closed, c.entry
FROM cases c WHERE c.number > ?1 ORDER BY c.number LIMIT 256;

-- query: cases_open
SELECT c.number, c.id, c.product, c.package, c.upgrade, c.status, c.outcome, c.tree, c.path, c.rank, c.overridden,
    c.decision, c.owner, c.score, c.epss, c.kev, c.opened, c.changed, c.closed, c.entry
FROM cases c WHERE c.number > ?1 AND c.closed = 0 ORDER BY c.number LIMIT 256;

-- query: cases_of
SELECT c.number, c.id, c.product, c.package, c.upgrade, c.status, c.outcome, c.tree, c.path, c.rank, c.overridden,
    c.decision, c.owner, c.score, c.epss, c.kev, c.opened, c.changed, c.closed, c.entry
FROM cases c WHERE c.product = ?1 AND c.package = ?2 ORDER BY c.number;

-- query: case_products
SELECT DISTINCT product FROM cases WHERE package = ?1;

-- query: case_packages_of
SELECT DISTINCT package FROM cases WHERE product = ?1 AND closed = 0;

-- query: case_pairs_of_flaw
SELECT DISTINCT c.product, c.package FROM case_finding f JOIN cases c ON c.number = f.number WHERE f.flaw = ?1;

-- query: cases_accepted
SELECT DISTINCT c.product, c.package FROM verdict v JOIN cases c ON c.number = v.number
WHERE v.number > 0 AND v.status = 5 AND v.ended = 9223372036854775807;

-- query: watched
SELECT entries, advisories FROM watched WHERE log_id = ?1;

-- query: watched_set
INSERT INTO watched (log_id, entries, advisories) VALUES (?1, ?2, ?3)
ON CONFLICT (log_id) DO UPDATE SET entries = excluded.entries, advisories = excluded.advisories;

-- query: verdict_add
INSERT INTO verdict (log_id, entry, place, number, flaw, product, part, status, justification, impact, action, author,
    until, kev, epss, time, stated, signer, about, base, ended)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?19, ?18, ?20, 9223372036854775807)
ON CONFLICT (log_id, entry, place) DO NOTHING;

-- A product whose id (?2) looks like a version of another one (?1): what was said by that name may be of either.
-- query: verdict_either
UPDATE verdict SET about = NULL WHERE about = ?1 AND product IN (?2, 'urn:akashi:product:' || ?2);

-- query: product_purl_add
INSERT INTO product_purl (base, product) VALUES (?1, ?2) ON CONFLICT (base, product) DO NOTHING;

-- query: product_purl_products
SELECT product FROM product_purl WHERE base = ?1 ORDER BY product;

-- Verdicts on what another product, or another component, is called now. One on a component as such has no part.
-- query: verdict_called
UPDATE verdict SET about = (SELECT CASE WHEN COUNT(*) = 1 THEN MIN(product) END FROM product_purl WHERE base = ?1)
WHERE base = ?1 AND (part <> '' OR NOT EXISTS (SELECT 1 FROM package WHERE name = ?1));

-- query: verdict_packages
UPDATE verdict SET about = NULL WHERE base IN (SELECT name FROM package WHERE id >= ?1) AND part = '' AND about IS NOT NULL;

-- query: verdict_end
UPDATE verdict SET ended = ?2 WHERE number = ?1 AND ended > ?2;

-- query: verdict_end_of
UPDATE verdict SET ended = ?2 WHERE number = ?1 AND flaw = ?3 AND part = ?4 AND ended > ?2;

-- query: verdicts_of_flaw
SELECT log_id, entry, place, number, flaw, product, part, status, justification, impact, action, author, until, kev,
    epss, time, stated, signer, ended
FROM verdict WHERE flaw = ?1 ORDER BY log_id, entry, place;

-- query: verdicts_of_flaw_about
SELECT log_id, entry, place, number, flaw, product, part, status, justification, impact, action, author, until, kev,
    epss, time, stated, signer, ended
FROM verdict WHERE flaw = ?1 AND about = ?2 ORDER BY log_id, entry, place;

-- query: verdicts_of_flaw_any
SELECT log_id, entry, place, number, flaw, product, part, status, justification, impact, action, author, until, kev,
    epss, time, stated, signer, ended
FROM verdict WHERE flaw = ?1 AND about IS NULL ORDER BY log_id, entry, place;

-- Products a flaw was spoken of in, by one of its names.
-- query: verdict_products
SELECT DISTINCT about FROM verdict WHERE flaw = ?1 AND about IS NOT NULL ORDER BY about;

-- query: verdict_products_answering
SELECT DISTINCT about FROM verdict WHERE flaw = ?1 AND about IS NOT NULL AND status IN (2, 3, 5) ORDER BY about;

-- query: verdict_about_there
SELECT 1 FROM flaw_name n CROSS JOIN verdict v WHERE v.flaw = n.name AND n.flaw = ?1 AND v.about = ?2 LIMIT 1;

-- query: verdict_any_there
SELECT 1 FROM flaw_name n CROSS JOIN verdict v WHERE v.flaw = n.name AND n.flaw = ?1 AND v.about IS NULL LIMIT 1;

-- CROSS JOIN: SQLite takes the tables in the order in which they stand.
-- Whether one may answer the flaw: in whatever product; in a product; in any.
-- query: answer_any
SELECT 1 FROM flaw_name n CROSS JOIN verdict v
WHERE v.flaw = n.name AND n.flaw = ?1 AND v.about IS NULL AND v.status IN (2, 3, 5) LIMIT 1;

-- query: answer_about
SELECT 1 FROM flaw_name n CROSS JOIN verdict v
WHERE v.flaw = n.name AND n.flaw = ?1 AND v.about = ?2 AND v.status IN (2, 3, 5) LIMIT 1;

-- query: answer_there
SELECT 1 FROM flaw_name n CROSS JOIN verdict v WHERE v.flaw = n.name AND n.flaw = ?1 AND v.status IN (2, 3, 5) LIMIT 1;

-- Flaws that a verdict may answer: at most ?1 of their names, each a step in the index; of some products; of any.
-- query: answered_all
WITH RECURSIVE names (name) AS (
    SELECT MIN(flaw) FROM verdict WHERE status IN (2, 3, 5)
    UNION ALL SELECT (SELECT MIN(v.flaw) FROM verdict v WHERE v.flaw > names.name AND v.status IN (2, 3, 5)) FROM names
    WHERE names.name IS NOT NULL)
SELECT (SELECT n.flaw FROM flaw_name n WHERE n.name = names.name) FROM names WHERE names.name IS NOT NULL LIMIT ?1;

-- Of some products: a JSON array (?2).
-- query: answered_of_products
SELECT DISTINCT n.flaw FROM (/*sqlite SELECT CAST(value AS INTEGER) AS product FROM json_each(?2)*//*postgres SELECT
    CAST(x AS BIGINT) AS product FROM json_array_elements_text(CAST(?2 AS json)) x*/) k CROSS JOIN verdict v
JOIN flaw_name n ON n.name = v.flaw WHERE v.about = k.product AND v.status IN (2, 3, 5) LIMIT ?1;

-- query: answered_of_any
WITH RECURSIVE names (name) AS (
    SELECT MIN(flaw) FROM verdict WHERE about IS NULL AND status IN (2, 3, 5)
    UNION ALL SELECT (SELECT MIN(v.flaw) FROM verdict v WHERE v.about IS NULL AND v.flaw > names.name
        AND v.status IN (2, 3, 5)) FROM names WHERE names.name IS NOT NULL)
SELECT (SELECT n.flaw FROM flaw_name n WHERE n.name = names.name) FROM names WHERE names.name IS NOT NULL LIMIT ?1;

-- query: verdict_of_flaw
SELECT 1 FROM flaw_name n CROSS JOIN verdict v WHERE v.flaw = n.name AND n.flaw = ?1 LIMIT 1;

-- query: verdicts_from
SELECT DISTINCT flaw FROM verdict WHERE log_id = ?1 AND entry >= ?2;

-- query: verdicts_all
SELECT log_id, entry, place, number, flaw, product, part, status, justification, impact, action, author, until, kev,
    epss, time, stated, signer, ended
FROM verdict WHERE (log_id, entry, place) > (?1, ?2, ?3) AND ended = 9223372036854775807
ORDER BY log_id, entry, place LIMIT 256;

-- query: watch_packages_name
SELECT name FROM package WHERE id = ?1;

-- query: watch_said
SELECT DISTINCT number FROM thing_said WHERE entry >= ?1 AND log_id = ?2 AND kind = 1;

-- query: watch_deployed
SELECT DISTINCT v.product FROM thing_said s JOIN deployment_said v
    ON v.number = s.number AND v.log_id = s.log_id
WHERE s.entry >= ?1 AND s.log_id = ?2 AND s.kind = 2 AND v.product >= 0;

-- query: watch_lapsed
SELECT DISTINCT number FROM product_said
WHERE (support_until >= ?1 AND support_until < ?2) OR (end_of_life >= ?1 AND end_of_life <= ?2);

-- query: watch_all_products
SELECT DISTINCT product FROM release ORDER BY product;

-- query: case_steps_from
SELECT c.id, c.product, s.event, s.entry, s.place, d.time, c.outcome, c.rank, c.package, c.upgrade, c.number
FROM case_step s JOIN case_said d ON d.log_id = s.log_id AND d.entry = s.entry JOIN cases c ON c.number = s.number
WHERE s.log_id = ?1 AND s.entry >= ?2 ORDER BY s.entry, s.place;
