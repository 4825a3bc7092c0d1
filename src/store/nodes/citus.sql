-- Citus spreads the table over its workers; tables with keys of one kind lie together.
SELECT create_distributed_table('@schema@.@table@', '@key@', colocate_with => '@with@', shard_count => @count@);
