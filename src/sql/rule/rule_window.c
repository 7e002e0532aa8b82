// rule_window: window functions where no window can be, and windows that lack something.
#include "sql/rule.h"

static void check_clause(RuleRun *r, const SqlNode *n, const char *clause)
{
    const SqlNode *call = n ? rule_find_call(r, n, CALL_WINDOW, true) : NULL;
    if (!call) return;
    bool alias = call->at < n->at || call->at >= n->end;
    bool qualify = sql_feature_in(FEATURE_QUALIFY, r->dialect);
    bool where = str_eq(str_from(clause), S("WHERE"));
    rule_refuse(r, alias ? n : call, where ? HOME_WINDOW_PLACE : HOME_NONE, call->text,
                "The window function " STR_FMT " does not stand in %s, which is read before "
                "windows are made: %s.",
                STR_ARG(call->text), clause,
                qualify ? "filter by QUALIFY, or in an outer query" : "filter in an outer query");
}

static void check_place(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->kind == NODE_JOIN) {
        check_clause(r, n->child[JOIN_ON], "ON");
        return;
    }
    if (n->kind == NODE_UPDATE) {
        check_clause(r, n->child[UPDATE_WHERE], "WHERE");
        return;
    }
    check_clause(r, n->child[SELECT_WHERE], "WHERE");
    check_clause(r, n->child[SELECT_HAVING], "HAVING");
    const SqlNode *group = n->child[SELECT_GROUP];
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *e = sql_tail(group, i), *item = NULL;
        uint32_t at;
        if (rule_is_position(e, &at)) item = rule_item_at(n->child[SELECT_ITEMS], e);
        check_clause(r, item ? item->child[ITEM_VALUE] : e, "GROUP BY");
    }
}

const SqlRule rule_window_place = {"a window function in WHERE, GROUP BY, HAVING or ON",
                                   EVERY,
                                   {NODE_SELECT, NODE_JOIN, NODE_UPDATE},
                                   check_place};

static void check_nested(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    CallClass c = rule_call(r, n);
    if (c != CALL_WINDOW && c != CALL_AGGREGATE) return;
    for (uint32_t i = CALL_ORDER; i < n->count; i++) {
        const SqlNode *inner = rule_find_call(r, n->child[i], CALL_WINDOW, false);
        if (!inner) continue;
        rule_refuse(r, inner, HOME_WINDOW_NESTED, inner->text,
                    "The window function " STR_FMT " stands inside " STR_FMT
                    ": make the inner one in a CTE.",
                    STR_ARG(inner->text), STR_ARG(n->text));
        return;
    }
}

const SqlRule rule_window_nested = {
    "a window function inside a window function or an aggregate", EVERY, {NODE_CALL}, check_nested};

static void check_over(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->child[CALL_OVER] || rule_call(r, n) != CALL_WINDOW) return;
    rule_refuse(r, n, HOME_NONE, n->text,
                STR_FMT " is a window function: it needs OVER (…) behind it.", STR_ARG(n->text));
}

const SqlRule rule_over = {"a window function without OVER", EVERY, {NODE_CALL}, check_over};

static void check_distinct(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (!n->child[CALL_OVER] || !(n->flags & FLAG_DISTINCT)) return;
    rule_refuse(r, n, HOME_NONE, n->text,
                "%s has no DISTINCT in a window function: number the rows of each value and count "
                "the first ones.",
                home_title(r->dialect));
}

// Those that have it, over a whole partition only.
static void check_distinct_order(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *over = n->child[CALL_OVER];
    if (!over || !(n->flags & FLAG_DISTINCT) || !over->child[WINDOW_ORDER]) return;
    rule_refuse(r, n, HOME_NONE, n->text,
                "%s has DISTINCT in a window only without ORDER BY: number the rows of each value "
                "and add up the first ones.",
                home_title(r->dialect));
}

const SqlRule rule_window_distinct_order = {
    "DISTINCT in a window function with ORDER BY", SNOW | BIG, {NODE_CALL}, check_distinct_order};

const SqlRule rule_window_distinct = {
    "DISTINCT in a window function", PG | MY | LITE | SPARK | TRINO, {NODE_CALL}, check_distinct};

// The functions that need an order, in each dialect that insists.
static const struct {
    const char *meaning;
    unsigned in;
} ordered[] = {
    {"row_number", SNOW | SPARK | FLINK},        {"rank", SNOW | BIG | SPARK | FLINK},
    {"dense_rank", SNOW | BIG | SPARK | FLINK},  {"percent_rank", SNOW | BIG | SPARK | FLINK},
    {"cume_dist", SNOW | BIG | SPARK | FLINK},   {"ntile", SNOW | BIG | SPARK | FLINK},
    {"lag", SNOW | BIG | SPARK | FLINK | TRINO}, {"lead", SNOW | BIG | SPARK | FLINK | TRINO},
};

static void check_order(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *over = n->child[CALL_OVER];
    if (!over || over->text.len || over->child[WINDOW_ORDER]) return;
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    for (size_t i = 0; fn && i < sizeof ordered / sizeof *ordered; i++) {
        bool here = ordered[i].in >> r->dialect & 1;
        if (!here || !str_eq(str_from(fn->name), str_from(ordered[i].meaning))) continue;
        rule_refuse(r, n, HOME_NONE, n->text,
                    STR_FMT " needs an ORDER BY in its window: without one %s does not run it.",
                    STR_ARG(n->text), home_title(r->dialect));
    }
}

const SqlRule rule_window_order = {"a ranking function without ORDER BY in its window",
                                   SNOW | BIG | SPARK | FLINK | TRINO,
                                   {NODE_CALL},
                                   check_order};

static bool starts_too_late(const SqlNode *frame)
{
    const SqlNode *start = frame->child[FRAME_START], *end = frame->child[FRAME_END];
    if (start->op == OP_UNBOUNDED_FOLLOWING) return true;
    if (end && end->op == OP_UNBOUNDED_PRECEDING) return true;
    SqlOp last = end ? (SqlOp)end->op : OP_CURRENT_ROW;
    if (start->op == OP_FOLLOWING) return last == OP_CURRENT_ROW || last == OP_PRECEDING;
    return start->op == OP_CURRENT_ROW && last == OP_PRECEDING;
}

static void check_frame(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *frame = n->child[WINDOW_FRAME];
    if (!frame) return;
    if (starts_too_late(frame)) {
        rule_refuse(r, frame, HOME_NONE, (Str){0},
                    "This frame ends before it starts: its first bound comes before its second.");
        return;
    }
    const SqlNode *start = frame->child[FRAME_START], *end = frame->child[FRAME_END];
    bool offset = start->child[ONLY] || (end && end->child[ONLY]);
    bool one = sql_tail_count(n->child[WINDOW_ORDER]) == 1 || n->text.len;
    if (frame->op != OP_RANGE || !offset || one) return;
    rule_refuse(r, frame, HOME_NONE, (Str){0},
                "A RANGE with an offset counts along one column: its window needs an ORDER BY of "
                "exactly one.");
}

// Along what a RANGE counts, its offset is a number for numbers and an INTERVAL for times.
static void check_range(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *frame = n->child[WINDOW_FRAME], *order = n->child[WINDOW_ORDER];
    if (!frame || frame->op != OP_RANGE || sql_tail_count(order) != 1) return;
    const SqlNode *key = sql_tail(order, 0)->child[ONLY];
    TypeClass along = rule_class(r, key);
    bool big = r->dialect == DIALECT_BIGQUERY; // counts along numbers alone
    bool days = 1u << r->dialect & (SPARK | DUCK) && rule_type(r, key) == TYPE_DATE; // whole days
    for (int i = FRAME_START; i <= FRAME_END; i++) {
        const SqlNode *offset = frame->child[i] ? frame->child[i]->child[ONLY] : NULL;
        TypeClass by = offset ? rule_class(r, offset) : IS_UNKNOWN;
        bool wrong = (along == IS_MOMENT && by == IS_NUMBER && !days) ||
                     (along == IS_MOMENT && by == IS_INTERVAL && big) ||
                     (along == IS_NUMBER && by == IS_INTERVAL) ||
                     (along == IS_TEXT && by != IS_UNKNOWN);
        if (!wrong) continue;
        rule_refuse(r, offset, HOME_NONE, (Str){0},
                    "A RANGE along %s does not count by %s in %s: %s.",
                    rule_type_word(r->dialect, rule_type(r, key)),
                    rule_type_word(r->dialect, rule_type(r, offset)), home_title(r->dialect),
                    along == IS_MOMENT && big ? "order by UNIX_DATE(…) or UNIX_SECONDS(…)"
                    : along == IS_MOMENT ? "say how long, as in INTERVAL '2' DAY, or count rows "
                                           "with ROWS"
                    : along == IS_NUMBER ? "say a number, or order by the time"
                                         : "order by a number or a time, or count rows with ROWS");
        return;
    }
}

const SqlRule rule_window_range = {"a RANGE that counts by what its order is not",
                                   EVERY & ~LITE & ~FLINK,
                                   {NODE_WINDOW},
                                   check_range};

const SqlRule rule_window_frame = {"a frame that cannot be", EVERY, {NODE_WINDOW}, check_frame};

static bool is_named(const SqlNode *windows, Str name)
{
    for (uint32_t i = 0; i < sql_tail_count(windows); i++) {
        if (str_eq_nocase(sql_tail(windows, i)->child[ITEM_ALIAS]->text, name)) return true;
    }
    return false;
}

static void find_names(RuleRun *r, const SqlNode *n, const SqlNode *windows)
{
    if (!n || n->kind == NODE_QUERY || !rule_step(r)) return;
    if (n->kind == NODE_WINDOW && n->text.len && !is_named(windows, n->text)) {
        rule_refuse(r, n, HOME_NONE, n->text,
                    "There is no window " STR_FMT " here: name it in WINDOW " STR_FMT " AS (…).",
                    STR_ARG(n->text), STR_ARG(n->text));
    }
    for (uint32_t i = 0; i < n->count; i++) find_names(r, n->child[i], windows);
}

static void check_names(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    find_names(r, n->child[SELECT_ITEMS], n->child[SELECT_WINDOWS]);
    find_names(r, n->child[SELECT_QUALIFY], n->child[SELECT_WINDOWS]);
    find_names(r, r->order, n->child[SELECT_WINDOWS]);
}

const SqlRule rule_window_name = {
    "a window that is named nowhere", EVERY, {NODE_SELECT}, check_names};

static void check_qualify(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *qualify = n->child[SELECT_QUALIFY];
    if (!qualify || rule_find_call(r, qualify, CALL_WINDOW, true)) return;
    if (rule_find_call(r, n->child[SELECT_ITEMS], CALL_WINDOW, true)) return;
    if (rule_find_call(r, qualify, CALL_UNKNOWN, true)) return;
    rule_refuse(r, qualify, HOME_NONE, (Str){0},
                "QUALIFY filters what a window function gives, and there is none here: use WHERE, "
                "or HAVING behind a group.");
}

const SqlRule rule_qualify = {
    "QUALIFY without a window function", SNOW | BIG | DUCK, {NODE_SELECT}, check_qualify};
