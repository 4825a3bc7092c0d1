UPDATE view SET size = ?1, root = ?2
