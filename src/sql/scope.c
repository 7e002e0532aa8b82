// scope: which column a name means: in this query, in its aliases, in the query around it.
#include "sql/scope.h"
#include <stdarg.h>
#include <stdio.h>

void resolve_fail(Resolver *r, const SqlNode *n, const char *fmt, ...)
{
    if (r->failed) return;
    char text[sizeof r->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    error_at(r->err, ERROR_HOME_REFUSED, S(""), (int)n->line, (int)n->column, "%s", text);
    r->failed = true;
}

static const SqlColumn *column_of(const SqlColumns *c, Str name)
{
    for (size_t i = 0; i < c->len; i++) {
        if (str_eq_nocase(c->at[i].name, name)) return &c->at[i];
    }
    return NULL;
}

static bool is_merged(const Scope *s, Str name)
{
    for (size_t i = 0; i < s->merged.len; i++) {
        if (str_eq_nocase(s->merged.at[i], name)) return true;
    }
    return false;
}

static void bind(Resolver *r, const SqlNode *n, const SqlColumn *c, bool outer)
{
    r->meaning->types[n->id] = (SqlType){c->type, c->not_null && !outer};
}

// The item whose alias this is: one that stands before the name, not around it.
static const SqlNode *alias_of(const Scope *s, const SqlNode *n, Str name)
{
    for (uint32_t i = 0; i < sql_tail_count(s->items); i++) {
        const SqlNode *item = sql_tail(s->items, i), *alias = item->child[ITEM_ALIAS];
        bool visible = item->end <= n->at || n->at < s->items->at;
        if (alias && visible && str_eq_nocase(alias->text, name)) return item;
    }
    return NULL;
}

typedef enum { FOUND_NONE, FOUND_ONE, FOUND_OPEN, FOUND_MANY } Found;

// A name without a qualifier, in one scope.
static Found find_bare(Resolver *r, const Scope *s, const SqlNode *n, Str name)
{
    size_t hits = 0;
    bool open = false;
    for (size_t i = 0; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        const SqlColumn *c = column_of(&rel->columns, name);
        open = open || rel->columns.open || str_eq_nocase(rel->name, name); // a row as a value
        if (!c || (hits && is_merged(s, name))) continue;
        hits++;
        bind(r, n, c, rel->outer);
    }
    if (hits > 1) return FOUND_MANY;
    if (hits) return FOUND_ONE;
    if (open) return FOUND_OPEN;
    const SqlNode *item = alias_of(s, n, name);
    if (item) {
        r->meaning->types[n->id] = r->meaning->types[item->child[ITEM_VALUE]->id];
        return FOUND_ONE;
    }
    return FOUND_NONE;
}

// t.c in one scope. A first name that is a column has fields: they are not followed.
static Found find_qualified(Resolver *r, const Scope *s, const SqlNode *n, Str table, Str name)
{
    Found found = FOUND_NONE;
    for (size_t i = 0; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        if (!str_eq_nocase(rel->name, table)) continue;
        const SqlColumn *c = column_of(&rel->columns, name);
        if (c) {
            bind(r, n, c, rel->outer);
            return FOUND_ONE;
        }
        found = rel->columns.open ? FOUND_OPEN : FOUND_MANY;
    }
    return found;
}

static Str nearest_column(Resolver *r, const Scope *s, Str table, Str name)
{
    VEC(Str) names = {0};
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            const Relation *rel = &s->relations.at[i];
            if (table.len && !str_eq_nocase(rel->name, table)) continue;
            for (size_t c = 0; c < rel->columns.len; c++)
                *vec_push(r->arena, &names) = rel->columns.at[c].name;
        }
    }
    return str_nearest(name, (StrList){names.at, names.len});
}

static void fail_unknown(Resolver *r, const Scope *s, const SqlNode *n, Str table, Str name)
{
    Str near = nearest_column(r, s, table, name);
    const char *hint = near.len ? ": did you mean " : "";
    if (table.len) {
        resolve_fail(r, n, STR_FMT " has no column " STR_FMT "%s" STR_FMT "%s", STR_ARG(table),
                     STR_ARG(name), hint, STR_ARG(near), near.len ? "?" : ".");
    } else {
        resolve_fail(r, n, "There is no column " STR_FMT " here%s" STR_FMT "%s", STR_ARG(name),
                     hint, STR_ARG(near), near.len ? "?" : ".");
    }
}

static void resolve_bare(Resolver *r, const Scope *scope, const SqlNode *n, Str name)
{
    for (const Scope *s = scope; s; s = s->parent) {
        Found found = find_bare(r, s, n, name);
        if (found == FOUND_MANY) {
            resolve_fail(r, n, "The name " STR_FMT " is ambiguous: several tables here have it.",
                         STR_ARG(name));
        }
        if (found != FOUND_NONE) return;
    }
    fail_unknown(r, scope, n, (Str){0}, name);
}

static bool is_column_here(Resolver *r, const Scope *scope, const SqlNode *n, Str name)
{
    for (const Scope *s = scope; s; s = s->parent) {
        if (find_bare(r, s, n, name) != FOUND_NONE) return true;
    }
    return false;
}

void resolve_column(Resolver *r, const Scope *scope, const SqlNode *n)
{
    uint32_t parts = sql_tail_count(n);
    Str name = sql_last(n)->text;
    if (parts == 1) {
        resolve_bare(r, scope, n, name);
        return;
    }
    Str table = sql_tail(n, parts - 2)->text;
    for (const Scope *s = scope; s; s = s->parent) {
        Found found = find_qualified(r, s, n, table, name);
        if (found == FOUND_MANY) fail_unknown(r, s, n, table, name);
        if (found != FOUND_NONE) return;
    }
    bool field = is_column_here(r, scope, n, sql_tail(n, 0)->text);
    for (const Scope *s = scope; s && !field && parts > 2; s = s->parent)
        field = find_qualified(r, s, n, sql_tail(n, 0)->text, sql_tail(n, 1)->text) != FOUND_NONE;
    r->meaning->types[n->id] = (SqlType){0}; // a field of a struct has a type of its own
    if (!field) resolve_fail(r, n, "There is no table or alias " STR_FMT " here.", STR_ARG(table));
}

// DAY, MONTH, ISOWEEK … inside a date function: no column.
static bool is_unit_word(const SqlNode *n)
{
    static const char *const units[] = {
        "YEAR",   "QUARTER",     "MONTH",       "WEEK",    "DAY",          "HOUR",    "MINUTE",
        "SECOND", "MILLISECOND", "MICROSECOND", "ISOWEEK", "ISOYEAR",      "DOW",     "DOY",
        "EPOCH",  "DAYOFWEEK",   "DAYOFYEAR",   "WEEKISO", "DAYOFWEEKISO", "YY",      "MM",
        "DD",     "YYYY",        "DATE",        "TIME",    "NANOSECOND",   "WEEKDAY", "DAYS",
        "HOURS",  "MINUTES",     "SECONDS",     "MONTHS",  "YEARS",        "WEEKS",   "ISODOW",
    };
    if (n->kind == NODE_CALL) return str_eq_nocase(n->text, S("WEEK")); // WEEK(MONDAY)
    if (n->kind != NODE_COLUMN || sql_tail_count(n) != 1) return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(sql_last(n)->text, str_from(units[i]))) return true;
    }
    return false;
}

static bool takes_unit(Arena *a, Str function)
{
    static const char *const words[] = {"DATE", "TIME", "DIFF", "TRUNC", "EXTRACT", "LAST_DAY"};
    Str lower = str_lower(a, function);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(lower, str_lower(a, str_from(words[i])), NULL)) return true;
    }
    return false;
}

static void resolve_call(Resolver *r, const Scope *s, const SqlNode *n)
{
    uint32_t roles = sql_roles(NODE_CALL);
    bool unit = takes_unit(r->arena, n->text);
    for (uint32_t i = 1; i < n->count; i++) { // not its schema
        const SqlNode *c = n->child[i];
        if (!c || (i >= roles && unit && is_unit_word(c))) continue;
        resolve_expr(r, s, c);
    }
}

static void resolve_lambda(Resolver *r, const Scope *s, const SqlNode *n)
{
    const SqlNode *params = n->child[LAMBDA_PARAMS];
    SqlColumn *columns = arena_array(r->arena, SqlColumn, sql_tail_count(params));
    for (uint32_t i = 0; i < params->count; i++) columns[i].name = params->child[i]->text;
    Scope inner = {.parent = s};
    *vec_push(r->arena, &inner.relations) = (Relation){.columns = {columns, params->count, false}};
    resolve_expr(r, &inner, n->child[LAMBDA_BODY]);
}

void resolve_expr(Resolver *r, const Scope *s, const SqlNode *n)
{
    if (!n || r->failed) return;
    switch (n->kind) {
    case NODE_COLUMN:
        resolve_column(r, s, n);
        return;
    case NODE_QUERY:
        resolve_query(r, s, n);
        return;
    case NODE_LAMBDA:
        resolve_lambda(r, s, n);
        return;
    case NODE_CALL:
        resolve_call(r, s, n);
        break;
    case NODE_STAR:
    case NODE_TYPE:
    case NODE_NAME:
    case NODE_TABLE_ARG:
        return;
    default:
        for (uint32_t i = 0; i < n->count; i++) resolve_expr(r, s, n->child[i]);
        break;
    }
    r->meaning->types[n->id] = infer_type(r, n);
}
