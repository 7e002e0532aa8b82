// lower_window: windows as the target has them: named ones, frames over times, NULLs passed over,
// and the window functions of single dialects.
//
// A pass from the top, before calls and intervals are lowered: it must know the WINDOW clause of
// the select around a call, and what unit an interval has.
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/neutral_time.h"

// --- Named windows ---

static SqlNode *window_named(const SqlNode *windows, Str name)
{
    for (uint32_t i = 0; i < sql_tail_count(windows); i++) {
        SqlNode *item = sql_tail(windows, i);
        bool it = item->child[ITEM_ALIAS] && str_eq_nocase(item->child[ITEM_ALIAS]->text, name);
        if (it) return item->child[ITEM_VALUE];
    }
    return NULL;
}

// The window with what it builds on written out; NULL when that is not known.
static SqlNode *whole_window(Translator *t, SqlNode *w, const SqlNode *windows, int depth)
{
    if (!w->text.len) return w;
    SqlNode *base = depth < 30 ? window_named(windows, w->text) : NULL;
    if (base) base = whole_window(t, base, windows, depth + 1);
    if (!base) return NULL;
    SqlNode *n = node_clone(t, base);
    n->text = (Str){0};
    if (w->flags & FLAG_NAMED) return n;
    if (w->child[WINDOW_PARTITION]) n->child[WINDOW_PARTITION] = w->child[WINDOW_PARTITION];
    if (w->child[WINDOW_ORDER]) n->child[WINDOW_ORDER] = w->child[WINDOW_ORDER];
    n->child[WINDOW_FRAME] = w->child[WINDOW_FRAME];
    return n;
}

// --- Frames ---

static SqlNode *make_bound(Translator *t, const SqlNode *place, SqlOp op, SqlNode *amount)
{
    SqlNode *n = make_node(t, NODE_BOUND, place, 0);
    n->op = (uint8_t)op;
    n->child[ONLY] = amount;
    return n;
}

static SqlNode *make_frame(Translator *t, const SqlNode *place, SqlOp unit, SqlNode *start,
                           SqlNode *end)
{
    SqlNode *n = make_node(t, NODE_FRAME, place, 0);
    n->op = (uint8_t)unit;
    n->child[FRAME_START] = start;
    n->child[FRAME_END] = end;
    return n;
}

// The call over its window, with another frame.
static void set_frame(Translator *t, SqlNode *call, SqlNode *window, SqlNode *frame)
{
    SqlNode *w = node_clone(t, window);
    w->text = (Str){0};
    w->flags &= ~(uint32_t)FLAG_NAMED;
    w->child[WINDOW_FRAME] = frame;
    call->child[CALL_OVER] = w;
}

static SqlNode *up_to_here(Translator *t, const SqlNode *place, SqlOp unit)
{
    return make_frame(t, place, unit, make_bound(t, place, OP_UNBOUNDED_PRECEDING, NULL),
                      make_bound(t, place, OP_CURRENT_ROW, NULL));
}

static SqlNode *all_rows(Translator *t, const SqlNode *place)
{
    return make_frame(t, place, OP_ROWS, make_bound(t, place, OP_UNBOUNDED_PRECEDING, NULL),
                      make_bound(t, place, OP_UNBOUNDED_FOLLOWING, NULL));
}

static SqlNode *amount_of(const SqlNode *frame, int which)
{
    SqlNode *bound = frame ? frame->child[which] : NULL;
    return bound ? bound->child[ONLY] : NULL;
}

static bool is_interval(const SqlNode *n)
{
    return n && (node_is_call(n, "interval") || node_is(n, TYPE_INTERVAL));
}

// How many months an interval of months has; false when it is of another unit.
static bool months_of(const SqlNode *n, int64_t *months)
{
    static const struct {
        const char *unit;
        int64_t months;
    } units[] = {{"MONTH", 1}, {"QUARTER", 3}, {"YEAR", 12}};
    if (!node_is_call(n, "interval")) return false;
    const SqlNode *amount = node_arg(n, "amount"), *unit = node_arg(n, "unit");
    for (size_t i = 0; unit && i < sizeof units / sizeof *units; i++) {
        if (!str_eq(unit->text, str_from(units[i].unit))) continue;
        bool number = amount && (amount->kind == NODE_NUMBER || amount->kind == NODE_STRING);
        if (!number || !str_to_i64(amount->text, months)) *months = 0;
        *months *= units[i].months;
        return true;
    }
    return false;
}

static const char *since_op(const SqlNode *call)
{
    static const struct {
        const char *meaning, *op;
    } ops[] = {{"sum", "+"}, {"count", "#"}, {"avg", "/"}, {"min", "<"}, {"max", ">"}};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (node_is_call(call, ops[i].meaning) && sql_tail_count(call) == 1) return ops[i].op;
    }
    return NULL;
}

// RANGE BETWEEN INTERVAL n MONTH PRECEDING AND CURRENT ROW
static SqlNode *months_frame(Translator *t, SqlNode *call, SqlNode *w, int64_t months)
{
    const SqlNode *frame = w->child[WINDOW_FRAME], *end = frame->child[FRAME_END];
    const char *op = since_op(call);
    bool here = !end || end->op == OP_CURRENT_ROW;
    bool plain = !(call->flags & FLAG_DISTINCT) && !frame->text.len;
    if (!op || !here || !plain || months <= 0 || frame->child[FRAME_START]->op != OP_PRECEDING) {
        return translate_unsupported(t, frame,
                                     "A RANGE of months is supported up to the current row, for "
                                     "SUM, COUNT, AVG, MIN and MAX.");
    }
    SqlNode *item = sql_tail(w->child[WINDOW_ORDER], 0), *x = sql_tail(call, 0);
    if (x->kind == NODE_STAR) x = make_number(t, call, 1);
    bool adds = node_is(x, TYPE_INTERVAL) && (*op == '+' || *op == '/'); // by their lengths
    if (adds) x = interval_compared(t, x);
    bool down = item->flags & FLAG_DESC;
    SqlNode *args[4] = {make_string(t, call, str_from(op)), x, node_clone(t, item->child[ONLY]),
                        make_number(t, call, down ? -months : months)};
    SqlNode *made = make_call(t, call, "gr_since", args, 4);
    made->type = call->type;
    made->child[CALL_FILTER] = call->child[CALL_FILTER];
    set_frame(t, made, w, up_to_here(t, frame, OP_RANGE));
    if (!adds) return made;
    made = make_call2(t, call, "micros_times", made, make_number(t, call, 1));
    made->type = TYPE_INTERVAL;
    return made;
}

// RANGE over times: SQLite adds numbers, so times become microseconds. A plain number counts days.
static SqlNode *time_frame(Translator *t, SqlNode *call, SqlNode *w)
{
    SqlNode *frame = w->child[WINDOW_FRAME], *order = w->child[WINDOW_ORDER];
    if (!frame || frame->op != OP_RANGE || sql_tail_count(order) != 1) return call;
    SqlNode *start = amount_of(frame, FRAME_START), *end = amount_of(frame, FRAME_END);
    SqlNode *item = sql_tail(order, 0);
    bool times = is_interval(start) || is_interval(end) || node_is_moment(item->child[ONLY]) ||
                 node_is(item->child[ONLY], TYPE_TIME);
    if ((!start && !end) || !times) return call;
    int64_t months;
    if ((start && months_of(start, &months)) || (end && months_of(end, &months)))
        return months_frame(t, call, w, months);
    SqlNode *now = node_clone(t, frame);
    for (int i = FRAME_START; i <= FRAME_END; i++) {
        SqlNode *amount = amount_of(now, i);
        if (!amount) continue;
        if (node_is(amount, TYPE_INTERVAL)) {
            now->child[i]->child[ONLY] = interval_compared(t, amount);
            continue;
        }
        amount = make_binary(t, OP_MULTIPLY, amount, make_number(t, amount, INT64_C(86400000000)));
        now->child[i]->child[ONLY] = amount;
    }
    set_frame(t, call, w, now);
    SqlNode *own = call->child[CALL_OVER];
    SqlNode *key = sql_tail(own->child[WINDOW_ORDER], 0);
    bool span = node_is(key->child[ONLY], TYPE_INTERVAL);
    key->child[ONLY] = make_call1(t, key, span ? "interval_us" : "gr_micros", key->child[ONLY]);
    key->child[ONLY]->type = TYPE_INTEGER;
    return call;
}

// --- NULLs passed over, places from the end ---

static SqlNode *make_nth(Translator *t, SqlNode *call, const char *order, SqlNode *n)
{
    SqlNode *x = node_arg(call, "x");
    SqlNode *made = make_call3(t, call, "gr_nth", make_string(t, call, str_from(order)), x, n);
    made->type = call->type;
    made->child[CALL_FILTER] = call->child[CALL_FILTER];
    made->child[CALL_OVER] = call->child[CALL_OVER];
    return made;
}

// All rows before this one, or behind it.
static SqlNode *rows_beside(Translator *t, SqlNode *call, bool before)
{
    SqlNode *one = make_number(t, call, 1);
    if (before) {
        return make_frame(t, call, OP_ROWS, make_bound(t, call, OP_UNBOUNDED_PRECEDING, NULL),
                          make_bound(t, call, OP_PRECEDING, one));
    }
    return make_frame(t, call, OP_ROWS, make_bound(t, call, OP_FOLLOWING, one),
                      make_bound(t, call, OP_UNBOUNDED_FOLLOWING, NULL));
}

static SqlNode *or_default(Translator *t, SqlNode *call, SqlNode *made)
{
    SqlNode *other = node_arg(call, "default");
    if (!other) return made;
    SqlNode *filled = make_call2(t, call, "coalesce", made, other);
    filled->type = call->type;
    return filled;
}

// LAG and LEAD: of the rows before or behind this one that are not NULL, the n-th.
static SqlNode *lag_passing(Translator *t, SqlNode *call, SqlNode *w)
{
    bool lag = node_is_call(call, "lag");
    SqlNode *n = node_arg(call, "offset");
    if (!n) n = make_number(t, call, 1);
    SqlNode *made = make_nth(t, call, "I", lag ? make_unary(t, OP_MINUS, n) : n);
    set_frame(t, made, w, rows_beside(t, call, lag));
    return or_default(t, call, made);
}

// Postgres has no IGNORE NULLS: an element of the list of those that are none.
static SqlNode *listed_passing(Translator *t, SqlNode *call, SqlNode *w)
{
    bool lag = node_is_call(call, "lag"), lead = node_is_call(call, "lead");
    bool last = node_is_call(call, "last_value"), nth = node_is_call(call, "nth_value");
    SqlNode *x = node_arg(call, "x"), *n = node_arg(call, nth ? "n" : "offset");
    if (call->flags & FLAG_FROM_FIRST || call->child[CALL_FILTER])
        return translate_unsupported(t, call, "Postgres has no IGNORE NULLS from the last row.");
    SqlNode *list = make_call1(t, call, "array_agg", node_clone(t, x));
    SqlNode *count = make_call1(t, call, "count", node_clone(t, x));
    list->flags = FLAG_IGNORE_NULLS;
    list->type = TYPE_ARRAY;
    count->type = TYPE_INTEGER;
    list->child[CALL_OVER] = count->child[CALL_OVER] = call->child[CALL_OVER];
    if (lag || lead) {
        set_frame(t, list, w, rows_beside(t, call, lag));
        count->child[CALL_OVER] = node_clone(t, list->child[CALL_OVER]);
    }
    SqlNode *from_end = last || !n ? make_number(t, call, 1) : n;
    SqlNode *at = lag || last ? make_binary(t, OP_SUBTRACT, count, from_end)
                  : n         ? make_binary(t, OP_SUBTRACT, n, make_number(t, call, 1))
                              : make_number(t, call, 0);
    SqlNode *made = make_call3(t, call, "element", list, at, make_word(t, call, S("0N")));
    made->type = call->type;
    return or_default(t, call, made);
}

static bool is_edge(const SqlNode *n) // whose frame matters
{
    return node_is_call(n, "first_value") || node_is_call(n, "last_value") ||
           node_is_call(n, "nth_value");
}

static SqlNode *runtime_nth(Translator *t, SqlNode *call)
{
    bool passing = call->flags & FLAG_IGNORE_NULLS, from_last = call->flags & FLAG_FROM_FIRST;
    if (!passing && !from_last) return call;
    SqlNode *n = make_number(t, call, node_is_call(call, "last_value") ? -1 : 1);
    if (node_is_call(call, "nth_value")) n = node_arg(call, "n");
    if (from_last) n = make_unary(t, OP_MINUS, n);
    return make_nth(t, call, passing ? "I" : "", n);
}

// --- Functions of single dialects ---

static SqlNode *share_of(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "x"), *sum = make_call1(t, call, "sum", node_clone(t, x));
    sum->type = t->to == DIALECT_SQLITE ? TYPE_REAL : x->type;
    sum->child[CALL_OVER] = call->child[CALL_OVER];
    SqlNode *made = make_call3(t, call, "divide", x, sum, make_word(t, call, S("NULL")));
    made->type = TYPE_REAL;
    return made;
}

static SqlNode *events(Translator *t, SqlNode *call, SqlNode *w)
{
    SqlNode *made;
    if (node_is_call(call, "conditional_true_event")) {
        SqlNode *one =
            make_case(t, sql_tail(call, 0), make_number(t, call, 1), make_number(t, call, 0));
        made = make_call1(t, call, "sum", one);
    } else {
        made = make_call1(t, call, "gr_changes", sql_tail(call, 0));
    }
    made->type = TYPE_INTEGER;
    set_frame(t, made, w, up_to_here(t, call, OP_ROWS));
    return made;
}

// --- The pass ---

// MySQL says where NULLs stand by a key of its own, and a RANGE with an offset takes one key only.
// Within bounds that both are offsets a NULL has only NULLs beside it, wherever they stand.
static void range_nulls(Translator *t, SqlNode *w)
{
    SqlNode *frame = w->child[WINDOW_FRAME], *order = w->child[WINDOW_ORDER];
    bool offset = amount_of(frame, FRAME_START) || amount_of(frame, FRAME_END);
    if (t->to != DIALECT_MYSQL || !offset || frame->op != OP_RANGE) return;
    bool open = frame->child[FRAME_START]->op == OP_UNBOUNDED_PRECEDING ||
                (frame->child[FRAME_END] && frame->child[FRAME_END]->op == OP_UNBOUNDED_FOLLOWING);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *item = sql_tail(order, i);
        uint32_t words = (uint32_t)(FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
        if (item->flags & words && open) {
            translate_unsupported(t, item,
                                  "MySQL cannot say where NULLs stand in a RANGE from an offset.");
        }
        item->flags &= ~words;
    }
}

// Snowflake's frame of first, last and n-th value is the whole window, elsewhere it ends here.
static void say_frame(Translator *t, SqlNode *call, SqlNode *w)
{
    bool whole = t->from == DIALECT_SNOWFLAKE, there = t->to == DIALECT_SNOWFLAKE;
    bool open = is_edge(call) && w->child[WINDOW_ORDER] && !w->child[WINDOW_FRAME];
    if (!open || whole == there) return;
    set_frame(t, call, w, whole ? all_rows(t, call) : up_to_here(t, call, OP_RANGE));
}

static SqlNode *runtime_window(Translator *t, SqlNode *n, SqlNode *w)
{
    if (node_is_call(n, "ratio_to_report")) n = share_of(t, n);
    if (node_is_call(n, "conditional_true_event") || node_is_call(n, "conditional_change_event"))
        return events(t, n, w);
    bool lags = node_is_call(n, "lag") || node_is_call(n, "lead");
    if (lags && n->flags & FLAG_IGNORE_NULLS) return lag_passing(t, n, w);
    if (is_edge(n)) n = runtime_nth(t, n);
    n->flags &= ~(uint32_t)(FLAG_RESPECT_NULLS | FLAG_FROM_FIRST);
    if (lags || is_edge(n)) n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
    SqlNode *over = n->kind == NODE_CALL ? n->child[CALL_OVER] : NULL;
    return over ? time_frame(t, n, over->text.len ? w : over) : n;
}

static SqlNode *window_call(Translator *t, SqlNode *n, const SqlNode *windows)
{
    SqlNode *w = whole_window(t, n->child[CALL_OVER], windows, 0);
    if (!w) {
        return translate_unsupported(t, n->child[CALL_OVER], "There is no window " STR_FMT ".",
                                     STR_ARG(n->child[CALL_OVER]->text));
    }
    bool names = t->to == DIALECT_SQLITE || sql_feature_in(FEATURE_NAMED_WINDOW, t->to);
    if (!names) n->child[CALL_OVER] = w;
    say_frame(t, n, w);
    if (n->child[CALL_OVER]->text.len == 0) w = n->child[CALL_OVER];
    if (t->to == DIALECT_SQLITE) return runtime_window(t, n, w);
    if (node_is_call(n, "ratio_to_report") && t->to != DIALECT_SNOWFLAKE) return share_of(t, n);
    const SqlNode *offset =
        node_is_call(n, "lag") || node_is_call(n, "lead") || node_is_call(n, "nth_value")
            ? sql_tail_count(n) > 1 ? sql_tail(n, 1) : NULL
            : NULL;
    if (offset && t->to == DIALECT_MYSQL && offset->kind != NODE_NUMBER)
        return translate_unsupported(t, offset, "How many rows away is a number in mysql.");
    bool passing = n->flags & FLAG_IGNORE_NULLS && fn_at(n->fn)->class == FN_WINDOW;
    if (passing && t->to == DIALECT_POSTGRES) return listed_passing(t, n, w);
    if (passing && !sql_feature_in(FEATURE_NULL_TREATMENT, t->to)) {
        return translate_unsupported(t, n,
                                     "%s has no IGNORE NULLS: group the rows by COUNT(x) OVER (… "
                                     "ORDER BY …), and take the MAX of x in each group.",
                                     home_title(t->to));
    }
    return n;
}

static SqlNode *walk(Translator *t, SqlNode *n, const SqlNode *windows)
{
    if (!n || t->failed) return n;
    const SqlNode *own = n->kind == NODE_SELECT ? n->child[SELECT_WINDOWS] : windows;
    const SqlNode *body = n->kind == NODE_QUERY ? n->child[QUERY_BODY] : NULL;
    const SqlNode *ordered = body && body->kind == NODE_SELECT ? body->child[SELECT_WINDOWS] : NULL;
    if (body && n->child[QUERY_ORDER])
        n->child[QUERY_ORDER] = walk(t, n->child[QUERY_ORDER], ordered);
    for (uint32_t i = 0; i < n->count; i++) {
        if (body && i == QUERY_ORDER) continue;
        n->child[i] = walk(t, n->child[i], own);
    }
    bool names = t->to == DIALECT_SQLITE || sql_feature_in(FEATURE_NAMED_WINDOW, t->to);
    if (n->kind == NODE_WINDOW) range_nulls(t, n);
    if (n->kind == NODE_SELECT && !names) n->child[SELECT_WINDOWS] = NULL;
    bool over = n->kind == NODE_CALL && n->fn && n->child[CALL_OVER];
    return over && !t->failed ? window_call(t, n, windows) : n;
}

SqlNode *lower_windows(Translator *t, SqlNode *root)
{
    return walk(t, root, NULL);
}
