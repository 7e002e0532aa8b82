// relax: a query in steps from one without conditions to itself: which of them nothing meets?
//
// The conditions of FROM, WHERE, HAVING and QUALIFY, the inner queries' first, come in one after
// the other; one that compares with a number comes in with smaller or larger numbers before its
// own. Conditions within EXISTS and within subqueries that stand for values stay as they are: who
// takes one away there may ask for more. So do those of a query that reads itself: it may end by
// them.
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/mutate/mutate.h"
#include <stdlib.h>

enum { STEPS_MOST = 40, EACH_MOST = 8, GOALS_MOST = 6 };

typedef struct {
    const SqlNode *node;
    Str milder[EACH_MOST]; // the texts that stand for it before it stands itself
    size_t count;
} Condition;

typedef struct {
    Arena *arena;
    SqlScript script;
    VEC(Condition) list;
    const SqlNode *again; // the recursive part of the CTE that is walked through
} Relaxing;

// The number that this side is compared with, where the other side is none.
static const SqlNode *compared_number(const SqlNode *n)
{
    bool compares = n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE && n->op != OP_NE;
    if (!compares) return NULL;
    bool left = n->child[LEFT_SIDE]->kind == NODE_NUMBER;
    bool right = n->child[RIGHT_SIDE]->kind == NODE_NUMBER;
    return left == right ? NULL : n->child[left ? LEFT_SIDE : RIGHT_SIDE];
}

// Whether a smaller number lets more pass.
static bool asks_for_more(const SqlNode *n, const SqlNode *number)
{
    bool behind = number == n->child[RIGHT_SIDE];
    if (n->op == OP_EQ) return true;
    return behind ? n->op == OP_GT || n->op == OP_GE : n->op == OP_LT || n->op == OP_LE;
}

static void add_milder(Relaxing *r, Condition *c, const SqlNode *number, double v)
{
    const SqlNode *n = c->node;
    Str sql = r->script.sql, text = str_fmt(r->arena, "%.15g", v);
    if (c->count == EACH_MOST) return;
    c->milder[c->count++] =
        str_fmt(r->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_slice(sql, n->at, number->at)),
                STR_ARG(text), STR_ARG(str_slice(sql, number->end, n->end)));
}

// COUNT(*) >= 3 after COUNT(*) >= 1 and >= 2; SUM(x) > 1000 after 62, 125, 250 …
static void add_numbers(Relaxing *r, Condition *c)
{
    static const double parts[] = {16, 8, 4, 2};
    const SqlNode *number = compared_number(c->node);
    double v;
    if (!number || !str_to_f64(number->text, &v) || v < 2 || v > 1e12) return;
    bool more = asks_for_more(c->node, number), whole = v == (double)(int64_t)v;
    if (more && v <= EACH_MOST) {
        for (double x = 1; x < v; x++) add_milder(r, c, number, x);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double x = more ? v / parts[i] : v * parts[i];
        add_milder(r, c, number, whole ? (double)(int64_t)x : x);
    }
}

static void add_condition(Relaxing *r, const SqlNode *n)
{
    if (!n) return;
    if (n->kind == NODE_AND) {
        for (uint32_t i = 0; i < n->count; i++) add_condition(r, n->child[i]);
        return;
    }
    Condition *c = vec_push(r->arena, &r->list);
    *c = (Condition){.node = n};
    c->milder[c->count++] = S("1 = 1");
    add_numbers(r, c);
}

static bool reads(const SqlNode *n, Str table)
{
    if (!n) return false;
    bool found = n->kind == NODE_TABLE &&
                 str_eq_nocase(literals_bare(sql_last(n)->text), literals_bare(table));
    for (uint32_t i = 0; i < n->count && !found; i++) found = reads(n->child[i], table);
    return found;
}

// The part of a recursive query that is run again and again; NULL = it is none.
static const SqlNode *again_of(const SqlNode *n)
{
    if (n->kind != NODE_CTE || n->child[CTE_QUERY]->kind != NODE_QUERY) return NULL;
    const SqlNode *body = n->child[CTE_QUERY]->child[QUERY_BODY];
    if (body->kind != NODE_SETOP) return NULL;
    const SqlNode *again = body->child[RIGHT_SIDE];
    return reads(again, n->text) ? again : NULL;
}

static void walk(Relaxing *r, const SqlNode *n)
{
    if (!n || n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS || n == r->again) return;
    if (again_of(n)) r->again = again_of(n);
    for (uint32_t i = 0; i < n->count; i++) walk(r, n->child[i]);
    if (n->kind == NODE_JOIN) add_condition(r, n->child[JOIN_ON]);
    if (n->kind != NODE_SELECT) return;
    add_condition(r, n->child[SELECT_WHERE]);
    add_condition(r, n->child[SELECT_HAVING]);
    add_condition(r, n->child[SELECT_QUALIFY]);
}

static int by_place(const void *x, const void *y)
{
    const MutantEdit *a = x, *b = y;
    return a->at < b->at ? -1 : a->at > b->at;
}

static Str with_edits(Arena *a, Str sql, MutantEdit *edits, size_t n)
{
    Buf b = buf_new(a);
    size_t from = 0;
    qsort(edits, n, sizeof *edits, by_place);
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, str_slice(sql, from, edits[i].at));
        buf_add(&b, edits[i].with);
        from = edits[i].end;
    }
    buf_add(&b, str_slice(sql, from, sql.len));
    return buf_str(&b);
}

// Conditions before `at` stand, that one as one of its milder texts, those behind it not at all.
static Str step_of(const Relaxing *r, size_t at, size_t milder)
{
    size_t n = 0;
    MutantEdit *edits = arena_array(r->arena, MutantEdit, r->list.len);
    for (size_t i = at; i < r->list.len; i++) {
        const Condition *c = &r->list.at[i];
        edits[n++] = (MutantEdit){c->node->at, c->node->end, c->milder[i == at ? milder : 0]};
    }
    return with_edits(r->arena, r->script.sql, edits, n);
}

// --- What a query should come to at all ---

// Where a clause may be put behind this node, with its parentheses.
static size_t behind(Str sql, const SqlNode *n)
{
    size_t at = n->end;
    for (uint32_t i = 0; i < n->parens; i++) {
        while (at < sql.len && sql.ptr[at] != ')') at++;
        at += at < sql.len;
    }
    return at;
}

static void find_goals(const SqlNode *n, Str sql, MutantEdit *wholes, size_t *whole_count,
                       const SqlNode **joins, size_t *join_count)
{
    if (!n || n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) return;
    for (uint32_t i = 0; i < n->count; i++)
        find_goals(n->child[i], sql, wholes, whole_count, joins, join_count);
    bool outer =
        n->kind == NODE_JOIN && (n->op == OP_LEFT || n->op == OP_RIGHT || n->op == OP_FULL);
    if (outer && *join_count < GOALS_MOST - 1) joins[(*join_count)++] = n;
    bool ungrouped = n->kind == NODE_SELECT && n->child[SELECT_FROM] && !n->child[SELECT_GROUP] &&
                     !n->child[SELECT_HAVING] && mutator_has_aggregate(n->child[SELECT_ITEMS]);
    if (!ungrouped || *whole_count == GOALS_MOST) return;
    const SqlNode *last = n->child[SELECT_WHERE] ? n->child[SELECT_WHERE] : n->child[SELECT_FROM];
    size_t at = behind(sql, last);
    wholes[(*whole_count)++] = (MutantEdit){at, at, S(" HAVING COUNT(*) > 0")};
}

// The word before JOIN, taken away: LEFT, LEFT OUTER.
static MutantEdit as_inner(Str sql, const SqlNode *join)
{
    size_t from = behind(sql, join->child[JOIN_LEFT]), to = join->child[JOIN_RIGHT]->at;
    return (MutantEdit){from, to, join->child[JOIN_RIGHT]->parens ? S(" JOIN (") : S(" JOIN ")};
}

StrList relaxed_goals(Arena *a, Str sql, Dialect d)
{
    Error err;
    SqlScript script;
    MutantEdit wholes[GOALS_MOST + 1], edits[GOALS_MOST + 1];
    const SqlNode *joins[GOALS_MOST];
    size_t whole_count = 0, join_count = 0;
    StrList out = {arena_array(a, Str, GOALS_MOST), 0};
    if (!sql_parse(a, sql, d, &script, &err)) return out;
    find_goals(script.root, sql, wholes, &whole_count, joins, &join_count);
    for (size_t i = 0; i <= join_count; i++) {
        size_t n = 0;
        for (size_t k = 0; k < whole_count; k++) edits[n++] = wholes[k];
        if (i) edits[n++] = as_inner(sql, joins[i - 1]);
        out.at[out.len++] = with_edits(a, sql, edits, n);
    }
    return out;
}

StrList relaxed_steps(Arena *a, Str sql, Dialect d)
{
    Error err;
    Relaxing r = {.arena = a};
    VEC(Str) steps = {0};
    if (!sql_parse(a, sql, d, &r.script, &err)) return (StrList){0};
    walk(&r, r.script.root);
    for (size_t i = 0; i < r.list.len; i++) {
        for (size_t k = 0; k < r.list.at[i].count && steps.len < STEPS_MOST; k++)
            *vec_push(a, &steps) = step_of(&r, i, k);
    }
    *vec_push(a, &steps) = sql;
    return (StrList){steps.at, steps.len};
}
