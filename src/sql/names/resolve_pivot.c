// resolve_pivot: the columns of PIVOT and UNPIVOT, where they can be known.
#include "sql/scope.h"

typedef VEC(SqlColumn) Columns;

// Columns of the source that an expression names.
static bool is_used(Resolver *r, const SqlNode *n, const SqlColumn *c)
{
    if (!n) return false;
    if (n->kind == NODE_COLUMN) return name_is(r->dialect, c->name, c->exact, sql_last(n));
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_used(r, n->child[i], c)) return true;
    }
    return false;
}

static void add_groups(Resolver *r, const Scope *s, const SqlNode *n, Columns *out)
{
    for (size_t i = 0; i < s->star.len; i++) {
        const SqlColumn *c = &s->star.at[i].column;
        bool used = is_used(r, n->child[PIVOT_AGGREGATES], c) || is_used(r, n->child[PIVOT_FOR], c);
        if (!used) *vec_push(r->arena, out) = *c;
    }
}

// A value as a column's name: its text, which Snowflake keeps in its quotes; BigQuery lets no name
// start with a digit.
static Str value_name(Resolver *r, const SqlNode *value)
{
    if (value->kind == NODE_STRING && r->dialect != DIALECT_SNOWFLAKE) return value->text;
    Str text = sql_source(r->script->sql, value);
    if (value->kind == NODE_TYPED) text = value->child[ONLY]->text;
    if (value->kind == NODE_BOOLEAN) text = str_lower(r->arena, text);
    bool digit = text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';
    if (r->dialect != DIALECT_BIGQUERY || !digit) return text;
    return str_fmt(r->arena, "_" STR_FMT, STR_ARG(text));
}

// How a column is called: after the value or its alias. Several aggregates add theirs: the alias,
// else their text; BigQuery puts it before. DuckDB and BigQuery add an alias of a single one, too.
static Str pivot_name(Resolver *r, const SqlNode *value, const SqlNode *aggregate, bool several)
{
    const SqlNode *as = value->child[ITEM_ALIAS], *suffix = aggregate->child[ITEM_ALIAS];
    Str name = as ? as->text : value_name(r, value->child[ITEM_VALUE]);
    bool lone = suffix && (r->dialect == DIALECT_BIGQUERY || r->dialect == DIALECT_DUCKDB);
    if (!several && !lone) return name;
    Str own = suffix
                  ? suffix->text
                  : str_lower(r->arena, sql_source(r->script->sql, aggregate->child[ITEM_VALUE]));
    if (r->dialect == DIALECT_BIGQUERY)
        return suffix ? str_fmt(r->arena, STR_FMT "_" STR_FMT, STR_ARG(own), STR_ARG(name)) : name;
    return str_fmt(r->arena, STR_FMT "_" STR_FMT, STR_ARG(name), STR_ARG(own));
}

// PIVOT groups by whatever columns it does not name.
void resolve_pivot(Resolver *r, Scope *s, const SqlNode *n)
{
    const SqlNode *aggregates = n->child[PIVOT_AGGREGATES], *values = n->child[PIVOT_IN];
    s->clause = CLAUSE_FROM;
    for (uint32_t i = 0; i < sql_tail_count(aggregates); i++)
        resolve_expr(r, s, sql_tail(aggregates, i)->child[ITEM_VALUE]);
    resolve_expr(r, s, n->child[PIVOT_FOR]);
    Columns all = {0};
    add_groups(r, s, n, &all);
    bool several = sql_tail_count(aggregates) > 1;
    for (uint32_t v = 0; v < sql_tail_count(values); v++) {
        for (uint32_t a = 0; a < sql_tail_count(aggregates); a++) {
            const SqlNode *aggregate = sql_tail(aggregates, a);
            Str name = pivot_name(r, sql_tail(values, v), aggregate, several);
            SqlType t = r->meaning->types[aggregate->child[ITEM_VALUE]->id];
            t.not_null = false;
            *vec_push(r->arena, &all) = column_typed(name, t);
        }
    }
    r->meaning->sources[n->id] = (SqlColumns){all.at, all.len, s->star_open};
}

static bool is_unpivoted(Resolver *r, const SqlNode *items, const SqlColumn *c)
{
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (is_used(r, sql_tail(items, i)->child[ITEM_VALUE], c)) return true;
    }
    return false;
}

void resolve_unpivot(Resolver *r, Scope *s, const SqlNode *n)
{
    const SqlNode *items = n->child[UNPIVOT_IN];
    s->clause = CLAUSE_FROM;
    SqlType t = {0};
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        resolve_expr(r, s, value);
        t = i ? type_wider(t, r->meaning->types[value->id]) : r->meaning->types[value->id];
    }
    Columns all = {0};
    for (size_t i = 0; i < s->star.len; i++) {
        const SqlColumn *c = &s->star.at[i].column;
        if (!is_unpivoted(r, items, c)) *vec_push(r->arena, &all) = *c;
    }
    t.not_null = !(n->flags & FLAG_OUTER);
    SqlColumn name = {.name = n->child[UNPIVOT_NAME]->text, .type = TYPE_TEXT, .not_null = true};
    SqlColumn value = column_typed(n->child[UNPIVOT_VALUE]->text, t);
    bool value_first = r->dialect == DIALECT_BIGQUERY;
    *vec_push(r->arena, &all) = value_first ? value : name;
    *vec_push(r->arena, &all) = value_first ? name : value;
    r->meaning->sources[n->id] = (SqlColumns){all.at, all.len, s->star_open};
}
