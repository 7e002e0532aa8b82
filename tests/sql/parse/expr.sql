SELECT 1, 2.5, .5, 1e3, 'it''s', NULL, TRUE, false

SELECT a + b * c - d / e % f

SELECT (a + b) * c

SELECT a OR b AND c OR d

SELECT NOT a = b AND NOT (c OR d)

SELECT -a, +b, - -c, ~d

SELECT a || b || c + 1

@sqlite
SELECT a || b * c

@postgres
SELECT a || b + c

@mysql
SELECT a || b AND c && d, !e, f XOR g, 7 DIV 2, 5 ^ 1

SELECT a = b, a <> b, a != b, a < b, a <= b, a > b, a >= b

@sqlite
SELECT a == b, a IS b, a IS NOT 3, a ISNULL, b NOTNULL, c NOT NULL

@spark
SELECT a <=> b

SELECT a IS NULL, b IS NOT NULL, c IS TRUE, d IS NOT FALSE, e IS UNKNOWN

SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b

SELECT a BETWEEN 1 AND 2 AND b NOT BETWEEN c - 1 AND c + 1

SELECT a IN (1, 2, 3), b NOT IN ('x'), (a, b) IN ((1, 2), (3, 4)), a IN ()

SELECT a IN (SELECT b FROM t), a NOT IN ((SELECT b FROM t)), a IN ((1))

@bigquery
SELECT a IN UNNEST([1, 2, 3])

SELECT a LIKE 'x%', b NOT LIKE '%y' ESCAPE '!', c ILIKE 'z', d RLIKE 'q', e NOT ILIKE 'w'

@postgres
SELECT a SIMILAR TO 'x', b ~ 'y', c ~* 'y', d !~ 'z', e !~* 'z'

@sqlite
SELECT a GLOB 'x*'

SELECT a LIKE ANY ('x%', 'y%'), b = ANY (SELECT c FROM t), d > ALL (SELECT e FROM t)

SELECT EXISTS (SELECT 1 FROM t WHERE t.a = u.a), NOT EXISTS (SELECT 1)

SELECT (SELECT MAX(a) FROM t), (SELECT 1) + 2

SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE a WHEN 1 THEN 'x' END

SELECT CASE WHEN a > 1 AND b IN (1, 2) THEN CASE c WHEN 1 THEN 2 END ELSE NULL END AS deep

SELECT CAST(a AS INT), TRY_CAST(b AS DECIMAL(10, 2)), c::varchar(5)::date, CAST(d AS TIMESTAMP WITH TIME ZONE)

@bigquery
SELECT SAFE_CAST(a AS INT64), CAST(b AS ARRAY<STRUCT<x INT64, y ARRAY<STRING>>>), CAST(c AS STRING FORMAT 'YYYY')

@postgres
SELECT a::int[], b::double precision, c::character varying(3), d::timestamp(3) with time zone

@mysql
SELECT CONVERT(a, SIGNED), CAST(b AS UNSIGNED INTEGER)

@mysql
SELECT CAST(b AS UNSIGNED)

@spark
SELECT CAST(a AS MAP<STRING, ARRAY<INT>>), CAST(b AS STRUCT<x: INT, y: STRING>)

@postgres
SELECT a + INTERVAL '1 day', b - INTERVAL '1' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '3' DAY(3)

@bigquery
SELECT a + INTERVAL 7 DAY, DATE_ADD(d, INTERVAL n + 1 MONTH), DATE_SUB(d, INTERVAL -1 WEEK)

@spark
SELECT INTERVAL 1 DAY 2 HOURS, INTERVAL '5' MINUTE

SELECT interval, t.interval FROM t

@trino
SELECT DATE '2025-01-01', TIMESTAMP '2025-01-01 10:00:00', TIME '10:00', DECIMAL '1.5'

SELECT date, timestamp, t.date, year, "order", t."Select" FROM t

SELECT f(), g(1), h(a, b), schema.f(x), COUNT(*), COUNT(DISTINCT a, b), SUM(ALL c)

SELECT current_date, CURRENT_TIMESTAMP, CURRENT_DATE(), CURRENT_TIMESTAMP(3), localtime

SELECT LEFT(a, 2), RIGHT(b, 3), REPLACE(c, 'x', 'y'), IF(a, 1, 2), MOD(a, 2), "Fn"(x)

SELECT EXTRACT(YEAR FROM d), EXTRACT('epoch' FROM b - a), EXTRACT(DAYOFWEEK FROM ts AT TIME ZONE 'UTC')

SELECT POSITION('a' IN b), POSITION('a', b), SUBSTRING(a FROM 2 FOR 3), SUBSTRING(a, 2, 3), SUBSTR(a FROM 2)

SELECT TRIM(a), TRIM(BOTH 'x' FROM a), TRIM(LEADING FROM a), TRIM('x' FROM a), TRIM(a, 'x'), TRIM(TRAILING a)

SELECT OVERLAY(a PLACING 'x' FROM 2 FOR 1)

SELECT DATEDIFF(day, a, b), DATEADD('month', 1, d), DATE_TRUNC('week', ts), TIMESTAMPDIFF('second', a, b)

@bigquery
SELECT TIMESTAMP_DIFF(b, a, SECOND), DATE_TRUNC(ts, WEEK(MONDAY)), DATE_TRUNC(d, ISOWEEK)

@mysql
SELECT TIMESTAMPDIFF(MINUTE, a, b), DATE_ADD(a, INTERVAL 1 DAY), DATE_FORMAT(a, '%Y')

SELECT SUM(a) FILTER (WHERE b > 1), COUNT(*) FILTER (WHERE c)

SELECT LISTAGG(a, ',') WITHIN GROUP (ORDER BY b DESC), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)

@postgres
SELECT STRING_AGG(a, ',' ORDER BY b), ARRAY_AGG(DISTINCT a ORDER BY a NULLS LAST)

@bigquery
SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY y DESC LIMIT 5), ANY_VALUE(x HAVING MAX y), APPROX_QUANTILES(x, 100)[OFFSET(50)]

@mysql
SELECT GROUP_CONCAT(DISTINCT a ORDER BY b DESC SEPARATOR '; ')

@bigquery
SELECT HLL_COUNT.MERGE(s), SAFE.DIVIDE(a, b), NET.HOST(u)

@duckdb
SELECT [1, 2, 3], list_transform(l, x -> x + 1), l[1], l[1:2], {'a': 1, b: 'x'}, MAP {'k': 1}

@postgres
SELECT ARRAY[1, 2], a[1], ARRAY(SELECT b FROM t), j -> 'a' ->> 'b', ROW(1, 2), (r).x

@trino
SELECT filter(a, x -> x > 1), reduce(a, 0, (s, x) -> s + x, s -> s), a[1], MAP(k, v), ARRAY[ROW(1, 'a')]

@spark
SELECT transform(a, x -> x * 2), aggregate(a, 0, (acc, x) -> acc + x), struct(a, b), named_struct('a', 1), exists(a, x -> x = 1)

@bigquery
SELECT STRUCT(1 AS a, 'x' AS b), STRUCT<a INT64, b STRING>(1, 'x'), ARRAY<INT64>[1, 2], s.field.deep, ARRAY_AGG(STRUCT(a, b))

SELECT v:a.b[0]::string, src:user.id, PARSE_JSON(x):k

SELECT a COLLATE nocase, b COLLATE 'utf8'

@postgres
SELECT ts AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'

@mysql
SELECT "text", `a b`, 'x\'y', a'b'

@bigquery
SELECT r'a\d', b"bytes", `p.d.t`.x

@postgres
SELECT E'a\nb', $$raw 'text'$$, "Mixed"."Case"

SELECT IFF(a > 0, a, NULL), NVL(a, 0), ZEROIFNULL(a), DECODE(a, 1, 'x', 'y'), a::number(10, 2)

SELECT FLOOR(a)::int AS n, ROUND(a / NULLIF(b, 0), 2), GREATEST(a, b, c), COALESCE(a, b)

@flink
SELECT TUMBLE_START(ts, INTERVAL '5' MINUTE), HOP_END(ts, INTERVAL '1' MINUTE, INTERVAL '1' HOUR)

@duckdb
SELECT struct_pack(a := 1, b := 2), x.y.z, TRY_CAST(a AS INTEGER), a // b

@postgres
SELECT (1, 2), ROW(a), (a).b, ((a))

SELECT a AS "A b", b c, d AS first, e date, f AS end_ts, g AS value

SELECT SEQ4(), UNIFORM(1, 10, RANDOM()), a ** 2

@sqlite
SELECT [a b], x'ff', a -> '$.x', 0x1F

@trino
SELECT TRY(a / b), CAST(ROW(1, 'a') AS ROW(x INTEGER, y VARCHAR)), x'AB'

SELECT CONTAINS(l, x), f(m -> m[1])

@duckdb
SELECT list_filter(l, lambda x: x > 1), f(l, lambda a, b: a + b), a IN [1, 2], a NOT IN l, 1_000.5, b IN (1, 2)

@mysql
SELECT a MEMBER OF ('[1]'), a member

@snowflake
SELECT * ILIKE '%id%' FROM t

@postgres
SELECT 1 /* a /* b */ c */ AS x

@spark
SELECT 1 /* a /* b */ c */ AS x

@trino
SELECT a = 1 && b = 2
