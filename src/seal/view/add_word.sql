INSERT OR IGNORE INTO word(key, idx) VALUES(?1, ?2)
