// highlight: the roles of SQL's tokens.
#ifndef TUI_WIDGETS_HIGHLIGHT_H
#define TUI_WIDGETS_HIGHLIGHT_H
#include "sql/sql.h"
#include "tui/grid.h"

// `behind` is the text after the token: a name before ( is a function.
Role highlight_role(const Token *t, Str behind);
// One line of SQL that stands by itself, drawn from cell `col` on; returns the cell behind it.
int highlight_line(Grid *g, Rect row, int col, Str sql);
#endif
