// editor_keys: the table of the editor's keys, for dispatch and for help.
#include "tui/widgets/editor_impl.h"
#include <assert.h>

// What one has to be told comes first; what every keyboard says by itself is not in the help.
static const KeyRow rows[] = {
    {CMD_UNDO, "^_ alt-z alt-u", NULL, "Undo (^_ is also Ctrl+/)"},
    {CMD_REDO, "alt-r alt-Z alt-U", NULL, "Redo"},
    {CMD_FIND, "^F", NULL, "Find"},
    {CMD_COMPLETE, "ctrl-space", NULL, "Complete the word"},
    {CMD_TAB, "tab", NULL, "Accept the completion; indent"},
    {CMD_DEDENT, "shift-tab", NULL, "Indent the selected lines less"},
    {CMD_COMMENT, "alt-; alt-/", NULL, "Comment lines out, or back in"},
    {CMD_EXTERNAL, "^X^E", NULL, "Write in your own editor ($EDITOR)"},
    {CMD_SELECT_ALL, "alt-a", NULL, "Select everything; shift with any motion selects"},
    {CMD_COPY, "^C alt-w", NULL, "Copy the selection"},
    {CMD_KILL_WORD, "^W", NULL, "Cut the selection, or the word before"},
    {CMD_KILL_START, "^U", NULL, "Cut to the start of the line"},
    {CMD_KILL_END, "^K", NULL, "Cut to the end of the line"},
    {CMD_KILL_WORD_LEFT, "alt-backspace ctrl-backspace", NULL, "Cut the word before"},
    {CMD_KILL_WORD_RIGHT, "alt-d ctrl-del", NULL, "Cut the word behind"},
    {CMD_YANK, "^Y ^V", NULL, "Paste what was cut or copied"},
    {CMD_WORD_LEFT, "ctrl-left alt-left alt-b", NULL, "A word to the left"},
    {CMD_WORD_RIGHT, "ctrl-right alt-right alt-f", NULL, "A word to the right"},
    {CMD_LINE_START, "^A", NULL, "Start of the line"},
    {CMD_HOME, "home", NULL, "First letter of the line, then its start"},
    {CMD_LINE_END, "^E end", NULL, "End of the line"},
    {CMD_TEXT_START, "ctrl-home alt-<", NULL, "Start of the text"},
    {CMD_TEXT_END, "ctrl-end alt->", NULL, "End of the text"},
    {CMD_LEFT, "left ^B", NULL, NULL},
    {CMD_RIGHT, "right", NULL, NULL},
    {CMD_UP, "up", NULL, NULL},
    {CMD_DOWN, "down", NULL, NULL},
    {CMD_PAGE_UP, "pgup", NULL, NULL},
    {CMD_PAGE_DOWN, "pgdn", NULL, NULL},
    {CMD_NEWLINE, "enter ^J", NULL, NULL},
    {CMD_BACKSPACE, "^H backspace shift-backspace", NULL, NULL},
    {CMD_DELETE, "^D del", NULL, NULL},
};
static_assert(sizeof rows / sizeof *rows == CMD_COUNT_, "a key for every command");
const KeyTable editor_keys = {"Editing", rows, CMD_COUNT_};

static void move(Editor *e, Command c, bool select)
{
    bool vertical = c == CMD_UP || c == CMD_DOWN || c == CMD_PAGE_UP || c == CMD_PAGE_DOWN;
    if (editor_has_selection(e) && !select && (c == CMD_LEFT || c == CMD_RIGHT)) {
        editor_move(e, c == CMD_LEFT ? editor_low(e) : editor_high(e), false);
        return;
    }
    size_t at = editor_target(e, c);
    int goal = e->goal;
    editor_move(e, at, select);
    if (vertical) e->goal = goal;
}

static Reply run(Editor *e, Command c, bool select)
{
    if (c <= CMD_LAST_MOTION) {
        move(e, c, select);
        return REPLY_YES;
    }
    if (c <= CMD_LAST_PLAIN) {
        editor_do(e, c);
        return REPLY_YES;
    }
    switch (c) {
    case CMD_COPY:
        if (!editor_has_selection(e)) return REPLY_NO;
        editor_copy(e, editor_low(e), editor_high(e));
        return REPLY_COPIED;
    case CMD_DEDENT:
        if (!editor_has_selection(e)) return REPLY_NO;
        editor_dedent(e);
        return REPLY_YES;
    case CMD_COMPLETE:
        e->popup.refused = false;
        editor_popup_update(e);
        return REPLY_YES;
    default:
        return REPLY_NO;
    }
}

static Reply on_mouse(Editor *e, Key k)
{
    enum { WHEEL_ROWS = 3 };
    bool inside = rect_has(e->area, k.row, k.col);
    if (k.mouse == MOUSE_RELEASE) e->dragging = false;
    if (k.mouse == MOUSE_DRAG && e->dragging) {
        int row = k.row < e->body.row ? e->body.row : k.row;
        editor_move(e, editor_offset_at(e, row, k.col), true);
        return REPLY_YES;
    }
    if (!inside) return REPLY_NO;
    if (k.mouse == MOUSE_WHEEL_UP || k.mouse == MOUSE_WHEEL_DOWN) {
        Fold f = editor_fold_of(e, e->top, e->top_from);
        for (int i = 0; i < WHEEL_ROWS; i++) {
            (k.mouse == MOUSE_WHEEL_UP ? editor_fold_prev : editor_fold_next)(e, &f);
        }
        e->top = f.line;
        e->top_from = f.from;
        e->roaming = true;
        return REPLY_YES;
    }
    if (k.mouse != MOUSE_PRESS || k.button != 1) return REPLY_NO;
    editor_move(e, editor_offset_at(e, k.row, k.col), k.mods & MOD_SHIFT);
    e->dragging = true;
    return REPLY_YES;
}

// The key behind ^X.
static Reply on_prefixed(Editor *e, Key k)
{
    e->prefix = false;
    if (key_is_ctrl(k, 'e')) return e->options.read_only ? REPLY_YES : REPLY_EXTERNAL;
    if (key_is_ctrl(k, 'u')) editor_take_back(e);
    if (key_is_ctrl(k, 'r')) editor_do_again(e);
    return REPLY_YES;
}

static Reply on_command(Editor *e, Key k)
{
    int c = keymap_find(&editor_keys, k);
    bool shift = false;
    if (c == KEYMAP_NONE && k.mods & MOD_SHIFT) {
        k.mods &= ~(unsigned)MOD_SHIFT;
        c = keymap_find(&editor_keys, k);
        shift = true;
        if (c > CMD_LAST_MOTION) c = KEYMAP_NONE;
    }
    if (c == KEYMAP_NONE) return REPLY_NO;
    bool offered = e->popup.open;
    Reply r = run(e, (Command)c, shift);
    if (c == CMD_BACKSPACE && offered) {
        editor_popup_update(e);
    } else if (c != CMD_COMPLETE && r != REPLY_NO) {
        editor_popup_close(e);
    }
    return r;
}

static Reply dispatch(Editor *e, Key k)
{
    if (k.code == KC_MOUSE) {
        editor_popup_close(e);
        return on_mouse(e, k);
    }
    if (e->find.open) return editor_find_key(e, k);
    if (e->prefix) return on_prefixed(e, k);
    if (key_is_ctrl(k, 'x')) {
        e->prefix = true;
        return REPLY_YES;
    }
    if (e->popup.open) {
        Reply r = editor_popup_key(e, k);
        if (r != REPLY_NO) return r;
    }
    if (k.code == KC_PASTE) {
        editor_insert(e, k.paste);
        editor_popup_close(e);
        return REPLY_YES;
    }
    if (key_is_text(k)) {
        editor_type(e, k.ch);
        editor_popup_update(e);
        return REPLY_YES;
    }
    return on_command(e, k);
}

Reply editor_key(Editor *e, Key k)
{
    uint64_t before = e->changes;
    Reply r = dispatch(e, k);
    return r == REPLY_YES && e->changes != before ? REPLY_CHANGED : r;
}
