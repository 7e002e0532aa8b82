-- Joins and scans that multiply.
--! time quick
SELECT count(*) FROM big a, big b, big c, big d, big e, big f
--! time
SELECT count(*) FROM big a JOIN big b ON a.n = b.k OR a.k = b.n OR a.t = b.t
--! time quick
SELECT count(*) FROM big a JOIN big b ON a.n < b.n
--! time
SELECT count(*) FROM big a JOIN big b ON substr(a.t, 1, 10) || a.k = substr(b.t, 1, 10) || b.n
--! time
SELECT count(*) FROM big a LEFT JOIN big b LEFT JOIN big c
--! time quick
SELECT count(*) FROM big a WHERE NOT EXISTS (SELECT 1 FROM big b WHERE b.n > a.n + 1000000)
--! time
SELECT count(*) FROM big a WHERE (SELECT count(*) FROM big b WHERE b.n <= a.n AND b.k <> a.k) < 3
--! time
SELECT a.n FROM big a WHERE a.n = (SELECT max(b.n) FROM big b WHERE b.k = (SELECT max(c.k) FROM big c WHERE c.k < b.k AND c.n < a.n)) ORDER BY 1
--! time
SELECT count(*) FROM big a, big b WHERE a.t GLOB '*' || b.k || '*'
--! time
SELECT count(*) FROM big a, big b WHERE a.t LIKE '%' || b.n || '%'
--! time
SELECT count(*) FROM big a WHERE EXISTS (SELECT 1 FROM big b, big c WHERE b.n + c.n = a.n - 1000000)
--! time
SELECT count(*) FROM big a FULL JOIN big b ON a.n > b.n
--! time|memory
SELECT DISTINCT a.n + b.n * 100000 FROM big a, big b ORDER BY 1
--! time
SELECT max(a.n * b.n % 7919) FROM big a CROSS JOIN big b CROSS JOIN small
--! time
SELECT count(*) FROM big a WHERE a.n NOT IN (SELECT b.n * c.n FROM big b, big c)
--! too_large quick
SELECT count(*) FROM small s0<<64|, small s#>>
--! ok|time
SELECT count(*) FROM (SELECT 1 AS a) s0<<59|, (SELECT 1 AS a) s#>>
--! time|memory
SELECT count(*) FROM (SELECT a.n FROM big a, big b ORDER BY a.t || b.t)
