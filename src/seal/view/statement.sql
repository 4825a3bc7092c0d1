SELECT time, kind, key, envelope, type, erased FROM statement WHERE idx = ?1
