// rule_order: ORDER BY and LIMIT: positions, names that two outputs have, DISTINCT.
#include "sql/rule.h"

static const SqlNode *body_select(const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    return body->kind == NODE_SELECT ? body : NULL;
}

// ---- positions

static void check_one_position(RuleRun *r, const SqlNode *n, SqlColumns out, const char *clause)
{
    uint32_t at;
    if (out.open || !rule_is_position(n, &at) || (at >= 1 && at <= out.len)) return;
    // Some engines' words are for ORDER BY alone.
    bool both = clause[0] == 'O' || 1u << r->dialect & (PG | TRINO | SNOW | DUCK);
    rule_refuse(r, n, both ? HOME_POSITION : HOME_NONE, n->text,
                "%s " STR_FMT " names no column: there %s %zu.", clause, STR_ARG(n->text),
                out.len == 1 ? "is" : "are", out.len);
}

static void check_position(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->kind == NODE_SELECT) {
        const SqlNode *group = n->child[SELECT_GROUP];
        SqlColumns out = r->meaning->outputs[n->id];
        for (uint32_t i = 0; i < sql_tail_count(group); i++)
            check_one_position(r, sql_tail(group, i), out, "GROUP BY");
        return;
    }
    const SqlNode *order = n->child[QUERY_ORDER];
    SqlColumns out = r->meaning->outputs[n->id];
    for (uint32_t i = 0; i < sql_tail_count(order); i++)
        check_one_position(r, sql_tail(order, i)->child[ONLY], out, "ORDER BY");
}

const SqlRule rule_position = {"a position in ORDER BY or GROUP BY that names no column",
                               EVERY & ~FLINK,
                               {NODE_QUERY, NODE_SELECT},
                               check_position};

// ---- DISTINCT

// Is it, or one of the columns of the list, what an item gives?
static bool is_selected(RuleRun *r, const SqlNode *select, const SqlNode *value)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    const SqlBinding *b = value->kind == NODE_COLUMN ? &r->meaning->bindings[value->id] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i), *of = item->child[ITEM_VALUE];
        const SqlStar *star = of->kind == NODE_STAR ? r->meaning->stars[of->id] : NULL;
        if (of->kind == NODE_STAR && (!star || star->open)) return true;
        for (size_t c = 0; star && b && c < star->len; c++) {
            if (star->at[c].source == b->source && star->at[c].index == b->column) return true;
            if (str_eq_nocase(star->at[c].column.name, sql_last(value)->text)) return true;
        }
        if (star) continue;
        if (b && b->item == item) return true;
        if (rule_same(r, of, value)) return true;
    }
    return false;
}

// Where an expression over selected columns is as good as a column of the list.
static bool takes_expressions(Dialect d)
{
    return d != DIALECT_POSTGRES && d != DIALECT_TRINO;
}

static const SqlNode *not_selected(RuleRun *r, const SqlNode *select, const SqlNode *value)
{
    uint32_t at;
    if (!value || value->kind == NODE_QUERY || !rule_step(r)) return NULL;
    if (rule_is_position(value, &at) || value->kind == NODE_STAR) return NULL;
    if (value->kind != NODE_LIST && is_selected(r, select, value)) return NULL;
    if (value->kind == NODE_COLUMN) {
        bool own = r->meaning->bindings[value->id].query == select;
        return own ? value : NULL;
    }
    CallClass call = value->kind == NODE_CALL ? rule_call(r, value) : CALL_SCALAR;
    if (call == CALL_UNKNOWN) return NULL;
    if (call == CALL_AGGREGATE) return value; // COUNT(*) holds no column to look at
    bool whole = !takes_expressions(r->dialect);
    for (uint32_t i = 0; i < value->count; i++) {
        const SqlNode *bad = not_selected(r, select, value->child[i]);
        if (bad) return bad;
        if (whole && value->child[i] && value->child[i]->kind == NODE_COLUMN) return value;
    }
    return NULL;
}

static void check_distinct(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *select = body_select(n), *order = n->child[QUERY_ORDER];
    if (!select || !(select->flags & FLAG_DISTINCT) || select->child[SELECT_ON]) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *bad = not_selected(r, select, sql_tail(order, i)->child[ONLY]);
        if (!bad) continue;
        Str text = sql_source(r->script->sql, bad);
        rule_refuse(
            r, bad, HOME_DISTINCT_ORDER, text,
            "SELECT DISTINCT cannot be ordered by " STR_FMT
            ", which is not selected: a row that stands for several has no one value of it.",
            STR_ARG(text));
        return;
    }
}

const SqlRule rule_distinct_order = {"SELECT DISTINCT ordered by what is not selected",
                                     EVERY & ~LITE & ~FLINK & ~DUCK,
                                     {NODE_QUERY},
                                     check_distinct};

static void check_on(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *select = body_select(n), *order = n->child[QUERY_ORDER];
    const SqlNode *on = select ? select->child[SELECT_ON] : NULL;
    uint32_t keys = sql_tail_count(on);
    for (uint32_t i = 0; i < keys && i < sql_tail_count(order); i++) {
        const SqlNode *value = sql_tail(order, i)->child[ONLY];
        bool found = false;
        uint32_t at;
        for (uint32_t k = 0; k < keys && !found; k++)
            found = rule_same(r, sql_tail(on, k), value) || rule_is_position(value, &at);
        if (found) continue;
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "ORDER BY has to start with what DISTINCT ON names: it decides which row of "
                    "each group is kept.");
        return;
    }
}

const SqlRule rule_distinct_on = {
    "DISTINCT ON with an ORDER BY that starts otherwise", PG, {NODE_QUERY}, check_on};

// ---- names

static void check_ambiguous(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *select = body_select(n), *order = n->child[QUERY_ORDER];
    const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *value = sql_tail(order, i)->child[ONLY];
        const SqlNode *first =
            value->kind == NODE_COLUMN ? r->meaning->bindings[value->id].item : 0;
        if (!first || sql_tail_count(value) != 1) continue;
        for (uint32_t k = 0; k < sql_tail_count(items); k++) {
            const SqlNode *item = sql_tail(items, k), *of = item->child[ITEM_VALUE];
            const SqlNode *alias = item->child[ITEM_ALIAS];
            Str name = alias                     ? alias->text
                       : of->kind == NODE_COLUMN ? sql_last(of)->text
                                                 : (Str){0};
            if (item == first || !str_eq_nocase(name, sql_last(value)->text)) continue;
            if (rule_same(r, of, first->child[ITEM_VALUE])) continue;
            rule_refuse(r, value, HOME_AMBIGUOUS, sql_last(value)->text,
                        "Two columns of the SELECT are called " STR_FMT
                        ": ORDER BY cannot tell which is meant.",
                        STR_ARG(sql_last(value)->text));
        }
    }
}

const SqlRule rule_order_ambiguous = {"ORDER BY a name that two outputs have",
                                      PG | MY | TRINO | BIG | SNOW | SPARK,
                                      {NODE_QUERY},
                                      check_ambiguous};

static void check_setop(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *order = n->child[QUERY_ORDER];
    if (n->child[QUERY_BODY]->kind != NODE_SETOP) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *value = sql_tail(order, i)->child[ONLY];
        bool name = value->kind == NODE_COLUMN && sql_tail_count(value) == 1;
        if (name || value->kind == NODE_NUMBER) continue;
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "Behind a set operation ORDER BY takes only names and positions of its columns "
                    "(Postgres: invalid UNION/INTERSECT/EXCEPT ORDER BY clause): order in an outer "
                    "query.");
        return;
    }
}

const SqlRule rule_order_setop = {
    "a set operation ordered by an expression", PG, {NODE_QUERY}, check_setop};

// ---- LIMIT

static const SqlNode *column_in(const SqlNode *n)
{
    if (!n || n->kind == NODE_COLUMN) return n;
    if (n->kind == NODE_QUERY) return NULL;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = column_in(n->child[i]);
        if (found) return found;
    }
    return NULL;
}

static void check_limit(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    for (uint32_t i = 0; i < n->count && r->dialect != DIALECT_MYSQL; i++) {
        const SqlNode *column = column_in(n->child[i]);
        if (!column) continue;
        rule_refuse(r, column, HOME_NONE, (Str){0},
                    "LIMIT and OFFSET take one number for all rows: no column is read here. "
                    "ROW_NUMBER and a condition do it row by row.");
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *value = n->child[i];
        if (!value) continue;
        int64_t whole;
        bool casts = 1u << r->dialect & (PG | DUCK | LITE | FLINK);
        bool text = value->kind == NODE_STRING && !(casts && str_to_i64(value->text, &whole));
        bool minus = value->kind == NODE_UNARY && value->op == OP_MINUS &&
                     value->child[ONLY]->kind == NODE_NUMBER;
        bool truth = value->kind == NODE_BOOLEAN;
        if (!text && !minus && !truth) continue;
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "LIMIT and OFFSET take a number of rows: a whole number that is not negative.");
        return;
    }
}

const SqlRule rule_limit = {
    "LIMIT or OFFSET of what is no number of rows", EVERY & ~LITE, {NODE_LIMIT}, check_limit};
