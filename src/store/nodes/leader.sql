-- On the server that leads: the number of the last whole transaction, and what brings all servers to it.
CREATE SCHEMA @nodes@;
CREATE TABLE @nodes@.node_state (one BIGINT PRIMARY KEY CHECK (one = 1), seq BIGINT NOT NULL);
INSERT INTO @nodes@.node_state VALUES (1, 0);
CREATE TABLE @nodes@.node_server (name TEXT PRIMARY KEY);

-- Behind BEGIN and the writers' lock: a server that committed a transaction which was not committed here goes back by
-- it; then all begin the next one.
CREATE FUNCTION @nodes@.begin_write() RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  here BIGINT;
  there BIGINT;
  server TEXT;
BEGIN
  SELECT seq INTO here FROM @nodes@.node_state;
  FOR server IN SELECT name FROM @nodes@.node_server ORDER BY name LOOP
    EXECUTE format('SELECT seq FROM @nodes@.%I', 'mark_' || server) INTO there;
    IF there = here + 1 THEN
      EXECUTE format('INSERT INTO @nodes@.%I VALUES ($1, $2)', 'call_' || server) USING 'undo', here;
    ELSIF there IS DISTINCT FROM here THEN
      RAISE EXCEPTION 'server % stands at transaction %, the leading one at %', server, there, here
        USING ERRCODE = 'AK001';
    END IF;
    EXECUTE format('INSERT INTO @nodes@.%I VALUES ($1, $2)', 'call_' || server) USING 'begin', here + 1;
  END LOOP;
  UPDATE @nodes@.node_state SET seq = here + 1;
END $body$;

-- The first server that is at another state than this one; NULL when all are at one. It also opens what this
-- transaction sees of each.
CREATE FUNCTION @nodes@.differs() RETURNS TEXT LANGUAGE plpgsql AS $body$
DECLARE
  here BIGINT;
  there BIGINT;
  server TEXT;
BEGIN
  SELECT seq INTO here FROM @nodes@.node_state;
  FOR server IN SELECT name FROM @nodes@.node_server ORDER BY name LOOP
    EXECUTE format('SELECT seq FROM @nodes@.%I', 'mark_' || server) INTO there;
    IF there IS DISTINCT FROM here THEN
      RETURN server;
    END IF;
  END LOOP;
  RETURN NULL;
END $body$;

CREATE FUNCTION @nodes@.bytes() RETURNS BIGINT LANGUAGE plpgsql AS $body$
DECLARE
  there BIGINT;
  whole BIGINT;
  server TEXT;
BEGIN
  SELECT coalesce(sum(pg_total_relation_size(oid)), 0) INTO whole FROM pg_catalog.pg_class
    WHERE relnamespace = '@nodes@'::regnamespace AND relkind = 'r';
  FOR server IN SELECT name FROM @nodes@.node_server LOOP
    EXECUTE format('SELECT bytes FROM @nodes@.%I', 'size_' || server) INTO there;
    whole := whole + there;
  END LOOP;
  RETURN whole;
END $body$;
