-- Which component versions are hit by which flaws: a cache over the advisory database (impact/hits.h).
-- cache: hits

-- schema: hits 1
CREATE TABLE flaw (
    number BIGINT PRIMARY KEY,
    id TEXT NOT NULL, -- best known name
    summary TEXT,
    score BIGINT NOT NULL, -- CVSS × 10; -1 unknown
    epss BIGINT NOT NULL, -- × 10,000; -1 unknown
    kev BIGINT NOT NULL, -- 0, 1, 2 = with ransomware
    published BIGINT NOT NULL,
    modified BIGINT NOT NULL,
    kev_added BIGINT NOT NULL, kev_due BIGINT NOT NULL, -- days of the catalogue
    vector TEXT, exploitation TEXT, automatable TEXT, impact TEXT,
    seen BIGINT NOT NULL, -- log time when it was first hit
    hits BIGINT NOT NULL, -- components it hits now
    is_now BIGINT -- another flaw, when the two turned out to be one
);
-- Orders of lists; what is filtered by stands in them too, so that flaws not wanted are passed over without their rows.
CREATE INDEX flaw_score ON flaw (score, number) WHERE hits > 0;
CREATE INDEX flaw_epss ON flaw (epss, number, score) WHERE hits > 0;
CREATE INDEX flaw_kev ON flaw (kev_due, number, score) WHERE hits > 0 AND kev > 0;
CREATE INDEX flaw_seen ON flaw (seen, number, score) WHERE hits > 0;
CREATE INDEX flaw_published ON flaw (published, number, score) WHERE hits > 0;
CREATE INDEX flaw_exploited ON flaw (number) WHERE hits > 0 AND (kev > 0 OR exploitation = 'active');
-- Every name of a flaw; a name belongs to one flaw.
CREATE TABLE flaw_name (name TEXT PRIMARY KEY, flaw BIGINT NOT NULL);
CREATE INDEX flaw_name_flaw ON flaw_name (flaw);
-- Names whose facts count for a flaw: its own, and flaws that a distribution's advisory fixes.
CREATE TABLE flaw_mention (name TEXT NOT NULL, flaw BIGINT NOT NULL, PRIMARY KEY (name, flaw));
CREATE INDEX flaw_mention_flaw ON flaw_mention (flaw);
CREATE TABLE hit (
    component BIGINT NOT NULL,
    flaw BIGINT NOT NULL,
    advisory TEXT NOT NULL,
    fixed TEXT,
    fix BIGINT NOT NULL,
    confidence BIGINT NOT NULL,
    PRIMARY KEY (component, flaw)
);
CREATE INDEX hit_flaw ON hit (flaw, component);
-- Rows of the advisory database that answers about a package come from.
CREATE TABLE hit_place (place BIGINT NOT NULL, package BIGINT NOT NULL, PRIMARY KEY (place, package));
-- How many versions of a package were matched.
CREATE TABLE hit_package (package BIGINT PRIMARY KEY, seen BIGINT NOT NULL);
-- The advisory database this stands on ('': all is to be matched anew), and the releases whose components were all matched: one row.
CREATE TABLE hit_base (one BIGINT PRIMARY KEY, digest TEXT NOT NULL, releases BIGINT NOT NULL);
-- Flaws whose facts or hits changed and that `watch` has not looked at yet.
CREATE TABLE hit_changed (flaw BIGINT PRIMARY KEY);
-- When an open case has to be looked at again for its deadlines (impact/case_look.h), and what that rests on: one row.
CREATE TABLE case_look (number BIGINT PRIMARY KEY, look BIGINT NOT NULL);
CREATE INDEX case_look_due ON case_look (look);
CREATE TABLE case_look_base (one BIGINT PRIMARY KEY, entries BIGINT NOT NULL, settings TEXT NOT NULL);

-- Another version of the program may match otherwise.
-- schema: hits 2
ALTER TABLE hit_base ADD COLUMN program TEXT NOT NULL DEFAULT '';

-- query: hit_base
SELECT digest, releases, program FROM hit_base WHERE one = 1;

-- query: hit_base_set
INSERT INTO hit_base (one, digest, releases, program) VALUES (1, ?1, ?2, ?3)
ON CONFLICT (one) DO UPDATE SET digest = excluded.digest, releases = excluded.releases, program = excluded.program;

-- query: hit_base_again
UPDATE hit_base SET digest = '', program = '', releases = 0;

-- query: hits_missing
SELECT 1 WHERE EXISTS (SELECT 1 FROM hit_base WHERE digest = '')
    OR (EXISTS (SELECT 1 FROM watched WHERE log_id = ?1) AND NOT EXISTS (SELECT 1 FROM hit_base));

-- query: hit_drop_all
DELETE FROM hit;

-- query: hit_place_drop_all
DELETE FROM hit_place;

-- query: hit_package_drop_all
DELETE FROM hit_package;

-- query: flaw_hits_none
UPDATE flaw SET hits = 0 WHERE hits <> 0;

-- query: hit_package_seen
SELECT package, seen FROM hit_package;

-- query: hit_packages_fresh
SELECT p.id, coalesce(h.seen, 0) FROM package p LEFT JOIN hit_package h ON h.package = p.id
WHERE EXISTS (SELECT 1 FROM component c
    WHERE c.id >= p.id * 1048576 + coalesce(h.seen, 0) AND c.id < (p.id + 1) * 1048576)
ORDER BY p.id;

-- query: hit_package_fresh
SELECT p.id, coalesce(h.seen, 0) FROM package p LEFT JOIN hit_package h ON h.package = p.id
WHERE p.id = ?1 AND EXISTS (SELECT 1 FROM component c
    WHERE c.id >= p.id * 1048576 + coalesce(h.seen, 0) AND c.id < (p.id + 1) * 1048576);

-- query: hit_package_set
INSERT INTO hit_package (package, seen) VALUES (?1, ?2) ON CONFLICT (package) DO UPDATE SET seen = excluded.seen;

-- query: hit_place_add
INSERT INTO hit_place (place, package) VALUES (?1, ?2) ON CONFLICT (place, package) DO NOTHING;

-- query: hit_place_packages
SELECT package FROM hit_place WHERE place = ?1;

-- query: hit_packages_of_flaw
SELECT DISTINCT component / 1048576 FROM hit WHERE flaw = ?1;

-- query: hits_of_flaw
SELECT flaw, component, advisory, fixed, fix, confidence FROM hit WHERE flaw = ?1 ORDER BY component;

-- query: hits_of_component
SELECT flaw, component, advisory, fixed, fix, confidence FROM hit WHERE component = ?1 ORDER BY flaw;

-- query: hits_of_package
SELECT flaw, component, advisory, fixed, fix, confidence FROM hit
WHERE component >= ?1 * 1048576 AND component < (?1 + 1) * 1048576 ORDER BY component, flaw;

-- Of a package: each hit's component, what fixes it, how bad it is.
-- query: hits_worst
SELECT h.component, h.fixed, f.score, f.kev FROM hit h JOIN flaw f ON f.number = h.flaw
WHERE h.component >= ?1 * 1048576 AND h.component < (?1 + 1) * 1048576 ORDER BY h.component, h.flaw;

-- query: hit_put
INSERT INTO hit (component, flaw, advisory, fixed, fix, confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (component, flaw) DO UPDATE SET advisory = excluded.advisory, fixed = excluded.fixed,
    fix = excluded.fix, confidence = excluded.confidence;

-- query: hit_drop
DELETE FROM hit WHERE component = ?1 AND flaw = ?2;

-- query: hit_changed_add
INSERT INTO hit_changed (flaw) VALUES (?1) ON CONFLICT (flaw) DO NOTHING;

-- query: hit_changed_all
SELECT flaw FROM hit_changed ORDER BY flaw;

-- query: hit_changed_drop
DELETE FROM hit_changed WHERE flaw = ?1;

-- query: case_look_again
UPDATE case_look SET look = 0 WHERE number IN (
    SELECT f.number FROM flaw_name n JOIN case_finding f ON f.flaw = n.name WHERE n.flaw = ?1);

-- query: case_look_base
SELECT entries, settings FROM case_look_base WHERE one = 1;

-- query: case_look_base_set
INSERT INTO case_look_base (one, entries, settings) VALUES (1, ?1, ?2)
ON CONFLICT (one) DO UPDATE SET entries = excluded.entries, settings = excluded.settings;

-- query: case_look_set
INSERT INTO case_look (number, look) VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET look = excluded.look;

-- query: case_look_drop
DELETE FROM case_look WHERE number = ?1;

-- query: case_looks_all
SELECT number FROM cases WHERE closed = 0 ORDER BY number;

-- query: case_looks_due
SELECT number FROM case_look WHERE look <= ?1
UNION SELECT number FROM case_step WHERE log_id = ?2 AND entry >= ?3
UNION SELECT c.number FROM cases c WHERE c.product IN (
    SELECT v.product FROM thing_said s JOIN deployment_said v ON v.number = s.number AND v.log_id = s.log_id
    WHERE s.entry >= ?3 AND s.log_id = ?2 AND s.kind = 2)
ORDER BY number;

-- query: flaw_by_name
SELECT flaw FROM flaw_name WHERE name = ?1;

-- query: flaw_row
SELECT number, id, summary, score, epss, kev, published, modified, kev_due, vector, exploitation, automatable, impact,
    seen, hits, is_now, kev_added
FROM flaw WHERE number = ?1;

-- query: flaw_last
SELECT number FROM flaw ORDER BY number DESC LIMIT 1;

-- query: flaw_put
INSERT INTO flaw (number, id, summary, score, epss, kev, published, modified, kev_due, vector, exploitation,
    automatable, impact, seen, hits, kev_added)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15)
ON CONFLICT (number) DO UPDATE SET id = excluded.id, summary = excluded.summary, score = excluded.score,
    epss = excluded.epss, kev = excluded.kev, published = excluded.published, modified = excluded.modified,
    kev_added = excluded.kev_added, kev_due = excluded.kev_due, vector = excluded.vector, exploitation = excluded.exploitation,
    automatable = excluded.automatable, impact = excluded.impact;

-- query: flaw_hits_add
UPDATE flaw SET hits = hits + ?2 WHERE number = ?1;

-- query: flaw_epss_set
UPDATE flaw SET epss = ?2 WHERE number = ?1;

-- query: flaw_kev_all
SELECT number FROM flaw WHERE kev > 0;

-- query: flaws_all
SELECT number FROM flaw WHERE is_now IS NULL ORDER BY number;

-- query: flaw_is_now
UPDATE flaw SET is_now = ?2 WHERE number = ?1;

-- query: flaw_names
SELECT name FROM flaw_name WHERE flaw = ?1 ORDER BY name;

-- query: flaw_name_put
INSERT INTO flaw_name (name, flaw) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET flaw = excluded.flaw;

-- query: flaw_name_drop
DELETE FROM flaw_name WHERE name = ?1;

-- query: flaw_mention_put
INSERT INTO flaw_mention (name, flaw) VALUES (?1, ?2) ON CONFLICT (name, flaw) DO NOTHING;

-- query: flaw_mention_drop
DELETE FROM flaw_mention WHERE flaw = ?1;

-- query: flaw_mentioned
SELECT flaw FROM flaw_mention WHERE name = ?1 ORDER BY flaw;

-- query: flaw_mentions_of_hit
SELECT m.flaw, m.name, f.epss FROM flaw_mention m JOIN flaw f ON f.number = m.flaw WHERE f.hits > 0 ORDER BY m.flaw;

-- Flaws behind a place (?1, ?2), with scores from ?3 to ?4.
-- query: flaws_by_score
SELECT number, score FROM flaw WHERE hits > 0 AND (score, number) < (?1, ?2) AND score >= ?3 AND score <= ?4
ORDER BY score DESC, number DESC LIMIT 256;

-- "+score": an index by score is no way to walk in another order.
-- query: flaws_by_epss
SELECT number, epss FROM flaw WHERE hits > 0 AND (epss, number) < (?1, ?2) AND +score >= ?3 AND +score <= ?4
ORDER BY epss DESC, number DESC LIMIT 256;

-- The soonest due comes first: the place is kept with its sign turned.
-- query: flaws_by_kev
SELECT number, -kev_due FROM flaw
WHERE hits > 0 AND kev > 0 AND (kev_due > -(?1) OR (kev_due = -(?1) AND number < ?2)) AND +score >= ?3 AND +score <= ?4
ORDER BY kev_due, number DESC LIMIT 256;

-- query: flaws_by_newest
SELECT number, seen FROM flaw WHERE hits > 0 AND (seen, number) < (?1, ?2) AND +score >= ?3 AND +score <= ?4
ORDER BY seen DESC, number DESC LIMIT 256;

-- query: flaws_by_published
SELECT number, published FROM flaw WHERE hits > 0 AND (published, number) < (?1, ?2) AND +score >= ?3 AND +score <= ?4
ORDER BY published DESC, number DESC LIMIT 256;

-- query: flaws_exploited
SELECT number, score, epss, kev, kev_due, seen, CASE WHEN exploitation = 'active' THEN 1 ELSE 0 END FROM flaw
WHERE hits > 0 AND (kev > 0 OR exploitation = 'active') ORDER BY number;

-- query: flaws_kev
SELECT number, score, epss, kev, kev_due, seen, CASE WHEN exploitation = 'active' THEN 1 ELSE 0 END FROM flaw
WHERE hits > 0 AND kev > 0 ORDER BY kev_due, number;

-- query: flaw_brief
SELECT number, score, epss, kev, kev_due, seen, CASE WHEN exploitation = 'active' THEN 1 ELSE 0 END FROM flaw
WHERE number = ?1 AND hits > 0;

-- query: hit_components
SELECT component FROM hit WHERE flaw = ?1 ORDER BY component;
