-- Files by their digest, for questions.

-- schema: question 1
CREATE TABLE release_file ( /* files that the statement about a release names */
    digest BYTEA NOT NULL,   /* SHA-256 */
    release BIGINT NOT NULL, /* document */
    PRIMARY KEY (digest, release)
)/*sqlite  WITHOUT ROWID*/;

-- query: release_file_add
INSERT INTO release_file (digest, release) VALUES (?1, ?2) ON CONFLICT (digest, release) DO NOTHING;

-- query: release_file_find
SELECT release FROM release_file WHERE digest = ?1 ORDER BY release;

-- Components with a SHA-256 (kind 1) that begins so.
-- query: components_of_hash
SELECT component_id FROM component_hash WHERE hash = ?1 AND kind = 1 ORDER BY component_id;
