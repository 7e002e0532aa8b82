// input: one line, edited as readline does.
#include "tui/widgets/input.h"
#include "base/clean.h"
#include "base/utf8.h"
#include "tui/widgets/words.h"
#include <string.h>

Str input_text(const Input *in)
{
    return (Str){in->text, in->len};
}

static void replace(Input *in, size_t from, size_t to, Str with)
{
    if (in->len - (to - from) + with.len > INPUT_MAX) return;
    memmove(in->text + from + with.len, in->text + to, in->len - to);
    if (with.len) memcpy(in->text + from, with.ptr, with.len);
    in->len = in->len - (to - from) + with.len;
    in->at = cluster_snap(input_text(in), from + with.len);
}

static void insert(Input *in, Str raw)
{
    Arena scratch = {0};
    Str text = words_gate(&scratch, str_slice(raw, 0, INPUT_MAX));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') ((char *)text.ptr)[i] = ' '; // our own copy
    }
    // What does not fit is cut at a cluster.
    size_t room = INPUT_MAX - in->len;
    while (text.len > room) text.len = utf8_prev(text, text.len);
    replace(in, in->at, in->at, text);
    arena_free(&scratch);
}

void input_set(Input *in, Str text)
{
    in->len = in->at = in->back = 0;
    insert(in, text);
}

void input_remember(Input *in, Str text)
{
    if (!in->arena || text.len == 0) return;
    if (in->history.len && str_eq(in->history.at[in->history.len - 1], text)) return;
    *vec_push(in->arena, &in->history) = str_copy(in->arena, text);
}

static Reply recall(Input *in, size_t back)
{
    if (back > in->history.len) return REPLY_YES;
    input_set(in, back ? in->history.at[in->history.len - back] : (Str){0});
    in->back = back;
    return REPLY_CHANGED;
}

static Reply cut(Input *in, size_t from, size_t to)
{
    if (from == to) return REPLY_YES;
    in->yank_len = to - from;
    memcpy(in->yank, in->text + from, in->yank_len);
    replace(in, from, to, (Str){0});
    return REPLY_CHANGED;
}

static Reply drop(Input *in, size_t from, size_t to)
{
    if (from == to) return REPLY_YES;
    replace(in, from, to, (Str){0});
    return REPLY_CHANGED;
}

static Reply go(Input *in, size_t at)
{
    in->at = cluster_snap(input_text(in), at);
    return REPLY_YES;
}

static Reply on_ctrl(Input *in, uint32_t letter)
{
    Str s = input_text(in);
    switch (letter) {
    case 'a':
        return go(in, 0);
    case 'e':
        return go(in, in->len);
    case 'b':
        return go(in, utf8_prev(s, in->at));
    case 'f':
        return go(in, utf8_next(s, in->at));
    case 'd':
        return drop(in, in->at, utf8_next(s, in->at));
    case 'k':
        return cut(in, in->at, in->len);
    case 'u':
        return cut(in, 0, in->at);
    case 'w':
        return cut(in, word_blank_left(s, in->at), in->at);
    case 'y':
        insert(in, (Str){in->yank, in->yank_len});
        return REPLY_CHANGED;
    case 'j':
        return REPLY_CHOSEN;
    default:
        return REPLY_NO;
    }
}

static Reply on_alt(Input *in, Key k)
{
    Str s = input_text(in);
    if (k.code == KC_BACKSPACE) return cut(in, word_left(s, in->at), in->at);
    if (k.code != KC_CHAR) return REPLY_NO;
    if (k.ch == 'b') return go(in, word_left(s, in->at));
    if (k.ch == 'f') return go(in, word_right(s, in->at));
    if (k.ch == 'd') return cut(in, in->at, word_right(s, in->at));
    return REPLY_NO;
}

static Reply on_mouse(Input *in, Key k)
{
    if (k.mouse != MOUSE_PRESS || !rect_has(in->area, k.row, k.col)) return REPLY_NO;
    int cells = k.col - in->area.col + in->left;
    return go(in, utf8_fit(input_text(in), cells, NULL).len);
}

static Reply on_plain(Input *in, Key k)
{
    Str s = input_text(in);
    char bytes[4];
    bool by_word = k.mods & MOD_CTRL;
    switch (k.code) {
    case KC_CHAR:
        insert(in, (Str){bytes, utf8_encode(k.ch, bytes)});
        return REPLY_CHANGED;
    case KC_PASTE:
        insert(in, k.paste);
        return REPLY_CHANGED;
    case KC_BACKSPACE:
        return drop(in, utf8_prev(s, in->at), in->at);
    case KC_DELETE:
        return drop(in, in->at, utf8_next(s, in->at));
    case KC_LEFT:
        return go(in, by_word ? word_left(s, in->at) : utf8_prev(s, in->at));
    case KC_RIGHT:
        return go(in, by_word ? word_right(s, in->at) : utf8_next(s, in->at));
    case KC_HOME:
        return go(in, 0);
    case KC_END:
        return go(in, in->len);
    case KC_UP:
        return in->arena ? recall(in, in->back + 1) : REPLY_NO;
    case KC_DOWN:
        return in->arena && in->back ? recall(in, in->back - 1) : REPLY_NO;
    case KC_ENTER:
        return REPLY_CHOSEN;
    case KC_ESC:
        return REPLY_CLOSED;
    default:
        return REPLY_NO;
    }
}

Reply input_key(Input *in, Key k)
{
    if (k.code == KC_MOUSE) return on_mouse(in, k);
    if (k.mods & MOD_ALT) return on_alt(in, k);
    if (k.code == KC_CHAR && k.mods & MOD_CTRL) return on_ctrl(in, k.ch);
    return on_plain(in, k);
}

static int shown_cells(Grid *g, Str text)
{
    ArenaMark m = arena_mark(g->scratch);
    int cells = utf8_width(clean_text(g->scratch, text, CLEAN_LINE, NULL));
    arena_rewind(g->scratch, m);
    return cells;
}

void input_draw(Input *in, Grid *g, Rect area, Str prompt, Str hint, bool focused)
{
    area = rect_row(area, 0);
    int used = grid_text(g, area, 0, 0, ROLE_ACCENT, prompt);
    rect_left(&area, used);
    in->area = area;
    int at = shown_cells(g, str_slice(input_text(in), 0, in->at));
    if (at < in->left) in->left = at;
    if (at >= in->left + area.cols) in->left = at - area.cols + 1;
    if (in->len == 0) {
        grid_text(g, area, 0, 0, ROLE_DIM, hint);
    } else {
        grid_text(g, area, 0, -in->left, ROLE_TEXT, input_text(in));
    }
    if (focused) grid_cursor(g, area, 0, at - in->left);
}
