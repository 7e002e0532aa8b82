// keys: names of keys, and tables of what they do.
#include "tui/keys.h"
#include "base/utf8.h"
#include <assert.h>

static const char *const names[] = {
    [KC_NONE] = "none",
    [KC_CHAR] = "char",
    [KC_ENTER] = "enter",
    [KC_TAB] = "tab",
    [KC_BACKSPACE] = "backspace",
    [KC_ESC] = "esc",
    [KC_UP] = "up",
    [KC_DOWN] = "down",
    [KC_LEFT] = "left",
    [KC_RIGHT] = "right",
    [KC_HOME] = "home",
    [KC_END] = "end",
    [KC_PAGE_UP] = "pgup",
    [KC_PAGE_DOWN] = "pgdn",
    [KC_INSERT] = "ins",
    [KC_DELETE] = "del",
    [KC_F1] = "F1",
    [KC_F2] = "F2",
    [KC_F3] = "F3",
    [KC_F4] = "F4",
    [KC_F5] = "F5",
    [KC_F6] = "F6",
    [KC_F7] = "F7",
    [KC_F8] = "F8",
    [KC_F9] = "F9",
    [KC_F10] = "F10",
    [KC_F11] = "F11",
    [KC_F12] = "F12",
    [KC_PASTE] = "paste",
    [KC_MOUSE] = "mouse",
    [KC_RESIZE] = "resize",
    [KC_GONE] = "gone",
};
static_assert(sizeof names / sizeof *names == KC_COUNT_, "name every key");

bool key_same(Key a, Key b)
{
    return a.code == b.code && a.mods == b.mods && a.ch == b.ch;
}

bool key_is_char(Key k, uint32_t ch)
{
    return k.code == KC_CHAR && k.mods == 0 && k.ch == ch;
}

bool key_is_ctrl(Key k, char letter)
{
    return k.code == KC_CHAR && k.mods == MOD_CTRL && k.ch == (uint32_t)letter;
}

bool key_is_text(Key k)
{
    return k.code == KC_CHAR && (k.mods & (MOD_CTRL | MOD_ALT)) == 0;
}

Str key_label(Arena *a, Key k)
{
    char bytes[4];
    Str name = str_from(names[k.code]);
    if (k.code == KC_CHAR) {
        name = k.ch == ' ' ? S("space") : (Str){bytes, utf8_encode(k.ch, bytes)};
        if (k.mods == MOD_CTRL && k.ch > ' ' && k.ch < 0x7f) {
            bool letter = k.ch >= 'a' && k.ch <= 'z';
            return str_fmt(a, "^%c", (int)(letter ? k.ch - 'a' + 'A' : k.ch));
        }
    }
    return str_fmt(a, "%s%s%s" STR_FMT, k.mods & MOD_CTRL ? "ctrl-" : "",
                   k.mods & MOD_ALT ? "alt-" : "", k.mods & MOD_SHIFT ? "shift-" : "",
                   STR_ARG(name));
}

// ^H, ^I, ^M and ^[ are keys of their own on every keyboard.
static Key ctrl(uint32_t ch)
{
    if (ch >= 'A' && ch <= 'Z') ch += 'a' - 'A';
    switch (ch) {
    case 'h':
        return (Key){.code = KC_BACKSPACE};
    case 'i':
        return (Key){.code = KC_TAB};
    case 'm':
        return (Key){.code = KC_ENTER};
    case '[':
        return (Key){.code = KC_ESC};
    default:
        return (Key){.code = KC_CHAR, .mods = MOD_CTRL, .ch = ch};
    }
}

static unsigned take_mods(Str *name)
{
    static const struct {
        const char *prefix;
        unsigned mod;
    } prefixes[] = {{"ctrl-", MOD_CTRL}, {"alt-", MOD_ALT}, {"shift-", MOD_SHIFT}};
    unsigned mods = 0;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        Str p = str_from(prefixes[i].prefix);
        if (name->len <= p.len || !str_eq_nocase(str_slice(*name, 0, p.len), p)) continue;
        mods |= prefixes[i].mod;
        *name = str_slice(*name, p.len, name->len);
    }
    return mods;
}

static bool parse_bare(Str name, Key *k)
{
    size_t n = 0;
    uint32_t ch = name.len ? utf8_decode(name, 0, &n) : 0;
    if (name.len > 0 && n == name.len) {
        *k = (Key){.code = KC_CHAR, .ch = ch};
        return true;
    }
    if (str_eq_nocase(name, S("space"))) {
        *k = (Key){.code = KC_CHAR, .ch = ' '};
        return true;
    }
    for (int c = KC_ENTER; c < KC_PASTE; c++) {
        if (!str_eq_nocase(name, str_from(names[c]))) continue;
        *k = (Key){.code = (KeyCode)c};
        return true;
    }
    return false;
}

bool key_parse(Str name, Key *k)
{
    if (name.len == 2 && name.ptr[0] == '^') {
        *k = ctrl((unsigned char)name.ptr[1]);
        return true;
    }
    unsigned mods = take_mods(&name);
    if (!parse_bare(name, k)) return false;
    if (k->code == KC_CHAR && mods == MOD_CTRL && k->ch < 0x7f) {
        *k = ctrl(k->ch);
    } else {
        k->mods = mods;
    }
    return true;
}

int keymap_find(const KeyTable *t, Key k)
{
    for (size_t i = 0; i < t->count; i++) {
        Str rest = str_from(t->rows[i].keys), name;
        while (rest.len > 0) {
            Key row;
            str_cut(rest, ' ', &name, &rest);
            if (key_parse(name, &row) && key_same(row, k)) return t->rows[i].action;
        }
    }
    return KEYMAP_NONE;
}

Str keymap_first(Str keys)
{
    Str first, rest;
    str_cut(keys, ' ', &first, &rest);
    return first;
}
