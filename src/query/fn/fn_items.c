// fn_items: an array taken apart, sorted and put together again.
#include "query/fn_items.h"
#include <string.h>

bool items_push(Items *items, JsonItem item)
{
    if (items->len == items->cap) {
        size_t cap = items->cap ? items->cap * 2 : 16;
        JsonItem *at = sqlite3_realloc64(items->at, cap * sizeof *at);
        if (!at) return false;
        items->at = at;
        items->cap = cap;
    }
    items->at[items->len++] = item;
    return true;
}

bool items_push_all(Items *items, JsonItem of)
{
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (!items_push(items, w.item)) return false;
    }
    return true;
}

bool items_take(sqlite3_context *c, sqlite3_value *v, Items *out)
{
    JsonItem whole;
    *out = (Items){0};
    bool array = sqlite3_value_type(v) == SQLITE_TEXT && json_item(fn_text_of(v), &whole);
    if (!array || whole.kind != '[') return false;
    if (items_push_all(out, whole)) return true;
    sqlite3_result_error_nomem(c);
    sqlite3_free(out->at);
    return false;
}

sqlite3_str *items_text(sqlite3_context *c)
{
    return sqlite3_str_new(sqlite3_context_db_handle(c));
}

void items_free_text(sqlite3_str *s)
{
    sqlite3_free(sqlite3_str_finish(s));
}

void items_put(sqlite3_str *s, JsonItem item)
{
    if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
    sqlite3_str_append(s, item.text.ptr, (int)item.text.len);
}

void items_result(sqlite3_context *c, const JsonItem *at, size_t len)
{
    sqlite3_str *s = items_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; i < len; i++) items_put(s, at[i]);
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

bool items_value(sqlite3_str *s, sqlite3_value *v, char kind, JsonItem *out)
{
    json_put(s, v, kind);
    Str text = {sqlite3_str_value(s), (size_t)sqlite3_str_length(s)};
    return text.len && json_item(text, out);
}

// --- Sorted ---

static int compare(JsonItem a, JsonItem b, ItemOrder o)
{
    bool no_a = a.kind == 'n', no_b = b.kind == 'n';
    if (no_a || no_b) {
        int c = (int)no_b - (int)no_a;
        return o.nulls_last ? -c : c;
    }
    int c = json_compare(a, b);
    return o.down ? -c : c;
}

static void sort(JsonItem *at, size_t len, JsonItem *spare, ItemOrder o)
{
    if (len < 2) return;
    size_t mid = len / 2, left = 0, right = mid, to = 0;
    sort(at, mid, spare, o);
    sort(at + mid, len - mid, spare, o);
    memcpy(spare, at, mid * sizeof *at);
    while (left < mid) {
        bool take_right = right < len && compare(spare[left], at[right], o) > 0;
        at[to++] = take_right ? at[right++] : spare[left++];
    }
}

bool items_sort(sqlite3_context *c, Items *items, ItemOrder o)
{
    JsonItem *spare = sqlite3_malloc64((items->len + 1) * sizeof *spare);
    if (!spare) {
        sqlite3_result_error_nomem(c);
        return false;
    }
    sort(items->at, items->len, spare, o);
    sqlite3_free(spare);
    return true;
}
