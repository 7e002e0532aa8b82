// keys: what one presses, as values with names; tables of keys; and the bytes of a terminal as
// keys.
#ifndef TUI_KEYS_H
#define TUI_KEYS_H
#include "base/buf.h"
#include "base/vec.h"

// KC_, not KEY_: curses has macros of that name.
typedef enum {
    KC_NONE, // time is up, or a watched descriptor is ready
    KC_CHAR, // a character, in `ch`; with MOD_CTRL or MOD_ALT a chord of it
    KC_ENTER,
    KC_TAB,
    KC_BACKSPACE,
    KC_ESC,
    KC_UP,
    KC_DOWN,
    KC_LEFT,
    KC_RIGHT,
    KC_HOME,
    KC_END,
    KC_PAGE_UP,
    KC_PAGE_DOWN,
    KC_INSERT,
    KC_DELETE,
    KC_F1,
    KC_F2,
    KC_F3,
    KC_F4,
    KC_F5,
    KC_F6,
    KC_F7,
    KC_F8,
    KC_F9,
    KC_F10,
    KC_F11,
    KC_F12,
    KC_PASTE,  // a bracketed paste, in `paste`
    KC_MOUSE,  // in `mouse`, `button`, `row`, `col`
    KC_RESIZE, // draw everything again: the size changed, or the program was in the background
    KC_GONE,   // the terminal is no more: save and leave
    KC_LAST = KC_GONE,
} KeyCode;
enum { KC_COUNT_ = KC_LAST + 1 };

enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

typedef enum {
    MOUSE_PRESS,
    MOUSE_RELEASE,
    MOUSE_DRAG,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN,
    MOUSE_LAST = MOUSE_WHEEL_DOWN
} MouseKind;

typedef struct {
    KeyCode code;
    unsigned mods; // MOD_… ; a capital letter has no MOD_SHIFT
    uint32_t ch;   // KC_CHAR; with MOD_CTRL the lower-case letter
    Str paste;     // KC_PASTE: newlines are \n, ESC and ^C taken out; lives until the next poll
    MouseKind mouse;
    int button; // 1 left, 2 middle, 3 right
    int row, col;
} Key; // zero value = KC_NONE

bool key_same(Key a, Key b);          // code, mods and ch
bool key_is_char(Key k, uint32_t ch); // that character, typed plainly
bool key_is_ctrl(Key k, char letter); // ^A … ^Z, ^_
bool key_is_text(Key k);              // a character without Ctrl or Alt: something to insert
Str key_label(Arena *a, Key k);       // "F5", "^R", "ctrl-right", "alt-x", "enter", "space", "a"
MUST_USE bool key_parse(Str name, Key *k); // the inverse; no case except for single characters

// What keys do, as tables: keymap_find, footer, help and palette all read the same rows.
typedef struct {
    int action;        // what the owner calls it
    const char *keys;  // names, parted by blanks: "F5 ^R"; "^X^E" (two in turn) is only shown
    const char *label; // on the footer: "run"; NULL = not there
    const char *help;  // "Run the query on the visible data": help and palette
} KeyRow;

typedef struct {
    const char *title; // "SQL drill"
    const KeyRow *rows;
    size_t count;
} KeyTable;

enum { KEYMAP_NONE = -1 };
int keymap_find(const KeyTable *t, Key k); // the action, or KEYMAP_NONE
Str keymap_first(Str keys);                // the first name of a row's keys: what a footer shows

// The bytes of a terminal. ECMA-48 and xterm forms are known, with modifiers; key_decoder_teach
// adds those of terminfo. Unknown sequences are swallowed whole, so that none is typed as text. A
// lone ESC or an unfinished sequence is decided when `late` says that nothing more came for a
// while.
enum { KEY_SEQ_MAX = 16, KEY_PASTE_MAX = 16 << 20, KEY_PASTE_WAIT_MS = 2000 };
typedef struct {
    char seq[KEY_SEQ_MAX];
    size_t len;
    Key key;
} KeySeq;

typedef struct {
    Arena arena; // owned, as is the next
    VEC(KeySeq) taught;
    Buf bytes; // read and not yet decoded, from `at`
    size_t at;
    bool pasting;
    Arena paste_arena;
    Buf paste;
} KeyDecoder; // zero value is ready; stays where it is

void key_decoder_teach(KeyDecoder *d, Str seq, Key k);
void key_decoder_feed(KeyDecoder *d, Str bytes);
bool key_decoder_next(KeyDecoder *d, bool late, Key *k); // false = more bytes are needed
// How long to wait for more bytes before `late`; 0 = nothing is pending.
int key_decoder_wait(const KeyDecoder *d, int escape_ms);
void key_decoder_close(KeyDecoder *d);
#endif
