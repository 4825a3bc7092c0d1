-- Parties, products, deployments, services: what was said of each, and between which entries it held (impact/things.h).

-- schema: things 1
CREATE TABLE thing (       -- every id of the portfolio as a small number
  kind BIGINT NOT NULL,    -- enum thing_kind: 0 party, 1 product, 2 deployment, 3 service
  number BIGINT NOT NULL,  -- from 0, in the order of the log
  id TEXT NOT NULL,
  since BIGINT NOT NULL,   -- entry that first named it; -1 where that is not known
  PRIMARY KEY (kind, number));
CREATE UNIQUE INDEX thing_by_id ON thing (kind, id);

CREATE TABLE thing_said (       -- a row for each statement about a thing
  kind BIGINT NOT NULL,
  number BIGINT NOT NULL,
  log_id BIGINT NOT NULL,
  entry BIGINT NOT NULL,        -- of that log: it holds from here …
  held_until BIGINT NOT NULL,   -- … to this entry, which replaced it; 2^63-1 while it holds; = entry: it never did,
                                -- the signer had no say in this
  time BIGINT NOT NULL,         -- of the log
  signer BYTEA NOT NULL,        -- SHA-256 of the public key
  parties TEXT NOT NULL,        -- numbers of the parties concerned, ';' between them
  PRIMARY KEY (kind, number, log_id, entry));
CREATE INDEX thing_said_entry ON thing_said (entry);

CREATE TABLE thing_signer (     -- what was thought of a key when its statements were judged
  signer BYTEA PRIMARY KEY,
  standing TEXT NOT NULL);

CREATE TABLE party_said (       -- what the statement says; NULL: nothing about this
  number BIGINT NOT NULL, log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
  name TEXT,
  roles BIGINT,                 -- enum role, added up
  url TEXT,
  contacts TEXT,                -- "kind:name <address>", ';' between them
  primes TEXT,                  -- numbers of parties, ';' between them
  sector TEXT, region TEXT, language TEXT,
  PRIMARY KEY (number, log_id, entry));

CREATE TABLE product_said (
  number BIGINT NOT NULL, log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
  name TEXT,
  party BIGINT,                 -- number of the party that answers for it
  purl TEXT,
  support_from BIGINT, support_until BIGINT, end_of_life BIGINT, -- seconds since 1970
  tlp TEXT,
  PRIMARY KEY (number, log_id, entry));

CREATE TABLE deployment_said (
  number BIGINT NOT NULL, log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
  product BIGINT,
  version TEXT,
  follows BIGINT,               -- 1: takes each newer release
  customer BIGINT, operator BIGINT, host BIGINT, service BIGINT,
  environment TEXT, zone TEXT, exposure TEXT, data TEXT, owner TEXT,
  since BIGINT, until BIGINT,   -- seconds since 1970
  PRIMARY KEY (number, log_id, entry));
CREATE INDEX deployment_said_product ON deployment_said (product, number);
CREATE INDEX deployment_said_customer ON deployment_said (customer);
CREATE INDEX deployment_said_operator ON deployment_said (operator);
CREATE INDEX deployment_said_host ON deployment_said (host);
CREATE INDEX product_said_party ON product_said (party);
CREATE INDEX product_said_purl ON product_said (purl);
CREATE INDEX product_said_tlp ON product_said (tlp);
CREATE INDEX party_said_primes ON party_said (number) WHERE primes IS NOT NULL;

CREATE TABLE service_said (
  number BIGINT NOT NULL, log_id BIGINT NOT NULL, entry BIGINT NOT NULL,
  name TEXT,
  party BIGINT,
  sector TEXT, region TEXT,
  mtpd BIGINT, restore BIGINT,  -- seconds
  population BIGINT,
  substitutes BIGINT,           -- percent
  needs TEXT,                   -- "deployment:3|deployment:4;zone:tokyo-1": numbers, and texts of zones and packages
  PRIMARY KEY (number, log_id, entry));

-- query: thing_find
SELECT number FROM thing WHERE kind = ?1 AND id = ?2;

-- Many at once: ?1 is a JSON array of ids, the answer says its places.
-- query: things_known
SELECT k.at, (SELECT t.number FROM thing t WHERE t.kind = ?2 AND t.id = k.name)
FROM /*sqlite (SELECT key AS at, value AS name FROM json_each(?1)) k*//*postgres (SELECT x.at - 1 AS at, x.name
    FROM json_array_elements_text(CAST(?1 AS json)) WITH ORDINALITY x (name, at)) k*/;

-- query: thing_next
SELECT COALESCE(MAX(number) + 1, 0) FROM thing WHERE kind = ?1;

-- query: thing_add
INSERT INTO thing (kind, number, id, since) VALUES (?1, ?2, ?3, ?4);

-- query: thing_id
SELECT id FROM thing WHERE kind = ?1 AND number = ?2;

-- Of some (?2, a JSON array of numbers).
-- query: thing_ids
SELECT t.number, t.id FROM /*sqlite (SELECT CAST(value AS INTEGER) AS number FROM json_each(?2)) k CROSS JOIN thing t
*//*postgres (SELECT CAST(x AS BIGINT) AS number FROM json_array_elements_text(CAST(?2 AS json)) x) k JOIN thing t
  ON t.number = k.number*/
WHERE t.kind = ?1 AND t.number = k.number ORDER BY t.number;

-- query: thing_said_there
SELECT 1 FROM thing_said WHERE kind = ?1 AND number = ?2 AND log_id = ?3 AND entry = ?4;

-- query: thing_said_add
INSERT INTO thing_said (kind, number, log_id, entry, held_until, time, signer, parties)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- What holds now.
-- query: thing_holds
SELECT entry, parties FROM thing_said WHERE kind = ?1 AND number = ?2 AND held_until = 9223372036854775807;

-- query: thing_close
UPDATE thing_said SET held_until = ?3 WHERE kind = ?1 AND number = ?2 AND held_until = 9223372036854775807;

-- query: thing_hold
UPDATE thing_said SET held_until = 9223372036854775807 WHERE kind = ?1 AND number = ?2 AND log_id = ?3 AND entry = ?4;

-- query: things_unjudge
UPDATE thing_said SET held_until = entry;

-- query: things_said_walk
SELECT kind, number, log_id, entry, time, signer, parties FROM thing_said
WHERE entry > ?1 OR (entry = ?1 AND log_id > ?2) ORDER BY entry, log_id LIMIT ?3;

-- query: thing_history
SELECT entry, held_until, time, signer FROM thing_said
WHERE kind = ?1 AND number = ?2 AND entry < ?3 ORDER BY entry;

-- query: thing_signers
SELECT signer, standing FROM thing_signer ORDER BY signer;

-- query: thing_signer_add
INSERT INTO thing_signer (signer, standing) VALUES (?1, ?2) ON CONFLICT (signer) DO NOTHING;

-- query: thing_signer_set
UPDATE thing_signer SET standing = ?2 WHERE signer = ?1;

-- query: party_name
SELECT v.name FROM thing_said s JOIN party_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE s.kind = 0 AND s.number = ?1 AND s.held_until = 9223372036854775807;

-- query: party_say
INSERT INTO party_said (number, log_id, entry, name, roles, url, contacts, primes, sector, region, language)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- query: product_say
INSERT INTO product_said (number, log_id, entry, name, party, purl, support_from, support_until, end_of_life, tlp)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- query: deployment_say
INSERT INTO deployment_said (number, log_id, entry, product, version, follows, customer, operator, host, service,
  environment, zone, exposure, data, owner, since, until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17);

-- query: service_say
INSERT INTO service_said (number, log_id, entry, name, party, sector, region, mtpd, restore, population, substitutes,
  needs)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- Things as of ?1 (the size of the log) behind number ?2, at most ?3 of them; ?4: not what held then but what this
-- very entry says (-1: what held).
-- query: parties_at
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.roles, v.url, v.contacts, v.primes, v.sector, v.region, v.language
FROM thing t LEFT JOIN thing_said s ON s.kind = 0 AND s.number = t.number
  AND ((s.entry < ?1 AND s.held_until >= ?1 AND ?4 < 0) OR s.entry = ?4)
LEFT JOIN party_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 0 AND t.number > ?2 AND t.since < ?1 ORDER BY t.number LIMIT ?3;

-- query: products_at
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.party, v.purl, v.support_from, v.support_until, v.end_of_life, v.tlp
FROM thing t LEFT JOIN thing_said s ON s.kind = 1 AND s.number = t.number
  AND ((s.entry < ?1 AND s.held_until >= ?1 AND ?4 < 0) OR s.entry = ?4)
LEFT JOIN product_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 1 AND t.number > ?2 AND t.since < ?1 ORDER BY t.number LIMIT ?3;

-- query: deployments_at
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.product, v.version, v.follows, v.customer, v.operator, v.host, v.service, v.environment, v.zone, v.exposure,
  v.data, v.owner, v.since, v.until
FROM thing t LEFT JOIN thing_said s ON s.kind = 2 AND s.number = t.number
  AND ((s.entry < ?1 AND s.held_until >= ?1 AND ?4 < 0) OR s.entry = ?4)
LEFT JOIN deployment_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 2 AND t.number > ?2 AND t.since < ?1 ORDER BY t.number LIMIT ?3;

-- query: services_at
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.party, v.sector, v.region, v.mtpd, v.restore, v.population, v.substitutes, v.needs
FROM thing t LEFT JOIN thing_said s ON s.kind = 3 AND s.number = t.number
  AND ((s.entry < ?1 AND s.held_until >= ?1 AND ?4 < 0) OR s.entry = ?4)
LEFT JOIN service_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 3 AND t.number > ?2 AND t.since < ?1 ORDER BY t.number LIMIT ?3;

-- Some things (?2, a JSON array of numbers, ascending) as of ?1: the columns of the above.
-- query: parties_of
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.roles, v.url, v.contacts, v.primes, v.sector, v.region, v.language
FROM /*sqlite (SELECT CAST(value AS INTEGER) AS number FROM json_each(?2)) k CROSS JOIN thing t*//*postgres (SELECT
    CAST(x AS BIGINT) AS number FROM json_array_elements_text(CAST(?2 AS json)) x) k JOIN thing t
  ON t.kind = 0 AND t.number = k.number*/
LEFT JOIN thing_said s ON s.kind = 0 AND s.number = t.number AND s.entry < ?1 AND s.held_until >= ?1
LEFT JOIN party_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 0 AND t.number = k.number AND t.since < ?1 ORDER BY t.number;

-- query: products_of
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.party, v.purl, v.support_from, v.support_until, v.end_of_life, v.tlp
FROM /*sqlite (SELECT CAST(value AS INTEGER) AS number FROM json_each(?2)) k CROSS JOIN thing t*//*postgres (SELECT
    CAST(x AS BIGINT) AS number FROM json_array_elements_text(CAST(?2 AS json)) x) k JOIN thing t
  ON t.kind = 1 AND t.number = k.number*/
LEFT JOIN thing_said s ON s.kind = 1 AND s.number = t.number AND s.entry < ?1 AND s.held_until >= ?1
LEFT JOIN product_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 1 AND t.number = k.number AND t.since < ?1 ORDER BY t.number;

-- query: services_of
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.name, v.party, v.sector, v.region, v.mtpd, v.restore, v.population, v.substitutes, v.needs
FROM /*sqlite (SELECT CAST(value AS INTEGER) AS number FROM json_each(?2)) k CROSS JOIN thing t*//*postgres (SELECT
    CAST(x AS BIGINT) AS number FROM json_array_elements_text(CAST(?2 AS json)) x) k JOIN thing t
  ON t.kind = 3 AND t.number = k.number*/
LEFT JOIN thing_said s ON s.kind = 3 AND s.number = t.number AND s.entry < ?1 AND s.held_until >= ?1
LEFT JOIN service_said v ON v.number = s.number AND v.log_id = s.log_id AND v.entry = s.entry
WHERE t.kind = 3 AND t.number = k.number AND t.since < ?1 ORDER BY t.number;

-- Deployments of a product, as of ?2, behind number ?3, at most ?4; the columns of deployments_at.
-- query: deployments_of_product
SELECT t.number, t.id, s.entry, s.time, s.signer,
  v.product, v.version, v.follows, v.customer, v.operator, v.host, v.service, v.environment, v.zone, v.exposure,
  v.data, v.owner, v.since, v.until
FROM deployment_said v JOIN thing_said s ON s.kind = 2 AND s.number = v.number AND s.log_id = v.log_id
  AND s.entry = v.entry
JOIN thing t ON t.kind = 2 AND t.number = v.number
WHERE v.product = ?1 AND v.number > ?3 AND s.entry < ?2 AND s.held_until >= ?2 ORDER BY v.number LIMIT ?4;

-- query: thing_said_count
SELECT COUNT(*) FROM thing_said WHERE kind = ?1 AND number = ?2;
