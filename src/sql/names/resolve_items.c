// resolve_items: what the items of a list give: stars, names of outputs, their types.
#include "match/match.h"
#include "sql/scope.h"

typedef VEC(SqlColumn) Columns;

// ---- what * stands for

static bool is_excluded(const Resolver *r, const SqlNode *names, const SqlColumn *c)
{
    for (uint32_t i = 0; i < sql_tail_count(names); i++) {
        if (name_is(r->dialect, c->name, c->exact, sql_tail(names, i))) return true;
    }
    return false;
}

static void replace(Resolver *r, const SqlNode *star, SqlStarColumn *c)
{
    const SqlNode *values = star->child[STAR_REPLACE], *names = star->child[STAR_RENAME];
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        const SqlNode *item = sql_tail(values, i), *alias = item->child[ITEM_ALIAS];
        if (!alias || !name_is(r->dialect, c->column.name, c->column.exact, alias)) continue;
        c->value = item;
        c->column = column_typed(c->column.name, r->meaning->types[item->child[ITEM_VALUE]->id]);
    }
    for (uint32_t i = 0; i < sql_tail_count(names); i++) { // RENAME (a AS b)
        const SqlNode *item = sql_tail(names, i), *from = item->child[ITEM_VALUE];
        const SqlNode *to = item->child[ITEM_ALIAS];
        bool is = to && from->kind == NODE_COLUMN &&
                  name_is(r->dialect, c->column.name, c->column.exact, sql_last(from));
        if (is) c->column.name = to->text;
    }
}

static void star_of_all(Resolver *r, const Scope *s, StarColumns *out, bool *open)
{
    *open = *open || s->star_open;
    for (size_t i = 0; i < s->star.len; i++) *vec_push(r->arena, out) = s->star.at[i];
}

static bool star_of_table(Resolver *r, const Scope *s, const SqlNode *table, StarColumns *out,
                          bool *open)
{
    for (size_t i = 0; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        if (!name_is(r->dialect, rel->name, rel->exact, table)) continue;
        *open = *open || rel->columns.open;
        for (uint32_t c = 0; c < rel->columns.len; c++) {
            SqlColumn column = rel->columns.at[c];
            column.not_null = column.not_null && !rel->outer;
            *vec_push(r->arena, out) = (SqlStarColumn){
                .column = column, .table = rel->name, .source = rel->source, .index = c};
        }
        return true;
    }
    return false;
}

// s.* of a struct column whose fields are known.
static bool star_of_struct(Resolver *r, const Scope *s, const SqlNode *of, StarColumns *out)
{
    for (size_t i = 0; i < s->relations.len; i++) {
        const Relation *rel = &s->relations.at[i];
        uint32_t at = 0;
        const SqlColumn *c = name_column(r->dialect, &rel->columns, sql_last(of), &at);
        bool known = c && c->type == TYPE_STRUCT && c->fields && !c->fields->open;
        for (size_t f = 0; known && f < c->fields->len; f++)
            *vec_push(r->arena, out) = (SqlStarColumn){
                .column = c->fields->at[f], .table = rel->name, .source = rel->source, .index = at};
        if (known) return true;
    }
    return false;
}

static bool star_source(Resolver *r, Scope *s, const SqlNode *of, StarColumns *out, bool *open,
                        bool *fields)
{
    if (!of) {
        star_of_all(r, s, out, open);
        return true;
    }
    for (const Scope *at = s; at; at = at->parent) {
        if (star_of_table(r, at, sql_last(of), out, open)) return true;
    }
    *fields = star_of_struct(r, s, of, out);
    if (*fields) return true;
    *open = true; // fields of a struct column: s.*
    bool field = false;
    for (size_t i = 0; i < s->relations.len && !field; i++) {
        const Relation *rel = &s->relations.at[i];
        field = rel->columns.open || name_column(r->dialect, &rel->columns, sql_last(of), NULL) ||
                name_column(r->dialect, &rel->columns, sql_tail(of, 0), NULL);
    }
    return field;
}

static void check_name(Resolver *r, SqlNode *name, const StarColumns *all, const char *to)
{
    bool found = false;
    for (size_t c = 0; c < all->len && !found; c++)
        found = name_is(r->dialect, all->at[c].column.name, all->at[c].column.exact, name);
    if (!found)
        resolve_fail(r, name, "There is no column " STR_FMT " here to %s.", STR_ARG(name->text),
                     to);
}

static void check_star(Resolver *r, const SqlNode *star, const StarColumns *all)
{
    const SqlNode *names = star->child[STAR_EXCEPT], *values = star->child[STAR_REPLACE];
    const SqlNode *renamed = star->child[STAR_RENAME];
    for (uint32_t i = 0; i < sql_tail_count(names); i++)
        check_name(r, sql_tail(names, i), all, "leave out");
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        SqlNode *alias = sql_tail(values, i)->child[ITEM_ALIAS];
        if (alias) check_name(r, alias, all, "replace");
    }
    for (uint32_t i = 0; i < sql_tail_count(renamed); i++) {
        const SqlNode *from = sql_tail(renamed, i)->child[ITEM_VALUE];
        if (from->kind == NODE_COLUMN) check_name(r, sql_last(from), all, "rename");
    }
}

// COLUMNS('pattern'): the columns in whose names it is found.
static MatchRegex *star_pattern(Resolver *r, const SqlNode *star)
{
    MatchRegex *re = NULL;
    Error err = {0};
    if (!(star->flags & FLAG_NAMED)) return NULL;
    if (!match_regex_open(star->text, false, &re, &err))
        resolve_fail(r, star, "This is no pattern of names: %s", err.text);
    return re;
}

static bool is_named(Resolver *r, const SqlNode *star, MatchRegex *re, const SqlColumn *c)
{
    bool found = false;
    MatchSpan span;
    Error err = {0};
    if (re && !match_regex_find(re, c->name, 0, NULL, &found, &span, &err))
        resolve_fail(r, star, "This pattern takes too long: %s", err.text);
    return !re || found;
}

const SqlStar *resolve_star(Resolver *r, Scope *s, const SqlNode *star)
{
    const SqlNode *of = star->child[STAR_OF];
    StarColumns all = {0}, out = {0};
    bool open = false, fields = false;
    const SqlNode *values = star->child[STAR_REPLACE];
    for (uint32_t i = 0; i < sql_tail_count(values); i++)
        resolve_expr(r, s, sql_tail(values, i)->child[ITEM_VALUE]);
    const SqlNode *select = s->query;
    bool bare = !of && select && select->kind == NODE_SELECT && !select->child[SELECT_FROM];
    if (bare) resolve_fail(r, star, "* stands for the columns of FROM, and there is no FROM.");
    if (!star_source(r, s, of, &all, &open, &fields)) {
        resolve_fail(r, star, "There is no table or alias " STR_FMT " here.",
                     STR_ARG(sql_last(of)->text));
    }
    if (!open) check_star(r, star, &all);
    MatchRegex *re = star_pattern(r, star);
    for (size_t i = 0; i < all.len; i++) {
        if (!is_named(r, star, re, &all.at[i].column)) continue;
        if (is_excluded(r, star->child[STAR_EXCEPT], &all.at[i].column)) continue;
        replace(r, star, &all.at[i]);
        *vec_push(r->arena, &out) = all.at[i];
    }
    match_regex_close(re);
    if (star->flags & FLAG_NAMED && !out.len && !open)
        resolve_fail(r, star, "No column here has a name like " STR_FMT ".", STR_ARG(star->text));
    SqlStar *result = arena_new(r->arena, SqlStar);
    *result = (SqlStar){out.at, out.len, open, fields};
    return r->meaning->stars[star->id] = result;
}

// ---- items

SqlColumn item_output(const Resolver *r, const SqlNode *item, uint32_t position, uint32_t nameless)
{
    const SqlNode *value = item->child[ITEM_VALUE], *alias = item->child[ITEM_ALIAS];
    Str name = alias ? alias->text : implicit_name(r, value, position, nameless);
    SqlColumn c = column_typed(name, r->meaning->types[value->id]);
    c.exact = alias && (alias->flags & FLAG_QUOTED);
    if (!alias && value->kind == NODE_COLUMN) c.exact = sql_last(value)->flags & FLAG_QUOTED;
    return c;
}

// An item may use the alias of one before it: so items are read in order.
SqlColumns resolve_items(Resolver *r, Scope *s, const SqlNode *items)
{
    Columns out = {0};
    bool open = false;
    uint32_t nameless = 0;
    for (uint32_t i = 0; i < sql_tail_count(items) && !r->failed; i++) {
        const SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
        if (value->kind == NODE_STAR) {
            const SqlStar *star = resolve_star(r, s, value);
            for (size_t c = 0; c < star->len; c++) *vec_push(r->arena, &out) = star->at[c].column;
            open = open || star->open;
            continue;
        }
        resolve_expr(r, s, value);
        uint32_t position = (uint32_t)out.len;
        *vec_push(r->arena, &out) = item_output(r, item, position, nameless);
        nameless += !item->child[ITEM_ALIAS] && value->kind != NODE_COLUMN;
    }
    return (SqlColumns){out.at, out.len, open};
}
