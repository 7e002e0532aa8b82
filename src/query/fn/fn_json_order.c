// fn_json_order: the order of JSON values: arrays and structs element by element, as SQL has it.
#include "query/fn_json.h"
#include <string.h>

static int rank_of(char kind)
{
    switch (kind) {
    case 'n':
        return 0;
    case 'f':
        return 1;
    case 't':
        return 2;
    case '0':
        return 3;
    case '"':
        return 4;
    default:
        return 5;
    }
}

static int number_compare(Str a, Str b)
{
    int64_t i, k;
    double x = 0, y = 0;
    if (str_to_i64(a, &i) && str_to_i64(b, &k)) return (i > k) - (i < k);
    bool read = str_to_f64(a, &x) && str_to_f64(b, &y);
    return read ? (x > y) - (x < y) : 0;
}

static int plain_compare(Str a, Str b)
{
    sqlite3_str *x = sqlite3_str_new(NULL), *y = sqlite3_str_new(NULL);
    json_put_plain(x, a);
    json_put_plain(y, b);
    Str p = {sqlite3_str_value(x), (size_t)sqlite3_str_length(x)};
    Str q = {sqlite3_str_value(y), (size_t)sqlite3_str_length(y)};
    int c = str_cmp(p, q);
    sqlite3_free(sqlite3_str_finish(x));
    sqlite3_free(sqlite3_str_finish(y));
    return c;
}

static int text_compare(Str a, Str b)
{
    bool escapes = memchr(a.ptr, '\\', a.len) || memchr(b.ptr, '\\', b.len);
    if (escapes) return plain_compare(a, b);
    return str_cmp(str_slice(a, 1, a.len - 1), str_slice(b, 1, b.len - 1));
}

static int compare(JsonItem a, JsonItem b, bool nulls_high, int depth);

static int members_compare(JsonItem a, JsonItem b, bool nulls_high, int depth)
{
    JsonWalk x = json_walk(a), y = json_walk(b);
    for (;;) {
        bool more_x = json_next(&x), more_y = json_next(&y);
        if (!more_x || !more_y) return (int)more_x - (int)more_y;
        int c = compare(x.item, y.item, nulls_high, depth + 1);
        if (c) return c;
    }
}

// The keys of `a` as `b` has them, in its order: then members are compared where they stand.
static bool same_keys(JsonItem a, JsonItem b)
{
    JsonWalk x = json_walk(a), y = json_walk(b);
    for (;;) {
        bool more_x = json_next(&x), more_y = json_next(&y);
        if (!more_x || !more_y) return more_x == more_y;
        if (!str_eq(x.key, y.key)) return false;
    }
}

static bool member_of(JsonItem of, Str key, JsonItem *out)
{
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (!str_eq(w.key, key)) continue;
        *out = w.item;
        return true;
    }
    return false;
}

// Objects that have the same members in another order are the same.
static bool same_members(JsonItem a, JsonItem b, bool nulls_high, int depth)
{
    size_t count = 0, other = 0;
    JsonItem found;
    JsonWalk x = json_walk(a), y = json_walk(b);
    while (json_next(&y)) other++;
    while (json_next(&x)) {
        bool same =
            member_of(b, x.key, &found) && compare(x.item, found, nulls_high, depth + 1) == 0;
        if (!same) return false;
        count++;
    }
    return count == other;
}

static int compare(JsonItem a, JsonItem b, bool nulls_high, int depth)
{
    int x = rank_of(a.kind), y = rank_of(b.kind);
    if (x != y) return nulls_high && (x == 0 || y == 0) ? y - x : x - y;
    if (a.kind == '0') return number_compare(a.text, b.text);
    if (a.kind == '"') return text_compare(a.text, b.text);
    if (x < 5) return 0;
    if (a.kind != b.kind || depth > JSON_DEPTH_MAX) return str_cmp(a.text, b.text);
    bool reordered = a.kind == '{' && !same_keys(a, b);
    if (reordered && same_members(a, b, nulls_high, depth)) return 0;
    return members_compare(a, b, nulls_high, depth);
}

int json_compare(JsonItem a, JsonItem b)
{
    return compare(a, b, false, 0);
}

// --- Texts, of which some are JSON ---

static bool is_structured(Str text, JsonItem *out)
{
    bool opens = text.len && (text.ptr[0] == '[' || text.ptr[0] == '{');
    return opens && json_item(text, out);
}

// A number that was read out of JSON, still as its text.
static bool is_number(Str text)
{
    JsonItem item;
    bool digit = text.len && (text.ptr[0] == '-' || (text.ptr[0] >= '0' && text.ptr[0] <= '9'));
    return digit && json_item(text, &item) && item.kind == '0' && item.text.len == text.len;
}

int json_text_compare(Str a, Str b, bool nulls_high)
{
    JsonItem x, y;
    bool p = is_structured(a, &x), q = is_structured(b, &y);
    if (p != q) return (int)p - (int)q;
    return p ? compare(x, y, nulls_high, 0) : str_cmp(a, b);
}

int collate_json(void *nulls_high, int a_len, const void *a, int b_len, const void *b)
{
    Str x = {a, (size_t)a_len}, y = {b, (size_t)b_len};
    if (is_number(x) && is_number(y)) return number_compare(x, y);
    return json_text_compare(x, y, nulls_high != NULL);
}
