// rule_bigquery: TIMESTAMP, DATETIME and DATE, which BigQuery keeps apart.
//
// A DATETIME and a TIMESTAMP are one type here; what is sure to be one of them is told by the text:
// a function gives what its name says. A column of a warehouse is no DATE, and as well a DATETIME
// as a TIMESTAMP: a pack has one word for both.
#include "sql/rule.h"

typedef enum { KIND_UNSURE, KIND_DATE, KIND_DATETIME, KIND_TIMESTAMP, KIND_COLUMN } Kind;

static bool starts(Str name, Str word)
{
    return str_eq_nocase(str_slice(name, 0, word.len), word);
}

static Kind kind_named(Str name)
{
    if (starts(name, S("DATETIME"))) return KIND_DATETIME;
    if (starts(name, S("TIMESTAMP"))) return KIND_TIMESTAMP;
    return KIND_UNSURE;
}

static Kind kind_of(const RuleRun *r, const SqlNode *n);

static Kind kind_of_call(const RuleRun *r, const SqlNode *n)
{
    static const char *const like_first[] = {"min",       "max",        "lag",      "lead",
                                             "any_value", "date_trunc", "date_add", "date_sub"};
    Str name = str_lower(r->arena, n->text);
    for (size_t i = 0; i < sizeof like_first / sizeof *like_first; i++) {
        if (str_eq(name, str_from(like_first[i])) && sql_tail_count(n))
            return kind_of(r, sql_tail(n, 0));
    }
    if (str_eq(name, S("current_timestamp")) || str_eq(name, S("parse_timestamp")))
        return KIND_TIMESTAMP;
    if (str_eq(name, S("current_datetime")) || str_eq(name, S("parse_datetime")))
        return KIND_DATETIME;
    return kind_named(name);
}

static Kind kind_of(const RuleRun *r, const SqlNode *n)
{
    LogicalType type = rule_type(r, n);
    if (type == TYPE_DATE) return KIND_DATE;
    if (type != TYPE_TIMESTAMP) return KIND_UNSURE;
    switch (n->kind) {
    case NODE_COLUMN: {
        const SqlBinding *b = &r->meaning->bindings[n->id];
        bool table = b->query && b->source && b->source->kind == NODE_TABLE;
        return table && r->meaning->tables[b->source->id] ? KIND_COLUMN : KIND_UNSURE;
    }
    case NODE_TYPED:
        return kind_named(n->text);
    case NODE_CAST:
        return kind_named(n->child[CAST_TYPE]->text);
    case NODE_CALL:
        return kind_of_call(r, n);
    default:
        return KIND_UNSURE;
    }
}

static const char *word(Kind k)
{
    return k == KIND_DATE ? "DATE" : k == KIND_DATETIME ? "DATETIME" : "TIMESTAMP";
}

static void compare(RuleRun *r, const SqlNode *a, const SqlNode *b, const char *op,
                    const SqlNode *at)
{
    Kind x = kind_of(r, a), y = kind_of(r, b);
    if (x == KIND_COLUMN) x = y == KIND_DATE ? KIND_TIMESTAMP : KIND_UNSURE;
    if (y == KIND_COLUMN) y = x == KIND_DATE ? KIND_TIMESTAMP : KIND_UNSURE;
    bool apart = x && y && x != y && (x == KIND_TIMESTAMP || y == KIND_TIMESTAMP);
    if (!apart) return;
    Kind other = x == KIND_TIMESTAMP ? y : x;
    Str said = str_fmt(r->arena, "%s for argument types: %s, %s", op, word(x), word(y));
    rule_refuse(r, at, HOME_COMPARE, said,
                "BigQuery does not compare a TIMESTAMP with a %s: take %s(…) of the TIMESTAMP, or "
                "compare with a TIMESTAMP.",
                word(other), word(other));
}

static void check_moments(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->kind == NODE_BETWEEN) {
        compare(r, n->child[OPERAND], n->child[OPERAND_SECOND], ">=", n);
        compare(r, n->child[OPERAND], n->child[OPERAND_THIRD], "<=", n);
    } else if (n->op >= OP_EQ && n->op <= OP_GE) {
        compare(r, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], sql_op_word((SqlOp)n->op), n);
    }
}

const SqlRule rule_timestamp_compare = {
    "a TIMESTAMP compared with a DATE", BIG, {NODE_BINARY, NODE_BETWEEN}, check_moments};

// ---- TIMESTAMP_ADD(t, INTERVAL 1 MONTH)

static const SqlNode *unit_of(const SqlNode *interval)
{
    if (interval->kind != NODE_INTERVAL || sql_tail_count(interval) != 1) return NULL;
    return sql_tail(interval, 0);
}

static void check_add(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const units[] = {"WEEK", "MONTH", "QUARTER", "YEAR"};
    bool add = str_eq_nocase(n->text, S("TIMESTAMP_ADD"));
    bool it = add || str_eq_nocase(n->text, S("TIMESTAMP_SUB"));
    const SqlNode *part = it && sql_tail_count(n) == 2 ? unit_of(sql_tail(n, 1)) : NULL;
    for (size_t i = 0; part && i < sizeof units / sizeof *units; i++) {
        if (!str_eq_nocase(part->text, str_from(units[i]))) continue;
        rule_refuse(r, part, HOME_NONE, n->text,
                    STR_FMT " takes no %s in BigQuery, only what has one length: DAY, HOUR and "
                            "below. Add it to a DATETIME or a DATE: DATETIME_%s(DATETIME(…), …).",
                    STR_ARG(n->text), units[i], add ? "ADD" : "SUB");
        return;
    }
}

const SqlRule rule_timestamp_add = {
    "TIMESTAMP_ADD of a month or more", BIG, {NODE_CALL}, check_add};
