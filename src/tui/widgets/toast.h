// toast: a sentence that stands over the screen for a while.
#ifndef TUI_WIDGETS_TOAST_H
#define TUI_WIDGETS_TOAST_H
#include "tui/grid.h"

enum { TOAST_BYTES = 300 };

typedef struct {
    char text[TOAST_BYTES];
    size_t len;
    Role role;
    int64_t until_ms; // on the monotonic clock; 0 = none
} Toast;

void toast_show(Toast *t, Role role, Str text, int64_t now_ms);      // longer texts stay longer
int toast_left(const Toast *t, int64_t now_ms);                      // ms until it goes; 0 = none
void toast_draw(const Toast *t, Grid *g, Rect area, int64_t now_ms); // at the bottom, right
#endif
