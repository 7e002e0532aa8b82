-- Queries whose mutants are listed in mutants.txt, one statement each; `-- ordered` before one says that its order counts.

SELECT p.id, COUNT(s.id) AS n
FROM profile p LEFT JOIN session s ON s.profile_id = p.id AND s.qualified = 1
WHERE p.created_on >= '2025-05-31' AND (p.country = 'NO' OR p.country IS NULL)
GROUP BY p.id, p.name
HAVING COUNT(s.id) > 2;

SELECT DISTINCT a.id FROM a JOIN b ON b.a_id = a.id WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.id = b.id);

SELECT id FROM a LEFT JOIN b USING (id) WHERE a.x NOT IN (1, 2) AND b.y LIKE '%q%' AND b.z BETWEEN 5 AND 10;

SELECT day, SUM(n) OVER (PARTITION BY kind, region ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week,
       SUM(n) OVER (ORDER BY day) AS total,
       ROW_NUMBER() OVER (PARTITION BY kind ORDER BY day DESC, id) AS place,
       LAG(n) OVER (ORDER BY day) AS before
FROM t;

-- ordered
SELECT kind, AVG(price) / 100.0 AS price, SUM(CASE WHEN ok THEN 1 ELSE 0 END) AS good, COUNT(DISTINCT who) AS people
FROM t WHERE at >= date('now', 'start of month', '-7 days') AND strftime('%Y-%m', at) <> '2025-05'
GROUP BY kind ORDER BY price DESC, kind LIMIT 10 OFFSET 1;

SELECT id FROM a UNION SELECT id FROM b EXCEPT SELECT id FROM c;

SELECT COALESCE(x, 0) AS x, COUNT(*) AS n FROM t WHERE x IS NOT NULL OR NOT y = 3 GROUP BY x;

SELECT (SELECT MAX(salary) FROM e WHERE salary < (SELECT MAX(salary) FROM e)) AS second;

SELECT TIMESTAMPDIFF(MINUTE, a, b) AS m, TIMESTAMPDIFF(hour, a, b) AS h FROM t WHERE a > NOW() - INTERVAL '2 DAYS';
