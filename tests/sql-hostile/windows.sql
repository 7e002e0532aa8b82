-- Window functions with frames that are scanned again for every row.
--! time
SELECT max(s) FROM (SELECT sum(a.n) OVER (ORDER BY a.n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS s FROM big a)
--! time quick
SELECT max(m) FROM (SELECT max(n) OVER (ORDER BY n ROWS BETWEEN 12000 PRECEDING AND 12000 FOLLOWING EXCLUDE TIES) AS m FROM big)
--! time|too_large|memory quick
SELECT length(g) FROM (SELECT group_concat(t) OVER (ORDER BY n) AS g FROM big) ORDER BY 1 DESC
--! time|memory
SELECT max(v) FROM (SELECT nth_value(n, 20000) OVER (ORDER BY k, n ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP) AS v FROM big)
--! time|memory
SELECT sum(r) FROM (SELECT rank() OVER (ORDER BY a.k * b.k, a.n) AS r FROM big a, big b)
--! time|memory
SELECT json_group_array(t) OVER (ORDER BY n ROWS BETWEEN 5000 PRECEDING AND CURRENT ROW) FROM big ORDER BY 1 DESC
--! ok|time|too_large
SELECT n<<40|, sum(n + #) OVER (PARTITION BY k + # ORDER BY n) AS w#>> FROM big
--! too_large quick
SELECT row_number() OVER (ORDER BY 1<<30000|, #>>) FROM small
--! ok|too_large|time
SELECT row_number() OVER (ORDER BY b<<8000|,b>>) FROM small
--! syntax
SELECT n FROM big WHERE row_number() OVER (ORDER BY n) = 1
