INSERT INTO erasure(idx, target) VALUES(?1, ?2)
