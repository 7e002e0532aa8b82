// scope: which column a name means: in this query, in its aliases, in the query around it.
#include "sql/scope.h"
#include "sql/fn.h"
#include "sql/home.h"

static void bind(Resolver *r, const SqlNode *n, SqlBinding b, SqlType t)
{
    r->meaning->bindings[n->id] = b;
    r->meaning->types[n->id] = t;
}

typedef enum { FOUND_NONE, FOUND_ONE, FOUND_OPEN, FOUND_MANY } Found;

// The widest merge of this name that covers a relation.
static const Merged *merged_at(const Resolver *r, const Scope *s, size_t relation,
                               const SqlNode *name)
{
    const Merged *best = NULL;
    for (size_t i = 0; i < s->merged.len; i++) {
        const Merged *m = &s->merged.at[i];
        if (relation < m->from || relation >= m->to) continue;
        if (name_is(r->dialect, m->column.name, m->column.exact, name)) best = m;
    }
    return best;
}

// Dialects in which the name of a table alone is its row.
static bool has_rows_as_values(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_DUCKDB || d == DIALECT_BIGQUERY;
}

typedef struct {
    const Scope *s;
    const SqlNode *n, *name;
    size_t hits;
    bool open;
    const Merged *seen;
    SqlBinding binding;
    SqlType type;
} Search;

// Where a derived table may have two columns of one name, and neither can be read by it.
static bool minds_twins(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_BIGQUERY ||
           d == DIALECT_SNOWFLAKE || d == DIALECT_SPARK;
}

// Is the column at `at` of that name not the only one?
static bool is_twin(Dialect d, const Relation *rel, uint32_t at, const SqlNode *name)
{
    SqlColumns after = {rel->columns.at + at + 1, rel->columns.len - at - 1, false};
    return minds_twins(d) && name_column(d, &after, name, NULL);
}

static void search_relation(Resolver *r, Search *f, size_t i)
{
    const Relation *rel = &f->s->relations.at[i];
    if (rel->qualified) return;
    const Merged *m = merged_at(r, f->s, i, f->name);
    if (m) {
        if (m == f->seen) return;
        f->seen = m;
        f->hits++;
        f->binding = (SqlBinding){.query = f->s->query, .source = m->join, .column = m->index};
        f->type = type_of_column(&m->column, false);
        return;
    }
    uint32_t at = 0;
    const SqlColumn *c = name_column(r->dialect, &rel->columns, f->name, &at);
    f->open = f->open || rel->columns.open;
    if (!c) return;
    f->hits += is_twin(r->dialect, rel, at, f->name) ? 2 : 1;
    f->binding = (SqlBinding){.query = f->s->query, .source = rel->source, .column = at};
    f->type = type_of_column(c, rel->outer);
}

static Found find_row(Resolver *r, Search *f)
{
    for (size_t i = f->s->floor; i < f->s->relations.len; i++) {
        const Relation *rel = &f->s->relations.at[i];
        if (!name_is(r->dialect, rel->name, rel->exact, f->name)) continue;
        f->binding =
            (SqlBinding){.query = f->s->query, .source = rel->source, .column = SQL_COLUMN_OPEN};
        f->type = (SqlType){.type = TYPE_STRUCT, .fields = &rel->columns};
        return FOUND_ONE;
    }
    return FOUND_NONE;
}

static Found find_alias(Resolver *r, const Scope *s, const SqlNode *n)
{
    const SqlNode *item = alias_item(r, s, n);
    if (!item) return FOUND_NONE;
    bind(r, n, (SqlBinding){.query = s->query, .item = item},
         r->meaning->types[item->child[ITEM_VALUE]->id]);
    return FOUND_ONE;
}

// A name without a qualifier, in one scope.
static Found find_bare(Resolver *r, const Scope *s, const SqlNode *n, const SqlNode *name)
{
    bool alone = sql_tail_count(n) == 1; // not the first of a path
    AliasSight sight = alone ? alias_sight(r, s, n) : ALIAS_HIDDEN;
    if (sight == ALIAS_BEFORE_COLUMNS && find_alias(r, s, n)) return FOUND_ONE;
    Search f = {.s = s, .n = n, .name = name};
    for (size_t i = s->floor; i < s->relations.len; i++) search_relation(r, &f, i);
    if (f.hits > 1) return FOUND_MANY;
    if (f.hits) {
        bind(r, n, f.binding, f.type);
        return FOUND_ONE;
    }
    if (sight == ALIAS_BEHIND_COLUMNS && find_alias(r, s, n)) return FOUND_ONE;
    if (alone && has_rows_as_values(r->dialect) && find_row(r, &f)) {
        bind(r, n, f.binding, f.type);
        return FOUND_ONE;
    }
    return f.open ? FOUND_OPEN : FOUND_NONE;
}

static void fail_ambiguous(Resolver *r, const SqlNode *n)
{
    Str name = sql_last(n)->text;
    if (r->failed) return;
    home_refuse(r->script, n, HOME_AMBIGUOUS, name, r->err,
                "The name " STR_FMT " is ambiguous: several tables here have it.", STR_ARG(name));
    r->failed = true;
}

static void fail_twice(Resolver *r, const SqlNode *n, const SqlNode *table)
{
    Str name = sql_last(n)->text;
    if (r->failed) return;
    home_refuse(r->script, n, HOME_AMBIGUOUS, name, r->err,
                "The name " STR_FMT " is ambiguous: " STR_FMT " has two columns of that name.",
                STR_ARG(name), STR_ARG(table->text));
    r->failed = true;
}

// Two relations under one name, which some dialects let be while nobody asks for what both have.
static bool is_in_twin(const Resolver *r, const Scope *s, size_t i, const SqlNode *table,
                       const SqlNode *name)
{
    for (size_t k = i + 1; k < s->relations.len; k++) {
        const Relation *rel = &s->relations.at[k];
        if (name_is(r->dialect, rel->name, rel->exact, table) &&
            (r->dialect == DIALECT_DUCKDB || name_column(r->dialect, &rel->columns, name, NULL)))
            return true;
    }
    return false;
}

// t.c in one scope.
static Found find_qualified(Resolver *r, const Scope *s, const SqlNode *n, const SqlNode *table,
                            const SqlNode *name)
{
    Found found = FOUND_NONE;
    for (size_t i = s->floor; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        if (!name_is(r->dialect, rel->name, rel->exact, table)) continue;
        uint32_t at = SQL_COLUMN_OPEN;
        const SqlColumn *c = name_column(r->dialect, &rel->columns, name, &at);
        SqlBinding b = {.query = s->query, .source = rel->source, .column = at};
        if (c) {
            if (is_in_twin(r, s, i, table, name)) fail_twin(r, n, table);
            if (is_twin(r->dialect, rel, at, name)) fail_twice(r, n, table);
            bind(r, n, b, type_of_column(c, rel->outer));
            return FOUND_ONE;
        }
        found = rel->columns.open ? FOUND_OPEN : FOUND_MANY;
        if (found == FOUND_OPEN) bind(r, n, b, (SqlType){0});
    }
    return found;
}

// SQLite takes a name in double quotes that means nothing for a text.
static bool is_lenient_text(const Resolver *r, const SqlNode *n)
{
    bool quoted = r->script->sql.ptr[n->at] == '"';
    return r->dialect == DIALECT_SQLITE && quoted;
}

// MySQL looks for a name of GROUP BY and HAVING among the items before it calls it ambiguous:
// SELECT s.id … GROUP BY id is by s.id.
static bool is_item_column(Resolver *r, const Scope *s, const SqlNode *n)
{
    bool looks = s->clause == CLAUSE_GROUP || s->clause == CLAUSE_HAVING;
    const SqlNode *found = NULL;
    if (r->dialect != DIALECT_MYSQL || !looks) return false;
    for (uint32_t i = 0; i < sql_tail_count(s->items); i++) {
        const SqlNode *item = sql_tail(s->items, i), *value = item->child[ITEM_VALUE];
        bool bare = !item->child[ITEM_ALIAS] && value->kind == NODE_COLUMN;
        if (!bare || !name_same(r->dialect, sql_last(value), sql_last(n))) continue;
        const SqlBinding *b = &r->meaning->bindings[value->id];
        const SqlBinding *was = found ? &r->meaning->bindings[found->id] : b;
        if (b->source != was->source || b->column != was->column) return false;
        found = value;
    }
    if (found) bind(r, n, r->meaning->bindings[found->id], r->meaning->types[found->id]);
    return found != NULL;
}

static void resolve_bare(Resolver *r, Scope *scope, const SqlNode *n)
{
    for (const Scope *s = scope; s; s = s->parent) {
        Found found = find_bare(r, s, n, sql_last(n));
        if (found == FOUND_MANY && is_item_column(r, s, n)) return;
        if (found == FOUND_MANY) fail_ambiguous(r, n);
        if (found != FOUND_NONE) return;
    }
    for (const Scope *s = scope; s; s = s->parent) {
        const SqlNode *item = alias_item(r, s, n);
        if (!item) continue;
        fail_alias(r, n, item, s);
        return;
    }
    if (!is_lenient_text(r, n)) fail_column(r, scope, n, NULL);
}

// A first name that is a column, or a table and its column, with fields behind it.
static bool resolve_field(Resolver *r, const Scope *scope, const SqlNode *n)
{
    uint32_t parts = sql_tail_count(n), used = 0;
    for (const Scope *s = scope; s && !used; s = s->parent) {
        if (parts > 2 && find_qualified(r, s, n, sql_tail(n, 0), sql_tail(n, 1)) == FOUND_ONE) {
            used = 2;
        } else if (find_bare(r, s, n, sql_tail(n, 0)) != FOUND_NONE) {
            used = 1;
        }
    }
    if (used) r->meaning->types[n->id] = type_of_fields(r, scope, n, used);
    return used;
}

static void resolve_column(Resolver *r, Scope *scope, const SqlNode *n)
{
    uint32_t parts = sql_tail_count(n);
    if (parts == 1) {
        resolve_bare(r, scope, n);
        return;
    }
    const SqlNode *table = sql_tail(n, parts - 2), *name = sql_last(n);
    for (const Scope *s = scope; s; s = s->parent) {
        Found found = find_qualified(r, s, n, table, name);
        if (found == FOUND_MANY && resolve_field(r, s, n)) return;
        if (found == FOUND_MANY) fail_column(r, s, n, table);
        if (found != FOUND_NONE) return;
    }
    if (!resolve_field(r, scope, n)) fail_column(r, scope, n, table);
}

// ---- expressions

static bool takes_unit(Arena *a, Str function)
{
    static const char *const words[] = {"date",  "time",  "diff", "trunc", "extract", "last_day",
                                        "slice", "round", "ceil", "floor", "interval"};
    Str lower = str_lower(a, function);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(lower, str_from(words[i]), NULL)) return true;
    }
    return false;
}

static bool means_column(Resolver *r, const Scope *scope, const SqlNode *n)
{
    for (const Scope *s = scope; s && n->kind == NODE_COLUMN; s = s->parent) {
        if (find_bare(r, s, n, sql_last(n)) != FOUND_NONE) return true;
    }
    return false;
}

// The argument that is a word of time, by the catalogue; else the first, in BigQuery the last.
static const SqlNode *unit_of(const Resolver *r, const SqlNode *call)
{
    FnFound f = fn_find(r->dialect, call);
    FnBound b;
    bool bound = f.fn && !f.ambiguous && fn_bind(&f, call, &b);
    int param = bound ? fn_param(f.fn, S("unit")) : -1;
    if (bound && param < 0) param = fn_param(f.fn, S("part"));
    if (bound) return param >= 0 ? b.at[param].node : NULL;
    uint32_t last = sql_tail_count(call) - 1;
    bool behind = r->dialect == DIALECT_BIGQUERY && !(call->flags & FLAG_WORDS);
    return last ? sql_tail(call, behind ? last : 0) : NULL;
}

// DATEDIFF(moon, a, b): a name where a unit stands, and no column is called so.
static void fail_unit(Resolver *r, const Scope *s, const SqlNode *call, const SqlNode *n)
{
    bool time = str_starts(str_upper(r->arena, call->text), S("DATE")) ||
                str_starts(str_upper(r->arena, call->text), S("TIMESTAMP"));
    bool name = n->kind == NODE_COLUMN && sql_tail_count(n) == 1 && sql_tail_count(call) == 3;
    if (!time || !name || n != unit_of(r, call) || means_column(r, s, n)) return;
    resolve_fail(r, n, STR_FMT " is no unit of time: DAY, MONTH and so on are.",
                 STR_ARG(sql_last(n)->text));
}

// Elsewhere it is a word of time when it is no column.
static bool is_unit(Resolver *r, const Scope *s, const SqlNode *call, uint32_t i)
{
    const SqlNode *n = sql_tail(call, i);
    if (!name_is_unit(n)) {
        fail_unit(r, s, call, n);
        return false;
    }
    if (n != unit_of(r, call) && means_column(r, s, n)) return false;
    r->meaning->bindings[n->id] = (SqlBinding){0};
    r->meaning->types[n->id] = (SqlType){0};
    return true;
}

static bool is_late_aggregate(const Resolver *r, const Scope *s, const SqlNode *n)
{
    bool late =
        s->clause == CLAUSE_HAVING || s->clause == CLAUSE_QUALIFY || s->clause == CLAUSE_ORDER;
    if (!late) return false;
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    return fn && fn->class == FN_AGGREGATE && !n->child[CALL_OVER];
}

static bool is_number(LogicalType t)
{
    return t == TYPE_INTEGER || t == TYPE_REAL;
}

// What @a := value says of @a: numbers become REAL together, other types make it mixed.
static void learn_variable(Resolver *r, const SqlNode *n)
{
    Str name = sql_tail(n, 0)->text;
    SqlType t = r->meaning->types[sql_tail(n, 1)->id];
    Variable *v = NULL;
    for (size_t i = 0; i < r->variables.len && !v; i++) {
        if (str_eq_nocase(r->variables.at[i].name, name)) v = &r->variables.at[i];
    }
    if (!v) {
        v = vec_push(r->arena, &r->variables);
        *v = (Variable){.name = name};
    }
    if (t.type == TYPE_UNKNOWN || t.type == v->type.type) return;
    bool numbers = is_number(t.type) && is_number(v->type.type);
    if (v->type.type == TYPE_UNKNOWN) {
        v->type = t;
    } else if (numbers) {
        v->type = type_plain(TYPE_REAL, false);
    } else {
        v->mixed = true;
    }
}

static void resolve_call(Resolver *r, Scope *s, const SqlNode *n)
{
    uint32_t roles = sql_roles(NODE_CALL);
    bool outside = s->aggregated;
    s->aggregated = outside || is_late_aggregate(r, s, n);
    bool unit = takes_unit(r->arena, n->text);
    if (str_eq_nocase(n->text, S("DESCRIPTOR"))) return; // Flink: a column of the table beside it
    for (uint32_t i = 1; i < n->count && !r->failed; i++) { // not its schema
        const SqlNode *c = n->child[i];
        if (!c || (i >= roles && unit && is_unit(r, s, n, i - roles))) continue;
        resolve_expr(r, s, c);
    }
    s->aggregated = outside;
    if (str_eq(n->text, S("@:=")) && !r->failed) learn_variable(r, n);
}

static void resolve_lambda(Resolver *r, Scope *s, const SqlNode *n)
{
    const SqlNode *params = n->child[LAMBDA_PARAMS];
    SqlColumn *columns = arena_array(r->arena, SqlColumn, sql_tail_count(params));
    for (uint32_t i = 0; i < params->count; i++) columns[i].name = params->child[i]->text;
    Scope inner = {.parent = s, .query = n, .clause = CLAUSE_FROM};
    add_relation(r, &inner, n, NULL, (SqlColumns){columns, params->count, false});
    resolve_expr(r, &inner, n->child[LAMBDA_BODY]);
}

// (SELECT AS STRUCT a, b …) as a value has one column.
static void row_as_struct(Resolver *r, const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_SELECT || !str_eq(body->text, S("STRUCT"))) return;
    SqlColumns *fields = arena_new(r->arena, SqlColumns);
    SqlColumn *row = arena_new(r->arena, SqlColumn);
    *fields = r->meaning->outputs[query->id];
    *row = (SqlColumn){.type = TYPE_STRUCT, .fields = fields};
    r->meaning->outputs[query->id] = (SqlColumns){row, 1, false};
}

// COUNT(t.*), COUNT(DISTINCT *), STRUCT(*), OBJECT_CONSTRUCT(*)
static bool takes_columns(const SqlNode *n)
{
    const SqlNode *star = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    if (!star || star->kind != NODE_STAR) return false;
    bool some = star->child[STAR_OF] || n->flags & FLAG_DISTINCT;
    return str_eq_nocase(n->text, S("COUNT"))
               ? some
               : str_eq_nocase(n->text, S("STRUCT")) || str_starts(n->text, S("OBJECT_CONSTRUCT"));
}

void resolve_expr(Resolver *r, Scope *s, const SqlNode *n)
{
    if (!n || r->failed) return;
    switch (n->kind) {
    case NODE_COLUMN:
        resolve_column(r, s, n);
        return;
    case NODE_QUERY:
        resolve_query(r, s, n, NULL);
        row_as_struct(r, n);
        return;
    case NODE_LAMBDA:
        resolve_lambda(r, s, n);
        return;
    case NODE_CALL:
        if (takes_columns(n)) resolve_star(r, s, sql_tail(n, 0));
        resolve_call(r, s, n);
        break;
    case NODE_MEMBER:
        resolve_expr(r, s, n->child[ONLY]);
        if (!r->failed) check_member(r, s, n);
        break;
    case NODE_STAR:
    case NODE_TYPE:
    case NODE_NAME:
    case NODE_TABLE_ARG:
        return;
    default:
        for (uint32_t i = 0; i < n->count; i++) {
            bool star = n->kind == NODE_STRUCT && n->child[i] && n->child[i]->kind == NODE_STAR;
            if (star) resolve_star(r, s, n->child[i]);
            resolve_expr(r, s, n->child[i]);
        }
        break;
    }
    r->meaning->types[n->id] = infer_type(r, n);
}
