-- What every store has: which version of which part of the schema it stands at.

-- schema: store 1
CREATE TABLE schema_part (name TEXT PRIMARY KEY, version BIGINT NOT NULL);

-- query: schema_parts
SELECT name, version FROM schema_part ORDER BY name;

-- Another number after each step forward.
-- query: schema_mark
SELECT CAST(count(*) * 1000000 + coalesce(sum(version), 0) AS BIGINT) FROM schema_part;

-- query: schema_part_set
INSERT INTO schema_part (name, version) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET version = excluded.version;
