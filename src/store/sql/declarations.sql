-- Declarations, and what became of them (conform/standing.h).

-- schema: declarations 1
CREATE TABLE declared (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL,
    envelope TEXT NOT NULL, -- SHA-256, hex: what others call it by
    id TEXT NOT NULL,
    said TEXT NOT NULL, -- JSON, as signed
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX declared_envelope ON declared (envelope);
CREATE INDEX declared_id ON declared (id);
-- An endorsement, a challenge, the answer to one, a change of standing.
CREATE TABLE declared_event (
    log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
    time BIGINT NOT NULL, -- of the log
    signer BYTEA NOT NULL,
    envelope TEXT NOT NULL, -- SHA-256, hex
    about TEXT NOT NULL, -- envelope of the declaration, hex
    event BIGINT NOT NULL, -- enum declared_event
    said TEXT NOT NULL, -- JSON, as signed
    PRIMARY KEY (log_id, entry)
);
CREATE INDEX declared_event_about ON declared_event (about);

-- query: declared_add
INSERT INTO declared (log_id, entry, time, signer, envelope, id, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (log_id, entry) DO NOTHING;

-- query: declared_event_add
INSERT INTO declared_event (log_id, entry, time, signer, envelope, about, event, said)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (log_id, entry) DO NOTHING;

-- query: declared_all
SELECT log_id, entry, time, signer, envelope, said FROM declared ORDER BY log_id, entry;

-- query: declared_events
SELECT log_id, entry, time, signer, envelope, event, said FROM declared_event WHERE about = ?1 ORDER BY log_id, entry;
