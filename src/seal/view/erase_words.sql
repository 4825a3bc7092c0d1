DELETE FROM word WHERE idx = ?1 AND NOT (what = 'kind' AND text = ?2) AND NOT (what = 'key' AND text = ?3)
