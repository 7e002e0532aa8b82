// null: where a column is known never to be NULL: by the schema, or by conditions that its row has
// passed.
#include "sql/lint/lint.h"

typedef struct {
    const SqlNode *source;
    uint32_t column; // SQL_COLUMN_OPEN: all of them, as in the row that an outer join adds
} Missing;

static bool is_strict_fn(const Lint *l, const SqlNode *n)
{
    static const char *const names[] = {
        "lower", "upper",    "trim",     "char_length", "left",      "substring", "abs",
        "round", "date_add", "date_sub", "date_diff",   "date_part", "date_trunc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (lint_is_fn(l, n, names[i])) return true;
    }
    return false;
}

static bool gives_null(const Lint *l, const SqlNode *n, const Missing *m);

static bool any_gives_null(const Lint *l, const SqlNode *n, const Missing *m)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (gives_null(l, sql_tail(n, i), m)) return true;
    }
    return false;
}

// Is the value NULL whenever what is missing is?
static bool gives_null(const Lint *l, const SqlNode *n, const Missing *m)
{
    const SqlBinding *b;
    bool set;
    switch ((SqlKind)n->kind) {
    case NODE_COLUMN:
        b = lint_binding(l, n);
        return b && b->source == m->source &&
               (m->column == SQL_COLUMN_OPEN || m->column == b->column);
    case NODE_UNARY:
    case NODE_CAST:
        return gives_null(l, n->child[ONLY], m);
    case NODE_BINARY:
        return n->op != OP_SAME && n->op != OP_DISTINCT &&
               (gives_null(l, n->child[LEFT_SIDE], m) || gives_null(l, n->child[RIGHT_SIDE], m));
    case NODE_IN: // x NOT IN (an empty set) is true
        set = n->child[OPERAND_SECOND]->kind == NODE_SUBQUERY;
        return !(set && n->flags & FLAG_NOT) && gives_null(l, n->child[OPERAND], m);
    case NODE_BETWEEN:
    case NODE_LIKE:
        return gives_null(l, n->child[OPERAND], m);
    case NODE_CALL:
        return !n->child[CALL_OVER] && is_strict_fn(l, n) && any_gives_null(l, n, m);
    default:
        return false;
    }
}

static bool rejects(const Lint *l, const SqlNode *n, const Missing *m)
{
    if (n->kind == NODE_AND || n->kind == NODE_OR) {
        bool all = n->kind == NODE_OR;
        for (uint32_t i = 0; i < n->count; i++) {
            if (rejects(l, n->child[i], m) != all) return !all;
        }
        return all;
    }
    if (n->kind != NODE_IS) return gives_null(l, n, m);
    bool not_null = n->op == OP_IS_NULL && n->flags & FLAG_NOT;
    bool true_or_false = (n->op == OP_IS_TRUE || n->op == OP_IS_FALSE) && !(n->flags & FLAG_NOT);
    return (not_null || true_or_false) && gives_null(l, n->child[OPERAND], m);
}

bool lint_rejects(const Lint *l, const SqlNode *condition, const SqlNode *source)
{
    return condition && rejects(l, condition, &(Missing){source, SQL_COLUMN_OPEN});
}

static bool is_missing(const SqlNode *join, const SqlNode *source, bool outer, bool *found)
{
    if (join == source) {
        *found = true;
        return outer;
    }
    if (join->kind != NODE_JOIN) return false;
    bool left = outer || join->op == OP_RIGHT || join->op == OP_FULL;
    bool right = outer || join->op == OP_LEFT || join->op == OP_FULL;
    bool missing = is_missing(join->child[JOIN_LEFT], source, left, found);
    return *found ? missing : is_missing(join->child[JOIN_RIGHT], source, right, found);
}

bool lint_is_optional(const SqlNode *from, const SqlNode *source, bool *below)
{
    bool found = false, missing = false, list = from && from->kind == NODE_FROM;
    if (from && !list) missing = is_missing(from, source, false, &found);
    for (uint32_t i = 0; list && !found && i < sql_tail_count(from); i++)
        missing = is_missing(sql_tail(from, i), source, false, &found);
    if (below) *below = found;
    return found && missing;
}

static bool names(const SqlNode *list, Str name)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        if (str_eq_nocase(sql_tail(list, i)->text, name)) return true;
    }
    return false;
}

// A condition of the joins that every row has passed.
static bool joins_reject(const Lint *l, const SqlNode *join, const SqlNode *where, Str name,
                         const Missing *m)
{
    if (join->kind != NODE_JOIN) return false;
    const SqlNode *left = join->child[JOIN_LEFT], *right = join->child[JOIN_RIGHT];
    // A LEFT JOIN that WHERE undoes is one.
    bool inner = join->op == OP_INNER || (join->op == OP_LEFT && lint_rejects(l, where, right));
    if (inner && join->child[JOIN_ON] && rejects(l, join->child[JOIN_ON], m)) return true;
    bool below = false;
    if (inner && names(join->child[JOIN_USING], name)) lint_is_optional(join, m->source, &below);
    return below || (join->op != OP_RIGHT && joins_reject(l, left, where, name, m)) ||
           (join->op != OP_LEFT && joins_reject(l, right, where, name, m));
}

bool lint_never_null(const Lint *l, const SqlNode *n)
{
    const SqlBinding *b = lint_binding(l, n);
    if (l->meaning->types && l->meaning->types[n->id].not_null) return true;
    if (!b || b->column == SQL_COLUMN_OPEN || b->query->kind != NODE_SELECT) return false;
    Missing m = {b->source, b->column};
    const SqlNode *where = b->query->child[SELECT_WHERE], *from = b->query->child[SELECT_FROM];
    if (where && rejects(l, where, &m)) return true;
    for (uint32_t i = 0; i < sql_tail_count(from); i++) {
        if (joins_reject(l, sql_tail(from, i), where, sql_last(n)->text, &m)) return true;
    }
    const SqlNode *behind = lint_item_behind(l, n);
    return behind && !lint_is_optional(from, b->source, NULL) && lint_never_null(l, behind);
}
