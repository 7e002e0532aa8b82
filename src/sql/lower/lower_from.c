// lower_from: FROM, scope by scope, inner ones first: into tables and functions that SQLite has.
#include "sql/lower_from.h"

// --- What a source reads ---

static const SqlBinding *binding_of(const Translator *t, const SqlNode *n)
{
    bool known = t->meaning && n->id < t->script->nodes;
    return known ? &t->meaning->bindings[n->id] : NULL;
}

// A name that nothing is known of may belong to a table beside it.
bool from_is_correlated(const FromScope *s, const SqlNode *n)
{
    if (!n || s->first) return false;
    if (n->kind == NODE_COLUMN && n->id == NODE_MADE)
        return sql_tail_count(n) == 2 && virtual_named(s, sql_tail(n, 0)->text);
    if (n->kind == NODE_COLUMN) {
        const SqlBinding *b = binding_of(s->t, n);
        if (!b || (!b->query && !b->item)) return true;
        return b->query && b->query->id == s->node->id && !b->item;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (from_is_correlated(s, n->child[i])) return true;
    }
    return false;
}

Str from_alias(Translator *t, const SqlNode *alias)
{
    bool named = alias && alias->child[ALIAS_NAME];
    return named ? alias->child[ALIAS_NAME]->text : make_name(t, "rows");
}

// --- LATERAL ---

enum { PACKED_MAX = 30 }; // columns of gr_rows

SqlNode *lower_lateral(FromScope *s, const SqlNode *n, SqlNode *query, Str alias)
{
    Translator *t = s->t;
    Names names;
    if (!query_names(t, &query, &names) || names.len > PACKED_MAX) {
        return translate_unsupported(t, n, "A LATERAL query names its columns here, at most %d.",
                                     PACKED_MAX);
    }
    SqlNode **cells = arena_array(t->arena, SqlNode *, names.len);
    for (size_t i = 0; i < names.len; i++) cells[i] = make_column(t, n, (Str){0}, names.at[i]);
    SqlNode *pack = make_call(t, n, "rows_pack", cells, (uint32_t)names.len);
    SqlNode *items = make_node(t, NODE_LIST, n, 1);
    items->child[0] = make_item(t, pack, (Str){0});
    SqlNode *select = make_select(t, n, items), *value = make_node(t, NODE_SUBQUERY, n, 0);
    select->child[SELECT_FROM] = make_from(t, make_derived(t, query, make_name(t, "q")));
    value->child[ONLY] = make_query(t, select);
    SqlNode *one = make_node(t, NODE_TABLE_CALL, n, 0);
    one->child[TABLE_CALL_CALL] = make_call1(t, n, "rows_packed", value);
    one->child[TABLE_CALL_ALIAS] = make_alias(t, n, alias);
    Virtual *v = virtual_new(s, n->id, alias);
    for (size_t i = 0; i < names.len; i++)
        virtual_add(s, v, make_column(t, n, alias, str_fmt(t->arena, "gr_%zu", i)));
    return one;
}

// --- Tables ---

// FROM t, t.items: a path that starts with a table beside it is an array.
static bool is_array_path(const FromScope *s, const SqlNode *n)
{
    return s->t->meaning && sql_tail_count(n) > 1 && n->id < s->t->script->nodes &&
           s->t->meaning->sources[n->id].open && !s->first;
}

static SqlNode *lower_array_path(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlNode *array = make_node(t, NODE_COLUMN, n, sql_tail_count(n));
    for (uint32_t i = 0; i < sql_tail_count(n); i++) array->child[i] = sql_tail(n, i);
    SqlNode *call = make_call1(t, n, "unnest", array);
    SqlNode *one = make_node(t, NODE_TABLE_CALL, n, 0), *alias = n->child[TABLE_ALIAS];
    if (!alias) alias = make_alias(t, n, sql_last(n)->text);
    one->id = n->id;
    array->id = n->id; // no column, and so known to be correlated
    const Virtual *of = virtual_named(s, sql_tail(n, 0)->text); // FROM t, t.a AS x, x.b
    if (of && of->columns.len == 1)
        call = make_call1(t, n, "unnest",
                          virtual_member(s, node_clone(t, of->columns.at[0]), array, 1));
    return lower_table_call(s, one, alias, call);
}

static SqlNode *lower_table(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    if (n->child[TABLE_AS_OF]) {
        return translate_unsupported(t, n->child[TABLE_AS_OF],
                                     "A table as of a time is not supported here: there are no "
                                     "versions of it.");
    }
    s->open = s->open || source_columns(t, n->id).open;
    if (is_array_path(s, n)) return lower_array_path(s, n);
    uint32_t parts = sql_tail_count(n);
    SqlNode *name = sql_last(n);
    for (size_t i = name->text.len; i > 0; i--) { // BigQuery quotes a whole path
        if (name->text.ptr[i - 1] != '.' || t->from != DIALECT_BIGQUERY) continue;
        name->text = str_slice(name->text, i, name->text.len);
        break;
    }
    if (parts > 1) node_set_tail(t, n, &name, 1);
    return lower_alias(s, n);
}

static SqlNode *lower_derived(FromScope *s, SqlNode *n)
{
    s->open = s->open || source_columns(s->t, n->id).open;
    SqlNode *query = n->child[DERIVED_QUERY], *alias = n->child[DERIVED_ALIAS];
    if (!from_is_correlated(s, query)) return lower_alias(s, n);
    return lower_lateral(s, n, query, from_alias(s->t, alias));
}

static const SqlNode *sample_of(const SqlNode *n)
{
    switch (n->kind) {
    case NODE_TABLE:
        return n->child[TABLE_SAMPLE];
    case NODE_DERIVED:
        return n->child[DERIVED_SAMPLE];
    case NODE_TABLE_CALL:
        return n->child[TABLE_CALL_SAMPLE];
    default:
        return NULL;
    }
}

SqlNode *lower_item(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    if (t->failed) return n;
    bool runtime = t->to == DIALECT_SQLITE;
    if (!runtime) {
        SqlNode *other = foreign_item(s, n);
        bool kept = n->kind == NODE_DERIVED || (n->kind == NODE_TABLE && !is_array_path(s, n)) ||
                    t->from == t->to;
        if (other) return other;
        if (kept) {
            s->open = s->open || source_columns(t, n->id).open;
            return n;
        }
    }
    if (runtime && sample_of(n)) {
        return translate_unsupported(t, sample_of(n),
                                     "TABLESAMPLE is not supported here: it would give other rows "
                                     "every time.");
    }
    switch (n->kind) {
    case NODE_TABLE:
        return lower_table(s, n);
    case NODE_DERIVED:
        return lower_derived(s, n);
    case NODE_TABLE_CALL:
        return lower_table_call(s, n, n->child[TABLE_CALL_ALIAS], n->child[TABLE_CALL_CALL]);
    case NODE_LATERAL_VIEW:
        return lower_lateral_view(s, n);
    case NODE_JOIN:
        return lower_join(s, n);
    case NODE_PIVOT:
        return lower_pivot(s, n);
    case NODE_UNPIVOT:
        return lower_unpivot(s, n);
    default:
        return n;
    }
}

// --- A scope ---

// A comma binds no tighter than a join in SQLite; elsewhere a join behind it is a table of its own.
static void hold_together(SqlNode *n)
{
    bool swaps = n->kind == NODE_JOIN && (n->op == OP_RIGHT || n->op == OP_FULL);
    if (swaps && !n->parens) n->parens = 1;
}

static void lower_list(FromScope *s, SqlNode *from)
{
    Nodes all = {0};
    for (uint32_t i = 0; i < sql_tail_count(from) && !s->t->failed; i++) {
        SqlNode *was = sql_tail(from, i), *n = lower_item(s, was);
        if (i && s->t->to == DIALECT_SQLITE) hold_together(n);
        bool outer = i && was->kind == NODE_TABLE_CALL && was->flags & FLAG_OUTER;
        if (outer) { // FROM t, LATERAL FLATTEN(…, OUTER => TRUE)
            SqlNode *join = make_node(s->t, NODE_JOIN, n, 0);
            join->op = OP_LEFT;
            join->child[JOIN_LEFT] = all.at[all.len - 1];
            join->child[JOIN_RIGHT] = n;
            if (s->t->to != DIALECT_SQLITE) join = foreign_joined(s->t, join);
            all.at[all.len - 1] = join;
        } else if (i && n->kind == NODE_LATERAL_VIEW && !n->child[VIEW_LEFT]) {
            n->child[VIEW_LEFT] = all.at[all.len - 1];
            all.at[all.len - 1] = n;
        } else {
            *vec_push(s->t->arena, &all) = n;
        }
        s->first = false;
    }
    node_set_tail(s->t, from, all.at, (uint32_t)all.len);
}

// SEQ4() and its kin count the rows of a GENERATOR.
static void count_generated(FromScope *s, SqlNode *n)
{
    for (uint32_t i = 0; n && i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (c && node_is_call(c, "row_sequence")) {
            n->child[i] = node_clone(s->t, virtual_named(s, s->generator)->columns.at[0]);
            n->child[i]->type = TYPE_INTEGER;
        } else if (c && c->kind != NODE_QUERY) {
            count_generated(s, c);
        }
    }
}

static void lower_scope(Translator *t, SqlNode *n, SqlNode *order, int from, int where)
{
    FromScope s = {.t = t, .node = n, .first = true};
    if (n->child[from]) lower_list(&s, n->child[from]);
    if (n->kind == NODE_SELECT && !t->failed) lower_row_items(&s, order);
    if (t->failed) return;
    if (n->kind == NODE_SELECT) lower_group_windows(&s, order);
    if (s.generator.len) count_generated(&s, n);
    virtual_apply(&s, order);
    if (s.filter) n->child[where] = make_and(t, n->child[where], s.filter);
}

static void walk(Translator *t, SqlNode *n)
{
    if (!n || t->failed) return;
    for (uint32_t i = 0; i < n->count; i++) walk(t, n->child[i]);
    if (t->failed) return;
    if (n->kind == NODE_QUERY && n->child[QUERY_BODY]->kind == NODE_SELECT) {
        lower_scope(t, n->child[QUERY_BODY], n->child[QUERY_ORDER], SELECT_FROM, SELECT_WHERE);
    } else if (n->kind == NODE_UPDATE) {
        lower_scope(t, n, NULL, UPDATE_FROM, UPDATE_WHERE);
    } else if (n->kind == NODE_SETOP) {
        for (int i = LEFT_SIDE; i <= RIGHT_SIDE; i++) {
            if (n->child[i]->kind == NODE_SELECT)
                lower_scope(t, n->child[i], NULL, SELECT_FROM, SELECT_WHERE);
        }
    }
}

SqlNode *lower_from_tree(Translator *t, SqlNode *root)
{
    if (t->to == DIALECT_SQLITE || (t->from != t->to && foreign_uses(t))) walk(t, root);
    return root;
}
