// tui: the screens. Home, the list of drills, a drill against its clock, its verdict and its score
// card.
#ifndef TUI_TUI_H
#define TUI_TUI_H
#include "app/app.h"

typedef struct {
    const World *world;
    PackSources packs;
    Str command;  // "" = home, "drill"
    Str argument; // a drill's id; "" = choose
    bool no_mouse;
} TuiOptions;

// Runs until the user leaves. False when there is no usable terminal (ERROR_ENVIRONMENT), no such
// drill, or the store cannot be opened; the terminal is back as it was before the sentence is
// printed.
MUST_USE bool tui_run(const TuiOptions *o, Error *err);
#endif
