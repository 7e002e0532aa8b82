// tree: the table of node kinds, the words of the operators, and walks that need no more than them.
#include "sql/tree.h"
#include "base/buf.h"
#include "base/check.h"
#include "sql/parse.h"
#include <assert.h>

#define ROLES(...)                                                                                 \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
enum { R0 = 1, R1 = 2, R2 = 4, R3 = 8 };

static const SqlKindRow kinds[] = {
    [NODE_SCRIPT] = {"script", .tail = true},
    [NODE_NULL] = {"null"},
    [NODE_BOOLEAN] = {"boolean"},
    [NODE_NUMBER] = {"number"},
    [NODE_STRING] = {"string"},
    [NODE_TYPED] = {"typed", ROLES("value"), .plain = true, .required = R0},
    [NODE_INTERVAL] = {"interval", .tail = true},
    [NODE_PART] = {"part", ROLES("amount", "to"), .plain = true, .required = R0},
    [NODE_NAME] = {"name"},
    [NODE_COLUMN] = {"column", .tail = true},
    [NODE_STAR] = {"star", ROLES("of", "except", "replace", "rename")},
    [NODE_UNARY] = {"unary", ROLES("operand"), .plain = true, .required = R0},
    [NODE_BINARY] = {"binary", ROLES("left", "right"), .plain = true, .required = R0 | R1},
    [NODE_AND] = {"and", .tail = true},
    [NODE_OR] = {"or", .tail = true},
    [NODE_QUANTIFIED] = {"any", ROLES("left", "right"), .plain = true, .required = R0 | R1},
    [NODE_IS] = {"is", ROLES("operand"), .plain = true, .required = R0},
    [NODE_BETWEEN] = {"between", ROLES("operand", "low", "high"), .plain = true,
                      .required = R0 | R1 | R2},
    [NODE_IN] = {"in", ROLES("operand", "set"), .plain = true, .required = R0 | R1},
    [NODE_LIKE] = {"like", ROLES("operand", "pattern", "escape"), .plain = true,
                   .required = R0 | R1},
    [NODE_EXISTS] = {"exists", ROLES("query"), .plain = true, .required = R0},
    [NODE_SUBQUERY] = {"subquery", ROLES("query"), .plain = true, .required = R0},
    [NODE_CASE] = {"case", ROLES("of", "else"), .tail = true},
    [NODE_WHEN] = {"when", ROLES("condition", "result"), .plain = true, .required = R0 | R1},
    [NODE_CAST] = {"cast", ROLES("value", "type", "format"), .plain = true, .required = R0 | R1},
    [NODE_TYPE] = {"type", .tail = true},
    [NODE_CALL] = {"call",
                   ROLES("schema", "order", "limit", "separator", "having", "within", "filter",
                         "over"),
                   .tail = true},
    [NODE_ARG] = {"arg", ROLES("value"), .plain = true, .required = R0},
    [NODE_TABLE_ARG] = {"table-arg", ROLES("table", "partition"), .plain = true, .required = R0},
    [NODE_WINDOW] = {"window", ROLES("partition", "order", "frame")},
    [NODE_FRAME] = {"frame", ROLES("start", "end"), .plain = true, .required = R0},
    [NODE_BOUND] = {"bound", ROLES("amount"), .plain = true},
    [NODE_ORDER_BY] = {"order", .tail = true},
    [NODE_ORDER_ITEM] = {"by", ROLES("value"), .plain = true, .required = R0},
    [NODE_ARRAY] = {"array", .tail = true},
    [NODE_ROW] = {"row", .tail = true},
    [NODE_STRUCT] = {"struct", ROLES("type"), .tail = true},
    [NODE_FIELD] = {"field", ROLES("value"), .plain = true, .required = R0},
    [NODE_MAP] = {"map", .tail = true},
    [NODE_SUBSCRIPT] = {"subscript", ROLES("base", "index", "to"), .plain = true, .required = R0},
    [NODE_MEMBER] = {"member", ROLES("base"), .plain = true, .required = R0},
    [NODE_LAMBDA] = {"lambda", ROLES("params", "body"), .plain = true, .required = R0 | R1},
    [NODE_COLLATE] = {"collate", ROLES("operand"), .plain = true, .required = R0},
    [NODE_AT_ZONE] = {"at-zone", ROLES("operand", "zone"), .plain = true, .required = R0 | R1},
    [NODE_DEFAULT] = {"default"},
    [NODE_LIST] = {"list", .tail = true},
    [NODE_QUERY] = {"query", ROLES("with", "body", "order", "limit"), .required = R1},
    [NODE_WITH] = {"with", .tail = true},
    [NODE_CTE] = {"cte", ROLES("columns", "query"), .required = R1},
    [NODE_SETOP] = {"setop", ROLES("left", "right"), .plain = true, .required = R0 | R1},
    [NODE_SELECT] = {"select",
                     ROLES("on", "top", "items", "from", "where", "group", "having", "windows",
                           "qualify"),
                     .required = R2},
    [NODE_ITEM] = {"item", ROLES("value", "as"), .plain = true, .required = R0},
    [NODE_VALUES] = {"values", .tail = true},
    [NODE_LIMIT] = {"limit", ROLES("count", "offset")},
    [NODE_GROUP_BY] = {"group", .tail = true},
    [NODE_GROUPING] = {"grouping", .tail = true},
    [NODE_FROM] = {"from", .tail = true},
    [NODE_TABLE] = {"table", ROLES("as", "as-of", "sample"), .tail = true},
    [NODE_ALIAS] = {"alias", ROLES("name", "columns"), .plain = true},
    [NODE_DERIVED] = {"derived", ROLES("query", "as", "sample"), .required = R0},
    [NODE_TABLE_CALL] = {"table-call", ROLES("call", "as", "offset", "sample"), .required = R0},
    [NODE_JOIN] = {"join", ROLES("left", "right", "on", "using", "match"), .required = R0 | R1},
    [NODE_LATERAL_VIEW] = {"lateral-view", ROLES("left", "call", "as"), .required = R0 | R1},
    [NODE_PIVOT] = {"pivot", ROLES("source", "aggregates", "for", "in", "as"),
                    .required = R0 | R1 | R2 | R3},
    [NODE_UNPIVOT] = {"unpivot", ROLES("source", "value", "name", "in", "as"),
                      .required = R0 | R1 | R2 | R3},
    [NODE_SAMPLE] = {"sample", ROLES("amount", "seed"), .required = R0},
    [NODE_AS_OF] = {"as-of", ROLES("value"), .plain = true, .required = R0},
    [NODE_INSERT] = {"insert",
                     ROLES("with", "table", "partition", "columns", "query", "conflict",
                           "returning"),
                     .required = R1},
    [NODE_CONFLICT] = {"conflict", ROLES("target", "target-where", "set", "where")},
    [NODE_UPDATE] = {"update", ROLES("with", "table", "set", "from", "where", "returning"),
                     .required = R1 | R2},
    [NODE_DELETE] = {"delete", ROLES("with", "table", "using", "where", "returning"),
                     .required = R1},
    [NODE_MERGE] = {"merge", ROLES("with", "table", "source", "on"), .tail = true,
                    .required = R1 | R2 | R3},
    [NODE_MERGE_WHEN] = {"merge-when", ROLES("guard", "set", "columns", "values")},
    [NODE_ASSIGN] = {"assign", ROLES("target", "value"), .plain = true, .required = R0 | R1},
    [NODE_CREATE_TABLE] = {"create-table",
                           ROLES("name", "columns", "query", "partition", "cluster", "comment",
                                 "options"),
                           .required = R0},
    [NODE_CREATE_VIEW] = {"create-view", ROLES("name", "columns", "query"), .required = R0 | R2},
    [NODE_COLUMN_DEF] = {"column-def", ROLES("name", "type"), .plain = true, .tail = true,
                         .required = R0},
    [NODE_CONSTRAINT] = {"constraint", ROLES("value", "columns", "table", "to")},
    [NODE_WATERMARK] = {"watermark", ROLES("column", "value"), .plain = true, .required = R0 | R1},
    [NODE_PROPERTY] = {"property", ROLES("value"), .plain = true, .required = R0},
    [NODE_DROP] = {"drop", ROLES("table"), .plain = true, .required = R0},
    [NODE_TRUNCATE] = {"truncate", ROLES("table"), .plain = true, .required = R0},
};
static_assert(sizeof kinds / sizeof *kinds == NODE_COUNT_, "a row for every kind");

static const char *const op_words[] = {
    [OP_NONE] = "",
    [OP_NOT] = "NOT",
    [OP_MINUS] = "-",
    [OP_PLUS] = "+",
    [OP_BIT_NOT] = "~",
    [OP_ADD] = "+",
    [OP_SUBTRACT] = "-",
    [OP_MULTIPLY] = "*",
    [OP_DIVIDE] = "/",
    [OP_DIV] = "DIV",
    [OP_MODULO] = "%",
    [OP_POWER] = "^",
    [OP_CONCAT] = "||",
    [OP_EQ] = "=",
    [OP_NE] = "<>",
    [OP_LT] = "<",
    [OP_LE] = "<=",
    [OP_GT] = ">",
    [OP_GE] = ">=",
    [OP_SAME] = "IS NOT DISTINCT FROM",
    [OP_DISTINCT] = "IS DISTINCT FROM",
    [OP_BIT_AND] = "&",
    [OP_BIT_OR] = "|",
    [OP_BIT_XOR] = "^",
    [OP_SHIFT_LEFT] = "<<",
    [OP_SHIFT_RIGHT] = ">>",
    [OP_XOR] = "XOR",
    [OP_JSON] = "->",
    [OP_JSON_TEXT] = "->>",
    [OP_MATCH] = "~",
    [OP_MATCH_ANY] = "~*",
    [OP_NOT_MATCH] = "!~",
    [OP_NOT_MATCH_ANY] = "!~*",
    [OP_OVERLAP] = "&&",
    [OP_IS_NULL] = "NULL",
    [OP_IS_TRUE] = "TRUE",
    [OP_IS_FALSE] = "FALSE",
    [OP_IS_UNKNOWN] = "UNKNOWN",
    [OP_LIKE] = "LIKE",
    [OP_ILIKE] = "ILIKE",
    [OP_RLIKE] = "RLIKE",
    [OP_SIMILAR] = "SIMILAR TO",
    [OP_GLOB] = "GLOB",
    [OP_CAST] = "CAST",
    [OP_TRY_CAST] = "TRY_CAST",
    [OP_SAFE_CAST] = "SAFE_CAST",
    [OP_COLONS] = "::",
    [OP_CONVERT] = "CONVERT",
    [OP_ROWS] = "ROWS",
    [OP_RANGE] = "RANGE",
    [OP_GROUPS] = "GROUPS",
    [OP_UNBOUNDED_PRECEDING] = "UNBOUNDED PRECEDING",
    [OP_PRECEDING] = "PRECEDING",
    [OP_CURRENT_ROW] = "CURRENT ROW",
    [OP_FOLLOWING] = "FOLLOWING",
    [OP_UNBOUNDED_FOLLOWING] = "UNBOUNDED FOLLOWING",
    [OP_UNION] = "UNION",
    [OP_EXCEPT] = "EXCEPT",
    [OP_INTERSECT] = "INTERSECT",
    [OP_MINUS_SET] = "MINUS",
    [OP_ROLLUP] = "ROLLUP",
    [OP_CUBE] = "CUBE",
    [OP_SETS] = "GROUPING SETS",
    [OP_INNER] = "INNER",
    [OP_LEFT] = "LEFT",
    [OP_RIGHT] = "RIGHT",
    [OP_FULL] = "FULL",
    [OP_CROSS] = "CROSS",
    [OP_SEMI] = "LEFT SEMI",
    [OP_ANTI] = "LEFT ANTI",
    [OP_ASOF] = "ASOF",
    [OP_LEADING] = "LEADING",
    [OP_TRAILING] = "TRAILING",
    [OP_BOTH] = "BOTH",
    [OP_MATCHED] = "MATCHED",
    [OP_NOT_MATCHED] = "NOT MATCHED",
    [OP_NOT_MATCHED_BY_SOURCE] = "NOT MATCHED BY SOURCE",
    [OP_NOT_NULL] = "NOT NULL",
    [OP_NULLABLE] = "NULL",
    [OP_PRIMARY_KEY] = "PRIMARY KEY",
    [OP_UNIQUE] = "UNIQUE",
    [OP_REFERENCES] = "REFERENCES",
    [OP_CHECK] = "CHECK",
    [OP_DEFAULT] = "DEFAULT",
    [OP_COMMENT] = "COMMENT",
    [OP_GENERATED] = "GENERATED ALWAYS AS",
    [OP_METADATA] = "METADATA",
};
static_assert(sizeof op_words / sizeof *op_words == OP_COUNT_, "a word for every operator");

const SqlKindRow *sql_kind(SqlKind k)
{
    return &kinds[k];
}
const char *sql_op_word(SqlOp op)
{
    return op_words[op];
}
uint32_t sql_roles(SqlKind k)
{
    uint32_t n = 0;
    while (n < SQL_ROLES_MAX && kinds[k].roles[n]) n++;
    return n;
}

uint32_t sql_tail_count(const SqlNode *n)
{
    return n ? n->count - sql_roles(sql_kind_of(n)) : 0;
}
SqlNode *sql_tail(const SqlNode *n, uint32_t i)
{
    CHECK(i < sql_tail_count(n));
    return n->child[sql_roles(sql_kind_of(n)) + i];
}
SqlNode *sql_last(const SqlNode *n)
{
    CHECK(sql_tail_count(n));
    return n->child[n->count - 1];
}
Str sql_source(Str sql, const SqlNode *n)
{
    return str_slice(sql, n->at, n->end);
}

bool sql_same(const SqlNode *a, const SqlNode *b)
{
    if (!a || !b) return a == b;
    bool same = a->kind == b->kind && a->op == b->op && a->flags == b->flags &&
                a->count == b->count && str_eq(a->text, b->text);
    for (uint32_t i = 0; same && i < a->count; i++) same = sql_same(a->child[i], b->child[i]);
    return same;
}

static void check_node(const SqlNode *n, const SqlNode *parent, uint32_t nodes)
{
    const SqlKindRow *row = &kinds[n->kind];
    uint32_t roles = sql_roles(sql_kind_of(n));
    CHECK(n->kind < NODE_COUNT_ && n->op < OP_COUNT_ && n->id < nodes);
    CHECK(n->at <= n->end && n->line > 0 && n->column > 0);
    CHECK(row->tail ? n->count >= roles : n->count == roles);
    CHECK(!parent || (parent->height > n->height && parent->at <= n->at && n->end <= parent->end));
    CHECK(n->height > 0 && n->height <= SQL_HEIGHT_MAX);
    for (uint32_t i = 0; i < n->count; i++) {
        bool may_miss = i < roles && !(row->required >> i & 1);
        CHECK(n->child[i] || may_miss);
        if (n->child[i]) check_node(n->child[i], n, nodes);
    }
}

void sql_tree_check(const SqlNode *root, uint32_t nodes)
{
    check_node(root, NULL, nodes);
}
