// term_fake: a terminal for tests: keys from a queue, the frame in memory.
#include "base/check.h"
#include "base/utf8.h"
#include "tui/term_impl.h"
#include <poll.h>

typedef struct {
    Term term; // first: a Term is a Fake
    Arena *arena;
    VEC(Key) keys;
    size_t at;
    Str copied;
    int suspended;
} Fake;

static void on_close(Term *t)
{
    (void)t;
}

static void on_show(Term *t, const Grid *was, const Grid *now, bool whole)
{
    (void)t;
    grid_check(now);
    if (whole) return;
    GridRun run = {0};
    while (grid_change(was, now, &run)) CHECK(run.cells > 0);
}

// Jobs are real also where the terminal is not.
static void watch(TermWatch *fds, size_t count, int timeout_ms)
{
    enum { WATCHES = 16 };
    struct pollfd p[WATCHES];
    CHECK(count <= WATCHES);
    for (size_t i = 0; i < count; i++) p[i] = (struct pollfd){.fd = fds[i].fd, .events = POLLIN};
    if (poll(p, count, timeout_ms) <= 0) return;
    for (size_t i = 0; i < count; i++) fds[i].ready = p[i].revents != 0;
}

static Key on_poll(Term *t, TermWatch *fds, size_t count, int timeout_ms)
{
    Fake *f = (Fake *)t;
    if (f->at == f->keys.len) {
        if (count > 0) watch(fds, count, timeout_ms);
        return (Key){.code = count > 0 || timeout_ms >= 0 ? KC_NONE : KC_GONE};
    }
    Key k = f->keys.at[f->at++];
    if (k.code == KC_RESIZE) term_sized(t, k.row, k.col);
    return k;
}

static void on_restyle(Term *t)
{
    (void)t;
}

static void on_copy(Term *t, Str text)
{
    Fake *f = (Fake *)t;
    f->copied = str_copy(f->arena, text);
}

static void on_suspend(Term *t)
{
    ((Fake *)t)->suspended++;
}

static const TermOps fake_ops = {
    .close = on_close,
    .show = on_show,
    .poll = on_poll,
    .restyle = on_restyle,
    .copy = on_copy,
    .suspend = on_suspend,
    .resume = on_restyle,
};

Term *term_fake(Arena *a, int rows, int cols)
{
    Fake *f = arena_new(a, Fake);
    *f = (Fake){.term = {.ops = &fake_ops, .theme = theme_default(), .mouse = true}, .arena = a};
    term_sized(&f->term, rows, cols);
    return &f->term;
}

void term_fake_push(Term *t, Key k)
{
    Fake *f = (Fake *)t;
    *vec_push(f->arena, &f->keys) = k;
}

void term_fake_type(Term *t, Str text)
{
    for (size_t at = 0, n; at < text.len; at += n) {
        uint32_t ch = utf8_decode(text, at, &n);
        term_fake_push(t, ch == '\n' ? (Key){.code = KC_ENTER} : (Key){.code = KC_CHAR, .ch = ch});
    }
}

void term_fake_keys(Term *t, Str names)
{
    for (Str name, rest = names; rest.len > 0;) {
        Key k;
        str_cut(rest, ' ', &name, &rest);
        CHECK(key_parse(name, &k));
        term_fake_push(t, k);
    }
}

void term_fake_resize(Term *t, int rows, int cols)
{
    term_fake_push(t, (Key){.code = KC_RESIZE, .row = rows, .col = cols});
}

const Grid *term_fake_shown(const Term *t)
{
    return &t->shown;
}

Str term_fake_copied(const Term *t)
{
    return ((const Fake *)t)->copied;
}

int term_fake_suspended(const Term *t)
{
    return ((const Fake *)t)->suspended;
}
