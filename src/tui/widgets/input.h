// input: a line of text with readline's keys and a history.
#ifndef TUI_WIDGETS_INPUT_H
#define TUI_WIDGETS_INPUT_H
#include "base/vec.h"
#include "tui/grid.h"
#include "tui/keys.h"
#include "tui/widgets/widget.h"

enum { INPUT_MAX = 2000 };

typedef struct {
    char text[INPUT_MAX];
    size_t len, at; // bytes; `at` is a cluster boundary
    char yank[INPUT_MAX];
    size_t yank_len;
    Arena *arena; // of the history; NULL = no history
    VEC(Str) history;
    size_t back; // steps back in the history; 0 = the line being typed
    int left;    // first visible cell
    Rect area;
} Input; // zero value = empty

Str input_text(const Input *in); // borrowed until the next key
void input_set(Input *in, Str text);
void input_remember(Input *in, Str text); // adds to the history
// REPLY_CHANGED, REPLY_CHOSEN on Enter, REPLY_CLOSED on Esc. Pasted newlines become blanks.
Reply input_key(Input *in, Key k);
// `prompt` stands before the text; `hint` is shown dim while the text is empty.
void input_draw(Input *in, Grid *g, Rect area, Str prompt, Str hint, bool focused);
#endif
