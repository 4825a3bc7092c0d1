CREATE TABLE @nodes@.@table@_@number@ (LIKE @schema@.plain_@table@ INCLUDING ALL);
ALTER TABLE @schema@.@table@ ATTACH PARTITION @nodes@.@table@_@number@
  FOR VALUES WITH (MODULUS @count@, REMAINDER @number@);
