INSERT OR IGNORE INTO word(key, idx, what, text) VALUES(?1, ?2, ?3, ?4)
