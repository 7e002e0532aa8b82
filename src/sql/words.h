// words: the words the parser acts on, and what else a token can be, as one number.
//
// A symbol is 0 for a token without meaning of its own, an ASCII code for a one-byte operator,
// SYM_… for a longer one, WORD_… for a word that is not in quotes. Whether a word may still be a
// name is in its flags: the grammar of the union reserves less than any dialect does.
#ifndef SQL_WORDS_H
#define SQL_WORDS_H
#include "sql/sql.h"

enum {
    WORD_RESERVED = 1, // never a name without quotes
    WORD_NO_ALIAS = 2, // a name, but no alias without AS: it goes on with the query instead
};

// Sorted by bytes.
// clang-format off
#define SQL_WORDS(W) \
    W(ALL, WORD_RESERVED) \
    W(ALTER, 0) \
    W(ALWAYS, 0) \
    W(ANALYZE, 0) \
    W(AND, WORD_RESERVED) \
    W(ANTI, WORD_NO_ALIAS) \
    W(ANY, 0) \
    W(ARRAY, 0) \
    W(AS, WORD_RESERVED) \
    W(ASC, WORD_RESERVED) \
    W(ASOF, WORD_NO_ALIAS) \
    W(AT, 0) \
    W(BEGIN, 0) \
    W(BERNOULLI, 0) \
    W(BETWEEN, WORD_RESERVED) \
    W(BIGINT, 0) \
    W(BIGNUMERIC, 0) \
    W(BINARY, 0) \
    W(BLOCK, 0) \
    W(BOOLEAN, 0) \
    W(BOTH, 0) \
    W(BY, WORD_RESERVED) \
    W(BYTES, 0) \
    W(CALL, 0) \
    W(CASE, WORD_RESERVED) \
    W(CAST, WORD_RESERVED) \
    W(CHECK, 0) \
    W(CLUSTER, WORD_NO_ALIAS) \
    W(COLLATE, WORD_NO_ALIAS) \
    W(COLUMN, 0) \
    W(COLUMNS, 0) \
    W(COMMENT, 0) \
    W(COMMIT, 0) \
    W(CONFLICT, 0) \
    W(CONNECT, WORD_NO_ALIAS) \
    W(CONSTRAINT, 0) \
    W(CONVERT, 0) \
    W(COPY, 0) \
    W(CREATE, WORD_RESERVED) \
    W(CROSS, WORD_RESERVED) \
    W(CUBE, 0) \
    W(CURRENT, 0) \
    W(CURRENT_DATE, 0) \
    W(CURRENT_TIME, 0) \
    W(CURRENT_TIMESTAMP, 0) \
    W(CURRENT_USER, 0) \
    W(DATE, 0) \
    W(DATETIME, 0) \
    W(DAY, 0) \
    W(DECIMAL, 0) \
    W(DEFAULT, 0) \
    W(DELETE, WORD_RESERVED) \
    W(DESC, WORD_RESERVED) \
    W(DESCRIBE, 0) \
    W(DESCRIPTOR, 0) \
    W(DISTINCT, WORD_RESERVED) \
    W(DISTRIBUTE, WORD_NO_ALIAS) \
    W(DIV, WORD_NO_ALIAS) \
    W(DO, 0) \
    W(DOUBLE, 0) \
    W(DROP, WORD_RESERVED) \
    W(DUPLICATE, 0) \
    W(ELSE, WORD_RESERVED) \
    W(END, WORD_RESERVED) \
    W(ENFORCED, 0) \
    W(ESCAPE, WORD_NO_ALIAS) \
    W(EXCEPT, WORD_RESERVED) \
    W(EXCLUDE, 0) \
    W(EXECUTE, 0) \
    W(EXISTS, WORD_RESERVED) \
    W(EXPLAIN, 0) \
    W(EXTRACT, 0) \
    W(FALSE, 0) \
    W(FETCH, WORD_NO_ALIAS) \
    W(FILTER, WORD_NO_ALIAS) \
    W(FIRST, 0) \
    W(FOLLOWING, 0) \
    W(FOR, WORD_RESERVED) \
    W(FOREIGN, 0) \
    W(FORMAT, 0) \
    W(FROM, WORD_RESERVED) \
    W(FULL, WORD_RESERVED) \
    W(FUNCTION, 0) \
    W(GENERATED, 0) \
    W(GLOB, WORD_NO_ALIAS) \
    W(GRANT, 0) \
    W(GROUP, WORD_RESERVED) \
    W(GROUPING, 0) \
    W(GROUPS, 0) \
    W(HAVING, WORD_RESERVED) \
    W(HIVE, 0) \
    W(HOUR, 0) \
    W(IF, 0) \
    W(IGNORE, WORD_NO_ALIAS) \
    W(ILIKE, WORD_NO_ALIAS) \
    W(IN, WORD_RESERVED) \
    W(INCLUDE, 0) \
    W(INDEX, 0) \
    W(INNER, WORD_RESERVED) \
    W(INSERT, WORD_RESERVED) \
    W(INTERSECT, WORD_RESERVED) \
    W(INTERVAL, 0) \
    W(INTO, WORD_RESERVED) \
    W(INVALIDATE, 0) \
    W(IS, WORD_RESERVED) \
    W(ISNULL, WORD_NO_ALIAS) \
    W(JOIN, WORD_RESERVED) \
    W(JSON, 0) \
    W(KEY, 0) \
    W(LANGUAGE, 0) \
    W(LAST, 0) \
    W(LATERAL, WORD_NO_ALIAS) \
    W(LEADING, 0) \
    W(LEFT, WORD_RESERVED) \
    W(LIKE, WORD_RESERVED) \
    W(LIMIT, WORD_RESERVED) \
    W(LOCALTIME, 0) \
    W(LOCALTIMESTAMP, 0) \
    W(LOCK, 0) \
    W(LOCKED, 0) \
    W(MAP, 0) \
    W(MATCHED, 0) \
    W(MATCH_CONDITION, WORD_NO_ALIAS) \
    W(MATCH_RECOGNIZE, WORD_NO_ALIAS) \
    W(MATERIALIZED, 0) \
    W(MAX, 0) \
    W(MERGE, 0) \
    W(METADATA, 0) \
    W(MIN, 0) \
    W(MINUS, WORD_NO_ALIAS) \
    W(MINUTE, 0) \
    W(MONTH, 0) \
    W(NAME, 0) \
    W(NATURAL, WORD_RESERVED) \
    W(NO, 0) \
    W(NOT, WORD_RESERVED) \
    W(NOTHING, 0) \
    W(NOTNULL, WORD_NO_ALIAS) \
    W(NULL, WORD_RESERVED) \
    W(NULLS, 0) \
    W(NUMERIC, 0) \
    W(OF, 0) \
    W(OFFSET, WORD_NO_ALIAS) \
    W(OFFSETS, 0) \
    W(ON, WORD_RESERVED) \
    W(ONLY, 0) \
    W(OPTIONS, 0) \
    W(OR, WORD_RESERVED) \
    W(ORDER, WORD_RESERVED) \
    W(ORDINALITY, 0) \
    W(OTHERS, 0) \
    W(OUTER, WORD_RESERVED) \
    W(OVER, WORD_NO_ALIAS) \
    W(OVERFLOW, 0) \
    W(OVERLAPS, WORD_NO_ALIAS) \
    W(OVERLAY, 0) \
    W(OVERWRITE, 0) \
    W(PARTITION, 0) \
    W(PARTITIONED, 0) \
    W(PARTITIONS, 0) \
    W(PERCENT, 0) \
    W(PERIOD, 0) \
    W(PIVOT, WORD_NO_ALIAS) \
    W(PLACING, 0) \
    W(POSITION, 0) \
    W(POSITIONAL, WORD_NO_ALIAS) \
    W(PRAGMA, 0) \
    W(PRECEDING, 0) \
    W(PRECISION, 0) \
    W(PRIMARY, 0) \
    W(QUALIFY, WORD_NO_ALIAS) \
    W(QUARTER, 0) \
    W(RANGE, 0) \
    W(RECURSIVE, WORD_NO_ALIAS) \
    W(REFERENCES, 0) \
    W(REFRESH, 0) \
    W(REGEXP, WORD_NO_ALIAS) \
    W(RENAME, 0) \
    W(REPEATABLE, 0) \
    W(REPLACE, 0) \
    W(REPLACING, 0) \
    W(RESPECT, WORD_NO_ALIAS) \
    W(RETURNING, WORD_NO_ALIAS) \
    W(REVOKE, 0) \
    W(RIGHT, WORD_RESERVED) \
    W(RLIKE, WORD_NO_ALIAS) \
    W(ROLLBACK, 0) \
    W(ROLLUP, 0) \
    W(ROW, 0) \
    W(ROWS, 0) \
    W(SAFE_CAST, 0) \
    W(SAMPLE, 0) \
    W(SECOND, 0) \
    W(SEED, 0) \
    W(SELECT, WORD_RESERVED) \
    W(SEMI, WORD_NO_ALIAS) \
    W(SEPARATOR, 0) \
    W(SET, WORD_RESERVED) \
    W(SETS, 0) \
    W(SHOW, 0) \
    W(SIMILAR, WORD_NO_ALIAS) \
    W(SOME, 0) \
    W(SORT, WORD_NO_ALIAS) \
    W(SOURCE, 0) \
    W(START, WORD_NO_ALIAS) \
    W(STORED, 0) \
    W(STRAIGHT_JOIN, WORD_NO_ALIAS) \
    W(STRUCT, 0) \
    W(SUBSTR, 0) \
    W(SUBSTRING, 0) \
    W(SYMMETRIC, 0) \
    W(SYSDATE, 0) \
    W(SYSTEM_TIME, 0) \
    W(TABLE, WORD_NO_ALIAS) \
    W(TABLES, 0) \
    W(TABLESAMPLE, WORD_NO_ALIAS) \
    W(TARGET, 0) \
    W(TBLPROPERTIES, 0) \
    W(TEMP, 0) \
    W(TEMPORARY, 0) \
    W(THEN, WORD_RESERVED) \
    W(TIES, 0) \
    W(TIME, 0) \
    W(TIMESTAMP, 0) \
    W(TIMESTAMPTZ, 0) \
    W(TIMESTAMP_LTZ, 0) \
    W(TIMESTAMP_NTZ, 0) \
    W(TIMESTAMP_TZ, 0) \
    W(TO, 0) \
    W(TOP, 0) \
    W(TRAILING, 0) \
    W(TRANSIENT, 0) \
    W(TRIM, 0) \
    W(TRUE, 0) \
    W(TRUNCATE, 0) \
    W(TRY_CAST, 0) \
    W(UNBOUNDED, 0) \
    W(UNION, WORD_RESERVED) \
    W(UNIQUE, 0) \
    W(UNKNOWN, 0) \
    W(UNLOGGED, 0) \
    W(UNNEST, 0) \
    W(UNPIVOT, WORD_NO_ALIAS) \
    W(UPDATE, WORD_RESERVED) \
    W(USE, WORD_NO_ALIAS) \
    W(USING, WORD_RESERVED) \
    W(UUID, 0) \
    W(VACUUM, 0) \
    W(VALUE, 0) \
    W(VALUES, WORD_RESERVED) \
    W(VARYING, 0) \
    W(VERSION, 0) \
    W(VIEW, 0) \
    W(VIRTUAL, 0) \
    W(WATERMARK, 0) \
    W(WEEK, 0) \
    W(WHEN, WORD_RESERVED) \
    W(WHERE, WORD_RESERVED) \
    W(WINDOW, WORD_NO_ALIAS) \
    W(WITH, WORD_RESERVED) \
    W(WITHIN, WORD_NO_ALIAS) \
    W(WITHOUT, 0) \
    W(XOR, WORD_NO_ALIAS) \
    W(YEAR, 0) \
    W(ZONE, 0)

// clang-format on

enum {
    SYM_NONE,
    SYM_LONG = 128, // operators of several bytes, in the order of the table in words.c
    SYM_SAME = SYM_LONG,
    SYM_JSON_TEXT,
    SYM_NOT_MATCH_ANY,
    SYM_COLONS,
    SYM_CONCAT,
    SYM_LE,
    SYM_GE,
    SYM_NE,
    SYM_BANG_NE,
    SYM_EQ_EQ,
    SYM_ARROW,
    SYM_FAT_ARROW,
    SYM_SHIFT_LEFT,
    SYM_SHIFT_RIGHT,
    SYM_AND_AND,
    SYM_NOT_MATCH,
    SYM_MATCH_ANY,
    SYM_ASSIGN,
    SYM_POWER,
    SYM_HOLDS,
    SYM_HELD,
    SYM_HAS_ANY,
    SYM_HAS_ALL,
    SYM_PATH_TEXT,
    SYM_PATH,
    WORD_FIRST_ = 256,
#define SQL_WORD_ENUM(name, flags) WORD_##name,
    SQL_WORDS(SQL_WORD_ENUM)
#undef SQL_WORD_ENUM
        WORD_END_,
};

int sql_word_of(Str text);     // the WORD_… of a text in any case, or SYM_NONE
int sql_word_flags(int word);  // of a WORD_…
Str sql_word_text(int word);   // in capitals
int sql_operator_of(Str text); // the symbol of an operator
Str sql_operator_text(int symbol);
#endif
