-- Single calls that make much or take long: no step is counted inside them.
--! too_large quick
SELECT randomblob(1000000000)
--! too_large quick
SELECT hex(zeroblob(500000000))
--! too_large
SELECT zeroblob(2147483647)
--! too_large
SELECT <<13|hex(>>'0123456789abcdef'<<13|)>>
--! too_large quick
SELECT replace(hex(zeroblob(40000)), '0', 'abcdefghijklmnopqrstuvwxyz')
--! time quick
SELECT printf('%.*c', 999999999, 'x'), printf('%.*c', 999999998, 'x'), printf('%.*c', 999999997, 'x'), printf('%.*c', 999999996, 'x')
--! time
SELECT 1<<20|, length(format('%.*c', 999999999 - #, 'y'))>>
--! too_large|time|ok
SELECT length(printf('%0999999999d', 1))
--! too_large|time|ok
SELECT length(printf('%999999999s', 'x'))
--! too_large|time|ok
SELECT length(printf('%.999999999f', 1.5))
--! time|ok
SELECT 1<<30|, instr(hex(zeroblob(49000)), hex(zeroblob(24000)) || '#')>>
--! too_large
SELECT length(trim(hex(zeroblob(49000)), hex(zeroblob(20000))))
--! time
SELECT 1<<20|, length(trim(hex(zeroblob(49000)), '#' || replace(hex(zeroblob(3900)), '0', 'x') || '0'))>>
--! time quick
SELECT sum(instr(hex(zeroblob(45000)), hex(zeroblob(20000)) || n)) FROM big
--! too_large quick
SELECT count(*) FROM big WHERE t LIKE '<<50|%a_>>%'
--! too_large
SELECT count(*) FROM big WHERE t GLOB '<<60|*a>>*'
--! ok|time
SELECT count(*) FROM big WHERE hex(zeroblob(100)) LIKE '<<45|%0>>1'
--! time|ok
SELECT 1<<20|, length(replace(hex(zeroblob(49000)), hex(zeroblob(24000)) || '#', 'x'))>>
--! too_large
SELECT quote(zeroblob(90000))
--! too_large
WITH s(x) AS (SELECT hex(zeroblob(30000))) SELECT x || x || x || x FROM s
--! too_large quick
SELECT group_concat(t || t || t || t) FROM big
--! too_large
SELECT json_group_array(t || t || t || t) FROM big
--! too_large
SELECT json_group_object(n, t || t || t) FROM big
--! time|ok|too_large
WITH o(j) AS (SELECT json_group_object('k' || n, n) FROM big WHERE n < 5000) SELECT length(json_patch(j, j))<<20|, length(json_patch(j, replace(j, 'k', 'm#')))>> FROM o
--! ok|too_large|runtime
SELECT count(*) FROM json_tree('<<2500|[>>1<<2500|]>>')
--! runtime
SELECT json_extract('{"a":', '$.a')
--! time|ok
SELECT count(*) FROM json_each((SELECT json_group_array(n) FROM big WHERE n < 15000)), json_each((SELECT json_group_array(n) FROM big WHERE n < 15000))
--! time|ok
SELECT sum(length(upper(lower(hex(zeroblob(45000)))))) FROM big
--! time|ok
SELECT sum(unicode(substr(hex(zeroblob(45000)), -n))) FROM big
--! time|memory
SELECT max(length(hex(randomblob(45000)))) FROM big a, big b
--! time
SELECT max(soundex(a.t || b.t)) FROM big a, big b
--! time
SELECT max(strftime('%Y-%m-%d %H:%M:%f %J %s %w', a.n * 86400, 'unixepoch', '+' || b.n || ' days')) FROM big a, big b
