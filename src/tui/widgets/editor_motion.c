// editor_motion: where the keys of motion lead.
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"
#include "tui/widgets/words.h"
#include <assert.h>

static size_t line_of(const Editor *e)
{
    return text_line_of(&e->text, e->at);
}

static size_t line_start(const Editor *e)
{
    return text_start(&e->text, line_of(e));
}

static Str line_text(const Editor *e)
{
    return text_line(&e->text, line_of(e));
}

static size_t to_left(Editor *e)
{
    size_t start = line_start(e);
    if (e->at == start) return start ? start - 1 : 0;
    return start + utf8_prev(line_text(e), e->at - start);
}

static size_t to_right(Editor *e)
{
    size_t start = line_start(e), within = e->at - start;
    Str line = line_text(e);
    return within == line.len ? e->at + 1 : start + utf8_next(line, within);
}

static size_t to_up(Editor *e)
{
    return editor_up_down(e, -1);
}

static size_t to_down(Editor *e)
{
    return editor_up_down(e, 1);
}

static int64_t page(const Editor *e)
{
    return e->body.rows > 2 ? e->body.rows - 1 : 1;
}

static size_t to_page_up(Editor *e)
{
    return editor_up_down(e, -page(e));
}

static size_t to_page_down(Editor *e)
{
    return editor_up_down(e, page(e));
}

static size_t to_word_left(Editor *e)
{
    return word_left(editor_text(e), e->at);
}

static size_t to_word_right(Editor *e)
{
    return word_right(editor_text(e), e->at);
}

static size_t to_line_start(Editor *e)
{
    return line_start(e);
}

size_t editor_indent(Str line)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] == ' ') n++;
    return n;
}

// Home goes to the first letter of the line, and from there to its start.
static size_t to_home(Editor *e)
{
    size_t letter = line_start(e) + editor_indent(line_text(e));
    return e->at == letter ? line_start(e) : letter;
}

static size_t to_line_end(Editor *e)
{
    return line_start(e) + line_text(e).len;
}

static size_t to_text_start(Editor *e)
{
    (void)e;
    return 0;
}

static size_t to_text_end(Editor *e)
{
    return e->text.len;
}

static size_t (*const motions[])(Editor *) = {
    [CMD_LEFT] = to_left,
    [CMD_RIGHT] = to_right,
    [CMD_UP] = to_up,
    [CMD_DOWN] = to_down,
    [CMD_WORD_LEFT] = to_word_left,
    [CMD_WORD_RIGHT] = to_word_right,
    [CMD_HOME] = to_home,
    [CMD_LINE_START] = to_line_start,
    [CMD_LINE_END] = to_line_end,
    [CMD_PAGE_UP] = to_page_up,
    [CMD_PAGE_DOWN] = to_page_down,
    [CMD_TEXT_START] = to_text_start,
    [CMD_TEXT_END] = to_text_end,
};
static_assert(sizeof motions / sizeof *motions == CMD_LAST_MOTION + 1, "move for every motion");

size_t editor_target(Editor *e, Command c)
{
    return motions[c](e);
}
