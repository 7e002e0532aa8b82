-- Texts that cost before the first step: expansion, nesting, length.
--! memory|time quick
WITH t0(x) AS (SELECT 1)<<24|, t#(x) AS (SELECT p.x FROM t@ AS p, t@ AS q)>> SELECT count(*) FROM t24
--! memory|time
WITH t0(x) AS (SELECT 1)<<22|, t#(x) AS (SELECT (SELECT x FROM t@) + (SELECT x FROM t@))>> SELECT x FROM t22
--! memory|time
WITH t0(x) AS (SELECT 1)<<20|, t#(x) AS (SELECT x FROM t@ UNION ALL SELECT x FROM t@)>> SELECT count(*) FROM t20
--! memory|time
SELECT count(*) FROM v24
--! memory|time|ok
WITH t0(x) AS (SELECT 1)<<300|, t#(x) AS (SELECT x + 1 FROM t@)>> SELECT x FROM t300
--! memory|time|ok
WITH t0(x) AS (SELECT 1)<<1200|, t#(x) AS (SELECT x FROM t@)>> SELECT x FROM t1200
--! too_large quick
SELECT <<400|(>>1<<400|)>>
--! too_large quick
SELECT <<150|(1 + >>1<<150|)>>
--! too_large
SELECT 1<<150| + 1>>
--! too_large
SELECT <<500|- >>1
--! too_large
SELECT <<300|NOT >>1
--! ok|too_large
SELECT 1<<300| COLLATE nocase>>
--! too_large
SELECT <<120|CASE WHEN n = # THEN # ELSE >>0<<120| END>> FROM small_n
--! too_large|ok
SELECT <<60|CASE WHEN a = # THEN # ELSE >>0<<60| END>> FROM small
--! too_large quick
SELECT 1<<60| UNION ALL SELECT #>>
--! ok
SELECT 1<<49| UNION ALL SELECT #>>
--! too_large quick
SELECT 1<<250|, # AS c#>>
--! too_large
SELECT max(0<<40|, #>>)
--! too_large quick
SELECT count(*) FROM big WHERE n IN (0<<30000|,#>>)
--! ok
SELECT count(*) FROM big WHERE n IN (0<<9000|,#>>)
--! ok|too_large|memory
SELECT count(*) FROM big WHERE n = 0<<90| OR n = #>>
--! ok|too_large|memory|time
SELECT count(*) FROM big WHERE <<95|(SELECT max(n) FROM small_n WHERE n > # AND >>1<<95|)>>
--! ok|too_large|memory
SELECT count(*) FROM <<95|(SELECT * FROM >>small<<95|)>>
--! ok
VALUES (0)<<8000|,(#)>>
--! too_large
SELECT '<<70000|x>>'
--! ok
SELECT length('<<60000|x>>')
--! ok|syntax
SELECT 1 AS <<50000|x>>
--! ok|too_large|memory
SELECT x.*<<60|, x.*>> FROM small x
--! memory|time|ok|too_large
SELECT * FROM small a<<40| JOIN small s# USING (a)>>
--! syntax
SELECT <<10000|a.>>b
--! ok|too_large|memory|syntax
WITH w(x) AS (SELECT 1) SELECT <<200|(SELECT max(x) FROM w WHERE x IN >>(1)<<200|)>>
