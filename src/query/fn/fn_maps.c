// fn_maps: maps put together from maps, entries, lists and texts, and what a list counts.
//
// A map is a JSON object. Of two members of one key the later one holds, in the earlier one's
// place, unless `how` says F: then it fails.
#include "query/fn_items.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    Str key; // as JSON text, in quotes
    JsonItem item;
    size_t place;
} Member;

typedef struct {
    Member *at;
    size_t len, cap;
} Members;

static bool add(Members *m, Str key, JsonItem item)
{
    if (m->len == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 16;
        Member *at = sqlite3_realloc64(m->at, cap * sizeof *at);
        if (!at) return false;
        m->at = at;
        m->cap = cap;
    }
    m->at[m->len] = (Member){key, item, m->len};
    m->len++;
    return true;
}

static bool add_all(Members *m, JsonItem map)
{
    JsonWalk w = json_walk(map);
    while (json_next(&w)) {
        if (!add(m, w.key, w.item)) return false;
    }
    return true;
}

static int by_key(const void *x, const void *y)
{
    const Member *a = x, *b = y;
    int c = str_cmp(a->key, b->key);
    return c ? c : a->place < b->place ? -1 : a->place > b->place;
}
static int by_place(const void *x, const void *y)
{
    const Member *a = x, *b = y;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void sort_by(Members *m, int (*order)(const void *, const void *))
{
    if (m->len > 1) qsort(m->at, m->len, sizeof *m->at, order);
}

// Leaves one member of each key; says whether that was so already.
static bool make_unique(Members *m)
{
    size_t kept = 0;
    sort_by(m, by_key);
    for (size_t i = 0; i < m->len; i++) {
        bool same = kept && str_eq(m->at[kept - 1].key, m->at[i].key);
        if (same) m->at[kept - 1].item = m->at[i].item;
        if (!same) m->at[kept++] = m->at[i];
    }
    bool all = kept == m->len;
    m->len = kept;
    sort_by(m, by_place);
    return all;
}

static void put_key(sqlite3_str *s, Str key)
{
    if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
    sqlite3_str_append(s, key.ptr, (int)key.len);
    sqlite3_str_appendchar(s, 1, ':');
}

static void result_members(sqlite3_context *c, const Members *m)
{
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '{');
    for (size_t i = 0; i < m->len; i++) {
        put_key(s, m->at[i].key);
        sqlite3_str_append(s, m->at[i].item.text.ptr, (int)m->at[i].item.text.len);
    }
    sqlite3_str_appendchar(s, 1, '}');
    json_result(c, s);
}

static bool has(sqlite3_value *how, char letter)
{
    Str s = fn_text_of(how);
    return s.len && memchr(s.ptr, letter, s.len);
}

static void result_map(sqlite3_context *c, Members *m, sqlite3_value *how, sqlite3_value *at)
{
    if (!make_unique(m) && has(how, 'F')) {
        fn_fail(c, at, "A key is there twice: the keys of a map are unique.");
    } else {
        result_members(c, m);
    }
}

// --- From maps and entries ---

// how, at, maps …: S = a map that is NULL is passed over, else there is no map.
static void concat(sqlite3_context *c, int n, sqlite3_value **v)
{
    Members m = {0};
    bool ok = true, skip = has(v[0], 'S');
    for (int i = 2; i < n && ok; i++) {
        JsonItem map;
        bool there = json_item(fn_text_of(v[i]), &map) && map.kind == '{';
        ok = there ? add_all(&m, map) : skip;
    }
    if (ok) result_map(c, &m, v[0], v[1]);
    sqlite3_free(m.at);
}

// how, at, an array of maps: all of them as one. NULLs are passed over.
static void union_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[2], &items)) return;
    Members m = {0};
    for (size_t i = 0; i < items.len; i++) {
        if (!add_all(&m, items.at[i])) sqlite3_result_error_nomem(c);
    }
    result_map(c, &m, v[0], v[1]);
    sqlite3_free(m.at);
    sqlite3_free(items.at);
}

// A value as a key: texts are there already, others get quotes in `keys`, which must not move.
static bool add_keyed(Members *m, sqlite3_str **texts, size_t i, JsonItem key, JsonItem value)
{
    if (key.kind == '"') return add(m, key.text, value);
    texts[i] = sqlite3_str_new(NULL);
    json_put_text(texts[i], key.text);
    Str text = {sqlite3_str_value(texts[i]), (size_t)sqlite3_str_length(texts[i])};
    return text.len && add(m, text, value);
}

static sqlite3_str **new_texts(size_t count)
{
    size_t bytes = (count + 1) * sizeof(sqlite3_str *);
    sqlite3_str **texts = sqlite3_malloc64(bytes);
    if (texts) memset(texts, 0, bytes);
    return texts;
}
static void free_texts(sqlite3_str **texts, size_t count)
{
    for (size_t i = 0; texts && i < count; i++) items_free_text(texts[i]);
    sqlite3_free(texts);
}

// The first two members of a struct, or elements of an array.
static bool pair_of(JsonItem entry, JsonItem *key, JsonItem *value)
{
    JsonWalk w = json_walk(entry);
    if (!json_next(&w)) return false;
    *key = w.item;
    if (!json_next(&w)) return false;
    *value = w.item;
    return key->kind != 'n';
}

// how, at, an array of entries
static void from_entries(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[2], &items)) return;
    Members m = {0};
    sqlite3_str **texts = new_texts(items.len);
    bool whole = true;
    for (size_t i = 0; texts && i < items.len && whole; i++) {
        JsonItem key, value;
        whole = pair_of(items.at[i], &key, &value) && add_keyed(&m, texts, i, key, value);
    }
    if (whole) result_map(c, &m, v[0], v[1]);
    free_texts(texts, items.len);
    sqlite3_free(m.at);
    sqlite3_free(items.at);
}

// map, an array of keys: the members that have one of them.
static void keep(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem map;
    Items keys;
    bool ok = json_item(fn_text_of(v[0]), &map) && map.kind == '{' && items_take(c, v[1], &keys);
    if (!ok) return;
    Members m = {0};
    JsonWalk w = json_walk(map);
    while (json_next(&w)) {
        bool wanted = false;
        for (size_t i = 0; i < keys.len && !wanted; i++) wanted = str_eq(keys.at[i].text, w.key);
        if (wanted && !add(&m, w.key, w.item)) sqlite3_result_error_nomem(c);
    }
    result_members(c, &m);
    sqlite3_free(m.at);
    sqlite3_free(keys.at);
}

// --- From lists ---

static void put_values(sqlite3_str *s, const Members *m, size_t from, size_t to)
{
    put_key(s, m->at[from].key);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = from; i < to; i++) {
        if (i > from) sqlite3_str_appendchar(s, 1, ',');
        sqlite3_str_append(s, m->at[i].item.text.ptr, (int)m->at[i].item.text.len);
    }
    sqlite3_str_appendchar(s, 1, ']');
}

static void result_lists(sqlite3_context *c, Members *m)
{
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '{');
    sort_by(m, by_key);
    for (size_t i = 0; i < m->len;) {
        size_t end = i + 1;
        while (end < m->len && str_eq(m->at[end].key, m->at[i].key)) end++;
        put_values(s, m, i, end);
        i = end;
    }
    sqlite3_str_appendchar(s, 1, '}');
    json_result(c, s);
}

// Keys and values, each an array: all values of a key as one array.
static void lists(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items keys, values;
    if (!items_take(c, v[0], &keys)) return;
    if (!items_take(c, v[1], &values)) {
        sqlite3_free(keys.at);
        return;
    }
    Members m = {0};
    sqlite3_str **texts = new_texts(keys.len);
    bool ok = texts != NULL;
    for (size_t i = 0; ok && i < keys.len && i < values.len; i++) {
        if (keys.at[i].kind != 'n') ok = add_keyed(&m, texts, i, keys.at[i], values.at[i]);
    }
    if (ok) result_lists(c, &m);
    free_texts(texts, keys.len);
    sqlite3_free(m.at);
    sqlite3_free(keys.at);
    sqlite3_free(values.at);
}

// An array: how often each of its values is there, NULL not counted; NULL when there is none.
static void histogram(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Items items;
    if (!items_take(c, v[0], &items)) return;
    bool sorted = items_sort(c, &items, (ItemOrder){.nulls_last = true});
    if (!sorted || !items.len || items.at[0].kind == 'n') { // nothing to count
        sqlite3_free(items.at);
        return;
    }
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '{');
    for (size_t i = 0; i < items.len && items.at[i].kind != 'n';) {
        size_t end = i + 1;
        while (end < items.len && json_compare(items.at[i], items.at[end]) == 0) end++;
        if (i) sqlite3_str_appendchar(s, 1, ',');
        if (items.at[i].kind == '"') {
            sqlite3_str_append(s, items.at[i].text.ptr, (int)items.at[i].text.len);
        } else {
            json_put_text(s, items.at[i].text);
        }
        sqlite3_str_appendf(s, ":%lld", (sqlite3_int64)(end - i));
        i = end;
    }
    sqlite3_str_appendchar(s, 1, '}');
    json_result(c, s);
    sqlite3_free(items.at);
}

// --- The most frequent ---

typedef struct {
    JsonItem value, weight;
    double sum;
} Counted;

static int by_value(const void *x, const void *y)
{
    const Counted *a = x, *b = y;
    return json_compare(a->value, b->value);
}
static int by_sum(const void *x, const void *y)
{
    const Counted *a = x, *b = y;
    if (a->sum != b->sum) return a->sum > b->sum ? -1 : 1;
    return json_compare(a->value, b->value);
}

// One row a value, the greatest sum first; how many there are.
static size_t sum_up(Counted *all, size_t len)
{
    size_t kept = 0;
    if (len > 1) qsort(all, len, sizeof *all, by_value);
    for (size_t i = 0; i < len; i++) {
        bool same = kept && json_compare(all[kept - 1].value, all[i].value) == 0;
        if (same) all[kept - 1].sum += all[i].sum;
        if (!same) all[kept++] = all[i];
    }
    if (kept > 1) qsort(all, kept, sizeof *all, by_sum);
    return kept;
}

static void result_top(sqlite3_context *c, const Counted *all, size_t len, const char *name)
{
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; i < len; i++) {
        sqlite3_str_appendf(s, "%s{\"value\":", i ? "," : "");
        sqlite3_str_append(s, all[i].value.text.ptr, (int)all[i].value.text.len);
        bool whole = all[i].sum == (double)(sqlite3_int64)all[i].sum;
        sqlite3_str_appendf(s, whole ? ",\"%s\":%.0f}" : ",\"%s\":%!.15g}", name, all[i].sum);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// values, at most how many [, their weights]
static void top(sqlite3_context *c, int n, sqlite3_value **v)
{
    Items values, weights = {0};
    if (!items_take(c, v[0], &values)) return;
    Counted *all = sqlite3_malloc64((values.len + 1) * sizeof *all);
    bool ok = all && (n < 3 || items_take(c, v[2], &weights));
    for (size_t i = 0; ok && i < values.len; i++) {
        bool weighed = n > 2 && i < weights.len && weights.at[i].kind == '0';
        double sum = n < 3 ? 1 : weighed ? strtod(weights.at[i].text.ptr, NULL) : 0;
        all[i] = (Counted){.value = values.at[i], .sum = sum};
    }
    if (ok) {
        size_t len = sum_up(all, values.len);
        sqlite3_int64 most = sqlite3_value_int64(v[1]);
        if (most >= 0 && len > (size_t)most) len = (size_t)most;
        result_top(c, all, len, n < 3 ? "count" : "sum");
    }
    sqlite3_free(all);
    sqlite3_free(weights.at);
    sqlite3_free(values.at);
}

// --- From texts ---

static Str cut(Str *rest, Str mark)
{
    size_t at;
    bool found = mark.len && str_find(*rest, mark, &at);
    Str piece = str_slice(*rest, 0, found ? at : rest->len);
    *rest = found ? str_slice(*rest, at + mark.len, rest->len) : (Str){0};
    return piece;
}

static void put_quoted(sqlite3_str *s, Str text, JsonItem *out)
{
    json_put_text(s, text);
    *out = (JsonItem){{sqlite3_str_value(s), (size_t)sqlite3_str_length(s)}, '"'};
}

typedef struct {
    Members members;
    sqlite3_str **texts; // two an entry
    size_t count;
} Pairs;

// One entry, key=value: without the mark its value is NULL, or it fails.
static bool take_pair(Pairs *p, Str entry, Str mark, bool strict)
{
    JsonItem key, value = {S("null"), 'n'};
    bool valued = str_find(entry, mark, NULL);
    if (strict && !valued) return false;
    Str rest = entry, name = cut(&rest, mark);
    if (strict && str_find(rest, mark, NULL)) return false;
    size_t at = 2 * p->count++;
    p->texts[at] = sqlite3_str_new(NULL);
    p->texts[at + 1] = sqlite3_str_new(NULL);
    put_quoted(p->texts[at], name, &key);
    if (valued) put_quoted(p->texts[at + 1], rest, &value);
    return add(&p->members, key.text, value);
}

static size_t pieces_of(Str text, Str mark)
{
    size_t count = 1;
    while (mark.len && str_find(text, mark, NULL)) {
        cut(&text, mark);
        count++;
    }
    return count;
}

// how, at, text, mark between entries, mark behind a key. how: F two of a key fail, M all values
// of a key are a list, N without a mark the value is NULL.
static void split(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str text = fn_text_of(v[2]), between = fn_text_of(v[3]), mark = fn_text_of(v[4]);
    size_t pieces = pieces_of(text, between);
    Pairs p = {.texts = new_texts(2 * pieces)};
    bool ok = p.texts != NULL, lenient = has(v[0], 'N');
    for (size_t i = 0; ok && i < pieces; i++) {
        Str entry = cut(&text, between);
        if (lenient || entry.len) ok = take_pair(&p, entry, mark, !lenient);
    }
    if (!ok) {
        fn_fail(c, v[1], "An entry of this text has not one mark between its key and its value.");
    } else if (has(v[0], 'M')) {
        result_lists(c, &p.members);
    } else {
        result_map(c, &p.members, v[0], v[1]);
    }
    free_texts(p.texts, 2 * pieces);
    sqlite3_free(p.members.at);
}

static const QueryFn rows[] = {
    {.name = "gr_histogram", .args = 1, .call = histogram},
    {.name = "gr_map_concat", .args = -1, .call = concat},
    {.name = "gr_map_from_entries", .args = 3, .call = from_entries},
    {.name = "gr_map_keep", .args = 2, .call = keep},
    {.name = "gr_map_lists", .args = 2, .call = lists},
    {.name = "gr_map_split", .args = 5, .call = split},
    {.name = "gr_map_union", .args = 3, .call = union_of},
    {.name = "gr_top", .args = 2, .most = 3, .call = top},
};
const QueryFns fn_maps = {rows, sizeof rows / sizeof *rows};
