// lower_text: functions of text and LIKE are given texts, where the target casts nothing by itself.
//
// A date or a whole number is the same text everywhere; other values stay, and the target's own
// rules say what it makes of them.
#include "sql/lower.h"

static bool casts_nothing(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_BIGQUERY ||
           d == DIALECT_DUCKDB;
}

static SqlNode *text_of(Translator *t, SqlNode *n)
{
    bool same = node_is(n, TYPE_DATE) || node_is(n, TYPE_TIMESTAMP) || node_is(n, TYPE_INTEGER);
    if (!same || !casts_nothing(t->to)) return n;
    return lower_cast(t, make_cast(t, n, "VARCHAR"));
}

SqlNode *lower_text_there(Translator *t, SqlNode *n)
{
    static const char *const texts[] = {
        "upper",      "lower",       "char_length", "trim",    "ltrim",   "rtrim",
        "substring",  "left",        "left_or_off", "right",   "reverse", "initcap",
        "lpad",       "rpad",        "split_part",  "replace", "repeat",  "substr",
        "trim_white", "starts_with", "ends_with",
    };
    uint32_t roles = sql_roles(NODE_CALL);
    for (size_t i = 0; n->fn && sql_tail_count(n) && i < sizeof texts / sizeof *texts; i++) {
        if (!node_is_call(n, texts[i])) continue;
        n->child[roles] = text_of(t, n->child[roles]);
        break;
    }
    return n;
}

SqlNode *lower_like_there(Translator *t, SqlNode *n)
{
    n->child[OPERAND] = text_of(t, n->child[OPERAND]);
    return n;
}
