// computed: what a query computes of one table's rows and holds against a column of another: the
// column is given such values, or a month's name and a date, a number and its text, a prefix and
// what it begins would hardly ever meet.
#include "base/rng.h"
#include "base/vec.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/run.h"
#include "exam/same/same.h"

enum { DEPTH = 12, MOST = 4, COMPUTED_STREAM = 0xc0a1 };

typedef VEC(ComputedMeeting) MeetingVec;

typedef struct {
    Arena *arena;
    const ExamSpec *spec;
    const SameTree *tree;
    MeetingVec found;
} Search;

// --- Which they are ---

// The column of a table that the expression is, by way of derived tables; what it is else.
static const SqlNode *behind(const Search *s, const SqlNode *n, KeyColumn *at, bool *plain)
{
    *plain = false;
    for (int i = 0; n && i < DEPTH; i++) {
        if (n->kind != NODE_COLUMN) return n;
        if (!tree_bound(s->tree, n, at)) return NULL;
        *plain = tree_table(s->tree, at->source) != NULL;
        if (*plain) return n;
        n = tree_value(s->tree, n);
    }
    return NULL;
}

// The one table in FROM whose columns the expression reads; *only is false when there are others.
static void read_source(const Search *s, const SqlNode *n, const SqlNode **source, bool *only)
{
    KeyColumn at;
    if (n->kind == NODE_QUERY) *only = false;
    if (n->kind == NODE_COLUMN) {
        bool bound = tree_bound(s->tree, n, &at) && tree_table(s->tree, at.source);
        *only &= bound && (!*source || *source == at.source);
        if (bound) *source = at.source;
        return;
    }
    for (uint32_t i = 0; i < n->count && *only; i++) {
        if (n->child[i]) read_source(s, n->child[i], source, only);
    }
}

static void add_meeting(Search *s, const SqlNode *one, const SqlNode *other)
{
    KeyColumn to, from;
    bool plain, only = true, any;
    const SqlNode *source = NULL, *column = behind(s, one, &to, &plain);
    if (!column || !plain || s->found.len == MOST) return;
    const SqlNode *value = behind(s, other, &from, &any);
    if (!value || any || value->kind == NODE_SUBQUERY) return;
    read_source(s, value, &source, &only);
    if (!only || !source) return;
    Error none;
    ComputedMeeting m = {.table = (size_t)(tree_table(s->tree, to.source) - s->tree->w->tables),
                         .column = to.column,
                         .own = source == to.source};
    Str sql = s->tree->script.sql;
    sql = str_fmt(s->arena, "SELECT " STR_FMT " AS v FROM " STR_FMT,
                  STR_ARG(sql_source(sql, value)), STR_ARG(sql_source(sql, source)));
    SqlHome home = sql_at_home(s->spec->dialect);
    if (exam_compile(s->arena, s->spec->warehouse, sql, &home, &m.program, &none))
        *vec_push(s->arena, &s->found) = m;
}

static void meet(Search *s, const SqlNode *x, const SqlNode *y)
{
    add_meeting(s, x, y);
    add_meeting(s, y, x);
}

static const SqlNode *items_of(const SqlNode *n)
{
    while (n && (n->kind == NODE_QUERY || n->kind == NODE_SETOP || n->kind == NODE_SUBQUERY))
        n = n->child[n->kind == NODE_QUERY   ? (uint32_t)QUERY_BODY
                     : n->kind == NODE_SETOP ? (uint32_t)LEFT_SIDE
                                             : (uint32_t)ONLY];
    return n && n->kind == NODE_SELECT ? n->child[SELECT_ITEMS] : NULL;
}

static void look_at(Search *s, const SqlNode *n)
{
    if (n->kind == NODE_BINARY && n->op == OP_EQ)
        meet(s, n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
    if (n->kind == NODE_IN) {
        const SqlNode *items = items_of(n->child[OPERAND_SECOND]);
        if (items && sql_tail_count(items) == 1)
            meet(s, n->child[OPERAND], sql_tail(items, 0)->child[ITEM_VALUE]);
    }
    if (n->kind != NODE_SETOP) return;
    const SqlNode *x = items_of(n->child[LEFT_SIDE]), *y = items_of(n->child[RIGHT_SIDE]);
    for (uint32_t i = 0; x && y && i < sql_tail_count(x) && i < sql_tail_count(y); i++)
        meet(s, sql_tail(x, i)->child[ITEM_VALUE], sql_tail(y, i)->child[ITEM_VALUE]);
}

Computed computed_find(Arena *a, const ExamSpec *spec, const SameTree *tree)
{
    Search s = {.arena = a, .spec = spec, .tree = tree};
    for (uint32_t i = 0; tree && i < tree->script.nodes; i++) {
        if (tree->nodes[i]) look_at(&s, tree->nodes[i]);
    }
    return (Computed){s.found.at, s.found.len};
}

// --- Giving a column such values ---

static void put_values(Arena *a, const Paper *s, const ComputedMeeting *m, const Table *values,
                       Rng *rng, Data *d)
{
    Table *rows = &d->tables[m->table];
    const TableSpec *t = &s->w.tables[m->table];
    const ColumnSpec *c = &t->columns[m->column];
    size_t sure = rng_below(rng, rows->rows);
    bool key = bounds_is_key(t, c);
    for (size_t r = 0; r < rows->rows; r++) {
        if (r != sure && rng_below(rng, 2)) continue;
        size_t from = rng_below(rng, values->rows);
        if (m->own && values->rows == rows->rows) from = r;
        Value v = value_fitted(a, c, *table_at(values, from, 0));
        bool taken = key && value_stands(rows, m->column, &v);
        taken |= v.kind == VALUE_INTEGER && v.integer < 0 && bounds_is_name_of(t, m->column);
        if (!taken && bounds_value(&s->w, c, &v)) rows->cells[r * rows->width + m->column] = v;
    }
}

bool computed_put(Examinee *x, Paper *s, uint64_t seed, Data *data, Error *err)
{
    Arena scratch = {0};
    Rng rng = {.seed = seed, .stream = COMPUTED_STREAM};
    DataJudge judge = exam_judge(x->q);
    bool ok = true, holds;
    Data d = data_copy(&scratch, data);
    for (size_t i = 0; i < s->computed.len && ok; i++) {
        const ComputedMeeting *m = &s->computed.at[i];
        QueryResult r;
        if (!d.tables[m->table].rows || rng_below(&rng, 4) == 0) continue;
        Run run = {warehouse_image(&scratch, &s->w, &d), &m->program, &EXAM_TINY};
        ok = run_on(x, &scratch, run, &r, err);
        if (ok && r.error.kind == ERROR_NONE && r.table.rows)
            put_values(&scratch, s, m, &r.table, &rng, &d);
    }
    ok = ok && witness_holds(&s->w, &d, &judge, &holds, err);
    if (ok && holds) *data = data_copy(&s->arena, &d);
    arena_free(&scratch);
    return ok;
}
