-- Another server, as the leading one sees it. Its commits reach its disk: the leading server counts on them.
CREATE SERVER @server@ FOREIGN DATA WRAPPER postgres_fdw OPTIONS (@options@,
  options '-c synchronous_commit=on -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0',
  connect_timeout '10', fetch_size '500', batch_size '500', async_capable 'true', parallel_commit 'true');
CREATE USER MAPPING FOR CURRENT_USER SERVER @server@ OPTIONS (@user@);
INSERT INTO @nodes@.node_server VALUES ('@name@');
CREATE FOREIGN TABLE @nodes@.mark_@name@ (one BIGINT, seq BIGINT) SERVER @server@
  OPTIONS (schema_name '@part@', table_name 'node_mark');
CREATE FOREIGN TABLE @nodes@.call_@name@ (op TEXT, seq BIGINT) SERVER @server@
  OPTIONS (schema_name '@part@', table_name 'node_call');
CREATE FOREIGN TABLE @nodes@.size_@name@ (bytes BIGINT) SERVER @server@
  OPTIONS (schema_name '@part@', table_name 'node_size');
