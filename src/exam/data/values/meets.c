// meets: columns that a query holds against each other, whatever their names: in tiny databases
// their texts share values, and their numbers begin at the same one, or no join of a name with a
// title or of a salary with a base would ever find a partner.
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/same/same.h"

typedef struct {
    const SameTree *tree;
    const WarehouseSpec *w; // its columns are the paper's own
    size_t *first;          // of each table: the number of its first column
    size_t *class;          // by column: another one of its class, or itself
} Meets;

#define NOWHERE SIZE_MAX // no column
enum { DEPTH = 12 };

static size_t root_of(Meets *m, size_t column)
{
    while (m->class[column] != column) column = m->class[column] = m->class[m->class[column]];
    return column;
}

// The one column of a table that this expression reads; NOWHERE when there is none, or another.
static size_t column_in(Meets *m, const SqlNode *n, int depth)
{
    if (!n || depth == DEPTH) return NOWHERE;
    if (n->kind == NODE_COLUMN) {
        KeyColumn at;
        const TableSpec *t = tree_bound(m->tree, n, &at) ? tree_table(m->tree, at.source) : NULL;
        if (t) return m->first[t - m->w->tables] + at.column;
        return column_in(m, tree_value(m->tree, n), depth + 1);
    }
    if (n->kind == NODE_QUERY) {
        const SqlNode *select = tree_select_of(n);
        bool one = select && sql_tail_count(select->child[SELECT_ITEMS]) == 1;
        return one ? column_in(m, sql_tail(select->child[SELECT_ITEMS], 0), depth + 1) : NOWHERE;
    }
    size_t found = NOWHERE;
    for (uint32_t i = 0; i < n->count; i++) {
        size_t c = n->child[i] ? column_in(m, n->child[i], depth + 1) : NOWHERE;
        if (c == NOWHERE) continue;
        if (found != NOWHERE && found != c) return NOWHERE;
        found = c;
    }
    return found;
}

static void unite(Meets *m, const SqlNode *a, const SqlNode *b)
{
    size_t x = column_in(m, a, 0), y = column_in(m, b, 0);
    if (x != NOWHERE && y != NOWHERE) m->class[root_of(m, x)] = root_of(m, y);
}

static const SqlNode *items_of(const SqlNode *query)
{
    const SqlNode *n = query;
    while (n && (n->kind == NODE_QUERY || n->kind == NODE_SETOP))
        n = n->child[n->kind == NODE_QUERY ? (uint32_t)QUERY_BODY : (uint32_t)LEFT_SIDE];
    return n && n->kind == NODE_SELECT ? n->child[SELECT_ITEMS] : NULL;
}

static void unite_lists(Meets *m, const SqlNode *a, const SqlNode *b)
{
    for (uint32_t i = 0; a && b && i < sql_tail_count(a) && i < sql_tail_count(b); i++)
        unite(m, sql_tail(a, i), sql_tail(b, i));
}

static void look_at(Meets *m, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_BINARY:
        if (n->op == OP_EQ || n->op == OP_NE) unite(m, n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
        break;
    case NODE_IN:
        unite(m, n->child[OPERAND], n->child[OPERAND_SECOND]);
        break;
    case NODE_SETOP:
        unite_lists(m, items_of(n->child[LEFT_SIDE]), items_of(n->child[RIGHT_SIDE]));
        break;
    default:
        break;
    }
}

// What is listed is not ours to choose.
static bool is_open(const ColumnSpec *c)
{
    return !c->value_count && !c->ref_table.len;
}

static void name_classes(Arena *a, Meets *m, const size_t *members)
{
    for (size_t t = 0; t < m->w->table_count; t++) {
        for (size_t i = 0; i < m->w->tables[t].width; i++) {
            ColumnSpec *c = &m->w->tables[t].columns[i];
            size_t root = root_of(m, m->first[t] + i);
            if (members[root] > 1 && is_open(c)) c->family = str_fmt(a, "meets %zu", root);
        }
    }
}

void meets_find(Arena *a, const WarehouseSpec *w, Str sql, Dialect d)
{
    Arena scratch = {0};
    size_t count = 0;
    Meets m = {.w = w, .tree = same_tree(&scratch, w, sql, d)};
    m.first = arena_array(&scratch, size_t, w->table_count);
    for (size_t t = 0; t < w->table_count; t++) {
        m.first[t] = count;
        count += w->tables[t].width;
    }
    m.class = arena_array(&scratch, size_t, count);
    size_t *members = arena_array(&scratch, size_t, count);
    for (size_t i = 0; i < count; i++) m.class[i] = i;
    for (uint32_t i = 0; m.tree && i < m.tree->script.nodes; i++) {
        if (m.tree->nodes[i]) look_at(&m, m.tree->nodes[i]);
    }
    for (size_t i = 0; i < count; i++) members[root_of(&m, i)]++;
    if (m.tree) name_classes(a, &m, members);
    arena_free(&scratch);
}
