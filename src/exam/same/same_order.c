// same_order: mutants of ranks, frames and orders that cannot differ, because nothing is tied.
#include "exam/same/same.h"

static const SqlNode *window_of(const SqlNode *call)
{
    const SqlNode *over = call && call->kind == NODE_CALL ? call->child[CALL_OVER] : NULL;
    return over && over->kind == NODE_WINDOW && !(over->flags & FLAG_NAMED) ? over : NULL;
}

// Whether no two rows of one partition are equal in the order, by its first `upto` keys.
static bool no_ties(const Doubt *d, const SqlNode *window, uint32_t upto)
{
    KeyList by = {0};
    const SqlNode *order = window->child[WINDOW_ORDER],
                  *partition = window->child[WINDOW_PARTITION];
    if (!d->select || !order) return false;
    for (uint32_t i = 0; i < sql_tail_count(partition); i++)
        keylist_add(d->t, &by, sql_tail(partition, i));
    for (uint32_t i = 0; i < upto && i < sql_tail_count(order); i++)
        keylist_add(d->t, &by, sql_tail(order, i)->child[ONLY]);
    return rowkeys_tell(d->t, d->select, &by);
}

// --- Ranks ---

static bool is_ranking(const SqlNode *call)
{
    static const char *const names[] = {"ROW_NUMBER", "RANK", "DENSE_RANK"};
    for (size_t i = 0; window_of(call) && i < 3; i++) {
        if (str_eq_nocase(call->text, str_from(names[i]))) return true;
    }
    return false;
}

static bool is_number(const SqlNode *n, int64_t value)
{
    int64_t v;
    return n->kind == NODE_NUMBER && str_to_i64(n->text, &v) && v == value;
}

// The call behind a name of it: an alias of the same SELECT, or a column of a query below.
static const SqlNode *behind(const Doubt *d, const SqlNode *n)
{
    const SqlNode *meant = tree_meant(d->t, n), *value = tree_value(d->t, n);
    return value ? value : meant;
}

static bool asks_for_first(const Doubt *d, const SqlNode *n)
{
    const SqlNode *up = d->t->parent[n->id];
    if (up->kind != NODE_BINARY || up->child[LEFT_SIDE] != n) return false;
    const SqlNode *bound = up->child[RIGHT_SIDE];
    if (up->op == OP_EQ || up->op == OP_LE) return is_number(bound, 1);
    return up->op == OP_LT && is_number(bound, 2);
}

// Whether a value of a query below could be read here without its column being seen.
static bool reads_unnamed(const Doubt *d, const SqlNode *n)
{
    KeyColumn c;
    switch (sql_kind_of(n)) {
    case NODE_JOIN:
        return n->flags & FLAG_NATURAL || n->child[JOIN_USING];
    case NODE_STAR:
        return d->t->parent[n->id]->kind != NODE_CALL; // COUNT(*)
    case NODE_COLUMN:
        if (tree_meant(d->t, n) != n) return false;
        return !tree_bound(d->t, n, &c) ||
               (!tree_table(d->t, c.source) && !tree_query_of(d->t, c.source));
    default:
        return n->kind == NODE_SETOP;
    }
}

// Whether what the select puts out is seen through the names of its columns alone, row by row.
static bool is_read_by_name(const Doubt *d)
{
    const SqlNode *n = d->t->parent[d->select->id];
    bool cut = d->select->child[SELECT_ON] || d->select->child[SELECT_TOP] ||
               d->select->flags & FLAG_DISTINCT;
    for (; n && n->kind == NODE_QUERY; n = d->t->parent[n->id])
        cut = cut || n->child[QUERY_LIMIT]; // ORDER BY 2 LIMIT 1
    return !cut && n && (n->kind == NODE_CTE || n->kind == NODE_DERIVED);
}

// Whether every reader of the value asks only whether it is the first.
static bool only_first(const Doubt *d, const SqlNode *call)
{
    if (!window_of(call)->child[WINDOW_ORDER]) return false;
    if (asks_for_first(d, call)) return true;
    if (d->t->parent[call->id]->kind != NODE_ITEM || !d->select || !is_read_by_name(d))
        return false;
    for (uint32_t i = 0; i < d->t->script.nodes; i++) {
        const SqlNode *n = d->t->nodes[i];
        if (n && reads_unnamed(d, n)) return false;
        bool reader = n && n->kind == NODE_COLUMN && behind(d, n) == call;
        if (reader && !asks_for_first(d, n)) return false;
    }
    return true;
}

const char *same_rank(const Doubt *d)
{
    const SqlNode *window = window_of(d->n);
    if (!is_ranking(d->n) || !window) return NULL;
    if (no_ties(d, window, UINT32_MAX)) return "no two rows of a partition are equal in its order";
    bool row =
        str_eq_nocase(d->m->was, S("ROW_NUMBER")) || str_eq_nocase(d->m->now, S("ROW_NUMBER"));
    return !row && only_first(d, d->n) ? "only the first place is asked for" : NULL;
}

const char *same_rank_bound(const Doubt *d)
{
    if (d->n->kind != NODE_BINARY || d->n->op != OP_EQ || !str_ends(d->m->now, S(" <= 1")))
        return NULL;
    return is_ranking(behind(d, d->n->child[LEFT_SIDE])) ? "places begin at 1" : NULL;
}

// --- Frames ---

static bool is_running(const SqlNode *frame)
{
    const SqlNode *start = frame->child[FRAME_START], *end = frame->child[FRAME_END];
    return start && start->op == OP_UNBOUNDED_PRECEDING && (!end || end->op == OP_CURRENT_ROW) &&
           (frame->op == OP_ROWS || frame->op == OP_RANGE) && !frame->text.len; // EXCLUDE
}

const char *same_frame(const Doubt *d)
{
    if (d->n->kind != NODE_WINDOW) return NULL;
    const SqlNode *frame = d->n->child[WINDOW_FRAME];
    bool about_frame = frame ? d->m->at >= frame->at : str_starts(d->m->now, S("ROWS"));
    if (!about_frame || (frame && !is_running(frame))) return NULL;
    return no_ties(d, d->n, UINT32_MAX) ? "no two rows of a partition are equal in its order"
                                        : NULL;
}

// --- Orders ---

// Which key of the order the mutant changes; the count of keys when it is none of them.
static uint32_t changed_key(const Doubt *d, const SqlNode *order)
{
    uint32_t i = 0;
    for (; i < sql_tail_count(order); i++) {
        const SqlNode *one = sql_tail(order, i);
        size_t begins = i ? sql_tail(order, i - 1)->end : one->at;
        if (d->n == order ? begins == d->m->at : one == d->n) break;
    }
    return i;
}

const char *same_order(const Doubt *d)
{
    const SqlNode *order = d->n->kind == NODE_ORDER_ITEM ? d->t->parent[d->n->id] : d->n;
    if (order->kind != NODE_ORDER_BY || !d->select) return NULL;
    uint32_t at = changed_key(d, order);
    if (at == sql_tail_count(order)) return NULL;
    const SqlNode *above = d->t->parent[order->id];
    bool settled = false;
    if (above->kind == NODE_WINDOW) {
        settled = no_ties(d, above, at);
    } else if (above->kind == NODE_QUERY && tree_select_of(above) == d->select) {
        KeyList by = {0};
        keylist_add_places(d->t, &by, d->select, order, at);
        settled = rowkeys_tell(d->t, d->select, &by);
    }
    return settled ? "the keys before it leave no ties" : NULL;
}
