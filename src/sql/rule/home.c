// home: the names that the engines have for their refusals, and the sentence that carries one.
#include "sql/home.h"
#include "base/buf.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#define LITE [DIALECT_SQLITE]
#define SNOW [DIALECT_SNOWFLAKE]
#define BIG [DIALECT_BIGQUERY]
#define SPARK [DIALECT_SPARK]
#define PG [DIALECT_POSTGRES]
#define TRINO [DIALECT_TRINO]
#define MY [DIALECT_MYSQL]
#define DUCK [DIALECT_DUCKDB]

// {} stands for the subject, {^} for it in capitals.
static const char *const rows[][DIALECT_COUNT_] = {
    [HOME_NONE] = {0},
    [HOME_COLUMN] =
        {
            LITE = "no such column: {}",
            SNOW = "invalid identifier '{^}'",
            BIG = "Unrecognized name: {}",
            SPARK = "UNRESOLVED_COLUMN",
            PG = "column \"{}\" does not exist",
            TRINO = "Column '{}' cannot be resolved",
            MY = "Unknown column '{}'",
            DUCK = "Referenced column \"{}\" not found",
        },
    [HOME_AMBIGUOUS] =
        {
            LITE = "ambiguous column name: {}",
            SNOW = "ambiguous column name '{^}'",
            BIG = "Column name {} is ambiguous",
            SPARK = "AMBIGUOUS_REFERENCE",
            PG = "column reference \"{}\" is ambiguous",
            TRINO = "Column '{}' is ambiguous",
            MY = "Column '{}' is ambiguous",
            DUCK = "Ambiguous reference to column name \"{}\"",
        },
    [HOME_TABLE] =
        {
            LITE = "no such table: {}",
            SNOW = "Object '{^}' does not exist or not authorized",
            BIG = "Table {} was not found",
            SPARK = "TABLE_OR_VIEW_NOT_FOUND",
            PG = "relation \"{}\" does not exist",
            TRINO = "Table '{}' does not exist",
            MY = "Table '{}' doesn't exist",
            DUCK = "Table with name {} does not exist",
        },
    [HOME_GROUP] =
        {
            SNOW = "'{^}' is not a valid group by expression",
            BIG = "references column {} which is neither grouped nor aggregated",
            SPARK = "MISSING_AGGREGATION",
            PG = "column \"{}\" must appear in the GROUP BY clause or be used in an aggregate "
                 "function",
            TRINO = "'{}' must be an aggregate expression or appear in GROUP BY clause",
            MY = "'{}' is not in GROUP BY (only_full_group_by)",
            DUCK = "column \"{}\" must appear in the GROUP BY clause or must be part of an "
                   "aggregate function",
        },
    [HOME_HAVING] =
        {
            LITE = "HAVING clause on a non-aggregate query",
        },
    [HOME_AGGREGATE_PLACE] =
        {
            LITE = "misuse of aggregate function {^}()",
            SNOW = "Invalid aggregate function in where clause [{^}]",
            BIG = "Aggregate function {^} not allowed in WHERE clause",
            SPARK = "INVALID_WHERE_CONDITION",
            PG = "aggregate functions are not allowed in WHERE",
            TRINO = "WHERE clause cannot contain aggregations, window functions or grouping "
                    "operations",
            MY = "Invalid use of group function",
            DUCK = "WHERE clause cannot contain aggregates",
        },
    [HOME_AGGREGATE_NESTED] =
        {
            LITE = "misuse of aggregate function {^}()",
            SNOW = "Aggregate functions cannot be nested",
            BIG = "Aggregations of aggregations are not allowed",
            SPARK = "NESTED_AGGREGATE_FUNCTION",
            PG = "aggregate function calls cannot be nested",
            TRINO = "Cannot nest aggregations inside aggregation '{}'",
            MY = "Invalid use of group function",
            DUCK = "aggregate function calls cannot be nested",
        },
    [HOME_WINDOW_PLACE] =
        {
            LITE = "misuse of window function {^}()",
            SNOW = "Window function [{^}] appears outside of SELECT, QUALIFY, and ORDER BY clauses",
            BIG = "Analytic function not allowed in WHERE clause",
            SPARK = "It is not allowed to use window functions inside WHERE clause",
            PG = "window functions are not allowed in WHERE",
            TRINO = "WHERE clause cannot contain aggregations, window functions or grouping "
                    "operations",
            MY = "You cannot use the window function '{}' in this context",
            DUCK = "WHERE clause cannot contain window functions",
        },
    [HOME_WINDOW_NESTED] =
        {
            LITE = "misuse of window function {^}()",
            SNOW = "Window function may not be nested inside another window function",
            BIG = "Analytic function cannot be an argument of another analytic function",
            SPARK = "It is not allowed to use a window function inside another one",
            PG = "window function calls cannot be nested",
            TRINO = "Cannot nest window functions",
            MY = "You cannot nest a window function in the specification of another",
            DUCK = "window function calls cannot be nested",
        },
    [HOME_DISTINCT_ORDER] =
        {
            SNOW = "'{^}' is not a valid order by expression",
            BIG = "ORDER BY clause expression references {} which is not visible after SELECT "
                  "DISTINCT",
            SPARK = "UNRESOLVED_COLUMN",
            PG = "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
            TRINO = "For SELECT DISTINCT, ORDER BY expressions must appear in select list",
            MY = "ORDER BY is not in SELECT list … incompatible with DISTINCT",
            DUCK = "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
        },
    [HOME_MERGE_WHEN] =
        {
            PG = "unreachable WHEN clause specified after unconditional WHEN clause",
            SPARK = "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION",
        },
    [HOME_POSITION] =
        {
            LITE = "ORDER BY term out of range",
            SNOW = "{} is out of range",
            BIG = "ORDER BY column number is out of range: {}",
            SPARK = "ORDER_BY_POS_OUT_OF_RANGE",
            PG = "position {} is not in select list",
            TRINO = "position {} is not in select list",
            MY = "Unknown column '{}' in 'order clause'",
            DUCK = "term out of range",
        },
    [HOME_SETOP_WIDTH] =
        {
            LITE = "SELECTs to the left and right of {} do not have the same number of result "
                   "columns",
            SNOW = "invalid number of result columns for set operator input branches",
            BIG = "Queries in {} have mismatched column count",
            SPARK = "NUM_COLUMNS_MISMATCH",
            PG = "each {} query must have the same number of columns",
            TRINO = "{} query has a different number of fields",
            MY = "The used SELECT statements have a different number of columns",
            DUCK = "Set operations can only apply to expressions with the same number of result "
                   "columns",
        },
    [HOME_SETOP_TYPE] =
        {
            BIG = "Column in {} has incompatible types",
            SPARK = "INCOMPATIBLE_COLUMN_TYPE",
            PG = "{} types cannot be matched",
            TRINO = "column in {} query has incompatible types",
        },
    [HOME_COMPARE] =
        {
            BIG = "No matching signature for operator {}",
            PG = "operator does not exist: {}",
            TRINO = "Cannot apply operator: {}",
            DUCK = "Cannot compare values of type {} - an explicit cast is required",
        },
    [HOME_ASSIGN] =
        {
            PG = "column {}",
            TRINO = "Insert query has mismatched column types",
            SPARK = "CANNOT_SAFELY_CAST",
        },
    [HOME_OPERATOR] =
        {
            BIG = "No matching signature for operator {}",
            PG = "operator does not exist: {}",
            TRINO = "Cannot apply operator: {}",
            DUCK = "No function matches the given name and argument types '{}'",
        },
    [HOME_BOOLEAN] =
        {
            BIG = "{} clause should return type BOOL",
            SPARK = "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
            PG = "argument of {} must be type boolean",
            TRINO = "{} clause must evaluate to a boolean",
        },
    [HOME_FUNCTION] =
        {
            LITE = "no such function: {}",
            SNOW = "Unknown function {^}",
            BIG = "Function not found: {}",
            SPARK = "UNRESOLVED_ROUTINE",
            PG = "function {} does not exist",
            TRINO = "Function '{}' not registered",
            MY = "FUNCTION {} does not exist",
            DUCK = "Scalar Function with name {} does not exist",
        },
    [HOME_ARGUMENTS] =
        {
            LITE = "wrong number of arguments to function {^}()",
            SNOW = "invalid number of arguments for [{^}]",
            BIG = "No matching signature for function {^}",
            SPARK = "WRONG_NUM_ARGS",
            PG = "function {} does not exist",
            TRINO = "Unexpected parameters for function {}",
            MY = "Incorrect parameter count in the call to native function '{}'",
            DUCK = "No function matches the given name and argument types '{}'",
        },
    [HOME_ARGUMENT_TYPE] =
        {
            SNOW = "Invalid argument types for function {^}",
            BIG = "No matching signature for function {^}",
            SPARK = "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
            PG = "function {} does not exist",
            TRINO = "Unexpected parameters for function {}",
            DUCK = "No function matches the given name and argument types '{}'",
        },
    [HOME_CAST] =
        {
            PG = "cannot cast type {}",
            DUCK = "Unimplemented type for cast: {}",
        },
    [HOME_SUBQUERY_WIDTH] =
        {
            LITE = "sub-select returns {} columns - expected 1",
            BIG = "Scalar subquery cannot have more than one column",
            SPARK = "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_"
                    "COLUMN",
            PG = "subquery must return only one column",
            TRINO = "Multiple columns returned by subquery",
            MY = "Operand should contain 1 column(s)",
            DUCK = "Subquery returns {} columns - expected 1",
        },
    [HOME_ALIAS_TWICE] =
        {
            SNOW = "duplicate alias '{^}'",
            BIG = "Duplicate table alias {} in the same FROM clause",
            PG = "table name \"{}\" specified more than once",
            MY = "Not unique table/alias: '{}'",
            DUCK = "Duplicate alias \"{}\" in query",
        },
    [HOME_DERIVED_ALIAS] =
        {
            PG = "subquery in FROM must have an alias",
            MY = "Every derived table must have its own alias",
        },
};
static_assert(sizeof rows / sizeof *rows == HOME_COUNT_, "a row for every refusal");

const char *home_lacks(const char *name)
{
    bool article = str_starts(str_from(name), S("a ")) || str_starts(str_from(name), S("an "));
    return article ? "lacks" : "has no";
}

const char *home_title(Dialect d)
{
    return sql_rules(d)->title;
}

static void add_subject(Buf *b, Str subject, bool capitals)
{
    for (size_t i = 0; i < subject.len; i++) {
        char c = subject.ptr[i];
        buf_char(b, capitals && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

static Str home_says(Arena *a, HomeName h, Dialect d, Str subject)
{
    const char *p = rows[h][d];
    Buf b = buf_new(a);
    for (; p && *p; p++) {
        bool plain = p[0] == '{' && p[1] == '}', capitals = p[0] == '{' && p[1] == '^';
        if (plain || capitals) {
            add_subject(&b, subject, capitals);
            p += plain ? 1 : 2;
        } else {
            buf_char(&b, *p);
        }
    }
    return buf_str(&b);
}

bool home_refuse(const SqlScript *s, const SqlNode *n, HomeName h, Str subject, Error *err,
                 const char *fmt, ...)
{
    enum { SUBJECT_MAX = 60 };
    char text[sizeof err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    Arena scratch = {0};
    Str says = home_says(&scratch, h, s->dialect, str_slice(subject, 0, SUBJECT_MAX));
    int line = (int)n->line, column = (int)n->column;
    if (says.len) {
        error_at(err, ERROR_HOME_REFUSED, S(""), line, column, "%s (%s: " STR_FMT ")", text,
                 home_title(s->dialect), STR_ARG(says));
    } else {
        error_at(err, ERROR_HOME_REFUSED, S(""), line, column, "%s", text);
    }
    arena_free(&scratch);
    return false;
}
