// resolve_from: what FROM brings into a scope: tables, derived tables, joins; what is not followed
// is open.
#include "sql/home.h"
#include "sql/scope.h"

typedef struct {
    StarColumns star; // what * stands for
    bool open;
} Brought;

static Brought bring(Resolver *r, Scope *s, const SqlNode *n, bool outer);

Relation *add_relation(Resolver *r, Scope *s, const SqlNode *source, const SqlNode *name,
                       SqlColumns columns)
{
    Relation *rel = vec_push(r->arena, &s->relations);
    *rel = (Relation){.columns = columns, .source = source};
    if (name) {
        rel->name = name->text;
        rel->exact = name->flags & FLAG_QUOTED;
    }
    r->meaning->sources[source->id] = columns;
    return rel;
}

static void add_star(Resolver *r, Brought *b, const Relation *rel)
{
    b->open = b->open || rel->columns.open;
    for (uint32_t i = 0; i < rel->columns.len; i++) {
        SqlColumn c = rel->columns.at[i];
        c.not_null = c.not_null && !rel->outer;
        *vec_push(r->arena, &b->star) =
            (SqlStarColumn){.column = c, .table = rel->name, .source = rel->source, .index = i};
    }
}

static Brought one(Resolver *r, Scope *s, bool outer)
{
    Brought b = {0};
    Relation *rel = &s->relations.at[s->relations.len - 1];
    rel->outer = outer;
    add_star(r, &b, rel);
    return b;
}

// ---- tables

static bool is_relation(const Resolver *r, const Scope *s, const SqlNode *name)
{
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            const Relation *rel = &s->relations.at[i];
            if (name_is(r->dialect, rel->name, rel->exact, name)) return true;
        }
    }
    return false;
}

// BigQuery quotes a whole path: the name is what follows its last dot.
static SqlNode last_part(const SqlNode *name)
{
    SqlNode n = *name;
    for (size_t i = name->text.len; i > 0; i--) {
        if (name->text.ptr[i - 1] != '.') continue;
        n.text = str_slice(name->text, i, name->text.len);
        break;
    }
    return n;
}

static SqlColumns columns_of_table(Resolver *r, const Scope *s, const SqlNode *n,
                                   const SqlNode *name)
{
    bool bare = sql_tail_count(n) == 1;
    for (const Known *k = r->known; k; k = k->next) {
        if (!name_is(r->dialect, k->name, k->exact, name)) continue;
        r->meaning->keys[n->id] = k->key;
        r->meaning->queries[n->id] = k->query;
        return k->columns;
    }
    if (!r->schema) return (SqlColumns){.open = true};
    for (size_t i = 0; i < r->schema->len; i++) {
        const SqlTable *t = &r->schema->at[i];
        if (!name_is(r->dialect, t->name, false, name)) continue;
        r->meaning->keys[n->id] = t->key.len ? &t->key : NULL;
        r->meaning->tables[n->id] = t;
        return t->columns;
    }
    bool dual = bare && str_eq_nocase(name->text, S("DUAL")); // one row without columns
    if (dual && (r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_SNOWFLAKE))
        return (SqlColumns){0};
    bool array = !bare && is_relation(r, s, sql_tail(n, 0)); // FROM t, t.items
    if (!array) fail_table(r, n, name);
    return (SqlColumns){.open = true};
}

// FROM t AS x (a, b, c) of a table of two columns.
static void check_names(Resolver *r, SqlColumns c, const SqlNode *names)
{
    if (c.open || sql_tail_count(names) <= c.len) return;
    resolve_fail(r, names, "%u names are given to the %zu column%s of this table.",
                 sql_tail_count(names), c.len, c.len == 1 ? "" : "s");
}

static void bring_table(Resolver *r, Scope *s, const SqlNode *n)
{
    SqlNode *name = arena_new(r->arena, SqlNode);
    *name = last_part(sql_last(n));
    SqlColumns c = columns_of_table(r, s, n, name);
    const SqlNode *alias = n->child[TABLE_ALIAS];
    if (alias) check_names(r, c, alias->child[ALIAS_COLUMNS]);
    if (alias) c = columns_renamed(r, c, alias->child[ALIAS_COLUMNS]);
    bool named = alias && alias->child[ALIAS_NAME];
    add_relation(r, s, n, named ? alias->child[ALIAS_NAME] : name, c);
}

static const SqlNode *alias_name(const SqlNode *alias)
{
    return alias ? alias->child[ALIAS_NAME] : NULL;
}

// A derived table sees the tables before it where it is LATERAL, in DuckDB always.
static void bring_derived(Resolver *r, Scope *s, const SqlNode *n)
{
    bool lateral = n->flags & FLAG_LATERAL || r->dialect == DIALECT_DUCKDB;
    const SqlNode *alias = n->child[DERIVED_ALIAS];
    SqlColumns c =
        resolve_query(r, lateral ? s : s->parent, n->child[DERIVED_QUERY], lateral ? NULL : s);
    if (alias) c = columns_renamed(r, c, alias->child[ALIAS_COLUMNS]);
    add_relation(r, s, n, alias_name(alias), c);
}

static Brought bring_table_call(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    const SqlNode *call = n->child[TABLE_CALL_CALL], *alias = n->child[TABLE_CALL_ALIAS];
    const SqlNode *offset = n->child[TABLE_CALL_OFFSET];
    SqlColumns c = columns_of_call(r, s, n, alias);
    add_relation(r, s, n, alias && alias->child[ALIAS_NAME] ? alias->child[ALIAS_NAME] : NULL, c);
    if (!alias) s->relations.at[s->relations.len - 1].name = call->text;
    Brought b = one(r, s, outer);
    if (!offset) return b;
    SqlColumn *column = arena_new(r->arena, SqlColumn);
    *column = (SqlColumn){.name = offset->text, .type = TYPE_INTEGER, .not_null = true};
    Relation *rel = add_relation(r, s, offset, NULL, (SqlColumns){column, 1, false});
    rel->outer = outer;
    add_star(r, &b, rel);
    return b;
}

// ---- joins

static const SqlStarColumn *star_column(const Resolver *r, const Brought *b, const SqlNode *name)
{
    for (size_t i = 0; i < b->star.len; i++) {
        const SqlColumn *c = &b->star.at[i].column;
        if (name_is(r->dialect, c->name, c->exact, name)) return &b->star.at[i];
    }
    return NULL;
}

// Do two tables of one side have the column? Only SQLite takes the first then.
static bool is_ambiguous(const Resolver *r, const Brought *b, const SqlNode *name)
{
    const SqlStarColumn *first = star_column(r, b, name);
    if (!first || r->dialect == DIALECT_SQLITE) return false;
    bool first_of_twins = r->dialect == DIALECT_DUCKDB; // of one table that has it twice
    for (const SqlStarColumn *c = first + 1; c < b->star.at + b->star.len; c++) {
        bool same = name_is(r->dialect, c->column.name, c->column.exact, name);
        if (same && !(first_of_twins && c->source == first->source)) return true;
    }
    return false;
}

static void fail_side(Resolver *r, const SqlNode *name, const char *side)
{
    if (!r->failed) {
        home_refuse(r->script, name, HOME_AMBIGUOUS, name->text, r->err,
                    "More than one column %s the JOIN is called " STR_FMT
                    ", so it cannot be joined by that name alone: write ON.",
                    side, STR_ARG(name->text));
    }
    r->failed = true;
}

static void merge(Resolver *r, Scope *s, const SqlNode *join, const SqlNode *name,
                  const Brought *left, const Brought *right, size_t from)
{
    const SqlStarColumn *a = star_column(r, left, name), *b = star_column(r, right, name);
    const char *side = !a && !left->open ? "before" : !b && !right->open ? "behind" : NULL;
    if (side) {
        Str text = name->text;
        if (!r->failed) {
            home_refuse(r->script, name, HOME_COLUMN, text, r->err,
                        "USING wants " STR_FMT " on both sides: what stands %s the JOIN has none.",
                        STR_ARG(text), side);
        }
        r->failed = true;
        return;
    }
    if (is_ambiguous(r, left, name)) fail_side(r, name, "before");
    if (is_ambiguous(r, right, name)) fail_side(r, name, "behind");
    SqlType t = a ? type_of_column(&a->column, false) : (SqlType){0};
    SqlType u = b ? type_of_column(&b->column, false) : (SqlType){0};
    bool first = t.not_null, second = u.not_null;
    bool one_as_it_is = r->dialect == DIALECT_DUCKDB || r->dialect == DIALECT_SPARK;
    if (join->op == OP_FULL || !one_as_it_is || join->op == OP_RIGHT)
        t = join->op == OP_RIGHT && one_as_it_is ? u : type_wider(t, u);
    t.not_null = join->op == OP_LEFT    ? first
                 : join->op == OP_RIGHT ? second
                 : join->op == OP_FULL  ? first && second
                                        : first || second;
    SqlColumn column = column_typed(a ? a->column.name : name->text, t);
    column.exact = name->flags & FLAG_QUOTED;
    uint32_t index = 0;
    for (size_t i = 0; i < s->merged.len; i++) index += s->merged.at[i].join == join;
    *vec_push(r->arena, &s->merged) = (Merged){column, join, index, from, s->relations.len};
}

static void merge_natural(Resolver *r, Scope *s, const SqlNode *join, const Brought *left,
                          const Brought *right, size_t from)
{
    for (size_t i = 0; i < left->star.len; i++) {
        SqlNode *name = arena_new(r->arena, SqlNode);
        *name = *join;
        name->text = left->star.at[i].column.name;
        name->flags = left->star.at[i].column.exact ? FLAG_QUOTED : 0;
        if (star_column(r, right, name)) merge(r, s, join, name, left, right, from);
    }
}

static const Merged *merged_of(const Resolver *r, const Scope *s, const SqlNode *join,
                               const SqlColumn *c)
{
    for (size_t i = 0; i < s->merged.len; i++) {
        const Merged *m = &s->merged.at[i];
        if (m->join == join && str_eq_nocase(m->column.name, c->name)) return m;
    }
    (void)r;
    return NULL;
}

static void add_merged(Resolver *r, Brought *b, const Merged *m)
{
    *vec_push(r->arena, &b->star) =
        (SqlStarColumn){.column = m->column, .source = m->join, .index = m->index};
}

// Merged columns come first, but in SQLite and DuckDB, which leave them where the left side has
// them.
static Brought joined(Resolver *r, const Scope *s, const SqlNode *join, const Brought *left,
                      const Brought *right)
{
    bool stays = r->dialect == DIALECT_SQLITE || r->dialect == DIALECT_DUCKDB;
    Brought b = {.open = left->open || right->open};
    for (size_t i = 0; i < s->merged.len; i++) {
        if (!stays && s->merged.at[i].join == join) add_merged(r, &b, &s->merged.at[i]);
    }
    for (size_t i = 0; i < left->star.len; i++) {
        const Merged *m = merged_of(r, s, join, &left->star.at[i].column);
        if (!m) {
            *vec_push(r->arena, &b.star) = left->star.at[i];
        } else if (stays) {
            add_merged(r, &b, m);
        }
    }
    for (size_t i = 0; i < right->star.len; i++) {
        if (!merged_of(r, s, join, &right->star.at[i].column))
            *vec_push(r->arena, &b.star) = right->star.at[i];
    }
    return b;
}

static void publish_merged(Resolver *r, const Scope *s, const SqlNode *join)
{
    VEC(SqlColumn) all = {0};
    for (size_t i = 0; i < s->merged.len; i++) {
        if (s->merged.at[i].join == join) *vec_push(r->arena, &all) = s->merged.at[i].column;
    }
    r->meaning->sources[join->id] = (SqlColumns){all.at, all.len, false};
}

// A comma hides what stands before it from ON, where joins bind tighter than commas.
static bool comma_hides(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_TRINO;
}

static Brought bring_join(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    bool left_missing = n->op == OP_RIGHT || n->op == OP_FULL;
    bool right_missing =
        n->op == OP_LEFT || n->op == OP_FULL || (n->op == OP_ASOF && n->flags & FLAG_OUTER);
    size_t first = s->relations.len;
    Brought left = bring(r, s, n->child[JOIN_LEFT], outer || left_missing);
    size_t before = s->relations.len, merged = s->merged.len;
    Brought right = bring(r, s, n->child[JOIN_RIGHT], outer || right_missing);
    const SqlNode *using = n->child[JOIN_USING];
    for (uint32_t i = 0; i < sql_tail_count(using); i++)
        merge(r, s, n, sql_tail(using, i), &left, &right, first);
    if (n->flags & FLAG_NATURAL) merge_natural(r, s, n, &left, &right, first);
    size_t floor = s->floor;
    if (comma_hides(r->dialect)) s->floor = first;
    s->clause = CLAUSE_FROM;
    resolve_expr(r, s, n->child[JOIN_MATCH]);
    resolve_expr(r, s, n->child[JOIN_ON]);
    s->floor = floor;
    publish_merged(r, s, n);
    if (n->op == OP_SEMI || n->op == OP_ANTI) { // only a condition
        s->relations.len = before;
        s->merged.len = merged;
        return left;
    }
    return joined(r, s, n, &left, &right);
}

static Brought bring_view(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    Brought b = bring(r, s, n->child[VIEW_LEFT], outer);
    const SqlNode *alias = n->child[VIEW_ALIAS];
    SqlColumns c = columns_of_call(r, s, n, alias);
    add_relation(r, s, n, alias_name(alias), c);
    Brought view = one(r, s, outer || n->flags & FLAG_OUTER);
    b.open = b.open || view.open;
    for (size_t i = 0; i < view.star.len; i++) *vec_push(r->arena, &b.star) = view.star.at[i];
    return b;
}

// PIVOT and UNPIVOT take the tables of their source out of sight.
static Brought bring_pivot(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    Scope inner = {.parent = s->parent, .query = s->query};
    Brought source = bring(r, &inner, n->child[PIVOT_SOURCE], false);
    inner.star = source.star;
    inner.star_open = source.open;
    if (n->kind == NODE_PIVOT) {
        resolve_pivot(r, &inner, n);
    } else {
        resolve_unpivot(r, &inner, n);
    }
    const SqlNode *alias = n->child[n->kind == NODE_PIVOT ? PIVOT_ALIAS : UNPIVOT_ALIAS];
    SqlColumns c = r->meaning->sources[n->id];
    if (alias) c = columns_renamed(r, c, alias->child[ALIAS_COLUMNS]);
    const SqlNode *from = n->child[PIVOT_SOURCE], *name = alias_name(alias);
    if (!name && from->kind == NODE_TABLE) name = sql_last(from);
    add_relation(r, s, n, name, c);
    return one(r, s, outer);
}

static Brought bring(Resolver *r, Scope *s, const SqlNode *n, bool outer)
{
    if (r->failed) return (Brought){0};
    switch (n->kind) {
    case NODE_TABLE:
        bring_table(r, s, n);
        return one(r, s, outer);
    case NODE_DERIVED:
        bring_derived(r, s, n);
        return one(r, s, outer);
    case NODE_TABLE_CALL:
        return bring_table_call(r, s, n, outer);
    case NODE_JOIN:
        return bring_join(r, s, n, outer);
    case NODE_LATERAL_VIEW:
        return bring_view(r, s, n, outer);
    case NODE_PIVOT:
    case NODE_UNPIVOT:
        return bring_pivot(r, s, n, outer);
    default:
        return (Brought){.open = true};
    }
}

void resolve_from_one(Resolver *r, Scope *s, const SqlNode *n)
{
    Brought b = bring(r, s, n, false);
    s->star_open = s->star_open || b.open;
    for (size_t i = 0; i < b.star.len; i++) *vec_push(r->arena, &s->star) = b.star.at[i];
}

void resolve_from(Resolver *r, Scope *s, const SqlNode *from)
{
    for (uint32_t i = 0; from && i < from->count; i++) resolve_from_one(r, s, from->child[i]);
}
