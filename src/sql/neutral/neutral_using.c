// neutral_using: USING and NATURAL where two columns of one name are not equal by their bytes: a
// date and a timestamp, a number and a text, texts without case; or are behind LATERAL. Such a join
// says ON a.x = b.x, and what stands for the merged column is said as well. Before all else: the
// comparison is then made neutral like any other one.
#include "sql/lower.h"
#include "sql/neutral_pair.h"
#include "sql/scope.h"

typedef struct {
    const SqlNode *join;
    uint32_t column;
    SqlNode *value;
} Merge;

typedef struct {
    Translator *t;
    VEC(Merge) merges;
} Using;

static const SqlNode *join_columns(const SqlNode *n)
{
    return n->kind == NODE_JOIN && (n->child[JOIN_USING] || n->flags & FLAG_NATURAL) ? n : NULL;
}

// ---- which joins

static SqlNode *typed_probe(Translator *t, const SqlNode *place, const SqlColumn *c)
{
    SqlNode *n = make_column(t, place, (Str){0}, c->name);
    n->type = (uint8_t)c->type;
    return n;
}

// Other dialects convert the types by themselves; text without case they do not know.
static void compare_there(Translator *t, SqlNode **a, SqlNode **b)
{
    if (t->to == DIALECT_SQLITE) {
        compare_pair(t, a, b);
    } else {
        case_pair(t, a, b);
    }
}

// At run time its columns are expressions, and no USING finds them by a name.
static bool is_virtual(const Translator *t, const SqlNode *source)
{
    bool lateral = source->kind == NODE_DERIVED && source->flags & FLAG_LATERAL;
    bool rows = source->kind == NODE_TABLE_CALL || source->kind == NODE_LATERAL_VIEW;
    return t->to == DIALECT_SQLITE && (lateral || rows);
}

static bool is_plain(Translator *t, const SqlNode *join, Str name)
{
    SqlSide left, right;
    if (!sql_using_side(t->meaning, join->child[JOIN_LEFT], name, &left) ||
        !sql_using_side(t->meaning, join->child[JOIN_RIGHT], name, &right))
        return true;
    if (is_virtual(t, left.source) || is_virtual(t, right.source)) return false;
    SqlNode *a = typed_probe(t, join, left.at), *b = typed_probe(t, join, right.at);
    SqlNode *x = a, *y = b;
    compare_there(t, &x, &y);
    return x == a && y == b && !collation_of(t, a) && !collation_of(t, b);
}

static bool wants_on(Translator *t, const SqlNode *from)
{
    if (from->kind == NODE_LATERAL_VIEW) return wants_on(t, from->child[VIEW_LEFT]);
    if (from->kind != NODE_JOIN) return false;
    const SqlColumns *merged = &t->meaning->sources[from->id];
    if (from->op == OP_ASOF && from->child[JOIN_USING]) return true;
    for (size_t i = 0; join_columns(from) && i < merged->len; i++) {
        if (!is_plain(t, from, merged->at[i].name)) return true;
    }
    return wants_on(t, from->child[JOIN_LEFT]) || wants_on(t, from->child[JOIN_RIGHT]);
}

// ---- a side of a comparison

static Str relation_name(const SqlNode *n)
{
    static const int aliases[NODE_COUNT_] = {
        [NODE_TABLE] = 1 + TABLE_ALIAS,           [NODE_DERIVED] = 1 + DERIVED_ALIAS,
        [NODE_TABLE_CALL] = 1 + TABLE_CALL_ALIAS, [NODE_LATERAL_VIEW] = 1 + VIEW_ALIAS,
        [NODE_PIVOT] = 1 + PIVOT_ALIAS,           [NODE_UNPIVOT] = 1 + UNPIVOT_ALIAS,
    };
    const SqlNode *alias = aliases[n->kind] ? n->child[aliases[n->kind] - 1] : NULL;
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    return n->kind == NODE_TABLE ? sql_last(n)->text : (Str){0};
}

static SqlNode *merged_value(const Using *u, const SqlNode *join, uint32_t column)
{
    for (size_t i = 0; i < u->merges.len; i++) {
        const Merge *m = &u->merges.at[i];
        if (m->join->id == join->id && m->column == column) return m->value;
    }
    return NULL;
}

// NULL: it has no name by which it can be called.
static SqlNode *side(Using *u, const SqlNode *select, const SqlNode *place, const SqlNode *from,
                     Str name)
{
    SqlSide s;
    if (!sql_using_side(u->t->meaning, from, name, &s)) return NULL;
    if (s.source->kind == NODE_JOIN) {
        SqlNode *value = merged_value(u, s.source, s.column);
        return value ? node_clone(u->t, value) : NULL;
    }
    SqlStarColumn c = {
        .column = *s.at, .table = relation_name(s.source), .source = s.source, .index = s.column};
    return c.table.len ? star_column(u->t, select, place, &c) : NULL;
}

// ---- a join

static SqlNode *as_type(Translator *t, SqlNode *n, LogicalType type)
{
    if (type != TYPE_TIMESTAMP || n->type != TYPE_DATE) return n;
    SqlNode *made = make_cast(t, n, "TIMESTAMP");
    made->type = TYPE_TIMESTAMP;
    return made;
}

static SqlNode *value_of(Translator *t, const SqlNode *join, SqlNode *a, SqlNode *b,
                         LogicalType type)
{
    if (join->op == OP_RIGHT) return as_type(t, b, type);
    if (join->op != OP_FULL) return as_type(t, a, type);
    SqlNode *made = make_case(t, make_is_null(t, a, false), b, node_clone(t, a));
    made->type = (uint8_t)type;
    return made;
}

static bool say_on(Using *u, const SqlNode *select, SqlNode *join)
{
    Translator *t = u->t;
    const SqlColumns *merged = &t->meaning->sources[join->id];
    SqlNode *on = NULL;
    for (size_t i = 0; i < merged->len; i++) {
        const SqlColumn *c = &merged->at[i];
        SqlNode *a = side(u, select, join, join->child[JOIN_LEFT], c->name);
        SqlNode *b = side(u, select, join, join->child[JOIN_RIGHT], c->name);
        if (!a || !b) return false;
        // DuckDB's ASOF JOIN … USING (symbol, ts): of the last one the nearest before.
        bool nearest = join->op == OP_ASOF && !join->child[JOIN_MATCH] && i + 1 == merged->len;
        on = make_and(t, on, make_binary(t, nearest ? OP_GE : OP_EQ, a, b));
        SqlNode *value = value_of(t, join, node_clone(t, a), node_clone(t, b), c->type);
        *vec_push(t->arena, &u->merges) = (Merge){join, (uint32_t)i, value};
    }
    join->child[JOIN_USING] = NULL;
    join->flags &= ~(uint32_t)FLAG_NATURAL;
    join->child[JOIN_ON] = on;
    if (!on) join->op = OP_CROSS; // NATURAL without a common name
    return true;
}

// Inner joins first: what they merge may be merged again.
static bool say_all(Using *u, const SqlNode *select, SqlNode *from)
{
    if (from->kind == NODE_LATERAL_VIEW) return say_all(u, select, from->child[VIEW_LEFT]);
    if (from->kind != NODE_JOIN) return true;
    if (!say_all(u, select, from->child[JOIN_LEFT]) || !say_all(u, select, from->child[JOIN_RIGHT]))
        return false;
    return !join_columns(from) || say_on(u, select, from);
}

// ---- a SELECT

static bool star_merges(const Using *u, const SqlNode *star)
{
    const SqlStar *all = star_meant(u->t, star);
    for (size_t i = 0; all && i < all->len; i++) {
        const SqlNode *source = all->at[i].source;
        if (source && source->kind == NODE_JOIN && merged_value(u, source, all->at[i].index))
            return true;
    }
    return false;
}

// DuckDB and SQLite leave a merged column where its first table has it; for all others it comes
// before the rest. The same only where the first table starts with what is merged.
static bool star_moves(const Using *u, const SqlNode *select, const SqlNode *star)
{
    const SqlStar *all = star_meant(u->t, star);
    const SqlNode *first = select->child[SELECT_FROM]->child[0];
    bool stay = u->t->from == DIALECT_DUCKDB;
    bool there = u->t->to == DIALECT_DUCKDB || u->t->to == DIALECT_SQLITE;
    if (!all || all->open || stay == there) return false;
    while (first->kind == NODE_JOIN) first = first->child[JOIN_LEFT];
    const SqlColumns *leads = &u->t->meaning->sources[first->id];
    size_t merged = 0;
    for (size_t i = 0; i < all->len; i++) {
        const SqlNode *source = all->at[i].source;
        if (!source || source->kind != NODE_JOIN) continue;
        bool same = i == merged && i < leads->len &&
                    str_eq_nocase(leads->at[i].name, all->at[i].column.name);
        if (!same) return true;
        merged++;
    }
    return false;
}

// FROM t without a list is SELECT *.
static void spell_stars(Using *u, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    bool spells = false;
    bool whole = !sql_tail_count(items);
    if (whole && (star_merges(u, items) || star_moves(u, select, items))) {
        SqlNode *star = make_node(u->t, NODE_STAR, items, 0);
        star->id = items->id;
        node_add_tail(u->t, items, make_item(u->t, star, (Str){0}));
    }
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        bool star = value && value->kind == NODE_STAR;
        spells = spells || (star && (star_merges(u, value) || star_moves(u, select, value)));
    }
    SqlNode *list = spells ? items_spelled(u->t, select) : NULL;
    if (list) select->child[SELECT_ITEMS] = list;
}

static void visit(Using *u, SqlNode *n)
{
    if (!n || u->t->failed) return;
    for (uint32_t i = 0; i < n->count; i++) visit(u, n->child[i]);
    SqlNode *from = n->kind == NODE_SELECT ? n->child[SELECT_FROM] : NULL;
    for (uint32_t i = 0; from && i < from->count; i++) {
        size_t before = u->merges.len;
        if (!wants_on(u->t, from->child[i])) continue;
        SqlNode *kept = node_clone(u->t, from->child[i]);
        if (say_all(u, n, from->child[i])) continue;
        u->merges.len = before;
        from->child[i] = kept;
    }
    if (from && from->count) spell_stars(u, n);
}

static SqlNode *replaced(void *ctx, SqlNode *n)
{
    Using *u = ctx;
    if (n->kind == NODE_ITEM && !n->child[ITEM_ALIAS]) { // it keeps its name
        const SqlNode *value = n->child[ITEM_VALUE];
        const SqlBinding *b = value ? node_binding(u->t, value) : NULL;
        bool merged = b && b->source && b->source->kind == NODE_JOIN &&
                      merged_value(u, b->source, b->column) && sql_tail_count(value) == 1;
        if (merged) n->child[ITEM_ALIAS] = node_clone(u->t, sql_last(value));
        return NULL;
    }
    const SqlBinding *b = node_binding(u->t, n);
    if (!b || !b->source || b->source->kind != NODE_JOIN || sql_tail_count(n) != 1) return NULL;
    SqlNode *value = merged_value(u, b->source, b->column);
    return value ? value_again(u->t, value, n) : NULL;
}

SqlNode *neutral_using(Translator *t, SqlNode *root)
{
    Using u = {.t = t};
    if (t->from == t->to || t->from == DIALECT_SQLITE || !t->meaning) return root;
    visit(&u, root);
    return u.merges.len ? value_map(t, root, replaced, &u) : root;
}
