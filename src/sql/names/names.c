// names: when two names are the same in a dialect, and what is said of a name that means nothing.
#include "sql/home.h"
#include "sql/scope.h"
#include "sql/translate.h"
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
    home_refuse(r->script, n, HOME_NONE, (Str){0}, r->err, "%s", text);
    r->failed = true;
}

// ---- folding

// Postgres reads a name without quotes as if in small letters, Snowflake in capitals; elsewhere
// case does not count, with quotes or without.
static bool is_folded(Dialect d, Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (d == DIALECT_POSTGRES && c >= 'A' && c <= 'Z') return false;
        if (d == DIALECT_SNOWFLAKE && c >= 'a' && c <= 'z') return false;
    }
    return true;
}

// A name in the case in which it was defined is always found: a warehouse shows its tables in one
// case, and does not say whether they were made in quotes.
bool name_is(Dialect d, Str defined, bool defined_exact, const SqlNode *used)
{
    if (!str_eq_nocase(defined, used->text)) return false;
    if (d != DIALECT_POSTGRES && d != DIALECT_SNOWFLAKE) return true;
    bool used_exact = used->flags & FLAG_QUOTED;
    if (defined_exact) return used_exact ? str_eq(defined, used->text) : is_folded(d, defined);
    return !used_exact || str_eq(defined, used->text) || is_folded(d, used->text);
}

bool name_same(Dialect d, const SqlNode *a, const SqlNode *b)
{
    return name_is(d, a->text, a->flags & FLAG_QUOTED, b);
}

const SqlColumn *name_column(Dialect d, const SqlColumns *c, const SqlNode *name, uint32_t *at)
{
    for (size_t i = 0; i < c->len; i++) {
        if (!name_is(d, c->at[i].name, c->at[i].exact, name)) continue;
        if (at) *at = (uint32_t)i;
        return &c->at[i];
    }
    return NULL;
}

// ---- refusals

typedef VEC(Str) Names;

static Str nearest_column(Resolver *r, const Scope *s, const SqlNode *table, Str name)
{
    Names names = {0};
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            const Relation *rel = &s->relations.at[i];
            if (table && !name_is(r->dialect, rel->name, rel->exact, table)) continue;
            for (size_t c = 0; c < rel->columns.len; c++)
                *vec_push(r->arena, &names) = rel->columns.at[c].name;
        }
        for (uint32_t i = 0; !table && i < sql_tail_count(s->items); i++) {
            const SqlNode *alias = sql_tail(s->items, i)->child[ITEM_ALIAS];
            if (alias && s->clause != CLAUSE_ITEM) *vec_push(r->arena, &names) = alias->text;
        }
    }
    return str_nearest(name, (StrList){names.at, names.len});
}

static void refuse(Resolver *r, const SqlNode *n, HomeName h, Str name, const char *start, Str near)
{
    if (r->failed) return;
    home_refuse(r->script, n, h, name, r->err, "%s%s" STR_FMT "%s", start,
                near.len ? ": did you mean " : "", STR_ARG(near), near.len ? "?" : ".");
    r->failed = true;
}

// A column of a table that stands beside a derived one, which does not see it.
static bool is_beside(const Resolver *r, const Scope *s, const SqlNode *name, const SqlNode *table)
{
    for (; s; s = s->parent) {
        for (const Scope *b = s->beside; b; b = b->beside) {
            for (size_t i = 0; i < b->relations.len; i++) {
                const Relation *rel = &b->relations.at[i];
                bool here = !table || name_is(r->dialect, rel->name, rel->exact, table);
                if (here && (table || name_column(r->dialect, &rel->columns, name, NULL)))
                    return true;
            }
        }
    }
    return false;
}

// The table's own name, where an alias has taken its place.
static Str alias_instead(const Resolver *r, const Scope *s, const SqlNode *table)
{
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++) {
            const Relation *rel = &s->relations.at[i];
            bool named = rel->source && rel->source->kind == NODE_TABLE;
            if (named && name_same(r->dialect, sql_last(rel->source), table)) return rel->name;
        }
    }
    return (Str){0};
}

// ", only a and b", of so few names that they help.
static const char *there_is(Resolver *r, Names names)
{
    enum { FEW = 4 };
    Buf b = buf_new(r->arena);
    if (names.len == 0 || names.len > FEW) return "";
    for (size_t i = 0; i < names.len; i++) {
        if (names.at[i].len == 0) return "";
        buf_add(&b, i == 0 ? S(", only ") : i + 1 < names.len ? S(", ") : S(" and "));
        buf_add(&b, names.at[i]);
    }
    return str_c(r->arena, buf_str(&b));
}

static void fail_qualifier(Resolver *r, const Scope *s, const SqlNode *n, const SqlNode *table)
{
    Str alias = alias_instead(r, s, table);
    Names names = {0};
    for (; s; s = s->parent) {
        for (size_t i = 0; i < s->relations.len; i++)
            *vec_push(r->arena, &names) = s->relations.at[i].name;
    }
    Str near = alias.len ? alias : str_nearest(table->text, (StrList){names.at, names.len});
    Str start =
        str_fmt(r->arena, "There is no table or alias " STR_FMT " here", STR_ARG(table->text));
    if (near.len == 0) start = str_fmt(r->arena, STR_FMT "%s", STR_ARG(start), there_is(r, names));
    refuse(r, n, HOME_NONE, table->text, start.ptr, near);
}

void fail_column(Resolver *r, const Scope *s, const SqlNode *n, const SqlNode *table)
{
    const SqlNode *name = sql_last(n);
    if (is_beside(r, s, name, table)) {
        Str what = table ? table->text : name->text;
        resolve_fail(r, n,
                     STR_FMT " stands beside this derived table, which sees the tables before it "
                             "only behind the word LATERAL.",
                     STR_ARG(what));
        return;
    }
    const Scope *at = s;
    bool known = !table;
    for (; at && !known; at = at->parent) {
        for (size_t i = 0; i < at->relations.len && !known; i++) {
            const Relation *rel = &at->relations.at[i];
            known = name_is(r->dialect, rel->name, rel->exact, table);
        }
    }
    if (!known) {
        fail_qualifier(r, s, n, table);
        return;
    }
    if (fail_hidden(r, n, name->text)) return;
    Str near = nearest_column(r, s, table, name->text);
    Str start = table
                    ? str_fmt(r->arena, STR_FMT " has no column " STR_FMT, STR_ARG(table->text),
                              STR_ARG(name->text))
                    : str_fmt(r->arena, "There is no column " STR_FMT " here", STR_ARG(name->text));
    bool text = !table && name->flags & FLAG_QUOTED && n->at < r->script->sql.len &&
                r->script->sql.ptr[n->at] == '"' && !near.len;
    if (text) { // WHERE dept = "data"
        start = str_fmt(r->arena, STR_FMT ", and a text takes single quotes: '" STR_FMT "'",
                        STR_ARG(start), STR_ARG(name->text));
    }
    if (str_eq(near, name->text)) {
        resolve_fail(r, n,
                     "%s: it stands behind a comma, where ON does not see it, or on the side of a "
                     "MERGE that has no row.",
                     start.ptr);
        return;
    }
    if (str_eq_nocase(near, name->text)) {
        resolve_fail(r, n, "%s: in %s a name in quotes keeps its case, and here it is " STR_FMT ".",
                     start.ptr, home_title(r->dialect), STR_ARG(near));
        return;
    }
    bool result = !table && s->query && s->query->kind == NODE_QUERY &&
                  s->query->child[QUERY_BODY]->kind == NODE_SETOP;
    if (result && !near.len) {
        start =
            str_fmt(r->arena,
                    "ORDER BY of a set operation sees only the columns of its result, and " STR_FMT
                    " is none of them",
                    STR_ARG(name->text));
    }
    refuse(r, n, HOME_COLUMN, name->text, start.ptr, near);
}

void fail_table(Resolver *r, const SqlNode *n, const SqlNode *name)
{
    if (r->defining.len && str_eq_nocase(r->defining, name->text)) {
        resolve_fail(r, n, "The CTE " STR_FMT " reads itself: %s wants WITH RECURSIVE before it.",
                     STR_ARG(name->text), home_title(r->dialect));
        return;
    }
    Names names = {0};
    for (const Known *k = r->known; k; k = k->next) *vec_push(r->arena, &names) = k->name;
    for (size_t i = 0; i < r->schema->len; i++) *vec_push(r->arena, &names) = r->schema->at[i].name;
    Str near = str_nearest(name->text, (StrList){names.at, names.len});
    if (!near.len && str_eq_nocase(name->text, S("DUAL"))) {
        resolve_fail(r, n, "%s has no table DUAL: a SELECT without FROM gives one row.",
                     home_title(r->dialect));
        return;
    }
    Str start = str_fmt(r->arena, "There is no table " STR_FMT, STR_ARG(name->text));
    refuse(r, n, HOME_TABLE, name->text, start.ptr, near);
}

void fail_twin(Resolver *r, const SqlNode *n, const SqlNode *table)
{
    if (r->failed) return;
    home_refuse(r->script, n, HOME_ALIAS_TWICE, table->text, r->err,
                "Two tables here are called " STR_FMT ": give one of them another alias.",
                STR_ARG(table->text));
    r->failed = true;
}

static bool has_window(const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return false;
    if (n->kind == NODE_CALL && n->child[CALL_OVER]) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (has_window(n->child[i])) return true;
    }
    return false;
}

// An alias that exists, and is not to be seen from here: a clause, or an aggregate in it.
void fail_alias(Resolver *r, const SqlNode *n, const SqlNode *item, const Scope *s)
{
    Clause clause = s->clause;
    static const struct {
        const char *why, *instead;
    } says[] = {
        [CLAUSE_FROM] = {"FROM is read before SELECT", "repeat the expression"},
        [CLAUSE_ITEM] = {"the other columns of its SELECT do not see it",
                         "repeat the expression, or name it in a CTE"},
        [CLAUSE_WHERE] = {"WHERE is read before SELECT",
                          "repeat the expression, or filter in an outer query"},
        [CLAUSE_GROUP] = {"GROUP BY is read before SELECT",
                          "repeat the expression, or give its position"},
        [CLAUSE_HAVING] = {"HAVING is read before SELECT", "repeat the aggregate"},
        [CLAUSE_WINDOW] = {"a window is read before the names of SELECT", "repeat the expression"},
        [CLAUSE_QUALIFY] = {"QUALIFY does not see it", "repeat the expression"},
        [CLAUSE_ORDER] = {"ORDER BY sees it alone and not inside an expression",
                          "repeat the expression, or order in an outer query"},
    };
    Str name = sql_last(n)->text;
    const char *why = says[clause].why, *instead = says[clause].instead;
    if (s->aggregated) {
        why = "no aggregate sees it";
        instead = "name it in a CTE, then aggregate that";
    }
    bool early = clause == CLAUSE_WHERE || clause == CLAUSE_HAVING || clause == CLAUSE_GROUP;
    if (r->failed) return;
    if (early && has_window(item->child[ITEM_VALUE])) // repeated it would be refused there, too
        instead = "filter in an outer query, as a window function is made later still";
    home_refuse(r->script, n, HOME_COLUMN, name, r->err,
                STR_FMT " is an alias of SELECT, and in %s %s: %s.", STR_ARG(name),
                home_title(r->dialect), why, instead);
    r->failed = true;
}

// DAY, MONTH, ISOWEEK … inside a date function: no column.
bool name_is_unit(const SqlNode *n)
{
    if (n->kind == NODE_CALL) return str_eq_nocase(n->text, S("WEEK")); // WEEK(MONDAY)
    return n->kind == NODE_COLUMN && sql_tail_count(n) == 1 && fn_is_time_word(sql_last(n)->text);
}
