Where the views lie, and what their versions mean.
sqlite: what is said of a file

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier/log >/dev/null
? 0
$ akashi store info
akashi: $HOME/.local/share/akashi/portfolio.db: there are no views here yet
  → run any command that writes, or `akashi rebuild`
? 4
$ akashi party add us --name Us --roles supplier >/dev/null; akashi store info | sed -E 's/[0-9.]+ [KM]iB/N KiB/; s/: [a-z]+ [0-9]+.*store 1.*/: …, store 1, …/'
sqlite: $HOME/.local/share/akashi/portfolio.db
  size: N KiB
  schema: …, store 1, …
? 0
$ akashi store info --json | grep -E 'engine|store'
  "engine": "sqlite",
    "store": 1,
? 0

A schema that a later akashi made is left alone.

$ views=$HOME/.local/share/akashi/portfolio.db; python3 -c "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(\"UPDATE schema_part SET version=99 WHERE name='things'\"); d.commit()" $views; akashi party list
akashi: $HOME/.local/share/akashi/portfolio.db: these views were made by a newer akashi (things 99)
  → use that version, or keep views of your own with --store
? 4
$ akashi store info
akashi: $HOME/.local/share/akashi/portfolio.db: these views were made by a newer akashi (things 99)
  → use that version, or keep views of your own with --store
? 4
$ python3 -c "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); print(d.execute(\"SELECT version FROM schema_part WHERE name='things'\").fetchone()[0])" $HOME/.local/share/akashi/portfolio.db
99
? 0

Plans name no password.

$ akashi store plan --nodes 2 | grep -E 'PARTITION (BY|OF) release|posting .*PARTITION|posting_[01]|REMAINDER' | head -5
CREATE TABLE akashi.posting (LIKE akashi.plain_posting INCLUDING ALL) PARTITION BY HASH (component_id);
CREATE TABLE akashi_local.posting_0 PARTITION OF akashi.posting
  FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE akashi_local.posting_1 PARTITION OF akashi.posting
  FOR VALUES WITH (MODULUS 2, REMAINDER 1);
? 0
$ akashi store plan --server b=postgresql://u:secret@b.example/akashi | grep -E 'MAPPING|PARTITION OF akashi.posting$|CREATE SERVER|SERVER akashi_b OPTIONS'
CREATE SERVER akashi_b FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'akashi', host 'b.example',
CREATE USER MAPPING FOR CURRENT_USER SERVER akashi_b OPTIONS (user 'u', password '…');
CREATE FOREIGN TABLE akashi_nodes.posting_1 PARTITION OF akashi.posting
  SERVER akashi_b OPTIONS (schema_name 'akashi_part', table_name 'posting_1');
  SERVER akashi_b OPTIONS (schema_name 'akashi_part', table_name 'posting_block_1');
  SERVER akashi_b OPTIONS (schema_name 'akashi_part', table_name 'release_1');
  SERVER akashi_b OPTIONS (schema_name 'akashi_part', table_name 'release_list_1');
? 0
$ akashi store plan --server postgresql://u:secret@b.example/akashi
akashi: --server: server 1 is not given as NAME=postgresql://…
  → the name: small letters, digits and _, at most 32
? 2
$ akashi store plan --server b=postgresql://b.example/x --server b=postgresql://c.example/x
akashi: --server: 'b' is named twice
? 2
$ akashi store init --nodes 4
akashi: only views in PostgreSQL can lie on several servers
  → --store postgresql://…
? 2
$ akashi store info --store postgresql://u:secret/more@127.0.0.1:1/x
akashi: postgresql://127.0.0.1:1/x: this is no address of a PostgreSQL database
  → postgresql://USER@HOST:PORT/DATABASE; special characters as %XX
? 2
$ akashi store info --store 'postgresql://u:secret@127.0.0.1:1/x?akashi_schema=No'
akashi: postgresql://127.0.0.1:1/x: 'No' cannot be the name of a schema
  → small letters, digits and _, at most 47, beginning with a letter
? 2
$ akashi store info --store 'postgresql://u:secret@127.0.0.1:1/x'
akashi: postgresql://127.0.0.1:1/x: cannot connect to the database: connection to server at "127.0.0.1", port 1 failed: Connection refused
  → is the server running, and is the address right?
? 4
$ akashi store info --store 'postgresql://u:secret@127.0.0.1:1/x?password=other&options=a@b'
akashi: postgresql://b: this is no address of a PostgreSQL database
  → postgresql://USER@HOST:PORT/DATABASE; special characters as %XX
? 2
