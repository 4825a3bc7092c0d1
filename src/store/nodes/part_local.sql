CREATE TABLE @local@.@table@_@number@ PARTITION OF @schema@.@table@
  FOR VALUES WITH (MODULUS @count@, REMAINDER @number@);
