// columns: whose column is whose, where an answer gives its columns other names.
#include "exam/check/check.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { SETTLE_CASES = 16 }; // at most so many, the largest first

static bool same_names(const Table *x, const Table *y)
{
    Arena scratch = {0};
    bool *taken = arena_array(&scratch, bool, y->width), same = x->width == y->width;
    for (size_t i = 0; i < x->width && same; i++) {
        same = false;
        for (size_t j = 0; j < y->width && !same; j++) {
            if (taken[j] || !str_eq_nocase(x->columns[i].name, y->columns[j].name)) continue;
            same = taken[j] = true;
        }
    }
    arena_free(&scratch);
    return same;
}

static bool is_identity(const size_t *column_of, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (column_of[i] != i) return false;
    }
    return true;
}

static void note_columns(Check *c, const Table *expected)
{
    StrList names = {arena_array(c->a, Str, expected->width), expected->width};
    for (size_t i = 0; i < expected->width; i++) names.at[i] = expected->columns[i].name;
    check_note(
        c, S("exam/columns"),
        str_fmt(c->a,
                "Your columns were recognised by what they hold; name and order them as asked "
                "for: " STR_FMT ".",
                STR_ARG(str_join(c->a, names, S(", ")))));
}

// Takes over the assignment under which `actual` agrees on this database, if there is one.
static bool settle_on(Check *c, const Case *k, const Table *actual)
{
    size_t width = k->expected.width;
    if (actual->width != width || same_names(&k->expected, actual)) return true;
    if (!k->expected.rows) return false;
    Arena scratch = {0};
    Comparison d = run_compare(&c->x, &scratch, &k->expected, actual);
    bool settled = d.kind == COMPARE_SAME;
    if (settled) {
        size_t *column_of = arena_array(&c->scratch, size_t, width);
        for (size_t i = 0; i < width; i++) column_of[i] = d.column_of[i];
        c->x.column_of = column_of;
        if (!is_identity(column_of, width)) note_columns(c, &k->expected);
    }
    arena_free(&scratch);
    return settled;
}

static bool settle_with(Check *c, const Case *k, bool *settled, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_TINY}, &r, err);
    if (ok) *settled = r.error.kind != ERROR_NONE || settle_on(c, k, &r.table);
    arena_free(&scratch);
    return ok;
}

// An answer with other names is read by one assignment of its columns, the same on all databases.
// Large databases tell it: on small ones too many fit. `actual`: on the sample, or NULL.
bool check_columns(Check *c, const Table *actual, Error *err)
{
    Paper *s = c->paper;
    bool settled = s->spec->rule.columns != COLUMNS_BY_NAME_OR_POSITION;
    if (!settled && actual) settled = settle_on(c, &s->sample, actual);
    for (size_t i = 0; i < SETTLE_CASES && i < s->planned && !settled; i++) {
        Case *k = &s->cases[s->planned - 1 - i];
        if (!case_make(&c->x, s, k, err)) return false;
        if (k->state == CASE_READY && !settle_with(c, k, &settled, err)) return false;
    }
    return true;
}
