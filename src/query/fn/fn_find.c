// fn_find: where a text stands in another, and its parts.
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

// The k-th part between characters of `marks`; empty parts do not count.
static bool token(Str s, Str marks, int64_t k, Str *out)
{
    size_t start = 0;
    while (start < s.len) {
        size_t end = start;
        while (end < s.len && !memchr(marks.ptr, s.ptr[end], marks.len)) end++;
        if (end > start && --k == 0) {
            *out = str_slice(s, start, end);
            return true;
        }
        start = end + 1;
    }
    return false;
}

static void strtok_part(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str marks = value_str(v[1]), out;
    if (!str_is_ascii(marks)) {
        fn_fail(c, v[3], "STRTOK takes separators of one byte here.");
        return;
    }
    if (token(value_str(v[0]), marks, sqlite3_value_int64(v[2]), &out)) result_str(c, out);
}

static const QueryFn rows[] = {
    {.name = "gr_ends_with", .args = 2, .call = ends_with},
    {.name = "gr_position", .args = 2, .most = 4, .call = position},
    {.name = "gr_split_part", .args = 5, .call = split_part},
    {.name = "gr_starts_with", .args = 2, .call = starts_with},
    {.name = "gr_strtok", .args = 4, .call = strtok_part},
    {.name = "gr_substring_index", .args = 3, .call = substring_index},
};
const QueryFns fn_finds = {rows, sizeof rows / sizeof *rows};
