-- What documents say of components beyond their names: hashes and suppliers, each with the first release that said so.

-- schema: traits 1
CREATE TABLE component_hash (
  component_id BIGINT NOT NULL,
  kind BIGINT NOT NULL,          -- enum hash_kind
  hash BYTEA NOT NULL,           -- its first 16 bytes
  first_release BIGINT NOT NULL,
  PRIMARY KEY (component_id, kind, hash));
CREATE INDEX component_hash_file ON component_hash (hash);
CREATE TABLE component_supplier (
  component_id BIGINT NOT NULL,
  supplier TEXT NOT NULL,
  first_release BIGINT NOT NULL,
  PRIMARY KEY (component_id, supplier));

-- load new: component_hash_in component_hash component_id int, kind int, hash blob, first_release int

-- load new: component_supplier_in component_supplier component_id int, supplier text, first_release int

-- Components with two hashes of one kind before release ?1, behind ?2.
-- query: components_republished
SELECT component_id, kind, COUNT(*) FROM component_hash WHERE first_release < ?1 AND component_id > ?2
GROUP BY component_id, kind HAVING COUNT(*) > 1 ORDER BY component_id, kind LIMIT ?3;

-- query: component_hashes
SELECT kind, hash, first_release FROM component_hash WHERE component_id = ?1 AND first_release < ?2
ORDER BY kind, first_release, hash;

-- Packages whose versions have several suppliers.
-- query: packages_resupplied
SELECT component_id / 1048576 FROM component_supplier WHERE first_release < ?1 AND component_id / 1048576 > ?2
GROUP BY component_id / 1048576 HAVING COUNT(DISTINCT supplier) > 1 ORDER BY component_id / 1048576 LIMIT ?3;

-- query: package_suppliers
SELECT component_id, supplier, first_release FROM component_supplier
WHERE component_id >= ?1 AND component_id <= ?2 AND first_release < ?3 ORDER BY first_release, component_id, supplier;

-- query: suppliers_all
SELECT component_id, supplier, first_release FROM component_supplier WHERE first_release < ?1 ORDER BY component_id, supplier;

-- Releases below ?1 by product and version, behind (?2, ?3, ?4): first documents alone.
-- query: releases_by_product
SELECT product, version, id FROM release
WHERE id < ?1 AND twin = id AND (product, version, id) > (?2, ?3, ?4) ORDER BY product, version, id LIMIT ?5;

-- Fixed versions that advisories name for versions of a package.
-- query: package_fixed
SELECT DISTINCT fixed FROM hit WHERE component >= ?1 AND component <= ?2 AND fixed IS NOT NULL;

-- Advisories of components ?1 to ?2 that tell of more than a flaw.
-- query: package_told
SELECT h.component, h.advisory, f.summary FROM hit h JOIN flaw f ON f.number = h.flaw
WHERE h.component >= ?1 AND h.component <= ?2 AND (h.advisory LIKE 'MAL-%' OR h.advisory LIKE 'RUSTSEC-%')
ORDER BY h.component, h.advisory;
