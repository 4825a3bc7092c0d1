SELECT e.idx, e.target, s.kind, hex(s.key) FROM erasure e JOIN statement s ON s.idx = e.target
WHERE s.erased IS NULL AND e.idx > e.target ORDER BY e.idx
