// lower_virtual: what stands for the columns of a source that runs as a function beside its tables.
#include "sql/lower.h"
#include "sql/lower_from.h"

Virtual *virtual_new(FromScope *s, uint32_t id, Str alias)
{
    Virtual *v = vec_push(s->t->arena, &s->made);
    *v = (Virtual){.id = id, .alias = alias};
    return v;
}

void virtual_add(FromScope *s, Virtual *v, SqlNode *column)
{
    *vec_push(s->t->arena, &v->columns) = column;
}

static const Virtual *virtual_of(const FromScope *s, const SqlNode *source)
{
    for (size_t i = 0; source && i < s->made.len; i++) {
        if (s->made.at[i].id == source->id) return &s->made.at[i];
    }
    return NULL;
}

const Virtual *virtual_named(const FromScope *s, Str alias)
{
    for (size_t i = 0; i < s->made.len; i++) {
        if (str_eq_nocase(s->made.at[i].alias, alias)) return &s->made.at[i];
    }
    return NULL;
}

static SqlNode *column_at(FromScope *s, const Virtual *v, const SqlNode *place, size_t i)
{
    SqlNode *of = i < v->columns.len ? v->columns.at[i] : NULL;
    if (of) {
        SqlNode *n = node_clone(s->t, of);
        n->at = place->at, n->end = place->end;
        n->line = place->line, n->column = place->column;
        return n;
    }
    return translate_unsupported(s->t, place,
                                 "This column of a function in FROM is not supported.");
}

// --- References ---

// Fields of a struct behind the value: $."a"."b"
SqlNode *virtual_member(FromScope *s, SqlNode *value, const SqlNode *n, uint32_t from)
{
    if (from >= sql_tail_count(n)) return value;
    Str path = S("$");
    for (uint32_t i = from; i < sql_tail_count(n); i++)
        path = str_fmt(s->t->arena, STR_FMT ".\"" STR_FMT "\"", STR_ARG(path),
                       STR_ARG(sql_tail(n, i)->text));
    return make_call2(s->t, n, "rows_member", value, make_string(s->t, n, path));
}

// How many names of a path lead to the column: those behind are fields.
static uint32_t names_used(const SqlNode *n, Str column)
{
    for (uint32_t i = 0; i < sql_tail_count(n) && i < 2; i++) {
        bool last = i + 1 == sql_tail_count(n), next_too = false;
        if (!last) next_too = str_eq_nocase(sql_tail(n, i + 1)->text, column) && i == 0;
        if (str_eq_nocase(sql_tail(n, i)->text, column) && !next_too) return i + 1;
    }
    return sql_tail_count(n);
}

static SqlNode *replaced(FromScope *s, SqlNode *n)
{
    const SqlBinding *b = node_binding(s->t, n);
    const Virtual *v = b ? virtual_of(s, b->source) : NULL;
    if (!v) return n;
    SqlNode *r = n;
    if (b->column != SQL_COLUMN_OPEN) {
        if (v->derived) return n;
        Str name = source_columns(s->t, v->id).at[b->column].name;
        r = virtual_member(s, column_at(s, v, n, b->column), n, names_used(n, name));
    } else if (v->columns.len == 1) { // the row of one column is its value
        r = virtual_member(s, column_at(s, v, n, 0), n, 1);
    } else {
        r = translate_unsupported(s->t, n, "A whole row as a value is not supported here.");
    }
    r->type = n->type;
    return r;
}

static void replace_in(FromScope *s, SqlNode *n)
{
    if (!n || s->t->failed) return;
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (!c) continue;
        if (c->kind != NODE_COLUMN) {
            replace_in(s, c);
            continue;
        }
        n->child[i] = replaced(s, c);
        bool unnamed = n->kind == NODE_ITEM && i == ITEM_VALUE && !n->child[ITEM_ALIAS];
        if (unnamed && n->child[i] != c)
            n->child[ITEM_ALIAS] = make_word(s->t, c, sql_last(c)->text);
    }
}

// --- Stars ---

static SqlNode *star_value(const SqlNode *star, const SqlNode *item)
{
    const SqlNode *values = star->child[STAR_REPLACE];
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        if (sql_tail(values, i)->id == item->id) return sql_tail(values, i)->child[ITEM_VALUE];
    }
    return NULL;
}

static SqlNode *star_item(FromScope *s, const SqlNode *star, const SqlStarColumn *c)
{
    Translator *t = s->t;
    Str name = c->column.name;
    if (c->value) return make_item(t, star_value(star, c->value), name);
    const Virtual *v = virtual_of(s, c->source);
    if (v && !v->derived) return make_item(t, column_at(s, v, star, c->index), name);
    SqlColumns of = source_columns(t, c->source->id);
    Str own = c->index < of.len ? of.at[c->index].name : name;
    return make_item(t, make_column(t, star, c->table, own), str_eq(own, name) ? (Str){0} : name);
}

// Once a virtual table is among those that * stands for, all columns are written out.
static void spell_stars(FromScope *s, SqlNode *items)
{
    Translator *t = s->t;
    Nodes all = {0};
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        SqlNode *item = sql_tail(items, i), *star = item->child[ITEM_VALUE];
        const SqlStar *of = star->kind == NODE_STAR && t->meaning && star->id < t->script->nodes
                                ? t->meaning->stars[star->id]
                                : NULL;
        bool touched = false;
        for (size_t c = 0; of && c < of->len; c++) {
            const Virtual *v = virtual_of(s, of->at[c].source);
            touched = touched || (v && !v->derived);
        }
        if (!touched) {
            *vec_push(t->arena, &all) = item;
            continue;
        }
        if (s->open) {
            translate_unsupported(t, star, "* cannot be written out here: name the columns.");
            return;
        }
        for (size_t c = 0; c < of->len; c++)
            *vec_push(t->arena, &all) = star_item(s, star, &of->at[c]);
    }
    node_set_tail(t, items, all.at, (uint32_t)all.len);
}

void virtual_apply(FromScope *s, SqlNode *order)
{
    bool any = false;
    for (size_t i = 0; i < s->made.len; i++) any = any || !s->made.at[i].derived;
    if (any && s->node->kind == NODE_SELECT) spell_stars(s, s->node->child[SELECT_ITEMS]);
    if (!s->made.len) return;
    replace_in(s, s->node);
    replace_in(s, order);
}
