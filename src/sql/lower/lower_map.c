// lower_map: maps at run time, where a lambda looks at their members.
#include "sql/fn_group.h"
#include "sql/lower.h"

typedef struct {
    SqlNode *map, *key, *source, *body; // body: the lambda's, of the source's keys and values
} Members;

// The members of the map beside the body of (k, v) -> …
static bool members_of(Translator *t, SqlNode *n, Members *m)
{
    static const char *const columns[] = {"key", "value"};
    SqlNode *f = lambda_of(t, n, 2, 2);
    if (!f) return false;
    m->map = value_qualified(t, node_arg(n, "map")); // json_each has columns too: id, key, type
    Str alias = make_name(t, "each");
    LambdaGiven given[2];
    for (uint32_t i = 0; i < 2; i++) {
        given[i] = (LambdaGiven){sql_tail(f->child[LAMBDA_PARAMS], i)->text,
                                 make_column(t, n, alias, str_from(columns[i]))};
    }
    m->key = given[0].value;
    m->source = each_table(t, make_call1(t, n, "json_each", node_clone(t, m->map)), alias);
    m->body = lambda_put(t, value_qualified(t, f->child[LAMBDA_BODY]), given, 2);
    return true;
}

// TRANSFORM_VALUES(map, (k, v) -> …): the same keys.
SqlNode *lower_transform_values(Translator *t, SqlNode *n)
{
    Members m;
    if (!members_of(t, n, &m)) return n;
    SqlNode *keys = make_call1(t, n, "json_keys_array", m.map);
    SqlNode *values = each_scalar(t, each_list(t, m.body), m.source, NULL);
    return typed(make_call2(t, n, "object_of", keys, values), TYPE_STRUCT);
}

// TRANSFORM_KEYS(map, (k, v) -> …): the same values.
SqlNode *lower_transform_keys(Translator *t, SqlNode *n)
{
    Members m;
    if (!members_of(t, n, &m)) return n;
    SqlNode *values = make_call1(t, n, "map_values", m.map);
    SqlNode *keys = each_scalar(t, each_list(t, m.body), m.source, NULL);
    return typed(make_call2(t, n, "object_of", keys, values), TYPE_STRUCT);
}

// MAP_FILTER(map, (k, v) -> …): the members whose key is among those where it holds.
SqlNode *lower_map_filter(Translator *t, SqlNode *n)
{
    Members m;
    if (!members_of(t, n, &m)) return n;
    SqlNode *keys = each_scalar(t, each_list(t, node_clone(t, m.key)), m.source, m.body);
    return typed(make_call2(t, n, "map_keep", m.map, keys), TYPE_STRUCT);
}

// MAP_ZIP_WITH(a, b, (k, x, y) -> …): over the keys of both, NULL where one has none.
SqlNode *lower_map_zip(Translator *t, SqlNode *n)
{
    SqlNode *f = lambda_of(t, n, 3, 3), *both[2];
    if (!f) return n;
    Str alias = make_name(t, "each");
    SqlNode *key = typed(make_column(t, n, alias, S("value")), TYPE_TEXT);
    LambdaGiven given[3] = {{sql_tail(f->child[LAMBDA_PARAMS], 0)->text, key}};
    for (uint32_t i = 0; i < 2; i++) {
        both[i] = value_qualified(t, node_arg(n, i ? "other" : "map"));
        given[i + 1] = (LambdaGiven){sql_tail(f->child[LAMBDA_PARAMS], i + 1)->text,
                                     make_call3(t, n, "element", node_clone(t, both[i]),
                                                node_clone(t, key), make_word(t, n, S("0NC")))};
    }
    SqlNode *args[] = {make_word(t, n, S("L")), both[0], both[1]};
    SqlNode *all = make_call(t, n, "map_concat", args, 3);
    SqlNode *keys = make_call1(t, n, "json_keys_array", all);
    SqlNode *source = each_table(t, make_call1(t, n, "json_each", node_clone(t, keys)), alias);
    SqlNode *body = lambda_put(t, value_qualified(t, f->child[LAMBDA_BODY]), given, 3);
    SqlNode *values = each_scalar(t, each_list(t, body), source, NULL);
    return typed(make_call2(t, n, "object_of", keys, values), TYPE_STRUCT);
}
