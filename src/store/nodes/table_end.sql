DROP TABLE @schema@.plain_@table@;
