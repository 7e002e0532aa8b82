// clean: foreign bytes to text that a terminal shows and never obeys.
//
// One pass over the code points. What may stand is copied; everything else is written out. A mark
// is kept only behind something that it can sit on in the output, so no mark can land on a border
// that the screen drew, nor on the '>' of a <U+200D>. Emoji selectors are dropped: terminals
// disagree about the width of what they select, and without them they do not.
#include "base/clean.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <utf8proc.h>

enum { TAB_CELLS = 4, MARKS_MAX = 4, TEXT_SELECTOR = 0xFE0E, EMOJI_SELECTOR = 0xFE0F };

typedef struct {
    Buf out;
    CleanMode mode;
    size_t hidden;
    // The cluster that is being written:
    bool base;              // something stands that a mark may sit on
    int marks;              // code points joined to it
    utf8proc_int32_t prev;  // its last code point, and utf8proc's state behind it
    utf8proc_int32_t state; //
    // Cells of the line up to out.ptr[measured]: what a tab needs.
    int column;
    size_t measured;
} Cleaner;

static bool in(uint32_t cp, uint32_t low, uint32_t high)
{
    return cp >= low && cp <= high;
}

// Invisible although Unicode files them under marks or letters: selectors, fillers, joiners.
static bool invisible(uint32_t cp)
{
    return cp == 0x034F || in(cp, 0x115F, 0x1160) || in(cp, 0x17B4, 0x17B5) ||
           in(cp, 0x180B, 0x180F) || cp == 0x3164 || in(cp, 0xFE00, 0xFE0F) || cp == 0xFFA0 ||
           in(cp, 0xE0000, 0xE0FFF);
}

bool clean_is_safe(uint32_t cp)
{
    if (in(cp, ' ', '~')) return true;
    if (cp < 0xA0 || cp > 0x10FFFF || invisible(cp)) return false;
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
    switch (p->category) {
    case UTF8PROC_CATEGORY_CN: // unassigned and noncharacters: nobody knows their width
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return !p->ignorable;
    }
}

static void put(Cleaner *c, uint32_t cp)
{
    char bytes[4];
    buf_add(&c->out, (Str){bytes, utf8_encode(cp, bytes)});
}

static void show(Cleaner *c, uint32_t cp)
{
    c->base = false;
    c->hidden++;
    if (cp < 0x20 || cp == 0x7F) {
        buf_char(&c->out, '^');
        buf_char(&c->out, (char)(cp ^ 0x40));
    } else {
        buf_fmt(&c->out, "<U+%04X>", (unsigned)cp);
    }
}

static void newline(Cleaner *c)
{
    c->base = false;
    if (c->mode == CLEAN_LINE) {
        buf_add(&c->out, S("⏎"));
        return;
    }
    buf_char(&c->out, '\n');
    c->column = 0;
    c->measured = c->out.len;
}

static void tab(Cleaner *c)
{
    c->base = false;
    c->column += utf8_width(str_slice(buf_str(&c->out), c->measured, c->out.len));
    int spaces = TAB_CELLS - c->column % TAB_CELLS;
    buf_repeat(&c->out, ' ', (size_t)spaces);
    c->column += spaces;
    c->measured = c->out.len;
}

static void visible(Cleaner *c, uint32_t cp)
{
    utf8proc_int32_t now = (utf8proc_int32_t)cp;
    bool joined = c->base && !utf8proc_grapheme_break_stateful(c->prev, now, &c->state);
    if (joined && ++c->marks > MARKS_MAX) {
        c->hidden++;
        return;
    }
    if (!joined && utf8_cp_width(cp) == 0) {
        show(c, cp);
        return;
    }
    if (!joined) {
        c->base = true;
        c->marks = 0;
        c->state = 0;
    }
    c->prev = now;
    put(c, cp);
}

static void step(Cleaner *c, uint32_t cp, bool bad)
{
    if (cp == '\n') {
        newline(c);
    } else if (cp == '\t') {
        tab(c);
    } else if ((cp == TEXT_SELECTOR || cp == EMOJI_SELECTOR) && c->base && c->marks == 0) {
        return; // dropped, and not counted: ordinary texts have them behind ordinary emoji
    } else if (clean_is_safe(cp)) {
        c->hidden += bad;
        visible(c, cp);
    } else {
        show(c, cp);
    }
}

Str clean_text(Arena *a, Str raw, CleanMode mode, size_t *hidden)
{
    Cleaner c = {.out = buf_new(a), .mode = mode};
    for (size_t at = 0, n = 0; at < raw.len; at += n) {
        uint32_t cp = utf8_decode(raw, at, &n);
        step(&c, cp, n == 1 && cp >= 0x80);
    }
    if (hidden) *hidden = c.hidden;
    return buf_str(&c.out);
}
