// unique: whether rows can be told apart by some columns: by primary keys, GROUP BY and DISTINCT.
#include "sql/lint/lint.h"

void lint_add_columns(LintColumns *c, const SqlNode *list)
{
    enum { MOST = sizeof c->at / sizeof *c->at };
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *n = sql_tail(list, i);
        if (n->kind == NODE_ORDER_ITEM) n = n->child[ONLY];
        if (n->kind == NODE_COLUMN && c->len < MOST) c->at[c->len++] = n;
    }
}

// Columns of one source, by name.
typedef struct {
    Str at[40];
    size_t len;
} Names;

static void add_name(Names *n, Str name)
{
    if (n->len < sizeof n->at / sizeof *n->at) n->at[n->len++] = name;
}

static bool has(const Names *n, Str name)
{
    for (size_t i = 0; i < n->len; i++) {
        if (str_eq_nocase(n->at[i], name)) return true;
    }
    return false;
}

static bool has_all(const Names *n, const StrList *key)
{
    for (size_t i = 0; i < key->len; i++) {
        if (!has(n, key->at[i])) return false;
    }
    return key->len > 0;
}

bool lint_names_key(const Lint *l, const SqlNode *source, const SqlNode *names)
{
    const SqlTable *t = l->meaning->tables[source->id];
    for (size_t k = 0; t && k <= t->unique_count; k++) {
        const StrList *key = k ? &t->uniques[k - 1] : &t->key;
        size_t found = 0;
        for (size_t i = 0; i < key->len; i++) {
            for (uint32_t n = 0; n < sql_tail_count(names); n++)
                found += str_eq_nocase(sql_tail(names, n)->text, key->at[i]);
        }
        if (key->len && found >= key->len) return true;
    }
    return false;
}

static const SqlNode *select_of(const SqlNode *query)
{
    while (query && query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
    return query && query->kind == NODE_SELECT ? query : NULL;
}

// The query that a CTE or a derived table reads; NULL for another source.
static const SqlNode *query_of(const Lint *l, const SqlNode *source)
{
    if (source->kind == NODE_DERIVED) return source->child[DERIVED_QUERY];
    if (source->kind != NODE_TABLE || l->meaning->tables[source->id]) return NULL;
    for (const SqlNode *n = source; n; n = lint_parent(l, n)) {
        const SqlNode *with = n->kind == NODE_QUERY ? n->child[QUERY_WITH] : NULL;
        for (uint32_t i = 0; i < sql_tail_count(with); i++) {
            const SqlNode *cte = sql_tail(with, i);
            bool renamed = cte->child[CTE_COLUMNS] != NULL;
            if (str_eq_nocase(cte->text, sql_last(source)->text))
                return renamed ? NULL : cte->child[CTE_QUERY];
        }
    }
    return NULL;
}

// WHERE key = 1: all rows have the same one.
static bool is_pinned(const Lint *l, const SqlNode *select, const SqlNode *key)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(select->child[SELECT_WHERE], all, MOST);
    for (size_t i = 0; i < count; i++) {
        if (all[i]->kind != NODE_BINARY || all[i]->op != OP_EQ) continue;
        const SqlNode *left = all[i]->child[LEFT_SIDE], *right = all[i]->child[RIGHT_SIDE];
        if (sql_same(left, key) && lint_is_constant(l, right)) return true;
        if (sql_same(right, key) && lint_is_constant(l, left)) return true;
    }
    return false;
}

// Each expression of GROUP BY is an output of the select that is among the columns.
static bool has_groups(const Lint *l, const SqlNode *select, const Names *names)
{
    const SqlNode *group = select->child[SELECT_GROUP], *items = select->child[SELECT_ITEMS];
    for (uint32_t g = 0; g < sql_tail_count(group); g++) {
        const SqlNode *by = sql_tail(group, g);
        int64_t position = 0;
        bool number = by->kind == NODE_NUMBER && str_to_i64(by->text, &position);
        bool found = is_pinned(l, select, by);
        for (uint32_t i = 0; i < sql_tail_count(items) && !found; i++) {
            const SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
            const SqlNode *alias = item->child[ITEM_ALIAS];
            Str name = alias                        ? alias->text
                       : value->kind == NODE_COLUMN ? sql_last(value)->text
                                                    : (Str){0};
            bool same = number ? position == (int64_t)i + 1
                               : sql_same(by, value) ||
                                     (by->kind == NODE_COLUMN && sql_tail_count(by) == 1 &&
                                      str_eq_nocase(sql_last(by)->text, name));
            found = same && name.len && has(names, name);
        }
        if (!found) return false;
    }
    return true;
}

// What gives a column of a CTE or derived table: an item of its SELECT, or a column of a STAR.
typedef struct {
    const SqlNode *item;
    const SqlStarColumn *star;
} Giver;

static Giver giver_of(const Lint *l, const SqlNode *source, uint32_t column)
{
    const SqlNode *select = select_of(query_of(l, source));
    const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
    size_t left = column;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        const SqlStar *star = value->kind == NODE_STAR ? l->meaning->stars[value->id] : NULL;
        size_t width = star ? star->len : 1;
        if (value->kind == NODE_STAR && (!star || star->open)) break;
        if (left < width) return star ? (Giver){NULL, &star->at[left]} : (Giver){value, NULL};
        left -= width;
    }
    return (Giver){0};
}

bool lint_origin(const Lint *l, const SqlNode **source, uint32_t *column)
{
    Giver g = giver_of(l, *source, *column);
    const SqlBinding *b = g.item ? lint_binding(l, g.item) : NULL;
    if (g.star && g.star->value) return false;
    if (!g.star && !b) return false;
    *source = g.star ? g.star->source : b->source;
    *column = g.star ? g.star->index : b->column;
    return true;
}

const SqlNode *lint_item_behind(const Lint *l, const SqlNode *column)
{
    enum { DEPTH_MOST = 8 };
    const SqlBinding *b = lint_binding(l, column);
    Giver g = b ? giver_of(l, b->source, b->column) : (Giver){0};
    for (int i = 0; g.star && !g.star->value && i < DEPTH_MOST; i++)
        g = giver_of(l, g.star->source, g.star->index);
    return g.item;
}

const SqlNode *lint_behind(const Lint *l, const SqlNode *n)
{
    const SqlNode *next = n;
    for (int i = 0; next && i < 4; i++) n = next, next = lint_item_behind(l, n);
    return n;
}

// WHERE day = '2025-06-01': of the rows that are left it tells none apart, nor need it.
static void add_pinned(const Lint *l, const SqlNode *select, const SqlNode *source, Names *names)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(select->child[SELECT_WHERE], all, MOST);
    for (size_t i = 0; i < count; i++) {
        if (all[i]->kind != NODE_BINARY || all[i]->op != OP_EQ) continue;
        for (int side = LEFT_SIDE; side <= RIGHT_SIDE; side++) {
            const SqlNode *other = all[i]->child[LEFT_SIDE + RIGHT_SIDE - side];
            const SqlBinding *b = lint_binding(l, all[i]->child[side]);
            if (b && b->source == source && lint_is_constant(l, other))
                add_name(names, sql_last(all[i]->child[side])->text);
        }
    }
}

// Its rows are some of those of the one source that it reads.
static const SqlNode *passed_on(const Lint *l, const SqlNode *select)
{
    const SqlNode *sources[2], *query = lint_parent(l, select);
    bool plain = !(select->flags & FLAG_DISTINCT) && !select->child[SELECT_ON] &&
                 !select->child[SELECT_GROUP] && !select->child[SELECT_HAVING] &&
                 !select->child[SELECT_QUALIFY];
    bool all = query && query->kind == NODE_QUERY && !query->child[QUERY_LIMIT];
    return plain && all && lint_sources(select->child[SELECT_FROM], sources, 2) == 1 ? sources[0]
                                                                                     : NULL;
}

bool lint_has_key(const Lint *l, const SqlNode *source)
{
    enum { DEPTH_MOST = 6 };
    for (int i = 0; source && i < DEPTH_MOST; i++) {
        const SqlTable *t = l->meaning->tables[source->id];
        if (t) return t->key.len || t->unique_count;
        const SqlNode *select = select_of(query_of(l, source));
        const SqlNode *group = select ? select->child[SELECT_GROUP] : NULL;
        if (group) return !group->op && !(group->flags & FLAG_ALL);
        source = select ? passed_on(l, select) : NULL;
    }
    return false;
}

static Unique unique_by(const Lint *l, const SqlNode *source, const Names *names, int depth);

// The names of an output as those of the source that the select passes on.
static Unique unique_behind(const Lint *l, const SqlNode *source, const SqlNode *select,
                            const Names *names, int depth)
{
    const SqlNode *of = passed_on(l, select);
    SqlColumns out = l->meaning->sources[source->id];
    Names inner = {.len = 0};
    if (!of || out.open) return UNIQUE_UNKNOWN;
    for (uint32_t i = 0; i < out.len; i++) {
        Giver g = has(names, out.at[i].name) ? giver_of(l, source, i) : (Giver){0};
        const SqlBinding *b = g.item ? lint_binding(l, g.item) : NULL;
        if (g.star) add_name(&inner, g.star->column.name);
        if (b && b->source == of) add_name(&inner, sql_last(g.item)->text);
        if (g.item && lint_is_window(l, g.item)) return UNIQUE_UNKNOWN; // it may number them
    }
    add_pinned(l, select, of, &inner);
    Unique unique = unique_by(l, of, &inner, depth + 1);
    // WHERE id IN (SELECT MAX(id) …) may have left one row of each.
    bool chosen = lint_find(l, select->child[SELECT_WHERE], lint_is_query, NULL) != NULL;
    return unique == UNIQUE_NO && chosen ? UNIQUE_UNKNOWN : unique;
}

static Unique unique_by(const Lint *l, const SqlNode *source, const Names *names, int depth)
{
    enum { DEPTH_MOST = 6 };
    if (lint_is_base(l, source)) {
        const SqlTable *table = l->meaning->tables[source->id];
        if (!table) return l->meaning->sources[source->id].len ? UNIQUE_NO : UNIQUE_UNKNOWN;
        bool told = has_all(names, &table->key);
        for (size_t i = 0; i < table->unique_count; i++)
            told = told || has_all(names, &table->uniques[i]);
        return told ? UNIQUE_YES : UNIQUE_NO;
    }
    const SqlNode *select = select_of(query_of(l, source));
    const SqlNode *group = select ? select->child[SELECT_GROUP] : NULL;
    if (!select || depth > DEPTH_MOST) return UNIQUE_UNKNOWN;
    if (!group) return unique_behind(l, source, select, names, depth);
    if (group->op || group->flags & FLAG_ALL) return UNIQUE_UNKNOWN;
    return has_groups(l, select, names) ? UNIQUE_YES : UNIQUE_NO;
}

static Names names_of(const Lint *l, const SqlNode *source, const LintColumns *c)
{
    Names names = {.len = 0};
    for (size_t i = 0; i < c->len; i++) {
        const SqlBinding *b = lint_binding(l, c->at[i]);
        if (b && b->source == source) add_name(&names, sql_last(c->at[i])->text);
    }
    return names;
}

Unique lint_unique_in(const Lint *l, const SqlNode *source, const LintColumns *c)
{
    Names names = names_of(l, source, c);
    return unique_by(l, source, &names, 0);
}

Unique lint_unique(const Lint *l, const SqlNode *select, const LintColumns *c)
{
    enum { MOST = 16 };
    const SqlNode *sources[MOST];
    if (select->child[SELECT_GROUP]) return UNIQUE_UNKNOWN; // its rows are groups
    size_t n = lint_sources(select->child[SELECT_FROM], sources, MOST);
    // Every table that can multiply must be told apart; one alone is the common case.
    if (n != 1) {
        for (size_t i = 0; i < n; i++) {
            if (lint_unique_in(l, sources[i], c) == UNIQUE_YES) return UNIQUE_UNKNOWN;
        }
        return n && lint_unique_in(l, sources[0], c) == UNIQUE_NO ? UNIQUE_NO : UNIQUE_UNKNOWN;
    }
    Names names = names_of(l, sources[0], c);
    add_pinned(l, select, sources[0], &names);
    return unique_by(l, sources[0], &names, 0);
}

bool lint_finds_one(const Lint *l, const SqlNode *join)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST], *right = join->child[JOIN_RIGHT];
    LintColumns c = {.len = 0};
    if (join->child[JOIN_USING]) return lint_names_key(l, right, join->child[JOIN_USING]);
    size_t count = lint_conjuncts(join->child[JOIN_ON], all, MOST);
    for (size_t i = 0; i < count; i++) {
        for (int side = LEFT_SIDE; all[i]->kind == NODE_BINARY && side <= RIGHT_SIDE; side++) {
            const SqlBinding *b = lint_binding(l, all[i]->child[side]);
            if (all[i]->op == OP_EQ && b && b->source == right && c.len < MOST)
                c.at[c.len++] = all[i]->child[side];
        }
    }
    return lint_unique_in(l, right, &c) == UNIQUE_YES;
}

// It reads nothing but these columns.
bool lint_made_of(const SqlNode *n, const LintColumns *c)
{
    if (!n) return true;
    for (size_t k = 0; k < c->len; k++) {
        if (sql_same(n, c->at[k])) return true;
    }
    if (n->kind == NODE_COLUMN || n->kind == NODE_STAR || n->kind == NODE_QUERY) return false;
    bool counts =
        n->kind == NODE_CALL && sql_tail_count(n) == 1 && sql_tail(n, 0)->kind == NODE_STAR;
    for (uint32_t i = 0; i < n->count; i++) { // COUNT(*) reads no column
        if (!(counts && n->child[i] == sql_tail(n, 0)) && !lint_made_of(n->child[i], c))
            return false;
    }
    return true;
}

bool lint_shows_only(const SqlNode *select, const LintColumns *c)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (!lint_made_of(sql_tail(items, i)->child[ITEM_VALUE], c)) return false;
    }
    return true;
}
