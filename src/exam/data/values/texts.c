// texts: along the tree of a pattern a text is written, right or with one slip.
#include "exam/data/values/texts.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/pattern.h"
#include <string.h>

enum { STEPS_MOST = 600 }; // of writing one text

// --- Writing ---

typedef struct {
    const Tree *tree;
    Rng rng;
    char out[TEXTS_LENGTH_MAX];
    size_t len;
    int steps;
    int slips, slip_at; // places where a slip could be made so far; at which it is made
    bool closed;        // behind $
} Writing;

static void put(Writing *w, unsigned char c)
{
    if (w->len < TEXTS_LENGTH_MAX) w->out[w->len++] = (char)c;
}

static void put_all(Writing *w, const char *s)
{
    for (; *s; s++) put(w, (unsigned char)*s);
}

static bool slips_here(Writing *w)
{
    return w->slips++ == w->slip_at;
}

// Something where the pattern takes anything.
static void put_filling(Writing *w)
{
    static const char *const fillings[] = {"", "", "", "", "q", "q ", " q", "7"};
    put_all(w, fillings[rng_below(&w->rng, sizeof fillings / sizeof *fillings)]);
}

// One of the characters of a set; out of many, those that patterns are wrong about come up more
// often.
static bool draw_of(Writing *w, const Set *s, unsigned char *out)
{
    static const char likely[] = "aqzAMZ059 _-.#@";
    const size_t many = 8;
    unsigned char fit[LAST_PRINTABLE + 1];
    size_t n = 0;
    for (const char *c = likely; *c; c++) {
        if (set_has(s, (unsigned char)*c)) fit[n++] = (unsigned char)*c;
    }
    if (!n || set_size(s) < many || rng_below(&w->rng, 4) == 0) {
        n = 0;
        for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
            if (set_has(s, (unsigned char)c)) fit[n++] = (unsigned char)c;
        }
    }
    if (n) *out = fit[rng_below(&w->rng, n)];
    return n > 0;
}

// Characters that are plausible and not in the set.
static Set strangers(const Writing *w, const Set *s)
{
    Set all = w->tree->named, out = {{0}};
    for (const char *c = "qzQ7"; *c; c++) set_add(&all, (unsigned char)*c);
    if (set_size(s) > 1) {
        set_add(&all, ' ');
        set_add(&all, '#');
    }
    for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
        if (set_has(&all, (unsigned char)c) && !set_has(s, (unsigned char)c))
            set_add(&out, (unsigned char)c);
    }
    return out;
}

static void slip_set(Writing *w, const Set *s)
{
    const unsigned char case_bit = 0x20;
    Set strange = strangers(w, s);
    unsigned char c;
    switch (rng_below(&w->rng, 4)) {
    case 0: // none
        return;
    case 1: // in the other case
        if (draw_of(w, s, &c) && set_is_letter(c) && !set_has(s, c ^ case_bit)) {
            put(w, c ^ case_bit);
            return;
        }
        break;
    case 2: // one more
        if (draw_of(w, s, &c)) put(w, c);
        break;
    default:
        break;
    }
    if (draw_of(w, &strange, &c)) put(w, c);
}

static void write_set(Writing *w, const Part *p)
{
    unsigned char c;
    if (slips_here(w)) {
        slip_set(w, &p->set);
        return;
    }
    if (draw_of(w, &p->set, &c)) {
        put(w, c);
        return;
    }
    for (unsigned b = LAST_PRINTABLE; b < 256; b++) { // a byte of another script
        if (set_has(&p->set, (unsigned char)b)) put(w, (unsigned char)b);
    }
}

static void write_part(Writing *w, int part);

// Out of two alternatives of one length, here a character of one and there of the other; else the
// first half of one and the rest of the other.
static void mix(Writing *w, size_t from, const char *one, size_t len)
{
    size_t other = w->len - from;
    for (size_t i = 0; i < len && i < other; i++) {
        bool first = len == other ? rng_below(&w->rng, 2) : i < len / 2;
        if (first) w->out[from + i] = one[i];
    }
}

static void write_choice(Writing *w, const Part *p)
{
    size_t n = 0;
    for (int c = p->first; c != NONE; c = w->tree->parts[c].next) n++;
    bool slip = n > 1 && slips_here(w);
    size_t which = rng_below(&w->rng, n), from = w->len;
    int child = p->first;
    for (; which; which--) child = w->tree->parts[child].next;
    write_part(w, child);
    if (!slip || w->len < from + 2) return; // ^ may have begun anew
    char one[TEXTS_LENGTH_MAX];
    size_t len = w->len - from;
    memcpy(one, w->out + from, len);
    w->len = from;
    int other = w->tree->parts[child].next;
    write_part(w, other == NONE ? p->first : other);
    if (w->len >= from) mix(w, from, one, len);
}

static void write_repeat(Writing *w, const Part *p)
{
    const Part *child = &w->tree->parts[p->first];
    bool anything = child->kind == PART_SET && child->open && p->most == WITHOUT_END;
    bool slips = p->least > 0 || p->most != WITHOUT_END;
    int n = p->least + (int)rng_below(&w->rng, 3);
    if (p->most != WITHOUT_END && n > p->most) n = p->most;
    if (slips && slips_here(w)) {
        bool more = p->most != WITHOUT_END && (!p->least || rng_below(&w->rng, 2));
        n = more ? p->most + 1 : p->least - 1;
    }
    if (anything && !p->least && set_size(&child->set) > LAST_PRINTABLE - FIRST_PRINTABLE) {
        put_filling(w);
        return;
    }
    for (int i = 0; i < n && w->steps < STEPS_MOST; i++) write_part(w, p->first);
}

// What no word goes on with: a blank, or something that a query may not think of.
static void put_edge(Writing *w)
{
    static const char marks[] = "    +-.,#/";
    put(w, (unsigned char)marks[rng_below(&w->rng, sizeof marks - 1)]);
}

static void slip_outside(Writing *w)
{
    static const char *const strange[] = {"q", "7", " ", "q ", "Q"};
    put_all(w, strange[rng_below(&w->rng, sizeof strange / sizeof *strange)]);
}

static void write_part(Writing *w, int part)
{
    const Part *p = &w->tree->parts[part];
    if (w->steps++ >= STEPS_MOST || w->closed) return;
    switch (p->kind) {
    case PART_SET:
        write_set(w, p);
        return;
    case PART_ROW:
        for (int c = p->first; c != NONE; c = w->tree->parts[c].next) write_part(w, c);
        return;
    case PART_CHOICE:
        write_choice(w, p);
        return;
    case PART_REPEAT:
        write_repeat(w, p);
        return;
    case PART_START:
        w->len = 0;
        if (slips_here(w)) slip_outside(w);
        return;
    case PART_END:
        w->closed = true;
        if (slips_here(w)) slip_outside(w);
        return;
    case PART_EDGE: {
        bool slip = slips_here(w);
        bool inside = w->len && set_in_word((unsigned char)w->out[w->len - 1]);
        if (slip && !inside) put(w, 'q');
        if (!slip && (inside || (!w->len && rng_below(&w->rng, 4) == 0))) put_edge(w);
        return;
    }
    }
}

// Along the whole tree; what is not anchored may stand within something else.
static void write_all(Writing *w)
{
    put_filling(w);
    write_part(w, w->tree->root);
    if (!w->closed) put_filling(w);
}

bool texts_fit(Arena *a, const Literal *l, Rng *rng, Str *out)
{
    Tree t = {.count = 0};
    if (!pattern_read(&t, l)) return false;
    Writing w = {.tree = &t, .rng = *rng, .slip_at = NONE};
    write_all(&w);
    *rng = w.rng;
    *out = str_copy(a, (Str){w.out, w.len});
    return true;
}

bool texts_miss(Arena *a, const Literal *l, Rng *rng, Str *out)
{
    Tree t = {.count = 0};
    if (!pattern_read(&t, l)) return false;
    Tree turned = t;
    bool turns = pattern_turn(&turned) && rng_below(rng, 3) == 0;
    Writing w = {.tree = turns ? &turned : &t, .rng = *rng, .slip_at = NONE}, again = w;
    write_all(&w);
    if (turns) {
        *rng = w.rng;
        *out = str_copy(a, (Str){w.out, w.len});
        return true;
    }
    if (!w.slips) return false;
    again.slip_at = (int)rng_below(&w.rng, (uint64_t)w.slips);
    write_all(&again); // the same way up to there
    *rng = w.rng;
    *out = str_copy(a, (Str){again.out, again.len});
    return true;
}

// --- Lengths ---

Str texts_long(Arena *a, size_t n, Rng *rng)
{
    static const char letters[] = "qwertzuiopasdfghjklyxcvbnm";
    const size_t word = 4;
    char out[TEXTS_LENGTH_MAX];
    if (n > TEXTS_LENGTH_MAX) n = TEXTS_LENGTH_MAX;
    size_t from = rng_below(rng, sizeof letters - 1);
    for (size_t i = 0; i < n; i++) out[i] = letters[(from + i) % (sizeof letters - 1)];
    switch (rng_below(rng, 6)) {
    case 0:
        if (n > 1) out[n - 1] = ' ';
        break;
    case 1:
        if (n > 1) out[0] = ' ';
        break;
    case 2:
        for (size_t i = word; i + 1 < n; i += word + 1) out[i] = ' ';
        break;
    default:
        break;
    }
    return str_copy(a, (Str){out, n});
}
