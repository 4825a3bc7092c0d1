-- A table in parts of one server.
ALTER TABLE @schema@.@table@ RENAME TO plain_@table@;
CREATE TABLE @schema@.@table@ (LIKE @schema@.plain_@table@ INCLUDING ALL) PARTITION BY HASH (@key@);
DROP TABLE @schema@.plain_@table@;
