// resolve_from: what FROM brings into a scope: tables, derived tables, joins; what is not followed
// is open.
#include "sql/scope.h"

static void add_relation(Resolver *r, Scope *s, Relation rel)
{
    *vec_push(r->arena, &s->relations) = rel;
}

static SqlColumns with_alias_columns(Resolver *r, SqlColumns c, const SqlNode *alias)
{
    const SqlNode *names = alias ? alias->child[ALIAS_COLUMNS] : NULL;
    if (!names) return c;
    size_t given = sql_tail_count(names), n = given > c.len ? given : c.len;
    SqlColumn *all = arena_array(r->arena, SqlColumn, n);
    for (size_t i = 0; i < c.len; i++) all[i] = c.at[i];
    for (uint32_t i = 0; i < given; i++) all[i].name = sql_tail(names, i)->text;
    return (SqlColumns){all, n, c.open};
}

static bool is_relation(const Scope *s, Str name)
{
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            if (str_eq_nocase(s->relations.at[i].name, name)) return true;
        }
    }
    return false;
}

static void fail_table(Resolver *r, const SqlNode *n, Str name)
{
    VEC(Str) names = {0};
    for (const Known *k = r->known; k; k = k->next) *vec_push(r->arena, &names) = k->name;
    for (size_t i = 0; i < r->schema->len; i++) *vec_push(r->arena, &names) = r->schema->at[i].name;
    Str near = str_nearest(name, (StrList){names.at, names.len});
    resolve_fail(r, n, "There is no table " STR_FMT "%s" STR_FMT "%s", STR_ARG(name),
                 near.len ? ": did you mean " : "", STR_ARG(near), near.len ? "?" : ".");
}

// BigQuery quotes a whole path: the name is what follows its last dot.
static Str last_part(Str name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '.') return str_slice(name, i, name.len);
    }
    return name;
}

static SqlColumns columns_of_table(Resolver *r, const Scope *s, const SqlNode *n, Str name)
{
    bool bare = sql_tail_count(n) == 1;
    for (const Known *k = r->known; k; k = k->next) {
        if (str_eq_nocase(k->name, name)) return k->columns;
    }
    for (size_t i = 0; i < r->schema->len; i++) {
        if (str_eq_nocase(r->schema->at[i].name, name)) return r->schema->at[i].columns;
    }
    bool array = !bare && is_relation(s, sql_tail(n, 0)->text); // FROM t, t.items
    if (!array) fail_table(r, n, name);
    return (SqlColumns){.open = true};
}

static void resolve_table(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    Str name = last_part(sql_last(n)->text);
    SqlColumns c = columns_of_table(r, s, n, name);
    const SqlNode *alias = n->child[TABLE_ALIAS];
    if (alias && alias->child[ALIAS_NAME]) name = alias->child[ALIAS_NAME]->text;
    add_relation(r, s, (Relation){name, with_alias_columns(r, c, alias), outer});
}

static Str alias_name(const SqlNode *alias)
{
    bool named = alias && alias->child[ALIAS_NAME];
    return named ? alias->child[ALIAS_NAME]->text : (Str){0};
}

// A derived table sees the tables before it where it is LATERAL; elsewhere only what is around.
static void resolve_derived(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    const Scope *around = n->flags & FLAG_LATERAL ? s : s->parent;
    SqlColumns c = resolve_query(r, around, n->child[DERIVED_QUERY]);
    const SqlNode *alias = n->child[DERIVED_ALIAS];
    add_relation(r, s, (Relation){alias_name(alias), with_alias_columns(r, c, alias), outer});
}

static void resolve_table_call(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    resolve_expr(r, s, n->child[TABLE_CALL_CALL]);
    const SqlNode *alias = n->child[TABLE_CALL_ALIAS];
    SqlColumns c = with_alias_columns(r, (SqlColumns){.open = true}, alias);
    c.open = !(alias && alias->child[ALIAS_COLUMNS]);
    add_relation(r, s, (Relation){alias_name(alias), c, outer});
    const SqlNode *offset = n->child[TABLE_CALL_OFFSET];
    if (!offset) return;
    SqlColumn *column = arena_new(r->arena, SqlColumn);
    *column = (SqlColumn){offset->text, TYPE_INTEGER, true};
    add_relation(r, s, (Relation){.columns = {column, 1, false}, .outer = outer});
}

static void resolve_join(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    bool left_missing = n->op == OP_RIGHT || n->op == OP_FULL;
    bool right_missing = n->op == OP_LEFT || n->op == OP_FULL;
    resolve_from(r, s, n->child[JOIN_LEFT], outer || left_missing);
    size_t before = s->relations.len;
    resolve_from(r, s, n->child[JOIN_RIGHT], outer || right_missing);
    const SqlNode *using = n->child[JOIN_USING];
    for (uint32_t i = 0; i < sql_tail_count(using); i++)
        *vec_push(r->arena, &s->merged) = sql_tail(using, i)->text;
    if (n->flags & FLAG_NATURAL) {
        for (size_t i = before; i < s->relations.len; i++) {
            for (size_t c = 0; c < s->relations.at[i].columns.len; c++)
                *vec_push(r->arena, &s->merged) = s->relations.at[i].columns.at[c].name;
        }
    }
    resolve_expr(r, s, n->child[JOIN_MATCH]);
    resolve_expr(r, s, n->child[JOIN_ON]);
    if (n->op == OP_SEMI || n->op == OP_ANTI) s->relations.len = before; // only a condition
}

// PIVOT, UNPIVOT and LATERAL VIEW make columns whose names are not followed.
static void resolve_open(Resolver *r, Scope *s, const SqlNode *source, const SqlNode *alias)
{
    resolve_from(r, s, source, false);
    add_relation(r, s, (Relation){.name = alias_name(alias), .columns = {.open = true}});
}

void resolve_from(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    if (r->failed) return;
    switch (n->kind) {
    case NODE_TABLE:
        resolve_table(r, s, n, outer);
        break;
    case NODE_DERIVED:
        resolve_derived(r, s, n, outer);
        break;
    case NODE_TABLE_CALL:
        resolve_table_call(r, s, n, outer);
        break;
    case NODE_JOIN:
        resolve_join(r, s, n, outer);
        break;
    case NODE_LATERAL_VIEW:
        resolve_open(r, s, n->child[VIEW_LEFT], n->child[VIEW_ALIAS]);
        resolve_expr(r, s, n->child[VIEW_CALL]);
        break;
    case NODE_PIVOT:
        resolve_open(r, s, n->child[PIVOT_SOURCE], n->child[PIVOT_ALIAS]);
        break;
    case NODE_UNPIVOT:
        resolve_open(r, s, n->child[UNPIVOT_SOURCE], n->child[UNPIVOT_ALIAS]);
        break;
    default:
        break;
    }
}
