// fn_print: values as text by a format of printf's kind; numbers by a format of digits, and with
// their digits in groups.
#include "query/fn_number.h"
#include "query/fn_text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// The digits of |v| with so many places.
static void digits_of(double v, int places, char *out, size_t size)
{
    snprintf(out, size, "%.*f", places, fabs(round_places(v, places)));
}

// 1234567.891, 2: 1,234,567.89
static void print_number(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    char text[400];
    double d = sqlite3_value_double(v[0]);
    int64_t places = sqlite3_value_int64(v[1]);
    places = places < 0 ? 0 : places > 30 ? 30 : places;
    digits_of(d, (int)places, text, sizeof text);
    size_t whole = strcspn(text, ".");
    sqlite3_str *b = build(c);
    if (d < 0 && strspn(text, "0.") != strlen(text)) sqlite3_str_appendchar(b, 1, '-');
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) sqlite3_str_appendchar(b, 1, ',');
        sqlite3_str_appendchar(b, 1, text[i]);
    }
    sqlite3_str_appendall(b, text + whole);
    result_built(c, b);
}

// --- FORMAT(format, values) ---

// One conversion of a format: % flags width .places letter.
typedef struct {
    Str flags, width, places; // places with its point
    bool groups;              // , among the flags: taken out of them
    char letter;              // 0: the format ends here
} Conversion;

static Str take_of(Str *s, const char *these)
{
    size_t n = 0;
    while (n < s->len && memchr(these, s->ptr[n], strlen(these))) n++;
    Str taken = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->len);
    return taken;
}

static Conversion take_conversion(Str *s)
{
    Conversion c = {.flags = take_of(s, "-+ 0#,("), .width = take_of(s, "0123456789")};
    if (s->len && s->ptr[0] == '.') c.places = take_of(s, ".0123456789");
    (void)take_of(s, "lh");
    c.letter = s->len ? s->ptr[0] : '\0';
    *s = str_slice(*s, c.letter != '\0', s->len);
    c.groups = str_find(c.flags, S(","), NULL);
    return c;
}

// `%-8` and so on, without grouping: what is written is never wider than PRINT_WIDTH_MOST.
enum { PRINT_WIDTH_MOST = 1000, SPEC_MOST = 32 };

static void write_spec(const Conversion *c, bool places, const char *letter, char out[SPEC_MOST])
{
    int64_t width = 0;
    char flags[8];
    size_t n = 0;
    for (size_t i = 0; i < c->flags.len && n + 1 < sizeof flags; i++) {
        if (c->flags.ptr[i] != ',' && c->flags.ptr[i] != '(') flags[n++] = c->flags.ptr[i];
    }
    flags[n] = '\0';
    if (!str_to_i64(c->width, &width) || width > PRINT_WIDTH_MOST) width = 0;
    int64_t digits = 6;
    if (c->places.len && !str_to_i64(str_slice(c->places, 1, c->places.len), &digits)) digits = 0;
    if (digits < 0 || digits > 30) digits = 30;
    int at = snprintf(out, SPEC_MOST, "%%%s", flags);
    if (width) at += snprintf(out + at, SPEC_MOST - (size_t)at, "%d", (int)width);
    if (places) at += snprintf(out + at, SPEC_MOST - (size_t)at, ".%d", (int)digits);
    snprintf(out + at, SPEC_MOST - (size_t)at, "%s", letter);
}

// A number with its digits in threes, padded as a text.
static void append_groups(sqlite3_str *b, const Conversion *c, sqlite3_value *v)
{
    char spec[SPEC_MOST], text[400], grouped[600];
    Conversion bare = {.places = c->places};
    bool whole = c->letter == 'd' || c->letter == 'i';
    write_spec(&bare, !whole, whole ? "lld" : "f", spec);
    if (whole) {
        sqlite3_snprintf(sizeof text, text, spec, sqlite3_value_int64(v));
    } else {
        sqlite3_snprintf(sizeof text, text, spec, sqlite3_value_double(v));
    }
    size_t sign = text[0] == '-', digits = strspn(text + sign, "0123456789"), n = 0;
    for (size_t i = 0; text[i] && n + 2 < sizeof grouped; i++) {
        bool inside = i > sign && i < sign + digits;
        if (inside && (sign + digits - i) % 3 == 0) grouped[n++] = ',';
        grouped[n++] = text[i];
    }
    grouped[n] = '\0';
    write_spec(&(Conversion){.flags = str_find(c->flags, S("-"), NULL) ? S("-") : (Str){0},
                             .width = c->width},
               false, "s", spec);
    sqlite3_str_appendf(b, spec, grouped);
}

static void append_value(sqlite3_str *b, const Conversion *c, sqlite3_value *v)
{
    char spec[SPEC_MOST];
    const char letter[2] = {c->letter, '\0'};
    if (c->groups && strchr("dif", c->letter)) {
        append_groups(b, c, v);
    } else if (strchr("dixXo", c->letter)) {
        char longer[4] = {'l', 'l', c->letter == 'i' ? 'd' : c->letter, '\0'};
        write_spec(c, false, longer, spec);
        sqlite3_str_appendf(b, spec, sqlite3_value_int64(v));
    } else if (strchr("fFeEgG", c->letter)) {
        write_spec(c, true, c->letter == 'F' ? "f" : letter, spec);
        sqlite3_str_appendf(b, spec, sqlite3_value_double(v));
    } else {
        write_spec(c, c->places.len > 0, "s", spec);
        sqlite3_str_appendf(b, spec, sqlite3_value_text(v));
    }
}

// nulls (see lower_print), format, values
static void print(sqlite3_context *c, int n, sqlite3_value **v)
{
    Str nulls = value_str(v[0]), format = value_str(v[1]);
    char null = nulls.len ? nulls.ptr[0] : 'e';
    if (fn_any_null(2, v) || (null == '0' && fn_any_null(n, v))) return;
    sqlite3_str *b = build(c);
    int at = 2;
    for (Str text; format.len;) {
        bool more = str_cut(format, '%', &text, &format);
        sqlite3_str_append(b, text.ptr, (int)text.len);
        if (!more) break;
        Conversion k = take_conversion(&format);
        if (k.letter == '%' || k.letter == 'n') {
            sqlite3_str_appendchar(b, 1, k.letter == '%' ? '%' : '\n');
        } else if (at < n && sqlite3_value_type(v[at]) == SQLITE_NULL) {
            char spec[SPEC_MOST];
            write_spec(&k, false, "s", spec);
            sqlite3_str_appendf(b, spec, null == 'w' ? "null" : "");
            at++;
        } else if (at < n) {
            append_value(b, &k, v[at++]);
        }
    }
    result_built(c, b);
}

// --- TO_CHAR(number, format) ---

typedef struct {
    bool fill; // FM: no spaces, no zeros that were not asked for
    bool trailing_minus, sign, angle, dollar;
    int whole, first_zero; // digits before the point; the first 0 counted from the point, 0 = none
    int places, zero_places;
    Str body;
} Picture;

static bool takes(Str *s, const char *word)
{
    Str w = str_from(word);
    bool at = s->len >= w.len && str_eq_nocase(str_slice(*s, 0, w.len), w);
    if (at) *s = str_slice(*s, w.len, s->len);
    return at;
}

static Picture picture_of(Str s)
{
    Picture p = {0};
    p.fill = takes(&s, "FM");
    if (takes(&s, "S")) p.sign = true;
    if (s.len >= 2 && str_eq_nocase(str_slice(s, s.len - 2, s.len), S("MI"))) {
        p.trailing_minus = true;
        s.len -= 2;
    } else if (s.len >= 2 && str_eq_nocase(str_slice(s, s.len - 2, s.len), S("PR"))) {
        p.angle = true;
        s.len -= 2;
    }
    p.body = s;
    bool behind = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '.' || c == 'D' || c == 'd') behind = true;
        if (c == '$' || c == 'L') p.dollar = true;
        if (c != '9' && c != '0') continue;
        if (!behind) {
            p.whole++;
            if (c == '0' && !p.first_zero) p.first_zero = p.whole;
        } else {
            p.places++;
            if (c == '0') p.zero_places = p.places;
        }
    }
    if (p.first_zero) p.first_zero = p.whole - p.first_zero + 1;
    return p;
}

// The part before the point: digits where they are, spaces or nothing before them.
static void put_whole(sqlite3_str *b, const Picture *p, const char *digits, int count,
                      const char *before)
{
    int left = p->whole;
    bool begun = false;
    for (size_t i = 0; i < p->body.len; i++) {
        char c = p->body.ptr[i];
        if (c == '.' || c == 'D' || c == 'd') break;
        if (c == '9' || c == '0') {
            bool shown = left <= count || left <= p->first_zero;
            if (shown && !begun) sqlite3_str_appendall(b, before);
            begun = begun || shown;
            if (shown) sqlite3_str_appendchar(b, 1, left <= count ? digits[count - left] : '0');
            if (!shown && !p->fill) sqlite3_str_appendchar(b, 1, ' ');
            left--;
        } else if (c == ',' || c == 'G' || c == 'g') {
            if (begun) sqlite3_str_appendchar(b, 1, ',');
            if (!begun && !p->fill) sqlite3_str_appendchar(b, 1, ' ');
        } else if (c != '$' && c != 'L') {
            sqlite3_str_appendchar(b, 1, c);
        }
    }
    if (!begun) sqlite3_str_appendall(b, before);
}

// What stands behind the point and is no digit: 90.0%
static void put_rest(sqlite3_str *b, const Picture *p)
{
    size_t i = 0;
    while (i < p->body.len && !strchr(".Dd", p->body.ptr[i])) i++;
    for (i++; i < p->body.len; i++) {
        char c = p->body.ptr[i];
        if (!strchr("90.DdGgLl$,\"", c)) sqlite3_str_appendchar(b, 1, c);
    }
}

static void number_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Picture p = picture_of(value_str(v[1]));
    double d = sqlite3_value_double(v[0]);
    char text[400];
    if (p.places > 30 || !isfinite(d)) {
        sqlite3_result_error(c, "This number cannot be written by its format.", -1);
        return;
    }
    digits_of(d, p.places, text, sizeof text);
    int count = (int)strcspn(text, ".");
    const char *digits = text, *behind = text + count;
    if (count == 1 && text[0] == '0' && p.places && p.first_zero == 0) { // .5
        digits++;
        count = 0;
    }
    bool minus = round_places(d, p.places) < 0;
    sqlite3_str *b = build(c);
    if (count > p.whole) { // it does not fit
        sqlite3_str_appendall(b, minus ? "-" : p.fill ? "" : " ");
        for (size_t i = 0; i < p.body.len; i++) {
            char ch = p.body.ptr[i];
            sqlite3_str_appendchar(b, 1, ch == '9' || ch == '0' ? '#' : ch);
        }
        result_built(c, b);
        return;
    }
    char before[4] = "";
    bool room = !p.fill && !p.trailing_minus && !p.angle;
    snprintf(before, sizeof before, "%s%s",
             p.trailing_minus ? ""
             : minus          ? (p.angle ? "<" : "-")
             : p.sign         ? "+"
             : room           ? " "
                              : "",
             p.dollar ? "$" : "");
    put_whole(b, &p, digits, count, before);
    int places = p.places;
    if (p.fill) { // zeros at 9 fall away
        while (places > p.zero_places && behind[places] == '0') places--;
    }
    if (p.places) sqlite3_str_append(b, behind, places + 1);
    put_rest(b, &p);
    if (p.trailing_minus) sqlite3_str_appendall(b, minus ? "-" : p.fill ? "" : " ");
    if (p.angle && minus) sqlite3_str_appendchar(b, 1, '>');
    result_built(c, b);
}

// The place of a text in a list with commas.
static void find_in_set(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str x = value_str(v[0]), rest = value_str(v[1]), part;
    int at = 0;
    for (bool more = rest.len > 0; more;) {
        at++;
        more = str_cut(rest, ',', &part, &rest);
        if (str_eq(part, x)) {
            sqlite3_result_int(c, at);
            return;
        }
    }
    sqlite3_result_int(c, 0);
}

// bits, texts …: those whose bit is set, with commas. NULLs are left out.
static void make_set(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    sqlite3_int64 bits = sqlite3_value_int64(v[0]);
    sqlite3_str *b = build(c);
    bool any = false;
    for (int i = 1; i < n && i <= 64; i++) {
        if (!(bits >> (i - 1) & 1) || sqlite3_value_type(v[i]) == SQLITE_NULL) continue;
        Str s = value_str(v[i]);
        if (any) sqlite3_str_appendchar(b, 1, ',');
        sqlite3_str_append(b, s.ptr, (int)s.len);
        any = true;
    }
    result_built(c, b);
}

static const QueryFn rows[] = {
    {.name = "gr_make_set", .args = -1, .call = make_set},
    {.name = "gr_find_in_set", .args = 2, .call = find_in_set},
    {.name = "gr_print", .args = -1, .call = print},
    {.name = "gr_number_text", .args = 2, .call = number_text},
    {.name = "gr_print_number", .args = 2, .call = print_number},
};
const QueryFns fn_prints = {rows, sizeof rows / sizeof *rows};
