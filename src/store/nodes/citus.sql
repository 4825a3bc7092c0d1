-- Citus spreads the table over its workers; tables with keys of one kind lie together. The number of shards is said of the
-- first of them: together with the name of another table Citus refuses it.
SELECT create_distributed_table('@schema@.@table@', '@key@', colocate_with => '@with@'@shards@);
