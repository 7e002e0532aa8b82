// lower_documents: arrays that are JSON at home, for another dialect: there a JSON value is none,
// so its elements are taken out of it as texts or as JSON, in the target's way.
#include "sql/lower_documents.h"
#include "sql/neutral_pair.h"
#include "sql/scope.h"

static bool is_path(const SqlNode *n)
{
    return node_is_call(n, "json_get") || node_is_call(n, "json_step");
}

static bool is_cast(const SqlNode *n)
{
    if (n->kind != NODE_CAST) return false;
    SqlDocument d = document_of_name(n->child[CAST_TYPE]->text);
    return d == DOCUMENT_JSON || d == DOCUMENT_JSONB || d == DOCUMENT_VARIANT;
}

// JSON by what it is made of, or by the type of the column.
static bool is_document(const Translator *t, const SqlNode *n)
{
    if (node_is_call(n, "json_parse") || is_cast(n)) return true;
    if (is_path(n)) {
        const SqlNode *how = node_arg(n, "how");
        return !how || !str_find(S("XT"), how->text, NULL);
    }
    if (node_is_call(n, "element")) return is_document(t, node_arg(n, "base"));
    SqlDocument d = n->kind == NODE_COLUMN ? document_of(t, n) : DOCUMENT_NONE;
    return d == DOCUMENT_JSON || d == DOCUMENT_JSONB || d == DOCUMENT_VARIANT;
}

// [STRING] of BigQuery: JSON_VALUE_ARRAY(json, path), JSON_QUERY_ARRAY
static SqlNode *listed(Translator *t, SqlNode *n, char *how)
{
    SqlNode *json = node_arg(n, "json"), *path = node_arg(n, "path");
    *how = str_eq(node_arg(n, "how")->text, S("s")) ? 'X' : 'J';
    if (!path) return json;
    SqlNode *made = make_call3(t, n, "json_get", json, path, make_word(t, n, S("J")));
    made->type = node_is(json, TYPE_STRUCT) ? TYPE_STRUCT : TYPE_TEXT;
    return made;
}

SqlNode *documents_of(Translator *t, SqlNode *n, char *how)
{
    *how = 0;
    if (!n || !is_foreign(t) || t->from == t->to) return NULL;
    if (node_is_call(n, "json_array_of")) return listed(t, n, how);
    if (n->kind == NODE_CAST && is_document(t, n->child[CAST_VALUE])) {
        SqlType into = type_of_node(n->child[CAST_TYPE]);
        bool plain = into.element != TYPE_STRUCT && into.element != TYPE_ARRAY;
        if (into.type != TYPE_ARRAY || !plain) return NULL;
        bool texts = into.element == TYPE_TEXT;
        *how = texts ? 'X' : into.element == TYPE_UNKNOWN ? 0 : 'N';
        return *how == 'N' ? NULL : n->child[CAST_VALUE];
    }
    return is_document(t, n) ? n : NULL;
}

// As the target's functions of JSON take it: a text, or parsed.
SqlNode *documents_fit(Translator *t, SqlNode *json)
{
    bool texts = t->to == DIALECT_SPARK || t->to == DIALECT_BIGQUERY || t->to == DIALECT_MYSQL;
    bool parsed = node_is_call(json, "json_parse");
    if (texts && parsed) return node_arg(json, "text");
    if (texts && is_cast(json)) return json->child[CAST_VALUE];
    if (is_cast(json)) {
        bool jsonb = t->to == DIALECT_POSTGRES && is_foreign(t); // whose functions are written
        if (jsonb) json->child[CAST_TYPE]->text = S("JSONB");
        return json;
    }
    bool lenient = parsed && str_eq(node_arg(json, "how")->text, S("N"));
    if (lenient && t->to == DIALECT_POSTGRES) { // it has no parsing that gives NULL
        SqlNode *how = make_word(t, json, S("F"));
        return typed(make_call2(t, json, "json_parse", node_arg(json, "text"), how), TYPE_STRUCT);
    }
    if (texts || parsed || !node_is(json, TYPE_TEXT) || is_path(json)) return json;
    SqlNode *how = make_word(t, json, S("F"));
    return typed(make_call2(t, json, "json_parse", json, how), TYPE_STRUCT);
}

SqlNode *documents_array(Translator *t, SqlNode *json, char how)
{
    const char *fn = how == 'X' ? "json_texts" : "json_values";
    return typed(make_call1(t, json, fn, documents_fit(t, json)), TYPE_ARRAY);
}

// ARRAY_LENGTH of a JSON value counts its elements.
SqlNode *documents_counted(Translator *t, SqlNode *call)
{
    SqlNode *of = sql_tail_count(call) == 1 ? sql_tail(call, 0) : NULL;
    char how;
    bool map = of && (node_is_call(of, "object_of") || document_of(t, of) == DOCUMENT_MAP);
    bool maps = t->to == DIALECT_DUCKDB || t->to == DIALECT_TRINO || t->to == DIALECT_SPARK;
    if (map && maps && is_foreign(t) && t->from != t->to)
        return typed(make_call1(t, call, "map_size", of), TYPE_INTEGER);
    SqlNode *json = documents_of(t, of, &how);
    bool made = of && (node_is_call(of, "json_texts") || node_is_call(of, "json_values"));
    if (made) json = sql_tail(of, 0);
    bool foreign = is_foreign(t) && t->from != t->to;
    if (!json && foreign && of && node_is(of, TYPE_TEXT)) json = of; // JSON_ARRAY_LENGTH(text)
    if (!json) return call;
    return typed(make_call1(t, call, "json_count", documents_fit(t, json)), TYPE_INTEGER);
}

SqlNode *documents_named(Translator *t, SqlNode *call)
{
    SqlNode *of = sql_tail_count(call) == 1 ? sql_tail(call, 0) : NULL;
    bool keeps = t->to == DIALECT_MYSQL || t->to == DIALECT_BIGQUERY;
    if (!of || keeps || !is_foreign(t) || t->from == t->to) return call;
    if (!is_document(t, of) && !node_is(of, TYPE_TEXT)) return call;
    return typed(make_call1(t, call, "json_names", documents_fit(t, of)), TYPE_ARRAY);
}
