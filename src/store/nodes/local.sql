-- The parts of a server that holds all of them lie in a schema of their own.
CREATE SCHEMA @local@;
