// pattern: a pattern of LIKE or REGEXP becomes a tree of parts.
#include "exam/data/values/pattern.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/texts.h"
#include <string.h>

enum { DEPTH_MOST = 12, REPEATS_MOST = 40 };

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
    if (!open) set_add_all(&t->named, &s);
    return p;
}

static int one_new(Tree *t, unsigned char c)
{
    Set s = {{0}};
    set_add(&s, c);
    return set_new(t, s, false);
}

static int any_new(Tree *t)
{
    Set none = {{0}};
    return set_new(t, set_inverse(&none), true);
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
        set_add_range(&s, '0', '9');
        break;
    case 'w':
        for (unsigned c = '0'; c <= 'z'; c++) {
            if (set_in_word((unsigned char)c)) set_add(&s, (unsigned char)c);
        }
        break;
    case 's':
        set_add(&s, ' ');
        break;
    default:
        return false;
    }
    *out = letter < 'a' ? set_inverse(&s) : s;
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
            set_add_range(s, (unsigned char)p[0], (unsigned char)p[1]);
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
            set_add_all(s, &class);
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
        if (to >= from) set_add_range(&s, from, to);
    }
    if (!took(r, "]")) r->tree->bad = true;
    if (!negated) return set_new(r->tree, s, false);
    set_add_all(&r->tree->named, &s);
    return set_new(r->tree, set_inverse(&s), true);
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
    if (took(r, "b") || took(r, "y") || took(r, "m") || took(r, "M") || took(r, "<") ||
        took(r, ">"))
        return part_new(r->tree, PART_EDGE);
    if (took(r, "A")) return part_new(r->tree, PART_START);
    if (took(r, "z") || took(r, "Z")) return part_new(r->tree, PART_END);
    if (set_is_digit(c) || c == 0) r->tree->bad = true; // refers back
    return one_new(r->tree, take_escaped(r));
}

static int read_atom(Reading *r)
{
    unsigned char c = (unsigned char)r->s.ptr[r->at++];
    switch (c) {
    case '(':
        return read_group(r);
    case '[':
        if (took(r, "[:<:]]") || took(r, "[:>:]]")) return part_new(r->tree, PART_EDGE);
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
    while (set_is_digit(peek(r, 0))) {
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
        } else if (peek(r, 0) == '{' && set_is_digit(peek(r, 1))) {
            r->at++;
            least = most = take_count(r);
            if (took(r, ",")) most = set_is_digit(peek(r, 0)) ? take_count(r) : WITHOUT_END;
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

bool pattern_read(Tree *t, const Literal *l)
{
    if (!l->string || !l->text.len || l->text.len > TEXTS_PATTERN_MAX) return false;
    if (l->use == LITERAL_REGEXP) {
        read_regexp(t, l->text);
    } else {
        read_plain(t, l);
    }
    return !t->bad;
}
