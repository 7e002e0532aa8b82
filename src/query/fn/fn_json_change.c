// fn_json_change: JSON made of other JSON: joined, with members taken out, laid out.
#include "query/fn_json.h"
#include <string.h>

static sqlite3_str *new_text(sqlite3_context *c)
{
    return sqlite3_str_new(sqlite3_context_db_handle(c));
}

static void comma(sqlite3_str *s)
{
    if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
}

static void put(sqlite3_str *s, Str text)
{
    sqlite3_str_append(s, text.ptr, (int)text.len);
}

static void put_member(sqlite3_str *s, const JsonWalk *w)
{
    comma(s);
    if (w->object) {
        put(s, w->key);
        sqlite3_str_appendchar(s, 1, ':');
    }
    put(s, w->item.text);
}

static bool has_key(JsonItem of, Str key)
{
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (str_eq(w.key, key)) return true;
    }
    return false;
}

// The members of both; of two of one name the right one.
static void merge(sqlite3_str *s, JsonItem a, JsonItem b)
{
    JsonWalk x = json_walk(a), y = json_walk(b);
    sqlite3_str_appendchar(s, 1, '{');
    while (json_next(&x)) {
        if (!has_key(b, x.key)) put_member(s, &x);
    }
    while (json_next(&y)) put_member(s, &y);
    sqlite3_str_appendchar(s, 1, '}');
}

static void put_elements(sqlite3_str *s, JsonItem of)
{
    JsonWalk w = json_walk(of);
    while (of.kind == '[' && json_next(&w)) put_member(s, &w);
    if (of.kind != '[') {
        comma(s);
        put(s, of.text);
    }
}

static void join(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem a, b;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &a) || !json_item(fn_text_of(v[1]), &b))
        return;
    sqlite3_str *s = new_text(c);
    if (a.kind == '{' && b.kind == '{') {
        merge(s, a, b);
    } else {
        sqlite3_str_appendchar(s, 1, '[');
        put_elements(s, a);
        put_elements(s, b);
        sqlite3_str_appendchar(s, 1, ']');
    }
    json_result(c, s);
}

// Is the member what is to go: its key, its text, or its place?
typedef struct {
    Str quoted; // in quotes, as in JSON
    int64_t place;
    bool by_place;
} Gone;

static bool goes(const Gone *g, const JsonWalk *w, int64_t at)
{
    if (g->by_place) return !w->object && at == g->place;
    return str_eq(w->object ? w->key : w->item.text, g->quoted);
}

static void without(sqlite3_str *s, JsonItem of, const Gone *all, size_t len)
{
    JsonWalk w = json_walk(of);
    sqlite3_str_appendchar(s, 1, of.kind);
    for (int64_t at = 0; json_next(&w); at++) {
        bool out = false;
        for (size_t i = 0; i < len && !out; i++) out = goes(&all[i], &w, at);
        if (!out) put_member(s, &w);
    }
    sqlite3_str_appendchar(s, 1, of.kind == '[' ? ']' : '}');
}

static int64_t length_of(JsonItem of)
{
    int64_t n = 0;
    JsonWalk w = json_walk(of);
    while (json_next(&w)) n++;
    return n;
}

// json, a key, a place, or k: an array of keys in JSON
static void drop(sqlite3_context *c, int n, sqlite3_value **v)
{
    enum { KEYS_MAX = 100 };
    JsonItem of, keys;
    Gone all[KEYS_MAX];
    size_t len = 0;
    if (fn_any_null(2, v) || !json_item(fn_text_of(v[0]), &of)) return;
    if (of.kind != '[' && of.kind != '{') return;
    sqlite3_str *quoted = sqlite3_str_new(NULL), *s = new_text(c);
    if (sqlite3_value_type(v[1]) == SQLITE_INTEGER) {
        int64_t place = sqlite3_value_int64(v[1]);
        if (place < 0) place += length_of(of);
        all[len++] = (Gone){.place = place, .by_place = true};
    } else if (n > 2 && json_item(fn_text_of(v[1]), &keys)) {
        JsonWalk w = json_walk(keys);
        while (len < KEYS_MAX && json_next(&w)) all[len++] = (Gone){.quoted = w.item.text};
    } else {
        json_put_text(quoted, fn_text_of(v[1]));
        all[len++] =
            (Gone){.quoted = {sqlite3_str_value(quoted), (size_t)sqlite3_str_length(quoted)}};
    }
    without(s, of, all, len);
    sqlite3_free(sqlite3_str_finish(quoted));
    json_result(c, s);
}

static void put_full(sqlite3_str *s, JsonItem of)
{
    bool nest = of.kind == '[' || of.kind == '{';
    if (!nest) {
        put(s, of.text);
        return;
    }
    bool first = true;
    JsonWalk w = json_walk(of);
    sqlite3_str_appendchar(s, 1, of.kind);
    while (json_next(&w)) {
        if (w.object && w.item.kind == 'n') continue;
        if (!first) sqlite3_str_appendchar(s, 1, ',');
        first = false;
        if (w.object) {
            put(s, w.key);
            sqlite3_str_appendchar(s, 1, ':');
        }
        put_full(s, w.item);
    }
    sqlite3_str_appendchar(s, 1, of.kind == '[' ? ']' : '}');
}

// Without the members that are null.
static void strip_nulls(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of;
    if (!json_item(fn_text_of(v[0]), &of)) return;
    sqlite3_str *s = new_text(c);
    put_full(s, of);
    json_result(c, s);
}

static void put_pretty(sqlite3_str *s, JsonItem of, int depth)
{
    JsonWalk w = json_walk(of), any = w;
    bool nest = of.kind == '[' || of.kind == '{';
    if (!nest || !json_next(&any)) {
        put(s, of.text);
        return;
    }
    sqlite3_str_appendchar(s, 1, of.kind);
    for (bool first = true; json_next(&w); first = false) {
        sqlite3_str_appendf(s, "%s\n%*s", first ? "" : ",", 4 * (depth + 1), "");
        if (w.object) {
            put(s, w.key);
            sqlite3_str_appendall(s, ": ");
        }
        put_pretty(s, w.item, depth + 1);
    }
    sqlite3_str_appendf(s, "\n%*s%c", 4 * depth, "", of.kind == '[' ? ']' : '}');
}

static void pretty(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of;
    if (!json_item(fn_text_of(v[0]), &of)) return;
    sqlite3_str *s = new_text(c);
    put_pretty(s, of, 0);
    json_result(c, s);
}

static const QueryFn rows[] = {
    {.name = "gr_json_drop", .args = 2, .most = 3, .call = drop},
    {.name = "gr_json_join", .args = 2, .call = join},
    {.name = "gr_json_pretty", .args = 1, .call = pretty},
    {.name = "gr_json_strip_nulls", .args = 1, .call = strip_nulls},
};
const QueryFns fn_json_changes = {rows, sizeof rows / sizeof *rows};
