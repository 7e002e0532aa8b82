// direct_text: texts out of a query's patterns, lengths and literals.
#include "base/buf.h"
#include "base/rng.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/direct.h"
#include "exam/data/values/texts.h"
#include "exam/paper.h"
#include <string.h>

static bool is_text(const Literal *l)
{
    int64_t any;
    return l->string && l->use == LITERAL_VALUE && l->text.len && l->text.len <= 64 &&
           !literals_span(l->text, &any);
}

static bool is_pattern(const Literal *l)
{
    return l->string && l->use != LITERAL_VALUE;
}

// A number beside a text says how long it is, or counts its characters.
static bool is_length(const Literal *l)
{
    double v;
    return direct_number_of(l, &v) && v >= 0 && v < TEXTS_LENGTH_MAX - 2;
}

static bool is_beside(const Drawing *d, const Literal *l)
{
    return l && str_eq_nocase(l->column, d->column->name);
}

static Str other_case(Arena *a, Str s)
{
    Str lower = str_lower(a, s);
    if (!str_eq(lower, s)) return lower;
    Buf b = buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        bool letter = s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
        buf_char(&b, letter ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i]);
    }
    return buf_str(&b);
}

// How many texts a column takes; a wide one takes as many as there are rows, each once.
static size_t text_count(Drawing *d, const Literal *l)
{
    enum { FEW = 5, WIDE_FROM = 5 };
    d->in_turn = d->rows >= WIDE_FROM && (rng_below(&d->rng, l->own ? 4 : 2));
    return !d->in_turn ? FEW : d->rows < VALUES_MOST ? d->rows : VALUES_MOST;
}

// Texts that meet the pattern and others that nearly do, at times with what another one asks for
// before or behind: of two patterns, both may be met.
static void draw_matches(Drawing *d, const Literal *l)
{
    size_t count = text_count(d, l);
    for (size_t i = 0; i < count; i++) {
        Str s, other;
        if (!(i % 2 ? texts_miss : texts_fit)(d->arena, l, &d->rng, &s)) return;
        const Literal *more = rng_below(&d->rng, 4) ? NULL : direct_draw(d, is_pattern);
        if (more && more != l && texts_fit(d->arena, more, &d->rng, &other)) {
            bool before = rng_below(&d->rng, 2);
            s = str_fmt(d->arena, STR_FMT STR_FMT, STR_ARG(before ? other : s),
                        STR_ARG(before ? s : other));
        }
        direct_put(d, i == 2 ? other_case(d->arena, s) : s);
    }
}

// What a pattern asks for, filled up before or behind to so many characters.
static Str padded(Drawing *d, const Literal *pattern, size_t n)
{
    Str s, filling = texts_long(d->arena, n, &d->rng);
    if (!pattern || !texts_fit(d->arena, pattern, &d->rng, &s) || s.len > n) return filling;
    if (rng_below(&d->rng, 4) == 0) filling = str_fmt(d->arena, "%*s", (int)n, "");
    filling = str_slice(filling, 0, n - s.len);
    bool before = rng_below(&d->rng, 3) == 0;
    return str_fmt(d->arena, STR_FMT STR_FMT, STR_ARG(before ? filling : s),
                   STR_ARG(before ? s : filling));
}

static void draw_lengths(Drawing *d, const Literal *l)
{
    double v;
    size_t count = text_count(d, l);
    if (!direct_number_of(l, &v)) return;
    for (size_t i = 0; i < count; i++) {
        int64_t n = (int64_t)v + rng_between(&d->rng, -1, 2);
        if (n < 0 || (n == 0 && v >= 1)) continue; // nobody is wrong about the empty text
        direct_put(d, padded(d, direct_draw(d, is_pattern), (size_t)n));
    }
}

// A name as one writes it, and in every other way.
static void draw_cases(Drawing *d)
{
    static const char *const names[] = {"quinn", "Quinn", "QUINN", "qUINN", "q", "Q", "quinn ROY"};
    size_t count = 2 + rng_below(&d->rng, 3);
    for (size_t i = 0; i < count; i++) {
        direct_put(d, str_from(names[rng_below(&d->rng, sizeof names / sizeof *names)]));
    }
}

// The same word, with blanks at one end or the other.
static void draw_blanks(Drawing *d)
{
    static const char *const ends[][2] = {{"", ""}, {" ", ""}, {"", " "}, {" ", " "}, {"  ", ""}};
    const Literal *l = direct_draw(d, is_text);
    Str word = l ? l->text : S("quinn");
    size_t count = 2 + rng_below(&d->rng, 3);
    for (size_t i = 0; i < count; i++) {
        const char *const *end = ends[rng_below(&d->rng, sizeof ends / sizeof *ends)];
        if (rng_below(&d->rng, 3) == 0) word = other_case(d->arena, word);
        direct_put(d, str_fmt(d->arena, "%s" STR_FMT "%s", end[0], STR_ARG(word), end[1]));
    }
}

// --- Texts of several parts: '#a b#c', 'a@b.com', '1.2.3.4' ---

enum { PARTS_MOST = 12 };
typedef struct {
    char marks[PARTS_MOST]; // what parts them
    size_t mark_count;
    Str parts[PARTS_MOST];
    size_t part_count;
} Pieces;

static void add_mark(Pieces *p, char c)
{
    if (!memchr("#@.-/:,;|&+ ", c, 12) || memchr(p->marks, c, p->mark_count)) return;
    if (p->mark_count < PARTS_MOST) p->marks[p->mark_count++] = c;
}

static void add_part(Pieces *p, Str part)
{
    if (part.len && p->part_count < PARTS_MOST) p->parts[p->part_count++] = part;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The marks and the words of a literal.
static void take_apart(Pieces *p, Str text)
{
    for (size_t i = 0, from = 0; i <= text.len; i++) {
        if (i < text.len && is_alnum(text.ptr[i])) continue;
        add_part(p, str_slice(text, from, i));
        if (i < text.len) add_mark(p, text.ptr[i]);
        from = i + 1;
    }
}

// A number may bound a part: it, the next one, and it with a 0 before.
static void add_number_parts(Drawing *d, Pieces *p, const Literal *l)
{
    int64_t n;
    if (l->string || !str_to_i64(l->text, &n) || n < 10 || n > 100000) return;
    add_part(p, l->text);
    add_part(p, str_fmt(d->arena, "%lld", (long long)n + 1));
}

// Whether a literal that is nothing but a mark is there: it parts texts.
static bool find_pieces(Drawing *d, Pieces *p)
{
    const Literals *l = d->literals;
    bool parted = false;
    for (size_t i = 0; i < l->len; i++) {
        if (l->at[i].string) take_apart(p, l->at[i].text);
        add_number_parts(d, p, &l->at[i]);
        parted |= l->at[i].string && l->at[i].text.len == 1 && p->mark_count &&
                  memchr(p->marks, l->at[i].text.ptr[0], p->mark_count);
    }
    if (d->literals->folds) add_part(p, S("A"));
    add_part(p, S("a"));
    add_part(p, S("b"));
    add_part(p, S("1"));
    add_part(p, S("01"));
    add_part(p, S("0"));
    return parted;
}

static Str put_together(Drawing *d, const Pieces *p)
{
    Buf b = buf_new(d->arena);
    size_t parts = rng_below(&d->rng, 3) ? 1 + rng_below(&d->rng, 4) : 4;
    char mark = p->marks[rng_below(&d->rng, p->mark_count)];
    bool mixed = rng_below(&d->rng, 2);
    if (rng_below(&d->rng, 3) == 0) buf_char(&b, mark);
    for (size_t i = 0; i < parts; i++) {
        if (i && mixed) mark = p->marks[rng_below(&d->rng, p->mark_count)];
        if (i) buf_char(&b, mark);
        buf_add(&b, p->parts[rng_below(&d->rng, p->part_count)]);
    }
    return buf_str(&b);
}

static bool draw_parted(Drawing *d)
{
    enum { TEXTS_MOST = 6 };
    Pieces p = {0};
    if (!find_pieces(d, &p) || rng_below(&d->rng, 2)) return false;
    size_t count = 2 + rng_below(&d->rng, TEXTS_MOST);
    for (size_t i = 0; i < count; i++) direct_put(d, put_together(d, &p));
    return true;
}

// The text itself, and what only holds it.
static void draw_equals(Drawing *d, const Literal *l)
{
    static const char *const around[][2] = {
        {"", "z"}, {"z", ""}, {"z ", ""}, {"", " z"}, {"z ", "z"}, {"z", " z"},
    };
    const char *const *with = around[rng_below(&d->rng, sizeof around / sizeof *around)];
    direct_put(d, l->text);
    if (rng_below(&d->rng, 4)) direct_put_others(d, l, is_text);
    direct_put(d, rng_below(&d->rng, 2)
                      ? other_case(d->arena, l->text)
                      : str_fmt(d->arena, "%s" STR_FMT "%s", with[0], STR_ARG(l->text), with[1]));
    if (rng_below(&d->rng, 2)) direct_put(d, S("other"));
}

// Texts that the rules allow: some that are alike, at times with any other ones.
static bool draw_formed(Drawing *d)
{
    enum { FORMED_MOST = 6 };
    const StrList *all = forms_of(d->literals->forms, d->table, d->place);
    if (!all || rng_below(&d->rng, 3) == 0) return false;
    size_t count = 2 + rng_below(&d->rng, FORMED_MOST), from = rng_below(&d->rng, all->len);
    bool alike = rng_below(&d->rng, 2);
    for (size_t i = 0; i < count; i++)
        direct_put(d, all->at[(alike ? from + i : rng_below(&d->rng, all->len)) % all->len]);
    return true;
}

// Months and numbers as texts: those of the query, and others that are written alike.
static bool draw_shaped(Drawing *d)
{
    Str shape;
    const Literals *l = d->literals;
    if (!shaped_like(l, d->column->name, &shape)) return false;
    for (size_t i = 0; i < l->len; i++) {
        if (!l->at[i].string || !str_eq_nocase(l->at[i].column, d->column->name)) continue;
        Str one = shaped_over(d->arena, shape, l->at[i].text);
        if (rng_below(&d->rng, 3)) direct_put(d, one);
        if (rng_below(&d->rng, 2)) direct_put(d, shaped_beside(d->arena, one, &d->rng));
    }
    return true;
}

// One of what the query asks of texts; what stands beside this column comes first.
void direct_texts(Drawing *d)
{
    static const struct {
        bool (*fits)(const Literal *);
        void (*use)(Drawing *, const Literal *);
    } asks[] = {{is_text, draw_equals}, {is_pattern, draw_matches}, {is_length, draw_lengths}};
    enum { ASKS = sizeof asks / sizeof *asks };
    const Literal *l[ASKS];
    bool beside = false;
    size_t n = 0, all[ASKS];
    for (size_t i = 0; i < ASKS; i++) {
        l[i] = direct_draw(d, asks[i].fits);
        bool alone = asks[i].fits == is_length && !is_beside(d, l[i]);
        if (alone && !d->literals->lengths) l[i] = NULL;
        beside |= is_beside(d, l[i]);
    }
    for (size_t i = 0; i < ASKS; i++) {
        if (l[i] && (!beside || is_beside(d, l[i]))) all[n++] = i;
    }
    if (draw_shaped(d) || draw_formed(d) || draw_parted(d) || direct_seen(d)) return;
    if (d->literals->trims && rng_below(&d->rng, 2)) {
        draw_blanks(d);
    } else if (d->literals->folds && (!n || d->literals->fresh.folds || !rng_below(&d->rng, 3))) {
        draw_cases(d);
    } else if (n) {
        size_t i = all[rng_below(&d->rng, n)];
        asks[i].use(d, l[i]);
    }
}

// --- Values that look alike once they are glued together ---

static bool is_glued(const Drawing *d, size_t *place)
{
    for (*place = 0; *place < d->literals->glued.len; (*place)++) {
        if (str_eq_nocase(d->literals->glued.at[*place], d->column->name)) return true;
    }
    return false;
}

// 1 and 11 are 11 and 1, 1.1 and 11.1 are 1.11 and 1.1: in turn, so that two rows show it. Who puts
// the smaller one first needs 1 and 112 beside 11 and 12; a column that is glued to itself 'q' and
// 'r' beside 'qr'.
bool direct_glued(Drawing *d)
{
    static const double whole[][2][2] = {{{1, 11}, {11, 1}}, {{1, 11}, {112, 12}}},
                        real[][2] = {{1.1, 1.11}, {11.1, 1.1}};
    static const char *const text[][2][2] = {{{"q", "qq"}, {"qq", "q"}},
                                             {{"q", "qq"}, {"qqr", "qr"}}},
                             *const alone[] = {"q", "r", "qr"};
    size_t place;
    uint64_t random = rng_at(d->rng.seed, GLUE_STREAM, 0);
    if (random % (d->literals->fresh.glues ? 8 : 2) == 1 || !is_glued(d, &place)) return false;
    size_t way = random / 8 % 2;
    bool one = d->literals->glued.len == 1;
    for (size_t i = 0; i < 2; i++) {
        if (d->column->type == TYPE_INTEGER) direct_put_number(d, whole[way][place % 2][i]);
        if (d->column->type == TYPE_REAL) direct_put_number(d, real[place % 2][i]);
        if (d->column->type == TYPE_TEXT && !one) direct_put(d, str_from(text[way][place % 2][i]));
    }
    for (size_t i = 0; i < 3 && one && d->column->type == TYPE_TEXT; i++)
        direct_put(d, str_from(alone[i]));
    d->in_turn = random / 16 % 4 > 0; // in all columns, or in none
    return d->len > 0;
}
