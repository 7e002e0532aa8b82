// fuzzy: how well a text matches what was typed.
#ifndef TUI_WIDGETS_FUZZY_H
#define TUI_WIDGETS_FUZZY_H
#include "base/str.h"

bool fuzzy_contains(Str text, Str words); // every word (parted by blanks) somewhere, no case
// 0 = the letters do not stand in this order; else more is better: runs and starts of words count,
// a substring beats all. The empty pattern matches everything.
int fuzzy_score(Str text, Str pattern);
#endif
