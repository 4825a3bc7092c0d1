PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN
