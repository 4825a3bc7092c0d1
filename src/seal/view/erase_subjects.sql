DELETE FROM subject WHERE idx = ?1
