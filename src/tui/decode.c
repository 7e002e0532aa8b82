// decode: the bytes of a terminal as keys.
//
// One key at a time is taken off the front of what was read. Every form ends in `taken`: how many
// bytes it was, 0 when more are needed. What is not understood but is a whole sequence is taken and
// gives no key.
#include "base/utf8.h"
#include "tui/keys.h"
#include <string.h>

enum { ESC = 0x1b, DEL = 0x7f, ETX = 0x03, SEQUENCE_MAX = 64 };

void key_decoder_teach(KeyDecoder *d, Str seq, Key k)
{
    if (seq.len < 2 || seq.len > KEY_SEQ_MAX || seq.ptr[0] != ESC) return;
    KeySeq *s = vec_push(&d->arena, &d->taught);
    *s = (KeySeq){.len = seq.len, .key = k};
    memcpy(s->seq, seq.ptr, seq.len);
}

void key_decoder_close(KeyDecoder *d)
{
    arena_free(&d->arena);
    arena_free(&d->paste_arena);
    *d = (KeyDecoder){0};
}

void key_decoder_feed(KeyDecoder *d, Str bytes)
{
    if (!d->bytes.arena) d->bytes = buf_new(&d->arena);
    if (d->at > 0) {
        d->bytes.len -= d->at;
        memmove(d->bytes.ptr, d->bytes.ptr + d->at, d->bytes.len);
        d->at = 0;
    }
    buf_add(&d->bytes, bytes);
}

int key_decoder_wait(const KeyDecoder *d, int escape_ms)
{
    if (d->pasting) return KEY_PASTE_WAIT_MS;
    return d->at < d->bytes.len ? escape_ms : 0;
}

static Key plain_key(KeyCode code)
{
    return (Key){.code = code};
}

static Key char_key(uint32_t ch, unsigned mods)
{
    if (mods & MOD_CTRL && ch >= 'A' && ch <= 'Z') ch += 'a' - 'A';
    if (!(mods & MOD_CTRL)) {
        if (mods & MOD_SHIFT && ch >= 'a' && ch <= 'z') ch -= 'a' - 'A';
        mods &= ~(unsigned)MOD_SHIFT;
    }
    return (Key){.code = KC_CHAR, .mods = mods, .ch = ch};
}

static Key control_key(unsigned char c)
{
    switch (c) {
    case '\r':
        return plain_key(KC_ENTER);
    case '\t':
        return plain_key(KC_TAB);
    case '\b':
    case DEL:
        return plain_key(KC_BACKSPACE);
    case ESC:
        return plain_key(KC_ESC);
    case 0:
        return char_key(' ', MOD_CTRL);
    default:
        return char_key((uint32_t)c + (c <= 26 ? 'a' - 1 : '@'), MOD_CTRL);
    }
}

// A control character or one of UTF-8; bad bytes are U+FFFD.
static size_t take_char(Str s, bool late, Key *k)
{
    unsigned char c = (unsigned char)s.ptr[0];
    if (c < ' ' || c == DEL) {
        *k = control_key(c);
        return 1;
    }
    size_t want = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    bool cut = s.len < want;
    for (size_t i = 1; i < s.len && i < want; i++) {
        if (((unsigned char)s.ptr[i] & 0xc0) != 0x80) cut = false; // bad, not unfinished
    }
    if (cut && !late) return 0;
    size_t n;
    uint32_t ch = utf8_decode(s, 0, &n);
    *k = char_key(ch, 0);
    return n;
}

// Sequences

enum { PARAMS_MAX = 4 };
typedef struct {
    char lead; // '<' of SGR mouse reports, '?' of replies; 0 = none
    char final;
    uint32_t at[PARAMS_MAX];
    size_t count;
} Csi;

static KeyCode code_of_letter(char c)
{
    switch (c) {
    case 'A':
        return KC_UP;
    case 'B':
        return KC_DOWN;
    case 'C':
        return KC_RIGHT;
    case 'D':
        return KC_LEFT;
    case 'H':
        return KC_HOME;
    case 'F':
        return KC_END;
    case 'M':
        return KC_ENTER; // keypad
    case 'P':
        return KC_F1;
    case 'Q':
        return KC_F2;
    case 'R':
        return KC_F3;
    case 'S':
        return KC_F4;
    default:
        return KC_NONE;
    }
}

static KeyCode code_of_number(uint32_t n)
{
    static const uint8_t codes[] = {
        [1] = KC_HOME,      [2] = KC_INSERT, [3] = KC_DELETE, [4] = KC_END,  [5] = KC_PAGE_UP,
        [6] = KC_PAGE_DOWN, [7] = KC_HOME,   [8] = KC_END,    [11] = KC_F1,  [12] = KC_F2,
        [13] = KC_F3,       [14] = KC_F4,    [15] = KC_F5,    [17] = KC_F6,  [18] = KC_F7,
        [19] = KC_F8,       [20] = KC_F9,    [21] = KC_F10,   [23] = KC_F11, [24] = KC_F12,
    };
    return n < sizeof codes ? (KeyCode)codes[n] : KC_NONE;
}

// xterm: 1 + shift 1, alt 2, ctrl 4, meta 8.
static unsigned mods_of(uint32_t param)
{
    unsigned m = param > 0 ? (unsigned)param - 1 : 0;
    return (m & 1 ? MOD_SHIFT : 0) | (m & (2 | 8) ? MOD_ALT : 0) | (m & 4 ? MOD_CTRL : 0);
}

// A character that the terminal names by its code point (modifyOtherKeys, CSI u).
static Key named_char(uint32_t ch, unsigned mods)
{
    Key k = ch < ' ' || ch == DEL ? control_key((unsigned char)ch) : char_key(ch, mods);
    if (k.code != KC_CHAR) k.mods = mods;
    return k;
}

static Key mouse_key(uint32_t button, uint32_t col, uint32_t row, bool released)
{
    enum { SHIFT_BIT = 4, ALT_BIT = 8, CTRL_BIT = 16, MOTION = 32, WHEEL = 64, CELL_MAX = 9999 };
    Key k = {.code = KC_MOUSE,
             .button = (int)(button & 3) + 1,
             .row = (int)(row < CELL_MAX ? row : CELL_MAX) - 1,
             .col = (int)(col < CELL_MAX ? col : CELL_MAX) - 1};
    k.mods = (button & SHIFT_BIT ? MOD_SHIFT : 0) | (button & ALT_BIT ? MOD_ALT : 0) |
             (button & CTRL_BIT ? MOD_CTRL : 0);
    if (button & WHEEL) {
        k.mouse = (button & 1) ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
        if ((button & 3) > 1) k = plain_key(KC_NONE); // sideways
    } else if (button & MOTION) {
        k.mouse = MOUSE_DRAG;
        if ((button & 3) == 3) k = plain_key(KC_NONE); // no button is down
    } else {
        k.mouse = released || (button & 3) == 3 ? MOUSE_RELEASE : MOUSE_PRESS;
    }
    return k;
}

static Key csi_key(const Csi *c)
{
    unsigned mods = mods_of(c->count > 1 ? c->at[1] : 0);
    if (c->lead == '<' && (c->final == 'M' || c->final == 'm')) {
        return mouse_key(c->at[0], c->at[1], c->at[2], c->final == 'm');
    }
    if (c->lead) return plain_key(KC_NONE);
    if (c->final == 'u') return named_char(c->at[0], mods);
    if (c->final == 'Z') return (Key){.code = KC_TAB, .mods = MOD_SHIFT};
    if (c->final == '~' && c->at[0] == 27 && c->count > 2) return named_char(c->at[2], mods);
    Key k = {.code = c->final == '~'   ? code_of_number(c->at[0])
                     : c->final == 'M' ? KC_NONE
                                       : code_of_letter(c->final)};
    k.mods = k.code == KC_NONE ? 0 : mods;
    return k;
}

// Reads the bytes behind ESC [. False when the final byte has not come; a byte that cannot stand in
// a sequence ends it without meaning (final 0) and is not taken.
static bool csi_read(Str s, Csi *c, size_t *taken)
{
    *c = (Csi){0};
    size_t at = 2;
    for (; at < s.len && at < SEQUENCE_MAX; at++) {
        char b = s.ptr[at];
        if (b >= '0' && b <= '9') {
            if (c->count == 0) c->count = 1;
            uint32_t *p = &c->at[c->count - 1];
            if (*p < 1 << 24) *p = *p * 10 + (uint32_t)(b - '0');
        } else if (b == ';' || b == ':') {
            if (c->count == 0) c->count = 1;
            if (c->count < PARAMS_MAX) c->count++;
        } else if (b >= '<' && b <= '?') {
            c->lead = b;
        } else if (b < ' ' || b > '~') {
            break;
        } else if (b >= '@') {
            c->final = b;
            *taken = at + 1;
            return true;
        }
    }
    *taken = at;
    return at < s.len;
}

static size_t take_csi(KeyDecoder *d, Str s, Key *k)
{
    Csi c;
    size_t taken;
    if (!csi_read(s, &c, &taken)) return 0;
    if (c.final == 'M' && taken == 3) { // the mouse's oldest form: three bytes, each plus 32
        if (s.len < 6) return 0;
        const unsigned char *b = (const unsigned char *)s.ptr + 3;
        *k = mouse_key(b[0] - 32u, b[1] - 32u, b[2] - 32u, false);
        return 6;
    }
    if (c.final == '[' && taken == 3) { // F1 to F5 of the Linux console
        if (s.len < 4) return 0;
        if (s.ptr[3] >= 'A' && s.ptr[3] <= 'E') k->code = (KeyCode)(KC_F1 + (s.ptr[3] - 'A'));
        return 4;
    }
    if (c.final == '~' && c.at[0] == 200) {
        d->pasting = true;
        arena_free(&d->paste_arena);
        d->paste = buf_new(&d->paste_arena);
        return taken;
    }
    *k = csi_key(&c);
    return taken;
}

// ESC O: function keys, and the keypad in application mode.
static size_t take_ss3(Str s, Key *k)
{
    size_t at = 2;
    uint32_t mods = 0;
    while (at < s.len && at < SEQUENCE_MAX && s.ptr[at] >= '0' && s.ptr[at] <= '9') {
        mods = (mods * 10 + (uint32_t)(s.ptr[at++] - '0')) % 100;
    }
    if (at == s.len) return 0;
    char b = s.ptr[at];
    if (b >= 'j' && b <= 'y') {
        *k = char_key((uint32_t)b - 'j' + '*', 0);
    } else {
        k->code = code_of_letter(b);
        k->mods = k->code ? mods_of(mods) : 0;
    }
    return at + 1;
}

// One that terminfo taught: *partly when what is there could still become one.
static size_t take_taught(const KeyDecoder *d, Str s, Key *k, bool *partly)
{
    size_t best = 0;
    for (size_t i = 0; i < d->taught.len; i++) {
        const KeySeq *q = &d->taught.at[i];
        size_t n = q->len < s.len ? q->len : s.len;
        if (memcmp(q->seq, s.ptr, n) != 0) continue;
        if (n < q->len) *partly = true;
        if (n == q->len && n > best) {
            best = n;
            *k = q->key;
        }
    }
    return best;
}

static size_t take_escape(KeyDecoder *d, Str s, bool late, Key *k)
{
    bool partly = false;
    size_t taken = take_taught(d, s, k, &partly);
    if (taken > 0 && (!partly || late)) return taken;
    *k = plain_key(KC_NONE);
    if (partly && !late) return 0;
    if (s.len > 1 && s.ptr[1] == '[') taken = take_csi(d, s, k);
    if (s.len > 1 && s.ptr[1] == 'O') taken = take_ss3(s, k);
    if (s.len > 1 && s.ptr[1] != '[' && s.ptr[1] != 'O' && s.ptr[1] != ESC) {
        taken = take_char(str_slice(s, 1, s.len), late, k);
        if (taken > 0) taken++;
        k->mods |= MOD_ALT;
    }
    if (taken > 0 || !late) return taken;
    if (s.len == 2 && s.ptr[1] != ESC) { // Alt with [ or O
        *k = char_key((unsigned char)s.ptr[1], MOD_ALT);
        return 2;
    }
    if (s.len > 2 && s.ptr[1] != ESC) return s.len; // a sequence that was cut off
    *k = plain_key(KC_ESC);
    return 1;
}

// ESC before a sequence is Alt with that key, unless the second ESC stands alone.
static size_t take_any(KeyDecoder *d, Str s, bool late, Key *k)
{
    if (s.ptr[0] != ESC) return take_char(s, late, k);
    if (s.len < 2 || s.ptr[1] != ESC) return take_escape(d, s, late, k);
    size_t taken = s.len == 2 ? 0 : take_escape(d, str_slice(s, 1, s.len), false, k);
    if (taken == 0 && !late) return 0;
    if (taken > 0 && k->code != KC_ESC && s.ptr[2] != ESC) {
        k->mods |= k->code ? MOD_ALT : 0;
        return taken + 1;
    }
    *k = plain_key(KC_ESC);
    return 1;
}

// Pastes

static void paste_add(KeyDecoder *d, Str bytes)
{
    if (d->paste.len < KEY_PASTE_MAX) buf_add(&d->paste, bytes);
}

// \r\n and \r to \n, ^C out. In place.
static Str paste_done(KeyDecoder *d)
{
    Str raw = buf_str(&d->paste);
    char *out = d->paste.ptr;
    size_t n = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] == ETX) continue;
        if (raw.ptr[i] == '\n' && i > 0 && raw.ptr[i - 1] == '\r') continue;
        out[n++] = raw.ptr[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (out[i] == '\r') out[i] = '\n';
    }
    d->pasting = false;
    return (Str){out, n};
}

// Collects until the end marker; other ESCs are dropped. Each byte is looked at once.
static bool paste_next(KeyDecoder *d, bool late, Key *k)
{
    static const char end[] = "\033[201~";
    enum { END_LEN = sizeof end - 1 };
    for (;;) {
        Str s = str_slice(buf_str(&d->bytes), d->at, d->bytes.len);
        const char *esc = s.len ? memchr(s.ptr, ESC, s.len) : NULL;
        size_t before = esc ? (size_t)(esc - s.ptr) : s.len;
        paste_add(d, str_slice(s, 0, before));
        d->at += before;
        s = str_slice(s, before, s.len);
        size_t n = s.len < END_LEN ? s.len : END_LEN;
        bool matches = n == 0 || memcmp(s.ptr, end, n) == 0;
        if (matches && n < END_LEN && !late) return false;
        if (matches && (n == END_LEN || n == 0)) {
            d->at += n;
            *k = (Key){.code = KC_PASTE, .paste = paste_done(d)};
            return true;
        }
        d->at++; // an ESC that is not the end
    }
}

bool key_decoder_next(KeyDecoder *d, bool late, Key *k)
{
    for (;;) {
        if (d->pasting) return paste_next(d, late, k);
        if (d->at >= d->bytes.len) return false;
        Str s = {d->bytes.ptr + d->at, d->bytes.len - d->at};
        *k = plain_key(KC_NONE);
        size_t taken = take_any(d, s, late, k);
        if (taken == 0) return false;
        d->at += taken;
        if (k->code != KC_NONE) return true;
    }
}
