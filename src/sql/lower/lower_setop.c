// lower_setop: UNION, EXCEPT, INTERSECT: arms in parentheses, precedence, ALL, BY NAME.
#include "sql/lower.h"

static bool lacks(const Translator *t, SqlFeature f)
{
    return !sql_feature_in(f, t->to);
}

// ( query ) as a SELECT, for SQLite, which takes no arm in parentheses.
SqlNode *arm_wrapped(Translator *t, SqlNode *body)
{
    SqlNode *items = make_node(t, NODE_LIST, body, 0);
    node_add_tail(t, items, make_item(t, make_node(t, NODE_STAR, body, 0), (Str){0}));
    SqlNode *select = make_select(t, body, items);
    SqlNode *query = body->kind == NODE_QUERY ? body : make_query(t, body);
    query->parens = 0;
    select->child[SELECT_FROM] = make_from(t, make_derived(t, query, make_name(t, "t")));
    return select;
}

// An arm that is a SELECT had no query of its own yet.
static SqlNode *lower_arm(Translator *t, SqlNode *arm)
{
    SqlNode *query = arm;
    if (arm->kind == NODE_SELECT) query = lower_query(t, make_query(t, arm));
    if (query->kind != NODE_QUERY) return query;
    bool bare =
        !query->child[QUERY_WITH] && !query->child[QUERY_ORDER] && !query->child[QUERY_LIMIT];
    return bare ? query->child[QUERY_BODY] : query;
}

// ---- ALL

// The arm's rows with a number among their equals: so that equal rows can be told apart.
static SqlNode *numbered(Translator *t, SqlNode *arm, Shell *s)
{
    if (!shell_over(s, t, arm)) return arm;
    SqlNode *items = make_node(t, NODE_LIST, arm, 0), *keys = make_node(t, NODE_LIST, arm, 0);
    for (size_t i = 0; i < s->columns.len; i++) {
        node_add_tail(t, items, make_item(t, shell_output(s, arm, i), (Str){0}));
        node_add_tail(t, keys, shell_output(s, arm, i));
    }
    SqlNode *call = make_call(t, arm, "row_number", NULL, 0);
    SqlNode *window = call->child[CALL_OVER] = make_node(t, NODE_WINDOW, arm, 0);
    window->child[WINDOW_PARTITION] = keys;
    node_add_tail(t, items, make_item(t, call, make_name(t, "n")));
    SqlNode *select = make_select(t, arm, items);
    SqlNode *query = arm->kind == NODE_QUERY ? arm : make_query(t, arm);
    query->parens = 0;
    select->child[SELECT_FROM] = make_from(t, make_derived(t, query, s->alias));
    return select;
}

static SqlNode *lower_all(Translator *t, SqlNode *n)
{
    Shell left, right;
    n->child[LEFT_SIDE] = numbered(t, n->child[LEFT_SIDE], &left);
    n->child[RIGHT_SIDE] = numbered(t, n->child[RIGHT_SIDE], &right);
    if (t->failed) return n;
    n->flags &= ~(uint32_t)FLAG_ALL;
    left.alias = make_name(t, "t");
    return shell_around(&left, n);
}

// ---- BY NAME

static size_t by_name(const Shell *s, Str name)
{
    for (size_t i = 0; i < s->columns.len; i++) {
        if (str_eq_nocase(s->columns.at[i].name, name)) return i;
    }
    return s->columns.len;
}

static void add_named(const Shell *s, SqlNode *items, const ShellColumn *c, const SqlNode *arm)
{
    size_t at = by_name(s, c->name);
    bool there = at < s->columns.len;
    SqlNode *value = there ? shell_output(s, arm, at) : make_null(s->t, arm);
    SqlNode *item = make_item(s->t, value, c->name);
    if (c->quoted) item->child[ITEM_ALIAS]->flags |= FLAG_QUOTED;
    node_add_tail(s->t, items, item);
}

// The columns of the first arm, and behind them those that only the second one has.
static SqlNode *arm_by_name(const Shell *s, const Shell *first, const Shell *second, SqlNode *arm)
{
    Translator *t = s->t;
    SqlNode *items = make_node(t, NODE_LIST, arm, 0);
    for (size_t i = 0; i < first->columns.len; i++) add_named(s, items, &first->columns.at[i], arm);
    for (size_t i = 0; i < second->columns.len; i++) {
        if (by_name(first, second->columns.at[i].name) == first->columns.len)
            add_named(s, items, &second->columns.at[i], arm);
    }
    SqlNode *select = make_select(t, arm, items);
    SqlNode *query = arm->kind == NODE_QUERY ? arm : make_query(t, arm);
    query->parens = 0;
    select->child[SELECT_FROM] = make_from(t, make_derived(t, query, s->alias));
    return select;
}

static void lower_by_name(Translator *t, SqlNode *n)
{
    Shell left, right;
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    if (!shell_over(&left, t, a) || !shell_over(&right, t, b)) return;
    n->child[LEFT_SIDE] = arm_by_name(&left, &left, &right, a);
    n->child[RIGHT_SIDE] = arm_by_name(&right, &left, &right, b);
    n->flags &= ~(uint32_t)FLAG_BY_NAME;
}

// ---- types

static const SqlColumns *outputs_of(const Translator *t, const SqlNode *n)
{
    bool known = t->meaning && n->id < t->script->nodes;
    return known ? &t->meaning->outputs[n->id] : NULL;
}

// The columns in which an arm has numbers and the whole has texts; false when there is none.
static bool turns_text(const SqlColumns *arm, const SqlColumns *all, size_t i)
{
    if (!arm || !all || i >= arm->len || i >= all->len || arm->open || all->open) return false;
    LogicalType t = arm->at[i].type;
    return all->at[i].type == TYPE_TEXT && (t == TYPE_INTEGER || t == TYPE_REAL);
}

// SQLite lets each row of a column keep its own type.
static SqlNode *arm_typed(Translator *t, SqlNode *arm, const SqlColumns *has, const SqlColumns *all)
{
    bool turns = false;
    for (size_t i = 0; has && i < has->len; i++) turns = turns || turns_text(has, all, i);
    Shell s;
    if (!turns || !shell_over(&s, t, arm)) return arm;
    SqlNode *outer = shell_around(&s, arm), *items = outer->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < items->count; i++) {
        SqlNode *item = items->child[i];
        if (!turns_text(has, all, i)) continue;
        if (!item->child[ITEM_ALIAS])
            item->child[ITEM_ALIAS] = node_clone(t, sql_last(item->child[ITEM_VALUE]));
        item->child[ITEM_VALUE] = make_cast(t, item->child[ITEM_VALUE], "TEXT");
    }
    return outer;
}

// ---- who comes first

static bool binds_tighter(const SqlNode *inner, const SqlNode *outer)
{
    return inner->op == OP_INTERSECT && outer->op != OP_INTERSECT;
}

static bool same_operation(const SqlNode *a, const SqlNode *b)
{
    return a->op == b->op && (a->flags & FLAG_ALL) == (b->flags & FLAG_ALL);
}

static SqlNode *in_parens(Translator *t, SqlNode *arm)
{
    SqlNode *query = arm->kind == NODE_QUERY ? arm : make_query(t, arm);
    query->parens = 1;
    return query;
}

// SQLite takes operations from the left to the right, whichever they are.
static void place_for_sqlite(Translator *t, SqlNode *n)
{
    SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    if (left->kind == NODE_QUERY) n->child[LEFT_SIDE] = arm_wrapped(t, left);
    bool compound = right->kind == NODE_QUERY || right->kind == NODE_SETOP;
    if (compound) n->child[RIGHT_SIDE] = arm_wrapped(t, right);
}

// Elsewhere INTERSECT comes before the others; BigQuery wants to be told.
static void place_for_others(Translator *t, SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *arm = n->child[i];
        bool setop = arm->kind == NODE_SETOP;
        bool loose = setop && (i == RIGHT_SIDE || n->op == OP_INTERSECT) && !binds_tighter(arm, n);
        bool same = i == LEFT_SIDE && setop && same_operation(arm, n);
        bool told = setop && t->to == DIALECT_BIGQUERY && !same;
        if (arm->kind == NODE_QUERY || (loose && !same) || told)
            n->child[i] = in_parens(t, n->child[i]);
    }
}

SqlNode *lower_setop(Translator *t, SqlNode *n)
{
    if (n->op == OP_MINUS_SET && lacks(t, FEATURE_MINUS)) n->op = OP_EXCEPT;
    n->flags &= ~(uint32_t)FLAG_DISTINCT;
    if (t->to == DIALECT_BIGQUERY && !(n->flags & FLAG_ALL)) n->flags |= FLAG_DISTINCT;
    for (uint32_t i = 0; i < n->count && !t->failed; i++) {
        const SqlColumns *has = outputs_of(t, n->child[i]);
        n->child[i] = lower_arm(t, n->child[i]);
        if (t->to == DIALECT_SQLITE && !(n->flags & FLAG_BY_NAME))
            n->child[i] = arm_typed(t, n->child[i], has, outputs_of(t, n));
    }
    if (!t->failed && n->flags & FLAG_BY_NAME && lacks(t, FEATURE_BY_NAME)) lower_by_name(t, n);
    bool all = n->flags & FLAG_ALL && n->op != OP_UNION && lacks(t, FEATURE_SETOP_ALL);
    SqlNode *made = all && !t->failed ? lower_all(t, n) : n;
    if (t->to == DIALECT_SQLITE) {
        place_for_sqlite(t, n);
    } else {
        place_for_others(t, n);
    }
    return made;
}
