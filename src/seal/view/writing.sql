-- The file is made beside its place and dropped when anything fails: no journal, no sync. 64 MiB of pages in memory.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -65536;
BEGIN
