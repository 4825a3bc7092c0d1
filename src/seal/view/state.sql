SELECT version, origin, size FROM view
