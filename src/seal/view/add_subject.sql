INSERT INTO subject(idx, at, name, uri, algorithm, digest) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
