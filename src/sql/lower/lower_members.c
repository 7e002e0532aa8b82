// lower_members: the members of a JSON object as rows of keys and values, for another dialect.
#include "sql/lower_documents.h"
#include "sql/lower_from.h"

typedef struct {
    FromScope *s;
    const SqlNode *n;
    SqlNode *json;
    int key, value; // which columns of the source they are; -1 = none
    char how;       // X the values are texts, J they are JSON
    Str alias;
} Members;

static bool read_members(Members *m, SqlNode *call)
{
    FromScope *s = m->s;
    bool keys = node_is_call(call, "json_keys"), members = node_is_call(call, "json_members");
    if (s->t->from == DIALECT_POSTGRES && (keys || members)) {
        const SqlNode *how = node_arg(call, "json");
        m->json = node_arg(call, "object");
        m->how = how ? how->text.ptr[0] : 'X';
        m->value = keys ? -1 : 1;
        return true;
    }
    bool keyed = node_is_call(call, "flatten") && foreign_is_used(s, s->node, m->n->id, 1);
    if (!keyed || node_arg(call, "path") || node_arg(call, "recursive")) return false;
    if (foreign_is_used(s, s->node, m->n->id, 3) || node_arg(call, "outer")) return false;
    m->json = node_arg(call, "input");
    m->key = 1;
    m->value = 4;
    m->how = foreign_is_looked_into(s, s->node, m->n->id, 4) ? 'J' : 'X';
    return true;
}

static SqlNode *table_of(const Members *m, SqlNode *call, bool named)
{
    Translator *t = m->s->t;
    SqlNode *n = make_node(t, NODE_TABLE_CALL, m->n, 0);
    n->child[TABLE_CALL_CALL] = call;
    n->child[TABLE_CALL_ALIAS] = make_alias(t, m->n, m->alias);
    if (!named) return n;
    SqlNode *names = make_node(t, NODE_LIST, m->n, 2);
    names->child[0] = make_word(t, m->n, S("key"));
    names->child[1] = make_word(t, m->n, S("value"));
    n->child[TABLE_CALL_ALIAS]->child[ALIAS_COLUMNS] = names;
    return n;
}

// EXPLODE of a map: whoever joins the view fills its left side in.
static SqlNode *as_view(const Members *m, SqlNode *map)
{
    Translator *t = m->s->t;
    SqlNode *call = make_call1(t, m->n, "unnest", map), *table = table_of(m, call, true);
    if (m->s->first) return table;
    SqlNode *view = make_node(t, NODE_LATERAL_VIEW, m->n, 0);
    view->child[VIEW_CALL] = call;
    view->child[VIEW_ALIAS] = table->child[TABLE_CALL_ALIAS];
    return view;
}

// NULL: the target has nothing like it.
static SqlNode *in_target(const Members *m)
{
    Translator *t = m->s->t;
    SqlNode *json = documents_fit(t, m->json);
    const char *rows = m->how == 'X' ? "json_text_members" : "json_value_members";
    const char *map = m->how == 'X' ? "json_text_map" : "json_value_map";
    switch (t->to) {
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
        return table_of(m, make_call1(t, m->n, rows, json), t->to == DIALECT_POSTGRES);
    case DIALECT_SNOWFLAKE: {
        SqlNode *n = table_of(m, make_call1(t, m->n, "flatten", json), false);
        n->flags = m->s->first ? FLAG_WORDS : FLAG_LATERAL;
        return n;
    }
    case DIALECT_TRINO: {
        SqlNode *of = typed(make_call1(t, m->n, map, json), TYPE_STRUCT);
        return table_of(m, make_call1(t, m->n, "unnest", of), true);
    }
    case DIALECT_SPARK:
        return as_view(m, typed(make_call1(t, m->n, map, json), TYPE_STRUCT));
    default:
        return NULL;
    }
}

static SqlNode *value_of(const Members *m)
{
    Translator *t = m->s->t;
    SqlNode *n = make_column(t, m->n, m->alias, S("value"));
    n->type = m->how == 'X' ? TYPE_TEXT : TYPE_STRUCT;
    if (m->how != 'X') return n;
    if (t->to == DIALECT_SNOWFLAKE) return make_cast(t, n, "VARCHAR");
    if (t->to != DIALECT_DUCKDB) return n;
    SqlNode *how = make_word(t, m->n, S("X"));
    n->type = TYPE_STRUCT;
    return typed(make_call3(t, m->n, "json_get", n, make_string(t, m->n, S("$")), how), TYPE_TEXT);
}

SqlNode *foreign_members(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call)
{
    Translator *t = s->t;
    Members m = {.s = s, .n = n, .alias = from_alias(t, alias)};
    if (n->flags & FLAG_ORDINALITY || !read_members(&m, call)) return NULL;
    SqlNode *one = in_target(&m);
    if (!one) return NULL;
    Virtual *v = virtual_new(s, n->id, m.alias);
    for (int i = 0; i <= m.key || i <= m.value; i++) {
        SqlNode *key = i == m.key ? make_column(t, n, m.alias, S("key")) : NULL;
        if (key) key->type = TYPE_TEXT;
        virtual_add(s, v, key ? key : i == m.value ? value_of(&m) : NULL);
    }
    return one;
}
