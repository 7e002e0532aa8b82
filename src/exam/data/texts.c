// texts: a pattern becomes a tree of parts, and a text is written along it, right or with one slip.
#include "exam/data/texts.h"
#include <string.h>

enum {
    PARTS_MOST = 256,
    DEPTH_MOST = 12,
    STEPS_MOST = 600, // of writing one text
    REPEATS_MOST = 40,
    WITHOUT_END = -1,
    NONE = -1,
    FIRST_PRINTABLE = ' ',
    LAST_PRINTABLE = '~',
};

typedef enum {
    PART_SET,    // one character out of a set
    PART_ROW,    // its children one after another
    PART_CHOICE, // one of its children
    PART_REPEAT, // its child, least to most times
    PART_START,
    PART_END,
    PART_EDGE, // \b
    PART_LAST = PART_EDGE,
} PartKind;

typedef struct {
    uint64_t bits[4];
} Set;

typedef struct {
    PartKind kind;
    Set set;
    bool open; // a set that says what is not allowed, or any character
    int least, most;
    int first, next; // its first child, its next sibling
} Part;

typedef struct {
    Part parts[PARTS_MOST];
    int count, root;
    Set named; // the characters that the pattern names
    bool bad;
} Tree;

// --- Sets ---

static bool has(const Set *s, unsigned char c)
{
    return s->bits[c / 64] >> (c % 64) & 1;
}

static void add(Set *s, unsigned char c)
{
    s->bits[c / 64] |= (uint64_t)1 << (c % 64);
}

static void add_range(Set *s, unsigned char from, unsigned char to)
{
    for (unsigned c = from; c <= to; c++) add(s, (unsigned char)c);
}

static void add_set(Set *s, const Set *more)
{
    for (size_t i = 0; i < 4; i++) s->bits[i] |= more->bits[i];
}

static Set inverse(const Set *s)
{
    Set out = {{0}};
    for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
        if (!has(s, (unsigned char)c)) add(&out, (unsigned char)c);
    }
    return out;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool in_word(unsigned char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

// --- The tree ---

static int part_new(Tree *t, PartKind kind)
{
    if (t->count == PARTS_MOST) {
        t->bad = true;
        return 0;
    }
    t->parts[t->count] = (Part){.kind = kind, .first = NONE, .next = NONE};
    return t->count++;
}

static void append(Tree *t, int parent, int child)
{
    int *at = &t->parts[parent].first;
    while (*at != NONE) at = &t->parts[*at].next;
    if (!t->bad) *at = child;
}

static int set_new(Tree *t, Set s, bool open)
{
    int p = part_new(t, PART_SET);
    t->parts[p].set = s;
    t->parts[p].open = open;
    if (!open) add_set(&t->named, &s);
    return p;
}

static int one_new(Tree *t, unsigned char c)
{
    Set s = {{0}};
    add(&s, c);
    return set_new(t, s, false);
}

static int any_new(Tree *t)
{
    Set none = {{0}};
    return set_new(t, inverse(&none), true);
}

static int repeat_new(Tree *t, int child, int least, int most)
{
    int p = part_new(t, PART_REPEAT);
    t->parts[p].least = least < REPEATS_MOST ? least : REPEATS_MOST;
    t->parts[p].most = most;
    append(t, p, child);
    return p;
}

// --- Reading a regular expression ---

typedef struct {
    Tree *tree;
    Str s;
    size_t at;
    int depth;
} Reading;

static unsigned char peek(const Reading *r, size_t ahead)
{
    return r->at + ahead < r->s.len ? (unsigned char)r->s.ptr[r->at + ahead] : 0;
}

static bool took(Reading *r, const char *what)
{
    if (!str_starts(str_slice(r->s, r->at, r->s.len), str_from(what))) return false;
    r->at += strlen(what);
    return true;
}

// \d, \w, \s and the like; false for a character that stands for itself.
static bool class_of(unsigned char letter, Set *out)
{
    Set s = {{0}};
    switch (letter | 0x20) {
    case 'd':
        add_range(&s, '0', '9');
        break;
    case 'w':
        for (unsigned c = '0'; c <= 'z'; c++) {
            if (in_word((unsigned char)c)) add(&s, (unsigned char)c);
        }
        break;
    case 's':
        add(&s, ' ');
        break;
    default:
        return false;
    }
    *out = letter < 'a' ? inverse(&s) : s;
    return true;
}

static bool take_named_class(Reading *r, Set *s)
{
    static const struct {
        const char *name;
        const char *ranges; // pairs
    } classes[] = {{"[:alpha:]", "azAZ"},     {"[:digit:]", "09"},     {"[:alnum:]", "azAZ09"},
                   {"[:upper:]", "AZ"},       {"[:lower:]", "az"},     {"[:space:]", "  "},
                   {"[:punct:]", "!/:@[`{~"}, {"[:word:]", "azAZ09__"}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!took(r, classes[i].name)) continue;
        for (const char *p = classes[i].ranges; *p; p += 2) {
            add_range(s, (unsigned char)p[0], (unsigned char)p[1]);
        }
        return true;
    }
    return false;
}

static unsigned char take_escaped(Reading *r)
{
    unsigned char c = peek(r, 0);
    if (c) r->at++;
    return c == 't' || c == 'n' || c == 'r' ? ' ' : c;
}

// One character of a class, or all of one named; *single: it may begin a range.
static unsigned char take_member(Reading *r, Set *s, bool *single)
{
    Set class;
    *single = false;
    if (take_named_class(r, s)) return 0;
    if (took(r, "\\")) {
        if (class_of(peek(r, 0), &class)) {
            add_set(s, &class);
            r->at++;
            return 0;
        }
        *single = true;
        return take_escaped(r);
    }
    *single = true;
    return (unsigned char)r->s.ptr[r->at++];
}

static int read_class(Reading *r)
{
    Set s = {{0}};
    bool negated = took(r, "^"), first = true, single;
    while (r->at < r->s.len && (first || peek(r, 0) != ']')) {
        unsigned char from = take_member(r, &s, &single);
        first = false;
        if (!single) continue;
        unsigned char to = from;
        if (peek(r, 0) == '-' && peek(r, 1) && peek(r, 1) != ']') {
            r->at++;
            to = take_member(r, &s, &single);
        }
        if (to >= from) add_range(&s, from, to);
    }
    if (!took(r, "]")) r->tree->bad = true;
    if (!negated) return set_new(r->tree, s, false);
    add_set(&r->tree->named, &s);
    return set_new(r->tree, inverse(&s), true);
}

static int read_choice(Reading *r);

// Behind "(": what only looks around is read and left out.
static int read_group(Reading *r)
{
    bool looks = took(r, "?=") || took(r, "?!") || took(r, "?<=") || took(r, "?<!");
    if (!looks && took(r, "?")) { // a name or flags
        while (r->at < r->s.len && !strchr(":>)", r->s.ptr[r->at])) r->at++;
        if (peek(r, 0) != ')') r->at++;
    }
    int inner = read_choice(r);
    if (!took(r, ")")) r->tree->bad = true;
    return looks ? part_new(r->tree, PART_ROW) : inner;
}

static int read_escape(Reading *r)
{
    Set s;
    unsigned char c = peek(r, 0);
    if (class_of(c, &s)) {
        r->at++;
        return set_new(r->tree, s, c < 'a');
    }
    if (took(r, "b")) return part_new(r->tree, PART_EDGE);
    if (took(r, "A")) return part_new(r->tree, PART_START);
    if (took(r, "z") || took(r, "Z")) return part_new(r->tree, PART_END);
    if (is_digit(c) || c == 0) r->tree->bad = true; // refers back
    return one_new(r->tree, take_escaped(r));
}

static int read_atom(Reading *r)
{
    unsigned char c = (unsigned char)r->s.ptr[r->at++];
    switch (c) {
    case '(':
        return read_group(r);
    case '[':
        return read_class(r);
    case '.':
        return any_new(r->tree);
    case '^':
        return part_new(r->tree, PART_START);
    case '$':
        return part_new(r->tree, PART_END);
    case '\\':
        return read_escape(r);
    default:
        return one_new(r->tree, c);
    }
}

static int take_count(Reading *r)
{
    int n = 0;
    while (is_digit(peek(r, 0))) {
        if (n < REPEATS_MOST) n = n * 10 + (peek(r, 0) - '0');
        r->at++;
    }
    return n;
}

static int read_repeated(Reading *r)
{
    int p = read_atom(r), least = 0, most = WITHOUT_END;
    for (;;) {
        if (took(r, "*")) {
            least = 0;
            most = WITHOUT_END;
        } else if (took(r, "+")) {
            least = 1;
            most = WITHOUT_END;
        } else if (took(r, "?")) {
            least = 0;
            most = 1;
        } else if (peek(r, 0) == '{' && is_digit(peek(r, 1))) {
            r->at++;
            least = most = take_count(r);
            if (took(r, ",")) most = is_digit(peek(r, 0)) ? take_count(r) : WITHOUT_END;
            if (!took(r, "}")) r->tree->bad = true;
        } else {
            return p;
        }
        if (!took(r, "?")) took(r, "+"); // lazy or possessive: the same texts
        p = repeat_new(r->tree, p, least, most);
        if (r->tree->bad) return p;
    }
}

static int read_row(Reading *r)
{
    int row = part_new(r->tree, PART_ROW);
    while (r->at < r->s.len && peek(r, 0) != '|' && peek(r, 0) != ')' && !r->tree->bad) {
        append(r->tree, row, read_repeated(r));
    }
    return row;
}

static int read_choice(Reading *r)
{
    int choice = part_new(r->tree, PART_CHOICE);
    if (++r->depth > DEPTH_MOST) r->tree->bad = true;
    do {
        if (!r->tree->bad) append(r->tree, choice, read_row(r));
    } while (!r->tree->bad && took(r, "|"));
    r->depth--;
    return choice;
}

static void read_regexp(Tree *t, Str s)
{
    Reading r = {.tree = t, .s = s};
    t->root = read_choice(&r);
    t->bad |= r.at < s.len;
}

// --- Reading what LIKE or = compares with ---

static void read_plain(Tree *t, const Literal *l)
{
    Str s = l->text;
    bool like = l->use == LITERAL_LIKE;
    t->root = part_new(t, PART_ROW);
    append(t, t->root, part_new(t, PART_START));
    for (size_t i = 0; i < s.len && !t->bad; i++) {
        char c = s.ptr[i];
        bool escape = like && c == '\\' && i + 1 < s.len;
        if (escape) c = s.ptr[++i];
        int p =
            like && !escape && (c == '%' || c == '_') ? any_new(t) : one_new(t, (unsigned char)c);
        if (like && !escape && c == '%') p = repeat_new(t, p, 0, WITHOUT_END);
        append(t, t->root, p);
    }
    append(t, t->root, part_new(t, PART_END));
}

static bool read_tree(Tree *t, const Literal *l)
{
    if (!l->string || !l->text.len || l->text.len > TEXTS_PATTERN_MAX) return false;
    if (l->use == LITERAL_REGEXP) {
        read_regexp(t, l->text);
    } else {
        read_plain(t, l);
    }
    return !t->bad;
}

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

static size_t set_size(const Set *s)
{
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) n += (size_t)__builtin_popcountll(s->bits[i]);
    return n;
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
        if (has(s, (unsigned char)*c)) fit[n++] = (unsigned char)*c;
    }
    if (!n || set_size(s) < many || rng_below(&w->rng, 4) == 0) {
        n = 0;
        for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
            if (has(s, (unsigned char)c)) fit[n++] = (unsigned char)c;
        }
    }
    if (n) *out = fit[rng_below(&w->rng, n)];
    return n > 0;
}

// Characters that are plausible and not in the set.
static Set strangers(const Writing *w, const Set *s)
{
    Set all = w->tree->named, out = {{0}};
    for (const char *c = "qzQ7"; *c; c++) add(&all, (unsigned char)*c);
    if (set_size(s) > 1) {
        add(&all, ' ');
        add(&all, '#');
    }
    for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
        if (has(&all, (unsigned char)c) && !has(s, (unsigned char)c)) add(&out, (unsigned char)c);
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
        if (draw_of(w, s, &c) && is_letter(c) && !has(s, c ^ case_bit)) {
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
        if (has(&p->set, (unsigned char)b)) put(w, (unsigned char)b);
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
        bool inside = w->len && in_word((unsigned char)w->out[w->len - 1]);
        if (slip && !inside) put(w, 'q');
        if (!slip && inside) put(w, ' ');
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
    if (!read_tree(&t, l)) return false;
    Writing w = {.tree = &t, .rng = *rng, .slip_at = NONE};
    write_all(&w);
    *rng = w.rng;
    *out = str_copy(a, (Str){w.out, w.len});
    return true;
}

bool texts_miss(Arena *a, const Literal *l, Rng *rng, Str *out)
{
    Tree t = {.count = 0};
    if (!read_tree(&t, l)) return false;
    Writing w = {.tree = &t, .rng = *rng, .slip_at = NONE}, again = w;
    write_all(&w);
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
