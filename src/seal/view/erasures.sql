SELECT idx, target FROM erasure ORDER BY idx
