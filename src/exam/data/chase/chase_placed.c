// chase_placed: values of which parts are asked for: SUBSTR(x, 1, 4) >= '2012', RIGHT(x, 2) = '06',
// MONTH(d) BETWEEN 4 AND 9. What stands between the parts is filled up. Where several things are
// asked of one part one of them is met just so; with a slip that one is just missed.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include <assert.h>
#include <string.h>

enum { DAY_S = 86400, DAY_OF_ANY_MONTH = 15 };

// Where a value lies beside the one that is named: 0 = it is met itself. A bound that is open lies
// outside, and to miss one that is closed is to go beyond it.
static int side_of(Chase *c, SqlOp op, bool slip)
{
    switch (op) {
    case OP_GT:
        return !slip;
    case OP_GE:
        return slip ? -1 : 0;
    case OP_LT:
        return slip ? 0 : -1;
    case OP_LE:
        return slip;
    case OP_NE:
        return slip ? 0 : 1;
    default:
        return !slip ? 0 : chase_one_in(c, 2) ? 1 : -1;
    }
}

// 0 = there is none within these bounds.
static int number_beside(Chase *c, const Want *w, bool slip, int least, int most)
{
    int64_t number = w->value.kind == VALUE_INTEGER ? w->value.integer : 0;
    if (w->value.kind == VALUE_TEXT && !str_to_i64(w->value.text, &number)) return 0;
    if (number < least || number > most) return 0;
    int n = (int)number + side_of(c, w->op, slip);
    return n < least || n > most ? 0 : n;
}

// --- Texts ---

// As long as the other one: '1989' for '1990', 'QY' for 'QX'.
static Str text_beside(Arena *a, Str text, int by)
{
    Str out = by ? chase_beyond(a, text, by > 0) : text;
    if (!by || !text.len || out.len == text.len) return out;
    char *at = arena_array(a, char, text.len);
    memcpy(at, text.ptr, text.len);
    char *last = &at[text.len - 1];
    if (*last + by >= ' ' && *last + by <= '~') *last = (char)(*last + by);
    return (Str){at, text.len};
}

static Str part_text(Chase *c, const Want *w, bool slip)
{
    Str text = w->value.text;
    if (w->op == OP_LIKE) return chase_like(c, w, slip, &text) ? text : (Str){0};
    if (w->value.kind == VALUE_INTEGER)
        text = str_fmt(c->arena, "%0*lld", w->length, (long long)w->value.integer);
    else if (w->value.kind != VALUE_TEXT)
        return (Str){0};
    return text_beside(c->arena, text, side_of(c, w->op, slip));
}

static const char ZEROS[] = "0000000000000000000000000000000000000000000000000000000000000000";
static_assert(sizeof ZEROS > CHASE_PLACED_MOST, "as many as fit");

typedef struct {
    char head[CHASE_PLACED_MOST];
    size_t len;
    bool ground; // something stood there before
    Str tail;
} Placing;

// Whether the part is a year, a month or a day of a date that is written out.
static bool is_of_date(const Want *w)
{
    static const int places[][2] = {{1, 4}, {6, 2}, {9, 2}, {1, 7}, {1, 10}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (w->from == places[i][0] && w->length == places[i][1]) return true;
    }
    return false;
}

// What is written over: a moment in clocks and where dates are taken apart, what the whole is to be
// like, else nothing.
static Str ground(Chase *c, const ColumnSpec *column, const Asked *k)
{
    bool date = k->part_count > 0;
    int year, month, day;
    Str whole;
    if (k->like_count && chase_alike(c, k, false, &whole))
        return str_slice(whole, 0, CHASE_PLACED_MOST);
    for (size_t i = 0; i < k->part_count; i++) date &= is_of_date(k->parts[i]);
    if (!date && !chase_is_clock(column)) return (Str){0};
    date_civil(c->w->today, &year, &month, &day);
    int64_t days = date_days(year, month, DAY_OF_ANY_MONTH);
    return column->type == TYPE_TIMESTAMP ? time_text(c->arena, days * DAY_S * 1000)
                                          : date_text(c->arena, days);
}

// From so many characters before the end on.
static void put_tail(Chase *c, Placing *p, size_t before, Str text)
{
    int spare = before > text.len && before < CHASE_PLACED_MOST ? (int)(before - text.len) : 0;
    text = str_fmt(c->arena, STR_FMT "%.*s", STR_ARG(text), spare, ZEROS);
    bool over = p->ground && text.len <= p->len;
    if (over)
        memcpy(p->head + p->len - text.len, text.ptr, text.len);
    else
        p->tail = text;
}

static void put_part(Chase *c, Placing *p, const Want *w, Str text)
{
    if (w->from < 0) {
        put_tail(c, p, (size_t)-w->from, text);
        return;
    }
    size_t from = (size_t)w->from - 1;
    if (!text.len || from + text.len > CHASE_PLACED_MOST) return;
    for (size_t i = p->len; i < from; i++) p->head[i] = '0';
    memcpy(p->head + from, text.ptr, text.len);
    if (from + text.len > p->len) p->len = from + text.len;
}

// With digits, as long as it is to be: they are what is left where others are taken out.
static void fill_up(Chase *c, Placing *p, const Want *w, bool slip)
{
    int length = number_beside(c, w, slip, 1, CHASE_PLACED_MOST - 1);
    for (int i = (int)p->len; i < length; i++) p->head[i] = (char)('0' + (i + 1) % 10);
    if ((int)p->len < length) p->len = (size_t)length;
}

Str chase_placed(Chase *c, const ColumnSpec *column, const Asked *k, bool slip)
{
    Placing p = {.len = 0};
    Str below = ground(c, column, k);
    size_t first = k->part_count ? rng_below(&c->rng, k->part_count) : 0;
    bool moved = slip && !below.len && chase_one_in(c, 3); // right, and one place too far on
    if (below.len) memcpy(p.head, below.ptr, below.len);
    p.len = below.len;
    p.ground = below.len > 0;
    for (size_t i = 0; i < k->part_count; i++) { // what comes last is as it is asked for
        Want w = *k->parts[(first + i) % k->part_count];
        bool last = i + 1 == k->part_count;
        if (moved && last && w.from > 0) w.from++;
        put_part(c, &p, &w, part_text(c, &w, slip && last && !moved));
    }
    if (k->measured) fill_up(c, &p, k->measured, slip && (!k->part_count || chase_one_in(c, 2)));
    bool open = !p.ground && !k->measured && rng_below(&c->rng, 2);
    Str head = {p.head, p.len};
    return str_fmt(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(head), open ? "0" : "", STR_ARG(p.tail));
}

// Where a pattern's text stands among others: what it begins with first, its end last.
static int rank_of(Str pattern)
{
    bool begins = !str_starts(pattern, S("%")), ends = !str_ends(pattern, S("%"));
    return begins ? 0 : ends ? 2 : 1;
}

bool chase_alike(Chase *c, const Asked *k, bool slip, Str *out)
{
    if (k->like_count == 1) return chase_like(c, k->likes[0], slip, out);
    size_t missed = slip ? rng_below(&c->rng, k->like_count) : k->like_count;
    *out = (Str){0};
    for (int rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < k->like_count; i++) {
            Str text;
            if (rank_of(k->likes[i]->value.text) != rank || i == missed) continue;
            if (!chase_like(c, k->likes[i], false, &text)) return false;
            *out = str_fmt(c->arena, STR_FMT STR_FMT, STR_ARG(*out), STR_ARG(text));
        }
    }
    return true;
}

// --- Moments ---

// The part as it is asked for; 0 = any.
static int part_of(Chase *c, const Asked *k, CalendarUnit unit, bool slip)
{
    static const int most[] = {[CALENDAR_YEAR] = 9999, [CALENDAR_MONTH] = 12, [CALENDAR_DAY] = 31};
    int found = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < k->moment_count; i++) {
        const Want *w = k->moments[i];
        int n = w->part == unit ? number_beside(c, w, slip, 1, most[unit]) : 0;
        if (n && rng_below(&c->rng, ++seen) == 0) found = n;
    }
    return found;
}

Value chase_with_parts(Chase *c, const ColumnSpec *column, const Asked *k, bool slip, Value v)
{
    int64_t seconds;
    int year, month, day;
    if (v.kind != VALUE_TEXT || !bounds_moment(v.text, &seconds)) seconds = c->w->today * DAY_S;
    date_civil(seconds / DAY_S, &year, &month, &day);
    size_t missed = slip ? rng_below(&c->rng, k->moment_count) : 0;
    CalendarUnit unit = k->moments[missed]->part;
    int parts[CALENDAR_DAY + 1] = {0};
    static const CalendarUnit units[] = {CALENDAR_YEAR, CALENDAR_MONTH, CALENDAR_DAY};
    for (size_t i = 0; i < 3; i++)
        parts[units[i]] = part_of(c, k, units[i], slip && units[i] == unit);
    if (parts[CALENDAR_YEAR]) year = parts[CALENDAR_YEAR];
    if (parts[CALENDAR_MONTH]) month = parts[CALENDAR_MONTH];
    if (parts[CALENDAR_DAY]) day = parts[CALENDAR_DAY];
    if (day > 28 && !parts[CALENDAR_DAY]) day = 28;
    int64_t days = date_days(year, month, day);
    return VALUE_STR(column->type == TYPE_TIMESTAMP
                         ? time_text(c->arena, (days * DAY_S + seconds % DAY_S) * 1000)
                         : date_text(c->arena, days));
}
