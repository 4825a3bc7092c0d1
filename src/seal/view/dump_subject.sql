SELECT idx, at, name, uri, algorithm, digest FROM subject ORDER BY idx, at, algorithm
