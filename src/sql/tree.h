// tree: the syntax tree of the union of the dialects: one node type, a table of kinds.
//
// A node has a kind, the bytes it was read from, and children. The first children stand in fixed
// roles (the kind's row in the table names them; an absent one is NULL); behind them comes the
// tail, a list without holes. A pass over the tree is a table indexed by SqlKind; results of a pass
// stand in arrays indexed by `id`. Parentheses are no nodes: `parens` counts them, and `at`/`end`
// are those of what stands inside. Chains of AND and OR are one node with a tail, and no tree is
// higher than SQL_HEIGHT_MAX, so a pass may recurse.
#ifndef SQL_TREE_H
#define SQL_TREE_H
#include "base/str.h"

enum { SQL_HEIGHT_MAX = 1500, SQL_DEPTH_MAX = 300, SQL_ROLES_MAX = 10 };

typedef enum {
    NODE_SCRIPT, // tail: statements
    // expressions
    NODE_NULL,
    NODE_BOOLEAN,  // text: TRUE, FALSE or UNKNOWN in capitals
    NODE_NUMBER,   // text: as written
    NODE_STRING,   // text: its value
    NODE_TYPED,    // DATE '…': text: the type in capitals
    NODE_INTERVAL, // tail: parts
    NODE_PART,     // one amount of an interval; text: the unit in capitals, or empty
    NODE_NAME,     // an identifier; text: without quotes
    NODE_COLUMN,   // tail: names, the last one is the column's
    NODE_STAR,
    NODE_UNARY,
    NODE_BINARY,
    NODE_AND,
    NODE_OR,
    NODE_QUANTIFIED, // a = ANY (…), LIKE ANY (…)
    NODE_IS,         // IS [NOT] NULL, TRUE …: the op says which
    NODE_BETWEEN,
    NODE_IN,
    NODE_LIKE,
    NODE_EXISTS,
    NODE_SUBQUERY,
    NODE_CASE, // tail: whens
    NODE_WHEN,
    NODE_CAST,
    NODE_TYPE, // text: the name in capitals; tail: numbers, types, fields
    NODE_CALL, // text: the function's name as written; tail: arguments
    NODE_ARG,  // a named argument; text: its name
    NODE_TABLE_ARG,
    NODE_WINDOW, // OVER (…), or a named one; text: the name it builds on
    NODE_FRAME,
    NODE_BOUND,
    NODE_ORDER_BY,
    NODE_ORDER_ITEM,
    NODE_ARRAY,
    NODE_ROW, // (a, b) and ROW(a, b)
    NODE_STRUCT,
    NODE_FIELD, // a field of a struct literal or type; text: its name
    NODE_MAP,   // tail: keys and values by turns
    NODE_SUBSCRIPT,
    NODE_MEMBER, // base.text or base:text
    NODE_LAMBDA,
    NODE_COLLATE,
    NODE_AT_ZONE,
    NODE_DEFAULT,
    NODE_LIST, // a tail without more meaning than its role gives it
    // queries
    NODE_QUERY,
    NODE_WITH,
    NODE_CTE,
    NODE_SETOP,
    NODE_SELECT,
    NODE_ITEM,
    NODE_VALUES,
    NODE_LIMIT,
    NODE_GROUP_BY,
    NODE_GROUPING, // ROLLUP, CUBE, GROUPING SETS
    NODE_FROM,     // tail: what commas join
    NODE_TABLE,    // tail: names, the last one is the table's
    NODE_ALIAS,
    NODE_DERIVED,
    NODE_TABLE_CALL,
    NODE_JOIN,
    NODE_LATERAL_VIEW,
    NODE_PIVOT,
    NODE_UNPIVOT,
    NODE_SAMPLE,
    NODE_AS_OF,
    // writes
    NODE_INSERT,
    NODE_CONFLICT,
    NODE_UPDATE,
    NODE_DELETE,
    NODE_MERGE,
    NODE_MERGE_WHEN,
    NODE_ASSIGN,
    NODE_CREATE_TABLE,
    NODE_CREATE_VIEW,
    NODE_COLUMN_DEF,
    NODE_CONSTRAINT, // text: its name; tail: WORDS that are said of it
    NODE_CLAUSE,     // of a table, behind its columns: the op says which
    NODE_WORDS,      // text: words that are kept as they stand
    NODE_TRANSFORM, // of a translation: a function of a clause, which is not the dialect's function
    NODE_WATERMARK,
    NODE_PROPERTY, // text: the name of an option
    NODE_DROP,
    NODE_TRUNCATE,
    NODE_TRANSACTION, // text: BEGIN, COMMIT or ROLLBACK
    NODE_LAST = NODE_TRANSACTION,
} SqlKind;
enum { NODE_COUNT_ = NODE_LAST + 1 };

// The fixed roles of each kind, in the order of the table in tree.c.
enum { ONLY = 0 };                               // the one child of kinds with one role
enum { LEFT_SIDE, RIGHT_SIDE };                  // BINARY, QUANTIFIED, SETOP
enum { OPERAND, OPERAND_SECOND, OPERAND_THIRD }; // BETWEEN low high; LIKE pattern escape; IN set
enum { PART_AMOUNT, PART_TO };                   // PART
enum { STAR_OF, STAR_EXCEPT, STAR_REPLACE, STAR_RENAME };
enum { CASE_OPERAND, CASE_ELSE };
enum { WHEN_CONDITION, WHEN_RESULT };
enum { CAST_VALUE, CAST_TYPE, CAST_FORMAT };
enum {
    CALL_SCHEMA, // LIST of names before the function's own: SAFE.f, db.f
    CALL_ORDER,
    CALL_LIMIT,
    CALL_SEPARATOR,
    CALL_HAVING, // HAVING MAX x inside ANY_VALUE
    CALL_WITHIN,
    CALL_FILTER,
    CALL_OVER,
};
enum { WINDOW_PARTITION, WINDOW_ORDER, WINDOW_FRAME };
enum { FRAME_START, FRAME_END };
enum { SUBSCRIPT_BASE, SUBSCRIPT_INDEX, SUBSCRIPT_TO };
enum { LAMBDA_PARAMS, LAMBDA_BODY };
enum { QUERY_WITH, QUERY_BODY, QUERY_ORDER, QUERY_LIMIT };
enum { CTE_COLUMNS, CTE_QUERY };
enum {
    SELECT_ON,  // DISTINCT ON (…)
    SELECT_TOP, // LIMIT
    SELECT_ITEMS,
    SELECT_FROM,
    SELECT_WHERE,
    SELECT_GROUP,
    SELECT_HAVING,
    SELECT_WINDOWS, // LIST of WINDOW with their own names in ITEM
    SELECT_QUALIFY,
};
enum { ITEM_VALUE, ITEM_ALIAS };
enum { LIMIT_COUNT, LIMIT_OFFSET };
enum { TABLE_ALIAS, TABLE_AS_OF, TABLE_SAMPLE }; // TABLE
enum { ALIAS_NAME, ALIAS_COLUMNS };
enum { DERIVED_QUERY, DERIVED_ALIAS, DERIVED_SAMPLE };
enum { TABLE_CALL_CALL, TABLE_CALL_ALIAS, TABLE_CALL_OFFSET, TABLE_CALL_SAMPLE };
enum { JOIN_LEFT, JOIN_RIGHT, JOIN_ON, JOIN_USING, JOIN_MATCH };
enum { VIEW_LEFT, VIEW_CALL, VIEW_ALIAS };
enum { PIVOT_SOURCE, PIVOT_AGGREGATES, PIVOT_FOR, PIVOT_IN, PIVOT_ALIAS };
enum { UNPIVOT_SOURCE, UNPIVOT_VALUE, UNPIVOT_NAME, UNPIVOT_IN, UNPIVOT_ALIAS };
enum { SAMPLE_AMOUNT, SAMPLE_SEED };
enum {
    INSERT_WITH,
    INSERT_TABLE,
    INSERT_PARTITION,
    INSERT_COLUMNS,
    INSERT_QUERY,
    INSERT_CONFLICT,
    INSERT_RETURNING,
    INSERT_REPLACED, // Spark's REPLACE WHERE: the rows that make way
};
enum { CONFLICT_TARGET, CONFLICT_TARGET_WHERE, CONFLICT_SET, CONFLICT_WHERE };
enum {
    UPDATE_WITH,
    UPDATE_TABLE,
    UPDATE_SET,
    UPDATE_FROM,
    UPDATE_WHERE,
    UPDATE_RETURNING,
    UPDATE_ORDER, // MySQL: which rows first
    UPDATE_LIMIT,
};
enum {
    DELETE_WITH,
    DELETE_TABLE,
    DELETE_USING,
    DELETE_WHERE,
    DELETE_RETURNING,
    DELETE_ORDER,
    DELETE_LIMIT,
};
enum { MERGE_WITH, MERGE_TABLE, MERGE_SOURCE, MERGE_ON };
enum { MERGE_GUARD, MERGE_SET, MERGE_COLUMNS, MERGE_VALUES };
enum { ASSIGN_TARGET, ASSIGN_VALUE };
enum {
    CREATE_NAME,
    CREATE_COLUMNS, // LIST of COLUMN_DEF, CONSTRAINT, WATERMARK
    CREATE_QUERY,
}; // tail: CLAUSE and PROPERTY, in the order they were written
enum { DEF_NAME, DEF_TYPE };
enum {
    CONSTRAINT_VALUE,
    CONSTRAINT_COLUMNS,
    CONSTRAINT_TABLE,
    CONSTRAINT_TO,
    CONSTRAINT_OPTIONS, // LIST of PROPERTY and WORDS: of an identity; of a column in BigQuery
};
enum { CLAUSE_LIST, CLAUSE_SORTED, CLAUSE_VALUE };
enum { WATERMARK_COLUMN, WATERMARK_VALUE };

// What a node does where its kind has several ways: the table in tree.c gives each its word.
typedef enum {
    OP_NONE,
    // UNARY
    OP_NOT,
    OP_MINUS,
    OP_PLUS,
    OP_BIT_NOT,
    // BINARY
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_DIV, // integer division by its word
    OP_MODULO,
    OP_POWER,
    OP_CONCAT,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_SAME, // IS NOT DISTINCT FROM, <=>, SQLite's IS
    OP_DISTINCT,
    OP_BIT_AND,
    OP_BIT_OR,
    OP_BIT_XOR,
    OP_SHIFT_LEFT,
    OP_SHIFT_RIGHT,
    OP_XOR,
    OP_JSON,
    OP_JSON_TEXT,
    OP_MATCH,     // ~
    OP_MATCH_ANY, // ~*
    OP_NOT_MATCH,
    OP_NOT_MATCH_ANY,
    OP_OVERLAP, // &&
    OP_HOLDS,   // @>: all of the right side are in the left one
    OP_HELD,    // <@
    OP_HAS,     // ?: the right side is a key of the left one
    OP_HAS_ANY, // ?|
    OP_HAS_ALL, // ?&
    OP_PERIODS, // (a, b) OVERLAPS (c, d)
    // IS
    OP_IS_NULL,
    OP_IS_TRUE,
    OP_IS_FALSE,
    OP_IS_UNKNOWN,
    // LIKE
    OP_LIKE,
    OP_ILIKE,
    OP_RLIKE,
    OP_SIMILAR,
    OP_GLOB,
    // CAST
    OP_CAST,
    OP_TRY_CAST,
    OP_SAFE_CAST,
    OP_COLONS,
    OP_CONVERT,
    // FRAME
    OP_ROWS,
    OP_RANGE,
    OP_GROUPS,
    // BOUND
    OP_UNBOUNDED_PRECEDING,
    OP_PRECEDING,
    OP_CURRENT_ROW,
    OP_FOLLOWING,
    OP_UNBOUNDED_FOLLOWING,
    // SETOP
    OP_UNION,
    OP_EXCEPT,
    OP_INTERSECT,
    OP_MINUS_SET,
    // GROUPING
    OP_ROLLUP,
    OP_CUBE,
    OP_SETS,
    // JOIN
    OP_INNER,
    OP_LEFT,
    OP_RIGHT,
    OP_FULL,
    OP_CROSS,
    OP_SEMI,
    OP_ANTI,
    OP_ASOF,
    // TRIM
    OP_LEADING,
    OP_TRAILING,
    OP_BOTH,
    // MERGE_WHEN: which rows; what is done stands in the flags
    OP_MATCHED,
    OP_NOT_MATCHED,
    OP_NOT_MATCHED_BY_SOURCE,
    // CONSTRAINT
    OP_NOT_NULL,
    OP_NULLABLE,
    OP_PRIMARY_KEY,
    OP_UNIQUE,
    OP_REFERENCES,
    OP_CHECK,
    OP_DEFAULT,
    OP_COMMENT,
    OP_GENERATED,
    OP_METADATA,
    OP_IDENTITY, // text: AUTO_INCREMENT, GENERATED ALWAYS AS IDENTITY … as written
    OP_COLLATE,
    OP_CHARSET,
    OP_ON_UPDATE,
    OP_INDEX,
    OP_OPTIONS, // CONSTRAINT and CLAUSE: WITH, OPTIONS, TBLPROPERTIES (…)
    OP_WORDS,   // … and what is kept as it stands
    // CLAUSE
    OP_PARTITION, // text: RANGE, LIST, HASH …; the value: MySQL's list of partitions
    OP_CLUSTER,
    OP_BUCKETS, // CLUSTERED BY (list) SORTED BY (sorted) INTO value BUCKETS
    OP_FORMAT,  // USING text, STORED AS text
    OP_LOCATION,
    OP_LAST = OP_LOCATION,
} SqlOp;
enum { OP_COUNT_ = OP_LAST + 1 };

// Flags; a bit means the same in every kind.
typedef enum {
    FLAG_NOT = 1 << 0,      // NOT IN, IS NOT NULL, …
    FLAG_DISTINCT = 1 << 1, // SELECT DISTINCT, COUNT(DISTINCT x)
    FLAG_ALL = 1 << 2,      // UNION ALL, GROUP BY ALL, = ALL
    FLAG_QUOTED = 1 << 3,   // a NAME in quotes; the WITH ROLLUP spelling
    FLAG_RECURSIVE = 1 << 4,
    FLAG_NATURAL = 1 << 5,
    FLAG_LATERAL = 1 << 6,
    FLAG_OUTER = 1 << 7, // LATERAL VIEW OUTER, UNPIVOT INCLUDE NULLS
    FLAG_DESC = 1 << 8,
    FLAG_ASC = 1 << 9, // written
    FLAG_NULLS_FIRST = 1 << 10,
    FLAG_NULLS_LAST = 1 << 11,
    FLAG_IGNORE_NULLS = 1 << 12,
    FLAG_RESPECT_NULLS = 1 << 13,
    FLAG_NAMED = 1 << 14, // OVER w, without parentheses
    FLAG_WORDS = 1 << 15, // EXTRACT(x FROM y), SUBSTRING(x FROM y), TABLE(f(x)), FETCH FIRST
    FLAG_BARE = 1 << 16,  // CURRENT_DATE without parentheses; a one-bound frame; a bare VALUES
    FLAG_TIES = 1 << 17,
    FLAG_PERCENT = 1 << 18,
    FLAG_ORDINALITY = 1 << 19,
    FLAG_BY_NAME = 1 << 20,
    FLAG_OVERWRITE = 1 << 21,
    FLAG_REPLACE = 1 << 22, // CREATE OR REPLACE, INSERT OR REPLACE
    FLAG_IF = 1 << 23,      // IF [NOT] EXISTS
    FLAG_NOTHING = 1 << 24, // DO NOTHING
    FLAG_DELETE = 1 << 25,  // WHEN MATCHED THEN DELETE
    FLAG_TEMP = 1 << 26,
    FLAG_MATERIALIZED = 1 << 27,
    FLAG_FROM_FIRST = 1 << 28, // FROM t SELECT x; NTH_VALUE … FROM LAST
    FLAG_COMMA = 1 << 29,      // FROM a, LATERAL …: kept for the emitter
    FLAG_GROUPED = 1 << 30,    // an aggregate over groups, none of which is empty: of a translation
    FLAG_NEVER_NULL = 1 << 30, // ORDER_ITEM: of a translation
    FLAG_SCRATCH = 1 << 30,    // CREATE, DROP: of a temporary table that a translation needs
} SqlFlag;

typedef struct SqlNode SqlNode;
struct SqlNode {
    uint8_t kind, op;      // SqlKind, SqlOp
    uint8_t parens;        // pairs of parentheses around it, at most 255
    uint8_t type;          // LogicalType: only in a tree that is being translated
    uint16_t height;       // 1 for a leaf
    uint16_t fn;           // the meaning of a neutral call (fn.h): only there, too
    uint32_t flags;        // SqlFlag
    uint32_t id;           // 0 … nodes - 1 in a script
    uint32_t at, end;      // bytes in the source
    uint32_t line, column; // of `at`, 1-based; columns count code points
    uint32_t count;        // children: roles, then tail
    SqlNode **child;
    Str text;
};

typedef struct {
    const char *name;                 // "select"
    const char *roles[SQL_ROLES_MAX]; // names of the fixed roles
    bool plain;                       // a dump leaves the names of the roles out
    bool tail;                        // may have more children than roles
    uint16_t required;                // bit i: role i is never absent
} SqlKindRow;

const SqlKindRow *sql_kind(SqlKind k);
uint32_t sql_roles(SqlKind k);     // how many
SqlOp sql_op_turned(SqlOp op);     // a < b as b > a
const char *sql_op_word(SqlOp op); // "+", "IS NOT DISTINCT FROM" …; "" for OP_NONE

static inline SqlKind sql_kind_of(const SqlNode *n)
{
    return (SqlKind)n->kind;
}
// The tail of a node, or nothing for NULL.
uint32_t sql_tail_count(const SqlNode *n);
SqlNode *sql_tail(const SqlNode *n, uint32_t i);
// The clause of a CREATE TABLE that `op` names, or NULL.
SqlNode *sql_clause(const SqlNode *create, SqlOp op);
// The last name of a COLUMN or TABLE.
SqlNode *sql_last(const SqlNode *n);
// The text between a node's first and last byte, as the candidate wrote it.
Str sql_source(Str sql, const SqlNode *n);
// The tree as an s-expression, for tests: one line a statement.
Str sql_dump(Arena *a, const SqlNode *n);
// Same kinds, ops, flags, texts and children; places and parentheses do not count.
bool sql_same(const SqlNode *a, const SqlNode *b);
#endif
