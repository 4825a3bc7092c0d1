-- Names that contain a text, for somebody who types (impact/search.h). ?1 is the text as a LIKE pattern in small letters
-- with \ in front of its own wildcards, ?2 how many rows are looked at, ?3 how many are wanted; so no question costs more
-- than that, however much there is.

-- query: search_things
SELECT x.number FROM (SELECT number, id FROM thing WHERE kind = ?4 ORDER BY number DESC LIMIT ?2) x
WHERE lower(x.id) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- query: search_parties
SELECT DISTINCT x.number FROM (SELECT number, name FROM party_said LIMIT ?2) x
WHERE lower(x.name) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- query: search_products
SELECT DISTINCT x.number FROM (SELECT number, name FROM product_said LIMIT ?2) x
WHERE lower(x.name) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- query: search_services
SELECT DISTINCT x.number FROM (SELECT number, name FROM service_said LIMIT ?2) x
WHERE lower(x.name) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- query: search_packages
SELECT x.id FROM (SELECT id, name FROM package ORDER BY id DESC LIMIT ?2) x WHERE lower(x.name) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- Packages whose name begins so: from ?1 up to, but not, ?2.
-- query: search_packages_from
SELECT id FROM package WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3;

-- query: search_flaws
SELECT x.number FROM (SELECT number, summary FROM flaw WHERE hits > 0 ORDER BY number DESC LIMIT ?2) x
WHERE lower(x.summary) LIKE ?1 ESCAPE '\' LIMIT ?3;

-- query: search_flaws_from
SELECT DISTINCT flaw FROM flaw_name WHERE name >= ?1 AND name < ?2 LIMIT ?3;

-- query: search_cases
SELECT x.number FROM (SELECT number, id, package FROM cases ORDER BY number DESC LIMIT ?2) x
WHERE lower(x.id) LIKE ?1 ESCAPE '\' OR lower(x.package) LIKE ?1 ESCAPE '\' LIMIT ?3;
