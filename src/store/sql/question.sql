-- Files by their digest, for questions.

-- schema: question 1
CREATE TABLE release_file ( /* files that the statement about a release names */
    digest BYTEA NOT NULL,   /* SHA-256 */
    release BIGINT NOT NULL, /* document */
    PRIMARY KEY (digest, release)
)/*sqlite  WITHOUT ROWID*/;
CREATE INDEX release_file_release ON release_file (release);

-- query: release_file_add
INSERT INTO release_file (digest, release) VALUES (?1, ?2) ON CONFLICT (digest, release) DO NOTHING;

-- query: release_file_find
SELECT release FROM release_file WHERE digest = ?1 ORDER BY release;

-- Components with a SHA-256 (kind 1) that begins so.
-- query: components_of_hash
SELECT component_id FROM component_hash WHERE hash = ?1 AND kind = 1 ORDER BY component_id;

-- What may concern a reader: numbers of things of which it was said at any time; what holds is looked up.
-- query: products_of_party
SELECT DISTINCT number FROM product_said WHERE party = ?1 ORDER BY number;

-- query: products_of_tlp
SELECT DISTINCT number FROM product_said WHERE tlp = ?1 ORDER BY number;

-- query: deployments_of_party
SELECT number FROM deployment_said WHERE customer = ?1
UNION SELECT number FROM deployment_said WHERE operator = ?1
UNION SELECT number FROM deployment_said WHERE host = ?1 ORDER BY number;

-- query: parties_with_primes
SELECT DISTINCT number FROM party_said WHERE primes IS NOT NULL ORDER BY number;
