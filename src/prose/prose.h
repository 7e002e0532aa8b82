// prose: Markdown, plain text and result tables laid out in cells, as lines of styled spans.
//
// One layout for all faces: the screen draws the spans, the command line prints them. Every text
// that comes out has passed clean_text, so it may go to a terminal as it is.
#ifndef PROSE_PROSE_H
#define PROSE_PROSE_H
#include "base/table.h"

typedef enum {
    PROSE_TEXT,
    PROSE_DIM, // rules, the frame of a table, what was left out
    PROSE_STRONG,
    PROSE_EMPHASIS,
    PROSE_CODE,
    PROSE_HEADING,
    PROSE_BULLET, // marks and numbers of lists
    PROSE_QUOTE,
    PROSE_LINK,
    PROSE_HEADER, // names of a table's columns
    PROSE_NUMBER,
    PROSE_NULL, // NULL of a result: never mistaken for the text
    PROSE_MARK, // what differs from what is right
    PROSE_LAST = PROSE_MARK,
} ProseRole;
enum { PROSE_COUNT_ = PROSE_LAST + 1 };

typedef struct {
    Str text;
    ProseRole role;
} ProseSpan;

typedef struct {
    ProseSpan *spans;
    size_t count;
    Str language; // of a fenced code block's line ("sql"), so that a screen may colour it; else ""
} ProseLine;

typedef struct {
    ProseLine *at;
    size_t len;
} Prose; // zero value = nothing

// CommonMark with tables, folded at `cells` (at least 20 are used); raw HTML is shown as text. Code
// blocks are not folded. Blocks are parted by one blank line; none at either end.
Prose prose_markdown(Arena *a, Str markdown, int cells);
// Text as it is, folded at spaces; indentation is kept on the lines that a fold makes.
Prose prose_plain(Arena *a, Str text, int cells);

typedef struct {
    int cells;          // of the page; 0 = 100
    size_t rows_max;    // 0 = 40; what is left out is said in the last line
    int indent;         // blanks on the left
    const bool *marked; // rows * width: cells that stand out as PROSE_MARK; NULL = none
} ProseTableOptions;    // zero value is fine

// Columns side by side, two blanks between; numbers right, NULL apart, a thin rule under the names.
// Widths come from the rows that are shown; when the page is too narrow the widest columns are cut
// (…).
Prose prose_table(Arena *a, const Table *t, const ProseTableOptions *o);
// The widths that prose_table gives to the columns of rows [from, to): for a screen's grid.
int *prose_widths(Arena *a, const Table *t, size_t from, size_t to, int cell_max);
bool prose_is_right(const Table *t, size_t column); // numbers stand right
// A cell as prose shows it: clean, on one line, at most cell_max cells.
ProseSpan prose_cell(Arena *a, const Value *v, LogicalType type, int cell_max);

// As text with a newline after every line, without blanks at line ends; `colour` adds SGR codes of
// the terminal's own palette.
Str prose_print(Arena *a, const Prose *p, bool colour);
int prose_cells(const ProseLine *line); // width of a line
#endif
