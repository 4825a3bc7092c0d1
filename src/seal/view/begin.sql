INSERT INTO view(version, origin, size, root) VALUES(?1, ?2, 0, x'')
