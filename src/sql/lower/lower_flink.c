// lower_flink: Flink's windows as arithmetic, joins with a series, and window functions.
//
// Windows are aligned to 1970. A hopping window is a row for each of the windows that a time is in;
// sessions end where more than the gap lies between two times of a key.
#include "base/calendar.h"
#include "sql/home.h"
#include "sql/lower_from.h"
#include <string.h>

// --- Bounds ---

static bool is_of_months(const SqlNode *size)
{
    Unit unit;
    return node_is_call(size, "interval") && unit_read(node_arg(size, "unit")->text, &unit) &&
           unit.kind >= UNIT_MONTH;
}

SqlNode *window_start(Translator *t, const SqlNode *place, SqlNode *time, SqlNode *size)
{
    if (time->kind == NODE_STAR) return translate_refused(t, time, "A window wants a time, not *.");
    if (is_of_months(size))
        return translate_unsupported(t, size, "A window wants an INTERVAL of fixed length.");
    SqlNode *origin = make_string(t, place, S("1970-01-01 00:00:00"));
    if (t->to != DIALECT_SQLITE) {
        SqlNode *typed = make_node(t, NODE_TYPED, place, 0);
        typed->text = S("TIMESTAMP");
        typed->child[ONLY] = origin;
        typed->type = TYPE_TIMESTAMP;
        origin = typed;
    }
    SqlNode *at = node_clone(t, time);
    if (node_is(at, TYPE_UNKNOWN)) at->type = TYPE_TIMESTAMP;
    SqlNode *n = make_call3(t, place, "date_bin", node_clone(t, size), at, origin);
    n->type = TYPE_TIMESTAMP;
    return n;
}

// What an interval counts, as a whole number of its unit; false where it is no constant.
static bool whole_amount(const SqlNode *interval, int64_t *out)
{
    const SqlNode *amount =
        node_is_call(interval, "interval") ? node_arg(interval, "amount") : NULL;
    bool constant = amount && (amount->kind == NODE_NUMBER || amount->kind == NODE_STRING);
    return constant && str_to_i64(amount->text, out);
}

// time + amount units, as the target says it.
static SqlNode *shifted(Translator *t, SqlNode *time, const SqlNode *interval, SqlNode *amount)
{
    SqlNode *unit = make_word(t, time, node_arg(interval, "unit")->text);
    SqlNode *n = make_call3(t, time, "date_add", unit, amount, node_clone(t, time));
    n->type = TYPE_TIMESTAMP;
    return n;
}

SqlNode *window_end(Translator *t, SqlNode *start, const SqlNode *size)
{
    int64_t amount;
    if (t->to != DIALECT_SQLITE && whole_amount(size, &amount))
        return shifted(t, start, size, make_number(t, start, amount));
    SqlNode *n = make_call2(t, start, "time_plus", node_clone(t, start), node_clone(t, size));
    n->type = TYPE_TIMESTAMP;
    return n;
}

// The last millisecond of a window.
SqlNode *window_last(Translator *t, SqlNode *end)
{
    if (t->to != DIALECT_SQLITE) {
        bool micros = t->to == DIALECT_MYSQL; // it has no milliseconds
        SqlNode *unit = make_word(t, end, micros ? S("MICROSECOND") : S("MILLISECOND"));
        SqlNode *one = make_number(t, end, micros ? 1000 : 1);
        SqlNode *last = make_call3(t, end, "date_sub", unit, one, node_clone(t, end));
        last->type = TYPE_TIMESTAMP;
        return last;
    }
    SqlNode *n = make_call2(t, end, "time_plus", node_clone(t, end), make_number(t, end, -1000));
    n->type = TYPE_TIMESTAMP;
    return n;
}

// Microseconds of INTERVAL '5' MINUTE; false, with a refusal, when they depend on the calendar.
static bool fixed_us(Translator *t, const SqlNode *n, int64_t *us)
{
    const SqlNode *amount = node_is_call(n, "interval") ? node_arg(n, "amount") : NULL;
    double value;
    Unit unit;
    Interval i;
    bool known = amount && (amount->kind == NODE_NUMBER || amount->kind == NODE_STRING) &&
                 str_to_f64(amount->text, &value) && unit_read(node_arg(n, "unit")->text, &unit) &&
                 interval_of(value, unit, &i) && !i.months;
    *us = known ? interval_us(i) : 0;
    if (*us > 0) return true;
    translate_unsupported(t, n, "A window wants an INTERVAL of fixed length here.");
    return false;
}

static bool two_lengths(Translator *t, const SqlNode *small, const SqlNode *large, int64_t *step,
                        int64_t *windows)
{
    int64_t size;
    if (!fixed_us(t, small, step) || !fixed_us(t, large, &size)) return false;
    *windows = (size + *step - 1) / *step;
    return true;
}

// 0, 1, 2 … as rows of gr_value: elsewhere they are written out.
static SqlNode *counted(Translator *t, const SqlNode *place, int64_t first, int64_t last, Str alias)
{
    enum { ROWS_MAX = 100 };
    if (last - first >= ROWS_MAX)
        return translate_unsupported(t, place,
                                     "These are more than 100 windows for each row: too many to "
                                     "be written out in %s.",
                                     home_title(t->to));
    SqlNode *values = make_node(t, NODE_VALUES, place, 0);
    for (int64_t i = first; i <= last; i++) {
        SqlNode *row = make_node(t, NODE_ROW, place, 0);
        node_add_tail(t, row, make_number(t, place, i));
        node_add_tail(t, values, row);
    }
    SqlNode *n = make_derived(t, make_query(t, values), alias);
    SqlNode *name = make_word(t, place, S("nth"));
    n->child[DERIVED_ALIAS]->child[ALIAS_COLUMNS] =
        make_list(t, place, (const SqlNode *const[]){name}, 1);
    return n;
}

static SqlNode *series(Translator *t, const SqlNode *place, int64_t first, int64_t last, Str alias)
{
    if (t->to != DIALECT_SQLITE) return counted(t, place, first, last, alias);
    SqlNode *n = make_node(t, NODE_TABLE_CALL, place, 0);
    n->child[TABLE_CALL_CALL] = make_call3(t, place, "rows_series", make_number(t, place, first),
                                           make_number(t, place, last), make_number(t, place, 1));
    n->child[TABLE_CALL_ALIAS] = make_alias(t, place, alias);
    return n;
}

// How far the windows are apart: upwards, or back from the last one.
typedef struct {
    const SqlNode *interval;
    int64_t us;
    bool back;
} Step;

// start + n * step of the series `alias`.
static SqlNode *stepped(Translator *t, SqlNode *start, Str alias, const Step *step)
{
    int64_t amount;
    bool there = t->to != DIALECT_SQLITE;
    SqlNode *n = make_column(t, start, alias, there ? S("nth") : S("gr_value"));
    n->type = TYPE_INTEGER;
    int64_t by = step->us;
    if (there && whole_amount(step->interval, &amount)) by = amount;
    SqlNode *far = make_binary(t, OP_MULTIPLY, n, make_number(t, start, step->back ? -by : by));
    if (there) return shifted(t, start, step->interval, far);
    far->type = TYPE_INTERVAL;
    return window_end(t, start, far);
}

// --- Sessions ---

static SqlNode *over(Translator *t, SqlNode *call, const SqlNode *keys, const SqlNode *time)
{
    SqlNode *w = make_node(t, NODE_WINDOW, call, 0);
    if (sql_tail_count(keys)) w->child[WINDOW_PARTITION] = node_clone(t, keys);
    if (time) {
        SqlNode *order = make_node(t, NODE_ORDER_BY, call, 1);
        order->child[0] = make_node(t, NODE_ORDER_ITEM, call, 0);
        order->child[0]->child[ONLY] = node_clone(t, time);
        w->child[WINDOW_ORDER] = order;
    }
    call->child[CALL_OVER] = w;
    return call;
}

// 1 where a session starts: more than the gap after the time before it.
static SqlNode *starts_session(Translator *t, SqlNode *time, const SqlNode *gap,
                               const SqlNode *keys)
{
    SqlNode *before = over(t, make_call1(t, time, "lag", node_clone(t, time)), keys, time);
    before->type = TYPE_TIMESTAMP;
    SqlNode *within = make_binary(t, OP_LE, node_clone(t, time), window_end(t, before, gap));
    return make_case(t, within, make_number(t, time, 0), make_number(t, time, 1));
}

// All of them; where they are not known, a star.
static SqlNode *columns_items(Translator *t, const SqlNode *place, const SqlColumns *c, size_t n)
{
    if (c->open) {
        SqlNode *star = make_node(t, NODE_STAR, place, 0),
                *list = make_node(t, NODE_LIST, place, 0);
        node_add_tail(t, list, make_item(t, star, (Str){0}));
        return list;
    }
    SqlNode *items = make_node(t, NODE_LIST, place, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        items->child[i] = make_item(t, make_column(t, place, (Str){0}, c->at[i].name), (Str){0});
    return items;
}

static SqlNode *query_from(Translator *t, const SqlNode *place, SqlNode *items, SqlNode *from,
                           SqlNode *where)
{
    SqlNode *select = make_select(t, place, items);
    select->child[SELECT_FROM] = make_from(t, from);
    select->child[SELECT_WHERE] = where;
    return make_query(t, select);
}

typedef struct {
    SqlColumns columns; // of the source
    size_t count;       // … that are its own
    SqlNode *source, *where;
    SqlNode *time, *gap, *keys; // keys: a LIST
    Str alias;                  // under which all levels go
} Sessions;

static Str starts_name(const Translator *t)
{
    return t->to == DIALECT_SQLITE ? S("gr_starts") : S("starts_session");
}
static Str session_name(const Translator *t)
{
    return t->to == DIALECT_SQLITE ? S("gr_session") : S("session_nr");
}

// The source with a number of the session for each key.
static SqlNode *numbered(Translator *t, const SqlNode *place, const Sessions *s)
{
    SqlNode *first = columns_items(t, place, &s->columns, s->count);
    node_add_tail(t, first,
                  make_item(t, starts_session(t, s->time, s->gap, s->keys), starts_name(t)));
    SqlNode *inner = query_from(t, place, first, s->source, s->where);
    SqlNode *second = columns_items(t, place, &s->columns, s->count);
    SqlNode *sum = make_call1(t, place, "sum", make_column(t, place, (Str){0}, starts_name(t)));
    node_add_tail(t, second, make_item(t, over(t, sum, s->keys, s->time), session_name(t)));
    return query_from(t, place, second, make_derived(t, inner, s->alias), NULL);
}

// --- Laid out again: they stay as they are ---

static void keep(Translator *t, SqlNode **place)
{
    SqlNode *n = *place;
    if (!n) return;
    for (uint32_t i = 0; i < n->count; i++) keep(t, &n->child[i]);
    if (n->kind != NODE_CALL && n->kind != NODE_INTERVAL) return;
    bool call = n->kind == NODE_CALL;
    SqlNode *made = make_node(t, call ? NODE_TRANSFORM : NODE_WORDS, n, 0);
    made->text = call ? n->text : sql_source(t->script->sql, n);
    if (call) node_set_tail(t, made, n->child + sql_roles(NODE_CALL), sql_tail_count(n));
    *place = made;
}

static bool is_window_call(const SqlNode *n)
{
    static const char *const names[] = {"TUMBLE", "HOP", "CUMULATE", "SESSION"};
    for (size_t i = 0; n && n->kind == NODE_CALL && i < sizeof names / sizeof *names; i++) {
        Str name = str_slice(n->text, 0, strlen(names[i]));
        bool more = n->text.len > name.len;
        bool starts = str_eq_nocase(name, str_from(names[i]));
        if (starts && (!more || n->text.ptr[name.len] == '_')) return true;
    }
    return false;
}

void windows_kept(Translator *t, SqlNode *n)
{
    if (t->from != DIALECT_FLINK || t->to != DIALECT_FLINK) return;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_window_call(n->child[i])) {
            keep(t, &n->child[i]);
        } else if (n->child[i]) {
            windows_kept(t, n->child[i]);
        }
    }
}

// --- Functions in FROM ---

static SqlNode *window_item(Translator *t, SqlNode *items, SqlNode *value, const char *name)
{
    node_add_tail(t, items, make_item(t, value, str_from(name)));
    return value;
}

static void add_bounds(Translator *t, SqlNode *items, SqlNode *start, SqlNode *end)
{
    window_item(t, items, node_clone(t, start), "window_start");
    window_item(t, items, node_clone(t, end), "window_end");
    window_item(t, items, window_last(t, end), "window_time");
}

typedef struct {
    Translator *t;
    SqlNode *n, *call;
    SqlNode *table, *time;
    SqlColumns columns;
    size_t count;
} WindowCall;

static SqlNode *cross(Translator *t, SqlNode *left, SqlNode *right)
{
    SqlNode *join = make_node(t, NODE_JOIN, left, 0);
    join->op = OP_CROSS;
    join->child[JOIN_LEFT] = left;
    join->child[JOIN_RIGHT] = right;
    return join;
}

// t.*, so that what is joined to it does not come along.
static SqlNode *own_items(const WindowCall *w)
{
    SqlNode *items = columns_items(w->t, w->n, &w->columns, w->count);
    if (w->columns.open) {
        SqlNode *star = items->child[0]->child[ITEM_VALUE];
        star->child[STAR_OF] = make_column(w->t, w->n, (Str){0}, sql_last(w->table)->text);
    }
    return items;
}

static SqlNode *tumble_query(WindowCall *w)
{
    SqlNode *size = node_arg(w->call, "size");
    SqlNode *items = own_items(w);
    SqlNode *start = window_start(w->t, w->n, w->time, size);
    add_bounds(w->t, items, start, window_end(w->t, start, size));
    return query_from(w->t, w->n, items, w->table, NULL);
}

// HOP steps back from the last window, CUMULATE grows from the start of the largest.
static SqlNode *stepping_query(WindowCall *w, bool hop)
{
    Translator *t = w->t;
    SqlNode *small = node_arg(w->call, hop ? "slide" : "step"), *size = node_arg(w->call, "size");
    int64_t step, windows;
    if (!two_lengths(t, small, size, &step, &windows)) return NULL;
    Str alias = make_name(t, "window");
    SqlNode *items = own_items(w);
    SqlNode *start = window_start(t, w->n, w->time, hop ? small : size), *end;
    Step by = {small, step, hop};
    if (hop) {
        start = stepped(t, start, alias, &by);
        end = window_end(t, start, size);
    } else {
        end = stepped(t, start, alias, &by);
    }
    add_bounds(t, items, start, end);
    SqlNode *holds = make_binary(t, OP_GT, node_clone(t, end), node_clone(t, w->time));
    SqlNode *rows = series(t, w->n, hop ? 0 : 1, hop ? windows - 1 : windows, alias);
    return query_from(t, w->n, items, cross(t, w->table, rows), holds);
}

static SqlNode *session_query(WindowCall *w, SqlNode *keys)
{
    Translator *t = w->t;
    SqlNode *gap = node_arg(w->call, "gap");
    Sessions s = {.columns = w->columns, .count = w->count, .source = w->table, .time = w->time};
    s.gap = gap, s.keys = keys, s.alias = make_name(t, "session");
    SqlNode *inner = numbered(t, w->n, &s), *group = node_clone(t, keys);
    node_add_tail(t, group, make_column(t, w->n, (Str){0}, session_name(t)));
    SqlNode *items = columns_items(t, w->n, &w->columns, w->count);
    SqlNode *first = over(t, make_call1(t, w->n, "min", node_clone(t, w->time)), group, NULL);
    SqlNode *last = over(t, make_call1(t, w->n, "max", node_clone(t, w->time)), group, NULL);
    first->type = last->type = TYPE_TIMESTAMP;
    add_bounds(t, items, first, window_end(t, last, gap));
    return query_from(t, w->n, items, make_derived(t, inner, s.alias), NULL);
}

// What a window is made with, by its meaning: two at most.
static bool has_lengths(const WindowCall *w)
{
    static const struct {
        const char *meaning, *lengths[2];
    } all[] = {{"window_tumble", {"size", "size"}},
               {"window_hop", {"slide", "size"}},
               {"window_cumulate", {"step", "size"}},
               {"window_session", {"gap", "gap"}}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!node_is_call(w->call, all[i].meaning)) continue;
        return node_arg(w->call, all[i].lengths[0]) && node_arg(w->call, all[i].lengths[1]);
    }
    return false;
}

static bool read_window(WindowCall *w)
{
    Translator *t = w->t;
    SqlNode *data = node_arg(w->call, "data"), *time = node_arg(w->call, "time");
    bool known = data && data->kind == NODE_TABLE_ARG && node_is_call(time, "descriptor") &&
                 sql_tail_count(time) == 1 && sql_tail(time, 0)->kind == NODE_COLUMN;
    if (!known) {
        translate_unsupported(t, w->call,
                              "A window wants TABLE and a name, and DESCRIPTOR of one column.");
    } else if (!has_lengths(w)) {
        translate_refused(t, w->call, "A window wants an INTERVAL for each of its lengths.");
    } else if (node_arg(w->call, "offset")) {
        translate_unsupported(t, node_arg(w->call, "offset"),
                              "The offset of a window is not supported here: shift the time that "
                              "it is made of.");
    }
    return !t->failed;
}

static bool open_window(WindowCall *w, SqlNode **keys)
{
    Translator *t = w->t;
    if (!read_window(w)) return false;
    SqlNode *data = node_arg(w->call, "data"), *time = node_arg(w->call, "time");
    w->columns = source_columns(t, w->n->id);
    if (w->columns.len < 3) w->columns.open = true;
    bool session = node_is_call(w->call, "window_session");
    if (session && w->columns.open) {
        translate_unsupported(t, data,
                              "The columns of " STR_FMT " are not known here, and sessions of its "
                              "rows are made from all of them.",
                              STR_ARG(sql_last(data->child[0])->text));
        return false;
    }
    w->count = w->columns.len < 3 ? 0 : w->columns.len - 3;
    w->table = make_node(t, NODE_TABLE, data, 1);
    w->table->child[w->table->count - 1] = sql_last(data->child[0]);
    w->time = make_column(t, time, (Str){0}, sql_last(sql_tail(time, 0))->text);
    w->time->type = TYPE_TIMESTAMP;
    *keys = make_node(t, NODE_LIST, data, 0);
    if (data->child[1]) node_add_tail(t, *keys, data->child[1]);
    return true;
}

SqlNode *lower_window_call(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call)
{
    static const char *const meanings[] = {"window_tumble", "window_hop", "window_cumulate",
                                           "window_session"};
    size_t which = 0;
    while (which < 4 && !node_is_call(call, meanings[which])) which++;
    if (which == 4) return NULL;
    WindowCall w = {.t = s->t, .n = n, .call = call};
    SqlNode *keys, *query = NULL;
    if (!open_window(&w, &keys)) return n;
    if (which == 0) query = tumble_query(&w);
    if (which == 1 || which == 2) query = stepping_query(&w, which == 1);
    if (which == 3) query = session_query(&w, keys);
    return query ? from_derived(s->t, n, query, from_alias(s->t, alias)) : n;
}

// --- Windows of a group ---

typedef struct {
    Translator *t;
    SqlNode *start, *end; // what stands for the window's bounds
    SqlNode *key;
    const char *prefix; // "group_hop" or "group_session"
} Bounds;

static SqlNode *bound_of(const Bounds *b, const SqlNode *n)
{
    if (n->kind != NODE_CALL || !n->fn || !str_starts(n->text, str_from(b->prefix))) return NULL;
    if (str_ends(n->text, S("_rowtime"))) return window_last(b->t, b->end);
    if (str_ends(n->text, S("_end"))) return node_clone(b->t, b->end);
    if (str_ends(n->text, S("_start"))) return node_clone(b->t, b->start);
    return node_clone(b->t, b->key);
}

static void put_bounds(const Bounds *b, SqlNode *n)
{
    for (uint32_t i = 0; n && i < n->count; i++) {
        SqlNode *bound = n->child[i] ? bound_of(b, n->child[i]) : NULL;
        if (bound) {
            n->child[i] = bound;
        } else {
            put_bounds(b, n->child[i]);
        }
    }
}

static SqlNode *find_window(const SqlNode *group, const char *meaning)
{
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        if (node_is_call(sql_tail(group, i), meaning)) return sql_tail(group, i);
    }
    return NULL;
}

static void put_in_select(const Bounds *b, FromScope *s, SqlNode *order)
{
    static const int roles[] = {SELECT_ITEMS, SELECT_GROUP, SELECT_HAVING};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        put_bounds(b, s->node->child[roles[i]]);
    put_bounds(b, order);
}

static void lower_group_hop(FromScope *s, SqlNode *call, SqlNode *order)
{
    Translator *t = s->t;
    SqlNode *time = sql_tail(call, 0), *slide = sql_tail(call, 1), *size = sql_tail(call, 2);
    int64_t step, windows;
    if (!two_lengths(t, slide, size, &step, &windows)) return;
    Str alias = make_name(t, "window");
    Bounds b = {.t = t, .prefix = "group_hop"};
    Step back = {slide, step, true};
    b.start = b.key = stepped(t, window_start(t, call, time, slide), alias, &back);
    b.end = window_end(t, b.start, size);
    SqlNode *holds = make_binary(t, OP_GT, node_clone(t, b.end), node_clone(t, time));
    from_add(s, series(t, call, 0, windows - 1, alias), false);
    s->node->child[SELECT_WHERE] = make_and(t, s->node->child[SELECT_WHERE], holds);
    put_in_select(&b, s, order);
}

static void lower_group_session(FromScope *s, SqlNode *call, SqlNode *order)
{
    Translator *t = s->t;
    if (sql_tail(call, 0)->kind == NODE_STAR) {
        translate_refused(t, call, "A window wants a time, not *.");
        return;
    }
    SqlNode *from = s->node->child[SELECT_FROM], *group = s->node->child[SELECT_GROUP];
    SqlNode *source = from && sql_tail_count(from) == 1 ? sql_tail(from, 0) : NULL;
    bool one = source && (source->kind == NODE_TABLE || source->kind == NODE_DERIVED);
    Sessions p = {.source = source, .time = sql_tail(call, 0), .gap = sql_tail(call, 1)};
    if (one) p.columns = source_columns(t, source->id);
    if (!one) {
        translate_unsupported(t, call, "SESSION wants one table or subquery in FROM here.");
        return;
    }
    if (!p.columns.len) p.columns.open = true;
    const SqlNode *as =
        source->child[source->kind == NODE_TABLE ? (int)TABLE_ALIAS : (int)DERIVED_ALIAS];
    p.alias = as && as->child[ALIAS_NAME]  ? as->child[ALIAS_NAME]->text
              : source->kind == NODE_TABLE ? sql_last(source)->text
                                           : make_name(t, "session");
    p.count = p.columns.len;
    p.where = s->node->child[SELECT_WHERE];
    p.keys = make_node(t, NODE_LIST, call, 0);
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        if (sql_tail(group, i) != call) node_add_tail(t, p.keys, sql_tail(group, i));
    }
    Bounds b = {.t = t, .prefix = "group_session"};
    b.start = make_call1(t, call, "min", node_clone(t, p.time));
    SqlNode *last = make_call1(t, call, "max", node_clone(t, p.time));
    b.start->type = last->type = TYPE_TIMESTAMP;
    b.end = window_end(t, last, p.gap);
    b.key = make_column(t, call, p.alias, session_name(t));
    put_in_select(&b, s, order);
    uint32_t id = source->id;
    SqlNode *derived = make_derived(t, numbered(t, call, &p), p.alias);
    source->id = NODE_MADE;
    derived->id = id;
    s->node->child[SELECT_WHERE] = NULL;
    s->node->child[SELECT_FROM] = make_from(t, derived);
}

void lower_group_windows(FromScope *s, SqlNode *order)
{
    const SqlNode *group = s->node->child[SELECT_GROUP];
    SqlNode *hop = find_window(group, "group_hop"), *session = find_window(group, "group_session");
    if (hop) lower_group_hop(s, hop, order);
    if (session) lower_group_session(s, session, order);
}
