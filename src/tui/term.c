// term: frames, and the way to whichever terminal there is.
#include "tui/term_impl.h"

void term_sized(Term *t, int rows, int cols)
{
    arena_free(&t->frames);
    t->next = grid_new(&t->frames, rows, cols);
    t->shown = grid_new(&t->frames, rows, cols);
    t->whole = true;
}

void term_close(Term *t)
{
    if (!t) return;
    arena_free(&t->frames);
    t->ops->close(t);
}

Grid *term_grid(Term *t)
{
    grid_clear(&t->next);
    return &t->next;
}

void term_show(Term *t)
{
    if (t->gone) return;
    t->ops->show(t, &t->shown, &t->next, t->whole);
    t->whole = false;
    Grid was = t->shown;
    t->shown = t->next;
    t->next = was;
}

Key term_poll(Term *t, TermWatch *fds, size_t count, int timeout_ms)
{
    for (size_t i = 0; i < count; i++) fds[i].ready = false;
    Key k = {.code = KC_GONE};
    if (!t->gone) k = t->ops->poll(t, fds, count, timeout_ms);
    if (k.code == KC_GONE) t->gone = true;
    return k;
}

void term_set_theme(Term *t, const Theme *theme)
{
    t->theme = theme;
    t->whole = true;
    t->ops->restyle(t);
}

void term_set_mouse(Term *t, bool on)
{
    t->mouse = on;
    t->ops->restyle(t);
}

bool term_has_mouse(const Term *t)
{
    return t->mouse;
}

void term_copy(Term *t, Str text)
{
    if (text.len > 0 && !t->gone) t->ops->copy(t, text);
}

void term_suspend(Term *t)
{
    t->ops->suspend(t);
}

void term_resume(Term *t)
{
    t->ops->resume(t);
    t->whole = true;
}
