// fn_arrays: arrays as JSON text: made, looked into, cut, sorted and compared.
#include "query/fn_items.h"
#include <stdint.h>
#include <string.h>

// --- Made ---

// kinds: a letter a value (see json_put), or nothing when all are as they are.
static void array(sqlite3_context *c, int n, sqlite3_value **v)
{
    Str kinds = fn_text_of(v[0]);
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (int i = 1; i < n; i++) {
        if (i > 1) sqlite3_str_appendchar(s, 1, ',');
        json_put(s, v[i], (size_t)i <= kinds.len ? kinds.ptr[i - 1] : 0);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

static void concat(sqlite3_context *c, int n, sqlite3_value **v)
{
    Items all = {0};
    for (int i = 0; i < n; i++) {
        JsonItem whole;
        bool ok = json_item(fn_text_of(v[i]), &whole) && whole.kind == '[';
        if (!ok) { // NULL: of nothing and something there is nothing
            sqlite3_free(all.at);
            return;
        }
        if (!items_push_all(&all, whole)) sqlite3_result_error_nomem(c);
    }
    items_result(c, all.at, all.len);
    sqlite3_free(all.at);
}

// a, kind, x [, 1: in front]
static void append(sqlite3_context *c, int n, sqlite3_value **v)
{
    Items items;
    if (!items_take(c, v[0], &items)) return;
    sqlite3_str *s = items_text(c), *x = items_text(c);
    JsonItem one;
    bool front = n > 3 && sqlite3_value_int(v[3]),
         made = items_value(x, v[2], fn_text_of(v[1]).len ? fn_text_of(v[1]).ptr[0] : 0, &one);
    sqlite3_str_appendchar(s, 1, '[');
    if (front && made) items_put(s, one);
    for (size_t i = 0; i < items.len; i++) items_put(s, items.at[i]);
    if (!front && made) items_put(s, one);
    sqlite3_str_appendchar(s, 1, ']');
    items_free_text(x);
    sqlite3_free(items.at);
    json_result(c, s);
}

enum { REPEATS_MOST = 100 * 1000 };

// kind, a value, how often
static void repeated(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (sqlite3_value_type(v[2]) == SQLITE_NULL) return;
    int64_t times = sqlite3_value_int64(v[2]);
    if (times > REPEATS_MOST) {
        sqlite3_result_error(c, "This array would have too many elements.", -1);
        return;
    }
    sqlite3_str *s = items_text(c), *x = items_text(c);
    JsonItem one;
    bool made = items_value(x, v[1], fn_text_of(v[0]).len ? fn_text_of(v[0]).ptr[0] : 0, &one);
    sqlite3_str_appendchar(s, 1, '[');
    for (int64_t i = 0; made && i < times; i++) items_put(s, one);
    sqlite3_str_appendchar(s, 1, ']');
    items_free_text(x);
    json_result(c, s);
}

// first, last, step: numbers, the last included.
static void range(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    bool real = false;
    for (int i = 0; i < 3; i++) real = real || sqlite3_value_type(v[i]) == SQLITE_FLOAT;
    double first = sqlite3_value_double(v[0]), last = sqlite3_value_double(v[1]);
    double step = sqlite3_value_double(v[2]), count = step == 0 ? -1 : (last - first) / step;
    if (step == 0) {
        fn_fail(c, v[3], "A series cannot go on by steps of 0.");
        return;
    }
    if (count > 1e6) {
        fn_fail(c, v[3], "A series of more than a million values is not made here.");
        return;
    }
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (sqlite3_int64 i = 0; (double)i <= count + 1e-9; i++) {
        if (i) sqlite3_str_appendchar(s, 1, ',');
        if (real) {
            sqlite3_str_appendf(s, "%!.15g", first + (double)i * step);
        } else {
            sqlite3_str_appendf(s, "%lld",
                                sqlite3_value_int64(v[0]) + i * sqlite3_value_int64(v[2]));
        }
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// --- Looked into ---

static void length(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem whole;
    if (!json_item(fn_text_of(v[0]), &whole) || !strchr("[{", whole.kind)) return;
    sqlite3_int64 count = 0;
    JsonWalk w = json_walk(whole);
    while (json_next(&w)) count++;
    sqlite3_result_int64(c, count);
}

// From 0 the place of the first equal one; -1 = none, -2 = not known, for there are NULLs.
static sqlite3_int64 find(const Items *items, JsonItem one)
{
    bool nulls = false;
    for (size_t i = 0; i < items->len; i++) {
        if (json_compare(items->at[i], one) == 0) return (sqlite3_int64)i;
        nulls = nulls || items->at[i].kind == 'n';
    }
    return nulls ? -2 : -1;
}

// a, kind, x
static sqlite3_int64 find_in(sqlite3_context *c, sqlite3_value **v, bool *known)
{
    Items items;
    JsonItem one;
    Str kind = fn_text_of(v[1]);
    sqlite3_int64 at = -1;
    *known = items_take(c, v[0], &items);
    if (!*known) return -1;
    sqlite3_str *s = items_text(c);
    if (items_value(s, v[2], kind.len ? kind.ptr[0] : 0, &one)) at = find(&items, one);
    items_free_text(s);
    sqlite3_free(items.at);
    return at;
}

// Is x there? NULL when it is not and a NULL might be it: what = ANY says. With 'S' behind the kind
// NULLs are values like others.
static void contains(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    bool known, plain = fn_text_of(v[3]).len && fn_text_of(v[3]).ptr[0] == 'S';
    if (!plain && fn_any_null(3, v)) return;
    sqlite3_int64 at = find_in(c, v, &known);
    if (!known || (at == -2 && !plain)) return;
    sqlite3_result_int(c, at >= 0);
}

// The place of x, counted from `first`; when it is not there NULL, or what v[4] says.
static void position(sqlite3_context *c, int n, sqlite3_value **v)
{
    bool known;
    sqlite3_int64 at = find_in(c, v, &known);
    if (!known) return;
    if (at >= 0) {
        sqlite3_result_int64(c, at + sqlite3_value_int64(v[3]));
    } else if (n > 4) {
        sqlite3_result_value(c, v[4]);
    }
}

static void overlap(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a, b;
    if (!items_take(c, v[0], &a)) return;
    if (!items_take(c, v[1], &b)) {
        sqlite3_free(a.at);
        return;
    }
    bool found = false;
    for (size_t i = 0; i < a.len && !found; i++)
        found = a.at[i].kind != 'n' && find(&b, a.at[i]) >= 0;
    sqlite3_free(a.at);
    sqlite3_free(b.at);
    sqlite3_result_int(c, found);
}

// --- Cut, sorted ---

// a, from, to, how: 0 from 0, `to` excluded, negative ones from the end; 1 from 1, `to` included;
// D the same, negative ones from the end; L from 1 or the end, and a length. NULL: to its ends.
static void slice(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    Str how = fn_text_of(v[3]);
    if (!items_take(c, v[0], &items)) return;
    char way = how.len ? how.ptr[0] : '0';
    sqlite3_int64 len = (sqlite3_int64)items.len;
    sqlite3_int64 from = sqlite3_value_int64(v[1]), to = sqlite3_value_int64(v[2]);
    bool open = sqlite3_value_type(v[2]) == SQLITE_NULL;
    if (way != '1' && from < 0) from += way == '0' ? len : len + 1;
    if ((way == '0' || way == 'D') && to < 0) to += way == '0' ? len : len + 1;
    if (way != '0' && sqlite3_value_type(v[1]) != SQLITE_NULL) from--;
    if (way == 'L') to += from;
    if (open) to = len;
    from = from < 0 ? 0 : from > len ? len : from;
    to = to < from ? from : to > len ? len : to;
    items_result(c, items.at + from, (size_t)(to - from));
    sqlite3_free(items.at);
}

// a, "af" | "dl" …: a direction, and where NULLs stand
static void sorted(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    Str how = fn_text_of(v[1]);
    ItemOrder o = {.down = how.len && how.ptr[0] == 'd',
                   .nulls_last = how.len > 1 && how.ptr[1] == 'l'};
    if (!items_take(c, v[0], &items)) return;
    if (items_sort(c, &items, o)) items_result(c, items.at, items.len);
    sqlite3_free(items.at);
}

static void reversed(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[0], &items)) return;
    for (size_t i = 0, k = items.len; i + 1 < k; i++) {
        JsonItem held = items.at[i];
        items.at[i] = items.at[--k];
        items.at[k] = held;
    }
    items_result(c, items.at, items.len);
    sqlite3_free(items.at);
}

// Which of `items` stay: those whose membership in `other` is as asked, each once if `once`.
static void keep(Items *items, const Items *other, bool wanted, bool once)
{
    size_t kept = 0;
    for (size_t i = 0; i < items->len; i++) {
        Items before = {items->at, kept, kept};
        bool in = !other || (find(other, items->at[i]) >= 0) == wanted;
        if (in && !(once && find(&before, items->at[i]) >= 0)) items->at[kept++] = items->at[i];
    }
    items->len = kept;
}

// a: each value once, in the order in which they first stand there.
static void distinct(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[0], &items)) return;
    keep(&items, NULL, true, true);
    items_result(c, items.at, items.len);
    sqlite3_free(items.at);
}

// a, b: sqlite3_user_data says which: "&" in both, "-" in a only, "|" in one of them.
static void combined(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const char *how = sqlite3_user_data(c);
    Items a, b;
    if (!items_take(c, v[0], &a)) return;
    if (!items_take(c, v[1], &b)) {
        sqlite3_free(a.at);
        return;
    }
    if (*how == '|') {
        for (size_t i = 0; i < b.len; i++) {
            if (!items_push(&a, b.at[i])) sqlite3_result_error_nomem(c);
        }
        keep(&a, NULL, true, true);
    } else {
        keep(&a, &b, *how == '&', true);
    }
    items_result(c, a.at, a.len);
    sqlite3_free(a.at);
    sqlite3_free(b.at);
}

// a, kind, x: without those that equal x; or without NULLs when x is NULL.
static void without(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items, one = {0};
    JsonItem x;
    Str kind = fn_text_of(v[1]);
    if (!items_take(c, v[0], &items)) return;
    sqlite3_str *s = items_text(c);
    if (items_value(s, v[2], kind.len ? kind.ptr[0] : 0, &x) && items_push(&one, x))
        keep(&items, &one, false, false);
    items_result(c, items.at, items.len);
    sqlite3_free(items.at);
    sqlite3_free(one.at);
    items_free_text(s);
}

// One level of arrays in arrays taken away.
static void flatten(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items, all = {0};
    if (!items_take(c, v[0], &items)) return;
    for (size_t i = 0; i < items.len; i++) {
        bool nest = items.at[i].kind == '[';
        bool ok = nest ? items_push_all(&all, items.at[i]) : items_push(&all, items.at[i]);
        if (!ok) sqlite3_result_error_nomem(c);
    }
    items_result(c, all.at, all.len);
    sqlite3_free(all.at);
    sqlite3_free(items.at);
}

// --- Texts and sums ---

// a, separator [, what stands for NULL]: NULLs are left out otherwise.
static void to_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    Items items;
    if (sqlite3_value_type(v[1]) == SQLITE_NULL || !items_take(c, v[0], &items)) return;
    sqlite3_str *s = items_text(c);
    Str sep = fn_text_of(v[1]), null = n > 2 ? fn_text_of(v[2]) : (Str){0};
    bool shown = n > 2 && sqlite3_value_type(v[2]) != SQLITE_NULL, first = true;
    for (size_t i = 0; i < items.len; i++) {
        JsonItem item = items.at[i];
        if (item.kind == 'n' && !shown) continue;
        if (!first) sqlite3_str_append(s, sep.ptr ? sep.ptr : "", (int)sep.len);
        first = false;
        if (item.kind == '"') {
            json_put_plain(s, item.text);
        } else if (item.kind == 'n') {
            sqlite3_str_append(s, null.ptr ? null.ptr : "", (int)null.len);
        } else {
            sqlite3_str_append(s, item.text.ptr, (int)item.text.len);
        }
    }
    sqlite3_free(items.at);
    json_result(c, s);
}

// text, separator [, what means NULL]: the parts; each character when the separator is NULL.
static void from_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    Str rest = fn_text_of(v[0]), sep = fn_text_of(v[1]), null = n > 2 ? fn_text_of(v[2]) : (Str){0};
    bool letters = sqlite3_value_type(v[1]) == SQLITE_NULL, whole = !letters && !sep.len;
    bool empty_is_none = letters || n > 2; // Postgres, the one that has three arguments
    bool nulls = n > 2 && sqlite3_value_type(v[2]) != SQLITE_NULL;
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (bool first = true, more = rest.len > 0 || !empty_is_none; more; first = false) {
        size_t at = rest.len, skip = 0;
        if (letters) {
            at = rest.len ? 1 : 0;
            while (at < rest.len && ((unsigned char)rest.ptr[at] & 0xc0) == 0x80) at++;
        } else if (!whole && str_find(rest, sep, &at)) {
            skip = sep.len;
        } else {
            at = rest.len;
        }
        Str part = str_slice(rest, 0, at);
        if (!first) sqlite3_str_appendchar(s, 1, ',');
        if (nulls && str_eq(part, null)) {
            sqlite3_str_appendall(s, "null");
        } else {
            json_put_text(s, part);
        }
        more = letters ? at < rest.len : skip > 0;
        rest = str_slice(rest, at + skip, rest.len);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// sqlite3_user_data: "<" the least, ">" the greatest.
static void extreme(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const char *how = sqlite3_user_data(c);
    Items items;
    if (!items_take(c, v[0], &items)) return;
    JsonItem best = {0};
    for (size_t i = 0; i < items.len; i++) {
        if (items.at[i].kind == 'n') continue;
        int c2 = best.kind ? json_compare(items.at[i], best) : 1;
        bool better = !best.kind || (*how == '<' ? c2 < 0 : c2 > 0);
        if (better) best = items.at[i];
    }
    if (best.kind) json_result_item(c, best);
    sqlite3_free(items.at);
}

// sqlite3_user_data: "+" the sum, "/" the mean.
static void total(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const char *how = sqlite3_user_data(c);
    Items items;
    if (!items_take(c, v[0], &items)) return;
    int64_t whole = 0, i64;
    double sum = 0, f64;
    sqlite3_int64 count = 0;
    bool real = *how == '/';
    for (size_t i = 0; i < items.len; i++) {
        if (items.at[i].kind != '0' || !str_to_f64(items.at[i].text, &f64)) continue;
        count++;
        sum += f64;
        bool is_whole = str_to_i64(items.at[i].text, &i64);
        real = real || !is_whole || __builtin_add_overflow(whole, i64, &whole);
    }
    sqlite3_free(items.at);
    if (!count) return;
    if (real) {
        sqlite3_result_double(c, *how == '/' ? sum / (double)count : sum);
    } else {
        sqlite3_result_int64(c, whole);
    }
}

// a, places: an array of numbers from 0, in any order; the elements take their room.
static void pick(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items, places;
    if (!items_take(c, v[0], &items)) return;
    if (!items_take(c, v[1], &places)) {
        sqlite3_free(items.at);
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < places.len; i++) {
        int64_t at;
        bool inside = str_to_i64(places.at[i].text, &at) && at >= 0 && at < (int64_t)items.len;
        if (inside) places.at[kept++] = items.at[at];
    }
    items_result(c, places.at, kept);
    sqlite3_free(items.at);
    sqlite3_free(places.at);
}

// Are all of b in a?
static void holds(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a, b;
    if (!items_take(c, v[0], &a)) return;
    if (!items_take(c, v[1], &b)) {
        sqlite3_free(a.at);
        return;
    }
    bool all = true;
    for (size_t i = 0; i < b.len && all; i++) all = find(&a, b.at[i]) >= 0;
    sqlite3_free(a.at);
    sqlite3_free(b.at);
    sqlite3_result_int(c, all);
}

// Texts of numbers as numbers: '{1,10}' as whole numbers compares 1 and 10.
static void numbers(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[0], &items)) return;
    bool all = true;
    for (size_t i = 0; i < items.len && all; i++) {
        JsonItem *item = &items.at[i], bare;
        Str inside = str_trim(str_slice(item->text, 1, item->text.len - 1));
        if (item->kind != '"') continue;
        all = json_item(inside, &bare) && bare.kind == '0';
        if (all) *item = bare;
    }
    if (all) items_result(c, items.at, items.len);
    if (!all) sqlite3_result_error(c, "an element of the array is no number: the cast fails", -1);
    sqlite3_free(items.at);
}

static const QueryFn rows[] = {
    {.name = "gr_array", .args = -1, .call = array},
    {.name = "gr_array_add", .args = 3, .call = append},
    {.name = "gr_array_add", .args = 4, .call = append},
    {.name = "gr_array_avg", .args = 1, .call = total, .data = "/"},
    {.name = "gr_array_common", .args = 2, .call = combined, .data = "&"},
    {.name = "gr_array_concat", .args = -1, .call = concat},
    {.name = "gr_array_contains", .args = 4, .call = contains},
    {.name = "gr_array_distinct", .args = 1, .call = distinct},
    {.name = "gr_array_except", .args = 2, .call = combined, .data = "-"},
    {.name = "gr_array_flatten", .args = 1, .call = flatten},
    {.name = "gr_array_holds", .args = 2, .call = holds},
    {.name = "gr_array_length", .args = 1, .call = length},
    {.name = "gr_array_max", .args = 1, .call = extreme, .data = ">"},
    {.name = "gr_array_min", .args = 1, .call = extreme, .data = "<"},
    {.name = "gr_array_numbers", .args = 1, .call = numbers},
    {.name = "gr_array_overlap", .args = 2, .call = overlap},
    {.name = "gr_array_pick", .args = 2, .call = pick},
    {.name = "gr_array_position", .args = 4, .call = position},
    {.name = "gr_array_position", .args = 5, .call = position},
    {.name = "gr_array_range", .args = 4, .call = range},
    {.name = "gr_array_repeat", .args = 3, .call = repeated},
    {.name = "gr_array_remove", .args = 3, .call = without},
    {.name = "gr_array_reverse", .args = 1, .call = reversed},
    {.name = "gr_array_slice", .args = 4, .call = slice},
    {.name = "gr_array_sort", .args = 2, .call = sorted},
    {.name = "gr_array_split", .args = 2, .call = from_text},
    {.name = "gr_array_split", .args = 3, .call = from_text},
    {.name = "gr_array_sum", .args = 1, .call = total, .data = "+"},
    {.name = "gr_array_text", .args = 2, .call = to_text},
    {.name = "gr_array_text", .args = 3, .call = to_text},
    {.name = "gr_array_union", .args = 2, .call = combined, .data = "|"},
};
const QueryFns fn_arrays = {rows, sizeof rows / sizeof *rows};
