UPDATE view SET size = ?1
