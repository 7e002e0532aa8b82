// neutral_span: intervals as values: which form they have at run time, and what they are compared
// by.
//
// The runtime has two forms (base/interval.h): microseconds, of what lies between two moments, and
// a code with months, days and microseconds, of what is said in units. In the dialects with two
// kinds of intervals those of days to seconds are microseconds throughout.
#include "base/calendar.h"
#include "sql/home.h"
#include "sql/neutral_time.h"
#include <string.h>

// --- Microseconds or a code ---

static bool is_short(const SqlNode *interval) // of days or less
{
    Unit u;
    return unit_read(node_arg(interval, "unit")->text, &u) && u.kind < UNIT_MONTH;
}

// The values of which one is the result, from the parameter on that the type names.
static bool are_micros(const Translator *t, const SqlNode *call)
{
    const char *rule = fn_at(call->fn)->type;
    bool computed = strchr("#%", rule[0]), picked = strchr("=~", rule[0]);
    if (!rule[0] || (!computed && !picked) || (computed && !sql_interval_kinds(t->from)))
        return false;
    int from = fn_param(fn_at(call->fn), str_slice(str_from(rule), 1, strcspn(rule, "!?")));
    bool some = false;
    for (uint32_t i = from < 0 ? UINT32_MAX : (uint32_t)from; i < sql_tail_count(call); i++) {
        const SqlNode *x = sql_tail(call, i);
        if (node_is(x, TYPE_INTERVAL) && !interval_micros(t, x)) return false;
        some = some || node_is(x, TYPE_INTERVAL);
        if (rule[0] != '~') break;
    }
    return some;
}

static bool is_call_of_micros(const Translator *t, const SqlNode *n)
{
    static const char *const always[] = {"time_minus", "interval_us", "duration", "micros_over",
                                         "micros_times"};
    if (!n->fn) return false;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (node_is_call(n, always[i])) return true;
    }
    // What an array holds is not said: of the two kinds days are the likely one.
    if (node_is_call(n, "element")) return sql_interval_kinds(t->from);
    if (node_is_call(n, "interval")) return sql_interval_kinds(t->from) && is_short(n);
    bool scaled = node_is_call(n, "interval_times") || node_is_call(n, "interval_over");
    if (scaled) return sql_interval_kinds(t->from) && interval_micros(t, node_arg(n, "interval"));
    return are_micros(t, n);
}

static bool is_case_of_micros(const Translator *t, const SqlNode *n)
{
    bool some = false;
    for (uint32_t i = 0; i <= sql_tail_count(n); i++) {
        bool last = i == sql_tail_count(n);
        const SqlNode *x = last ? n->child[CASE_ELSE] : sql_tail(n, i)->child[WHEN_RESULT];
        if (!x || x->kind == NODE_NULL) continue;
        if (!interval_micros(t, x)) return false;
        some = true;
    }
    return some;
}

static bool is_known(const Translator *t, const SqlNode *n)
{
    return t->meaning && n->id < t->script->nodes;
}

bool interval_micros(const Translator *t, const SqlNode *n)
{
    if (!node_is(n, TYPE_INTERVAL)) return false;
    switch (sql_kind_of(n)) {
    case NODE_NUMBER:
        return true;
    case NODE_COLUMN:
    case NODE_SUBQUERY:
        return is_known(t, n) && t->meaning->types[n->id].element != TYPE_UNKNOWN;
    case NODE_UNARY:
        return interval_micros(t, n->child[ONLY]);
    case NODE_BINARY:
        return sql_interval_kinds(t->from) && interval_micros(t, n->child[LEFT_SIDE]) &&
               interval_micros(t, n->child[RIGHT_SIDE]);
    case NODE_CASE:
        return is_case_of_micros(t, n);
    case NODE_CALL:
        return is_call_of_micros(t, n);
    default:
        return false;
    }
}

SqlNode *interval_compared(Translator *t, SqlNode *n)
{
    if (t->to != DIALECT_SQLITE || !node_is(n, TYPE_INTERVAL) || interval_micros(t, n)) return n;
    SqlNode *made = make_call1(t, n, "interval_us", n);
    made->type = TYPE_INTERVAL;
    return made;
}

SqlNode *interval_coded(Translator *t, SqlNode *n)
{
    if (t->to != DIALECT_SQLITE || !interval_micros(t, n)) return n;
    SqlNode *made = make_call1(t, n, "interval_code", n);
    made->type = TYPE_INTERVAL;
    return made;
}

// Spark and Trino have no type for months beside days.
static int kind_of(const SqlNode *n) // 1: months; 2: days or less; 0: not known
{
    if (!n || !node_is_call(n, "interval")) return 0;
    return is_short(n) ? 2 : 1;
}

bool interval_kinds_clash(Translator *t, SqlNode *const *at, uint32_t n)
{
    int seen = 0;
    bool kinds = t->to == DIALECT_SPARK || t->to == DIALECT_TRINO || t->to == DIALECT_FLINK;
    if (!is_foreign(t) || !kinds) return false;
    for (uint32_t i = 0; i < n && seen != 3; i++) {
        seen |= kind_of(at[i]);
        bool gap = at[i] && (node_is_call(at[i], "time_minus") || interval_micros(t, at[i]));
        if (gap) seen |= 2;
        if (seen != 3) continue;
        translate_unsupported(t, at[i],
                              "%s has two kinds of intervals, of months and of days: no value is "
                              "of either.",
                              home_title(t->to));
    }
    return seen == 3;
}

// Values of which one is taken have one form; a text beside intervals is one.
void interval_unify(Translator *t, SqlNode **at, uint32_t n)
{
    bool some = false, micros = true;
    if (interval_kinds_clash(t, at, n)) return;
    for (uint32_t i = 0; i < n; i++) {
        if (!at[i] || at[i]->kind == NODE_NULL) continue;
        some = some || node_is(at[i], TYPE_INTERVAL);
        micros = micros && interval_micros(t, at[i]);
    }
    for (uint32_t i = 0; i < n && some && !micros; i++) {
        if (!at[i]) continue;
        if (at[i]->kind == NODE_STRING) at[i] = time_interval_text(t, at[i], at[i]->text);
        at[i] = interval_coded(t, at[i]);
    }
}

// --- As texts ---

static SqlNode *style_word(Translator *t, const SqlNode *place)
{
    static const char *const styles[] = {
        [INTERVAL_DUCKDB] = "D", [INTERVAL_POSTGRES] = "P",  [INTERVAL_BIGQUERY] = "B",
        [INTERVAL_SPARK] = "S",  [INTERVAL_SPARK_DAY] = "s", [INTERVAL_TRINO] = "T"};
    bool between = node_is_call(place, "time_minus") && node_is(node_arg(place, "a"), TYPE_DATE) &&
                   node_is(node_arg(place, "b"), TYPE_DATE);
    bool days = is_known(t, place) ? t->meaning->types[place->id].element == TYPE_DATE : between;
    IntervalStyle style = sql_interval_style(t->from);
    if (days && style == INTERVAL_SPARK) style = INTERVAL_SPARK_DAY;
    return make_word(t, place, str_from(styles[style]));
}

// CAST(interval AS text), for the runtime.
SqlNode *interval_as_text(Translator *t, SqlNode *n)
{
    SqlNode *made = make_call2(t, n, "interval_text", style_word(t, n), n);
    made->type = TYPE_TEXT;
    return made;
}

// DATE_TRUNC('hour', interval): what is less than the unit is dropped. NULL: it is no such call.
SqlNode *time_trunc_interval(Translator *t, SqlNode *call)
{
    bool named = str_eq_nocase(call->text, S("DATE_TRUNC")) && sql_tail_count(call) == 2;
    SqlNode *x = named ? sql_tail(call, 1) : NULL;
    if (!x || !node_is(x, TYPE_INTERVAL)) return NULL;
    if (is_foreign(t) && t->to != DIALECT_POSTGRES && t->to != DIALECT_DUCKDB)
        return translate_unsupported(t, call, "%s truncates times, and no intervals.",
                                     home_title(t->to));
    Str unit = fn_unit(t, sql_tail(call, 0));
    if (!unit.len) return NULL;
    SqlNode *made = make_call2(t, call, "interval_trunc", make_word(t, call, unit), x);
    made->type = TYPE_INTERVAL;
    return made;
}
