SELECT idx FROM word WHERE key = ?1 AND idx < ?2 ORDER BY idx
