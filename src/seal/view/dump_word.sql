SELECT idx, hex(key) FROM word ORDER BY idx, key
