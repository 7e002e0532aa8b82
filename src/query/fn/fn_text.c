// fn_text: texts cut, padded, turned and put together, by code points.
#include "query/fn_text.h"
#include <limits.h>
#include <string.h>

// --- Shared ---

void result_str(sqlite3_context *c, Str s)
{
    sqlite3_result_text64(c, s.len ? s.ptr : "", s.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

sqlite3_str *build(sqlite3_context *c)
{
    return sqlite3_str_new(sqlite3_context_db_handle(c));
}

void build_str(sqlite3_str *b, Str s)
{
    if (s.len) sqlite3_str_append(b, s.ptr, s.len > INT_MAX ? INT_MAX : (int)s.len);
}

void result_built(sqlite3_context *c, sqlite3_str *b)
{
    int code = sqlite3_str_errcode(b), len = sqlite3_str_length(b);
    char *text = sqlite3_str_finish(b);
    if (code == SQLITE_TOOBIG) {
        sqlite3_result_error_toobig(c);
        sqlite3_free(text);
    } else if (code != SQLITE_OK) {
        sqlite3_result_error_nomem(c);
        sqlite3_free(text);
    } else if (!text) {
        sqlite3_result_text(c, "", 0, SQLITE_STATIC);
    } else {
        sqlite3_result_text(c, text, len, sqlite3_free);
    }
}

// --- A text that is short as a rule ---

void out_start(TextOut *t, sqlite3_context *c)
{
    t->context = c;
    t->len = 0;
    t->more = NULL;
}

void out_put(TextOut *t, Str s)
{
    if (!t->more && s.len <= sizeof t->few - t->len) {
        if (s.len) memcpy(t->few + t->len, s.ptr, s.len);
        t->len += s.len;
        return;
    }
    if (!t->more) {
        t->more = build(t->context);
        build_str(t->more, (Str){t->few, t->len});
    }
    build_str(t->more, s);
}

void out_end(TextOut *t)
{
    if (t->more) {
        result_built(t->context, t->more);
    } else {
        result_str(t->context, (Str){t->few, t->len});
    }
}

bool str_is_ascii(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
    }
    return true;
}

size_t str_points(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

size_t str_byte_of(Str s, size_t point)
{
    size_t i = 0;
    for (; i < s.len; i++) {
        if (((unsigned char)s.ptr[i] & 0xC0) == 0x80) continue;
        if (!point--) break;
    }
    return i;
}

static Str points(Str s, int64_t from, int64_t to) // [from, to), clamped
{
    if (from < 0) from = 0;
    if (to <= from) return (Str){s.ptr, 0};
    size_t start = str_byte_of(s, (size_t)from);
    Str rest = str_slice(s, start, s.len);
    return str_slice(rest, 0, str_byte_of(rest, (size_t)(to - from)));
}

static int64_t add(int64_t a, int64_t b) // kept in range
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) return b > 0 ? INT64_MAX : INT64_MIN;
    return sum;
}

// --- Case ---

static void turn(sqlite3_context *c, Str s, uint32_t (*f)(uint32_t))
{
    sqlite3_str *b = build(c);
    char bytes[4];
    for (size_t at = 0, n; at < s.len; at += n) {
        uint32_t cp = f(utf8_decode(s, at, &n));
        build_str(b, (Str){bytes, utf8_encode(cp, bytes)});
    }
    result_built(c, b);
}

static void ascii_case(sqlite3_context *c, Str s, char from, char to)
{
    char few[64]; // most texts are short: SQLite has room for those already
    char *out = s.len <= sizeof few ? few : sqlite3_malloc64(s.len);
    if (!out) {
        sqlite3_result_error_nomem(c);
        return;
    }
    for (size_t i = 0; i < s.len; i++)
        out[i] = s.ptr[i] >= from && s.ptr[i] <= to ? (char)(s.ptr[i] ^ 0x20) : s.ptr[i];
    sqlite3_result_text64(c, out, s.len, out == few ? SQLITE_TRANSIENT : sqlite3_free, SQLITE_UTF8);
}

static void lower(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    if (str_is_ascii(s)) {
        ascii_case(c, s, 'A', 'Z');
    } else {
        turn(c, s, utf8_lower);
    }
}

static void upper(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    if (str_is_ascii(s)) {
        ascii_case(c, s, 'a', 'z');
    } else {
        turn(c, s, utf8_upper);
    }
}

// What a word begins behind: white space; or marks, too; or all that is no letter and no digit.
static const char marks[] = "!?@\"^#$&~_,.:;+-*%/|\\[](){}<>";

static bool parts_words(uint32_t cp, char style, Str delimiters)
{
    bool space = cp == ' ' || (cp >= 9 && cp <= 13);
    if (delimiters.ptr) {
        for (size_t at = 0, n; at < delimiters.len; at += n) {
            if (utf8_decode(delimiters, at, &n) == cp) return true;
        }
        return false;
    }
    if (style == 'S') return space;
    if (style == 'M') return space || (cp && cp < 0x80 && strchr(marks, (int)cp));
    return !utf8_is_word(cp);
}

static void initcap(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), style = value_str(v[1]);
    Str delimiters = n > 2 ? value_str(v[2]) : (Str){0};
    sqlite3_str *b = build(c);
    bool starts = true;
    char bytes[4];
    for (size_t at = 0, len; at < s.len; at += len) {
        uint32_t cp = utf8_decode(s, at, &len);
        bool parts = parts_words(cp, style.len ? style.ptr[0] : 'A', delimiters);
        uint32_t as = starts ? utf8_upper(cp) : utf8_lower(cp);
        build_str(b, (Str){bytes, utf8_encode(parts ? cp : as, bytes)});
        starts = parts;
    }
    result_built(c, b);
}

// --- Cutting ---

// From the 1-based place `start` on; the style says what 0 and negative places are.
static void substring(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), style = value_str(v[2]);
    int64_t start = sqlite3_value_int64(v[1]);
    int64_t length = n > 3 ? sqlite3_value_int64(v[3]) : INT64_MAX;
    int64_t all = (int64_t)str_points(s);
    char how = style.len ? style.ptr[0] : 'B';
    int64_t from = start - 1;
    if (start < 0 && how != 'B') from = all + start;
    if (start == 0 && (how == 'O' || how == 'S')) from = 0;
    if (how == 'D' && length < 0) { // backwards
        int64_t end = from < 0 ? 0 : from;
        result_str(c, points(s, add(end, length), end));
        return;
    }
    bool nothing = length <= 0 || (how == 'N' && (start == 0 || from < 0));
    if (nothing) {
        result_str(c, (Str){0});
        return;
    }
    bool keeps = start < 0 && (how == 'O' || how == 'D'); // before the first: from the first
    if (from < 0 && keeps) from = 0;
    result_str(c, points(s, from, add(from, length)));
}

static void left(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!fn_any_null(n, v)) result_str(c, points(value_str(v[0]), 0, sqlite3_value_int64(v[1])));
}
static void left_or_off(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    int64_t want = sqlite3_value_int64(v[1]);
    if (want < 0) want = add((int64_t)str_points(s), want);
    result_str(c, points(s, 0, want));
}
static void right(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    int64_t want = sqlite3_value_int64(v[1]), all = (int64_t)str_points(s);
    if (want < 0) want = 0;
    result_str(c, points(s, want > all ? 0 : all - want, all));
}
static void right_or_off(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    int64_t want = sqlite3_value_int64(v[1]), all = (int64_t)str_points(s);
    int64_t from = want < 0 ? (want == INT64_MIN ? all : -want) : want > all ? 0 : all - want;
    result_str(c, points(s, from, all));
}

// x, start, length, new, where it may start (fn_text.c of sql), place
static void insert(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), where = value_str(v[4]);
    int64_t all = (int64_t)str_points(s), from = sqlite3_value_int64(v[1]);
    int64_t length = sqlite3_value_int64(v[2]);
    bool anywhere = str_eq(where, S("A"));
    if (anywhere && from < 1) {
        fn_fail(c, v[5], "OVERLAY starts at 1 or behind it, not at %lld.", (long long)from);
        return;
    }
    int64_t most = anywhere ? INT64_MAX : str_eq(where, S("M")) ? all : all + 1;
    if (from < 1 || from > most) { // nothing is inserted
        result_str(c, s);
        return;
    }
    sqlite3_str *b = build(c);
    build_str(b, points(s, 0, from - 1));
    build_str(b, value_str(v[3]));
    if (length >= 0) build_str(b, points(s, add(from - 1, length), all));
    result_built(c, b);
}

// --- Padding, repeating, turning ---

static void pad(sqlite3_context *c, int n, sqlite3_value **v, bool before)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), fill = n > 2 ? value_str(v[2]) : S(" ");
    int64_t want = sqlite3_value_int64(v[1]), has = (int64_t)str_points(s);
    int64_t most = sqlite3_limit(sqlite3_context_db_handle(c), SQLITE_LIMIT_LENGTH, -1);
    if (want > most) {
        sqlite3_result_error_toobig(c);
        return;
    }
    if (want <= has || !fill.len) {
        result_str(c, points(s, 0, want < has ? want : has));
        return;
    }
    TextOut t;
    out_start(&t, c);
    if (!before) out_put(&t, s);
    int64_t width = (int64_t)str_points(fill), missing = want - has;
    for (; missing >= width; missing -= width) out_put(&t, fill);
    out_put(&t, points(fill, 0, missing));
    if (before) out_put(&t, s);
    out_end(&t);
}
static void lpad(sqlite3_context *c, int n, sqlite3_value **v)
{
    pad(c, n, v, true);
}
static void rpad(sqlite3_context *c, int n, sqlite3_value **v)
{
    pad(c, n, v, false);
}

static void repeat(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    int64_t times = sqlite3_value_int64(v[1]);
    int64_t most = sqlite3_limit(sqlite3_context_db_handle(c), SQLITE_LIMIT_LENGTH, -1);
    if (s.len && times > most / (int64_t)s.len) {
        sqlite3_result_error_toobig(c);
        return;
    }
    sqlite3_str *b = build(c);
    for (int64_t i = 0; s.len && i < times; i++) build_str(b, s);
    result_built(c, b);
}

static void reverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    char *out = sqlite3_malloc64(s.len + 1);
    if (!out) {
        sqlite3_result_error_nomem(c);
        return;
    }
    for (size_t at = 0, len; at < s.len; at += len) {
        utf8_decode(s, at, &len);
        memcpy(out + s.len - at - len, s.ptr + at, len);
    }
    sqlite3_result_text64(c, out, s.len, sqlite3_free, SQLITE_UTF8);
}

static void translate(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), from = value_str(v[1]), to = value_str(v[2]);
    sqlite3_str *b = build(c);
    for (size_t at = 0, len; at < s.len; at += len) {
        uint32_t cp = utf8_decode(s, at, &len);
        Str as = str_slice(s, at, at + len);
        int64_t k = 0;
        for (size_t i = 0, step; i < from.len; i += step, k++) {
            if (utf8_decode(from, i, &step) != cp) continue;
            as = points(to, k, k + 1);
            break;
        }
        build_str(b, as);
    }
    result_built(c, b);
}

// --- Trimming: sides are 1 left, 2 right, 3 both ---

static void trim_string(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]), what = value_str(v[1]);
    int sides = sqlite3_value_int(v[2]);
    while (sides & 1 && what.len && str_starts(s, what)) s = str_slice(s, what.len, s.len);
    while (sides & 2 && what.len && str_ends(s, what)) s = str_slice(s, 0, s.len - what.len);
    result_str(c, s);
}

static bool is_white(char c)
{
    return c == ' ' || (c >= 9 && c <= 13);
}
static void trim_white(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    int sides = sqlite3_value_int(v[1]);
    while (sides & 1 && s.len && is_white(s.ptr[0])) s = str_slice(s, 1, s.len);
    while (sides & 2 && s.len && is_white(s.ptr[s.len - 1])) s.len--;
    result_str(c, s);
}

// --- Joining ---

static void join(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!n || sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    Str separator = value_str(v[0]);
    TextOut t;
    out_start(&t, c);
    bool first = true;
    for (int i = 1; i < n; i++) {
        if (sqlite3_value_type(v[i]) == SQLITE_NULL) continue;
        if (!first) out_put(&t, separator);
        out_put(&t, value_str(v[i]));
        first = false;
    }
    out_end(&t);
}
static void join_null(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!fn_any_null(n, v)) join(c, n, v);
}

// --- Characters ---

static void ascii(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    size_t len;
    sqlite3_result_int64(c, s.len ? utf8_decode(s, 0, &len) : 0);
}
static void chr(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int64_t cp = sqlite3_value_int64(v[0]);
    char bytes[4];
    if (cp < 1 || cp > 0x10FFFF) {
        result_str(c, (Str){0});
        return;
    }
    result_str(c, (Str){bytes, utf8_encode((uint32_t)cp, bytes)});
}

// --- The collation of MySQL: neither case nor accents count ---

int collate_folded(void *ctx, int a_len, const void *a, int b_len, const void *b)
{
    (void)ctx;
    Str x = {a, (size_t)a_len}, y = {b, (size_t)b_len};
    size_t i = 0, k = 0, n;
    while (i < x.len && k < y.len) {
        unsigned char p = (unsigned char)x.ptr[i], q = (unsigned char)y.ptr[k];
        if (p < 0x80 && q < 0x80) { // most of the time
            p = p >= 'A' && p <= 'Z' ? p | 0x20 : p;
            q = q >= 'A' && q <= 'Z' ? q | 0x20 : q;
            if (p != q) return p < q ? -1 : 1;
            i++;
            k++;
            continue;
        }
        uint32_t cx = utf8_fold(utf8_decode(x, i, &n));
        i += n;
        uint32_t cy = utf8_fold(utf8_decode(y, k, &n));
        k += n;
        if (cx != cy) return cx < cy ? -1 : 1;
    }
    return i < x.len ? 1 : k < y.len ? -1 : 0;
}

static const QueryFn rows[] = {
    {.name = "gr_ascii", .args = 1, .call = ascii},
    {.name = "gr_chr", .args = 1, .call = chr},
    {.name = "gr_concat_ws", .args = -1, .call = join},
    {.name = "gr_concat_ws_null", .args = -1, .call = join_null},
    {.name = "gr_initcap", .args = 2, .most = 3, .call = initcap},
    {.name = "gr_insert", .args = 6, .call = insert},
    {.name = "gr_left", .args = 2, .call = left},
    {.name = "gr_left_or_off", .args = 2, .call = left_or_off},
    {.name = "gr_lower", .args = 1, .call = lower},
    {.name = "gr_lpad", .args = 2, .most = 3, .call = lpad},
    {.name = "gr_repeat", .args = 2, .call = repeat},
    {.name = "gr_reverse", .args = 1, .call = reverse},
    {.name = "gr_right", .args = 2, .call = right},
    {.name = "gr_right_or_off", .args = 2, .call = right_or_off},
    {.name = "gr_rpad", .args = 2, .most = 3, .call = rpad},
    {.name = "gr_substring", .args = 3, .most = 4, .call = substring},
    {.name = "gr_translate", .args = 3, .call = translate},
    {.name = "gr_trim_string", .args = 3, .call = trim_string},
    {.name = "gr_trim_white", .args = 2, .call = trim_white},
    {.name = "gr_upper", .args = 1, .call = upper},
};
const QueryFns fn_texts = {rows, sizeof rows / sizeof *rows};
