// editor: the text, its cursor and its changes.
#include "base/check.h"
#include "base/clean.h"
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"
#include "tui/widgets/words.h"
#include <string.h>

void editor_open(Editor *e, EditorOptions o)
{
    *e = (Editor){.options = o, .goal = -1};
}

void editor_close(Editor *e)
{
    text_close(&e->text);
    undo_close(&e->undo);
    arena_free(&e->clip_arena);
    arena_free(&e->lex_arena);
    *e = (Editor){0};
}

Str editor_text(const Editor *e)
{
    return text_str(&e->text);
}

Str editor_clip(const Editor *e)
{
    return e->clip;
}

bool editor_has_selection(const Editor *e)
{
    return e->at != e->anchor;
}

size_t editor_low(const Editor *e)
{
    return e->at < e->anchor ? e->at : e->anchor;
}

size_t editor_high(const Editor *e)
{
    return e->at < e->anchor ? e->anchor : e->at;
}

Str editor_selected(const Editor *e)
{
    return str_slice(editor_text(e), editor_low(e), editor_high(e));
}

// The first cluster boundary at or behind an offset, found within its line.
static size_t snap(const Editor *e, size_t at)
{
    if (at >= e->text.len) return e->text.len;
    size_t line = text_line_of(&e->text, at), start = text_start(&e->text, line);
    return start + cluster_snap(text_line(&e->text, line), at - start);
}

void editor_move(Editor *e, size_t at, bool select)
{
    e->at = snap(e, at);
    if (!select) e->anchor = e->at;
    e->goal = -1;
    e->roaming = false;
    undo_seal(&e->undo);
}

// Replaces without a record: what editor_change and the steps of undo have in common.
static void apply(Editor *e, size_t from, size_t to, Str with)
{
    size_t line = text_line_of(&e->text, from);
    if (e->mark.line > (int)line) e->mark = (EditorMark){0}; // its line moved or changed
    text_replace(&e->text, from, to, with);
    editor_lex_forget(e, line);
    e->changes++;
    e->goal = -1;
    e->roaming = false;
}

void editor_change(Editor *e, const Change *c)
{
    if (e->options.read_only) return;
    Edit edit = {.at = c->from,
                 .removed = str_slice(editor_text(e), c->from, c->to),
                 .inserted = c->with,
                 .cursor_before = e->at,
                 .anchor_before = e->anchor,
                 .kind = c->kind,
                 .joined = c->joined};
    if (edit.removed.len == 0 && edit.inserted.len == 0) return;
    edit.cursor_after = c->cursor;
    undo_push(&e->undo, &edit);
    apply(e, c->from, c->to, c->with);
    e->at = e->anchor = snap(e, c->cursor);
}

void editor_take_back(Editor *e)
{
    if (e->options.read_only) return;
    for (const Edit *edit; (edit = undo_back(&e->undo));) {
        apply(e, edit->at, edit->at + edit->inserted.len, edit->removed);
        e->at = edit->cursor_before;
        e->anchor = edit->anchor_before;
        if (!edit->joined) break;
    }
    undo_seal(&e->undo);
}

void editor_do_again(Editor *e)
{
    if (e->options.read_only) return;
    for (const Edit *edit; (edit = undo_forward(&e->undo));) {
        apply(e, edit->at, edit->at + edit->removed.len, edit->inserted);
        e->at = e->anchor = snap(e, edit->cursor_after);
        bool more = e->undo.done < e->undo.edits.len && e->undo.edits.at[e->undo.done].joined;
        if (!more) break;
    }
    undo_seal(&e->undo);
}

void editor_copy(Editor *e, size_t from, size_t to)
{
    if (from == to) return;
    arena_free(&e->clip_arena);
    e->clip = str_copy(&e->clip_arena, str_slice(editor_text(e), from, to));
}

void editor_insert(Editor *e, Str raw)
{
    Arena scratch = {0};
    Str text = words_gate(&scratch, raw);
    undo_seal(&e->undo);
    editor_change(e, &(Change){.from = editor_low(e),
                               .to = editor_high(e),
                               .with = text,
                               .cursor = editor_low(e) + text.len});
    undo_seal(&e->undo);
    arena_free(&scratch);
}

void editor_set_text(Editor *e, Str raw)
{
    Arena scratch = {0};
    Str text = words_gate(&scratch, raw);
    undo_close(&e->undo);
    apply(e, 0, e->text.len, text);
    e->mark = (EditorMark){0};
    e->top = e->top_from = 0;
    e->left = 0;
    editor_popup_close(e);
    editor_move(e, 0, false);
    arena_free(&scratch);
}

void editor_replace_text(Editor *e, Str raw)
{
    Arena scratch = {0};
    Str text = words_gate(&scratch, raw);
    int line, column;
    editor_place(e, &line, &column);
    undo_seal(&e->undo);
    if (!str_eq(text, editor_text(e))) {
        editor_change(e, &(Change){.to = e->text.len, .with = text});
    }
    undo_seal(&e->undo);
    e->left = 0; // the new lines are shown from their start, as far as the cursor allows
    editor_go(e, line, column);
    arena_free(&scratch);
}

void editor_set_candidates(Editor *e, const Candidate *at, size_t count)
{
    editor_popup_close(e);
    e->candidates = at;
    e->candidate_count = count;
}

void editor_go(Editor *e, int line, int column)
{
    size_t last = text_lines(&e->text) - 1;
    size_t l = line < 1 ? 0 : (size_t)line - 1;
    if (l > last) l = last;
    Str s = text_line(&e->text, l);
    size_t at = 0;
    for (size_t n; column > 1 && at < s.len; column--, at += n) utf8_decode(s, at, &n);
    editor_move(e, text_start(&e->text, l) + at, false);
}

void editor_place(const Editor *e, int *line, int *column)
{
    size_t l = text_line_of(&e->text, e->at), start = text_start(&e->text, l);
    Str s = str_slice(editor_text(e), start, e->at);
    *line = (int)l + 1;
    *column = 1;
    for (size_t at = 0, n; at < s.len; at += n, ++*column) utf8_decode(s, at, &n);
}

void editor_mark(Editor *e, int line, int column, Str text)
{
    e->mark = (EditorMark){0};
    if (line < 1 || line > (int)text_lines(&e->text)) return;
    while (text.len > sizeof e->mark.text) text.len = utf8_prev(text, text.len);
    e->mark.line = line;
    e->mark.column = column;
    e->mark.len = text.len;
    if (text.len) memcpy(e->mark.text, text.ptr, text.len);
    editor_go(e, line, column);
}

void editor_check(const Editor *e)
{
    Str s = editor_text(e);
    text_check(&e->text);
    CHECK(utf8_valid(s));
    for (size_t i = 0; i < s.len; i++) CHECK((unsigned char)s.ptr[i] >= ' ' || s.ptr[i] == '\n');
    CHECK(e->at <= s.len && e->anchor <= s.len);
    CHECK(snap(e, e->at) == e->at && snap(e, e->anchor) == e->anchor);
    CHECK(e->undo.done <= e->undo.edits.len);
    CHECK(e->popup.count <= EDITOR_POPUP_MAX && (!e->popup.open || e->popup.at < e->popup.count));
    for (size_t i = 0; i < e->popup.count; i++) CHECK(e->popup.shown[i] < e->candidate_count);
    CHECK(e->lex_known <= text_lines(&e->text));
    for (size_t i = 0; i < e->lex_known; i++) CHECK(e->lex_from[i] <= text_start(&e->text, i));
}
