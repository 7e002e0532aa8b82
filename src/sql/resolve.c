// resolve: queries from the inside out: CTEs, FROM, items, clauses; and their output columns.
#include "sql/scope.h"

typedef VEC(SqlColumn) Columns;

static void add_star(Resolver *r, const Scope *s, const SqlNode *star, Columns *out, bool *open)
{
    const SqlNode *of = star->child[STAR_OF];
    Str table = of ? sql_last(of)->text : (Str){0};
    const SqlNode *except = star->child[STAR_EXCEPT];
    bool found = false;
    for (size_t i = 0; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        if (of && !str_eq_nocase(rel->name, table)) continue;
        found = true;
        *open = *open || rel->columns.open || star->child[STAR_REPLACE] || star->child[STAR_RENAME];
        for (size_t c = 0; c < rel->columns.len; c++) {
            SqlColumn column = rel->columns.at[c];
            bool skip = false;
            for (uint32_t e = 0; e < sql_tail_count(except); e++)
                skip = skip || str_eq_nocase(sql_tail(except, e)->text, column.name);
            for (size_t m = 0; m < s->merged.len && i && !of; m++)
                skip = skip || str_eq_nocase(s->merged.at[m], column.name);
            column.not_null = column.not_null && !rel->outer;
            if (!skip) *vec_push(r->arena, out) = column;
        }
    }
    if (of && !found && s->relations.len)
        resolve_fail(r, star, "There is no table or alias " STR_FMT " here.", STR_ARG(table));
}

static Str name_of(const SqlNode *item)
{
    const SqlNode *value = item->child[ITEM_VALUE], *alias = item->child[ITEM_ALIAS];
    if (alias) return alias->text;
    if (value->kind == NODE_COLUMN) return sql_last(value)->text;
    return value->kind == NODE_CALL || value->kind == NODE_MEMBER ? value->text : (Str){0};
}

static SqlColumns outputs_of(Resolver *r, const Scope *s, const SqlNode *items)
{
    Columns out = {0};
    bool open = sql_tail_count(items) == 0; // FROM t, without SELECT
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
        if (value->kind == NODE_STAR) {
            add_star(r, s, value, &out, &open);
            continue;
        }
        SqlType t = r->meaning->types[value->id];
        *vec_push(r->arena, &out) = (SqlColumn){name_of(item), t.type, t.not_null};
    }
    return (SqlColumns){out.at, out.len, open};
}

// An item may use the alias of one before it; so items are read in order, aliases behind columns.
static SqlColumns resolve_select(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s)
{
    *s = (Scope){.parent = parent, .items = n->child[SELECT_ITEMS]};
    if (n->child[SELECT_FROM]) {
        const SqlNode *from = n->child[SELECT_FROM];
        for (uint32_t i = 0; i < from->count; i++) resolve_from(r, s, from->child[i], false);
    }
    const SqlNode *items = n->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++)
        resolve_expr(r, s, sql_tail(items, i)->child[ITEM_VALUE]);
    for (int i = SELECT_WHERE; i <= SELECT_QUALIFY; i++) resolve_expr(r, s, n->child[i]);
    resolve_expr(r, s, n->child[SELECT_ON]);
    return r->meaning->outputs[n->id] = outputs_of(r, s, items);
}

static SqlColumns resolve_values(Resolver *r, const Scope *parent, const SqlNode *n)
{
    resolve_expr(r, parent, n->child[0]);
    for (uint32_t i = 1; i < n->count; i++) resolve_expr(r, parent, n->child[i]);
    const SqlNode *row = n->child[0];
    Columns out = {0};
    for (uint32_t i = 0; i < row->count; i++) {
        SqlType t = r->meaning->types[row->child[i]->id];
        Str name = str_fmt(r->arena, "column%u", i + 1);
        *vec_push(r->arena, &out) = (SqlColumn){name, t.type, false};
    }
    return r->meaning->outputs[n->id] = (SqlColumns){out.at, out.len, false};
}

static SqlColumns resolve_body(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s);

// Once an arm, so that a recursive CTE, whose first arm is read before the whole, stays linear.
static SqlColumns resolve_arm(Resolver *r, const Scope *parent, const SqlNode *n)
{
    Scope unused = {0};
    SqlColumns known = r->meaning->outputs[n->id];
    return known.len || known.open ? known : resolve_body(r, parent, n, &unused);
}

static SqlColumns resolve_setop(Resolver *r, const Scope *parent, const SqlNode *n)
{
    SqlColumns left = resolve_arm(r, parent, n->child[LEFT_SIDE]);
    SqlColumns right = resolve_arm(r, parent, n->child[RIGHT_SIDE]);
    bool known = !left.open && !right.open && !(n->flags & FLAG_BY_NAME);
    if (known && left.len != right.len) {
        resolve_fail(r, n->child[RIGHT_SIDE], "%s joins %zu columns with %zu: both need as many.",
                     sql_op_word((SqlOp)n->op), left.len, right.len);
    }
    SqlColumn *both = arena_array(r->arena, SqlColumn, left.len);
    for (size_t i = 0; i < left.len; i++) {
        both[i] = left.at[i];
        if (i >= right.len) continue;
        both[i].not_null = both[i].not_null && right.at[i].not_null;
        if (both[i].type == TYPE_UNKNOWN) both[i].type = right.at[i].type;
    }
    return r->meaning->outputs[n->id] = (SqlColumns){both, left.len, left.open};
}

// *s is left as the scope of a single SELECT, for its ORDER BY.
static SqlColumns resolve_body(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s)
{
    switch (n->kind) {
    case NODE_SELECT:
        return resolve_select(r, parent, n, s);
    case NODE_SETOP:
        return resolve_setop(r, parent, n);
    case NODE_VALUES:
        return resolve_values(r, parent, n);
    case NODE_QUERY:
        return resolve_query(r, parent, n);
    default:
        return (SqlColumns){.open = true};
    }
}

static SqlColumns renamed(Resolver *r, SqlColumns c, const SqlNode *names)
{
    if (!names) return c;
    size_t n = sql_tail_count(names);
    SqlColumn *all = arena_array(r->arena, SqlColumn, n > c.len ? n : c.len);
    for (size_t i = 0; i < c.len; i++) all[i] = c.at[i];
    for (uint32_t i = 0; i < n; i++) all[i].name = sql_tail(names, i)->text;
    return (SqlColumns){all, n > c.len ? n : c.len, c.open};
}

static void know(Resolver *r, Str name, SqlColumns columns)
{
    Known *k = arena_new(r->arena, Known);
    *k = (Known){r->known, name, columns};
    r->known = k;
}

// The first arm of a recursive CTE says what its columns are.
static void resolve_cte(Resolver *r, const Scope *parent, const SqlNode *n)
{
    const SqlNode *query = n->child[CTE_QUERY], *body = query->child[QUERY_BODY];
    const Known *before = r->known;
    if (body->kind == NODE_SETOP) {
        while (body->kind == NODE_SETOP) body = body->child[LEFT_SIDE];
        bool failed = r->failed;
        SqlColumns first =
            query->child[QUERY_WITH] ? (SqlColumns){.open = true} : resolve_arm(r, parent, body);
        if (r->failed && !failed) return;
        know(r, n->text, renamed(r, first, n->child[CTE_COLUMNS]));
    }
    SqlColumns columns = resolve_query(r, parent, query);
    r->known = before;
    know(r, n->text, renamed(r, columns, n->child[CTE_COLUMNS]));
}

// ORDER BY sees the output's names first, then the tables of a single SELECT.
static void resolve_order(Resolver *r, const Scope *s, const SqlNode *order, SqlColumns output)
{
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *value = sql_tail(order, i)->child[ONLY];
        bool named = false;
        if (value->kind == NODE_COLUMN && sql_tail_count(value) == 1) {
            for (size_t c = 0; c < output.len && !named; c++) {
                named = str_eq_nocase(output.at[c].name, sql_last(value)->text);
                if (named) r->meaning->types[value->id].type = output.at[c].type;
            }
        }
        if (!named && !(output.open && s->relations.len == 0)) resolve_expr(r, s, value);
    }
}

SqlColumns resolve_query(Resolver *r, const Scope *parent, const SqlNode *n)
{
    const Known *before = r->known;
    const SqlNode *with = n->child[QUERY_WITH];
    for (uint32_t i = 0; i < sql_tail_count(with) && !r->failed; i++)
        resolve_cte(r, parent, sql_tail(with, i));
    Scope s = {.parent = parent};
    SqlColumns out = resolve_body(r, parent, n->child[QUERY_BODY], &s);
    if (n->child[QUERY_ORDER] && !r->failed) {
        Relation own = {.columns = out};
        if (n->child[QUERY_BODY]->kind != NODE_SELECT) *vec_push(r->arena, &s.relations) = own;
        resolve_order(r, &s, n->child[QUERY_ORDER], out);
    }
    r->known = before;
    return r->meaning->outputs[n->id] = out;
}

// The columns of a table that the script creates, by its definition or its query.
static void resolve_create(Resolver *r, const SqlNode *n)
{
    SqlColumns columns = {0};
    const SqlNode *defs = n->child[CREATE_COLUMNS];
    if (n->child[CREATE_QUERY]) columns = resolve_query(r, NULL, n->child[CREATE_QUERY]);
    if (defs) {
        Columns all = {0};
        for (uint32_t i = 0; i < defs->count; i++) {
            const SqlNode *d = defs->child[i];
            if (d->kind != NODE_COLUMN_DEF) continue;
            SqlColumn *c = vec_push(r->arena, &all);
            c->name = d->child[DEF_NAME]->text;
            if (d->child[DEF_TYPE]) c->type = type_of_name(d->child[DEF_TYPE]->text);
            for (uint32_t k = 0; k < sql_tail_count(d); k++) {
                SqlOp op = (SqlOp)sql_tail(d, k)->op;
                if (op == OP_NOT_NULL || op == OP_PRIMARY_KEY) c->not_null = true;
            }
        }
        columns = (SqlColumns){all.at, all.len, false};
    }
    know(r, sql_last(n->child[CREATE_NAME])->text, columns);
}

bool sql_resolve(Arena *a, const SqlScript *s, const SqlSchema *schema, SqlMeaning *out, Error *err)
{
    *out = (SqlMeaning){.types = arena_array(a, SqlType, s->nodes),
                        .outputs = arena_array(a, SqlColumns, s->nodes)};
    Resolver r = {.arena = a, .script = s, .schema = schema, .meaning = out, .err = err};
    for (uint32_t i = 0; i < s->root->count && !r.failed; i++) {
        const SqlNode *n = s->root->child[i];
        if (n->kind == NODE_QUERY) resolve_query(&r, NULL, n);
        if (n->kind == NODE_CREATE_TABLE) resolve_create(&r, n);
    }
    return !r.failed;
}
