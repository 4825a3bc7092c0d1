INSERT INTO statement(idx, time, kind, key, envelope, type) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
