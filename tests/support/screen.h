// screen: compares a Grid with a screen that was saved as text in tests/screens.
//
// NAME.screen holds what a reader sees, a line with "---", and the letters of the roles. BLESS=1
// writes the files anew: look at the difference before you commit it.
#ifndef SUPPORT_SCREEN_H
#define SUPPORT_SCREEN_H
#include "tui/grid.h"

void screen_check(const Grid *g, const char *name); // fails the running test, with both texts
#endif
