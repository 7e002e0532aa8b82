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
    [NODE_SCRIPT] = {.name = "script", .tail = true},
    [NODE_NULL] = {.name = "null"},
    [NODE_BOOLEAN] = {.name = "boolean"},
    [NODE_NUMBER] = {.name = "number"},
    [NODE_STRING] = {.name = "string"},
    [NODE_TYPED] = {.name = "typed", .roles = ROLES("value"), .plain = true, .required = R0},
    [NODE_INTERVAL] = {.name = "interval", .tail = true},
    [NODE_PART] = {.name = "part", .roles = ROLES("amount", "to"), .plain = true, .required = R0},
    [NODE_NAME] = {.name = "name"},
    [NODE_COLUMN] = {.name = "column", .tail = true},
    [NODE_STAR] = {.name = "star", .roles = ROLES("of", "except", "replace", "rename")},
    [NODE_UNARY] = {.name = "unary", .roles = ROLES("operand"), .plain = true, .required = R0},
    [NODE_BINARY] = {.name = "binary",
                     .roles = ROLES("left", "right"),
                     .plain = true,
                     .required = R0 | R1},
    [NODE_AND] = {.name = "and", .tail = true},
    [NODE_OR] = {.name = "or", .tail = true},
    [NODE_QUANTIFIED] = {.name = "any",
                         .roles = ROLES("left", "right"),
                         .plain = true,
                         .required = R0 | R1},
    [NODE_IS] = {.name = "is", .roles = ROLES("operand"), .plain = true, .required = R0},
    [NODE_BETWEEN] = {.name = "between",
                      .roles = ROLES("operand", "low", "high"),
                      .plain = true,
                      .required = R0 | R1 | R2},
    [NODE_IN] = {.name = "in",
                 .roles = ROLES("operand", "set"),
                 .plain = true,
                 .required = R0 | R1},
    [NODE_LIKE] = {.name = "like",
                   .roles = ROLES("operand", "pattern", "escape"),
                   .plain = true,
                   .required = R0 | R1},
    [NODE_EXISTS] = {.name = "exists", .roles = ROLES("query"), .plain = true, .required = R0},
    [NODE_SUBQUERY] = {.name = "subquery", .roles = ROLES("query"), .plain = true, .required = R0},
    [NODE_CASE] = {.name = "case", .roles = ROLES("of", "else"), .tail = true},
    [NODE_WHEN] = {.name = "when",
                   .roles = ROLES("condition", "result"),
                   .plain = true,
                   .required = R0 | R1},
    [NODE_CAST] = {.name = "cast",
                   .roles = ROLES("value", "type", "format"),
                   .plain = true,
                   .required = R0 | R1},
    [NODE_TYPE] = {.name = "type", .tail = true},
    [NODE_CALL] = {.name = "call",
                   ROLES("schema", "order", "limit", "separator", "having", "within", "filter",
                         "over"),
                   .tail = true},
    [NODE_ARG] = {.name = "arg", .roles = ROLES("value"), .plain = true, .required = R0},
    [NODE_TABLE_ARG] = {.name = "table-arg",
                        .roles = ROLES("table", "partition"),
                        .plain = true,
                        .required = R0},
    [NODE_WINDOW] = {.name = "window", .roles = ROLES("partition", "order", "frame")},
    [NODE_FRAME] = {.name = "frame", .roles = ROLES("start", "end"), .plain = true, .required = R0},
    [NODE_BOUND] = {.name = "bound", .roles = ROLES("amount"), .plain = true},
    [NODE_ORDER_BY] = {.name = "order", .tail = true},
    [NODE_ORDER_ITEM] = {.name = "by", .roles = ROLES("value"), .plain = true, .required = R0},
    [NODE_ARRAY] = {.name = "array", .tail = true},
    [NODE_ROW] = {.name = "row", .tail = true},
    [NODE_STRUCT] = {.name = "struct", .roles = ROLES("type"), .tail = true},
    [NODE_FIELD] = {.name = "field", .roles = ROLES("value"), .plain = true, .required = R0},
    [NODE_MAP] = {.name = "map", .tail = true},
    [NODE_SUBSCRIPT] = {.name = "subscript",
                        .roles = ROLES("base", "index", "to"),
                        .plain = true,
                        .required = R0},
    [NODE_MEMBER] = {.name = "member", .roles = ROLES("base"), .plain = true, .required = R0},
    [NODE_LAMBDA] = {.name = "lambda",
                     .roles = ROLES("params", "body"),
                     .plain = true,
                     .required = R0 | R1},
    [NODE_COLLATE] = {.name = "collate", .roles = ROLES("operand"), .plain = true, .required = R0},
    [NODE_AT_ZONE] = {.name = "at-zone",
                      .roles = ROLES("operand", "zone"),
                      .plain = true,
                      .required = R0 | R1},
    [NODE_DEFAULT] = {.name = "default"},
    [NODE_LIST] = {.name = "list", .tail = true},
    [NODE_QUERY] = {.name = "query",
                    .roles = ROLES("with", "body", "order", "limit"),
                    .required = R1},
    [NODE_WITH] = {.name = "with", .tail = true},
    [NODE_CTE] = {.name = "cte", .roles = ROLES("columns", "query"), .required = R1},
    [NODE_SETOP] = {.name = "setop",
                    .roles = ROLES("left", "right"),
                    .plain = true,
                    .required = R0 | R1},
    [NODE_SELECT] = {.name = "select",
                     ROLES("on", "top", "items", "from", "where", "group", "having", "windows",
                           "qualify"),
                     .required = R2},
    [NODE_ITEM] = {.name = "item", .roles = ROLES("value", "as"), .plain = true, .required = R0},
    [NODE_VALUES] = {.name = "values", .tail = true},
    [NODE_LIMIT] = {.name = "limit", .roles = ROLES("count", "offset")},
    [NODE_GROUP_BY] = {.name = "group", .tail = true},
    [NODE_GROUPING] = {.name = "grouping", .tail = true},
    [NODE_FROM] = {.name = "from", .tail = true},
    [NODE_TABLE] = {.name = "table", .roles = ROLES("as", "as-of", "sample"), .tail = true},
    [NODE_ALIAS] = {.name = "alias", .roles = ROLES("name", "columns"), .plain = true},
    [NODE_DERIVED] = {.name = "derived", .roles = ROLES("query", "as", "sample"), .required = R0},
    [NODE_TABLE_CALL] = {.name = "table-call",
                         .roles = ROLES("call", "as", "offset", "sample"),
                         .required = R0},
    [NODE_JOIN] = {.name = "join",
                   .roles = ROLES("left", "right", "on", "using", "match"),
                   .required = R0 | R1},
    [NODE_LATERAL_VIEW] = {.name = "lateral-view",
                           .roles = ROLES("left", "call", "as"),
                           .required = R0 | R1},
    [NODE_PIVOT] = {.name = "pivot",
                    .roles = ROLES("source", "aggregates", "for", "in", "as"),
                    .required = R0 | R1 | R2 | R3},
    [NODE_UNPIVOT] = {.name = "unpivot",
                      .roles = ROLES("source", "value", "name", "in", "as"),
                      .required = R0 | R1 | R2 | R3},
    [NODE_SAMPLE] = {.name = "sample", .roles = ROLES("amount", "seed"), .required = R0},
    [NODE_AS_OF] = {.name = "as-of", .roles = ROLES("value"), .plain = true, .required = R0},
    [NODE_INSERT] = {.name = "insert",
                     ROLES("with", "table", "partition", "columns", "query", "conflict",
                           "returning", "replaced"),
                     .required = R1},
    [NODE_CONFLICT] = {.name = "conflict",
                       .roles = ROLES("target", "target-where", "set", "where")},
    [NODE_UPDATE] = {.name = "update",
                     .roles = ROLES("with", "table", "set", "from", "where", "returning", "order",
                                    "limit"),
                     .required = R1 | R2},
    [NODE_DELETE] = {.name = "delete",
                     .roles =
                         ROLES("with", "table", "using", "where", "returning", "order", "limit"),
                     .required = R1},
    [NODE_MERGE] = {.name = "merge",
                    .roles = ROLES("with", "table", "source", "on"),
                    .tail = true,
                    .required = R1 | R2 | R3},
    [NODE_MERGE_WHEN] = {.name = "merge-when", .roles = ROLES("guard", "set", "columns", "values")},
    [NODE_ASSIGN] = {.name = "assign",
                     .roles = ROLES("target", "value"),
                     .plain = true,
                     .required = R0 | R1},
    [NODE_CREATE_TABLE] = {.name = "create-table",
                           ROLES("name", "columns", "query"),
                           .tail = true,
                           .required = R0},
    [NODE_CREATE_VIEW] = {.name = "create-view",
                          .roles = ROLES("name", "columns", "query"),
                          .required = R0 | R2},
    [NODE_COLUMN_DEF] = {.name = "column-def",
                         .roles = ROLES("name", "type"),
                         .plain = true,
                         .tail = true,
                         .required = R0},
    [NODE_CONSTRAINT] = {.name = "constraint",
                         .roles = ROLES("value", "columns", "table", "to", "options"),
                         .tail = true},
    [NODE_CLAUSE] = {.name = "clause", .roles = ROLES("list", "sorted", "value")},
    [NODE_WORDS] = {.name = "words"},
    [NODE_TRANSFORM] = {.name = "transform", .tail = true},
    [NODE_WATERMARK] = {.name = "watermark",
                        .roles = ROLES("column", "value"),
                        .plain = true,
                        .required = R0 | R1},
    [NODE_PROPERTY] = {.name = "property", .roles = ROLES("value"), .plain = true},
    [NODE_DROP] = {.name = "drop", .roles = ROLES("table"), .plain = true, .required = R0},
    [NODE_TRUNCATE] = {.name = "truncate", .roles = ROLES("table"), .plain = true, .required = R0},
    [NODE_TRANSACTION] = {.name = "transaction"},
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
    [OP_HOLDS] = "@>",
    [OP_HELD] = "<@",
    [OP_HAS] = "?",
    [OP_HAS_ANY] = "?|",
    [OP_HAS_ALL] = "?&",
    [OP_PERIODS] = "OVERLAPS",
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
    [OP_IDENTITY] = "IDENTITY",
    [OP_COLLATE] = "COLLATE",
    [OP_CHARSET] = "CHARACTER SET",
    [OP_ON_UPDATE] = "ON UPDATE",
    [OP_INDEX] = "INDEX",
    [OP_OPTIONS] = "OPTIONS",
    [OP_WORDS] = "WORDS",
    [OP_PARTITION] = "PARTITION BY",
    [OP_CLUSTER] = "CLUSTER BY",
    [OP_BUCKETS] = "CLUSTERED BY",
    [OP_FORMAT] = "USING",
    [OP_LOCATION] = "LOCATION",
};
static_assert(sizeof op_words / sizeof *op_words == OP_COUNT_, "a word for every operator");

const SqlKindRow *sql_kind(SqlKind k)
{
    return &kinds[k];
}
SqlOp sql_op_turned(SqlOp op)
{
    switch (op) {
    case OP_LT:
        return OP_GT;
    case OP_LE:
        return OP_GE;
    case OP_GT:
        return OP_LT;
    case OP_GE:
        return OP_LE;
    default:
        return op;
    }
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
SqlNode *sql_clause(const SqlNode *create, SqlOp op)
{
    for (uint32_t i = 0; i < sql_tail_count(create); i++) {
        SqlNode *c = sql_tail(create, i);
        if (c->kind == NODE_CLAUSE && c->op == op) return c;
    }
    return NULL;
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
