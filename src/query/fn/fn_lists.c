// fn_lists: arrays that are zipped, filled up, picked from by places, and counted over.
#include "query/fn_items.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const JsonItem null_item = {STR_LIT("null"), 'n'};

static char kind_of(sqlite3_value *v)
{
    Str kind = fn_text_of(v);
    return kind.len ? kind.ptr[0] : 0;
}

// --- Side by side ---

enum { ZIPPED_MOST = 8 };

static void put_row(sqlite3_str *s, const Items *names, const Items *arrays, size_t count, size_t i)
{
    sqlite3_str_appendall(s, i ? ",{" : "{");
    for (size_t k = 0; k < count; k++) {
        JsonItem item = i < arrays[k].len ? arrays[k].at[i] : null_item;
        if (k) sqlite3_str_appendchar(s, 1, ',');
        sqlite3_str_append(s, names->at[k].text.ptr, (int)names->at[k].text.len);
        sqlite3_str_appendchar(s, 1, ':');
        sqlite3_str_append(s, item.text.ptr, (int)item.text.len);
    }
    sqlite3_str_appendchar(s, 1, '}');
}

// An array of names, then as many arrays: their elements as structs, to the end of the longest.
static void zip(sqlite3_context *c, int n, sqlite3_value **v)
{
    Items names, arrays[ZIPPED_MOST] = {{0}};
    size_t count = 0, longest = 0, wanted = (size_t)n - 1;
    if (wanted > ZIPPED_MOST) {
        sqlite3_result_error(c, "More arrays than eight are not zipped here.", -1);
        return;
    }
    if (!items_take(c, v[0], &names)) return;
    while (count < wanted && items_take(c, v[count + 1], &arrays[count])) {
        if (arrays[count].len > longest) longest = arrays[count].len;
        count++;
    }
    if (count == wanted && names.len >= count) {
        sqlite3_str *s = items_text(c);
        sqlite3_str_appendchar(s, 1, '[');
        for (size_t i = 0; i < longest; i++) put_row(s, &names, arrays, count, i);
        sqlite3_str_appendchar(s, 1, ']');
        json_result(c, s);
    }
    for (size_t i = 0; i < count; i++) sqlite3_free(arrays[i].at);
    sqlite3_free(names.at);
}

// --- Put in, taken out ---

enum { LONGEST = 100 * 1000 };

static void result_with(sqlite3_context *c, const Items *a, size_t at, JsonItem one)
{
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    size_t len = at > a->len ? at : a->len;
    for (size_t i = 0; i <= len; i++) {
        if (i == at) items_put(s, one);
        if (i < len) items_put(s, i < a->len ? a->at[i] : null_item);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// array, kind, x, place, 0 or 1 the first place: 1 counts -1 as behind the last, 0 as before it.
// What lies between the end and the place is NULL.
static void insert(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    JsonItem one;
    if (sqlite3_value_type(v[3]) == SQLITE_NULL || !items_take(c, v[0], &a)) return;
    sqlite3_int64 first = sqlite3_value_int64(v[4]), place = sqlite3_value_int64(v[3]);
    sqlite3_int64 len = (sqlite3_int64)a.len;
    sqlite3_int64 at = place < 0 ? len + place + first : place - first;
    if (at > LONGEST || at < -LONGEST) {
        sqlite3_result_error(c, "This array would have too many elements.", -1);
    } else {
        sqlite3_str *s = items_text(c);
        if (items_value(s, v[2], kind_of(v[1]), &one)) {
            result_with(c, &a, at < 0 ? 0 : (size_t)at, one);
        }
        items_free_text(s);
    }
    sqlite3_free(a.at);
}

// array, place from 0, from the end when negative
static void remove_at(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    if (sqlite3_value_type(v[1]) == SQLITE_NULL || !items_take(c, v[0], &a)) return;
    sqlite3_int64 at = sqlite3_value_int64(v[1]);
    if (at < 0) at += (sqlite3_int64)a.len;
    if (at >= 0 && (size_t)at < a.len) {
        memmove(a.at + at, a.at + at + 1, (a.len - (size_t)at - 1) * sizeof *a.at);
        a.len--;
    }
    items_result(c, a.at, a.len);
    sqlite3_free(a.at);
}

// array, length, kind, x: cut to it, or filled up with x.
static void resize(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    JsonItem one;
    if (!items_take(c, v[0], &a)) return;
    sqlite3_int64 want = sqlite3_value_int64(v[1]);
    sqlite3_str *s = items_text(c);
    bool ok = items_value(s, v[3], kind_of(v[2]), &one);
    if (want > LONGEST) sqlite3_result_error(c, "This array would have too many elements.", -1);
    while (ok && want <= LONGEST && (sqlite3_int64)a.len < want) ok = items_push(&a, one);
    if (ok && want <= LONGEST) items_result(c, a.at, want < 0 ? 0 : (size_t)want);
    items_free_text(s);
    sqlite3_free(a.at);
}

static bool same(JsonItem a, JsonItem b)
{
    return a.kind == 'n' || b.kind == 'n' ? a.kind == b.kind : json_compare(a, b) == 0;
}

// array, kind, x: the places where it is, from 1. NULL is a value like others.
static void places(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    JsonItem one;
    if (!items_take(c, v[0], &a)) return;
    sqlite3_str *s = items_text(c), *x = items_text(c);
    bool ok = items_value(x, v[2], kind_of(v[1]), &one);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; ok && i < a.len; i++) {
        if (!same(a.at[i], one)) continue;
        sqlite3_str_appendf(s, "%s%lld", sqlite3_str_length(s) > 1 ? "," : "",
                            (sqlite3_int64)i + 1);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
    items_free_text(x);
    sqlite3_free(a.at);
}

// array, kind, old, kind, new
static void swap(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    JsonItem old, fresh;
    if (!items_take(c, v[0], &a)) return;
    sqlite3_str *x = items_text(c), *y = items_text(c);
    bool ok =
        items_value(x, v[2], kind_of(v[1]), &old) && items_value(y, v[4], kind_of(v[3]), &fresh);
    for (size_t i = 0; ok && i < a.len; i++) {
        if (same(a.at[i], old)) a.at[i] = fresh;
    }
    items_result(c, a.at, a.len);
    items_free_text(x);
    items_free_text(y);
    sqlite3_free(a.at);
}

// --- Picked ---

static sqlite3_int64 whole(JsonItem item)
{
    return item.kind == '0' ? strtoll(item.text.ptr, NULL, 10) : 0;
}

// array, an array: its places from 1, NULL for those that are not there (p), or what is true (m).
static void picked(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a, by;
    if (!items_take(c, v[0], &a)) return;
    if (!items_take(c, v[1], &by)) {
        sqlite3_free(a.at);
        return;
    }
    bool mask = *(const char *)sqlite3_user_data(c) == 'm';
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; i < by.len; i++) {
        sqlite3_int64 at = mask ? (sqlite3_int64)i : whole(by.at[i]) - 1;
        bool there = at >= 0 && (size_t)at < a.len;
        if (mask && !(there && (by.at[i].kind == 't' || whole(by.at[i])))) continue;
        items_put(s, there ? a.at[at] : null_item);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
    sqlite3_free(a.at);
    sqlite3_free(by.at);
}

// array, size: all runs of so many elements beside each other; a short array is one run.
static void ngrams(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    sqlite3_int64 size = sqlite3_value_int64(v[1]);
    if (size < 1 || !items_take(c, v[0], &a)) return;
    size_t run = (size_t)size < a.len ? (size_t)size : a.len;
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; i + run <= a.len; i++) {
        sqlite3_str_appendall(s, i ? ",[" : "[");
        for (size_t k = 0; k < run; k++) {
            if (k) sqlite3_str_appendchar(s, 1, ',');
            sqlite3_str_append(s, a.at[i + k].text.ptr, (int)a.at[i + k].text.len);
        }
        sqlite3_str_appendchar(s, 1, ']');
        if (!run) break;
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
    sqlite3_free(a.at);
}

// --- Counted over: what an aggregate says of the elements that are not NULL ---

typedef struct {
    double *at;
    size_t len;
} Numbers;

static bool numbers_of(const Items *a, Numbers *out)
{
    *out = (Numbers){sqlite3_malloc64((a->len + 1) * sizeof *out->at), 0};
    for (size_t i = 0; out->at && i < a->len; i++) {
        if (a->at[i].kind == '0') out->at[out->len++] = strtod(a->at[i].text.ptr, NULL);
    }
    return out->at != NULL;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double squares(const Numbers *all)
{
    double mean = 0, sum = 0;
    for (size_t i = 0; i < all->len; i++) mean += (all->at[i] - mean) / (double)(i + 1);
    for (size_t i = 0; i < all->len; i++) sum += (all->at[i] - mean) * (all->at[i] - mean);
    return sum;
}

static double median(Numbers *all)
{
    if (all->len > 1) qsort(all->at, all->len, sizeof *all->at, by_size);
    size_t mid = all->len / 2;
    return all->len % 2 ? all->at[mid] : (all->at[mid - 1] + all->at[mid]) / 2;
}

static double product(const Numbers *all)
{
    double p = 1;
    for (size_t i = 0; i < all->len; i++) p *= all->at[i];
    return p;
}

// The word is the aggregate's name.
static void result_number(sqlite3_context *c, Str word, Numbers *all)
{
    size_t least = str_ends(word, S("samp")) ? 2 : 1;
    if (all->len < least) return;
    double count = (double)all->len;
    double var = str_starts(word, S("var")) || str_starts(word, S("std"))
                     ? squares(all) / (count - (double)(least - 1))
                     : 0;
    if (str_eq(word, S("median"))) {
        sqlite3_result_double(c, median(all));
    } else if (str_eq(word, S("mad"))) {
        double mid = median(all);
        for (size_t i = 0; i < all->len; i++) all->at[i] = fabs(all->at[i] - mid);
        sqlite3_result_double(c, median(all));
    } else if (str_eq(word, S("sem"))) {
        sqlite3_result_double(c, sqrt(squares(all)) / count);
    } else if (str_eq(word, S("product"))) {
        sqlite3_result_double(c, product(all));
    } else {
        sqlite3_result_double(c, str_starts(word, S("std")) ? sqrt(var) : var);
    }
}

// The one that is there most often, of several the one that comes first: equal ones are one run
// once they are sorted, in the order of the text that they point into.
static void result_mode(sqlite3_context *c, Items *a)
{
    size_t best = 0, most = 0;
    if (!items_sort(c, a, (ItemOrder){.nulls_last = true})) return;
    for (size_t i = 0; i < a->len && a->at[i].kind != 'n';) {
        size_t end = i + 1;
        while (end < a->len && json_compare(a->at[i], a->at[end]) == 0) end++;
        bool earlier = end - i == most && a->at[i].text.ptr < a->at[best].text.ptr;
        if (end - i > most || earlier) most = end - i, best = i;
        i = end;
    }
    if (most) json_result_item(c, a->at[best]);
}

static bool is_true(JsonItem item)
{
    return item.kind == 't' || whole(item) != 0;
}

static void result_truth(sqlite3_context *c, const Items *a, bool all)
{
    bool found = all, any = false;
    for (size_t i = 0; i < a->len; i++) {
        if (a->at[i].kind == 'n') continue;
        any = true;
        if (is_true(a->at[i]) != all) found = !all;
    }
    if (any) sqlite3_result_int(c, found);
}

static void result_first(sqlite3_context *c, const Items *a)
{
    for (size_t i = 0; i < a->len; i++) {
        if (a->at[i].kind == 'n') continue;
        json_result_item(c, a->at[i]);
        return;
    }
}

static void result_count(sqlite3_context *c, const Items *a)
{
    sqlite3_int64 count = 0;
    for (size_t i = 0; i < a->len; i++) count += a->at[i].kind != 'n';
    sqlite3_result_int64(c, count);
}

// array, the name of an aggregate
static void told(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items a;
    Numbers all;
    Str word = fn_text_of(v[1]);
    if (!items_take(c, v[0], &a)) return;
    if (str_eq(word, S("mode"))) {
        result_mode(c, &a);
    } else if (str_eq(word, S("bool_and")) || str_eq(word, S("bool_or"))) {
        result_truth(c, &a, str_ends(word, S("and")));
    } else if (str_eq(word, S("any_value"))) {
        result_first(c, &a);
    } else if (str_eq(word, S("count"))) {
        result_count(c, &a);
    } else if (numbers_of(&a, &all)) {
        result_number(c, word, &all);
        sqlite3_free(all.at);
    } else {
        sqlite3_result_error_nomem(c);
    }
    sqlite3_free(a.at);
}

static const QueryFn rows[] = {
    {.name = "gr_array_at", .args = 2, .call = picked, .data = "p"},
    {.name = "gr_array_insert", .args = 5, .call = insert},
    {.name = "gr_array_ngrams", .args = 2, .call = ngrams},
    {.name = "gr_array_places", .args = 3, .call = places},
    {.name = "gr_array_remove_at", .args = 2, .call = remove_at},
    {.name = "gr_array_resize", .args = 4, .call = resize},
    {.name = "gr_array_swap", .args = 5, .call = swap},
    {.name = "gr_array_told", .args = 2, .call = told},
    {.name = "gr_array_where", .args = 2, .call = picked, .data = "m"},
    {.name = "gr_array_zip", .args = -1, .call = zip},
};
const QueryFns fn_lists = {rows, sizeof rows / sizeof *rows};
