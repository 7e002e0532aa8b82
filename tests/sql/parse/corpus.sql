-- grain: one row a session
WITH events AS (
  SELECT profile_id, device_id, ts,
         LAG(ts) OVER (PARTITION BY profile_id ORDER BY ts, event_id) AS prev_ts
  FROM fact_play_event
),
flagged AS (
  SELECT *, CASE WHEN prev_ts IS NULL OR TIMESTAMPDIFF('second', prev_ts, ts) > 1800 THEN 1 ELSE 0 END AS is_new
  FROM events
),
numbered AS (
  SELECT *, SUM(is_new) OVER (PARTITION BY profile_id ORDER BY ts, event_id ROWS UNBOUNDED PRECEDING) AS n
  FROM flagged
)
SELECT profile_id, n, MIN(ts) AS started, MAX(ts) AS ended, COUNT(*) AS events,
       COUNT(DISTINCT device_id) > 1 AS is_handoff
FROM numbered
GROUP BY 1, 2
ORDER BY profile_id, n

SELECT t.title_id, SUM(s.watch_seconds * p.price) AS revenue
FROM fact_session s
JOIN dim_title t ON s.title_sk = t.title_sk
JOIN dim_price p
  ON p.plan_id = t.plan_id
 AND s.ts >= p.valid_from
 AND s.ts < COALESCE(p.valid_to, '9999-12-31')
WHERE s.ts >= '2025-01-01' AND s.ts < '2025-04-01'
GROUP BY t.title_id

WITH days AS (
  SELECT DATEADD('day', SEQ4(), '2025-01-01') AS d FROM TABLE(GENERATOR(ROWCOUNT => 365))
), daily AS (
  SELECT r.title_id, d.d, COALESCE(SUM(CASE WHEN f.qualified THEN 1 END), 0) AS views
  FROM releases r CROSS JOIN days d
  LEFT JOIN fact f ON f.title_id = r.title_id AND DATE(f.ts) = d.d
  WHERE d.d >= r.released
  GROUP BY 1, 2
)
SELECT title_id, d, SUM(views) OVER (PARTITION BY title_id ORDER BY d) AS total
FROM daily
QUALIFY total >= 1000000 AND COALESCE(SUM(views) OVER (PARTITION BY title_id ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < 1000000

@bigquery
WITH cohort AS (
  SELECT user_id, DATE_TRUNC(MIN(day), MONTH) AS month FROM `p.d.activity` GROUP BY user_id
)
SELECT c.month, DATE_DIFF(DATE_TRUNC(a.day, MONTH), c.month, MONTH) AS age,
       COUNT(DISTINCT a.user_id) AS users,
       SAFE_DIVIDE(COUNT(DISTINCT a.user_id), MAX(COUNT(DISTINCT a.user_id)) OVER (PARTITION BY c.month)) AS share
FROM cohort AS c JOIN `p.d.activity` AS a USING (user_id)
GROUP BY 1, 2
HAVING age BETWEEN 0 AND 12
ORDER BY 1, 2

@spark
SELECT day, country, percentile_approx(lag_s, array(0.5, 0.99)) AS p,
       collect_list(named_struct('k', k, 'v', v)) AS kv
FROM (SELECT *, unix_timestamp(b) - unix_timestamp(a) AS lag_s FROM events WHERE day >= date_sub(current_date(), 30)) e
LATERAL VIEW explode(tags) x AS tag
GROUP BY day, country

@postgres
WITH RECURSIVE chain AS (
  SELECT id, parent_id, 1 AS depth, ARRAY[id] AS path FROM node WHERE parent_id IS NULL
  UNION ALL
  SELECT n.id, n.parent_id, c.depth + 1, c.path || n.id
  FROM node n JOIN chain c ON n.parent_id = c.id
  WHERE NOT n.id = ANY (c.path)
)
SELECT depth, COUNT(*) FILTER (WHERE depth > 2) AS deep, EXTRACT(EPOCH FROM MAX(ts) - MIN(ts)) / 60.0 AS minutes
FROM chain LEFT JOIN LATERAL (SELECT ts FROM event e WHERE e.node_id = chain.id ORDER BY ts DESC LIMIT 1) l ON TRUE
GROUP BY depth ORDER BY depth

@trino
SELECT a.title_id, b.title_id, count(*) AS together
FROM (SELECT profile_id, array_agg(DISTINCT title_id) AS titles FROM plays GROUP BY profile_id) p
CROSS JOIN UNNEST(p.titles) AS a (title_id)
CROSS JOIN UNNEST(p.titles) AS b (title_id)
WHERE a.title_id < b.title_id
GROUP BY 1, 2
ORDER BY together DESC, 1, 2
LIMIT 10

@flink
CREATE TABLE play_events (
  profile_id BIGINT,
  title_id BIGINT,
  event_ts TIMESTAMP(3),
  WATERMARK FOR event_ts AS event_ts - INTERVAL '60' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'play_events_v1', 'format' = 'avro');
SELECT title_id, TUMBLE_START(event_ts, INTERVAL '5' MINUTE) AS s, COUNT(*) AS n
FROM play_events
GROUP BY title_id, TUMBLE(event_ts, INTERVAL '5' MINUTE)

@duckdb
SELECT * EXCLUDE (rn) FROM (
  SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY CASE WHEN watch IS NOT NULL THEN 0 ELSE 1 END, ingest_ts DESC) AS rn
  FROM raw
) WHERE rn = 1

@mysql
SELECT d.name, e.name, e.salary
FROM employee e JOIN department d ON d.id = e.department_id
WHERE 3 > (SELECT COUNT(DISTINCT salary) FROM employee x WHERE x.department_id = e.department_id AND x.salary > e.salary)

@sqlite
SELECT strftime('%Y-%m', ts) AS month, SUM(amount) AS total, 100.0 * SUM(amount) / SUM(SUM(amount)) OVER () AS share
FROM payment WHERE ts >= date('now', '-12 months') GROUP BY month ORDER BY month
