// columns: which column of an answer stands for which column of the reference.
#include "query/private.h"

// --- By name, by position ---

static Str names_of(Arena *a, const Table *t)
{
    StrList names = {arena_array(a, Str, t->width), t->width};
    for (size_t i = 0; i < t->width; i++) names.at[i] = t->columns[i].name;
    return str_join(a, names, S(", "));
}

// Equal multisets of names: the k-th of a name stands for the k-th. *odd gets the first expected
// column that has no partner.
static bool assign_by_name(Arena *a, const Table *expected, const Table *actual, size_t *column_of,
                           size_t *odd)
{
    bool *taken = arena_array(a, bool, actual->width);
    for (size_t i = 0; i < expected->width; i++) {
        size_t j = 0;
        while (j < actual->width &&
               (taken[j] || !str_eq_nocase(expected->columns[i].name, actual->columns[j].name))) {
            j++;
        }
        *odd = i;
        if (j == actual->width) return false;
        taken[j] = true;
        column_of[i] = j;
    }
    return true;
}

static Str other_width(Arena *a, const Table *expected, const Table *actual)
{
    Str asked = names_of(a, expected), got = names_of(a, actual);
    return str_fmt(a,
                   "Your result has %zu column%s (" STR_FMT "); %zu were asked for (" STR_FMT ").",
                   actual->width, actual->width == 1 ? "" : "s", STR_ARG(got), expected->width,
                   STR_ARG(asked));
}

Assignment columns_assign(Arena *a, const Table *expected, const Table *actual, ColumnRule rule)
{
    Assignment out = {0};
    if (expected->width != actual->width) {
        out.why = other_width(a, expected, actual);
        return out;
    }
    size_t *column_of = arena_array(a, size_t, expected->width);
    size_t odd = 0;
    out.by_name =
        rule != COLUMNS_BY_POSITION && assign_by_name(a, expected, actual, column_of, &odd);
    if (rule == COLUMNS_BY_NAME && !out.by_name) {
        Str got = names_of(a, actual);
        out.why = str_fmt(a, "A column named " STR_FMT " was asked for; yours are " STR_FMT ".",
                          STR_ARG(expected->columns[odd].name), STR_ARG(got));
        return out;
    }
    for (size_t i = 0; i < expected->width && !out.by_name; i++) column_of[i] = i;
    out.column_of = column_of;
    return out;
}

// --- By content ---

enum { PERMUTE_WIDTH = 12, PERMUTE_ROWS = 20000, PERMUTE_TRIES = 200 };

typedef struct {
    Arena *arena;
    const Table *expected, *actual;
    double tolerance;
    bool *fits;    // width * width: the two columns hold the same multiset
    bool *taken;   // actual columns in use
    size_t *now;   // the assignment being built
    size_t *first; // the first that held
    bool found, ambiguous;
    int tries; // left
} Search;

static bool holds(Search *s, const bool *skip)
{
    ArenaMark mark = arena_mark(s->arena);
    RowMatch m = {s->expected, s->actual, s->now, skip, s->tolerance};
    Unmatched u = rows_unmatched(s->arena, &m);
    bool all = u.missing_len == 0 && u.extra_len == 0;
    arena_rewind(s->arena, mark);
    return all;
}

static void find_fitting(Search *s)
{
    size_t w = s->expected->width;
    bool *skip = arena_array(s->arena, bool, w);
    for (size_t i = 0; i < w; i++) skip[i] = true;
    for (size_t i = 0; i < w; i++) {
        skip[i] = false;
        for (size_t j = 0; j < w; j++) {
            s->now[i] = j;
            s->fits[i * w + j] = holds(s, skip);
        }
        skip[i] = true;
    }
}

static bool is_same_column(const Search *s, size_t x, size_t y)
{
    for (size_t r = 0; x != y && r < s->actual->rows; r++) {
        if (!cell_close(table_at(s->actual, r, x), table_at(s->actual, r, y), s->tolerance)) {
            return false;
        }
    }
    return true;
}

// A second assignment that only swaps columns of equal content is the same one.
static void note(Search *s)
{
    size_t w = s->expected->width;
    s->tries--;
    if (!holds(s, NULL)) return;
    for (size_t i = 0; i < w; i++) {
        if (!s->found) s->first[i] = s->now[i];
        if (s->found && !is_same_column(s, s->first[i], s->now[i])) s->ambiguous = true;
    }
    s->found = true;
}

static void search(Search *s, size_t i)
{
    size_t w = s->expected->width;
    if (i == w) {
        note(s);
        return;
    }
    for (size_t j = 0; j < w && s->tries > 0 && !s->ambiguous; j++) {
        if (s->taken[j] || !s->fits[i * w + j]) continue;
        s->taken[j] = true;
        s->now[i] = j;
        search(s, i + 1);
        s->taken[j] = false;
    }
}

bool columns_permute(Arena *a, const Table *expected, const Table *actual, double tolerance,
                     size_t *column_of)
{
    size_t w = expected->width;
    if (w < 2 || w > PERMUTE_WIDTH || expected->rows != actual->rows ||
        expected->rows > PERMUTE_ROWS) {
        return false;
    }
    Search s = {.arena = a,
                .expected = expected,
                .actual = actual,
                .tolerance = tolerance,
                .fits = arena_array(a, bool, w *w),
                .taken = arena_array(a, bool, w),
                .now = arena_array(a, size_t, w),
                .first = arena_array(a, size_t, w),
                .tries = PERMUTE_TRIES};
    find_fitting(&s);
    search(&s, 0);
    if (!s.found || s.ambiguous || s.tries <= 0) return false;
    for (size_t i = 0; i < w; i++) column_of[i] = s.first[i];
    return true;
}
