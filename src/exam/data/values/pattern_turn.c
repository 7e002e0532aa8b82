// pattern_turn: a pattern with its parts in another order: '%special%requests%' the other way
// round.
//
// Whoever asks for each part by itself takes such texts too.
#include "exam/data/values/pattern.h"

typedef struct {
    int at[PARTS_MOST];
    int count;
} Row;

// What stands between two parts: anything, as often as it likes.
static bool is_gap(const Tree *t, int part)
{
    const Part *p = &t->parts[part];
    if (p->kind != PART_REPEAT || p->most != WITHOUT_END) return false;
    const Part *child = &t->parts[p->first];
    return child->kind == PART_SET && child->open;
}

static bool is_mark(const Tree *t, int part)
{
    PartKind kind = t->parts[part].kind;
    return kind == PART_START || kind == PART_END || kind == PART_EDGE;
}

static Row row_of(const Tree *t, int parent)
{
    Row r = {.count = 0};
    for (int c = t->parts[parent].first; c != NONE; c = t->parts[c].next) r.at[r.count++] = c;
    return r;
}

// From `from` on the first child that is neither a gap nor a mark, and behind it the next that is.
static bool next_run(const Tree *t, const Row *r, int from, int *start, int *end)
{
    while (from < r->count && (is_gap(t, r->at[from]) || is_mark(t, r->at[from]))) from++;
    *start = from;
    while (from < r->count && !is_gap(t, r->at[from]) && !is_mark(t, r->at[from])) from++;
    *end = from;
    return *start < *end;
}

static void move(const Row *from, int start, int end, Row *to)
{
    for (int i = start; i < end; i++) to->at[to->count++] = from->at[i];
}

bool pattern_turn(Tree *t)
{
    int parent = t->root, a, a_end, b, b_end;
    bool only = t->parts[parent].kind == PART_CHOICE && t->parts[parent].first != NONE &&
                t->parts[t->parts[parent].first].next == NONE;
    if (only) parent = t->parts[parent].first;
    if (t->parts[parent].kind != PART_ROW) return false;
    Row r = row_of(t, parent), turned = {.count = 0};
    if (!next_run(t, &r, 0, &a, &a_end) || !next_run(t, &r, a_end, &b, &b_end)) return false;
    move(&r, 0, a, &turned);
    move(&r, b, b_end, &turned);
    move(&r, a_end, b, &turned);
    move(&r, a, a_end, &turned);
    move(&r, b_end, r.count, &turned);
    int *link = &t->parts[parent].first;
    for (int i = 0; i < turned.count; i++) {
        *link = turned.at[i];
        link = &t->parts[turned.at[i]].next;
    }
    *link = NONE;
    return true;
}
