// editor_impl: what the files of the editor share. Private to tui/widgets/editor*.c.
#ifndef TUI_WIDGETS_EDITOR_IMPL_H
#define TUI_WIDGETS_EDITOR_IMPL_H
#include "tui/widgets/editor.h"

// Changes (editor.c)

typedef struct {
    size_t from, to;
    Str with;
    size_t cursor; // offset after the change
    EditKind kind;
    bool joined;
} Change;
void editor_change(Editor *e, const Change *c);
void editor_move(Editor *e, size_t at, bool select); // snaps to a cluster; ends a step of undo
void editor_take_back(Editor *e);
void editor_do_again(Editor *e);
size_t editor_low(const Editor *e); // ends of the selection
size_t editor_high(const Editor *e);
bool editor_has_selection(const Editor *e);
void editor_copy(Editor *e, size_t from, size_t to);

// Commands (editor_motion.c, editor_edit.c)

typedef enum {
    CMD_LEFT,
    CMD_RIGHT,
    CMD_UP,
    CMD_DOWN,
    CMD_WORD_LEFT,
    CMD_WORD_RIGHT,
    CMD_HOME,
    CMD_LINE_START,
    CMD_LINE_END,
    CMD_PAGE_UP,
    CMD_PAGE_DOWN,
    CMD_TEXT_START,
    CMD_TEXT_END,
    CMD_LAST_MOTION = CMD_TEXT_END,
    CMD_NEWLINE,
    CMD_TAB,
    CMD_BACKSPACE,
    CMD_DELETE,
    CMD_KILL_WORD,
    CMD_KILL_WORD_LEFT,
    CMD_KILL_WORD_RIGHT,
    CMD_KILL_START,
    CMD_KILL_END,
    CMD_YANK,
    CMD_UNDO,
    CMD_REDO,
    CMD_SELECT_ALL,
    CMD_COMMENT,
    CMD_FIND,
    CMD_LAST_PLAIN = CMD_FIND,
    CMD_COPY,
    CMD_DEDENT,
    CMD_COMPLETE,
    CMD_EXTERNAL,
    CMD_LAST = CMD_EXTERNAL,
} Command;
enum { CMD_COUNT_ = CMD_LAST + 1 };

size_t editor_target(Editor *e, Command c); // where a motion leads
size_t editor_indent(Str line);             // blanks it begins with
void editor_do(Editor *e, Command c);       // a plain command
void editor_dedent(Editor *e);              // the selected lines
void editor_type(Editor *e, uint32_t ch);

// Cells and folds (editor_fold.c)

typedef struct {
    size_t line;
    size_t from, to; // offsets in the line
} Fold;
// The cluster at `at` of a line: its end, and the cells it is shown in.
int editor_cluster(Str line, size_t at, size_t *next);
int editor_cells(Str line, size_t from, size_t to);
size_t editor_byte_at(Str line, size_t from, size_t to, int cell); // the cluster that holds a cell
Fold editor_fold_of(const Editor *e, size_t line, size_t at);
Fold editor_fold_of_cursor(const Editor *e);
bool editor_fold_next(const Editor *e, Fold *f); // false at the ends of the text
bool editor_fold_prev(const Editor *e, Fold *f);
bool editor_fold_is_last(const Editor *e, const Fold *f);   // of its line
size_t editor_up_down(Editor *e, int64_t rows);             // where that many folds away is
size_t editor_offset_at(const Editor *e, int row, int col); // of a cell of the screen

// Colours (editor_lex.c)

// Roles of the bytes [from, to) of the text, line starts both; plain behind a budget of bytes.
uint8_t *editor_roles(Editor *e, Arena *a, size_t from, size_t to);
void editor_lex_forget(Editor *e, size_t line); // lines behind this one changed
bool editor_in_code(Editor *e, size_t at);      // not within a string or a comment
// The bracket that belongs to the one at the cursor, within [from, to) and `roles` of it.
bool editor_bracket(const Editor *e, const uint8_t *roles, size_t from, size_t to, size_t pair[2]);

// Completion (editor_complete.c)

void editor_popup_update(Editor *e); // after typing
void editor_popup_close(Editor *e);
Reply editor_popup_key(Editor *e, Key k);
void editor_popup_draw(Editor *e, Grid *g, int row, int col); // screen place of the word

// Search (editor_find.c)

void editor_find_open(Editor *e);
Reply editor_find_key(Editor *e, Key k);
void editor_find_draw(Editor *e, Grid *g, Rect row, bool focused);
#endif
