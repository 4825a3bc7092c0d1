SELECT idx, what, text, hex(key) FROM word ORDER BY idx, key
