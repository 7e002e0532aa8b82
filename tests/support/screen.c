// screen: saved screens of the tests.
#include "screen.h"
#include "base/file.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static Str saved_form(Arena *a, const Grid *g)
{
    return str_fmt(a, STR_FMT "---\n" STR_FMT, STR_ARG(grid_dump(a, g)),
                   STR_ARG(grid_dump_roles(a, g)));
}

// The number of the first line that differs, and what stands there.
static int first_difference(Str a, Str b, Str *line_a, Str *line_b)
{
    for (int n = 1;; n++) {
        bool more_a = str_line(&a, line_a), more_b = str_line(&b, line_b);
        if (!more_a) *line_a = (Str){0};
        if (!more_b) *line_b = (Str){0};
        if (!str_eq(*line_a, *line_b) || (!more_a && !more_b)) return n;
    }
}

void screen_check(const Grid *g, const char *name)
{
    enum { SAVED_MAX = 1 << 20 };
    Arena a = {0};
    Error err = {0};
    Str is = saved_form(&a, g), was = {0};
    Str path = str_fmt(&a, "%s/tests/screens/%s.screen", SOURCE_DIR, name);
    grid_check(g);
    if (getenv("BLESS")) {
        ck_assert_msg(file_write_atomic(path, is, &err), "%s", err.text);
        arena_free(&a);
        return;
    }
    if (!file_read(&a, path, SAVED_MAX, &was, &err)) fprintf(stderr, "%s\n", err.text);
    if (!str_eq(is, was)) {
        Str want, got;
        int line = first_difference(was, is, &want, &got);
        ck_abort_msg("%s:%d: want <" STR_FMT ">\n%s:%d: got  <" STR_FMT ">\nThe screen is now:\n%s",
                     path.ptr, line, STR_ARG(want), path.ptr, line, STR_ARG(got), is.ptr);
    }
    arena_free(&a);
}
