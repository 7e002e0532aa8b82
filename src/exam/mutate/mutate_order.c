// mutate_order: what is changed where order matters: windows and their frames, ranking functions,
// directions, tie-breaks, LIMIT.
#include "exam/mutate/mutate.h"

// --- Windows ---

static void drop_partition(Mutator *m, const SqlNode *n)
{
    const SqlNode *by = n->child[WINDOW_PARTITION];
    if (!by) return;
    const Token *word = mutator_last(m, by->at) - 1; // PARTITION BY
    Str keys = mutator_words(m, by);
    mutant_edit(m, (MutantEdit){word->at, by->end, {0}},
                str_fmt(m->arena, "the window went over all rows, not by " STR_FMT, STR_ARG(keys)));
    for (uint32_t i = 0; by->count > 1 && i < by->count; i++) {
        size_t at = i ? by->child[i - 1]->end : by->child[0]->at;
        size_t end = i ? by->child[i]->end : by->child[1]->at;
        Str key = mutator_words(m, by->child[i]);
        mutant_edit(m, (MutantEdit){at, end, {0}},
                    str_fmt(m->arena, "the window were not partitioned by " STR_FMT, STR_ARG(key)));
    }
}

static void change_frame(Mutator *m, const SqlNode *n)
{
    const SqlNode *frame = n->child[WINDOW_FRAME];
    const Token *word = frame ? mutator_first(m, frame->at) : NULL;
    if (frame) {
        mutant_edit(m, (MutantEdit){frame->at, frame->end, {0}},
                    S("the window had no frame: it ends with the last equal of this row"));
        bool rows = frame->op == OP_ROWS;
        if (frame->op == OP_GROUPS) return;
        mutant_edit(m, (MutantEdit){word->at, token_end(word), rows ? S("RANGE") : S("ROWS")},
                    rows ? S("the frame counted equals together (RANGE)")
                         : S("the frame counted rows (ROWS)"));
        return;
    }
    const SqlNode *call = mutator_parent(m, n), *order = n->child[WINDOW_ORDER];
    if (!order || !call || call->kind != NODE_CALL) return;
    static const char *const adding[] = {"SUM", "COUNT", "AVG", "MIN", "MAX"};
    for (size_t i = 0; i < sizeof adding / sizeof *adding; i++) {
        if (!str_eq_nocase(call->text, str_from(adding[i]))) continue;
        mutant_edit(m,
                    (MutantEdit){order->end, order->end,
                                 S(" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW")},
                    S("the frame counted rows: equals come one by one (ROWS)"));
    }
}

static void find_window(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_WINDOW || (n->flags & FLAG_NAMED)) return;
    drop_partition(m, n);
    change_frame(m, n);
}

// --- Functions that depend on the order ---

static const struct {
    const char *name, *now, *words;
} ranks[] = {
    {"ROW_NUMBER", "RANK", "equals shared a place (RANK)"},
    {"ROW_NUMBER", "DENSE_RANK", "equals shared a place and none were skipped (DENSE_RANK)"},
    {"RANK", "DENSE_RANK", "no place were skipped behind equals (DENSE_RANK)"},
    {"RANK", "ROW_NUMBER", "equals got places of their own (ROW_NUMBER)"},
    {"DENSE_RANK", "RANK", "places were skipped behind equals (RANK)"},
    {"DENSE_RANK", "ROW_NUMBER", "equals got places of their own (ROW_NUMBER)"},
    {"LAG", "LEAD", "it looked at the next row and not at the one before"},
    {"LEAD", "LAG", "it looked at the row before and not at the next one"},
    {"FIRST_VALUE", "LAST_VALUE", "it took the last and not the first"},
    {"LAST_VALUE", "FIRST_VALUE", "it took the first and not the last"},
    {"MAX_BY", "MIN_BY", "it took the smallest and not the largest"},
    {"MIN_BY", "MAX_BY", "it took the largest and not the smallest"},
};

static void find_rank(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_CALL || n->child[CALL_SCHEMA]) return;
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (!str_eq_nocase(n->text, str_from(ranks[i].name))) continue;
        mutant_edit(m, (MutantEdit){n->at, n->at + n->text.len, str_from(ranks[i].now)},
                    str_from(ranks[i].words));
    }
}

// --- Directions and tie-breaks ---

// Whether this ORDER BY decides what the query gives.
static bool is_felt(const Mutator *m, const SqlNode *order)
{
    const SqlNode *p = mutator_parent(m, order);
    if (!p || p->kind == NODE_WINDOW || p->kind == NODE_CALL) return p;
    if (p->kind != NODE_QUERY) return false;
    const SqlNode *above = mutator_parent(m, p);
    bool top = !above || above->kind == NODE_SCRIPT;
    const SqlNode *select = p->child[QUERY_BODY];
    bool first = select && select->kind == NODE_SELECT &&
                 (select->child[SELECT_TOP] || select->child[SELECT_ON]);
    return p->child[QUERY_LIMIT] || first || (top && m->ordered);
}

static void find_direction(Mutator *m, const SqlNode *n)
{
    const SqlNode *order = n->kind == NODE_ORDER_ITEM ? mutator_parent(m, n) : NULL;
    if (!order || order->kind != NODE_ORDER_BY || !is_felt(m, order)) return;
    Str key = mutator_words(m, n->child[ONLY]);
    size_t at = n->child[ONLY]->end, end = at;
    const Token *word = mutator_first(m, at);
    if (n->flags & (FLAG_DESC | FLAG_ASC)) end = token_end(word);
    bool down = n->flags & FLAG_DESC;
    mutant_edit(
        m, (MutantEdit){at, end, down ? S("") : S(" DESC")},
        str_fmt(m->arena, STR_FMT " were sorted %s", STR_ARG(key), down ? "upwards" : "downwards"));
}

static void find_tie_break(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_ORDER_BY || n->count < 2 || !is_felt(m, n)) return;
    for (uint32_t i = 0; i < n->count; i++) {
        size_t at = i ? n->child[i - 1]->end : n->child[0]->at;
        size_t end = i ? n->child[i]->end : n->child[1]->at;
        Str key = mutator_words(m, n->child[i]->child[ONLY]);
        mutant_edit(m, (MutantEdit){at, end, {0}},
                    str_fmt(m->arena, "it were not sorted by " STR_FMT, STR_ARG(key)));
    }
}

// --- LIMIT ---

static void shift_count(Mutator *m, const SqlNode *n, const char *what)
{
    int64_t v;
    if (!n || n->kind != NODE_NUMBER || !str_to_i64(n->text, &v)) return;
    for (int way = 1; way >= -1; way -= 2) {
        if (v + way < 0) continue;
        Str with = str_fmt(m->arena, "%lld", (long long)v + way);
        mutant_edit(m, (MutantEdit){n->at, n->end, with},
                    str_fmt(m->arena, "%s {was} were {now}", what));
    }
}

static void find_limit(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_LIMIT) return;
    shift_count(m, n->child[LIMIT_COUNT], "LIMIT");
    shift_count(m, n->child[LIMIT_OFFSET], "OFFSET");
    const SqlNode *p = mutator_parent(m, n), *above = p ? mutator_parent(m, p) : NULL;
    bool needed = above && (above->kind == NODE_SUBQUERY || above->kind == NODE_EXISTS);
    if (!needed && mutator_is_role(m, n, NODE_QUERY, QUERY_LIMIT)) {
        mutant_edit(m, (MutantEdit){n->at, n->end, {0}}, S("{was} were missing"));
    }
}

const Mutation MUTATIONS_ORDER[] = {
    {"window", "the window were another", find_window},
    {"rank", "{was} were {now}", find_rank},
    {"direction", "it were sorted the other way", find_direction},
    {"tie-break", "a key of the order were missing", find_tie_break},
    {"limit", "{was} were {now}", find_limit},
};
const size_t MUTATIONS_ORDER_LEN = sizeof MUTATIONS_ORDER / sizeof *MUTATIONS_ORDER;
