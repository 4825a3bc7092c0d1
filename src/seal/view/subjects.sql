SELECT at, name, uri, algorithm, digest FROM subject WHERE idx = ?1 ORDER BY at, algorithm
