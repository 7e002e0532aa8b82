-- grain: one row a title and day
WITH events AS (
    SELECT profile_id, device_id, title_id, ts,
           LAG(ts) OVER (PARTITION BY profile_id ORDER BY ts, event_id) AS prev_ts
    FROM fact_play_event
    WHERE ts >= DATEADD('day', -90, CURRENT_DATE)
      AND event_type IN ('play', 'resume', 'seek')
),
flagged AS (
    SELECT *,
           CASE
               WHEN prev_ts IS NULL OR TIMESTAMPDIFF('second', prev_ts, ts) > 1800 THEN 1
               ELSE 0
           END AS is_new
    FROM events
),
sessions AS (
    SELECT *,
           SUM(is_new) OVER (
               PARTITION BY profile_id
               ORDER BY ts
               ROWS UNBOUNDED PRECEDING
           ) AS session_no
    FROM flagged
),
days AS (
    SELECT DATEADD('day', SEQ4(), '2025-01-01') AS d -- the spine
    FROM TABLE(GENERATOR(ROWCOUNT => 365))
),
per_day AS (
    SELECT s.title_id,
           d.d AS day,
           COUNT(DISTINCT s.profile_id) AS viewers,
           COALESCE(SUM(f.watch_seconds), 0) / 3600.0 AS hours
    FROM days d
    LEFT JOIN sessions s ON DATE(s.ts) = d.d
    LEFT JOIN fact_viewing f
           ON f.profile_id = s.profile_id
          AND f.title_id = s.title_id
          AND f.ts >= s.ts
          AND f.ts < DATEADD('hour', 6, s.ts)
    GROUP BY 1, 2
),
ranked AS (
    SELECT title_id, day, viewers, hours,
           RANK() OVER (PARTITION BY day ORDER BY hours DESC, title_id) AS rk,
           SUM(hours) OVER (PARTITION BY title_id ORDER BY day
                            ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week_hours
    FROM per_day
)
SELECT r.day, t.name, r.viewers,
       ROUND(r.hours, 2) AS hours,
       ROUND(r.week_hours, 2) AS week_hours,
       r.hours / NULLIF(SUM(r.hours) OVER (PARTITION BY r.day), 0) AS share
FROM ranked r
JOIN dim_title t
  ON t.title_id = r.title_id
 AND r.day >= t.valid_from
 AND r.day < COALESCE(t.valid_to, '9999-12-31')
WHERE r.rk <= 10
QUALIFY ROW_NUMBER() OVER (PARTITION BY r.day ORDER BY r.rk, r.title_id) <= 10
ORDER BY r.day, r.rk, r.title_id
