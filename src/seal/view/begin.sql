INSERT INTO view(version, origin, size) VALUES(?1, ?2, 0)
