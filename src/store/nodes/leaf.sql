-- One partition on a server: like the table, each row with the transaction that wrote it.
CREATE TABLE @part@.@table@_@number@ (LIKE @table@ INCLUDING ALL);
CREATE TABLE @part@.undo_@table@_@number@ (LIKE @table@, written BIGINT NOT NULL, by_seq BIGINT NOT NULL,
  n BIGINT GENERATED ALWAYS AS IDENTITY);
INSERT INTO @part@.node_leaf SELECT '@table@_@number@',
  (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
    ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = '@part@.@table@_@number@'::regclass AND i.indisprimary),
  (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute
    WHERE attrelid = '@part@.@table@_@number@'::regclass AND attnum > 0 AND NOT attisdropped);
-- A session that did not say which transaction this is cannot write.
ALTER TABLE @part@.@table@_@number@ ADD COLUMN written BIGINT NOT NULL;
ALTER TABLE @part@.@table@_@number@ ALTER COLUMN written SET DEFAULT current_setting('akashi.seq')::bigint;
CREATE INDEX ON @part@.@table@_@number@ USING brin (written);
CREATE TRIGGER node_keep AFTER UPDATE OR DELETE ON @part@.@table@_@number@
  FOR EACH ROW EXECUTE FUNCTION @part@.node_keep();
