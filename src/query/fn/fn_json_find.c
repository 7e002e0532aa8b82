// fn_json_find: JSON in JSON: what one holds of another, and where a text stands in it.
#include "query/fn_json.h"
#include "query/fn_text.h"
#include <string.h>

// Postgres's @> wants an element of the same shape; MySQL looks into the elements, too.
typedef struct {
    bool deep;
} Holding;

static bool holds(const Holding *h, JsonItem all, JsonItem part);

static bool some_holds(const Holding *h, JsonItem list, JsonItem part)
{
    JsonWalk w = json_walk(list);
    while (json_next(&w)) {
        bool nest = w.item.kind == '[' || w.item.kind == '{';
        bool looks = h->deep || nest == (part.kind == '[' || part.kind == '{');
        if (looks && holds(h, w.item, part)) return true;
    }
    return false;
}

static bool member(JsonItem of, Str key, JsonItem *out)
{
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (!str_eq(w.key, key)) continue;
        *out = w.item;
        return true;
    }
    return false;
}

static bool holds(const Holding *h, JsonItem all, JsonItem part)
{
    JsonWalk w = json_walk(part);
    JsonItem found;
    if (all.kind == '[' && part.kind == '[') {
        while (json_next(&w)) {
            if (!some_holds(h, all, w.item)) return false;
        }
        return true;
    }
    if (all.kind == '{' && part.kind == '{') {
        while (json_next(&w)) {
            if (!member(all, w.key, &found) || !holds(h, found, w.item)) return false;
        }
        return true;
    }
    if (all.kind == '[' && h->deep) return some_holds(h, all, part);
    return all.kind != '[' && all.kind != '{' && json_compare(all, part) == 0;
}

// all, part, whose: p Postgres's @>, m MySQL's JSON_CONTAINS
static void contains(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem all, part;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &all) ||
        !json_item(fn_text_of(v[1]), &part))
        return;
    Holding h = {.deep = str_eq(fn_text_of(v[2]), S("m"))};
    bool nest = part.kind == '[' || part.kind == '{'; // an array holds a scalar at the top alone
    bool it = all.kind == '[' && !nest ? some_holds(&h, all, part) : holds(&h, all, part);
    sqlite3_result_int(c, it);
}

static bool shares(JsonItem a, JsonItem b)
{
    JsonItem found;
    JsonWalk w = json_walk(a);
    if (a.kind == '{' && b.kind == '{') {
        while (json_next(&w)) {
            if (member(b, w.key, &found) && json_compare(found, w.item) == 0) return true;
        }
        return false;
    }
    if (a.kind != '[' && b.kind != '[') return json_compare(a, b) == 0;
    if (a.kind != '[') return shares(b, a);
    while (json_next(&w)) {
        JsonWalk other = json_walk(b);
        if (b.kind != '[' && json_compare(w.item, b) == 0) return true;
        while (b.kind == '[' && json_next(&other)) {
            if (json_compare(w.item, other.item) == 0) return true;
        }
    }
    return false;
}

static void overlaps(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem a, b;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &a) || !json_item(fn_text_of(v[1]), &b))
        return;
    sqlite3_result_int(c, shares(a, b));
}

// json, keys, how: a for all, o for one of them, k for the one that there is: members of an object,
// texts of an array.
static void has_keys(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem of, keys;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &of) ||
        !json_item(fn_text_of(v[1]), &keys))
        return;
    bool all = str_eq(fn_text_of(v[2]), S("a")), any = false;
    JsonWalk k = json_walk(keys);
    while (json_next(&k)) {
        if (k.item.kind == 'n' && str_eq(fn_text_of(v[2]), S("k"))) return;
        JsonWalk w = json_walk(of);
        bool found = of.kind == '"' && json_compare(of, k.item) == 0;
        while (!found && json_next(&w))
            found = of.kind == '{' ? str_eq(w.key, k.item.text) : json_compare(w.item, k.item) == 0;
        if (all && !found) {
            sqlite3_result_int(c, 0);
            return;
        }
        any = any || found;
    }
    sqlite3_result_int(c, all || any);
}

// ---- JSON_SEARCH: the paths of the texts that are LIKE a pattern

typedef struct {
    Str pattern, escape;
    bool all;
    sqlite3_str *path, *found;
    int count;
} Search;

static void put_key(sqlite3_str *s, Str quoted)
{
    Str inside = str_slice(quoted, 1, quoted.len - 1);
    bool plain = inside.len > 0 && (inside.ptr[0] < '0' || inside.ptr[0] > '9');
    for (size_t i = 0; i < inside.len && plain; i++) {
        char ch = inside.ptr[i];
        bool letter = (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z';
        plain = letter || ch == '_' || ch == '$' || (ch >= '0' && ch <= '9') || (ch & 0x80);
    }
    Str key = plain ? inside : quoted;
    sqlite3_str_appendchar(s, 1, '.');
    sqlite3_str_append(s, key.ptr, (int)key.len);
}

static void take(Search *s, JsonItem item)
{
    sqlite3_str *plain = sqlite3_str_new(NULL);
    json_put_plain(plain, item.text);
    Str text = {sqlite3_str_value(plain), (size_t)sqlite3_str_length(plain)};
    if (!text.ptr) text = S("");
    if (text_like_folded(text, s->pattern, s->escape)) {
        if (s->count++) sqlite3_str_appendall(s->found, ", ");
        json_put_text(s->found,
                      (Str){sqlite3_str_value(s->path), (size_t)sqlite3_str_length(s->path)});
    }
    sqlite3_free(sqlite3_str_finish(plain));
}

static void search_in(Search *s, JsonItem item)
{
    if (item.kind == '"') take(s, item);
    JsonWalk w = json_walk(item);
    for (int at = 0; (s->all || !s->count) && json_next(&w); at++) {
        int before = sqlite3_str_length(s->path);
        Str start = str_from(before ? sqlite3_str_value(s->path) : "");
        sqlite3_str *path = sqlite3_str_new(NULL), *outer = s->path;
        sqlite3_str_append(path, start.ptr, (int)start.len);
        if (w.object) {
            put_key(path, w.key);
        } else {
            sqlite3_str_appendf(path, "[%d]", at);
        }
        s->path = path;
        search_in(s, w.item);
        s->path = outer;
        sqlite3_free(sqlite3_str_finish(path));
    }
}

// json, 'one' or 'all', pattern, and perhaps an escape
static void search(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem of;
    if (fn_any_null(3, v) || !json_item(fn_text_of(v[0]), &of)) return;
    Str escape = n > 3 && sqlite3_value_type(v[3]) != SQLITE_NULL ? fn_text_of(v[3]) : S("\\");
    Search s = {.pattern = fn_text_of(v[2]),
                .escape = escape,
                .all = str_eq_nocase(fn_text_of(v[1]), S("all")),
                .path = sqlite3_str_new(NULL),
                .found = sqlite3_str_new(sqlite3_context_db_handle(c))};
    sqlite3_str_appendchar(s.path, 1, '$');
    search_in(&s, of);
    sqlite3_free(sqlite3_str_finish(s.path));
    if (!s.count) {
        sqlite3_free(sqlite3_str_finish(s.found));
    } else if (s.count == 1) {
        json_result(c, s.found);
    } else {
        char *list = sqlite3_mprintf("[%s]", sqlite3_str_value(s.found));
        sqlite3_free(sqlite3_str_finish(s.found));
        sqlite3_result_text(c, list, -1, sqlite3_free);
    }
}

static const QueryFn rows[] = {
    {.name = "gr_json_contains", .args = 3, .call = contains},
    {.name = "gr_json_has_keys", .args = 3, .call = has_keys},
    {.name = "gr_json_overlaps", .args = 2, .call = overlaps},
    {.name = "gr_json_search", .args = 3, .most = 4, .call = search},
};
const QueryFns fn_json_finds = {rows, sizeof rows / sizeof *rows};
