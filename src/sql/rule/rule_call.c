// rule_call: what stands beside the arguments of a call and its home does not take: the order of a
// DISTINCT aggregate, a frame of a ranking, a negative offset, hours of a date.
#include "sql/rule.h"

static bool is_one_of(const SqlFn *fn, const char *const *names, size_t count)
{
    for (size_t i = 0; fn && i < count; i++) {
        if (str_eq(str_from(fn->name), str_from(names[i]))) return true;
    }
    return false;
}

// ---- ARRAY_AGG(DISTINCT a ORDER BY b)

static bool is_argument(RuleRun *r, const SqlNode *call, const SqlNode *value)
{
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        if (rule_same(r, sql_tail(call, i), value)) return true;
    }
    return false;
}

static void check_distinct_order(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *order = n->child[CALL_ORDER];
    if (!order && r->dialect == DIALECT_SNOWFLAKE) order = n->child[CALL_WITHIN];
    if (!(n->flags & FLAG_DISTINCT) || !order || rule_call(r, n) != CALL_AGGREGATE) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *item = sql_tail(order, i);
        const SqlNode *value = item->kind == NODE_ORDER_ITEM ? item->child[ONLY] : item;
        if (is_argument(r, n, value)) continue;
        rule_refuse(r, value, HOME_NONE, n->text,
                    STR_FMT " of DISTINCT values orders by the value itself in %s: one that stands "
                            "for several rows has no one other value. Group first, then aggregate.",
                    STR_ARG(n->text), home_title(r->dialect));
        return;
    }
}

const SqlRule rule_aggregate_order = {"a DISTINCT aggregate ordered by what is no argument",
                                      BIG | TRINO | PG | DUCK | SNOW,
                                      {NODE_CALL},
                                      check_distinct_order};

// ---- RANK() OVER (ORDER BY x ROWS 1 PRECEDING)

static const SqlNode *frame_of(const SqlNode *call)
{
    return call->child[CALL_OVER] ? call->child[CALL_OVER]->child[WINDOW_FRAME] : NULL;
}

// What Spark's rankings have anyway.
static bool is_from_the_start(const SqlNode *frame)
{
    const SqlNode *end = frame->child[FRAME_END];
    return frame->op == OP_ROWS && frame->child[FRAME_START]->op == OP_UNBOUNDED_PRECEDING &&
           (!end || end->op == OP_CURRENT_ROW);
}

static void check_frame(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const ranks[] = {"row_number",   "rank",      "dense_rank",
                                        "percent_rank", "cume_dist", "ntile"};
    static const char *const shifts[] = {"lag", "lead"};
    const SqlNode *frame = frame_of(n);
    if (!frame) return;
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    bool rank = is_one_of(fn, ranks, sizeof ranks / sizeof *ranks);
    bool shift = is_one_of(fn, shifts, sizeof shifts / sizeof *shifts);
    if (rank && r->dialect == DIALECT_TRINO) return;
    if (rank && r->dialect == DIALECT_SPARK && is_from_the_start(frame)) return;
    if (!rank && !shift) return;
    rule_refuse(r, frame, HOME_NONE, n->text,
                STR_FMT " looks at its whole partition in %s and takes no frame: leave it out.",
                STR_ARG(n->text), home_title(r->dialect));
}

const SqlRule rule_rank_frame = {
    "a frame of a ranking, of LAG or LEAD", BIG | SPARK | TRINO, {NODE_CALL}, check_frame};

// ---- LAG(x, -1)

static void check_offset(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const shifts[] = {"lag", "lead"};
    bool it = n->child[CALL_OVER] && sql_tail_count(n) > 1;
    if (!it || !is_one_of(sql_fn_of(n, r->dialect), shifts, 2)) return;
    const SqlNode *offset = sql_tail(n, 1);
    bool minus = offset->kind == NODE_UNARY && offset->op == OP_MINUS &&
                 offset->child[ONLY]->kind == NODE_NUMBER;
    if (!minus) return;
    bool lag = str_eq_nocase(n->text, S("LAG"));
    rule_refuse(r, offset, HOME_NONE, n->text,
                STR_FMT " counts rows from 0 on in %s: for the other direction write %s.",
                STR_ARG(n->text), home_title(r->dialect), lag ? "LEAD" : "LAG");
}

const SqlRule rule_offset_negative = {
    "LAG or LEAD by a negative number", BIG | TRINO, {NODE_CALL}, check_offset};

// ---- EXTRACT(HOUR FROM date)

static void check_extract(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const clocks[] = {"HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};
    if (!str_eq_nocase(n->text, S("EXTRACT")) || sql_tail_count(n) != 2) return;
    const SqlNode *part = sql_tail(n, 0), *of = sql_tail(n, 1);
    Str word = part->kind == NODE_COLUMN ? sql_last(part)->text : part->text;
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if (!str_eq_nocase(word, str_from(clocks[i])) || rule_type(r, of) != TYPE_DATE) continue;
        rule_refuse(r, of, HOME_NONE, n->text,
                    "%s extracts no %s from a date, which has none: take a timestamp.",
                    home_title(r->dialect), clocks[i]);
    }
}

const SqlRule rule_extract_clock = {
    "EXTRACT of an hour from a date", BIG | TRINO, {NODE_CALL}, check_extract};

// ---- LISTAGG(x) OVER (ORDER BY y)

static void check_listagg(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *over = n->child[CALL_OVER];
    if (!str_eq_nocase(n->text, S("LISTAGG")) || !over || !over->child[WINDOW_ORDER]) return;
    rule_refuse(r, over->child[WINDOW_ORDER], HOME_NONE, n->text,
                "Snowflake has LISTAGG over a whole partition only: its order stands in "
                "WITHIN GROUP (ORDER BY …).");
}

const SqlRule rule_listagg_order = {
    "LISTAGG over an ordered window", SNOW, {NODE_CALL}, check_listagg};

// ---- MODE(x), LISTAGG(x, ','): the order that makes them stands in WITHIN GROUP

static void check_within(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const postgres[] = {"MODE", "PERCENTILE_CONT", "PERCENTILE_DISC"};
    bool it = r->dialect == DIALECT_TRINO && str_eq_nocase(n->text, S("LISTAGG"));
    for (size_t i = 0; r->dialect == DIALECT_POSTGRES && i < 3; i++)
        it = it || str_eq_nocase(n->text, str_from(postgres[i]));
    if (!it || n->child[CALL_WITHIN]) return;
    rule_refuse(r, n, HOME_NONE, n->text,
                "%s has " STR_FMT " with WITHIN GROUP (ORDER BY …) alone: say the order there.",
                home_title(r->dialect), STR_ARG(n->text));
}

const SqlRule rule_within_missing = {"an ordered aggregate without WITHIN GROUP",
                                     PG | TRINO | RULE_SPELLING,
                                     {NODE_CALL},
                                     check_within};

// ---- Spark: SELECT DISTINCT of a map, which has no equality

static bool makes_map(RuleRun *r, const SqlNode *value)
{
    static const char *const makers[] = {"MAP", "MAP_FROM_ARRAYS", "MAP_FROM_ENTRIES", "MAP_CONCAT",
                                         "STR_TO_MAP"};
    const SqlNode *call = rule_value(r, value);
    if (call->kind == NODE_CAST) return str_starts(call->child[CAST_TYPE]->text, S("MAP"));
    for (size_t i = 0; call->kind == NODE_CALL && i < sizeof makers / sizeof *makers; i++) {
        if (str_eq_nocase(call->text, str_from(makers[i]))) return true;
    }
    return false;
}

static void check_map(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *items = n->child[SELECT_ITEMS];
    for (uint32_t i = 0; n->flags & FLAG_DISTINCT && i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (!makes_map(r, value)) continue;
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "Spark does not compare maps, and DISTINCT would have to (Spark: "
                    "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE): select TO_JSON of it, or its "
                    "sorted MAP_ENTRIES.");
    }
}

const SqlRule rule_distinct_map = {"DISTINCT over a map", SPARK, {NODE_SELECT}, check_map};
