-- A table in parts of several servers. Keys are kept within each part: what is unique contains the column that
-- decides about the part.
ALTER TABLE @schema@.@table@ RENAME TO plain_@table@;
CREATE TABLE @schema@.@table@ (LIKE @schema@.plain_@table@) PARTITION BY HASH (@key@);
