// break: the pages of the screen on which a query is broken. Private to the screens.
#ifndef TUI_SCREENS_BREAK_H
#define TUI_SCREENS_BREAK_H
#include "tui/ui.h"

Prose break_question(Ui *ui, int cells); // the query, and what it should answer
// What the newest rows did. Nothing here tells a query that holds from one that other rows break.
Prose break_so_far(Ui *ui, int cells);
Prose break_everything(Ui *ui, int cells); // when it is over
#endif
