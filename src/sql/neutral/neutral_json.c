// neutral_json: JSON as the dialects read it: arrows, paths, and the steps of Postgres.
#include "base/buf.h"
#include "sql/fn_group.h"

static SqlNode *make_get(Translator *t, const SqlNode *place, SqlNode *json, SqlNode *path,
                         const char *how)
{
    SqlNode *made =
        make_call3(t, place, "json_get", json, path, make_word(t, place, str_from(how)));
    made->type = *how == 'J' ? TYPE_STRUCT : TYPE_TEXT;
    return made;
}

// a -> 'b', a ->> '$.b.c'
SqlNode *neutral_json_arrow(Translator *t, SqlNode *n)
{
    SqlNode *json = n->child[LEFT_SIDE], *step = n->child[RIGHT_SIDE];
    const char *how = n->op == OP_JSON_TEXT ? "X" : "J";
    bool path = step->kind == NODE_STRING && step->text.len &&
                (step->text.ptr[0] == '$' || step->text.ptr[0] == '/');
    if (t->from != DIALECT_POSTGRES && path) return make_get(t, n, json, step, how);
    SqlNode *made = make_call3(t, n, "json_step", json, step, make_word(t, n, str_from(how)));
    made->type = *how == 'J' ? TYPE_STRUCT : TYPE_TEXT;
    return made;
}

// a ? 'key', a ?| keys, a ?& keys
static SqlNode *make_has(Translator *t, SqlNode *n)
{
    SqlNode *keys = n->child[RIGHT_SIDE];
    if (n->op == OP_HAS) {
        SqlNode *one = make_node(t, NODE_ARRAY, keys, 1);
        one->child[0] = keys;
        one->type = TYPE_ARRAY;
        keys = one;
    }
    SqlNode *list = n->op != OP_HAS ? array_in_braces(t, keys, TYPE_TEXT) : NULL;
    if (list) keys = list;
    SqlNode *how = make_word(t, n,
                             n->op == OP_HAS_ALL ? S("a")
                             : n->op == OP_HAS   ? S("k")
                                                 : S("o"));
    SqlNode *made = make_call3(t, n, "json_has_keys", n->child[LEFT_SIDE], keys, how);
    made->type = TYPE_BOOLEAN;
    return made;
}

// Postgres's jsonb: a || b, a - 'key', a @> b, a ? 'key'. NULL: it is not about jsonb.
SqlNode *neutral_json_binary(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    bool either = node_is(a, TYPE_STRUCT) || node_is(b, TYPE_STRUCT);
    bool here = t->from == DIALECT_POSTGRES && either;
    SqlNode *made = NULL;
    if (n->op >= OP_HAS && n->op <= OP_HAS_ALL) return make_has(t, n);
    if (!here || (n->op == OP_CONCAT && node_is(n, TYPE_TEXT))) return NULL;
    switch ((SqlOp)n->op) {
    case OP_CONCAT:
        made = make_call2(t, n, "json_concat", a, b);
        break;
    case OP_SUBTRACT:
        made = make_call2(t, n, node_is(b, TYPE_ARRAY) ? "json_drop_all" : "json_drop", a, b);
        break;
    case OP_HOLDS:
    case OP_HELD: {
        bool holds = n->op == OP_HOLDS;
        made = make_call3(t, n, "json_contains", holds ? a : b, holds ? b : a,
                          make_word(t, n, S("p")));
        made->type = TYPE_BOOLEAN;
        return made;
    }
    default:
        return NULL;
    }
    made->type = TYPE_STRUCT;
    return made;
}

// JSON_EXTRACT_PATH_TEXT(json, 'a', 'b')
SqlNode *read_json_path_pg(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (!count) return NULL;
    n->op = 0;
    Str tail = S("_TEXT");
    bool text = n->text.len > tail.len &&
                str_eq_nocase(str_slice(n->text, n->text.len - tail.len, n->text.len), tail);
    SqlNode *at = sql_tail(n, 0);
    if (count == 1) return text ? make_get(t, n, at, make_string(t, n, S("$")), "X") : at;
    for (uint32_t i = 1; i < count; i++) {
        SqlNode *step = sql_tail(n, i);
        int64_t place;
        if (step->kind == NODE_STRING && str_to_i64(step->text, &place))
            step = make_number(t, step, place);
        const char *how = text && i + 1 == count ? "X" : "J";
        at = make_call3(t, n, "json_step", at, step, make_word(t, n, str_from(how)));
        at->type = *how == 'J' ? TYPE_STRUCT : TYPE_TEXT;
    }
    return at;
}

// JSON_UNQUOTE(JSON_EXTRACT(…)): the text of what is found.
SqlNode *read_json_unquote(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    SqlNode *of = sql_tail(n, 0);
    if (node_is_call(of, "json_get")) return make_get(t, n, sql_tail(of, 0), sql_tail(of, 1), "X");
    return make_get(t, n, of, make_string(t, n, S("$")), "X");
}

// DuckDB: JSON_EXTRACT(json, [path, …]) is a list. NULL: of one path.
SqlNode *read_json_paths(Translator *t, SqlNode *n)
{
    SqlNode *paths = sql_tail(n, 1);
    bool text = str_eq_nocase(n->text, S("JSON_EXTRACT_STRING"));
    if (paths->kind == NODE_NUMBER) { // a place in an array
        SqlNode *how = make_word(t, n, text ? S("X") : S("J"));
        SqlNode *made = make_call3(t, n, "json_step", sql_tail(n, 0), paths, how);
        return typed(made, text ? TYPE_TEXT : TYPE_STRUCT);
    }
    if (paths->kind != NODE_ARRAY) return NULL;
    SqlNode *all = make_node(t, NODE_ARRAY, n, sql_tail_count(paths));
    for (uint32_t i = 0; i < sql_tail_count(paths); i++) {
        SqlNode *json = node_clone(t, sql_tail(n, 0));
        all->child[i] = make_get(t, n, json, sql_tail(paths, i), text ? "X" : "J");
    }
    all->type = TYPE_ARRAY;
    return all;
}

// BigQuery: STRING(JSON '"x"'). NULL: of a time.
SqlNode *read_json_string(Translator *t, SqlNode *n)
{
    SqlNode *field = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    if (field && node_is_call(field, "element")) return typed(field, TYPE_TEXT); // STRING(j.a)
    bool json = field && node_is(field, TYPE_STRUCT);
    return json ? make_get(t, n, sql_tail(n, 0), make_string(t, n, S("$")), "T") : NULL;
}

SqlNode *read_from_json(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) < 1) return NULL;
    SqlNode *made = make_call2(t, n, "json_parse", sql_tail(n, 0), make_word(t, n, S("N")));
    made->type = TYPE_STRUCT;
    return made;
}

// What is JSON already stays as it is.
SqlNode *read_json_same(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    SqlNode *of = sql_tail(n, 0);
    (void)t;
    of->parens = 1;
    return of;
}

// Snowflake's paths begin with a name, all others' with $: v:a.b for GET_PATH(v, 'a.b').
SqlNode *read_json_path_snow(Translator *t, SqlNode *n)
{
    SqlNode *path = sql_tail_count(n) == 2 ? sql_tail(n, 1) : NULL;
    bool text = str_eq_nocase(n->text, S("JSON_EXTRACT_PATH_TEXT"));
    if (!path || path->kind != NODE_STRING || !is_foreign(t) || t->to == DIALECT_SNOWFLAKE)
        return NULL;
    bool plain = !str_find(path->text, S("["), NULL) && !str_find(path->text, S("\""), NULL);
    if (text || !plain) {
        bool index = str_starts(path->text, S("["));
        Str rooted = str_fmt(t->arena, "$%s" STR_FMT, index ? "" : ".", STR_ARG(path->text));
        SqlNode *word = make_word(t, n, text ? S("X") : S("V"));
        SqlNode *whole = make_string(t, path, rooted);
        return typed(make_call3(t, n, "json_get", sql_tail(n, 0), whole, word), TYPE_TEXT);
    }
    SqlNode *at = sql_tail(n, 0);
    Str rest = path->text, step;
    for (bool more = true; more;) {
        more = str_cut(rest, '.', &step, &rest);
        SqlNode *word = make_word(t, n, S("0NC"));
        at = make_call3(t, n, "element", at, make_string(t, path, step), word);
    }
    return at;
}
