SELECT version, origin, size, root FROM view
