// editor_edit: the commands that change the text.
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"
#include "tui/widgets/words.h"
#include <assert.h>

enum { INDENT = 2, SCAN_BYTES = 64 * 1024 };

static size_t line_start(const Editor *e)
{
    return text_start(&e->text, text_line_of(&e->text, e->at));
}

static Str line_text(const Editor *e)
{
    return text_line(&e->text, text_line_of(&e->text, e->at));
}

static void erase(Editor *e, size_t from, size_t to)
{
    if (from < to) editor_change(e, &(Change){from, to, {0}, from, EDIT_ERASE, false});
}

static void cut(Editor *e, size_t from, size_t to)
{
    if (from >= to) return;
    undo_seal(&e->undo);
    editor_copy(e, from, to);
    editor_change(e, &(Change){.from = from, .to = to, .cursor = from});
}

static bool cut_selection(Editor *e)
{
    if (!editor_has_selection(e)) return false;
    cut(e, editor_low(e), editor_high(e));
    return true;
}

static void do_backspace(Editor *e)
{
    if (editor_has_selection(e)) {
        undo_seal(&e->undo);
        erase(e, editor_low(e), editor_high(e));
        return;
    }
    size_t start = line_start(e), within = e->at - start;
    bool in_indent = within > 0 && editor_indent(line_text(e)) >= within;
    size_t back = within % INDENT ? within % INDENT : INDENT;
    erase(e, in_indent ? e->at - back : editor_target(e, CMD_LEFT), e->at);
}

static void do_delete(Editor *e)
{
    if (editor_has_selection(e)) {
        undo_seal(&e->undo);
        erase(e, editor_low(e), editor_high(e));
    } else if (e->at < e->text.len) {
        erase(e, e->at, editor_target(e, CMD_RIGHT));
    }
}

static void do_kill_end(Editor *e)
{
    if (cut_selection(e)) return;
    size_t end = editor_target(e, CMD_LINE_END);
    cut(e, e->at, end > e->at || end == e->text.len ? end : end + 1);
}

static void do_kill_start(Editor *e)
{
    if (!cut_selection(e)) cut(e, line_start(e), e->at);
}

static void do_kill_word(Editor *e)
{
    if (!cut_selection(e)) cut(e, word_blank_left(editor_text(e), e->at), e->at);
}

static void do_kill_word_left(Editor *e)
{
    if (!cut_selection(e)) cut(e, editor_target(e, CMD_WORD_LEFT), e->at);
}

static void do_kill_word_right(Editor *e)
{
    if (!cut_selection(e)) cut(e, e->at, editor_target(e, CMD_WORD_RIGHT));
}

static void do_yank(Editor *e)
{
    Arena scratch = {0}; // the clip must not move under the change
    editor_insert(e, str_copy(&scratch, e->clip));
    arena_free(&scratch);
}

static void do_select_all(Editor *e)
{
    editor_move(e, e->text.len, false);
    e->anchor = 0;
}

// Enter keeps the indentation, adds to it behind an opening bracket, and gives a closing bracket
// that follows a line of its own.
static void do_newline(Editor *e)
{
    Str text = editor_text(e);
    size_t low = editor_low(e), high = editor_high(e);
    Str line = text_line(&e->text, text_line_of(&e->text, low));
    size_t within = low - text_start(&e->text, text_line_of(&e->text, low));
    size_t indent = editor_indent(line), last = low;
    if (indent > within) indent = within;
    while (last > 0 && text.ptr[last - 1] == ' ') last--;
    bool opens = e->options.syntax == SYNTAX_SQL && last > 0 && text.ptr[last - 1] == '(';
    bool closes = opens && high < text.len && text.ptr[high] == ')';
    Arena scratch = {0};
    Buf with = buf_new(&scratch);
    buf_char(&with, '\n');
    buf_repeat(&with, ' ', indent + (opens ? INDENT : 0));
    size_t cursor = low + with.len;
    if (closes) {
        buf_char(&with, '\n');
        buf_repeat(&with, ' ', indent);
    }
    undo_seal(&e->undo);
    editor_change(e, &(Change){.from = low, .to = high, .with = buf_str(&with), .cursor = cursor});
    undo_seal(&e->undo);
    arena_free(&scratch);
}

// Replaces the lines that the selection touches by `map` of each, and selects them.
static void map_lines(Editor *e, void (*map)(Buf *out, Str line))
{
    size_t first = text_line_of(&e->text, editor_low(e));
    size_t last = text_line_of(&e->text, editor_high(e));
    // A selection that ends at the start of a line does not mean that line.
    if (last > first && text_start(&e->text, last) == editor_high(e)) last--;
    Arena scratch = {0};
    Buf with = buf_new(&scratch);
    for (size_t l = first; l <= last; l++) {
        if (l > first) buf_char(&with, '\n');
        map(&with, text_line(&e->text, l));
    }
    size_t from = text_start(&e->text, first);
    size_t to = text_start(&e->text, last) + text_line(&e->text, last).len;
    bool selects = editor_has_selection(e);
    undo_seal(&e->undo);
    editor_change(
        e, &(Change){.from = from, .to = to, .with = buf_str(&with), .cursor = from + with.len});
    undo_seal(&e->undo);
    if (selects && !e->options.read_only) e->anchor = from;
    arena_free(&scratch);
}

static void map_indent(Buf *out, Str line)
{
    if (line.len) buf_repeat(out, ' ', INDENT);
    buf_add(out, line);
}

static void map_dedent(Buf *out, Str line)
{
    size_t blanks = editor_indent(line);
    buf_add(out, str_slice(line, blanks < INDENT ? blanks : INDENT, line.len));
}

static void map_comment(Buf *out, Str line)
{
    size_t blanks = editor_indent(line);
    Str rest = str_slice(line, blanks, line.len);
    buf_add(out, str_slice(line, 0, blanks));
    if (str_starts(rest, S("-- "))) {
        buf_add(out, str_slice(rest, 3, rest.len));
    } else if (str_starts(rest, S("--"))) {
        buf_add(out, str_slice(rest, 2, rest.len));
    } else {
        buf_fmt(out, "%s" STR_FMT, rest.len ? "-- " : "", STR_ARG(rest));
    }
}

static void do_tab(Editor *e)
{
    if (editor_has_selection(e)) {
        map_lines(e, map_indent);
        return;
    }
    int cells = editor_cells(line_text(e), 0, e->at - line_start(e));
    size_t n = (size_t)(INDENT - cells % INDENT);
    editor_change(e, &(Change){e->at, e->at, {"  ", n}, e->at + n, EDIT_TYPE, false});
}

void editor_dedent(Editor *e)
{
    map_lines(e, map_dedent);
}

static void do_comment(Editor *e)
{
    map_lines(e, map_comment);
}

// The indentation of the line on which the bracket stands that a ) at `at` would close.
static size_t closing_indent(const Editor *e, size_t at)
{
    Str s = editor_text(e);
    int depth = 1;
    for (size_t i = at, seen = 0; i > 0 && seen < SCAN_BYTES; seen++) {
        i--;
        depth += (s.ptr[i] == ')') - (s.ptr[i] == '(');
        if (depth == 0) return editor_indent(text_line(&e->text, text_line_of(&e->text, i)));
    }
    return SIZE_MAX;
}

// A ) that is the first letter of its line goes under the line of its (.
static bool type_closing(Editor *e)
{
    size_t start = line_start(e), within = e->at - start;
    if (editor_has_selection(e) || within == 0 || editor_indent(line_text(e)) < within)
        return false;
    size_t indent = closing_indent(e, e->at);
    if (indent >= within) return false;
    Arena scratch = {0};
    Buf with = buf_new(&scratch);
    buf_repeat(&with, ' ', indent);
    buf_char(&with, ')');
    editor_change(
        e,
        &(Change){.from = start, .to = e->at, .with = buf_str(&with), .cursor = start + with.len});
    arena_free(&scratch);
    return true;
}

void editor_type(Editor *e, uint32_t ch)
{
    char bytes[4];
    Arena scratch = {0};
    Str text = words_gate(&scratch, (Str){bytes, utf8_encode(ch, bytes)});
    bool closes = ch == ')' && e->options.syntax == SYNTAX_SQL && type_closing(e);
    if (!closes && text.len > 0) {
        size_t low = editor_low(e);
        editor_change(e, &(Change){low, editor_high(e), text, low + text.len, EDIT_TYPE, false});
    }
    arena_free(&scratch);
}

static void (*const edits[])(Editor *) = {
    [CMD_NEWLINE] = do_newline,
    [CMD_TAB] = do_tab,
    [CMD_BACKSPACE] = do_backspace,
    [CMD_DELETE] = do_delete,
    [CMD_KILL_WORD] = do_kill_word,
    [CMD_KILL_WORD_LEFT] = do_kill_word_left,
    [CMD_KILL_WORD_RIGHT] = do_kill_word_right,
    [CMD_KILL_START] = do_kill_start,
    [CMD_KILL_END] = do_kill_end,
    [CMD_YANK] = do_yank,
    [CMD_UNDO] = editor_take_back,
    [CMD_REDO] = editor_do_again,
    [CMD_SELECT_ALL] = do_select_all,
    [CMD_COMMENT] = do_comment,
    [CMD_FIND] = editor_find_open,
};
static_assert(sizeof edits / sizeof *edits == CMD_LAST_PLAIN + 1, "do every plain command");

void editor_do(Editor *e, Command c)
{
    edits[c](e);
}
