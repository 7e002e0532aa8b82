// text: the bytes of an editor, the starts of their lines, and how changes are taken back.
//
// The text is one contiguous array: a change moves its tail (1 MB: some 50 µs), and everything that
// reads (lexer, search, autosave) sees a plain Str.
#ifndef TUI_WIDGETS_TEXT_H
#define TUI_WIDGETS_TEXT_H
#include "base/str.h"
#include "base/vec.h"

typedef struct {
    Arena arena; // owned
    char *ptr;
    size_t len, cap;
    size_t *lines; // offsets of line starts; always at least one
    size_t line_count, line_cap;
} Text; // zero value = empty; text_close at the end

void text_close(Text *t);
Str text_str(const Text *t);
size_t text_line_count(const Text *t);
Str text_line(const Text *t, size_t line); // without its newline
size_t text_line_start(const Text *t, size_t line);
size_t text_line_of(const Text *t, size_t at); // the line that holds offset `at`
// Replaces [from, to) by `with`.
void text_replace(Text *t, size_t from, size_t to, Str with);
void text_check(const Text *t);

// What one change did. Applying it backwards or forwards gives the text before or after.
typedef struct {
    size_t at;
    Str removed, inserted; // in the undo's arena
    size_t cursor_before, anchor_before, cursor_after;
    bool joined; // one step with the edit before it
} Edit;

typedef struct {
    Arena arena; // owned
    VEC(Edit) edits;
    size_t done;  // edits[0..done) are applied, the rest can be redone
    bool open;    // the last edit may grow by typing
    size_t bytes; // held by edits, for the limit
} Undo;           // zero value = nothing to undo

enum { UNDO_BYTES_MAX = 8 << 20 };
void undo_close(Undo *u);
void undo_push(Undo *u, Edit e); // copies the texts; forgets what could be redone
void undo_seal(Undo *u);         // the next edit starts a new step
#endif
