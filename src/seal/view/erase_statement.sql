-- Nothing but what the leaf itself says stays.
UPDATE statement SET type = NULL, erased = ?2 WHERE idx = ?1 AND erased IS NULL
