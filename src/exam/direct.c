// direct: values out of a query's own literals, so that tiny databases meet its boundaries.
//
// A column draws one literal and gets it with its neighbours; a time draws a moment and a span.
// Columns of one name draw alike, so that joins meet. The generator then takes some of the listed
// values, under all constraints.
#include "base/rng.h"
#include "base/world.h"
#include "exam/texts.h"

enum {
    VALUES_MOST = 28,
    OTHERS_MOST = 4,
    DAY_S = 86400,
    LONGEST_S = 3 * 366 * DAY_S,
    TIME_STREAM = 0x71,
    GLUE_STREAM = 0x72,
    GROUP_STREAM = 0x73,
    KEY_SPARE = 2,
    PAIRS_FROM = 9,
    PAIRED_THINGS = 5,
    PAIRS_STREAM = 0x75,
};

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    const ColumnSpec *column;
    size_t rows; // that the tables will have at most
    bool key, thing, in_turn;
    Rng rng;
    ValueChoice at[VALUES_MOST];
    size_t len;
} Drawing;

static bool is_alone_in(const StrList *key, Str column)
{
    return key->len == 1 && str_eq_nocase(key->at[0], column);
}

// A column whose values only have to differ in each row.
static bool is_key(const TableSpec *t, const ColumnSpec *c)
{
    bool key = c->primary_key || c->unique;
    for (size_t i = 0; i < t->unique_count; i++) key |= is_alone_in(&t->unique[i], c->name);
    return key;
}

static bool is_free(const TableSpec *t, const ColumnSpec *c)
{
    if (c->value_count || c->ref_table.len || c->after.len) return false;
    for (size_t i = 0; i < t->foreign_key_count; i++) {
        for (size_t k = 0; k < t->foreign_keys[i].columns.len; k++) {
            if (str_eq_nocase(t->foreign_keys[i].columns.at[k], c->name)) return false;
        }
    }
    return c->type != TYPE_BOOLEAN;
}

static void put(Drawing *d, Str text)
{
    for (size_t i = 0; i < d->len; i++) {
        if (str_eq(d->at[i].text, text)) return;
    }
    if (d->len < VALUES_MOST) d->at[d->len++] = (ValueChoice){text, 1};
}

// One of the literals for which `fits`; those that stand beside this column come first, and of them
// at times those that only the answer has.
static const Literal *draw(Drawing *d, bool (*fits)(const Literal *))
{
    const Literals *l = d->literals;
    size_t near = 0, own = 0, all = 0;
    for (size_t i = 0; i < l->len; i++) {
        if (!fits(&l->at[i])) continue;
        bool beside = str_eq_nocase(l->at[i].column, d->column->name);
        near += beside;
        own += beside && l->at[i].own;
        all++;
    }
    if (!all || (d->thing && !near)) return NULL;
    bool beside = near && (d->thing || rng_below(&d->rng, 4));
    bool only_own = beside && own && rng_below(&d->rng, 2);
    size_t k = rng_below(&d->rng, only_own ? own : beside ? near : all);
    for (size_t i = 0; i < l->len; i++) {
        bool counts = fits(&l->at[i]) && (!only_own || l->at[i].own) &&
                      (!beside || str_eq_nocase(l->at[i].column, d->column->name));
        if (counts && k-- == 0) return &l->at[i];
    }
    return NULL;
}

// --- Numbers ---

static bool number_of(const Literal *l, double *v)
{
    return !l->string && str_to_f64(l->text, v) && *v > -1e15 && *v < 1e15;
}

static bool is_number(const Literal *l)
{
    double v;
    return number_of(l, &v);
}

// Numbers up to 3 are everywhere in queries and in data; alone they say nothing about a column.
static bool is_telling(const Drawing *d, const Literal *l, double v)
{
    return v > 3 || v < -3 || str_eq_nocase(l->column, d->column->name);
}

// Numbers of things begin with 1, unless their column says otherwise.
static void put_number(Drawing *d, double v)
{
    if (!bounds_number(d->column, v) || (d->thing && !d->column->min.len && v < 1)) return;
    bool real = d->column->type == TYPE_REAL;
    put(d, real ? real_text(d->arena, v) : str_fmt(d->arena, "%lld", (long long)v));
}

// At times two literals of a query meet in one value (duration / 60 >= 5 needs 300), or several
// values make up one (SUM(duration) >= 300 is met exactly by 150 and 150).
static double combined(Drawing *d, double v)
{
    double other;
    const Literal *l = draw(d, is_number);
    if (!l || !number_of(l, &other) || other == 0 || other == v) return v;
    switch (rng_below(&d->rng, 6)) {
    case 0:
        return v * other;
    case 1:
        return v / other;
    default:
        return v;
    }
}

static double parts_of(Drawing *d, double v)
{
    int64_t parts = rng_between(&d->rng, 2, 3);
    return d->column->type == TYPE_REAL ? v / (double)parts : (double)((int64_t)v / parts);
}

// A number that may count things: the ten of a top ten.
static double count_of_things(Drawing *d)
{
    const Literals *l = d->literals;
    double v;
    size_t from = l->len ? rng_below(&d->rng, l->len) : 0;
    for (size_t i = 0; i < l->len; i++) {
        const Literal *one = &l->at[(from + i) % l->len];
        if (number_of(one, &v) && v > 3 && v < VALUES_MOST - 2) return v;
    }
    return 0;
}

// One to three things, so that a few rows belong to one; at times more than the query counts, or 1
// and 11, which are not told apart where numbers are glued together.
static void draw_things(Drawing *d)
{
    if (rng_at(d->rng.seed, GLUE_STREAM, 0) % 12 == 0) { // in all columns
        put_number(d, 1);
        put_number(d, 11);
        return;
    }
    double count = count_of_things(d);
    int64_t things = rng_between(&d->rng, 1, 3);
    // Five things and pairs of them, in all columns: two that have three others in common.
    bool pairs = d->rows >= PAIRS_FROM && rng_at(d->rng.seed, PAIRS_STREAM, 0) % 4 == 0;
    if (pairs) things = PAIRED_THINGS;
    if (!pairs && count > 0 && rng_below(&d->rng, 3) == 0) things = (int64_t)count + 2;
    for (int64_t i = 1; i <= things; i++) put_number(d, (double)i);
}

// --- Columns with a list ---

static bool is_listed(const TableSpec *t, const ColumnSpec *c)
{
    if (!c->value_count || c->ref_table.len || c->after.len || c->type == TYPE_BOOLEAN)
        return false;
    ColumnSpec free = *c;
    free.value_count = 0;
    return is_free(t, &free);
}

static bool lists(const ColumnSpec *c, Str text)
{
    for (size_t i = 0; i < c->value_count; i++) {
        if (str_eq(c->values[i].text, text)) return true;
    }
    return false;
}

// Of a long list those that the query asks for, and at times one more: who asks for two of them in
// two columns meets both.
static void draw_listed(Drawing *d)
{
    const Literals *l = d->literals;
    const ColumnSpec *c = d->column;
    if (c->value_count < 3 || rng_below(&d->rng, 2)) return;
    for (size_t i = 0; i < l->len; i++) {
        bool beside = l->at[i].string && str_eq_nocase(l->at[i].column, c->name);
        if (beside && lists(c, l->at[i].text)) put(d, l->at[i].text);
    }
    if (d->len && rng_below(&d->rng, 2)) put(d, c->values[rng_below(&d->rng, c->value_count)].text);
}

// The other literals that stand beside this column: x IN ('a', 'b'), x = 'a' here and 'b' there.
static void put_others(Drawing *d, const Literal *but, bool (*fits)(const Literal *))
{
    size_t put_so_far = 0;
    for (size_t i = 0; i < d->literals->len && put_so_far < OTHERS_MOST; i++) {
        const Literal *l = &d->literals->at[i];
        double v;
        if (l == but || !fits(l) || !str_eq_nocase(l->column, d->column->name)) continue;
        if (l->string) put(d, l->text);
        if (number_of(l, &v)) put_number(d, v);
        put_so_far++;
    }
}

// Fractions that the rounding of the query hides, and others that only a coarser one would: 0.31
// and 4.31 of its last digit. No sum or mean of a few of them lies halfway between two results,
// where right answers that add in another order may round to different sides.
static void put_fraction(Drawing *d, double whole, double of_last_digit)
{
    const int digits = (int)d->literals->decimals - 1;
    double v = of_last_digit;
    for (int i = 0; i < digits; i++) v /= 10;
    if (str_to_f64(str_fmt(d->arena, "%.*f", digits + 2, whole + v), &v)) put_number(d, v);
}

static void draw_fractions(Drawing *d)
{
    double v = 0;
    const Literal *l = draw(d, is_number);
    const double hidden = 0.31, shown = 4.31;
    if (!l || !number_of(l, &v) || !is_telling(d, l, v)) v = 0;
    v += (double)rng_below(&d->rng, 3);
    put_number(d, v);
    put_fraction(d, v, hidden);
    put_fraction(d, v, shown);
    put_fraction(d, v + 1, hidden);
    put_fraction(d, v, -hidden); // below the bound, and at it once it is rounded
    if (rng_below(&d->rng, 2)) put_number(d, v + 2);
}

static void draw_numbers(Drawing *d)
{
    double v, most;
    if (d->column->type == TYPE_REAL && d->literals->decimals && rng_below(&d->rng, 3)) {
        draw_fractions(d);
        return;
    }
    const Literal *l = draw(d, is_number);
    if (!l && d->thing) draw_things(d);
    if (!l || !number_of(l, &v) || !is_telling(d, l, v)) return;
    v = combined(d, v);
    if (str_to_f64(d->column->max, &most) && v > most) v = parts_of(d, v);
    double step = d->column->type == TYPE_REAL && rng_below(&d->rng, 2) ? 0.01 : 1;
    if (rng_below(&d->rng, 4) == 0)
        v = d->column->type == TYPE_REAL ? v / 2 : (double)((int64_t)v / 2);
    put_number(d, v);
    put_number(d, v - step);
    put_number(d, v + step);
    put_number(d, rng_below(&d->rng, 2) ? 0 : 1);
    if (rng_below(&d->rng, 4) == 0) put_number(d, -v);
    if (rng_below(&d->rng, 3) == 0) put_others(d, l, is_number);
}

// --- Texts ---

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
    return number_of(l, &v) && v >= 0 && v < TEXTS_LENGTH_MAX - 2;
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
        const Literal *more = rng_below(&d->rng, 4) ? NULL : draw(d, is_pattern);
        if (more && more != l && texts_fit(d->arena, more, &d->rng, &other)) {
            bool before = rng_below(&d->rng, 2);
            s = str_fmt(d->arena, STR_FMT STR_FMT, STR_ARG(before ? other : s),
                        STR_ARG(before ? s : other));
        }
        put(d, i == 2 ? other_case(d->arena, s) : s);
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
    if (!number_of(l, &v)) return;
    for (size_t i = 0; i < count; i++) {
        int64_t n = (int64_t)v + rng_between(&d->rng, -1, 2);
        if (n < 0 || (n == 0 && v >= 1)) continue; // nobody is wrong about the empty text
        put(d, padded(d, draw(d, is_pattern), (size_t)n));
    }
}

// A name as one writes it, and in every other way.
static void draw_cases(Drawing *d)
{
    static const char *const names[] = {"quinn", "Quinn", "QUINN", "qUINN", "q", "Q", "quinn ROY"};
    size_t count = 2 + rng_below(&d->rng, 3);
    for (size_t i = 0; i < count; i++) {
        put(d, str_from(names[rng_below(&d->rng, sizeof names / sizeof *names)]));
    }
}

// The text itself, and what only holds it.
static void draw_equals(Drawing *d, const Literal *l)
{
    static const char *const around[][2] = {
        {"", "z"}, {"z", ""}, {"z ", ""}, {"", " z"}, {"z ", "z"}, {"z", " z"},
    };
    const char *const *with = around[rng_below(&d->rng, sizeof around / sizeof *around)];
    put(d, l->text);
    if (rng_below(&d->rng, 4)) put_others(d, l, is_text);
    put(d, rng_below(&d->rng, 2)
               ? other_case(d->arena, l->text)
               : str_fmt(d->arena, "%s" STR_FMT "%s", with[0], STR_ARG(l->text), with[1]));
    if (rng_below(&d->rng, 2)) put(d, S("other"));
}

// One of what the query asks of texts; what stands beside this column comes first.
static void draw_texts(Drawing *d)
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
        l[i] = draw(d, asks[i].fits);
        bool alone = asks[i].fits == is_length && !is_beside(d, l[i]);
        if (alone && !d->literals->lengths) l[i] = NULL;
        beside |= is_beside(d, l[i]);
    }
    for (size_t i = 0; i < ASKS; i++) {
        if (l[i] && (!beside || is_beside(d, l[i]))) all[n++] = i;
    }
    if (d->literals->folds && (!n || rng_below(&d->rng, 3) == 0)) {
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

// 1 and 11 are 11 and 1, 1.1 and 11.1 are 1.11 and 1.1: in turn, so that two rows show it.
static bool draw_glued(Drawing *d)
{
    static const double whole[][2] = {{1, 11}, {11, 1}}, real[][2] = {{1.1, 1.11}, {11.1, 1.1}};
    static const char *const text[][2] = {{"q", "qq"}, {"qq", "q"}};
    size_t place;
    if (rng_at(d->rng.seed, GLUE_STREAM, 0) % 2 || !is_glued(d, &place)) return false;
    for (size_t i = 0; i < 2; i++) {
        if (d->column->type == TYPE_INTEGER) put_number(d, whole[place % 2][i]);
        if (d->column->type == TYPE_REAL) put_number(d, real[place % 2][i]);
        if (d->column->type == TYPE_TEXT) put(d, str_from(text[place % 2][i]));
    }
    d->in_turn = rng_below(&d->rng, 4) > 0;
    return d->len > 0;
}

// --- Times, in seconds since 1970 ---

// The start of a moment, and what comes after it: '2020-02' and LIKE '2020-02-%' mean a month, a
// number a year.
static bool period_of(const Literal *l, int64_t *from, int64_t *to)
{
    enum { YEAR_LOW = 1900, YEAR_HIGH = 2100, OF_YEAR = 4, OF_MONTH = 7 };
    Str text = l->text;
    int64_t year;
    if (!l->string) {
        bool is_year = str_to_i64(text, &year) && year >= YEAR_LOW && year <= YEAR_HIGH;
        if (!is_year || !l->column.len) return false;
    } else if (l->use == LITERAL_LIKE) {
        size_t n = 0;
        while (n < text.len && text.ptr[n] != '%' && text.ptr[n] != '_') n++;
        while (n && (text.ptr[n - 1] == '-' || text.ptr[n - 1] == ' ')) n--;
        text = str_slice(text, 0, n);
    }
    if (!bounds_moment(text, from)) return false;
    int y, month, day;
    date_civil(*from / DAY_S, &y, &month, &day);
    *to = *from;
    if (text.len == OF_YEAR) *to = date_days(y + 1, 1, 1) * DAY_S;
    if (text.len == OF_MONTH) *to = date_days(y + month / 12, month % 12 + 1, 1) * DAY_S;
    return true;
}

static bool is_moment(const Literal *l)
{
    int64_t from, to;
    return period_of(l, &from, &to);
}

// MONTH(x) = 2 beside YEAR(x) = 2020.
static bool is_month(const Literal *l)
{
    double v;
    return number_of(l, &v) && l->column.len && v >= 1 && v <= 12;
}

// One of the ends of what a literal means, the first more often.
static bool moment_of(Drawing *d, const Literal *l, int64_t *at)
{
    int64_t to, n;
    int year, month, day;
    if (!l || !period_of(l, at, &to)) return false;
    const Literal *in = l->string ? NULL : draw(d, is_month);
    if (in && str_eq_nocase(in->column, l->column) && str_to_i64(in->text, &n)) {
        date_civil(*at / DAY_S, &year, &month, &day);
        *at = date_days(year, (int)n, 1) * DAY_S;
        to = date_days(year + (int)n / 12, (int)n % 12 + 1, 1) * DAY_S;
    }
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    if (to > *at && rng_below(&d->rng, 3) == 0) *at = to - step;
    return true;
}

// What can be a distance between two times: '30 minutes', or a number.
static bool is_span(const Literal *l)
{
    int64_t any;
    double v;
    return l->string ? literals_span(l->text, &any) : number_of(l, &v) && v > 1;
}

static void put_time(Drawing *d, int64_t seconds)
{
    if (!bounds_time(d->w, d->column, seconds)) return;
    put(d, d->column->type == TYPE_DATE ? date_text(d->arena, seconds / DAY_S)
                                        : time_text(d->arena, seconds * 1000));
}

static bool asks_for_months(const Literal *l)
{
    return l->string && str_starts(l->text, S("start of "));
}

// The first second of the month that is `back` months before the one of today.
static int64_t month_start(const Drawing *d, int back)
{
    int year, month, day;
    date_civil(d->w->today, &year, &month, &day);
    month -= back;
    return date_days(month < 1 ? year - 1 : year, month < 1 ? month + 12 : month, 1) * DAY_S;
}

static int64_t clock_moment(Drawing *d)
{
    bool months = draw(d, asks_for_months);
    switch (rng_below(&d->rng, months ? 4 : 2)) {
    case 0:
        return d->w->now_ms / 1000;
    case 1:
        return d->w->today * DAY_S;
    case 2:
        return month_start(d, 0);
    default:
        return month_start(d, 1);
    }
}

// Where months and years meet, and the end of a February with 29 days.
static int64_t edge_moment(Drawing *d)
{
    int year, month, day;
    date_civil(d->w->today, &year, &month, &day);
    switch (rng_below(&d->rng, 3)) {
    case 0:
        return month_start(d, 0);
    case 1:
        return date_days(year, 1, 1) * DAY_S;
    default:
        return date_days(year - year % 4, 3, 1) * DAY_S;
    }
}

static int64_t draw_moment(Drawing *d)
{
    int64_t at;
    const Literal *l = draw(d, is_moment);
    if (d->literals->clock && (!l || rng_below(&d->rng, 2))) return clock_moment(d);
    if (moment_of(d, l, &at)) return at;
    if (rng_below(&d->rng, 2)) return edge_moment(d);
    return (d->w->today - 2) * DAY_S + DAY_S / 2;
}

// A number may count seconds, minutes, hours or days; a large one hardly anything but seconds.
static int64_t span_of(Drawing *d, double v)
{
    static const int64_t units[] = {1, 60, 3600, DAY_S};
    int64_t unit = units[rng_below(&d->rng, v >= 300 ? 1 : sizeof units / sizeof *units)];
    return v > (double)LONGEST_S ? 0 : (int64_t)v * unit;
}

// 0 = the query has no spans.
static int64_t draw_span(Drawing *d)
{
    int64_t span = 0;
    double v;
    const Literal *l = draw(d, is_span);
    if (l && number_of(l, &v)) span = span_of(d, v);
    if (l && l->string && !literals_span(l->text, &span)) span = 0;
    return span > LONGEST_S ? 0 : span;
}

static int64_t years_later(int64_t seconds, int years)
{
    int year, month, day;
    date_civil(seconds / DAY_S, &year, &month, &day);
    if (month == 2 && day == 29) day = 28;
    return date_days(year + years, month, day) * DAY_S + seconds % DAY_S;
}

// Two or three of them together: of a longer list the generator would seldom take the ones that
// meet.
static void put_pattern(Drawing *d, const int64_t *all)
{
    static const uint8_t patterns[][4] = {{0, 1}, {0, 1, 2}, {0, 1, 3},    {1, 2, 4},
                                          {0, 4}, {0, 1, 5}, {4, 2, 1, 5}, {1, 2, 3}};
    const uint8_t *pattern = patterns[rng_below(&d->rng, sizeof patterns / sizeof *patterns)];
    put_time(d, all[pattern[0]]);
    for (size_t i = 1; i < 4 && pattern[i]; i++) put_time(d, all[pattern[i]]);
}

// Days that follow each other, as many as there may be rows.
static void put_run(Drawing *d, int64_t from)
{
    bool many = d->rows > 9;
    size_t days = 2 + (many ? d->rows / 2 : 0) + rng_below(&d->rng, d->rows + 2);
    d->in_turn = days > 4 && (many || !d->key);
    for (size_t i = 0; i < days && i < VALUES_MOST; i++) put_time(d, from + (int64_t)i * DAY_S);
}

// All columns of a database draw the same moment and span: so times of two tables, too, lie exactly
// so far apart. Which of the values a column takes is the generator's business.
static void draw_times(Drawing *d)
{
    d->rng.stream = TIME_STREAM;
    bool asked = d->literals->clock || draw(d, is_moment) || draw(d, is_span);
    int64_t at = draw_moment(d), span = draw_span(d);
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    bool back = d->literals->clock || rng_below(&d->rng, 2);
    if (span < step) span = DAY_S;
    int64_t other = back ? at - span : at + span;
    bool days = d->column->type == TYPE_DATE;
    switch (rng_below(&d->rng, days && d->rows > 9 ? 3 : !days ? 16 : asked ? 8 : 10)) {
    case 0:
        put_run(d, at - DAY_S * (int64_t)rng_below(&d->rng, d->rows + 1));
        return;
    case 1: // the same day of another year
        other = years_later(at, back ? -1 : 1);
        break;
    case 2: // both ends of what the query looks at
        other = draw_moment(d);
        break;
    default:
        if (!asked && (!days || rng_below(&d->rng, 2))) return;
    }
    const int64_t all[] = {at, other, other - step, other + step, at - step, other + other - at};
    put_pattern(d, all);
}

// --- All columns ---

// The i-th of values that have nothing to do with the query.
static void put_plain(Drawing *d, int64_t i)
{
    switch (d->column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        put_number(d, (double)(i + 1));
        break;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        put_time(d, (d->w->today - i) * DAY_S);
        break;
    case TYPE_TEXT:
        put(d, str_fmt(d->arena, "t%lld", (long long)i + 1));
        break;
    default:
        break;
    }
}

// A few large groups: some columns are alike in all rows, others in no two. Who counts what belongs
// together meets the number that was asked for, and one more.
static bool draw_group(Drawing *d)
{
    double count = count_of_things(d);
    bool counted = count > 0 && (double)d->rows > count;
    if (d->rows < 5 || rng_at(d->rng.seed, GROUP_STREAM, 0) % (counted ? 3 : 8)) return false;
    if (rng_below(&d->rng, 2)) {
        put_plain(d, (int64_t)rng_below(&d->rng, 2));
    } else {
        for (size_t i = 0; i < d->rows; i++) put_plain(d, (int64_t)i);
        d->in_turn = true;
    }
    return d->len > 0;
}

static void draw_column(Drawing *d)
{
    d->rng = (Rng){.seed = d->rng.seed, .stream = str_hash(str_lower(d->arena, d->column->name))};
    if (draw_glued(d)) return;
    if (rng_below(&d->rng, 5) == 0) return; // as the warehouse has it
    if (!d->key && draw_group(d)) return;
    switch (d->column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        draw_numbers(d);
        break;
    case TYPE_TEXT:
        draw_texts(d);
        break;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        draw_times(d);
        break;
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
    case TYPE_BOOLEAN:
        break;
    }
}

// A key takes another value in each row: behind what was drawn stands what lies beside it.
static void pad_key(Drawing *d)
{
    Str first = d->at[0].text;
    int64_t number, seconds;
    double real;
    for (int64_t i = 1; d->len < d->rows + KEY_SPARE && i < VALUES_MOST; i++) {
        switch (d->column->type) {
        case TYPE_INTEGER:
            if (str_to_i64(first, &number)) put_number(d, (double)(number + i));
            break;
        case TYPE_REAL:
            if (str_to_f64(first, &real)) put_number(d, real + (double)i);
            break;
        case TYPE_DATE:
            if (bounds_moment(first, &seconds)) put_time(d, seconds - i * DAY_S);
            break;
        case TYPE_TIMESTAMP:
            if (bounds_moment(first, &seconds)) put_time(d, seconds - i * 60);
            break;
        case TYPE_TEXT:
        case TYPE_UNKNOWN:
            put(d, str_fmt(d->arena, STR_FMT "%lld", STR_ARG(first), (long long)i));
            break;
        default:
            break;
        }
    }
}

WarehouseSpec direct_values(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                            uint64_t seed)
{
    WarehouseSpec out = *w;
    out.tables = arena_array(a, TableSpec, w->table_count);
    for (size_t t = 0; t < w->table_count; t++) {
        TableSpec *table = &out.tables[t];
        *table = w->tables[t];
        table->columns = arena_array(a, ColumnSpec, table->width);
        for (size_t c = 0; c < table->width; c++) {
            table->columns[c] = w->tables[t].columns[c];
            Drawing d = {.arena = a, .w = w, .literals = l, .rows = rows};
            d.column = &w->tables[t].columns[c];
            d.rng.seed = seed;
            d.key = is_key(table, d.column);
            d.thing = bounds_is_thing_of(&w->tables[t], c);
            if (is_free(table, d.column)) draw_column(&d);
            if (is_listed(table, d.column)) draw_listed(&d);
            if (!d.len) continue;
            if (d.key) pad_key(&d);
            ValueChoice *values = arena_array(a, ValueChoice, d.len);
            for (size_t i = 0; i < d.len; i++) values[i] = d.at[i];
            table->columns[c].values = values;
            table->columns[c].value_count = d.len;
            table->columns[c].in_turn = d.in_turn;
        }
    }
    return out;
}
