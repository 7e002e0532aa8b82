// rowkeys: from the keys of tables, through joins, groups and CTEs, to those of a query.
#include "exam/mutate/mutants.h"
#include "exam/same/same.h"

static void add_key(RowKeys *keys, const RowKey *k)
{
    if (keys->len < KEYS_MOST) keys->at[keys->len++] = *k;
}

bool rowkeys_has(const RowKey *k, KeyColumn c)
{
    for (size_t i = 0; i < k->len; i++) {
        if (k->at[i].source == c.source && k->at[i].column == c.column) return true;
    }
    return false;
}

// --- Tables ---

// Column `name` of the source, as a member of a key; false when it may be NULL: two NULLs agree.
static bool add_named(RowKey *k, const SameTree *t, const SqlNode *source, const TableSpec *spec,
                      Str name)
{
    size_t at;
    const ColumnSpec *c = warehouse_column(spec, name, &at);
    SqlColumns known = t->meaning.sources[source->id];
    bool fits = c && (c->not_null || c->primary_key) && k->len < KEY_COLUMNS && at < known.len &&
                str_eq_nocase(known.at[at].name, name) && !tree_folds(t, c->type);
    if (fits) k->at[k->len++] = (KeyColumn){source, (uint32_t)at};
    return fits;
}

static RowKeys keys_of_table(const SameTree *t, const SqlNode *source, const TableSpec *spec)
{
    RowKeys out = {0};
    RowKey primary = {0};
    bool whole = true;
    for (size_t i = 0; i < spec->width; i++) {
        const ColumnSpec *c = &spec->columns[i];
        RowKey one = {0};
        if (c->primary_key) whole = add_named(&primary, t, source, spec, c->name) && whole;
        if (c->unique && add_named(&one, t, source, spec, c->name)) add_key(&out, &one);
    }
    if (whole && primary.len) add_key(&out, &primary);
    for (size_t u = 0; u < spec->unique_count; u++) {
        RowKey one = {0};
        bool all = true;
        for (size_t i = 0; i < spec->unique[u].len; i++)
            all = add_named(&one, t, source, spec, spec->unique[u].at[i]) && all;
        if (all && one.len) add_key(&out, &one);
    }
    return out;
}

// --- Joins ---

static RowKeys keys_of_from(const SameTree *t, const SqlNode *from);

static size_t conjuncts(const SqlNode *condition, const SqlNode **out, size_t most)
{
    if (!condition) return 0;
    if (condition->kind != NODE_AND) {
        out[0] = condition;
        return 1;
    }
    size_t n = 0;
    for (uint32_t i = 0; i < condition->count && n < most; i++) out[n++] = condition->child[i];
    return n;
}

static bool reads(const SameTree *t, const SqlNode *n, const SqlNode *side)
{
    KeyColumn c;
    if (n->kind == NODE_COLUMN) {
        if (!tree_bound(t, n, &c)) return true; // who knows
        const SqlNode *s = c.source;
        while (s && s != side) s = t->parent[s->id];
        return s != NULL;
    }
    if (n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && reads(t, n->child[i], side)) return true;
    }
    return false;
}

// Whether at most one value of the one is equal to a value of the other: '1' and '01' both equal 1.
static bool compare_plainly(const SameTree *t, const SqlNode *x, const SqlNode *y)
{
    LogicalType a = t->meaning.types[x->id].type, b = t->meaning.types[y->id].type;
    bool numbers = (a == TYPE_INTEGER || a == TYPE_REAL) && (b == TYPE_INTEGER || b == TYPE_REAL);
    return a != TYPE_UNKNOWN && (a == b || numbers) && !tree_folds(t, a);
}

// One of the conditions makes this column of `side` equal to something that does not read it.
static bool is_fixed(const SameTree *t, KeyColumn c, const SqlNode *side, const SqlNode **all,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i]->kind != NODE_BINARY || all[i]->op != OP_EQ) continue;
        for (uint32_t s = LEFT_SIDE; s <= RIGHT_SIDE; s++) {
            KeyColumn here;
            const SqlNode *it = all[i]->child[s], *other = all[i]->child[RIGHT_SIDE - s];
            bool same =
                tree_bound(t, it, &here) && here.source == c.source && here.column == c.column;
            if (same && compare_plainly(t, it, other) && !reads(t, other, side)) return true;
        }
    }
    return false;
}

// For a row of the other side there is at most one of this.
static bool is_single(const SameTree *t, const SqlNode *side, const RowKeys *keys,
                      const SqlNode *on)
{
    enum { MOST = 16 };
    const SqlNode *all[MOST];
    size_t count = conjuncts(on, all, MOST);
    for (size_t k = 0; k < keys->len; k++) {
        bool fixed = true;
        for (size_t i = 0; i < keys->at[k].len; i++)
            fixed = fixed && is_fixed(t, keys->at[k].at[i], side, all, count);
        if (fixed) return true;
    }
    return false;
}

static void add_products(RowKeys *out, const RowKeys *x, const RowKeys *y)
{
    for (size_t i = 0; i < x->len; i++) {
        for (size_t j = 0; j < y->len; j++) {
            RowKey both = x->at[i];
            size_t more = y->at[j].len;
            if (both.len + more > KEY_COLUMNS) continue;
            for (size_t k = 0; k < more; k++) both.at[both.len++] = y->at[j].at[k];
            add_key(out, &both);
        }
    }
}

static RowKeys keys_of_join(const SameTree *t, const SqlNode *n)
{
    RowKeys out = {0};
    bool inner = n->op == OP_INNER || n->op == OP_CROSS;
    if ((!inner && n->op != OP_LEFT) || n->flags & FLAG_NATURAL || n->child[JOIN_USING]) return out;
    RowKeys left = keys_of_from(t, n->child[JOIN_LEFT]);
    RowKeys right = keys_of_from(t, n->child[JOIN_RIGHT]);
    const SqlNode *on = n->child[JOIN_ON];
    if (is_single(t, n->child[JOIN_RIGHT], &right, on)) out = left;
    bool other = inner && is_single(t, n->child[JOIN_LEFT], &left, on);
    for (size_t i = 0; other && i < right.len; i++) add_key(&out, &right.at[i]);
    if (!out.len) add_products(&out, &left, &right);
    return out;
}

static RowKeys keys_of_from(const SameTree *t, const SqlNode *from)
{
    if (from->kind == NODE_JOIN) return keys_of_join(t, from);
    if (from->kind != NODE_FROM) return rowkeys_of_source(t, from);
    RowKeys out = {0};
    if (from->count) out = keys_of_from(t, from->child[0]);
    for (uint32_t i = 1; i < from->count; i++) {
        RowKeys before = out, next = keys_of_from(t, from->child[i]);
        out = (RowKeys){0};
        add_products(&out, &before, &next);
    }
    return out;
}

// --- Selects ---

static bool has_aggregate(const SqlNode *n)
{
    static const char *const names[] = {"count", "sum", "avg", "min", "max", "total"};
    if (n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) return false;
    for (size_t i = 0; n->kind == NODE_CALL && !n->child[CALL_OVER] && i < 6; i++) {
        bool pair = i > 2 && i < 5 && sql_tail_count(n) != 1; // MIN(a, b) is SQLite's LEAST
        if (!pair && str_eq_nocase(n->text, str_from(names[i]))) return true;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && has_aggregate(n->child[i])) return true;
    }
    return false;
}

void keylist_add(const SameTree *t, KeyList *l, const SqlNode *value)
{
    enum { MOST = sizeof l->at / sizeof *l->at };
    value = tree_meant(t, value);
    bool folds = tree_folds(t, t->meaning.types[value->id].type);
    if (l->len < MOST && !folds) l->at[l->len++] = value;
}

// A number of GROUP BY or of a query's ORDER BY stands for an item.
static const SqlNode *at_place(const SqlNode *select, const SqlNode *n)
{
    int64_t place;
    const SqlNode *items = select->child[SELECT_ITEMS];
    if (n->kind != NODE_NUMBER) return n;
    bool fits = str_to_i64(n->text, &place) && place > 0 && place <= sql_tail_count(items) &&
                !tree_has_star(select);
    return fits ? sql_tail(items, (uint32_t)place - 1)->child[ITEM_VALUE] : n;
}

void keylist_add_places(const SameTree *t, KeyList *l, const SqlNode *select, const SqlNode *list,
                        uint32_t upto)
{
    for (uint32_t i = 0; i < upto && i < sql_tail_count(list); i++) {
        const SqlNode *n = sql_tail(list, i);
        if (n->kind == NODE_ORDER_ITEM) n = n->child[ONLY];
        keylist_add(t, l, at_place(select, n));
    }
}

static bool list_has(const SameTree *t, const KeyList *l, const SqlNode *value)
{
    for (size_t i = 0; i < l->len; i++) {
        if (tree_same(t, l->at[i], value)) return true;
    }
    return false;
}

bool rowkeys_ungrouped_tell(const SameTree *t, const SqlNode *select, const KeyList *by)
{
    if (!select->child[SELECT_FROM]) return true; // one row
    RowKeys keys = keys_of_from(t, select->child[SELECT_FROM]);
    RowKey have = {0};
    for (size_t i = 0; i < by->len; i++) {
        KeyColumn c;
        bool fits = have.len < KEY_COLUMNS && tree_bound(t, by->at[i], &c);
        if (fits) have.at[have.len++] = c;
    }
    for (size_t k = 0; k < keys.len; k++) {
        bool all = true;
        for (size_t i = 0; i < keys.at[k].len; i++)
            all = all && rowkeys_has(&have, keys.at[k].at[i]);
        if (all) return true;
    }
    return false;
}

bool rowkeys_tell(const SameTree *t, const SqlNode *select, const KeyList *by)
{
    const SqlNode *group = select->child[SELECT_GROUP], *items = select->child[SELECT_ITEMS];
    if (!group) return (items && has_aggregate(items)) || rowkeys_ungrouped_tell(t, select, by);
    bool all = tree_plain_group(group);
    for (uint32_t g = 0; all && g < sql_tail_count(group); g++)
        all = list_has(t, by, at_place(select, sql_tail(group, g)));
    return all;
}

bool rowkeys_output(const SameTree *t, const SqlNode *select)
{
    KeyList by = {0};
    const SqlNode *items = select->child[SELECT_ITEMS];
    if (select->flags & FLAG_DISTINCT && !select->child[SELECT_ON]) return true;
    for (uint32_t i = 0; i < sql_tail_count(items); i++)
        keylist_add(t, &by, sql_tail(items, i)->child[ITEM_VALUE]);
    return rowkeys_tell(t, select, &by);
}

// --- A select that is the source of another one ---

// The item that puts this value out; false when there is none.
static bool add_item(const SameTree *t, RowKey *k, const SqlNode *source, const SqlNode *items,
                     const SqlNode *value)
{
    bool folds = tree_folds(t, t->meaning.types[value->id].type);
    for (uint32_t i = 0; !folds && k->len < KEY_COLUMNS && i < sql_tail_count(items); i++) {
        if (!tree_same(t, sql_tail(items, i)->child[ITEM_VALUE], value)) continue;
        k->at[k->len++] = (KeyColumn){source, i};
        return true;
    }
    return false;
}

static bool add_column(const SameTree *t, RowKey *k, const SqlNode *source, const SqlNode *items,
                       KeyColumn of)
{
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        KeyColumn c;
        bool is = tree_bound(t, sql_tail(items, i)->child[ITEM_VALUE], &c) &&
                  c.source == of.source && c.column == of.column;
        if (!is) continue;
        k->at[k->len++] = (KeyColumn){source, i};
        return true;
    }
    return false;
}

static RowKeys keys_of_select(const SameTree *t, const SqlNode *source, const SqlNode *select)
{
    RowKeys out = {0};
    RowKey one = {0};
    const SqlNode *group = select->child[SELECT_GROUP], *items = select->child[SELECT_ITEMS],
                  *from = select->child[SELECT_FROM];
    if (tree_has_star(select)) return out;
    if (!group && (!from || has_aggregate(items))) {
        add_key(&out, &one);
        return out;
    }
    bool all = select->flags & FLAG_DISTINCT && !select->child[SELECT_ON];
    for (uint32_t i = 0; all && i < sql_tail_count(items); i++)
        all = add_item(t, &one, source, items, sql_tail(items, i)->child[ITEM_VALUE]);
    if (all) add_key(&out, &one);
    one = (RowKey){0};
    all = tree_plain_group(group);
    for (uint32_t i = 0; all && i < sql_tail_count(group); i++)
        all = add_item(t, &one, source, items, at_place(select, sql_tail(group, i)));
    if (all) add_key(&out, &one);
    RowKeys inner = group ? (RowKeys){0} : keys_of_from(t, from);
    for (size_t k = 0; k < inner.len; k++) {
        one = (RowKey){0};
        all = true;
        for (size_t i = 0; all && i < inner.at[k].len; i++)
            all = add_column(t, &one, source, items, inner.at[k].at[i]);
        if (all) add_key(&out, &one);
    }
    return out;
}

RowKeys rowkeys_of_source(const SameTree *t, const SqlNode *source)
{
    const TableSpec *spec = tree_table(t, source);
    if (spec) return keys_of_table(t, source, spec);
    const SqlNode *select = tree_select_of(tree_query_of(t, source));
    return select ? keys_of_select(t, source, select) : (RowKeys){0};
}
