// editor: a text pane one can think in: SQL with colours and completion, or prose that folds.
//
// The text is always valid UTF-8 with \n line ends and no other control character: what is typed,
// pasted or read passes one gate (words_gate). Cursor and anchor stand on cluster boundaries. Every
// change is an Edit in the undo list; typing joins into words. editor_check walks all of this.
//
// A Fold is what stands on one row of the screen: a whole line, or a piece of it where long lines
// are wrapped. Vertical motion and scrolling know only folds.
#ifndef TUI_WIDGETS_EDITOR_H
#define TUI_WIDGETS_EDITOR_H
#include "base/world.h"
#include "sql/sql.h"
#include "tui/term.h"
#include "tui/widgets/input.h"
#include "tui/widgets/text.h"

typedef enum { SYNTAX_NONE, SYNTAX_SQL, SYNTAX_LAST = SYNTAX_SQL } Syntax;

typedef struct {
    Syntax syntax;
    Dialect dialect;
    bool wrap;          // fold long lines (prose); else scroll sideways
    bool no_gutter;     // no line numbers
    bool no_completion; // switched off by the user
    bool read_only;
} EditorOptions; // zero value = plain text, scrolling, numbers

typedef enum {
    CANDIDATE_KEYWORD,
    CANDIDATE_FUNCTION,
    CANDIDATE_TABLE,
    CANDIDATE_COLUMN,
    CANDIDATE_LAST = CANDIDATE_COLUMN
} CandidateKind;
enum { CANDIDATE_COUNT_ = CANDIDATE_LAST + 1 };

typedef struct {
    Str text;
    CandidateKind kind;
    Str parent; // the table of a column: `t.` offers the columns of t, or of the table t stands for
    Str detail; // shown beside it: a type, an argument list
} Candidate;

enum { EDITOR_POPUP_MAX = 64 };
typedef struct {
    bool open;
    bool refused;                   // by Esc, for the word being typed
    size_t from;                    // where that word begins
    size_t shown[EDITOR_POPUP_MAX]; // indexes of candidates
    size_t count, at, top;
} EditorPopup;

typedef struct {
    bool open;
    Input input;
    size_t origin; // where the cursor stood
} EditorFind;

typedef struct {
    int line, column; // 1-based; line 0 = none
    char text[200];
    size_t len;
} EditorMark;

typedef struct {
    EditorOptions options;
    Text text;
    Undo undo;
    size_t at, anchor; // cursor, and the other end of the selection (equal = none)
    int goal;          // cell that up and down aim at; -1 = the cursor's own
    size_t top;        // line at the top of the page …
    size_t top_from;   // … and where in it the first fold begins
    int left;          // first visible cell
    bool roaming;      // the wheel took the page away from the cursor
    bool prefix;       // ^X was pressed
    bool dragging;
    uint64_t changes; // grows with every change: autosave compares it
    Arena clip_arena; // owned
    Str clip;         // what was cut or copied last
    EditorPopup popup;
    EditorFind find;
    EditorMark mark;
    const Candidate *candidates; // borrowed
    size_t candidate_count;
    Arena lex_arena;  // owned
    size_t *lex_from; // where lexing may begin for each line, known below lex_known
    size_t lex_known, lex_cap;
    Rect area, body; // all of it, and the text without gutter; of the last drawing
} Editor;            // editor_open first, editor_close at the end

void editor_open(Editor *e, EditorOptions o);
void editor_close(Editor *e);
void editor_set_text(Editor *e, Str raw);     // forgets undo; cursor to the start
void editor_replace_text(Editor *e, Str raw); // one undo step; the cursor stays on its line
Str editor_text(const Editor *e);             // borrowed until the next change
Str editor_clip(const Editor *e);
Str editor_selected(const Editor *e);
void editor_insert(Editor *e, Str raw); // at the cursor, one undo step, as a paste does
void editor_set_candidates(Editor *e, const Candidate *at, size_t count);
// Puts the cursor there and a mark in the gutter; columns count code points, as errors do. Line 0
// takes the mark away; so does a change on that line.
void editor_mark(Editor *e, int line, int column, Str text);
void editor_go(Editor *e, int line, int column); // 1-based, bounded
void editor_place(const Editor *e, int *line, int *column);

// REPLY_CHANGED, REPLY_YES, REPLY_COPIED, REPLY_EXTERNAL, or REPLY_NO (function keys, Esc with
// nothing to close, ^C without a selection …). A paste is one step and never submits.
Reply editor_key(Editor *e, Key k);
void editor_draw(Editor *e, Grid *g, Rect area, bool focused);
extern const KeyTable editor_keys; // for help
// Lets $EDITOR change the text, in a file NAME.suffix ("sql", "md") of a private temporary folder
// that is removed. False, and the text is as it was, when the editor failed.
MUST_USE bool editor_external(Editor *e, Term *t, const World *w, Str suffix, Error *err);
void editor_check(const Editor *e);
#endif
