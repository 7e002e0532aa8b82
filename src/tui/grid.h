// grid: the screen as data. Widgets draw here; a Term shows it; tests compare it as text.
//
// A cell holds one grapheme cluster and what it means (its role); the theme says how a role looks.
// A wide character owns two cells, head and tail, and is never split: where half of one is drawn
// over, the other half becomes a blank. All text passes clean_text on its way in, so nothing that
// is drawn can move the cursor or reach into a neighbour's cells.
#ifndef TUI_GRID_H
#define TUI_GRID_H
#include "base/str.h"

typedef enum {
    ROLE_TEXT,
    ROLE_DIM,
    ROLE_ACCENT, // here
    ROLE_GOOD,
    ROLE_WARN,
    ROLE_BAD,
    ROLE_TITLE,
    ROLE_KEY,    // a key that can be pressed
    ROLE_RULE,   // thin lines
    ROLE_GUTTER, // line numbers
    ROLE_HEADER, // names of columns
    ROLE_NUMBER,
    ROLE_NULL, // NULL of a result
    ROLE_STRONG,
    ROLE_EMPHASIS,
    ROLE_CODE,
    ROLE_HEADING,
    ROLE_BULLET,
    ROLE_QUOTE,
    ROLE_LINK,
    ROLE_SQL_KEYWORD,
    ROLE_SQL_NAME,
    ROLE_SQL_FUNCTION,
    ROLE_SQL_STRING,
    ROLE_SQL_NUMBER,
    ROLE_SQL_COMMENT,
    ROLE_SQL_OPERATOR,
    ROLE_SQL_ERROR,
    // Laid over other roles:
    ROLE_SELECTION, // selected text
    ROLE_CURSOR,    // the row or cell one stands on
    ROLE_MATCH,     // bracket pairs, what a search found
    ROLE_MARK,      // where an error is
    ROLE_POPUP,     // ground of what floats above the screen
    ROLE_LAST = ROLE_POPUP,
} Role;
enum { ROLE_COUNT_ = ROLE_LAST + 1 };

typedef enum { CELL_NARROW, CELL_WIDE, CELL_TAIL } CellSpan; // a tail is covered by the cell before
enum { CELL_BYTES = 20 };                                    // a character and its four marks

typedef struct {
    char bytes[CELL_BYTES];
    uint8_t len;  // 0 = blank
    uint8_t span; // CellSpan
    uint8_t role; // Role
    uint8_t over; // Role laid over it; ROLE_TEXT = none
} Cell;           // zero value = a blank

typedef struct {
    int row, col, rows, cols;
} Rect;

typedef struct {
    int rows, cols;
    Cell *cells;                // rows * cols
    int cursor_row, cursor_col; // of the terminal's cursor
    bool cursor_shown;
    Arena *scratch; // for the time of one drawing call: take a mark and rewind
} Grid;

// Rects. The cutters take a strip off *r, at most all of it, and return the strip.
Rect rect_top(Rect *r, int rows);
Rect rect_bottom(Rect *r, int rows);
Rect rect_left(Rect *r, int cols);
Rect rect_right(Rect *r, int cols);
Rect rect_inset(Rect r, int rows, int cols);         // smaller by so much on every side
Rect rect_row(Rect r, int row);                      // one row of it, empty when outside
Rect rect_part(Rect r, int row, int col, int cells); // part of a row, clipped to r
Rect rect_clip(Rect r, Rect to);
bool rect_has(Rect r, int row, int col); // screen coordinates

Grid grid_new(Arena *a, int rows, int cols); // sizes below 1 become 1
void grid_clear(Grid *g);                    // all blank, cursor hidden
Rect grid_rect(const Grid *g);

// Draws on row `row`, from cell `col` (both relative to `area`), what fits; a newline shows as ⏎.
// Returns the cell behind the text, also when nothing was visible. Rows outside draw nothing; a
// negative col cuts the beginning.
int grid_text(Grid *g, Rect area, int row, int col, Role role, Str text);
// The same from the left or to the right edge of the first row of `field`; what is too long ends in
// ….
void grid_fit(Grid *g, Rect field, Role role, Str text);
void grid_fit_right(Grid *g, Rect field, Role role, Str text);
void grid_fill(Grid *g, Rect area, Role role);                // blanks
void grid_repeat(Grid *g, Rect area, Role role, Str cluster); // one narrow character everywhere
void grid_over(Grid *g, Rect area, Role over);                // lays a role over what stands there
void grid_rule(Grid *g, Rect area, int row);                  // ─ across
void grid_wall(Grid *g, Rect area, int col);                  // │ down
void grid_cursor(Grid *g, Rect area, int row, int col);       // hidden when outside

// A run of changed cells on one row. Starts from the zero value; false when there is no more. Both
// grids have one size.
typedef struct {
    int row, col, cells;
} GridRun;
bool grid_change(const Grid *was, const Grid *now, GridRun *run);

// What a reader sees, a line a row, blanks at line ends cut; and the letters of the roles (of the
// role laid over, where there is one). For tests.
Str grid_dump(Arena *a, const Grid *g);
Str grid_dump_roles(Arena *a, const Grid *g);
void grid_check(const Grid *g); // heads have tails, tails have heads, texts are safe
#endif
