// feature: which dialect has which grammar, one row each, and the pass that judges by it.
//
// A row says what the dialects of contracts.md (their pinned versions) read; `instead` is what a
// senior would say to someone who wrote it elsewhere.
#include "sql/dialects.h"
#include "sql/home.h"
#include <assert.h>

static const struct {
    const char *name;
    unsigned in;
    const char *instead;
} rows[] = {
    [FEATURE_QUALIFY] = {"QUALIFY", SNOW | BIG | DUCK,
                         "filter the window's result in an outer query"},
    [FEATURE_DISTINCT_ON] = {"DISTINCT ON", PG | DUCK, "number the rows and keep the first"},
    [FEATURE_TOP] = {"TOP", SNOW, "write LIMIT at the end"},
    [FEATURE_FETCH] = {"FETCH FIRST", SNOW | PG | TRINO | FLINK, "write LIMIT"},
    [FEATURE_TIES] = {"WITH TIES", PG | TRINO, "keep the rows whose RANK() is small enough"},
    [FEATURE_LIMIT_COMMA] = {"LIMIT with a comma", LITE | MY, "write LIMIT … OFFSET …"},
    [FEATURE_GROUP_BY_ALL] = {"GROUP BY ALL", SNOW | BIG | SPARK | DUCK,
                              "name the columns of the group"},
    [FEATURE_ORDER_BY_ALL] = {"ORDER BY ALL", SNOW | SPARK | DUCK, "name the columns of the order"},
    [FEATURE_GROUPING_SETS] = {"ROLLUP, CUBE and GROUPING SETS",
                               SNOW | BIG | SPARK | PG | TRINO | DUCK | FLINK,
                               "join the levels with UNION ALL"},
    [FEATURE_WITH_ROLLUP] = {"WITH ROLLUP", MY | SPARK, "write ROLLUP(…)"},
    [FEATURE_STAR_EXCEPT] = {"* EXCEPT", BIG | SPARK, "name the columns"},
    [FEATURE_STAR_EXCLUDE] = {"* EXCLUDE", SNOW | DUCK, "name the columns"},
    [FEATURE_STAR_REPLACE] = {"* REPLACE", SNOW | BIG | DUCK, "name the columns"},
    [FEATURE_STAR_RENAME] = {"* RENAME", SNOW | DUCK, "name the columns"},
    [FEATURE_SELECT_AS] = {"SELECT AS STRUCT or VALUE", BIG, "leave it out"},
    [FEATURE_FROM_FIRST] = {"FROM before SELECT", DUCK | SPARK, "start with SELECT"},
    [FEATURE_TRAILING_COMMA] = {"a comma behind the last column", SNOW | BIG | DUCK, "remove it"},
    [FEATURE_STRING_ALIAS] = {"an alias in string quotes", LITE | MY | BIG | SPARK,
                              "use the quotes of names"},
    [FEATURE_COLONS_CAST] = {"x::type", SNOW | SPARK | PG | DUCK, "write CAST(x AS type)"},
    [FEATURE_TRY_CAST] = {"TRY_CAST", SNOW | SPARK | TRINO | DUCK | FLINK, "write CAST"},
    [FEATURE_SAFE_CAST] = {"SAFE_CAST", BIG, "write CAST"},
    [FEATURE_FILTER] = {"FILTER (WHERE …)", LITE | SPARK | PG | TRINO | DUCK | FLINK,
                        "put a CASE inside the aggregate"},
    [FEATURE_FILTER_BARE] = {"FILTER without WHERE", DUCK, "write FILTER (WHERE …)"},
    [FEATURE_WITHIN_GROUP] = {"WITHIN GROUP", SNOW | SPARK | PG | TRINO | DUCK,
                              "put ORDER BY inside the call"},
    [FEATURE_NULL_TREATMENT] = {"IGNORE NULLS", SNOW | BIG | SPARK | TRINO | DUCK | FLINK,
                                "number the rows that are not NULL"},
    [FEATURE_GROUPS_FRAME] = {"a GROUPS frame", LITE | PG | TRINO | DUCK, "write RANGE or ROWS"},
    [FEATURE_FRAME_EXCLUDE] = {"EXCLUDE in a frame", LITE | PG | DUCK, "subtract the row itself"},
    [FEATURE_NAMED_WINDOW] = {"WINDOW", EVERY & ~SNOW & ~FLINK, "repeat the window in each OVER"},
    [FEATURE_NULL_SAFE_ARROW] = {"<=>", SPARK | MY, "write IS NOT DISTINCT FROM"},
    [FEATURE_IS_DISTINCT] = {"IS DISTINCT FROM", EVERY & ~MY, "write NOT (a <=> b)"},
    [FEATURE_ILIKE] = {"ILIKE", SNOW | SPARK | PG | DUCK, "compare LOWER(…) on both sides"},
    [FEATURE_MATCH_OPERATOR] = {"~", PG | DUCK, "use the function for regular expressions"},
    [FEATURE_LIKE_ANY] = {"LIKE ANY", SNOW | BIG | SPARK | PG, "join the patterns with OR"},
    [FEATURE_DIV] = {"DIV", MY | SPARK, "cast and divide"},
    [FEATURE_INTERVAL] = {"INTERVAL", EVERY & ~LITE, "use the function date(…, '+1 day')"},
    [FEATURE_TYPED_LITERAL] = {"DATE '…'", EVERY & ~LITE, "write the text alone"},
    [FEATURE_ARRAY_LITERAL] = {"an array", SNOW | BIG | SPARK | PG | TRINO | DUCK | FLINK,
                               "use rows"},
    [FEATURE_SUBSCRIPT] = {"a subscript", SNOW | BIG | SPARK | PG | TRINO | DUCK | FLINK,
                           "use rows"},
    [FEATURE_STRUCT] = {"a struct", SNOW | BIG | SPARK | DUCK, "use columns"},
    [FEATURE_MAP] = {"a map", SPARK | TRINO | DUCK | FLINK, "use rows"},
    [FEATURE_PATH] = {"a path with :", SNOW, "use the function for JSON"},
    [FEATURE_LAMBDA] = {"a lambda", SNOW | SPARK | TRINO | DUCK, "unnest and aggregate"},
    [FEATURE_AT_TIME_ZONE] = {"AT TIME ZONE", BIG | PG | TRINO | DUCK, "convert by a function"},
    [FEATURE_NATURAL] = {"NATURAL JOIN", EVERY & ~BIG, "name the columns"},
    [FEATURE_FULL_JOIN] = {"FULL JOIN", EVERY & ~MY, "join a LEFT and a RIGHT JOIN with UNION"},
    [FEATURE_LATERAL] = {"LATERAL", SNOW | SPARK | PG | TRINO | MY | DUCK | FLINK,
                         "use a correlated subquery or a window"},
    [FEATURE_SEMI_JOIN] = {"SEMI and ANTI JOIN", SPARK | DUCK, "write [NOT] EXISTS"},
    [FEATURE_ASOF_JOIN] = {"ASOF JOIN", SNOW | DUCK, "take the latest row before by a window"},
    [FEATURE_JOIN_WITHOUT_ON] = {"JOIN without ON", LITE | SNOW | SPARK | MY, "write CROSS JOIN"},
    [FEATURE_LATERAL_VIEW] = {"LATERAL VIEW", SPARK, "unnest in FROM"},
    [FEATURE_UNNEST] = {"UNNEST", BIG | PG | TRINO | DUCK | FLINK, "use the dialect's own"},
    [FEATURE_TABLE_FUNCTION] = {"a function in FROM", EVERY & ~BIG, "use UNNEST of an array"},
    [FEATURE_PIVOT] = {"PIVOT", SNOW | BIG | SPARK | DUCK, "aggregate a CASE for each column"},
    [FEATURE_SAMPLE] = {"TABLESAMPLE", EVERY & ~LITE & ~MY & ~FLINK, "order by a random number"},
    [FEATURE_AS_OF] = {"a table as of a time", SNOW | BIG | SPARK | TRINO | FLINK,
                       "filter by its validity"},
    [FEATURE_BARE_VALUES] = {"VALUES in FROM without parentheses", SPARK | SNOW | DUCK,
                             "put parentheses around it"},
    [FEATURE_VALUES_SCALARS] = {"a row of VALUES without parentheses", SPARK | TRINO,
                                "put parentheses around each row"},
    [FEATURE_MINUS] = {"MINUS", SNOW | SPARK | FLINK, "write EXCEPT"},
    [FEATURE_SETOP_ALL] = {"EXCEPT ALL and INTERSECT ALL", SPARK | PG | TRINO | MY | DUCK | FLINK,
                           "number the duplicates first"},
    [FEATURE_BY_NAME] = {"BY NAME", DUCK | SNOW | BIG, "put the columns in one order"},
    [FEATURE_MERGE] = {"MERGE", SNOW | BIG | SPARK | PG | TRINO | DUCK,
                       "write INSERT … ON CONFLICT"},
    [FEATURE_ON_CONFLICT] = {"ON CONFLICT", LITE | PG | DUCK, "write MERGE"},
    [FEATURE_ON_DUPLICATE] = {"ON DUPLICATE KEY", MY, "write ON CONFLICT or MERGE"},
    [FEATURE_OVERWRITE] = {"INSERT OVERWRITE", SNOW | SPARK | FLINK, "delete the partition first"},
    [FEATURE_INSERT_BY_NAME] = {"INSERT … BY NAME", DUCK | SPARK, "name the columns"},
    [FEATURE_REPLACE_WHERE] = {"INSERT … REPLACE WHERE", SPARK, "delete these rows first"},
    [FEATURE_WRITE_LIMIT] = {"ORDER BY and LIMIT of UPDATE and DELETE", MY,
                             "choose the rows in a subquery"},
    [FEATURE_UPDATE_FROM] = {"UPDATE … FROM", LITE | SNOW | BIG | PG | DUCK, "write MERGE"},
    [FEATURE_DELETE_USING] = {"DELETE … USING", SNOW | PG | MY | DUCK, "use EXISTS in WHERE"},
    [FEATURE_RETURNING] = {"RETURNING", LITE | PG | DUCK, "read the rows afterwards"},
    [FEATURE_WATERMARK] = {"WATERMARK", FLINK, "leave it out"},
    [FEATURE_PARTITION_BY] = {"PARTITIONED BY", EVERY & ~LITE & ~DUCK & ~SNOW, "leave it out"},
    [FEATURE_CLUSTER_BY] = {"CLUSTER BY", SNOW | BIG | SPARK, "leave it out"},
    [FEATURE_OR_REPLACE] = {"CREATE OR REPLACE", SNOW | BIG | SPARK | DUCK | TRINO | PG,
                            "drop it first"},
    [FEATURE_BACKTICKS] = {"a name in backticks", LITE | BIG | SPARK | MY | FLINK,
                           "use double quotes"},
    [FEATURE_CAST_TYPE] = {"a cast to this type", EVERY & ~MY,
                           "cast to SIGNED, UNSIGNED, CHAR, DECIMAL, DATE, DATETIME or DOUBLE"},
    [FEATURE_TABLE_COLUMNS] = {"new names for the columns of a table", EVERY & ~MY & ~BIG,
                               "rename them in a subquery"},
    [FEATURE_OVERLAPS] = {"OVERLAPS", PG, "compare starts with ends"},
    [FEATURE_ITEM_COLUMNS] = {"AS (a, b) behind an item", SPARK, "put the function into FROM"},
    [FEATURE_PIVOT_STATEMENT] = {"statement PIVOT", DUCK, "write PIVOT behind a table in FROM"},
    [FEATURE_RESERVED_NAME] = {"reserved word", 0, "put it in quotes"},
    [FEATURE_AGGREGATE_ORDER] = {"ORDER BY inside an aggregate", BIG | PG | TRINO | DUCK | LITE,
                                 "write WITHIN GROUP, or sort the list"},
    [FEATURE_UNION_BARE] = {"a bare UNION, EXCEPT or INTERSECT", EVERY & ~BIG,
                            "say DISTINCT or ALL behind it"},
    [FEATURE_EQUAL_TWICE] = {"==", LITE | SPARK | DUCK, "write ="},
    [FEATURE_LIMIT_FIRST] = {"LIMIT before OFFSET", EVERY & ~TRINO, "write OFFSET … LIMIT …"},
    [FEATURE_AND_SIGN] = {"&&", MY, "write AND"},
};
static_assert(sizeof rows / sizeof *rows == FEATURE_COUNT_, "a row for every feature");

// Where a dialect's own way out is another than everybody's.
static const struct {
    SqlFeature feature;
    unsigned in;
    const char *instead;
} others[] = {
    {FEATURE_ON_CONFLICT, MY, "write ON DUPLICATE KEY UPDATE"},
    {FEATURE_MERGE, MY, "write INSERT … ON DUPLICATE KEY UPDATE"},
    {FEATURE_UPDATE_FROM, MY, "write UPDATE a JOIN b ON … SET"},
    {FEATURE_GROUPING_SETS, MY, "write WITH ROLLUP, or join the levels with UNION ALL"},
    {FEATURE_WITHIN_GROUP, MY,
     "write GROUP_CONCAT(x ORDER BY y); number the rows for a percentile"},
    {FEATURE_WITHIN_GROUP, BIG, "put ORDER BY inside the call; PERCENTILE_CONT stands OVER ()"},
};

static const char *instead_of(SqlFeature f, Dialect d)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].feature == f && others[i].in >> d & 1) return others[i].instead;
    }
    return rows[f].instead;
}

const char *sql_feature_name(SqlFeature f)
{
    return rows[f].name;
}
bool sql_feature_in(SqlFeature f, Dialect d)
{
    return rows[f].in >> d & 1;
}

static bool is_reserved_word(const SqlScript *s, const SqlUse *u, Error *err)
{
    Str rest = str_slice(s->sql, u->at, s->sql.len);
    Token t = sql_next(&(Lexer){.sql = rest, .dialect = s->dialect, .line = 1, .column = 1});
    const char *quote = sql_feature_in(FEATURE_BACKTICKS, s->dialect) ? "`" : "\"";
    return error_at(err, ERROR_HOME_REFUSED, S(""), (int)u->line, (int)u->column,
                    STR_FMT " is a reserved word in %s: as a name it needs quotes, %s" STR_FMT
                            "%s.",
                    STR_ARG(t.text), home_title(s->dialect), quote, STR_ARG(t.text), quote);
}

bool sql_use_judged(const SqlScript *s, const SqlUse *u, Error *err)
{
    if (u->feature == FEATURE_RESERVED_NAME) return is_reserved_word(s, u, err);
    if (sql_feature_in(u->feature, s->dialect)) return true;
    const char *name = rows[u->feature].name;
    return error_at(err, ERROR_HOME_REFUSED, S(""), (int)u->line, (int)u->column, "%s %s %s: %s.",
                    home_title(s->dialect), home_lacks(name), name,
                    instead_of(u->feature, s->dialect));
}

bool sql_home(const SqlScript *s, Error *err)
{
    for (size_t i = 0; i < s->use_count; i++) {
        if (!sql_use_judged(s, &s->uses[i], err)) return false;
    }
    return true;
}
