// editor_find: a line under the text that looks for what is typed into it, no case.
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"

void editor_find_open(Editor *e)
{
    e->find = (EditorFind){.open = true, .origin = editor_low(e)};
    if (editor_has_selection(e)) input_set(&e->find.input, editor_selected(e));
}

static bool is_at(Str text, size_t at, Str what)
{
    return at + what.len <= text.len && str_eq_nocase(str_slice(text, at, at + what.len), what);
}

// The next place from `from` on (or the last one before it), around the end of the text.
static bool find(const Editor *e, size_t from, bool back, size_t *at)
{
    Str text = editor_text(e), what = input_text(&e->find.input);
    if (what.len == 0 || what.len > text.len) return false;
    size_t places = text.len - what.len + 1;
    for (size_t n = 0; n < places; n++) {
        size_t i = back ? (from + 2 * places - 1 - n) % places : (from + n) % places;
        if (!is_at(text, i, what)) continue;
        *at = i;
        return true;
    }
    return false;
}

static void show(Editor *e, size_t from, bool back)
{
    size_t at, len = input_text(&e->find.input).len;
    if (!find(e, from, back, &at)) return;
    editor_move(e, at, false);
    editor_move(e, at + len, true);
}

Reply editor_find_key(Editor *e, Key k)
{
    size_t here = editor_low(e);
    bool next = k.code == KC_ENTER || k.code == KC_DOWN || key_is_ctrl(k, 'f');
    if (next && !(k.mods & (MOD_SHIFT | MOD_ALT))) {
        show(e, here + 1, false);
    } else if (k.code == KC_UP || k.code == KC_ENTER) {
        size_t places = e->text.len + 1;
        show(e, here % places, true);
    } else if (k.code == KC_ESC || key_is_ctrl(k, 'c')) {
        e->find.open = false;
    } else {
        Reply r = input_key(&e->find.input, k);
        if (r == REPLY_CHANGED) show(e, e->find.origin, false);
        return r == REPLY_NO ? REPLY_NO : REPLY_YES;
    }
    return REPLY_YES;
}

// Which of how many the cursor stands on.
static void count(const Editor *e, size_t *which, size_t *all)
{
    Str text = editor_text(e), what = input_text(&e->find.input);
    *which = *all = 0;
    if (what.len == 0) return;
    for (size_t i = 0; i + what.len <= text.len;) {
        if (!is_at(text, i, what)) {
            i++;
            continue;
        }
        ++*all;
        if (i == editor_low(e)) *which = *all;
        i += what.len;
    }
}

void editor_find_draw(Editor *e, Grid *g, Rect row, bool focused)
{
    size_t which, all;
    count(e, &which, &all);
    ArenaMark m = arena_mark(g->scratch);
    Str found = S("");
    if (e->find.input.len > 0) {
        found = all ? str_fmt(g->scratch, "%zu of %zu", which, all) : S("not found");
    }
    grid_fill(g, row, ROLE_TEXT);
    grid_fit_right(g, rect_right(&row, utf8_width(found)), all ? ROLE_DIM : ROLE_WARN, found);
    rect_right(&row, 1);
    input_draw(&e->find.input, g, row, S("find: "), S("enter next   up previous   esc done"),
               focused);
    arena_rewind(g->scratch, m);
}
