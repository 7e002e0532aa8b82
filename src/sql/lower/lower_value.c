// lower_value: what a column of the tree means, which values are the same, what a star stands for.
#include "base/check.h"
#include "sql/lower.h"

enum { COPIES_MOST = 200000 }; // nodes: an alias of an alias of an alias … doubles each time

// ---- columns

const SqlBinding *node_binding(const Translator *t, const SqlNode *column)
{
    const SqlBinding *b = NULL;
    if (column->kind != NODE_COLUMN || column->id == NODE_MADE) return NULL;
    if (column->id < t->script->nodes) {
        b = t->meaning ? &t->meaning->bindings[column->id] : NULL;
    } else {
        b = &t->bindings.at[column->id - t->script->nodes];
    }
    return b && b->query ? b : NULL;
}

SqlNode *item_meant(const Translator *t, const SqlNode *items, const SqlNode *column)
{
    const SqlBinding *b = node_binding(t, column);
    if (!b || !b->item) return NULL;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->id == b->item->id) return sql_tail(items, i);
    }
    return NULL;
}

// By what they are bound to; by their names only where that is not known.
static bool same_column(const Translator *t, const SqlNode *a, const SqlNode *b)
{
    const SqlBinding *x = node_binding(t, a), *y = node_binding(t, b);
    bool both = x && y;
    if (both && (x->source != y->source || x->item != y->item)) return false;
    if (both && x->source && x->column != y->column) return false;
    uint32_t least = a->count < b->count ? a->count : b->count;
    for (uint32_t i = 1; i <= least; i++) {
        if (!str_eq_nocase(a->child[a->count - i]->text, b->child[b->count - i]->text))
            return false;
    }
    return true;
}

bool same_value(const Translator *t, const SqlNode *a, const SqlNode *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind) return false;
    if (a->kind == NODE_COLUMN) return same_column(t, a, b);
    bool same = a->op == b->op && a->fn == b->fn && a->count == b->count &&
                (a->flags & ~(uint32_t)FLAG_QUOTED) == (b->flags & ~(uint32_t)FLAG_QUOTED) &&
                (a->kind == NODE_NAME ? str_eq_nocase(a->text, b->text) : str_eq(a->text, b->text));
    for (uint32_t i = 0; same && i < a->count; i++) same = same_value(t, a->child[i], b->child[i]);
    return same;
}

// ---- calls

bool is_aggregate(const SqlNode *n)
{
    return n->kind == NODE_CALL && n->fn && fn_at(n->fn)->class == FN_AGGREGATE &&
           !n->child[CALL_OVER];
}
bool is_window(const SqlNode *n)
{
    return n->kind == NODE_CALL && n->child[CALL_OVER];
}

static bool holds(const SqlNode *n, bool (*is)(const SqlNode *))
{
    if (!n || n->kind == NODE_QUERY) return false;
    bool found = is(n);
    for (uint32_t i = 0; !found && i < n->count; i++) found = holds(n->child[i], is);
    return found;
}
bool holds_window(const SqlNode *n)
{
    return holds(n, is_window);
}
bool holds_aggregate(const SqlNode *n)
{
    return holds(n, is_aggregate);
}

bool is_position(const SqlNode *n)
{
    return n->kind == NODE_NUMBER && !str_find(n->text, S("."), NULL);
}

SqlNode *value_map(Translator *t, SqlNode *n, SqlNode *(*f)(void *, SqlNode *), void *ctx)
{
    if (!n || t->failed) return n;
    SqlNode *made = f(ctx, n);
    if (made) return made;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = value_map(t, n->child[i], f, ctx);
    return n;
}

// ---- aliases

typedef struct {
    Translator *t;
    const SqlNode *items;
} Spelling;

static uint32_t size_of(const SqlNode *n)
{
    uint32_t size = n ? 1 : 0;
    for (uint32_t i = 0; n && i < n->count && size < COPIES_MOST; i++) size += size_of(n->child[i]);
    return size;
}

SqlNode *value_again(Translator *t, const SqlNode *value, const SqlNode *place)
{
    t->copied += size_of(value);
    if (t->copied > COPIES_MOST) {
        return translate_unsupported(t, place,
                                     "Aliases that build on aliases make this query too "
                                     "long to be run here.");
    }
    return node_clone(t, value);
}

static SqlNode *spelled(void *ctx, SqlNode *n)
{
    Spelling *s = ctx;
    SqlNode *item = item_meant(s->t, s->items, n);
    return item ? value_again(s->t, item->child[ITEM_VALUE], n) : NULL;
}

SqlNode *aliases_spelled(Translator *t, const SqlNode *items, SqlNode *n)
{
    Spelling s = {t, items};
    return value_map(t, n, spelled, &s);
}

// ---- stars

const SqlStar *star_meant(const Translator *t, const SqlNode *star)
{
    bool known = t->meaning && star->id < t->script->nodes;
    return known ? t->meaning->stars[star->id] : NULL;
}

// The column as its own table calls it: RENAME is the business of the item.
static Str source_column(const Translator *t, const SqlStarColumn *c)
{
    const SqlColumns *of = &t->meaning->sources[c->source->id];
    return c->index < of->len ? of->at[c->index].name : c->column.name;
}

SqlNode *star_column(Translator *t, const SqlNode *select, const SqlNode *place,
                     const SqlStarColumn *c)
{
    SqlNode *n = make_column(t, place, c->table, source_column(t, c));
    if (c->column.exact) sql_last(n)->flags |= FLAG_QUOTED;
    n->type = (uint8_t)c->column.type;
    n->id = t->script->nodes + (uint32_t)t->bindings.len;
    *vec_push(t->arena, &t->bindings) =
        (SqlBinding){.query = select, .source = c->source, .column = c->index};
    return n;
}

// The items of REPLACE stand in this tree, translated: found by their ids.
static SqlNode *replacement(const SqlNode *star, const SqlNode *item)
{
    const SqlNode *values = star->child[STAR_REPLACE];
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        if (sql_tail(values, i)->id == item->id) return sql_tail(values, i)->child[ITEM_VALUE];
    }
    return NULL;
}

static void add_star(Translator *t, SqlNode *list, const SqlNode *select, const SqlNode *star)
{
    const SqlStar *all = star_meant(t, star);
    for (size_t i = 0; i < all->len; i++) {
        const SqlStarColumn *c = &all->at[i];
        SqlNode *value = c->value ? replacement(star, c->value) : star_column(t, select, star, c);
        CHECK(value);
        bool own = !c->value && str_eq(c->column.name, source_column(t, c));
        SqlNode *item = make_item(t, value, own ? (Str){0} : c->column.name);
        if (!own && c->column.exact) item->child[ITEM_ALIAS]->flags |= FLAG_QUOTED;
        node_add_tail(t, list, item);
    }
}

// SELECT * FROM (query) AS name, as passes make it.
static bool add_made_star(Translator *t, SqlNode *list, const SqlNode *select, const SqlNode *star)
{
    const SqlNode *from = select->child[SELECT_FROM];
    bool one = star->id == NODE_MADE && from && from->count == 1 &&
               from->child[0]->kind == NODE_DERIVED && from->child[0]->child[DERIVED_ALIAS];
    Shell s;
    if (!one || !shell_over(&s, t, from->child[0]->child[DERIVED_QUERY])) return false;
    s.alias = from->child[0]->child[DERIVED_ALIAS]->child[ALIAS_NAME]->text;
    for (size_t i = 0; i < s.columns.len; i++) {
        const ShellColumn *c = &s.columns.at[i];
        bool renamed = c->name.len && !str_eq(c->name, c->inner);
        SqlNode *column = shell_output(&s, star, i);
        node_add_tail(t, list, make_item(t, column, renamed ? c->name : (Str){0}));
    }
    return true;
}

SqlNode *items_spelled(Translator *t, const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    SqlNode *list = make_node(t, NODE_LIST, items, 0);
    list->id = items->id;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
        if (value->kind != NODE_STAR) {
            node_add_tail(t, list, item);
            continue;
        }
        const SqlStar *all = star_meant(t, value);
        if (!all && add_made_star(t, list, select, value)) continue;
        if (!all || all->open) {
            translate_unsupported(t, value,
                                  "The columns that * stands for are not known here, and this "
                                  "query needs them: name them.");
            return NULL;
        }
        add_star(t, list, select, value);
    }
    return list;
}
