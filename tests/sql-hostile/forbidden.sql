-- What a drill that only reads must refuse.
--! not_allowed quick
ATTACH 'stolen.db' AS s
--! not_allowed quick
ATTACH ':memory:' AS s
--! not_allowed
DETACH main
--! not_allowed quick
VACUUM INTO 'copy.db'
--! not_allowed
VACUUM
--! not_allowed quick
PRAGMA writable_schema = ON
--! not_allowed
PRAGMA journal_mode = WAL
--! not_allowed
PRAGMA temp_store_directory = 'x'
--! not_allowed
PRAGMA hard_heap_limit = 0
--! not_allowed
PRAGMA mmap_size = 0
--! not_allowed
PRAGMA database_list
--! not_allowed quick
SELECT load_extension('evil.so')
--! not_allowed
SELECT load_extension('evil.so', 'entry')
--! not_allowed quick
SELECT fts3_tokenizer('simple')
--! not_allowed
SELECT fts3_tokenizer('simple', x'0000000000000000')
--! not_allowed
SELECT * FROM pragma_compile_options
--! not_allowed
SELECT * FROM pragma_function_list
--! syntax
SELECT * FROM dbstat
--! syntax
SELECT readfile('passwords')
--! syntax
SELECT writefile('out', 'x')
--! syntax
SELECT edit('x')
--! not_allowed quick
INSERT INTO small VALUES (1, 2)
--! not_allowed
INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x(a)')
--! not_allowed
UPDATE sqlite_schema SET sql = 'x'
--! not_allowed|syntax
WITH q AS (SELECT 1) UPDATE sqlite_schema SET sql = 'x'
--! not_allowed quick
WITH q AS (SELECT 1) DELETE FROM small
--! not_allowed
WITH q AS (SELECT 1) INSERT INTO small SELECT 1, 2 FROM q
--! not_allowed
DELETE FROM small
--! not_allowed
DROP TABLE small
--! not_allowed
DROP VIEW v24
--! not_allowed
CREATE TABLE x AS SELECT * FROM big
--! not_allowed
CREATE TEMP VIEW x AS SELECT 1
--! not_allowed
CREATE TEMP TRIGGER x AFTER INSERT ON small BEGIN SELECT 1; END
--! not_allowed
CREATE VIRTUAL TABLE x USING fts3(a)
--! not_allowed
CREATE VIRTUAL TABLE x USING rtree(a, b, c)
--! not_allowed
CREATE INDEX i ON big(n)
--! not_allowed
ALTER TABLE small ADD COLUMN z
--! not_allowed
REINDEX
--! not_allowed
ANALYZE
--! not_allowed
BEGIN EXCLUSIVE
--! not_allowed
SAVEPOINT s
--! not_allowed
EXPLAIN SELECT 1
--! not_allowed quick
SELECT 1; DROP TABLE small
--! not_allowed
SELECT 1; SELECT 2
--! syntax
SELECT sqlite_source_id() FROM nowhere
--! not_allowed
SELECT sqlite_compileoption_get(1)
--! not_allowed
SELECT sqlite_log(1, 'x')
