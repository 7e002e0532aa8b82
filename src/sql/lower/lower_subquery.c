// lower_subquery: subqueries as values: one row at most, ANY and ALL, rows in IN.
#include "sql/lower.h"

// ---- one row

static bool is_one(const SqlNode *count)
{
    return count && count->kind == NODE_NUMBER &&
           (str_eq(count->text, S("1")) || str_eq(count->text, S("0")));
}

static bool takes_one(const SqlNode *limit)
{
    if (!limit || limit->flags & (FLAG_TIES | FLAG_PERCENT)) return false;
    bool first = limit->flags & FLAG_WORDS && !limit->child[LIMIT_COUNT]; // FETCH FIRST ROW
    return first || is_one(limit->child[LIMIT_COUNT]);
}

// Does any column of this value come from `source`?
static bool reads(const Translator *t, const SqlNode *n, const SqlNode *source)
{
    if (!n) return false;
    if (n->kind == NODE_COLUMN) {
        const SqlBinding *b = node_binding(t, n);
        return !b || !b->source || b->source->id == source->id; // unknown: it may
    }
    bool found = n->kind == NODE_QUERY;
    for (uint32_t i = 0; i < n->count && !found; i++) found = reads(t, n->child[i], source);
    return found;
}

static bool is_key_column(const Translator *t, const SqlNode *n, const SqlNode *source, Str key)
{
    if (n->kind != NODE_COLUMN || !str_eq_nocase(sql_last(n)->text, key)) return false;
    const SqlBinding *b = node_binding(t, n);
    return b && b->source && b->source->id == source->id && b->column != SQL_COLUMN_OPEN;
}

static bool fixes(const Translator *t, const SqlNode *where, const SqlNode *source, Str key)
{
    if (!where) return false;
    bool found = false;
    for (uint32_t i = 0; where->kind == NODE_AND && i < where->count && !found; i++)
        found = fixes(t, where->child[i], source, key);
    if (where->kind != NODE_BINARY || where->op != OP_EQ) return found;
    const SqlNode *a = where->child[LEFT_SIDE], *b = where->child[RIGHT_SIDE];
    return (is_key_column(t, a, source, key) && !reads(t, b, source)) ||
           (is_key_column(t, b, source, key) && !reads(t, a, source));
}

// One table, its whole primary key compared with what does not come from it.
static bool by_key(const Translator *t, const SqlNode *select)
{
    const SqlNode *from = select->child[SELECT_FROM];
    if (from->count != 1 || from->child[0]->kind != NODE_TABLE) return false;
    const SqlNode *table = from->child[0];
    bool known = t->meaning && table->id < t->script->nodes;
    const StrList *key = known ? t->meaning->keys[table->id] : NULL;
    if (!key || !key->len) return false;
    for (size_t i = 0; i < key->len; i++) {
        if (!fixes(t, select->child[SELECT_WHERE], table, key->at[i])) return false;
    }
    return true;
}

static bool gives_one(const Translator *t, const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (takes_one(query->child[QUERY_LIMIT])) return true;
    if (body->kind == NODE_QUERY) return gives_one(t, body);
    if (body->kind == NODE_VALUES) return body->count == 1;
    if (body->kind != NODE_SELECT) return false;
    if (!body->child[SELECT_FROM] || takes_one(body->child[SELECT_TOP])) return true;
    bool whole = !body->child[SELECT_GROUP] &&
                 (holds_aggregate(body->child[SELECT_ITEMS]) || body->child[SELECT_HAVING]);
    return whole || by_key(t, body);
}

// The rows as they are in FROM can be counted where they stand: nothing comes after WHERE.
static bool is_simple(const Translator *t, const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (query->child[QUERY_LIMIT] || body->kind != NODE_SELECT) return false;
    if (body->flags & FLAG_DISTINCT || body->child[SELECT_ON] || body->child[SELECT_TOP] ||
        body->child[SELECT_GROUP] || body->child[SELECT_HAVING] || body->child[SELECT_QUALIFY])
        return false;
    const SqlNode *items = body->child[SELECT_ITEMS], *from = body->child[SELECT_FROM];
    bool own = from && from->count == 1 && sql_tail_count(items) > 0;
    for (uint32_t i = 0; own && i < items->count; i++) {
        const SqlNode *value = items->child[i]->child[ITEM_VALUE];
        // An aggregate belongs to the query whose columns it reads.
        const SqlBinding *b = node_binding(t, value);
        own = b && b->source && b->source->id == from->child[0]->id;
    }
    return own;
}

static SqlNode *single(Translator *t, SqlNode *value, const SqlNode *place)
{
    SqlNode *call = make_call1(t, place, "single", value);
    call->type = value->type;
    return call;
}

SqlNode *single_row(Translator *t, SqlNode *subquery)
{
    SqlNode *query = subquery->child[ONLY];
    bool array = subquery->flags & FLAG_BARE;
    if (t->to != DIALECT_SQLITE || array || t->failed || gives_one(t, query)) return subquery;
    if (is_simple(t, query)) {
        SqlNode *items = query->child[QUERY_BODY]->child[SELECT_ITEMS];
        for (uint32_t i = 0; i < items->count; i++) {
            SqlNode **value = &items->child[i]->child[ITEM_VALUE];
            *value = single(t, *value, subquery);
        }
        query->child[QUERY_ORDER] = NULL;
        return subquery;
    }
    Shell s;
    if (!shell_over(&s, t, query)) return subquery;
    SqlNode *items = make_node(t, NODE_LIST, query, 0);
    for (size_t i = 0; i < s.columns.len; i++) {
        SqlNode *value = single(t, shell_output(&s, query, i), subquery);
        node_add_tail(t, items, make_item(t, value, (Str){0}));
    }
    SqlNode *outer = make_select(t, query, items);
    query->parens = 0;
    outer->child[SELECT_FROM] = make_from(t, make_derived(t, query, s.alias));
    subquery->child[ONLY] = make_query(t, outer);
    return subquery;
}

// ---- ANY and ALL

typedef struct {
    Translator *t;
    const SqlNode *n;     // the comparison
    const SqlNode *query; // its set
    Str column;           // of the set
    bool nulls;           // it may hold some
} Set;

static Str set_name(const Set *s)
{
    return make_part(s->t, "set", 0);
}

static SqlNode *set_column(const Set *s)
{
    return make_column(s->t, s->n, set_name(s), s->column);
}

// SELECT value FROM (set) AS set_1
static SqlNode *from_set(const Set *s, SqlNode *value)
{
    SqlNode *items = make_node(s->t, NODE_LIST, s->n, 0);
    node_add_tail(s->t, items, make_item(s->t, value, (Str){0}));
    SqlNode *select = make_select(s->t, s->n, items);
    SqlNode *derived = make_derived(s->t, node_clone(s->t, s->query), set_name(s));
    select->child[SELECT_FROM] = make_from(s->t, derived);
    return make_query(s->t, select);
}

static SqlNode *exists(const Set *s, SqlNode *query, bool is_not)
{
    SqlNode *n = make_node(s->t, NODE_EXISTS, s->n, 0);
    n->child[ONLY] = query;
    n->type = TYPE_BOOLEAN;
    return is_not ? make_unary(s->t, OP_NOT, n) : n;
}

static SqlNode *extreme(const Set *s, const char *fn)
{
    SqlNode *n = make_node(s->t, NODE_SUBQUERY, s->n, 0);
    n->child[ONLY] = from_set(s, make_call1(s->t, s->n, fn, set_column(s)));
    return n;
}

static SqlNode *compared(const Set *s, SqlOp op, const char *fn)
{
    SqlNode *left = node_clone(s->t, s->n->child[LEFT_SIDE]);
    return make_binary(s->t, op, left, extreme(s, fn));
}

// The comparison with the one member of the set that decides: the greatest or the smallest.
static SqlNode *decisive(const Set *s, bool all)
{
    SqlOp op = (SqlOp)s->n->op;
    if (op == OP_EQ) return make_and(s->t, compared(s, OP_EQ, "min"), compared(s, OP_EQ, "max"));
    bool greater = op == OP_GT || op == OP_GE;
    return compared(s, op, greater == all ? "max" : "min");
}

static SqlNode *boolean(const Set *s, bool value)
{
    SqlNode *n = make_node(s->t, NODE_BOOLEAN, s->n, 0);
    n->text = value ? S("TRUE") : S("FALSE");
    n->type = TYPE_BOOLEAN;
    return n;
}

static void add_when(const Set *s, SqlNode *n, SqlNode *when, SqlNode *then)
{
    SqlNode *arm = make_node(s->t, NODE_WHEN, s->n, 0);
    arm->child[WHEN_CONDITION] = when;
    arm->child[WHEN_RESULT] = then;
    node_add_tail(s->t, n, arm);
}

// An empty set says TRUE to ALL and FALSE to ANY; a member that decides comes before one that is
// NULL.
static SqlNode *decided(const Set *s, bool all)
{
    Translator *t = s->t;
    SqlNode *n = make_node(t, NODE_CASE, s->n, 0);
    n->type = TYPE_BOOLEAN;
    add_when(s, n, exists(s, node_clone(t, s->query), true), boolean(s, all));
    SqlNode *by = decisive(s, all);
    add_when(s, n, all ? make_unary(t, OP_NOT, by) : by, boolean(s, !all));
    if (s->nulls) {
        SqlNode *some = from_set(s, make_number(t, s->n, 1));
        some->child[QUERY_BODY]->child[SELECT_WHERE] = make_is_null(t, set_column(s), false);
        add_when(s, n, exists(s, some, false), make_null(t, s->n));
    }
    n->child[CASE_ELSE] = decisive(s, all);
    return n;
}

static SqlNode *as_in(Translator *t, SqlNode *n, bool is_not)
{
    SqlNode *in = make_node(t, NODE_IN, n, 0);
    in->child[OPERAND] = n->child[LEFT_SIDE];
    in->child[OPERAND_SECOND] = n->child[RIGHT_SIDE];
    in->flags = is_not ? FLAG_NOT : 0;
    in->type = TYPE_BOOLEAN;
    return in;
}

static bool never_null(const Translator *t, const SqlNode *query)
{
    bool known = t->meaning && query->id < t->script->nodes;
    const SqlColumns *c = known ? &t->meaning->outputs[query->id] : NULL;
    return c && c->len && !c->open && c->at[0].not_null;
}

// MySQL reads no LIMIT in such a set, but in a table inside it.
static void hide_limit(Translator *t, SqlNode *set)
{
    if (t->to != DIALECT_MYSQL || set->kind != NODE_SUBQUERY) return;
    SqlNode *query = set->child[ONLY];
    if (query->child[QUERY_LIMIT]) set->child[ONLY] = make_query(t, arm_wrapped(t, query));
}

SqlNode *lower_quantified(Translator *t, SqlNode *n)
{
    SqlNode *right = n->child[RIGHT_SIDE];
    hide_limit(t, right);
    bool set = right->kind == NODE_SUBQUERY && n->op >= OP_EQ && n->op <= OP_GE;
    bool all = n->flags & FLAG_ALL;
    if (t->to != DIALECT_SQLITE || !set) return n;
    if (n->op == OP_EQ && !all) return as_in(t, n, false);
    if (n->op == OP_NE && all) return as_in(t, n, true);
    Shell shell;
    SqlNode *query = right->child[ONLY];
    if (n->child[LEFT_SIDE]->kind == NODE_ROW)
        return translate_unsupported(t, n, "Rows are not compared with ANY and ALL here.");
    if (!shell_over(&shell, t, query)) return n;
    if (shell.columns.len != 1)
        return translate_unsupported(t, right, "The subquery of ANY or ALL has one column.");
    Set s = {t, n, query, shell.columns.at[0].inner, !never_null(t, query)};
    if (n->op != OP_NE) return decided(&s, all);
    SqlNode same = *n; // <> ANY: not the same as all of them
    same.op = OP_EQ;
    s.n = &same;
    return make_unary(t, OP_NOT, decided(&s, true));
}

// ---- IN

static SqlNode *same_row(Translator *t, const SqlNode *a, const SqlNode *b)
{
    SqlNode *same = NULL;
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        SqlNode *pair = make_binary(t, OP_EQ, node_clone(t, a->child[i]), b->child[i]);
        same = make_and(t, same, typed(pair, TYPE_BOOLEAN));
    }
    same->parens = a->count > 1;
    return same;
}

// (a, b) IN ((1, 2), (3, 4)): in DuckDB a NULL in a row is a value that is unequal to others.
static SqlNode *rows_one_by_one(Translator *t, SqlNode *n)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    SqlNode *any = make_node(t, NODE_OR, n, set->count);
    for (uint32_t i = 0; i < set->count; i++)
        any->child[i] = same_row(t, n->child[OPERAND], set->child[i]);
    SqlNode *made = set->count == 1 ? any->child[0] : any;
    made->parens = 1;
    return negate(t, typed(made, TYPE_BOOLEAN), n->flags & FLAG_NOT);
}

// (a, b) IN ((1, 2), (3, 4)): SQLite wants the rows in VALUES.
SqlNode *lower_in(Translator *t, SqlNode *n)
{
    SqlNode *set = n->child[OPERAND_SECOND];
    hide_limit(t, set);
    bool rows = n->child[OPERAND]->kind == NODE_ROW && set->kind == NODE_LIST && set->count;
    for (uint32_t i = 0; rows && i < set->count; i++) rows = set->child[i]->kind == NODE_ROW;
    bool strict = t->to == DIALECT_DUCKDB && t->from != t->to;
    if (rows && strict) return rows_one_by_one(t, n);
    if (t->to != DIALECT_SQLITE || !rows) return n;
    SqlNode *values = make_node(t, NODE_VALUES, set, 0);
    node_set_tail(t, values, set->child, set->count);
    SqlNode *subquery = make_node(t, NODE_SUBQUERY, set, 0);
    subquery->child[ONLY] = make_query(t, values);
    n->child[OPERAND_SECOND] = subquery;
    return n;
}
