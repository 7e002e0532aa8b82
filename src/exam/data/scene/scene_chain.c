// scene_chain: where one row ends the next one begins: a way of several steps, at times with a fork
// or back to where it began.
#include "exam/data/literals/literals.h"
#include "exam/data/scene/scene.h"

// What the query asks of the column by =; "" = nothing.
static Str asked_place(const Drawing *d, const ColumnSpec *c)
{
    for (size_t i = 0; i < d->literals->len; i++) {
        const Literal *l = &d->literals->at[i];
        if (direct_asks_for(l, c) && l->string == (c->type == TYPE_TEXT)) return l->text;
    }
    return (Str){0};
}

// The first place is the one that the query asks of where rows begin, x = 'OSL', the last one what
// it asks of where they end; those between follow the first one in the order of texts.
static Str place_name(Drawing *d, const Scene *s, size_t n, size_t most)
{
    const TableSpec *t = &d->w->tables[s->table];
    Str first = asked_place(d, &t->columns[s->from]), last = asked_place(d, &t->columns[s->to]);
    bool text = d->column->type == TYPE_TEXT;
    if (n == 0 && first.len) return first;
    if (n == 0 && last.len && rng_at(s->rng.seed, SCENE_STREAM, 7) % 2) return last;
    if (n == most && last.len && !str_eq(first, last)) return last;
    if (text && first.len) return str_fmt(d->arena, STR_FMT "%zu", STR_ARG(first), n);
    return str_fmt(d->arena, text ? "t%zu" : "%zu", n + 1);
}

// Two ways to the same place, from which two lead on: 0-1-3, 0-2-3, 3-4-6, 3-5-6 …
static size_t diamond(size_t row, bool to)
{
    static const uint8_t ends[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
    return row / 4 * 3 + ends[row % 4][to];
}

// Pairs of places that lead to each other: of 3 to 5 places, each pair once, both ways.
static size_t mirrored(const Scene *s, size_t row, bool to)
{
    size_t places = 3 + rng_at(s->rng.seed, SCENE_STREAM, 8) % 3, pairs = places * (places - 1) / 2;
    size_t pair = (row / 2 + rng_at(s->rng.seed, SCENE_STREAM, 9)) % pairs;
    // Steps through the pairs in an order of their own: 7 and 11 share no factor with 3, 6 and 10.
    pair = pair * (rng_at(s->rng.seed, SCENE_STREAM, 10) % 2 ? 7 : 11) % pairs;
    size_t x = 0;
    while (pair >= places - 1 - x) pair -= places - 1 - x++;
    return to == (row % 2 == 0) ? x + 1 + pair : x;
}

typedef enum { WAY_PLAIN, WAY_FORK, WAY_RING, WAY_SHORT, WAY_DIAMOND, WAY_MIRROR } Way;
enum { WAYS = WAY_MIRROR + 1 };

// Row i leads from place i to place i + 1; a fork leads from an earlier place to one of its own, a
// ring back to the first, a short way at once to where the long one leads.
static size_t place_at(const Scene *s, Way way, size_t row, bool to)
{
    size_t turn = 1 + rng_at(s->rng.seed, SCENE_STREAM, 11) % s->rows;
    switch (way) {
    case WAY_FORK:
        return row == turn && !to ? turn - 1 : row + to;
    case WAY_RING:
        return row == turn && to ? 0 : row + to;
    case WAY_SHORT:
        return row + 1 == s->rows ? (to ? row : 0) : row + to;
    case WAY_DIAMOND:
        return diamond(row, to);
    case WAY_MIRROR:
        return mirrored(s, row, to);
    case WAY_PLAIN:
        break;
    }
    return row + to;
}

// The rows stand in this order or the other way round.
bool scene_chain(Drawing *d, Scene *s, size_t column)
{
    uint64_t random = rng_at(s->rng.seed, SCENE_STREAM, 4);
    Way way = (Way)(random % WAYS);
    bool backward = random / WAYS % 2;
    size_t last = 0;
    if (column != s->from && column != s->to) return false;
    for (size_t i = 0; i < s->rows; i++) {
        size_t to = place_at(s, way, i, true);
        last = to > last ? to : last;
    }
    for (size_t k = 0; k < s->rows; k++) {
        size_t i = backward ? s->rows - 1 - k : k, at = place_at(s, way, i, column == s->to);
        scene_put_raw(d, place_name(d, s, at, last));
    }
    return true;
}
