// lower_series: rows that count: GENERATE_SERIES, SEQUENCE, GENERATE_DATE_ARRAY, GENERATOR, from
// one dialect to another.
//
// Postgres and DuckDB add the step to the row before, so that months from the 31st stay at the
// 29th; the others count from the start. Where that would differ it is refused.
#include "base/calendar.h"
#include "sql/home.h"
#include "sql/lower_from.h"
#include "sql/neutral_time.h"

static bool chains(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_DUCKDB || d == DIALECT_MYSQL;
}

static Str unit_of(const SqlNode *step)
{
    return node_is_call(step, "interval") ? node_arg(step, "unit")->text : (Str){0};
}

static bool has_months(const SqlNode *step)
{
    Unit u;
    return unit_of(step).len && unit_read(unit_of(step), &u) && u.kind >= UNIT_MONTH;
}

// The day of the month at which a series starts, as far as it is written; 31 = not known.
static int start_day(const SqlNode *start)
{
    Moment m;
    if (node_is_call(start, "to_timestamp") || node_is_call(start, "to_date"))
        return start_day(node_arg(start, "value"));
    if (node_is_call(start, "date_trunc")) {
        Unit u;
        return unit_read(node_arg(start, "unit")->text, &u) && u.kind >= UNIT_MONTH ? 1 : 31;
    }
    if (start->kind != NODE_TYPED || !moment_read(start->child[ONLY]->text, &m)) return 31;
    int day = 0;
    for (size_t i = 8; i < 10; i++) day = day * 10 + (start->child[ONLY]->text.ptr[i] - '0');
    return day;
}

static bool at_midnight(const SqlNode *start)
{
    Moment m;
    if (node_is(start, TYPE_DATE)) return true;
    if (node_is_call(start, "to_timestamp")) return node_is(node_arg(start, "value"), TYPE_DATE);
    if (node_is_call(start, "date_trunc")) return !fn_is_clock(node_arg(start, "unit")->text);
    return start->kind == NODE_TYPED && moment_read(start->child[ONLY]->text, &m) &&
           m.us == moment_days(m) * DAY_US;
}

static SqlNode *moved(Translator *t, SqlNode *n, int64_t by)
{
    int64_t v;
    if (n->kind == NODE_NUMBER && str_to_i64(n->text, &v)) return make_number(t, n, v + by);
    SqlNode *made =
        make_binary(t, by < 0 ? OP_SUBTRACT : OP_ADD, n, make_number(t, n, by < 0 ? -by : by));
    made->type = TYPE_INTEGER;
    return made;
}

static bool is_above(const SqlNode *n) // a step that is written, and goes up
{
    int64_t v;
    return n->kind == NODE_NUMBER && str_to_i64(n->text, &v) && v > 0;
}

static SqlNode *amount_of(const SqlNode *step)
{
    return node_arg(step, "amount");
}

static SqlNode *refuse(Translator *t, const SqlNode *n, const char *why)
{
    return translate_unsupported(t, n, "This series is not written for %s: %s", home_title(t->to),
                                 why);
}

// --- Snowflake: numbers only; a date is so many days behind the start ---

static SqlNode *number_range(Translator *t, SqlNode *series, SqlNode *from, SqlNode *last,
                             SqlNode *step)
{
    SqlNode *args[] = {from, moved(t, last, 1), step};
    SqlNode *made = make_call(t, series, "series_before", args, 3);
    made->type = TYPE_ARRAY;
    return made;
}

static SqlNode *in_snowflake(Translator *t, Series *s)
{
    SqlNode *start = s->start, *step = s->step;
    if (!s->moments) {
        if (!is_above(step)) return refuse(t, step, "its step is a number above zero there.");
        return number_range(t, s->call, start, s->stop, step);
    }
    bool whole = has_months(step) ? start_day(start) == 1 : at_midnight(start);
    if (!node_is_call(step, "interval") || !is_above(amount_of(step)) || !whole)
        return refuse(t, s->call, "it starts at a midnight, and its step is so many days there.");
    SqlNode *unit = make_word(t, step, unit_of(step)), *one = amount_of(step);
    SqlNode *count = make_call3(t, step, "date_diff", unit, node_clone(t, start), s->stop);
    count->type = TYPE_INTEGER;
    bool single = str_eq(one->text, S("1"));
    if (!single) {
        SqlNode *parts = make_call3(t, step, "divide_whole", count, node_clone(t, one),
                                    make_word(t, step, S("FAIL")));
        parts->type = TYPE_INTEGER;
        count = parts;
    }
    s->unit = unit;
    s->times = single ? NULL : one;
    return number_range(t, s->call, make_number(t, step, 0), count, make_number(t, step, 1));
}

// --- MySQL: WITH RECURSIVE ---

static SqlNode *only_item(Translator *t, SqlNode *value, Str name)
{
    SqlNode *items = make_node(t, NODE_LIST, value, 1);
    items->child[0] = make_item(t, value, name);
    return make_select(t, value, items);
}

static SqlNode *next_of(Translator *t, const Series *s, Str name)
{
    SqlNode *column = make_column(t, s->call, (Str){0}, name);
    column->type = s->start->type;
    if (s->moments) return time_shift(t, column, node_clone(t, s->step), false);
    SqlNode *sum = make_binary(t, OP_ADD, column, node_clone(t, s->step));
    sum->type = s->start->type;
    return sum;
}

// Written so that it has a row.
static bool is_filled(const Series *s)
{
    int64_t a, b;
    if (s->start->kind == NODE_TYPED && s->stop->kind == NODE_TYPED)
        return str_cmp(s->start->child[ONLY]->text, s->stop->child[ONLY]->text) <= 0;
    return s->start->kind == NODE_NUMBER && s->stop->kind == NODE_NUMBER &&
           str_to_i64(s->start->text, &a) && str_to_i64(s->stop->text, &b) && a <= b;
}

SqlNode *series_query(Translator *t, Series *s, Str name)
{
    bool up = s->moments ? node_is_call(s->step, "interval") && is_above(amount_of(s->step))
                         : is_above(s->step);
    if (!up) return refuse(t, s->step, "its step is written and goes up there.");
    Str cte = make_name(t, "series");
    SqlNode *first = only_item(t, s->start, name);
    if (!is_filled(s))
        first->child[SELECT_WHERE] =
            make_binary(t, OP_LE, node_clone(t, s->start), node_clone(t, s->stop));
    SqlNode *next = only_item(t, next_of(t, s, name), (Str){0});
    SqlNode *table = make_node(t, NODE_TABLE, s->call, 1);
    table->child[table->count - 1] = make_word(t, s->call, cte);
    next->child[SELECT_FROM] = make_from(t, table);
    next->child[SELECT_WHERE] = make_binary(t, OP_LE, next_of(t, s, name), s->stop);
    SqlNode *both = make_node(t, NODE_SETOP, s->call, 0);
    both->op = OP_UNION;
    both->flags = FLAG_ALL;
    both->child[LEFT_SIDE] = first;
    both->child[RIGHT_SIDE] = next;
    SqlNode *one = make_node(t, NODE_CTE, s->call, 0), *with = make_node(t, NODE_WITH, s->call, 1);
    one->text = cte;
    one->child[CTE_QUERY] = make_query(t, both);
    with->child[0] = one;
    with->flags = FLAG_RECURSIVE;
    SqlNode *select = only_item(t, make_column(t, s->call, (Str){0}, name), (Str){0});
    select->child[SELECT_FROM] = make_from(t, node_clone(t, table));
    SqlNode *query = make_query(t, select);
    query->child[QUERY_WITH] = with;
    return query;
}

// --- The others ---

static SqlNode *again(Translator *t, const Series *s, const char *meaning)
{
    SqlNode *args[] = {s->start, s->stop, s->step};
    SqlNode *made = make_call(t, s->call, meaning, args, 3);
    made->type = TYPE_ARRAY;
    return made;
}

// Their series of dates are timestamps.
static SqlNode *in_postgres(Translator *t, Series *s)
{
    if (s->moments && s->type == TYPE_DATE) {
        s->start = time_as(t, s->start, TYPE_TIMESTAMP);
        s->stop = time_as(t, s->stop, TYPE_TIMESTAMP);
        s->converts = TYPE_DATE;
    }
    return again(t, s, "series_rows");
}

static SqlNode *in_bigquery(Translator *t, Series *s)
{
    if (!s->moments || s->type == TYPE_DATE || !has_months(s->step)) return again(t, s, "series");
    if (!at_midnight(s->start)) return refuse(t, s->call, "an array of timestamps has no months.");
    s->start = time_as(t, s->start, TYPE_DATE);
    s->stop = time_as(t, s->stop, TYPE_DATE);
    s->converts = TYPE_TIMESTAMP;
    return again(t, s, "series");
}

bool series_read(Translator *t, SqlNode *call, Series *s)
{
    bool before = node_is_call(call, "series_before");
    if (!before && !node_is_call(call, "series")) return false;
    *s = (Series){.call = call,
                  .start = sql_tail(call, 0),
                  .stop = sql_tail(call, 1),
                  .step = sql_tail(call, 2)};
    s->type = node_type(s->start);
    s->moments = node_is(s->step, TYPE_INTERVAL) || node_is_moment(s->start);
    if (before && (s->moments || !is_above(s->step))) {
        refuse(t, call, "it leaves its end out, of times or downwards.");
    } else if (before) {
        s->stop = moved(t, s->stop, -1);
    }
    bool months = has_months(s->step) && chains(t->from) != chains(t->to);
    if (months && start_day(s->start) > 28)
        refuse(t, call, "months are counted otherwise from the last days of one.");
    return true;
}

SqlNode *series_array(Translator *t, Series *s)
{
    switch (t->to) {
    case DIALECT_SNOWFLAKE:
        return in_snowflake(t, s);
    case DIALECT_BIGQUERY:
        return in_bigquery(t, s);
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
        return in_postgres(t, s);
    default:
        return again(t, s, "series");
    }
}

SqlNode *series_value(Translator *t, const Series *s, SqlNode *column)
{
    column->type = (uint8_t)(s->unit ? TYPE_INTEGER : s->type);
    if (s->converts) {
        column->type = (uint8_t)(s->converts == TYPE_DATE ? TYPE_TIMESTAMP : TYPE_DATE);
        return time_as(t, column, (int)s->converts);
    }
    if (!s->unit) return column;
    SqlNode *amount =
        s->times ? make_binary(t, OP_MULTIPLY, column, node_clone(t, s->times)) : column;
    return time_add(t, node_clone(t, s->start), amount, s->unit->text, false);
}
