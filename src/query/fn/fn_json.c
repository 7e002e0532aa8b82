// fn_json: structs, maps and variants as JSON text: made, and read by keys, places and paths.
#include "query/fn_json.h"
#include "query/fn_text.h"
#include <stdint.h>
#include <string.h>

static sqlite3_str *new_text(sqlite3_context *c)
{
    return sqlite3_str_new(sqlite3_context_db_handle(c));
}

// --- Steps into it ---

// A step's result is the next one's argument: its bytes do.
static bool item_of(sqlite3_value *v, JsonItem *out)
{
    return json_item(value_bytes(v), out) || json_item(fn_text_of(v), out);
}

// Does the key in quotes mean this text?
static bool is_key(Str quoted, Str key)
{
    Str inside = str_slice(quoted, 1, quoted.len - 1);
    if (!memchr(inside.ptr, '\\', inside.len)) return str_eq(inside, key);
    sqlite3_str *s = sqlite3_str_new(NULL);
    json_put_plain(s, quoted);
    Str plain = {sqlite3_str_value(s), (size_t)sqlite3_str_length(s)};
    bool same = str_eq(plain, key);
    sqlite3_free(sqlite3_str_finish(s));
    return same;
}

static bool by_key(JsonItem of, Str key, JsonItem *out)
{
    if (of.kind != '{') return false;
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (!is_key(w.key, key)) continue;
        *out = w.item;
        return true;
    }
    return false;
}

// A field of a struct: SQL names have no case, so one that is spelled otherwise is meant.
static bool by_name(JsonItem of, Str key, JsonItem *out)
{
    if (by_key(of, key, out)) return true;
    if (of.kind != '{') return false;
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (!str_eq_nocase(str_slice(w.key, 1, w.key.len - 1), key)) continue;
        *out = w.item;
        return true;
    }
    return false;
}

static int64_t count_of(JsonItem of)
{
    int64_t n = 0;
    JsonWalk w = json_walk(of);
    while (json_next(&w)) n++;
    return n;
}

static bool by_place(JsonItem of, int64_t i, JsonItem *out)
{
    if (of.kind != '[') return false;
    if (i < 0) i += count_of(of);
    JsonWalk w = json_walk(of);
    for (int64_t at = 0; i >= 0 && json_next(&w); at++) {
        if (at < i) continue;
        *out = w.item;
        return true;
    }
    return false;
}

// $.a.b[0]['c'], a.b[0] and /a/b: one step, taken off the path.
static bool next_step(Str *path, JsonItem *at)
{
    Str p = *path;
    size_t end = 0;
    if (p.ptr[0] == '[') {
        if (!str_find(p, S("]"), &end)) return false;
        Str inside = str_slice(p, 1, end);
        int64_t i;
        *path = str_slice(p, end + 1, p.len);
        if (str_to_i64(inside, &i)) return by_place(*at, i, at);
        bool quoted = inside.len >= 2 && strchr("'\"", inside.ptr[0]);
        return quoted && by_key(*at, str_slice(inside, 1, inside.len - 1), at);
    }
    bool slash = p.ptr[0] == '/';
    if (p.ptr[0] == '.' || slash) p = str_slice(p, 1, p.len);
    if (p.len && p.ptr[0] == '"') {
        if (!str_find(str_slice(p, 1, p.len), S("\""), &end)) return false;
        *path = str_slice(p, end + 2, p.len);
        return by_key(*at, str_slice(p, 1, end + 1), at);
    }
    while (end < p.len && !strchr(slash ? "/" : ".[", p.ptr[end])) end++;
    *path = str_slice(p, end, p.len);
    int64_t i;
    Str name = str_slice(p, 0, end);
    if (slash && at->kind == '[' && str_to_i64(name, &i)) return by_place(*at, i, at);
    return name.len && by_key(*at, name, at);
}

// Without its $ and Trino's words before it.
static Str steps_of(Str path)
{
    path = str_trim(path);
    bool lax = str_starts(path, S("lax ")), strict = str_starts(path, S("strict "));
    if (lax || strict) path = str_trim(str_slice(path, lax ? 4 : 7, path.len));
    return path.len && path.ptr[0] == '$' ? str_slice(path, 1, path.len) : path;
}

static bool walk_path(JsonItem of, Str path, JsonItem *out)
{
    *out = of;
    path = steps_of(path);
    while (path.len) {
        if (!next_step(&path, out)) return false;
    }
    return true;
}

// $.items[*].sku, $.*: all that the path leads to.
static bool is_wild(Str path)
{
    if (!path.len || !memchr(path.ptr, '*', path.len)) return false;
    return str_find(path, S("[*]"), NULL) || str_find(path, S(".*"), NULL);
}

typedef struct {
    sqlite3_str *list; // their JSON texts with commas
    int64_t count;
    int stars; // taken so far
} Found;

enum { STARS_MOST = 8 };

static void collect(Found *f, JsonItem at, Str path)
{
    while (path.len) {
        bool each = str_starts(path, S("[*]")), member = str_starts(path, S(".*"));
        if (!each && !member) {
            if (!next_step(&path, &at)) return;
            continue;
        }
        if (at.kind != (each ? '[' : '{') || f->stars == STARS_MOST) return;
        f->stars++;
        JsonWalk w = json_walk(at);
        while (json_next(&w)) collect(f, w.item, str_slice(path, each ? 3 : 2, path.len));
        f->stars--;
        return;
    }
    if (f->count++) sqlite3_str_appendchar(f->list, 1, ',');
    sqlite3_str_append(f->list, at.text.ptr, (int)at.text.len);
}

// json, path: all that it leads to, as an array.
static void all_at(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem of;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &of)) return;
    Found f = {.list = new_text(c)};
    sqlite3_str_appendchar(f.list, 1, '[');
    collect(&f, of, steps_of(fn_text_of(v[1])));
    sqlite3_str_appendchar(f.list, 1, ']');
    json_result(c, f.list);
}

// An array of them; Spark (X) gives one alone without its brackets. None: NULL.
static void result_found(sqlite3_context *c, JsonItem of, Str path, char how)
{
    Found f = {.list = new_text(c)};
    collect(&f, of, steps_of(path));
    bool bare = how == 'X' && f.count == 1;
    sqlite3_str *s = new_text(c);
    if (!bare) sqlite3_str_appendchar(s, 1, '[');
    sqlite3_str_append(s, sqlite3_str_value(f.list) ? sqlite3_str_value(f.list) : "",
                       sqlite3_str_length(f.list));
    if (!bare) sqlite3_str_appendchar(s, 1, ']');
    sqlite3_free(sqlite3_str_finish(f.list));
    if (f.count) {
        json_result(c, s);
    } else {
        sqlite3_free(sqlite3_str_finish(s));
    }
}

// --- What is shown of it: T the text of a scalar, X the text of anything, J JSON, Q JSON but no
// scalar, V as SQL has it ---

static void result_text(sqlite3_context *c, JsonItem item)
{
    if (item.kind == '"') {
        json_result_item(c, item);
    } else {
        sqlite3_result_text(c, item.text.ptr, (int)item.text.len, SQLITE_TRANSIENT);
    }
}

static void show(sqlite3_context *c, JsonItem item, sqlite3_value *how)
{
    Str way = fn_text_of(how);
    bool nest = item.kind == '[' || item.kind == '{';
    switch (way.len ? way.ptr[0] : 'V') {
    case 'T':
        if (!nest && item.kind != 'n') result_text(c, item);
        break;
    case 'X':
        if (item.kind != 'n') result_text(c, item);
        break;
    case 'Q':
        if (!nest) break;
        sqlite3_result_text(c, item.text.ptr, (int)item.text.len, SQLITE_TRANSIENT);
        break;
    case 'J':
        sqlite3_result_text(c, item.text.ptr, (int)item.text.len, SQLITE_TRANSIENT);
        break;
    default:
        json_result_item(c, item);
        break;
    }
}

// json, path, how
static void get(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of, item;
    if (fn_any_null(2, v) || !item_of(v[0], &of)) return;
    Str path = fn_text_of(v[1]), how = fn_text_of(v[2]);
    if (is_wild(path)) {
        result_found(c, of, path, how.len ? how.ptr[0] : 0);
    } else if (walk_path(of, path, &item)) {
        show(c, item, v[2]);
    }
}

// json, s = their texts, j = as they are, and perhaps a path: the elements of the array there.
static void elements(sqlite3_context *c, int n, sqlite3_value **v)
{
    JsonItem of, item;
    if (fn_any_null(n, v) || !json_item(fn_text_of(v[0]), &of)) return;
    Str path = n > 2 ? fn_text_of(v[2]) : (Str){0};
    if (!walk_path(of, path, &item) || item.kind != '[') return;
    bool texts = str_eq(fn_text_of(v[1]), S("s"));
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    JsonWalk w = json_walk(item);
    for (bool first = true; json_next(&w); first = false) {
        bool nest = w.item.kind == '[' || w.item.kind == '{';
        if (texts && nest) { // no scalar
            sqlite3_free(sqlite3_str_finish(s));
            return;
        }
        if (!first) sqlite3_str_appendchar(s, 1, ',');
        bool bare = texts && w.item.kind != '"' && w.item.kind != 'n';
        if (bare) sqlite3_str_appendchar(s, 1, '"');
        sqlite3_str_append(s, w.item.text.ptr, (int)w.item.text.len);
        if (bare) sqlite3_str_appendchar(s, 1, '"');
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// json, a key or a place from 0 (from the end when negative), how
static void step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of, item;
    if (fn_any_null(2, v) || !item_of(v[0], &of)) return;
    bool place = sqlite3_value_type(v[1]) == SQLITE_INTEGER;
    bool found = place ? by_place(of, sqlite3_value_int64(v[1]), &item)
                       : by_key(of, fn_text_of(v[1]), &item);
    if (found) show(c, item, v[2]);
}

// base, a place or a key, how: 0 or 1 the first place, N or F what is done outside (NULL, fail), E
// negative places count from the end, C keys have their case; at
static void element(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of, item;
    if (fn_any_null(2, v) || !item_of(v[0], &of)) return;
    Str how = fn_text_of(v[2]);
    int64_t first = how.len && how.ptr[0] == '1';
    bool found, fails = how.len && memchr(how.ptr, 'F', how.len);
    bool from_end = how.len && memchr(how.ptr, 'E', how.len);
    if (of.kind == '{') {
        bool exact = str_find(how, S("C"), NULL);
        found = exact ? by_key(of, fn_text_of(v[1]), &item) : by_name(of, fn_text_of(v[1]), &item);
    } else {
        int64_t i = sqlite3_value_int64(v[1]);
        bool inside = i >= first || (from_end && i < 0);
        found = inside && by_place(of, i < 0 ? i : i - first, &item);
    }
    if (found) {
        json_result_item(c, item);
    } else if (fails) {
        fn_fail(c, v[3], of.kind == '{' ? "The map has no key %s." : "The array has no element %s.",
                fn_text_of(v[1]).ptr ? fn_text_of(v[1]).ptr : "");
    }
}

// --- Made ---

// kinds: a letter a value (see json_put), behind them - when NULLs are left out; then keys and
// values by turns.
static void object(sqlite3_context *c, int n, sqlite3_value **v)
{
    Str kinds = fn_text_of(v[0]);
    bool sparse = str_ends(kinds, S("-"));
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '{');
    for (int i = 1; i + 1 < n; i += 2) {
        size_t at = (size_t)i / 2;
        bool null = sqlite3_value_type(v[i + 1]) == SQLITE_NULL;
        if (sqlite3_value_type(v[i]) == SQLITE_NULL || (null && sparse)) continue;
        if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
        json_put_text(s, fn_text_of(v[i]));
        sqlite3_str_appendchar(s, 1, ':');
        json_put(s, v[i + 1], at < kinds.len ? kinds.ptr[at] : 0);
    }
    sqlite3_str_appendchar(s, 1, '}');
    json_result(c, s);
}

// Keys and values, each an array.
static void object_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem keys, values;
    bool ok = json_item(fn_text_of(v[0]), &keys) && json_item(fn_text_of(v[1]), &values);
    if (!ok) return;
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '{');
    JsonWalk k = json_walk(keys), w = json_walk(values);
    while (json_next(&k) && json_next(&w)) {
        if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
        if (k.item.kind == '"') {
            sqlite3_str_append(s, k.item.text.ptr, (int)k.item.text.len);
        } else {
            json_put_text(s, k.item.text);
        }
        sqlite3_str_appendchar(s, 1, ':');
        sqlite3_str_append(s, w.item.text.ptr, (int)w.item.text.len);
    }
    sqlite3_str_appendchar(s, 1, '}');
    json_result(c, s);
}

// sqlite3_user_data: k its keys, v its values, e both as {"key":…,"value":…}, as an array.
static void members(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const char *what = sqlite3_user_data(c);
    JsonItem of;
    if (!json_item(fn_text_of(v[0]), &of) || of.kind != '{') return;
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    JsonWalk w = json_walk(of);
    while (json_next(&w)) {
        if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
        if (*what == 'e') sqlite3_str_appendall(s, "{\"key\":");
        if (*what != 'v') sqlite3_str_append(s, w.key.ptr, (int)w.key.len);
        if (*what == 'e') sqlite3_str_appendall(s, ",\"value\":");
        if (*what != 'k') sqlite3_str_append(s, w.item.text.ptr, (int)w.item.text.len);
        if (*what == 'e') sqlite3_str_appendchar(s, 1, '}');
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

// --- Read and written as a whole ---

// Without the white space between its parts.
static void put_tight(sqlite3_str *s, Str text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!quoted && strchr(" \t\r\n", c)) continue;
        sqlite3_str_appendchar(s, 1, c);
        if (quoted && c == '\\' && i + 1 < text.len) {
            sqlite3_str_appendchar(s, 1, text.ptr[++i]);
        } else if (c == '"') {
            quoted = !quoted;
        }
    }
}

// text, F(ail) or N(ULL) when it is no JSON, at
static void parse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (json_item(fn_text_of(v[0]), &of)) {
        sqlite3_str *s = new_text(c);
        put_tight(s, of.text);
        json_result(c, s);
    } else if (fn_text_of(v[1]).len && fn_text_of(v[1]).ptr[0] == 'F') {
        fn_fail(c, v[2], "This text is no JSON.");
    }
}

// A value as JSON text: kind, value
static void write(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (sqlite3_value_type(v[1]) == SQLITE_NULL) return;
    Str kind = fn_text_of(v[0]);
    sqlite3_str *s = new_text(c);
    json_put(s, v[1], kind.len ? kind.ptr[0] : 0);
    json_result(c, s);
}

// json, whose words: m MySQL's, s Snowflake's
static void kind_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    static const char kinds[] = "{[\"0ntf";
    static const char *const words[3][8] = {
        {"object", "array", "string", "number", "null", "boolean", "boolean"},
        {"OBJECT", "ARRAY", "STRING", "INTEGER", "NULL", "BOOLEAN", "BOOLEAN"},
        {"OBJECT", "ARRAY", "VARCHAR", "INTEGER", "NULL_VALUE", "BOOLEAN", "BOOLEAN"}};
    JsonItem of;
    if (!json_item(fn_text_of(v[0]), &of)) return;
    bool mysql = str_eq(fn_text_of(v[1]), S("m")), snow = str_eq(fn_text_of(v[1]), S("s"));
    bool real = of.kind == '0' && strcspn(of.text.ptr, ".eE") < of.text.len;
    const char *at = strchr(kinds, of.kind);
    const char *name = real && mysql  ? "DOUBLE"
                       : real && snow ? "DECIMAL"
                                      : words[snow ? 2 : mysql][at - kinds];
    sqlite3_result_text(c, name, -1, SQLITE_STATIC);
}

static void length(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of;
    if (!json_item(fn_text_of(v[0]), &of)) return;
    sqlite3_result_int64(c, of.kind == '[' || of.kind == '{' ? count_of(of) : 1);
}

static void has_key(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    JsonItem of, unused;
    if (fn_any_null(2, v) || !json_item(fn_text_of(v[0]), &of)) return;
    sqlite3_result_int(c, by_key(of, fn_text_of(v[1]), &unused));
}

static const QueryFn rows[] = {
    {.name = "gr_element", .args = 4, .call = element},
    {.name = "gr_json_all", .args = 2, .call = all_at},
    {.name = "gr_json_elements", .args = 2, .call = elements},
    {.name = "gr_json_elements", .args = 3, .call = elements},
    {.name = "gr_json_entries", .args = 1, .call = members, .data = "e"},
    {.name = "gr_json_get", .args = 3, .call = get},
    {.name = "gr_json_has", .args = 2, .call = has_key},
    {.name = "gr_json_keys", .args = 1, .call = members, .data = "k"},
    {.name = "gr_json_length", .args = 1, .call = length},
    {.name = "gr_json_parse", .args = 3, .call = parse},
    {.name = "gr_json_step", .args = 3, .call = step},
    {.name = "gr_json_type", .args = 2, .call = kind_of},
    {.name = "gr_json_values", .args = 1, .call = members, .data = "v"},
    {.name = "gr_json_write", .args = 2, .call = write},
    {.name = "gr_object", .args = -1, .call = object},
    {.name = "gr_object_of", .args = 2, .call = object_of},
};
const QueryFns fn_objects = {rows, sizeof rows / sizeof *rows};
