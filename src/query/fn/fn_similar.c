// fn_similar: how near two texts are: edits, Jaro and Winkler, sound.
#include "query/fn_text.h"
#include <string.h>

// --- Edits ---

enum { DISTANCE_MAX = 2000 }; // bytes: the work is their product

static void edit_distance(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str a = value_str(v[0]), b = value_str(v[1]);
    static uint32_t right[DISTANCE_MAX];
    static int row[DISTANCE_MAX + 1];
    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX) {
        sqlite3_result_error(c, "A distance of texts this long is not counted.", -1);
        return;
    }
    int width = 0;
    for (size_t at = 0, len; at < b.len; at += len) right[width++] = utf8_decode(b, at, &len);
    for (int i = 0; i <= width; i++) row[i] = i;
    int line = 0;
    for (size_t at = 0, len; at < a.len; at += len) {
        uint32_t cp = utf8_decode(a, at, &len);
        int corner = row[0];
        row[0] = ++line;
        for (int i = 1; i <= width; i++) {
            int change = corner + (right[i - 1] != cp), best = change;
            corner = row[i];
            if (row[i] + 1 < best) best = row[i] + 1;
            if (row[i - 1] + 1 < best) best = row[i - 1] + 1;
            row[i] = best;
        }
    }
    int64_t most = n > 2 ? sqlite3_value_int64(v[2]) : INT64_MAX;
    sqlite3_result_int64(c, row[width] > most ? most : row[width]);
}

// --- Sound ---

static char sound_of(char letter)
{
    static const char codes[] = "01230120022455012623010202"; // A … Z
    return letter >= 'A' && letter <= 'Z' ? codes[letter - 'A'] : 0;
}

static void soundex(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    char out[4], last = 0;
    size_t len = 0;
    for (size_t i = 0; i < s.len && len < 4; i++) {
        char letter = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 32) : s.ptr[i];
        char code = sound_of(letter);
        if (!code) continue;
        if (!len) {
            out[len++] = letter;
        } else if (code != '0' && code != last) {
            out[len++] = code;
        }
        if (letter != 'H' && letter != 'W') last = code; // they part no equal sounds
    }
    if (!len) {
        result_str(c, (Str){0});
        return;
    }
    while (len < 4) out[len++] = '0';
    result_str(c, (Str){out, len});
}

// MySQL's: a vowel parts no equal sounds, and it goes on to the end of the text.
static void soundex_long(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    enum { LEAST = 4 };
    Str s = value_str(v[0]);
    char *out = sqlite3_malloc64(s.len + LEAST), last = 0;
    if (!out) {
        sqlite3_result_error_nomem(c);
        return;
    }
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char letter = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 32) : s.ptr[i];
        char code = sound_of(letter);
        bool heard = len ? code && code != '0' && code != last : code != 0;
        if (!heard) continue;
        out[len] = len ? code : letter;
        len++;
        last = code;
    }
    while (len && len < LEAST) out[len++] = '0';
    sqlite3_result_text64(c, out, len, sqlite3_free, SQLITE_UTF8);
}

// --- Jaro and Winkler ---
// Winkler 1990: a common prefix of up to four characters adds a tenth of what is missing for each,
// where the distance of Jaro (1989) is above 0.7.

enum { JARO_MAX = 1000, PREFIX_MOST = 4 };

typedef struct {
    uint32_t at[JARO_MAX];
    bool matched[JARO_MAX];
    size_t len;
} Letters;

static bool letters_of(Letters *l, Str s)
{
    l->len = 0;
    for (size_t at = 0, len; at < s.len; at += len) {
        if (l->len == JARO_MAX) return false;
        l->matched[l->len] = false;
        l->at[l->len++] = utf8_decode(s, at, &len);
    }
    return true;
}

// Equal characters match where they stand no further apart than half the longer text.
static size_t match_letters(Letters *x, Letters *y)
{
    size_t longer = x->len > y->len ? x->len : y->len, matches = 0;
    size_t reach = longer > 3 ? longer / 2 - 1 : 0;
    for (size_t i = 0; i < x->len; i++) {
        size_t from = i > reach ? i - reach : 0;
        for (size_t k = from; k < y->len && k <= i + reach; k++) {
            if (y->matched[k] || x->at[i] != y->at[k]) continue;
            x->matched[i] = y->matched[k] = true;
            matches++;
            break;
        }
    }
    return matches;
}

static size_t out_of_order(const Letters *x, const Letters *y)
{
    size_t k = 0, n = 0;
    for (size_t i = 0; i < x->len; i++) {
        if (!x->matched[i]) continue;
        while (!y->matched[k]) k++;
        n += x->at[i] != y->at[k++];
    }
    return n;
}

static double jaro(Letters *x, Letters *y)
{
    if (!x->len && !y->len) return 1;
    double m = (double)match_letters(x, y);
    if (m == 0) return 0;
    double moved = (double)(out_of_order(x, y) / 2);
    return (m / (double)x->len + m / (double)y->len + (m - moved) / m) / 3;
}

static double winkler(double j, const Letters *x, const Letters *y)
{
    size_t same = 0;
    if (j <= 0.7) return j;
    while (same < PREFIX_MOST && same < x->len && same < y->len && x->at[same] == y->at[same])
        same++;
    return j + 0.1 * (double)same * (1 - j);
}

// (x, y, how): J Jaro, W Jaro-Winkler, 0 to 1; 0: the same, but two empty texts are nothing alike.
static void jaro_winkler(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    static Letters x, y;
    if (!letters_of(&x, value_str(v[0])) || !letters_of(&y, value_str(v[1]))) {
        sqlite3_result_error(c, "The likeness of texts this long is not measured.", -1);
        return;
    }
    Str how = value_str(v[2]);
    double j = str_eq(how, S("0")) && !x.len && !y.len ? 0 : jaro(&x, &y);
    sqlite3_result_double(c, str_eq(how, S("J")) ? j : winkler(j, &x, &y));
}

// How many characters differ; an error where the texts are not equally long.
static void hamming(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str a = value_str(v[0]), b = value_str(v[1]);
    if (str_points(a) != str_points(b)) {
        fn_fail(c, v[2], "The Hamming distance is of texts of one length.");
        return;
    }
    int64_t differ = 0;
    for (size_t i = 0, k = 0, la, lb; i < a.len; i += la, k += lb) {
        differ += utf8_decode(a, i, &la) != utf8_decode(b, k, &lb);
    }
    sqlite3_result_int64(c, differ);
}

static const QueryFn rows[] = {
    {.name = "gr_edit_distance", .args = 2, .most = 3, .call = edit_distance},
    {.name = "gr_hamming", .args = 3, .call = hamming},
    {.name = "gr_jaro_winkler", .args = 3, .call = jaro_winkler},
    {.name = "gr_soundex", .args = 1, .call = soundex},
    {.name = "gr_soundex_long", .args = 1, .call = soundex_long},
};
const QueryFns fn_similars = {rows, sizeof rows / sizeof *rows};
