// fn_bag: the rows of a group or of a window's frame, sorted as an aggregate asks for.
#include "query/fn_bag.h"
#include "base/interval.h"
#include "query/fn_json.h"
#include <string.h>

// --- Comparing ---

static int bytes_compare(Str a, Str b, BagText how)
{
    if (how >= TEXT_JSON_LOW) return json_text_compare(a, b, how == TEXT_JSON_HIGH);
    if (str_starts(a, S("~i")) && str_starts(b, S("~i"))) { // intervals: by their lengths
        a = str_slice(a, 0, INTERVAL_KEY_END);
        b = str_slice(b, 0, INTERVAL_KEY_END);
    }
    int least = (int)(a.len < b.len ? a.len : b.len);
    int c = how == TEXT_FOLDED ? sqlite3_strnicmp(a.ptr, b.ptr, least)
                               : memcmp(a.ptr, b.ptr, (size_t)least);
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int text_compare(sqlite3_value *a, sqlite3_value *b, BagText how)
{
    const char *x = (const char *)sqlite3_value_text(a), *y = (const char *)sqlite3_value_text(b);
    size_t m = (size_t)sqlite3_value_bytes(a), n = (size_t)sqlite3_value_bytes(b);
    if (!x || !y) return (x != NULL) - (y != NULL);
    return bytes_compare((Str){x, m}, (Str){y, n}, how);
}

static int number_compare(sqlite3_value *a, sqlite3_value *b)
{
    if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER) {
        sqlite3_int64 x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
        return (x > y) - (x < y);
    }
    double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
    return (x > y) - (x < y);
}

static int rank_of(int type) // as SQLite orders what is not alike
{
    return type == SQLITE_NULL ? 0 : type == SQLITE_TEXT ? 2 : type == SQLITE_BLOB ? 3 : 1;
}

int value_compare(sqlite3_value *a, sqlite3_value *b, BagText how)
{
    int x = rank_of(sqlite3_value_type(a)), y = rank_of(sqlite3_value_type(b));
    if (x != y) return x - y;
    return x == 0   ? 0
           : x == 1 ? number_compare(a, b)
                    : text_compare(a, b, x == 2 ? how : TEXT_PLAIN);
}

// --- Keys: read once, for they are compared often ---

typedef struct {
    int type, len;
    union {
        sqlite3_int64 whole;
        double real;
        const char *text; // a blob too
    } as;
} BagKey;

static BagKey *keys_of(const Bag *b, const BagRow *r)
{
    return (BagKey *)(void *)(r->value + b->values); // a row is our own memory
}

static sqlite3_value *key_value(const Bag *b, int i, sqlite3_value **v)
{
    return v[1 + (b->key_is_value ? 0 : b->values + i)];
}

static int text_length(sqlite3_value *v)
{
    return rank_of(sqlite3_value_type(v)) > 1 ? sqlite3_value_bytes(v) : 0;
}

// `*room` takes the text.
static BagKey key_from(sqlite3_value *v, char **room)
{
    BagKey k = {.type = sqlite3_value_type(v)};
    if (k.type == SQLITE_INTEGER) {
        k.as.whole = sqlite3_value_int64(v);
    } else if (k.type == SQLITE_FLOAT) {
        k.as.real = sqlite3_value_double(v);
    } else if (k.type != SQLITE_NULL) {
        k.len = text_length(v);
        if (k.len) memcpy(*room, sqlite3_value_blob(v), (size_t)k.len);
        k.as.text = *room;
        *room += k.len;
    }
    return k;
}

static int key_numbers(const BagKey *a, const BagKey *b)
{
    if (a->type == SQLITE_INTEGER && b->type == SQLITE_INTEGER)
        return (a->as.whole > b->as.whole) - (a->as.whole < b->as.whole);
    double x = a->type == SQLITE_INTEGER ? (double)a->as.whole : a->as.real;
    double y = b->type == SQLITE_INTEGER ? (double)b->as.whole : b->as.real;
    return (x > y) - (x < y);
}

static int key_texts(const BagKey *a, const BagKey *b, BagText how)
{
    return bytes_compare((Str){a->as.text, (size_t)a->len}, (Str){b->as.text, (size_t)b->len}, how);
}

static int key_compare(const Bag *b, int key, const BagKey *x, const BagKey *y)
{
    if (x->type == SQLITE_NULL || y->type == SQLITE_NULL) {
        int c = (y->type == SQLITE_NULL) - (x->type == SQLITE_NULL);
        return b->nulls_last[key] ? -c : c;
    }
    int rank = rank_of(x->type), c = rank - rank_of(y->type);
    if (!c) c = rank == 1 ? key_numbers(x, y) : key_texts(x, y, rank == 2 ? b->text : TEXT_PLAIN);
    return b->down[key] ? -c : c;
}

static int by_keys(const Bag *b, const BagRow *x, const BagRow *y)
{
    const BagKey *p = keys_of(b, x), *q = keys_of(b, y);
    for (int i = 0; i < b->keys; i++) {
        int c = key_compare(b, i, &p[i], &q[i]);
        if (c) return c;
    }
    return (x->number > y->number) - (x->number < y->number);
}

static int by_values(const Bag *b, const BagRow *x, const BagRow *y)
{
    for (int i = 0; i < b->values; i++) {
        int c = value_compare(x->value[i], y->value[i], b->text);
        if (c) return c;
    }
    return (x->number > y->number) - (x->number < y->number);
}

// --- Sorting: a stable merge of the tail into what is in order already ---

typedef int RowOrder(const Bag *b, const BagRow *x, const BagRow *y);

static void merge(const Bag *b, RowOrder *order, BagRow **at, size_t mid, size_t len,
                  BagRow **spare)
{
    if (mid == 0 || mid == len || order(b, at[mid - 1], at[mid]) <= 0) return;
    memcpy(spare, at, mid * sizeof *at);
    size_t left = 0, right = mid, to = 0;
    while (left < mid) {
        bool take = right < len && order(b, spare[left], at[right]) > 0;
        at[to++] = take ? at[right++] : spare[left++];
    }
}

static void sort(const Bag *b, RowOrder *order, BagRow **at, size_t len, BagRow **spare)
{
    if (len < 2) return;
    size_t mid = len / 2;
    sort(b, order, at, mid, spare);
    sort(b, order, at + mid, len - mid, spare);
    merge(b, order, at, mid, len, spare);
}

static BagRow **spare_rows(size_t n)
{
    return sqlite3_malloc64((n ? n : 1) * sizeof(BagRow *));
}

static bool put_in_order(Bag *b)
{
    if (!b->keys) b->ordered = b->len; // as they came
    if (b->ordered == b->len) return true;
    BagRow **spare = spare_rows(b->len);
    if (!spare) return false;
    sort(b, by_keys, b->sorted + b->ordered, b->len - b->ordered, spare);
    merge(b, by_keys, b->sorted, b->ordered, b->len, spare);
    b->ordered = b->len;
    sqlite3_free(spare);
    return true;
}

// --- Rows come and go ---

static void read_keys(Bag *b, const char *s)
{
    for (; s[0] && s[1] && b->keys < BAG_KEYS_MAX; s += 2) {
        b->down[b->keys] = s[0] == 'd';
        b->nulls_last[b->keys++] = s[1] == 'l';
    }
}

static void start(Bag *b, const BagFn *f, int n, sqlite3_value **v)
{
    b->started = true;
    b->values = f->values;
    b->no_nulls = !f->keeps_nulls;
    const char *s = (const char *)sqlite3_value_text(v[0]);
    for (; s && *s && *s != ':'; s++) {
        if (*s == 'D') b->distinct = true;
        if (*s == 'I') b->no_nulls = true;
        if (*s == 'C') b->text = TEXT_FOLDED;
        if (*s == 'S') b->text = TEXT_JSON_LOW;
        if (*s == 'H') b->text = TEXT_JSON_HIGH;
        if (*s == 'B' || *s == 'J') b->kind[0] = *s;
        if (*s == 'b' || *s == 'j') b->kind[1] = (char)(*s - 'a' + 'A');
        if (*s >= '0' && *s <= '9') b->most = b->most * 10 + (size_t)(*s - '0');
    }
    if (s && *s == ':') read_keys(b, s + 1);
    b->key_is_value = b->keys == 1 && n == 1 + b->values;
    if (!b->key_is_value && b->keys > n - 1 - b->values) b->keys = n - 1 - b->values;
}

static bool is_row(const Bag *b, sqlite3_value **v)
{
    return !b->no_nulls || sqlite3_value_type(v[1]) != SQLITE_NULL;
}

static void free_row(const Bag *b, BagRow *r)
{
    for (int i = 0; i < b->values; i++) {
        if (r->value[i] != b->kept[i]) sqlite3_value_free(r->value[i]);
    }
    sqlite3_free(r);
}

// To the last byte, not only for an order.
static bool is_same(sqlite3_value *a, sqlite3_value *b)
{
    int type = sqlite3_value_type(a), len = text_length(a);
    if (type != sqlite3_value_type(b)) return false;
    if (type == SQLITE_INTEGER) return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    if (type == SQLITE_FLOAT) {
        double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
        return memcmp(&x, &y, sizeof x) == 0;
    }
    return len == text_length(b) &&
           (!len || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)len) == 0);
}

static sqlite3_value *copy_value(Bag *b, int i, sqlite3_value *v)
{
    if (i == 0) return sqlite3_value_dup(v);
    if (!b->kept[i]) b->kept[i] = sqlite3_value_dup(v);
    return b->kept[i] && is_same(b->kept[i], v) ? b->kept[i] : sqlite3_value_dup(v);
}

static BagRow *copy_row(Bag *b, sqlite3_value **v)
{
    size_t texts = 0, values = (size_t)b->values * sizeof(sqlite3_value *);
    for (int i = 0; i < b->keys; i++) texts += (size_t)text_length(key_value(b, i, v));
    BagRow *r = sqlite3_malloc64(sizeof *r + values + (size_t)b->keys * sizeof(BagKey) + texts);
    if (!r) return NULL;
    r->number = b->next++;
    BagKey *keys = keys_of(b, r);
    char *room = (char *)(keys + b->keys);
    for (int i = 0; i < b->keys; i++) keys[i] = key_from(key_value(b, i, v), &room);
    bool whole = true;
    for (int i = 0; i < b->values; i++) {
        r->value[i] = copy_value(b, i, v[1 + i]);
        whole = whole && r->value[i];
    }
    if (whole) return r;
    free_row(b, r);
    return NULL;
}

static bool make_room(Bag *b)
{
    if (b->gone + b->len < b->cap) return true;
    if (b->gone > b->len) { // the front is free: move up
        memmove(b->come, b->come + b->gone, b->len * sizeof *b->come);
        b->gone = 0;
        return true;
    }
    size_t cap = b->cap ? b->cap * 2 : 16;
    BagRow **sorted = sqlite3_realloc64(b->sorted, cap * sizeof *sorted);
    if (sorted) b->sorted = sorted;
    BagRow **come = sqlite3_realloc64(b->come, cap * sizeof *come);
    if (come) b->come = come;
    if (!sorted || !come) return false;
    b->cap = cap;
    return true;
}

void bag_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    const BagFn *f = sqlite3_user_data(c);
    Bag *b = sqlite3_aggregate_context(c, sizeof *b);
    if (!b || n < 1 + f->values || n > BAG_WIDTH_MAX) {
        sqlite3_result_error_nomem(c);
        return;
    }
    if (!b->started) start(b, f, n, v);
    if (!is_row(b, v)) return;
    BagRow *r = make_room(b) ? copy_row(b, v) : NULL;
    if (!r) {
        sqlite3_result_error_nomem(c);
        return;
    }
    b->come[b->gone + b->len] = r;
    b->sorted[b->len++] = r;
}

// Where a row stands among the sorted ones.
static size_t place_of(const Bag *b, const BagRow *r)
{
    size_t low = 0, high = b->len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (by_keys(b, b->sorted[mid], r) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

void bag_inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Bag *b = sqlite3_aggregate_context(c, sizeof *b);
    if (!b || !b->len || !is_row(b, v)) return;
    if (!put_in_order(b)) {
        sqlite3_result_error_nomem(c);
        return;
    }
    BagRow *r = b->come[b->gone++];
    size_t at = place_of(b, r);
    b->len--;
    b->ordered--;
    memmove(b->sorted + at, b->sorted + at + 1, (b->len - at) * sizeof *b->sorted);
    free_row(b, r);
}

// --- Results ---

void bag_value(sqlite3_context *c)
{
    const BagFn *f = sqlite3_user_data(c);
    Bag *b = sqlite3_aggregate_context(c, 0);
    if (!b || !b->len) {
        if (f->counts) sqlite3_result_int64(c, 0);
    } else if (put_in_order(b)) {
        f->finish(c, b);
    } else {
        sqlite3_result_error_nomem(c);
    }
}

void bag_final(sqlite3_context *c)
{
    bag_value(c);
    Bag *b = sqlite3_aggregate_context(c, 0);
    if (!b) return;
    for (size_t i = 0; i < b->len; i++) free_row(b, b->sorted[i]);
    for (int i = 0; i < b->values; i++) sqlite3_value_free(b->kept[i]);
    sqlite3_free(b->sorted);
    sqlite3_free(b->come);
}

static bool same_values(const Bag *b, const BagRow *x, const BagRow *y)
{
    for (int i = 0; i < b->values; i++) {
        if (value_compare(x->value[i], y->value[i], b->text) != 0) return false;
    }
    return true;
}

// Of rows with the same values the one that stands first in the order stays.
static size_t without_twins(Bag *b, BagRow **at, size_t len, BagRow **spare)
{
    for (size_t i = 0; i < len; i++) at[i]->number = (sqlite3_int64)i; // the place in the order
    sort(b, by_values, at, len, spare);
    size_t kept = 0;
    for (size_t i = 0; i < len; i++) {
        if (!kept || !same_values(b, at[kept - 1], at[i])) at[kept++] = at[i];
    }
    return kept;
}

static int by_number(const Bag *b, const BagRow *x, const BagRow *y)
{
    (void)b;
    return (x->number > y->number) - (x->number < y->number);
}

BagRow **bag_list(Bag *b, size_t *len)
{
    BagRow **at = spare_rows(b->len);
    *len = b->len;
    if (!at) return NULL;
    memcpy(at, b->sorted, b->len * sizeof *at);
    if (b->distinct) {
        BagRow **spare = spare_rows(b->len);
        sqlite3_int64 *numbers = sqlite3_malloc64(b->len * sizeof *numbers);
        if (!spare || !numbers) {
            sqlite3_free(spare);
            sqlite3_free(numbers);
            sqlite3_free(at);
            return NULL;
        }
        for (size_t i = 0; i < b->len; i++) numbers[i] = b->sorted[i]->number;
        *len = without_twins(b, at, b->len, spare);
        sort(b, by_number, at, *len, spare);
        for (size_t i = 0; i < b->len; i++) b->sorted[i]->number = numbers[i];
        sqlite3_free(numbers);
        sqlite3_free(spare);
    }
    if (b->most && *len > b->most) *len = b->most;
    return at;
}
