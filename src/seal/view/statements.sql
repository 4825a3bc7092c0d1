SELECT idx, time, kind, key, envelope, type, erased FROM statement ORDER BY idx
