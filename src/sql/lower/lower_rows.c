// lower_rows: functions in FROM: UNNEST, FLATTEN, EXPLODE, series, GENERATOR.
#include "sql/lower/lower_rows.h"

static Str name_at(Rows *r, const SqlColumns *known, size_t i)
{
    if (i < known->len && known->at[i].name.len) return known->at[i].name;
    return make_name(r->s->t, "c");
}

// A table of its own: nothing beside it is read.
static SqlNode *as_table(Rows *r, const SqlNode *offset)
{
    Translator *t = r->s->t;
    SqlColumns known = source_columns(t, r->n->id);
    SqlNode *items = make_node(t, NODE_LIST, r->n, 0);
    Virtual *v = virtual_new(r->s, r->n->id, r->alias);
    v->derived = true;
    for (size_t i = 0; i < r->made.columns.len; i++) {
        Str name = name_at(r, &known, i);
        SqlNode *column = r->made.columns.at[i];
        if (!column) continue;
        node_add_tail(t, items, make_item(t, column, name));
        virtual_add(r->s, v, make_column(t, r->n, r->alias, name));
    }
    if (offset) node_add_tail(t, items, make_item(t, r->made.index, offset->text));
    SqlNode *select = make_select(t, r->n, items), *one = make_node(t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(t, r->n, r->alias);
    select->child[SELECT_FROM] = make_from(t, one);
    return from_derived(t, r->n, make_query(t, select), r->alias);
}

static SqlNode *as_virtual(Rows *r, const SqlNode *offset)
{
    Translator *t = r->s->t;
    SqlNode *one = make_node(t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(t, r->n, r->alias);
    Virtual *v = virtual_new(r->s, r->n->id, r->alias);
    for (size_t i = 0; i < r->made.columns.len; i++) virtual_add(r->s, v, r->made.columns.at[i]);
    if (offset) virtual_add(r->s, virtual_new(r->s, offset->id, r->alias), r->made.index);
    return one;
}

static SqlNode *as_query(Rows *r)
{
    Translator *t = r->s->t;
    if (from_is_correlated(r->s, r->made.query))
        return lower_lateral(r->s, r->n, r->made.query, r->alias);
    SqlColumns known = source_columns(t, r->n->id);
    Names names = {0};
    for (size_t i = 0; i < known.len; i++) *vec_push(t->arena, &names) = known.at[i].name;
    return derived_named(t, r->n, r->made.query, r->alias, &names);
}

// The row of NULLs where there is none comes of a LEFT JOIN, with nothing before it to one row.
SqlNode *rows_outer(Rows *r, SqlNode *one)
{
    Translator *t = r->s->t;
    if (!r->s->first) return one; // lower_from.c joins it
    SqlNode *items = make_node(t, NODE_LIST, r->n, 1), *join = make_node(t, NODE_JOIN, r->n, 0);
    items->child[0] = make_item(t, make_number(t, r->n, 1), make_name(t, "c"));
    join->op = OP_LEFT;
    join->child[JOIN_LEFT] =
        make_derived(t, make_query(t, make_select(t, r->n, items)), make_name(t, "q"));
    join->child[JOIN_RIGHT] = one;
    return join;
}

// Without an alias a call is called as the function: range.range.
static Str call_alias(Translator *t, const SqlNode *alias, const SqlNode *call)
{
    Str text = t->from == DIALECT_FLINK ? (Str){0} : sql_source(t->script->sql, call);
    size_t end = 0;
    while (end < text.len && text.ptr[end] != '(' && text.ptr[end] != ' ') end++;
    bool named = alias && alias->child[ALIAS_NAME];
    bool plain = end && end < text.len && !str_find(S("\"`[."), str_slice(text, 0, 1), NULL);
    return named || !plain ? from_alias(t, alias) : str_slice(text, 0, end);
}

SqlNode *lower_table_call(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call)
{
    Translator *t = s->t;
    bool there = t->to != DIALECT_SQLITE && t->from != t->to;
    SqlNode *made = there ? lower_window_call(s, n, alias, call) : NULL;
    if (made) return made;
    if (t->to != DIALECT_SQLITE) return foreign_rows(s, n, alias, call);
    Rows r = {.s = s, .n = n, .alias = call_alias(t, alias, call)};
    const SqlNode *offset = n->kind == NODE_TABLE_CALL ? n->child[TABLE_CALL_OFFSET] : NULL;
    uint32_t names = alias ? sql_tail_count(alias->child[ALIAS_COLUMNS]) : 0;
    if (n->flags & FLAG_ORDINALITY && names) names--;
    SqlNode *window = lower_window_call(s, n, alias, call);
    if (window) return window;
    if (call->kind != NODE_CALL || !rows_make(&r, call, names)) {
        return translate_unsupported(t, call, "This function is not supported in FROM.");
    }
    if (t->failed) return n;
    if (r.made.call && n->flags & FLAG_ORDINALITY && r.made.index)
        rows_add(&r, rows_plus_one(t, node_clone(t, r.made.index)));
    SqlNode *one = r.made.query                         ? as_query(&r)
                   : from_is_correlated(s, r.made.call) ? as_virtual(&r, offset)
                                                        : as_table(&r, offset);
    if (r.made.outer) n->flags |= FLAG_OUTER;
    return r.made.outer ? rows_outer(&r, one) : one;
}

// LATERAL VIEW [OUTER] f(x) t AS a: a join with the function.
SqlNode *lower_lateral_view(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlNode *join = make_node(t, NODE_JOIN, n, 0), *alias = n->child[VIEW_ALIAS];
    SqlNode *call = n->child[VIEW_CALL];
    join->child[JOIN_LEFT] = lower_item(s, n->child[VIEW_LEFT]);
    s->first = false;
    bool outer = n->flags & FLAG_OUTER;
    join->child[JOIN_RIGHT] = lower_table_call(s, n, alias, call);
    outer = outer || n->flags & FLAG_OUTER; // EXPLODE_OUTER
    join->op = outer ? OP_LEFT : OP_CROSS;
    return t->to == DIALECT_SQLITE || t->failed ? join : foreign_joined(t, join);
}
