// fn_print: numbers as text by a format of digits, with their digits in groups.
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

static const QueryFn rows[] = {
    {.name = "gr_find_in_set", .args = 2, .call = find_in_set},
    {.name = "gr_number_text", .args = 2, .call = number_text},
    {.name = "gr_print_number", .args = 2, .call = print_number},
};
const QueryFns fn_prints = {rows, sizeof rows / sizeof *rows};
