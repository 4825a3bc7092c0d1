-- On a server that holds partitions: its schema, and what undoes a transaction that was committed here and not on the
-- server that leads. Each transaction has a number; the leading server's is the one that counts.
CREATE SCHEMA @part@;
COMMENT ON SCHEMA @part@ IS '@owner@';

-- The last transaction that was committed here.
CREATE TABLE @part@.node_mark (one BIGINT PRIMARY KEY CHECK (one = 1), seq BIGINT NOT NULL);
INSERT INTO @part@.node_mark VALUES (1, 0);

-- Partitions here, the columns of their key and all columns.
CREATE TABLE @part@.node_leaf (name TEXT PRIMARY KEY, key TEXT NOT NULL, columns TEXT NOT NULL);

-- How the leading server calls: a row put in here is an order ('begin' or 'undo'), and is not kept.
CREATE TABLE @part@.node_call (op TEXT, seq BIGINT);

-- Bytes the partitions take here.
CREATE VIEW @part@.node_size AS SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes
  FROM pg_catalog.pg_class c JOIN @part@.node_leaf l ON c.relname = l.name
  WHERE c.relnamespace = '@part@'::regnamespace;

-- A row as it was before it was changed or deleted goes beside.
CREATE FUNCTION @part@.node_keep() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF current_setting('akashi.undoing', true) IS DISTINCT FROM 'on' THEN
    EXECUTE format('INSERT INTO @part@.%I SELECT ($1).*, $2', 'undo_' || TG_TABLE_NAME)
      USING OLD, current_setting('akashi.seq')::bigint;
  END IF;
  RETURN NULL;
END $body$;

CREATE FUNCTION @part@.node_begin(number BIGINT) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE leaf RECORD;
BEGIN
  FOR leaf IN SELECT name FROM @part@.node_leaf LOOP
    EXECUTE format('DELETE FROM @part@.%I', 'undo_' || leaf.name);
  END LOOP;
  UPDATE @part@.node_mark SET seq = number;
  PERFORM set_config('akashi.seq', number::text, true);
END $body$;

-- Back to the state behind transaction `number`: rows written since go, rows changed or deleted since come back as they
-- were first kept.
CREATE FUNCTION @part@.node_undo(number BIGINT) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE leaf RECORD;
BEGIN
  PERFORM set_config('akashi.undoing', 'on', true);
  FOR leaf IN SELECT * FROM @part@.node_leaf LOOP
    EXECUTE format('DELETE FROM @part@.%I WHERE written > $1', leaf.name) USING number;
    EXECUTE format('DELETE FROM @part@.%1$I WHERE (%3$s) IN (SELECT %3$s FROM @part@.%2$I WHERE by_seq > $1)',
      leaf.name, 'undo_' || leaf.name, leaf.key) USING number;
    EXECUTE format('INSERT INTO @part@.%1$I (%4$s, written) SELECT %4$s, written FROM (SELECT DISTINCT ON (%3$s) * FROM '
      '@part@.%2$I WHERE by_seq > $1 AND written <= $1 ORDER BY %3$s, n) AS kept',
      leaf.name, 'undo_' || leaf.name, leaf.key, leaf.columns) USING number;
  END LOOP;
  UPDATE @part@.node_mark SET seq = number;
  PERFORM set_config('akashi.undoing', 'off', true);
END $body$;

CREATE FUNCTION @part@.node_called() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.op = 'undo' THEN
    PERFORM @part@.node_undo(NEW.seq);
  ELSE
    PERFORM @part@.node_begin(NEW.seq);
  END IF;
  RETURN NULL;
END $body$;
CREATE TRIGGER node_called BEFORE INSERT ON @part@.node_call FOR EACH ROW EXECUTE FUNCTION @part@.node_called();
