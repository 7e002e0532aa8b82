-- Statements that do not end, or grow without end, by recursion. Form: see ../unit/test_hostile_sql.c.
--! time quick
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t
--! too_large quick
WITH RECURSIVE t(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t
--! time|memory quick
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t UNION ALL SELECT n + 2 FROM t) SELECT count(*) FROM t
--! time|memory quick
WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n + 1 FROM t) SELECT count(*) FROM t
--! time|memory
WITH RECURSIVE t(n, s) AS (SELECT 1, hex(zeroblob(500)) UNION ALL SELECT n + 1, s FROM t UNION ALL SELECT n + 1, s FROM t ORDER BY 1 DESC) SELECT count(*) FROM t
--! time|memory
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT big.n FROM t, big) SELECT count(*) FROM t
--! time
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 1000000000000) SELECT sum(n) FROM t
--! time
SELECT (WITH RECURSIVE t(n) AS (SELECT big.n UNION ALL SELECT n + 1 FROM t LIMIT 100000) SELECT max(n) FROM t) FROM big ORDER BY 1
--! time
WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a LIMIT 20000), b(y) AS (SELECT x FROM a UNION ALL SELECT y + 1 FROM b LIMIT 1000000000) SELECT count(*) FROM b
--! time
WITH RECURSIVE x(v) AS (SELECT -2.0 UNION ALL SELECT v + 0.001 FROM x WHERE v < 1.2), m(i, cx, a, b) AS (SELECT 0, v, 0.0, 0.0 FROM x UNION ALL SELECT i + 1, cx, a * a - b * b + cx, 2 * a * b FROM m WHERE a * a + b * b < 4 AND i < 100000) SELECT max(i) FROM m
--! time
WITH RECURSIVE d(t) AS (SELECT '2025-01-01 00:00:00' UNION ALL SELECT datetime(t, '+1 second') FROM d) SELECT max(t) FROM d
--! time
WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, (a + b) % 1000007 FROM f) SELECT max(a) FROM f
--! time|memory
WITH RECURSIVE p(s, n) AS (SELECT '', 0 UNION ALL SELECT s || a, n + 1 FROM p, small WHERE instr(s, a) = 0) SELECT count(*) FROM p
--! syntax
WITH RECURSIVE a(x) AS (SELECT x FROM b), b(x) AS (SELECT x FROM a) SELECT * FROM a
--! syntax
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT sum(n) OVER () FROM t) SELECT * FROM t
--! ok quick
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t
--! ok
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10000) SELECT sum(n) FROM t
