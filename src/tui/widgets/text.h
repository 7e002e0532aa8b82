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
    size_t *starts; // of every line but the first
    size_t breaks, starts_cap;
} Text; // zero value = empty; text_close at the end

void text_close(Text *t);
Str text_str(const Text *t);      // borrowed until the next change
size_t text_lines(const Text *t); // at least 1
size_t text_start(const Text *t, size_t line);
Str text_line(const Text *t, size_t line);     // without its newline
size_t text_line_of(const Text *t, size_t at); // the line that holds offset `at`
void text_replace(Text *t, size_t from, size_t to, Str with);
void text_check(const Text *t);

typedef enum { EDIT_OTHER, EDIT_TYPE, EDIT_ERASE } EditKind;

// What one change did: applied forwards or backwards it gives the text after or before.
typedef struct {
    size_t at;
    Str removed, inserted; // the undo's own
    size_t cursor_before, anchor_before, cursor_after;
    EditKind kind;
    bool joined; // one step with the edit before it
} Edit;

typedef struct {
    Arena arena; // owned
    VEC(Edit) edits;
    size_t done;  // edits[0, done) are applied, the rest can be redone
    bool sealed;  // the next edit starts a new step
    size_t bytes; // held by edits: the oldest go when it is more than UNDO_BYTES_MAX
} Undo;           // zero value = nothing to undo; undo_close at the end

enum { UNDO_BYTES_MAX = 8 << 20 };
void undo_close(Undo *u);
// Copies the texts and forgets what could be redone. Letters that are typed, or erased, one after
// another join into steps of about a word.
void undo_push(Undo *u, const Edit *e);
void undo_seal(Undo *u);
const Edit *undo_back(Undo *u);    // the next edit to take back, NULL when there is none
const Edit *undo_forward(Undo *u); // the next edit to do again
#endif
