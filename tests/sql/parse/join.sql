SELECT * FROM a JOIN b ON a.x = b.x

SELECT * FROM a INNER JOIN b USING (x, y) LEFT JOIN c ON a.z = c.z

SELECT * FROM a LEFT OUTER JOIN b ON a.x = b.x RIGHT JOIN c USING (y) FULL OUTER JOIN d USING (z)

SELECT * FROM a CROSS JOIN b, c

SELECT * FROM a NATURAL JOIN b NATURAL LEFT JOIN c

SELECT * FROM a, b WHERE a.x = b.x

SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x) AS l

@postgres
SELECT * FROM a LEFT JOIN LATERAL (SELECT * FROM b WHERE b.x = a.x ORDER BY y LIMIT 1) l ON TRUE

@postgres
SELECT * FROM a CROSS JOIN LATERAL generate_series(1, a.n) AS g(i)

@spark
SELECT * FROM a LEFT SEMI JOIN b ON a.x = b.x

@spark
SELECT * FROM a LEFT ANTI JOIN b ON a.x = b.x

@duckdb
SELECT * FROM a SEMI JOIN b USING (x) ANTI JOIN c USING (y)

@duckdb
SELECT * FROM a ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts

SELECT * FROM a ASOF JOIN b MATCH_CONDITION (a.ts >= b.ts) ON a.k = b.k

@duckdb
SELECT * FROM a ASOF LEFT JOIN b USING (k, ts)

@mysql
SELECT * FROM a JOIN b WHERE a.x = b.x

SELECT * FROM (a JOIN b ON a.x = b.x) LEFT JOIN c ON b.y = c.y

SELECT * FROM a JOIN (b JOIN c ON b.y = c.y) ON a.x = b.x

SELECT * FROM (SELECT 1 AS x) s JOIN (SELECT 1 AS x) AS t USING (x)

SELECT * FROM t1 AS a (x, y)

@bigquery
SELECT * FROM t, UNNEST(t.items) AS item WITH OFFSET AS i

@bigquery
SELECT * FROM t CROSS JOIN UNNEST([1, 2, 3]) AS x LEFT JOIN UNNEST(t.b) WITH OFFSET

@bigquery
SELECT d FROM UNNEST(GENERATE_DATE_ARRAY('2025-01-01', '2025-01-31', INTERVAL 1 DAY)) AS d

@trino
SELECT * FROM t CROSS JOIN UNNEST(a, b) WITH ORDINALITY AS u (x, y, n)

@postgres
SELECT d::date FROM generate_series('2025-01-01'::date, '2025-01-31', INTERVAL '1 day') AS d

SELECT f.value FROM t, LATERAL FLATTEN(input => t.arr) f

SELECT f.value:id::int FROM t, TABLE(FLATTEN(input => t.arr, outer => TRUE)) AS f

SELECT DATEADD(day, SEQ4(), '2025-01-01') AS d FROM TABLE(GENERATOR(ROWCOUNT => 365))

@spark
SELECT k, v FROM t LATERAL VIEW EXPLODE(arr) e AS v

@spark
SELECT k, p, v FROM t LATERAL VIEW OUTER POSEXPLODE(arr) e AS p, v LATERAL VIEW EXPLODE(m) AS x, y

@spark
SELECT EXPLODE(SEQUENCE(DATE '2025-01-01', DATE '2025-01-31', INTERVAL 1 DAY)) AS d

SELECT * FROM t PIVOT (SUM(amount) FOR month IN ('jan', 'feb' AS f)) AS p

SELECT * FROM (SELECT a, b, c FROM t) PIVOT (MAX(c) FOR b IN (1, 2)) AS p (a, one, two)

SELECT * FROM t UNPIVOT (sales FOR month IN (jan, feb, mar))

@bigquery
SELECT * FROM t UNPIVOT INCLUDE NULLS (sales FOR month IN (jan AS 'January', feb AS 'February')) AS u

@postgres
SELECT * FROM t TABLESAMPLE BERNOULLI (10) REPEATABLE (42)

SELECT * FROM t SAMPLE (10) JOIN u TABLESAMPLE SYSTEM (5 ROWS) USING (a)

@duckdb
SELECT * FROM t AS x TABLESAMPLE reservoir(20 PERCENT)

@bigquery
SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2025-01-01' AS old

SELECT * FROM t AT (TIMESTAMP => '2025-01-01'::timestamp) x

@flink
SELECT o.id, r.rate FROM orders AS o JOIN rates FOR SYSTEM_TIME AS OF o.proc_time AS r ON o.cur = r.cur

@trino
SELECT * FROM t FOR VERSION AS OF 123

@flink
SELECT window_start, window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' MINUTES)) GROUP BY window_start, window_end

@flink
SELECT * FROM TABLE(HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' MINUTES, INTERVAL '10' MINUTES)) w

@flink
SELECT * FROM TABLE(SESSION(TABLE bids PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' MINUTES))

@flink
SELECT * FROM TABLE(TUMBLE(DATA => TABLE bids, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '10' MINUTES))

@flink
SELECT title_id, TUMBLE_START(ts, INTERVAL '5' MINUTE) AS s, COUNT(*) FROM plays GROUP BY title_id, TUMBLE(ts, INTERVAL '5' MINUTE)

@duckdb
SELECT * FROM range(10) AS r(i), read_csv('x.csv')

SELECT e.name, m.name FROM emp e LEFT JOIN emp m ON m.id = e.manager_id AND m.active

SELECT p.* FROM s JOIN p ON p.plan_id = s.plan_id AND s.ts >= p.from_ts AND s.ts < COALESCE(p.to_ts, '9999-12-31')

SELECT * FROM a LEFT JOIN b ON a.x = b.x AND b.y IS NOT NULL WHERE b.x IS NULL

SELECT * FROM a JOIN b ON a.x = b.x JOIN c ON c.y = b.y, d CROSS JOIN e
