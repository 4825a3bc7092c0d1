-- What is in which release: names of components, lists by release, bitmaps by component (impact/contents.h).

-- Over several servers (store/spread.c): what grows with the releases, by the column that questions name.
-- distribute: release id
-- distribute: release_list release_id
-- distribute: posting component_id
-- distribute: posting_block component_id

-- schema: contents 1
CREATE TABLE package ( /* a purl without version, a CPE up to its product, or "name:NAME" */
    id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY, /* from 1, in the order of the log */
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE licence (
    id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY,
    text TEXT NOT NULL UNIQUE /* SPDX expression, or what stands in its place */
);
CREATE TABLE component (
    id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY, /* package << 20 | number within it */
    package BIGINT NOT NULL,
    rest TEXT NOT NULL,        /* what follows the package's name in the canonical text */
    version TEXT,              /* decoded */
    licence BIGINT,            /* the first that a document states */
    unidentified BIGINT NOT NULL /* 1: known by its name alone */
);
CREATE UNIQUE INDEX component_text ON component (package, rest);
CREATE TABLE release ( /* an SBOM as received for a release of a product */
    id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY, /* from 0, in the order of the log */
    product BIGINT NOT NULL,   /* things */
    version TEXT NOT NULL,
    party BIGINT NOT NULL,     /* who ships it; -1 not stated */
    purl TEXT,                 /* of the release itself */
    body BYTEA NOT NULL,       /* SHA-256 of the document, or of the envelope that holds it */
    body_key BIGINT NOT NULL,  /* its first 8 bytes */
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL, /* the statement */
    time BIGINT NOT NULL,      /* of the log */
    released BIGINT NOT NULL,  /* as stated; 0 not stated */
    supersedes TEXT,           /* version it takes the place of, as stated */
    twin BIGINT NOT NULL,      /* first document of the same release; itself */
    components BIGINT NOT NULL,
    unidentified BIGINT NOT NULL,
    disagrees BIGINT NOT NULL, /* 1: another document for the same release lists other components */
    signer BYTEA NOT NULL      /* SHA-256 of the key that said so */
);
CREATE INDEX release_of_product ON release (product, version, id);
CREATE INDEX release_by_body ON release (body_key, product, version);
CREATE INDEX release_twins ON release (id) WHERE twin <> id;
CREATE TABLE release_list ( /* the components of a release, ascending, delta-coded (impact/idlist.h) */
    release_id /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY,
    ids BYTEA NOT NULL
);
CREATE TABLE release_products ( /* product numbers of 1,024 releases, 4 bytes each, least first */
    block /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY,
    products BYTEA NOT NULL
);
CREATE TABLE posting_run ( /* what is sorted by component: each sealed bucket, and the runs of the open one */
    first /*sqlite INTEGER*//*postgres BIGINT*/ PRIMARY KEY, /* release id */
    until BIGINT NOT NULL        /* first + 65,536: a sealed bucket */
);
CREATE TABLE posting_block ( /* a piece of a run: components ascending, each with its releases (impact/idlist.h) */
    first BIGINT NOT NULL,        /* of the run */
    component_id BIGINT NOT NULL, /* first in the block */
    data BYTEA NOT NULL,
    PRIMARY KEY (first, component_id)
)/*sqlite  WITHOUT ROWID*/;

-- schema: contents 2
DROP TABLE IF EXISTS posting; /* a row for each component, before */
CREATE TABLE posting ( /* a piece of a sealed bucket, like those of a run */
    first BIGINT NOT NULL,
    component_id BIGINT NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (first, component_id)
)/*sqlite  WITHOUT ROWID*/;
CREATE TABLE package_count ( /* how many releases of a sealed bucket contain the package, in whatever version */
    package BIGINT NOT NULL,
    first BIGINT NOT NULL, /* of the bucket */
    count BIGINT NOT NULL,
    PRIMARY KEY (package, first)
)/*sqlite  WITHOUT ROWID*/;

-- query: package_find
SELECT id FROM package WHERE name = ?1;

-- query: package_name
SELECT name FROM package WHERE id = ?1;

-- How many releases of all sealed buckets contain each package.
-- query: package_sums
SELECT package, CAST(SUM(count) AS BIGINT) FROM package_count GROUP BY package;

-- query: package_last
SELECT id FROM package ORDER BY id DESC LIMIT 1;

-- load: package_in package id int, name text

-- query: licence_find
SELECT id FROM licence WHERE text = ?1;

-- query: licence_last
SELECT id FROM licence ORDER BY id DESC LIMIT 1;

-- load: licence_in licence id int, text text

-- query: component_find
SELECT id, licence, unidentified FROM component WHERE package = ?1 AND rest = ?2;

-- query: component_last
SELECT id FROM component WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC LIMIT 1;

-- load: component_in component id int, package int, rest text, version text, licence int, unidentified int

-- query: component_licence
UPDATE component SET licence = ?2 WHERE id = ?1 AND licence IS NULL;

-- Many at once (impact/contents_expect.c): ?1 is a JSON array, the answer says its places. A look-up for each place, so
-- that no planner reads a whole table for a few names.
-- query: packages_known
SELECT k.at, (SELECT p.id FROM package p WHERE p.name = k.name)
FROM /*sqlite (SELECT key AS at, value AS name FROM json_each(?1)) k*//*postgres (SELECT x.at - 1 AS at, x.name
    FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)) k*/;

-- query: licences_known
SELECT k.at, (SELECT l.id FROM licence l WHERE l.text = k.name)
FROM /*sqlite (SELECT key AS at, value AS name FROM json_each(?1)) k*//*postgres (SELECT x.at - 1 AS at, x.name
    FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)) k*/;

-- Of [package, rest]: id, and whether a licence is stated.
-- query: components_known
SELECT k.at, (SELECT c.id * 2 + CASE WHEN c.licence IS NULL THEN 0 ELSE 1 END FROM component c
    WHERE c.package = k.package AND c.rest = k.rest)
FROM /*sqlite (SELECT key AS at, CAST(json_extract(value, '$[0]') AS INTEGER) AS package,
    json_extract(value, '$[1]') AS rest FROM json_each(?1)) k*//*postgres (SELECT x.at - 1 AS at,
    CAST(x.v->>0 AS BIGINT) AS package, x.v->>1 AS rest
    FROM json_array_elements(CAST(?1 AS json)) WITH ORDINALITY x (v, at)) k*/;

-- Of package numbers: their last components.
-- query: components_last
SELECT k.at, (SELECT c.id FROM component c WHERE c.id >= k.package * 1048576 AND c.id < (k.package + 1) * 1048576
    ORDER BY c.id DESC LIMIT 1)
FROM /*sqlite (SELECT key AS at, CAST(value AS INTEGER) AS package FROM json_each(?1)) k*//*postgres (SELECT
    x.at - 1 AS at, CAST(x.name AS BIGINT) AS package
    FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)) k*/;

-- Of [product, version, body_key, body]: the first document of the release, and this very one.
-- query: releases_known
-- sqlite
SELECT k.at, (SELECT r.id FROM release r WHERE r.product = k.product AND r.version = k.version ORDER BY r.id LIMIT 1),
    (SELECT r.id FROM release r WHERE r.body_key = k.body_key AND r.product = k.product AND r.version = k.version
        AND lower(hex(r.body)) = k.body ORDER BY r.id LIMIT 1)
FROM (SELECT key AS at, CAST(json_extract(value, '$[0]') AS INTEGER) AS product,
    json_extract(value, '$[1]') AS version, CAST(json_extract(value, '$[2]') AS INTEGER) AS body_key,
    json_extract(value, '$[3]') AS body FROM json_each(?1)) k;
-- postgres
SELECT k.at, (SELECT r.id FROM release r WHERE r.product = k.product AND r.version = k.version ORDER BY r.id LIMIT 1),
    (SELECT r.id FROM release r WHERE r.body_key = k.body_key AND r.product = k.product AND r.version = k.version
        AND encode(r.body, 'hex') = k.body ORDER BY r.id LIMIT 1)
FROM (SELECT x.at - 1 AS at,
    CAST(x.v->>0 AS BIGINT) AS product, x.v->>1 AS version, CAST(x.v->>2 AS BIGINT) AS body_key, x.v->>3 AS body
    FROM json_array_elements(CAST(?1 AS json)) WITH ORDINALITY x (v, at)) k;
-- nodes
WITH k AS MATERIALIZED (SELECT x.at - 1 AS at, CAST(x.v->>0 AS BIGINT) AS product, x.v->>1 AS version, x.v->>3 AS body
        FROM json_array_elements(CAST(?1 AS json)) WITH ORDINALITY x (v, at)),
    there AS MATERIALIZED (SELECT id, product, version, body FROM release
        WHERE product = ANY (ARRAY(SELECT DISTINCT product FROM k)) AND version = ANY (ARRAY(SELECT DISTINCT version FROM k)))
SELECT k.at, MIN(r.id), MIN(CASE WHEN encode(r.body, 'hex') = k.body THEN r.id END)
FROM k LEFT JOIN there r ON r.product = k.product AND r.version = k.version GROUP BY k.at;
-- citus
WITH k AS MATERIALIZED (SELECT x.at - 1 AS at, CAST(x.v->>0 AS BIGINT) AS product, x.v->>1 AS version, x.v->>3 AS body
        FROM json_array_elements(CAST(?1 AS json)) WITH ORDINALITY x (v, at)),
    there AS MATERIALIZED (SELECT k.at, r.id, r.body FROM release r JOIN k ON r.product = k.product AND r.version = k.version)
SELECT k.at, MIN(r.id), MIN(CASE WHEN encode(r.body, 'hex') = k.body THEN r.id END)
FROM k LEFT JOIN there r ON r.at = k.at GROUP BY k.at;
-- both

-- Of body keys: those of which there are documents.
-- query: bodies_known
-- sqlite
SELECT k.at FROM (SELECT key AS at, CAST(value AS INTEGER) AS body_key FROM json_each(?1)) k
WHERE (SELECT r.id FROM release r WHERE r.body_key = k.body_key ORDER BY r.id LIMIT 1) IS NOT NULL;
-- postgres
SELECT k.at FROM (SELECT x.at - 1 AS at, CAST(x.name AS BIGINT) AS body_key
    FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)) k
WHERE (SELECT r.id FROM release r WHERE r.body_key = k.body_key ORDER BY r.id LIMIT 1) IS NOT NULL;
-- nodes
WITH k AS MATERIALIZED (SELECT x.at - 1 AS at, CAST(x.name AS BIGINT) AS body_key
        FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)),
    there AS MATERIALIZED (SELECT body_key FROM release WHERE body_key = ANY (ARRAY(SELECT body_key FROM k)))
SELECT k.at FROM k WHERE k.body_key IN (SELECT body_key FROM there);
-- citus
WITH k AS MATERIALIZED (SELECT x.at - 1 AS at, CAST(x.name AS BIGINT) AS body_key
        FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)),
    there AS MATERIALIZED (SELECT k.at FROM release r JOIN k ON r.body_key = k.body_key)
SELECT DISTINCT at FROM there;
-- both

-- query: component_rows
SELECT c.id, p.name || c.rest, c.version, l.text, c.unidentified
FROM component c JOIN package p ON p.id = c.package LEFT JOIN licence l ON l.id = c.licence
WHERE c.id >= ?1 AND c.id <= ?2 ORDER BY c.id LIMIT ?3;

-- query: release_last
-- sqlite
SELECT COALESCE((SELECT id FROM release ORDER BY id DESC LIMIT 1), -1),
    COALESCE((SELECT MAX(number) FROM portfolio_made), 0), COALESCE((SELECT MAX(number) FROM portfolio_moved), 0);
-- postgres
SELECT COALESCE((SELECT id FROM release ORDER BY id DESC LIMIT 1), -1),
    COALESCE((SELECT MAX(number) FROM portfolio_made), 0), COALESCE((SELECT MAX(number) FROM portfolio_moved), 0);
-- citus
WITH r AS MATERIALIZED (SELECT MAX(id) AS last FROM release), m AS MATERIALIZED (SELECT MAX(number) AS made FROM portfolio_made),
    v AS MATERIALIZED (SELECT MAX(number) AS moved FROM portfolio_moved)
SELECT COALESCE(r.last, -1), COALESCE(m.made, 0), COALESCE(v.moved, 0) FROM r, m, v;
-- both

-- query: release_same
SELECT id FROM release WHERE body_key = ?1 AND product = ?2 AND version = ?3 AND body = ?4 ORDER BY id LIMIT 1;

-- query: release_first
SELECT id FROM release WHERE product = ?1 AND version = ?2 ORDER BY id LIMIT 1;

-- query: release_disagrees
UPDATE release SET disagrees = 1 WHERE id = ?1;

-- load: release_in release id int, product int, version text, party int, purl text, body blob, body_key int, log_id int, entry int, time int, released int, supersedes text, twin int, components int, unidentified int, disagrees int, signer blob

-- load: release_list_in release_list release_id int, ids blob

-- query: release_list
SELECT ids FROM release_list WHERE release_id = ?1;

-- Of some releases (?1, a JSON array), ascending.
-- query: release_lists_of
-- sqlite
SELECT l.release_id, l.ids FROM (SELECT CAST(value AS INTEGER) AS id FROM json_each(?1)) k CROSS JOIN release_list l
WHERE l.release_id = k.id;
-- postgres
SELECT release_id, ids FROM release_list WHERE release_id = ANY (ARRAY(SELECT CAST(x AS BIGINT)
    FROM json_array_elements_text(CAST(?1 AS json)) x)) ORDER BY release_id;
-- citus
WITH k AS MATERIALIZED (SELECT CAST(x AS BIGINT) AS id FROM json_array_elements_text(CAST(?1 AS json)) x),
    there AS MATERIALIZED (SELECT l.release_id, l.ids FROM release_list l JOIN k ON l.release_id = k.id)
SELECT release_id, ids FROM there ORDER BY release_id;
-- both

-- query: release_lists
SELECT release_id, ids FROM release_list WHERE release_id >= ?1 AND release_id < ?2 ORDER BY release_id;

-- Releases that came, with what is in them.
-- query: release_news
SELECT r.id, r.twin, r.product, l.ids FROM release r JOIN release_list l ON l.release_id = r.id
WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id;

-- query: release_row
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE id = ?1;

-- query: release_rows_down
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC;

-- Some (?1, a JSON array), descending.
-- query: release_rows_of
-- sqlite
SELECT r.id, r.twin, r.product, r.version, r.body, r.log_id, r.time, r.entry, r.components, r.unidentified, r.disagrees,
  r.party, r.purl, r.released, r.supersedes
FROM (SELECT CAST(value AS INTEGER) AS id FROM json_each(?1)) k CROSS JOIN release r WHERE r.id = k.id;
-- postgres
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE id = ANY (ARRAY(SELECT CAST(x AS BIGINT) FROM json_array_elements_text(CAST(?1 AS json)) x))
ORDER BY id DESC;
-- citus
WITH k AS MATERIALIZED (SELECT CAST(x AS BIGINT) AS key FROM json_array_elements_text(CAST(?1 AS json)) x),
    there AS MATERIALIZED (SELECT r.* FROM release r JOIN k ON r.id = k.key)
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM there ORDER BY id DESC;
-- both

-- query: releases_of_product
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE product = ?1 ORDER BY id;

-- query: releases_of_version
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE product = ?1 AND version = ?2 ORDER BY id;

-- query: releases_of_body
SELECT id, twin, product, version, body, log_id, time, entry, components, unidentified, disagrees, party, purl, released, supersedes
FROM release WHERE body_key = ?1 AND body = ?2 ORDER BY id LIMIT ?3;

-- query: release_log
SELECT log_id, entry FROM release WHERE id = ?1;

-- query: release_of_log_from
SELECT id FROM release WHERE log_id = ?1 AND entry >= ?2 ORDER BY id LIMIT 1;

-- Whether these views are of other logs too; looking through the releases would cost a walk over all of them.
-- query: release_other_log
SELECT id FROM portfolio_log WHERE id <> ?1 LIMIT 1;

-- query: watch_twins
SELECT twin, id FROM release WHERE twin <> id ORDER BY twin, id;

-- query: release_twins
SELECT id, twin FROM release WHERE twin <> id AND id >= ?1 ORDER BY id;

-- query: release_products
SELECT products FROM release_products WHERE block = ?1;

-- load: release_products_in release_products block int, products blob

-- query: release_product_range
SELECT id, product FROM release WHERE id >= ?1 AND id < ?2 ORDER BY id;

-- load: posting_in posting first int, component_id int, data blob

-- load: package_count_in package_count package int, first int, count int

-- query: posting_runs
SELECT first, until FROM posting_run WHERE first >= ?1 ORDER BY first;

-- query: posting_run_add
INSERT INTO posting_run (first, until) VALUES (?1, ?2);

-- query: posting_run_drop
DELETE FROM posting_run WHERE first = ?1;

-- load: posting_block_in posting_block first int, component_id int, data blob

-- query: posting_block_next
SELECT component_id, data FROM posting_block WHERE first = ?1 AND component_id > ?2 ORDER BY component_id LIMIT ?3;

-- Of components ?3 to ?4, in all releases below ?2: the block of each bucket and run in which they may begin, and those
-- behind it. ?1 is where the open bucket begins. The runs first, then for each of them a look into an index: CROSS JOIN
-- means that in SQLite; for PostgreSQL, who may take a whole table for less work, OFFSET 0 holds the two apart. COALESCE
-- stands where its result alone goes to another server.
-- query: posting_range
-- sqlite
SELECT r.first, b.component_id, b.data FROM posting_run r CROSS JOIN posting b
WHERE r.first < ?1 AND r.first < ?2 AND b.first = r.first AND b.component_id <= ?4
  AND b.component_id >= COALESCE((SELECT MAX(x.component_id) FROM posting x
                                  WHERE x.first = r.first AND x.component_id <= ?3), 0)
UNION ALL
SELECT r.first, b.component_id, b.data FROM posting_run r CROSS JOIN posting_block b
WHERE r.first >= ?1 AND r.first < ?2 AND b.first = r.first AND b.component_id <= ?4
  AND b.component_id >= COALESCE((SELECT MAX(x.component_id) FROM posting_block x
                                  WHERE x.first = r.first AND x.component_id <= ?3), 0)
ORDER BY 1, 2;
-- postgres
SELECT r.first, b.component_id, b.data FROM posting_run r CROSS JOIN LATERAL (SELECT y.component_id, y.data
    FROM posting y WHERE y.first = r.first AND y.component_id <= ?4
      AND y.component_id >= (SELECT COALESCE(MAX(x.component_id), 0) FROM posting x
                             WHERE x.first = r.first AND x.component_id <= ?3) OFFSET 0) b
WHERE r.first < ?1 AND r.first < ?2
UNION ALL
SELECT r.first, b.component_id, b.data FROM posting_run r CROSS JOIN LATERAL (SELECT y.component_id, y.data
    FROM posting_block y WHERE y.first = r.first AND y.component_id <= ?4
      AND y.component_id >= (SELECT COALESCE(MAX(x.component_id), 0) FROM posting_block x
                             WHERE x.first = r.first AND x.component_id <= ?3) OFFSET 0) b
WHERE r.first >= ?1 AND r.first < ?2
ORDER BY 1, 2;
-- citus
WITH sealed_start AS MATERIALIZED (SELECT first, MAX(component_id) AS start FROM posting
        WHERE component_id <= ?3 AND first < ?1 AND first < ?2 GROUP BY first),
    sealed AS MATERIALIZED (SELECT r.first, COALESCE(s.start, 0) AS start FROM posting_run r
        LEFT JOIN sealed_start s ON s.first = r.first WHERE r.first < ?1 AND r.first < ?2),
    sealed_rows AS MATERIALIZED (SELECT b.first, b.component_id, b.data FROM posting b JOIN sealed s ON s.first = b.first
        WHERE b.component_id >= s.start AND b.component_id <= ?4),
    open_start AS MATERIALIZED (SELECT first, MAX(component_id) AS start FROM posting_block
        WHERE component_id <= ?3 AND first >= ?1 AND first < ?2 GROUP BY first),
    opened AS MATERIALIZED (SELECT r.first, COALESCE(s.start, 0) AS start FROM posting_run r
        LEFT JOIN open_start s ON s.first = r.first WHERE r.first >= ?1 AND r.first < ?2),
    open_rows AS MATERIALIZED (SELECT b.first, b.component_id, b.data FROM posting_block b JOIN opened s ON s.first = b.first
        WHERE b.component_id >= s.start AND b.component_id <= ?4)
SELECT first, component_id, data FROM sealed_rows UNION ALL SELECT first, component_id, data FROM open_rows ORDER BY 1, 2;
-- both

-- Of package ?1, whose components are ?2 to ?3, in one state: the releases there are and how often the views were made,
-- whether some release has two documents; how many releases of sealed buckets contain it; the blocks of the open one.
-- query: package_count
-- sqlite
SELECT 0, COALESCE((SELECT id FROM release ORDER BY id DESC LIMIT 1), -1),
    COALESCE((SELECT MAX(number) FROM portfolio_made), 0),
    COALESCE((SELECT 1 FROM release WHERE twin <> id ORDER BY id LIMIT 1), 0), /* by the index of twins, which is short */
    CAST(NULL AS BYTEA)
UNION ALL
SELECT 1, CAST(COALESCE(SUM(count), 0) AS BIGINT), 0, 0, NULL FROM package_count WHERE package = ?1
UNION ALL
SELECT 2, r.first, b.component_id, 0, b.data FROM posting_run r CROSS JOIN posting_block b
WHERE r.until - r.first < 65536 AND b.first = r.first AND b.component_id <= ?3
  AND b.component_id >= COALESCE((SELECT MAX(x.component_id) FROM posting_block x
                                  WHERE x.first = r.first AND x.component_id <= ?2), 0);
-- postgres
SELECT 0, COALESCE((SELECT id FROM release ORDER BY id DESC LIMIT 1), -1),
    COALESCE((SELECT MAX(number) FROM portfolio_made), 0),
    COALESCE((SELECT 1 FROM release WHERE twin <> id ORDER BY id LIMIT 1), 0), /* by the index of twins, which is short */
    CAST(NULL AS BYTEA)
UNION ALL
SELECT 1, CAST(COALESCE(SUM(count), 0) AS BIGINT), 0, 0, NULL FROM package_count WHERE package = ?1
UNION ALL
SELECT 2, r.first, b.component_id, 0, b.data FROM posting_run r CROSS JOIN LATERAL (SELECT y.component_id, y.data
    FROM posting_block y WHERE y.first = r.first AND y.component_id <= ?3
      AND y.component_id >= (SELECT COALESCE(MAX(x.component_id), 0) FROM posting_block x
                             WHERE x.first = r.first AND x.component_id <= ?2) OFFSET 0) b
WHERE r.until - r.first < 65536;
-- citus
WITH last AS MATERIALIZED (SELECT MAX(id) AS id FROM release),
    twins AS MATERIALIZED (SELECT MAX(id) AS id FROM release WHERE twin <> id),
    open_start AS MATERIALIZED (SELECT first, MAX(component_id) AS start FROM posting_block WHERE component_id <= ?2
        GROUP BY first),
    opened AS MATERIALIZED (SELECT r.first, COALESCE(s.start, 0) AS start FROM posting_run r
        LEFT JOIN open_start s ON s.first = r.first WHERE r.until - r.first < 65536),
    open_rows AS MATERIALIZED (SELECT b.first, b.component_id, b.data FROM posting_block b JOIN opened s ON s.first = b.first
        WHERE b.component_id >= s.start AND b.component_id <= ?3)
SELECT 0, (SELECT COALESCE(MAX(id), -1) FROM last), COALESCE((SELECT MAX(number) FROM portfolio_made), 0),
    (SELECT COUNT(id) FROM twins), CAST(NULL AS BYTEA)
UNION ALL
SELECT 1, CAST(COALESCE(SUM(count), 0) AS BIGINT), 0, 0, NULL FROM package_count WHERE package = ?1
UNION ALL
SELECT 2, first, component_id, 0, data FROM open_rows;
-- both

-- query: posting_block_drop
DELETE FROM posting_block WHERE first = ?1;
