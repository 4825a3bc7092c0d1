SELECT max(idx) FROM statement WHERE kind = 'index' AND idx < ?1
