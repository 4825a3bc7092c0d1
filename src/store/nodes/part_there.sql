CREATE FOREIGN TABLE @nodes@.@table@_@number@ PARTITION OF @schema@.@table@
  FOR VALUES WITH (MODULUS @count@, REMAINDER @number@)
  SERVER @server@ OPTIONS (schema_name '@part@', table_name '@table@_@number@');
