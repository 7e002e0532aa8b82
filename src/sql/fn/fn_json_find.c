// fn_json_find: JSON looked through and changed: what it holds, its paths, members put in and out.
#include "base/buf.h"
#include "sql/fn_group.h"

// '{a,0}' of Postgres as $.a[0]; NULL when it is not written there.
static SqlNode *path_of_pg(Translator *t, const SqlNode *n)
{
    bool braces =
        n->kind == NODE_STRING && str_starts(n->text, S("{")) && str_ends(n->text, S("}"));
    if (!braces) return NULL;
    Str rest = str_slice(n->text, 1, n->text.len - 1), step;
    Buf b = buf_new(t->arena);
    buf_char(&b, '$');
    for (bool more = rest.len > 0; more;) {
        more = str_cut(rest, ',', &step, &rest);
        int64_t place;
        step = str_trim(step);
        if (step.len > 1 && step.ptr[0] == '"') step = str_slice(step, 1, step.len - 1);
        if (str_to_i64(step, &place)) {
            buf_fmt(&b, "[%lld]", (long long)place);
        } else {
            buf_fmt(&b, ".\"" STR_FMT "\"", STR_ARG(step));
        }
    }
    return make_string(t, n, buf_str(&b));
}

// jsonb_set(json, '{a,b}', value, create)
static SqlNode *read_set_pg(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode *path = path_of_pg(t, sql_tail(call, 1));
    if (!path)
        return translate_unsupported(t, sql_tail(call, 1),
                                     "The path is written as '{a,b}' here, in one text.");
    const SqlNode *create = count > 3 ? sql_tail(call, 3) : NULL;
    bool never = create && create->kind == NODE_BOOLEAN && !str_eq(create->text, S("TRUE"));
    SqlNode *value = make_call1(t, call, "json_text", sql_tail(call, 2)); // JSON already
    SqlNode *args[] = {sql_tail(call, 0), path, value};
    return typed(make_call(t, call, never ? "json_replace" : "json_set", args, 3), TYPE_STRUCT);
}

// Postgres's jsonb_path_…: the steps, not the filters of that language.
static SqlNode *all_at(Translator *t, SqlNode *call)
{
    SqlNode *path = sql_tail(call, 1);
    bool filter = path->kind == NODE_STRING &&
                  (str_find(path->text, S("?"), NULL) || str_find(path->text, S("**"), NULL));
    if (path->kind != NODE_STRING || filter)
        return translate_unsupported(
            t, path, "Of a JSON path the steps are read here, such as '$.a[*].b', and no filter.");
    return typed(make_call2(t, call, "json_all", sql_tail(call, 0), path), TYPE_ARRAY);
}

static SqlNode *read_path_array(Translator *t, SqlNode *call)
{
    return all_at(t, call);
}

static SqlNode *read_path_first(Translator *t, SqlNode *call)
{
    SqlNode *made = make_call3(t, call, "json_step", all_at(t, call), make_number(t, call, 0),
                               make_word(t, call, S("J")));
    return typed(made, TYPE_STRUCT);
}

static SqlNode *read_path_exists(Translator *t, SqlNode *call)
{
    SqlNode *length = typed(make_call1(t, call, "array_length", all_at(t, call)), TYPE_INTEGER);
    return typed(make_binary(t, OP_GT, length, make_number(t, call, 0)), TYPE_BOOLEAN);
}

static SqlNode *read_path_rows(Translator *t, SqlNode *call)
{
    return make_call1(t, call, "unnest", all_at(t, call));
}

// JSON_CONTAINS_PATH(json, 'one', path …)
static SqlNode *read_contains_path(Translator *t, SqlNode *call)
{
    const SqlNode *how = sql_tail(call, 1);
    bool all = str_eq_nocase(how->text, S("all"));
    if (how->kind != NODE_STRING || (!all && !str_eq_nocase(how->text, S("one"))))
        return translate_unsupported(t, how, "JSON_CONTAINS_PATH takes 'one' or 'all' here.");
    uint32_t count = sql_tail_count(call);
    SqlNode *made = count > 3 ? make_node(t, all ? NODE_AND : NODE_OR, call, count - 2) : NULL;
    for (uint32_t i = 2; i < count; i++) {
        SqlNode *get = make_call3(t, call, "json_get", node_clone(t, sql_tail(call, 0)),
                                  sql_tail(call, i), make_word(t, call, S("J")));
        SqlNode *there = typed(make_is_null(t, get, true), TYPE_BOOLEAN);
        if (!made) return there;
        made->child[i - 2] = there;
    }
    made->parens = 1;
    return typed(made, TYPE_BOOLEAN);
}

// OBJECT_INSERT(object, key, value[, update]): a key that is there already fails unless it may be.
static SqlNode *read_object_insert(Translator *t, SqlNode *call)
{
    const SqlNode *key = sql_tail(call, 1);
    const SqlNode *update = sql_tail_count(call) > 3 ? sql_tail(call, 3) : NULL;
    bool may = update && update->kind == NODE_BOOLEAN && str_eq(update->text, S("TRUE"));
    if (key->kind != NODE_STRING || (update && update->kind != NODE_BOOLEAN))
        return translate_unsupported(t, key, "OBJECT_INSERT takes a key that is written there.");
    SqlNode *path = make_string(t, key, str_fmt(t->arena, "$.\"" STR_FMT "\"", STR_ARG(key->text)));
    SqlNode *args[] = {sql_tail(call, 0), path, sql_tail(call, 2)};
    return typed(make_call(t, call, may ? "json_set" : "json_insert", args, 3), TYPE_STRUCT);
}

// What is written into JSON: JSON as such, TRUE as true.
static SqlNode *lower_json_pairs(Translator *t, SqlNode *n)
{
    uint32_t first = sql_roles(NODE_CALL) + 2;
    for (uint32_t i = first; i < n->count; i += 2) {
        SqlNode *value = n->child[i];
        if (json_kind(value) && !node_is_call(value, "json_text")) {
            SqlNode *text = make_call1(t, value, "json_write", value);
            n->child[i] = make_call1(t, value, "json_text", lower_json_write(t, text));
        }
    }
    return n;
}

static const SqlFn fns[] = {
    {"json_all", "json path", FN_SCALAR, "array", "gr_json_all({json}, {path})", NULL},
    {"json_concat", "a b", FN_SCALAR, "struct", "gr_json_join({a}, {b})", NULL},
    {"json_contains", "json inner whose", FN_SCALAR, "boolean",
     "gr_json_contains({json}, {inner}, '{whose}')", NULL},
    {"json_contains_at", "json inner path", FN_SCALAR, "boolean",
     "gr_json_contains(gr_json_get({json}, {path}, 'J'), {inner}, 'm')", NULL},
    {"json_drop", "json key", FN_SCALAR, "struct", "gr_json_drop({json}, {key})", NULL},
    {"json_drop_all", "json keys", FN_SCALAR, "struct", "gr_json_drop({json}, {keys}, 'k')", NULL},
    {"json_has_keys", "json keys how", FN_SCALAR, "boolean",
     "gr_json_has_keys({json}, {keys}, '{how}')", NULL},
    {"json_insert", "json path value...", FN_SCALAR, "struct",
     "json_insert({json}, {path}, {value...})", lower_json_pairs},
    {"json_keys_at", "json path", FN_SCALAR, "array",
     "gr_json_keys(gr_json_get({json}, {path}, 'J'))", NULL},
    {"json_length_at", "json path", FN_SCALAR, "integer",
     "gr_json_length(gr_json_get({json}, {path}, 'J'))", NULL},
    {"json_merge_patch", "a b", FN_SCALAR, "struct", "json_patch({a}, {b})", NULL},
    {"json_overlaps", "a b", FN_SCALAR, "boolean", "gr_json_overlaps({a}, {b})", NULL},
    {"json_pretty", "json", FN_SCALAR, "text", "gr_json_pretty({json})", NULL},
    {"json_remove", "json path...", FN_SCALAR, "struct", "json_remove({json}, {path...})", NULL},
    {"json_replace", "json path value...", FN_SCALAR, "struct",
     "json_replace({json}, {path}, {value...})", lower_json_pairs},
    {"json_search", "json how pattern escape?", FN_SCALAR, "text",
     "gr_json_search({json}, {how}, {pattern}[, {escape}])", NULL},
    {"json_set", "json path value...", FN_SCALAR, "struct", "json_set({json}, {path}, {value...})",
     lower_json_pairs},
    {"json_strip_nulls", "json", FN_SCALAR, "struct", "gr_json_strip_nulls({json})", NULL},
    {"json_text", "json", FN_SCALAR, "text", "json({json})", NULL},
    {"json_valid", "text", FN_SCALAR, "boolean", "iif({text} IS NULL, NULL, json_valid({text}))",
     NULL},
};

static const SqlSpelling spellings[] = {
    {"json_concat", PG, "", NULL, "{a} || {b}", NULL},
    {"json_drop", PG, "", NULL, "{json} - {key}", NULL},
    {"json_drop_all", PG, "", NULL, "{json} - {keys}", NULL},
    {"json_contains", MY, "JSON_CONTAINS", "json inner whose=m", NULL, NULL},
    {"json_contains", PG, "", "json inner whose=p", "{json} @> {inner}", NULL},
    {"json_contains", DUCK, "JSON_CONTAINS", "json inner whose=m", NULL, NULL},
    {"json_contains_at", MY, "JSON_CONTAINS", NULL, NULL, NULL},
    {"json_has_keys", MY, "JSON_CONTAINS_PATH", "_ _ _ _?...", NULL, read_contains_path},
    {"json_has_keys", PG, "", "json keys how=o", "{json} ?| {keys}", NULL},
    {"json_has_keys", PG, "", "json keys how=k", "{json} ?| {keys}", NULL},
    {"json_has_keys", PG, "", "json keys how=a", "{json} ?& {keys}", NULL},
    {"json_insert", MY | LITE, "JSON_INSERT", NULL, NULL, NULL},
    {"json_keys_at", MY | DUCK, "JSON_KEYS", NULL, NULL, NULL},
    {"json_length_at", MY, "JSON_LENGTH", NULL, NULL, NULL},
    {"json_length_at", TRINO, "JSON_SIZE", NULL, NULL, NULL},
    {"json_drop", SNOW, "OBJECT_DELETE", NULL, NULL, NULL},
    {"json_set", SNOW, "OBJECT_INSERT", "_ _ _ _?", NULL, read_object_insert},
    {"json_merge_patch", MY, "JSON_MERGE_PATCH", NULL, NULL, NULL},
    {"json_merge_patch", DUCK, "JSON_MERGE_PATCH", NULL, NULL, NULL},
    {"json_merge_patch", LITE, "JSON_PATCH", NULL, NULL, NULL},
    {"json_overlaps", MY, "JSON_OVERLAPS", NULL, NULL, NULL},
    {"json_pretty", MY, "JSON_PRETTY", NULL, NULL, NULL},
    {"json_pretty", PG, "JSONB_PRETTY", NULL, NULL, NULL},
    {"json_remove", MY | LITE, "JSON_REMOVE", NULL, NULL, NULL},
    {"json_replace", MY | LITE, "JSON_REPLACE", NULL, NULL, NULL},
    {"json_search", MY, "JSON_SEARCH", NULL, NULL, NULL},
    {"json_set", MY | LITE, "JSON_SET", NULL, NULL, NULL},
    {"json_set", PG, "JSONB_SET", "_ _ _ _?", NULL, read_set_pg},
    {"json_strip_nulls", PG, "JSON_STRIP_NULLS", NULL, NULL, NULL},
    {"json_strip_nulls", PG, "JSONB_STRIP_NULLS", NULL, NULL, NULL},
    {"json_valid", MY | DUCK | LITE, "JSON_VALID", NULL, NULL, NULL},
    {"json_all", PG, "JSONB_PATH_QUERY_ARRAY", "_ _", NULL, read_path_array},
    {"json_all", PG, "JSONB_PATH_QUERY_FIRST", "_ _", NULL, read_path_first},
    {"json_has_keys", PG, "JSONB_PATH_EXISTS", "_ _", NULL, read_path_exists},
    {"unnest", PG, "JSONB_PATH_QUERY", "_ _", NULL, read_path_rows},
    {"json_has", PG, "JSONB_EXISTS", NULL, NULL, NULL},
};

const FnFamily fn_json_find = {fns, sizeof fns / sizeof *fns, spellings,
                               sizeof spellings / sizeof *spellings};
