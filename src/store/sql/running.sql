-- What runs now, packed, so that questions need not look at each product and deployment (impact/running.h).

-- schema: running 1
CREATE TABLE running_made (one BIGINT PRIMARY KEY); /* a row: the tables below are kept */
CREATE TABLE product_newest ( /* newest release of 512 products, 4 bytes each, least first: id + 1; 0: none */
    block /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY,
    releases BYTEA NOT NULL
);
CREATE TABLE deployment_runs ( /* 64 deployments, 44 bytes each (impact/running.c) */
    block /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY,
    runs BYTEA NOT NULL
);

-- query: running_made
SELECT one FROM running_made;

-- query: running_made_set
INSERT INTO running_made (one) VALUES (1) ON CONFLICT (one) DO NOTHING;

-- query: product_newest_drop
DELETE FROM product_newest;

-- query: deployment_runs_drop
DELETE FROM deployment_runs;

-- query: product_newest_get
SELECT releases FROM product_newest WHERE block = ?1;

-- query: product_newest_put
INSERT INTO product_newest (block, releases) VALUES (?1, ?2) ON CONFLICT (block) DO UPDATE SET releases = excluded.releases;

-- query: product_newest_all
SELECT block, releases FROM product_newest ORDER BY block DESC;

-- query: deployment_runs_get
SELECT runs FROM deployment_runs WHERE block = ?1;

-- query: deployment_runs_put
INSERT INTO deployment_runs (block, runs) VALUES (?1, ?2) ON CONFLICT (block) DO UPDATE SET runs = excluded.runs;

-- query: deployment_runs_all
SELECT block, runs FROM deployment_runs ORDER BY block DESC;

-- First documents of a product's releases, from an id on.
-- query: releases_newer
SELECT id, version FROM release WHERE product = ?1 AND id >= ?2 AND twin = id ORDER BY id;

-- First documents of releases from an id on.
-- query: releases_came
SELECT product, id, version FROM release WHERE id >= ?1 AND twin = id ORDER BY id;

-- Of a JSON array of releases.
-- query: release_versions
-- sqlite
SELECT id, version FROM release WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?1));
-- postgres
SELECT id, version FROM release
WHERE id = ANY (ARRAY(SELECT CAST(x AS BIGINT) FROM json_array_elements_text(CAST(?1 AS json)) x));
-- citus
WITH k AS MATERIALIZED (SELECT CAST(x AS BIGINT) AS id FROM json_array_elements_text(CAST(?1 AS json)) x)
SELECT r.id, r.version FROM release r JOIN k ON k.id = r.id;
-- both

-- query: release_version
SELECT version FROM release WHERE id = ?1;

-- query: running_deployments
SELECT v.number FROM deployment_said v JOIN thing_said s ON s.kind = 2 AND s.number = v.number AND s.log_id = v.log_id
  AND s.entry = v.entry
WHERE v.product = ?1 AND s.held_until = 9223372036854775807 ORDER BY v.number;

-- query: running_numbers
SELECT number FROM thing WHERE kind = ?1 ORDER BY number;
