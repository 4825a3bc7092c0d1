SELECT idx, time, kind, hex(key), hex(envelope), type, erased FROM statement ORDER BY idx
