// repeated: the same subquery written twice: it is read twice, and changed once.
#include "sql/lint/lint.h"

enum { MOST = 48 };
typedef struct {
    const SqlNode *at[MOST];
    size_t len;
} Found;

static bool is_subquery(const SqlNode *n)
{
    bool holds = n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS || n->kind == NODE_DERIVED;
    return holds && n->child[0]->kind == NODE_QUERY;
}

static bool reads_table(const Lint *l, const SqlNode *n)
{
    return lint_is_base(l, n);
}

static void collect(const Lint *l, const SqlNode *n, Found *f)
{
    if (is_subquery(n) && f->len < MOST && lint_find(l, n, reads_table, NULL)) f->at[f->len++] = n;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) collect(l, n->child[i], f);
    }
}

// It reads a row of a query around it.
static bool reads_outside(const Lint *l, const SqlNode *n, const SqlNode *whole)
{
    const SqlBinding *b = lint_binding(l, n);
    if (b && !lint_within(l, b->query, whole)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && reads_outside(l, n->child[i], whole)) return true;
    }
    return false;
}

static bool is_repeated(const Lint *l, const SqlNode *a, const SqlNode *b)
{
    if (!sql_same(a->child[0], b->child[0])) return false;
    return !reads_outside(l, b, b) ||
           lint_around(l, a, NODE_SELECT) == lint_around(l, b, NODE_SELECT);
}

static void look(Lint *l, const SqlNode *n)
{
    Found f = {.len = 0};
    const SqlNode *said = NULL;
    collect(l, n, &f);
    for (size_t i = 1; i < f.len; i++) {
        if (said && lint_within(l, f.at[i], said)) continue; // a part of what is repeated
        for (size_t k = 0; k < i; k++) {
            if (!is_repeated(l, f.at[k], f.at[i])) continue;
            said = f.at[i];
            lint_say(l, said, "The same subquery stands in line %u, column %u already.",
                     (unsigned)f.at[k]->line, (unsigned)f.at[k]->column);
            break;
        }
    }
}

const LintRule lint_repeated = {
    .name = "repeated-subquery",
    .kind = NODE_SCRIPT,
    .look = look,
    .instead = "Name it once in a CTE and read that twice.",
};
