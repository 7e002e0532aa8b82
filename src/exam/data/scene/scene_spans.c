// scene_spans: from and to: spans that touch, overlap, hold each other, or lie apart.
#include "exam/data/literals/literals.h"
#include "exam/data/scene/scene.h"

enum { HOLDS_STEPS = 4 };

// Where the next one begins and ends, as one of the ways in which two of them can lie.
static void place_next(Scene *s, size_t i, int64_t step, int64_t length, int64_t far)
{
    int64_t from = s->starts[i - 1], to = s->ends[i - 1], inside = (to - from) / 4;
    bool held = i > 1 && to < s->ends[i - 2]; // then one may come that only the longer one meets
    switch (held && rng_below(&s->rng, 3) ? 1 : rng_below(&s->rng, 9)) {
    case 0: // they touch
        from = to;
        break;
    case 1:
        from = to + step;
        break;
    case 2:
        from = to - step;
        break;
    case 3: // within: the one before is long enough to hold it, and more
    case 4:
    case 8:
        if (to - from < HOLDS_STEPS * step) s->ends[i - 1] = from + HOLDS_STEPS * step;
        from += inside > step ? inside : step;
        length = inside;
        break;
    case 5: // both begin at once
        break;
    case 6:
        from += inside > step ? inside : step;
        break;
    default:
        from += far;
    }
    s->starts[i] = from;
    s->ends[i] = from + length;
}

// As long as the query's span, a part of it, or a little beside; where it rounds, by a part of the
// unit.
static int64_t length_of(Scene *s, const Literals *l, int64_t span, int64_t step)
{
    static const int64_t beside[] = {0, 0, 1, -1};
    static const int64_t parts[] = {0, 1, -1, 1 - MINUTE_S, 1 - MINUTE_S, MINUTE_S / 2};
    bool rounds = l->averages && step == 1;
    int64_t length = span / rng_between(&s->rng, 1, rounds ? 3 : 2);
    size_t n = rounds ? sizeof parts / sizeof *parts : sizeof beside / sizeof *beside;
    int64_t more = (rounds ? parts : beside)[rng_below(&s->rng, n)] * step;
    return length + more < 0 ? length : length + more;
}

void scene_place_spans(Scene *s, Drawing *d)
{
    int64_t at, span, step = d->column->type == TYPE_DATE ? DAY_S : 1;
    direct_moment(d, &at, &span);
    if (d->column->type == TYPE_INTEGER) {
        double v;
        const Literal *l = direct_draw(d, direct_is_number);
        span = l && direct_number_of(l, &v) && v >= 2 && v < 1000 ? (int64_t)v : 4;
        if (!str_to_i64(d->column->min, &at)) at = 1;
    }
    const int64_t far = direct_is_clock(d->column) ? (span > DAY_S ? span : DAY_S) : 10;
    int64_t lengths[2];
    for (size_t i = 0; i < 2; i++) lengths[i] = length_of(s, d->literals, span, step);
    bool alike = rng_below(&s->rng, 2);
    s->starts[0] = at;
    s->ends[0] = at + lengths[0];
    for (size_t i = 1; i < VALUES_MOST; i++) {
        place_next(s, i, step, lengths[alike ? 0 : rng_below(&s->rng, 2)], far);
    }
}
// Rooms, addresses, machines: the same for some that follow each other, then another one.
static bool put_places(Drawing *d, Scene *s)
{
    bool number = d->column->type == TYPE_INTEGER;
    bool name = number ? !d->column->min.len && !d->column->max.len : d->column->type == TYPE_TEXT;
    if (!name || d->key || rng_below(&d->rng, 2)) return false;
    size_t block = rng_below(&d->rng, 3) ? 2 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        size_t n = 1 + i / block % 2;
        scene_put_raw(d, str_fmt(d->arena, number ? "%zu" : "t%zu", n));
    }
    return true;
}

bool scene_spans(Drawing *d, Scene *s, size_t column)
{
    if (column == s->from) return scene_put_moments(d, s->starts, s->rows);
    if (column == s->to) return scene_put_moments(d, s->ends, s->rows);
    const TableSpec *t = &d->w->tables[s->table];
    if (!direct_is_free(t, d->column)) return false;
    if (column == s->thing) return scene_put_thing(d, s);
    return literals_name(d->literals, d->column->name) && put_places(d, s);
}
