INSERT INTO statement(idx, time, kind, key, envelope, type, erased) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
