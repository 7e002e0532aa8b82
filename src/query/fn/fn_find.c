// fn_find: where a text stands in another, its parts, and how near two texts are.
#include "query/fn_text.h"
#include <string.h>

// The byte of the first `needle` at or behind byte `from`; SIZE_MAX when there is none.
static size_t find(Str s, Str needle, size_t from)
{
    size_t at;
    if (from > s.len || !str_find(str_slice(s, from, s.len), needle, &at)) return SIZE_MAX;
    return from + at;
}

static void position(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str needle = value_str(v[0]), s = value_str(v[1]);
    int64_t start = n > 2 ? sqlite3_value_int64(v[2]) : 1;
    if (start < 1 || start > (int64_t)s.len + 1) {
        sqlite3_result_int(c, 0);
        return;
    }
    size_t at = find(s, needle, str_byte_of(s, (size_t)start - 1));
    int64_t skip = n > 3 ? sqlite3_value_int64(v[3]) : 1;
    for (; skip > 1 && at != SIZE_MAX && at < s.len; skip--) at = find(s, needle, at + 1);
    if (skip > 1) at = SIZE_MAX;
    sqlite3_result_int64(c, at == SIZE_MAX ? 0 : (int64_t)str_points(str_slice(s, 0, at)) + 1);
}

static void starts_with(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!fn_any_null(n, v)) sqlite3_result_int(c, str_starts(value_str(v[0]), value_str(v[1])));
}
static void ends_with(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!fn_any_null(n, v)) sqlite3_result_int(c, str_ends(value_str(v[0]), value_str(v[1])));
}

// --- Parts ---

static int64_t parts_of(Str s, Str separator)
{
    int64_t n = 1;
    if (!separator.len) return n;
    for (size_t at = find(s, separator, 0); at != SIZE_MAX;
         at = find(s, separator, at + separator.len))
        n++;
    return n;
}

// The k-th part, from 1; false behind the last.
static bool part(Str s, Str separator, int64_t k, Str *out)
{
    while (true) {
        size_t at = separator.len ? find(s, separator, 0) : SIZE_MAX;
        if (k == 1) {
            *out = at == SIZE_MAX ? s : str_slice(s, 0, at);
            return true;
        }
        if (at == SIZE_MAX) return false;
        s = str_slice(s, at + separator.len, s.len);
        k--;
    }
}

// Which part 0 is depends: none in Postgres (an error), the first in Snowflake.
static void split_part(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), separator = value_str(v[1]), style = value_str(v[3]), out = {0};
    int64_t k = sqlite3_value_int64(v[2]);
    if (k == 0 && str_eq(style, S("FIRST"))) k = 1;
    if (k == 0) {
        fn_fail(c, v[4], "The parts of SPLIT_PART are counted from 1.");
        return;
    }
    if (k < 0) k += parts_of(s, separator) + 1;
    if (k >= 1 && part(s, separator, k, &out)) {
        result_str(c, out);
    } else if (!str_eq(style, S("NULL"))) {
        result_str(c, (Str){0});
    }
}

// What stands before the k-th separator; behind it from the end when k is negative.
static void substring_index(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), separator = value_str(v[1]);
    int64_t k = sqlite3_value_int64(v[2]), all = parts_of(s, separator);
    if (k == 0 || !separator.len) {
        result_str(c, (Str){0});
        return;
    }
    if (k >= all || k <= -all) {
        result_str(c, s);
        return;
    }
    size_t at = 0;
    int64_t skip = k > 0 ? k : all + k;
    for (int64_t i = 0; i < skip; i++) at = find(s, separator, at) + separator.len;
    result_str(c, k > 0 ? str_slice(s, 0, at - separator.len) : str_slice(s, at, s.len));
}

// --- Distance ---

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

static const QueryFn rows[] = {
    {.name = "gr_edit_distance", .args = 2, .most = 3, .call = edit_distance},
    {.name = "gr_ends_with", .args = 2, .call = ends_with},
    {.name = "gr_position", .args = 2, .most = 4, .call = position},
    {.name = "gr_soundex", .args = 1, .call = soundex},
    {.name = "gr_split_part", .args = 5, .call = split_part},
    {.name = "gr_starts_with", .args = 2, .call = starts_with},
    {.name = "gr_substring_index", .args = 3, .call = substring_index},
};
const QueryFns fn_finds = {rows, sizeof rows / sizeof *rows};
