-- Results that flood or carry what a screen must not get; and texts that are no SQL.
--! ok quick
SELECT a.n, b.n FROM big a, big b
--! ok
SELECT n<<150|, t AS t#>> FROM big
--! ok quick
SELECT hex(zeroblob(49000)) FROM big
--! ok
SELECT zeroblob(90000) FROM big
--! ok
SELECT CAST(x'00ff1b5d303b61071bc0af' AS TEXT) AS "a"
--! ok
SELECT char(27) || ']0;title' || char(7) || char(8238) || char(55296) AS "c"
--! ok
SELECT 9e999, -9e999, 9e999 - 9e999, 1e-320, -0.0, 9223372036854775807
--! runtime quick
SELECT abs(-9223372036854775807 - 1)
--! runtime
SELECT sum(n * 1000000000000000) FROM big
--! syntax
SELECT 'never closed
--! syntax
SELECT /* never closed
--! syntax quick
)))) ((((
--! syntax
SELECT 1 FROM big WHERE
--! syntax
ÿþSELECT 1
--! syntax
@@@@ ???? ####
--! syntax
SELECT ?1 + :a + @b + $c
--! syntax
select select select select
