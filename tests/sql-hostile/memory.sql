-- Sorts, groups and sets that keep everything.
--! memory|time quick
SELECT n, hex(zeroblob(4000)) AS z FROM big ORDER BY z, n
--! memory|time
SELECT count(DISTINCT a.n * 100000 + b.n) FROM big a, big b
--! memory|time
SELECT count(*) FROM (SELECT a.n, b.n FROM big a, big b EXCEPT SELECT 1, 2)
--! memory|time
SELECT count(*) FROM (SELECT a.t || b.t FROM big a, big b UNION SELECT 'x')
--! memory|time
SELECT a.n * 100000 + b.n AS g, count(*) FROM big a, big b GROUP BY g ORDER BY 2
--! memory|time quick
SELECT DISTINCT hex(zeroblob(2000)) || n FROM big ORDER BY 1
--! memory|time
WITH c AS MATERIALIZED (SELECT a.t AS x, b.t AS y FROM big a, big b) SELECT count(*) FROM c
--! memory|time
SELECT * FROM (SELECT a.n, b.t FROM big a, big b ORDER BY random()) LIMIT 5
--! memory|time
SELECT count(*) FROM big a WHERE hex(zeroblob(3000)) || a.n IN (SELECT hex(zeroblob(3000)) || n FROM big)
--! memory|time
SELECT max(x) FROM (SELECT lag(z, 20000) OVER (ORDER BY n) AS x FROM (SELECT n, hex(zeroblob(4000)) AS z FROM big))
--! memory|time|too_large
SELECT k, max(x) FROM (SELECT k, group_concat(hex(zeroblob(4000))) AS x FROM big GROUP BY k, n / 100) GROUP BY k
--! ok
SELECT n, hex(zeroblob(400)) AS z FROM big ORDER BY z, n LIMIT 10
