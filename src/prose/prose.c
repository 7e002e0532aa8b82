// prose: plain text, and prose as bytes for a terminal or a pipe.
#include "base/utf8.h"
#include "prose/flow.h"
#include <assert.h>

enum { CELLS_MIN = 20 };

int prose_cells(const ProseLine *line)
{
    int cells = 0;
    for (size_t i = 0; i < line->count; i++) cells += utf8_width(line->spans[i].text);
    return cells;
}

static void plain_line(Arena *a, Str line, int cells, LineVec *out)
{
    size_t indent = 0;
    while (indent < line.len && line.ptr[indent] == ' ') indent++;
    if ((int)indent > cells / 2) indent = (size_t)cells / 2;
    Run r = run_new(a);
    run_add(&r, PROSE_TEXT, str_slice(line, indent, line.len));
    size_t at = 0, from = 0, to = 0;
    do {
        SpanVec spans = {0};
        bool any = run_fold(&r, &at, cells - (int)indent, &from, &to);
        if (any && to > from) {
            spans_pad(a, &spans, (int)indent);
            run_spans(a, &r, from, to, &spans);
        }
        *vec_push(a, out) = (ProseLine){.spans = spans.at, .count = spans.len};
    } while (at < r.text.len);
}

Prose prose_plain(Arena *a, Str text, int cells)
{
    LineVec lines = {0};
    if (cells < CELLS_MIN) cells = CELLS_MIN;
    for (Str line; str_line(&text, &line);) plain_line(a, line, cells, &lines);
    return (Prose){lines.at, lines.len};
}

// SGR of the terminal's own palette, which is legible on whatever ground the terminal has.
static const char *const sgr[] = {
    [PROSE_TEXT] = "",   [PROSE_DIM] = "2",     [PROSE_STRONG] = "1",  [PROSE_EMPHASIS] = "3",
    [PROSE_CODE] = "36", [PROSE_HEADING] = "1", [PROSE_BULLET] = "36", [PROSE_QUOTE] = "3",
    [PROSE_LINK] = "4",  [PROSE_HEADER] = "1",  [PROSE_NUMBER] = "",   [PROSE_NULL] = "2;3",
    [PROSE_MARK] = "31",
};
static_assert(sizeof sgr / sizeof *sgr == PROSE_COUNT_, "colour every role");

static bool is_blank(Str s)
{
    return str_trim(s).len == 0;
}

static void print_line(Buf *out, const ProseLine *line, bool colour)
{
    size_t count = line->count;
    while (count > 0 && is_blank(line->spans[count - 1].text)) count--;
    for (size_t i = 0; i < count; i++) {
        Str text = line->spans[i].text;
        const char *code = colour ? sgr[line->spans[i].role] : "";
        while (i + 1 == count && text.len > 0 && text.ptr[text.len - 1] == ' ') text.len--;
        if (code[0]) buf_fmt(out, "\033[%sm", code);
        buf_add(out, text);
        if (code[0]) buf_add(out, S("\033[0m"));
    }
    buf_char(out, '\n');
}

Str prose_print(Arena *a, const Prose *p, bool colour)
{
    Buf out = buf_new(a);
    for (size_t i = 0; i < p->len; i++) print_line(&out, &p->at[i], colour);
    return buf_str(&out);
}
