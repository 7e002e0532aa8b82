// chase_slip: the one place where a database is not as its query asks for it: NULL, another value,
// or the far side of a constant.
#include "exam/data/chase/chase.h"

// Whether the query says what its NULL stands for.
static bool cares_for_null(const Chase *c, const SqlNode *n)
{
    static const Str defaults[] = {STR_LIT("coalesce"), STR_LIT("ifnull"), STR_LIT("nvl"),
                                   STR_LIT("nullif")};
    const SqlNode *around = c->tree->parent[n->id];
    bool cares = around && around->kind == NODE_IS;
    for (size_t i = 0; around && around->kind == NODE_CALL && i < 4; i++)
        cares |= str_eq_nocase(around->text, defaults[i]);
    return cares;
}

// How much depends on a column: it is compared with something, or the query cares for its NULL.
static uint64_t weight_of(Chase *c, const SqlNode *n, size_t slot)
{
    size_t class = chase_class(c, slot);
    uint64_t weight = 1;
    if (cares_for_null(c, n)) return 8;
    for (size_t i = 0; i < c->wants.len; i++) {
        if (chase_class(c, c->wants.at[i].slot) == class) weight = 3;
    }
    for (size_t i = 0; i < c->pairs.len; i++) {
        const Pair *p = &c->pairs.at[i];
        if (chase_class(c, p->slot) == class || chase_class(c, p->other) == class) weight = 3;
    }
    return weight;
}

static bool draw_slot(Chase *c, ChaseSlip *out)
{
    uint64_t seen = 0;
    bool cares = false;
    c->context = c->stands.at[rng_below(&c->rng, c->stands.len)].context;
    for (uint32_t i = 0; i < c->tree->script.nodes; i++) {
        const SqlNode *n = c->tree->nodes[i];
        size_t slot = n && n->kind == NODE_COLUMN ? chase_slot(c, n).slot : CHASE_NOWHERE;
        if (slot == CHASE_NOWHERE) continue;
        uint64_t weight = weight_of(c, n, slot);
        seen += weight;
        if (rng_below(&c->rng, seen) >= weight) continue;
        out->slot = slot;
        cares = cares_for_null(c, n);
    }
    if (!seen) return false;
    const ColumnSpec *column = chase_column(c, out->slot);
    out->null = !column->not_null && !column->primary_key && rng_below(&c->rng, cares ? 6 : 2);
    return true;
}

// Of three databases two have one slip; in others each copy but the first has some.
ChaseSlip chase_slip(Chase *c, size_t copies)
{
    ChaseSlip s = {.copy = rng_below(&c->rng, copies)};
    s.on = rng_below(&c->rng, 3) && draw_slot(c, &s);
    s.class = rng_below(&c->rng, 3);
    return s;
}
