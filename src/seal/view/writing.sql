-- The file is new and dropped when anything fails: no journal, no sync. 32 MiB of pages in memory.
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
BEGIN
