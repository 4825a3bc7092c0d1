-- Files by their digest, for questions.

-- schema: question 1
-- One row for each digest of a component (however many releases have it), of a file that an SBOM lists by itself, and
-- of a file of a release. component and release: -1 where it is the other one.
CREATE TABLE file_digest (
    digest BYTEA NOT NULL,     -- SHA-256
    component BIGINT NOT NULL,
    release BIGINT NOT NULL,   -- document
    PRIMARY KEY (digest, component, release)
)/*sqlite  WITHOUT ROWID*/;

-- query: file_digest_add
INSERT INTO file_digest (digest, component, release) VALUES (?1, ?2, ?3) ON CONFLICT (digest, component, release) DO NOTHING;

-- query: file_digest_find
SELECT component, release FROM file_digest WHERE digest = ?1 ORDER BY component, release;
