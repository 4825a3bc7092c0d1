-- The rows of the index at a size, in order.
SELECT key, idx FROM word WHERE idx < ?1 ORDER BY key, idx
