// lower_assign: values become what their column is, where the home engine casts them when it
// writes: a moment in a date column loses its time, 1.5 in a whole number is rounded.
#include "sql/lower_write.h"
#include "sql/neutral_time.h"

static bool is_time(LogicalType t)
{
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

static bool is_cast(LogicalType from, LogicalType to)
{
    if (from == to) return false;
    if (is_time(to)) return is_time(from) || from == TYPE_TEXT;
    if (to == TYPE_INTEGER) return from == TYPE_REAL || from == TYPE_TEXT;
    return to == TYPE_REAL && from == TYPE_TEXT;
}

// What stands there as a text is read as it is.
static SqlNode *assigned(Translator *t, SqlNode *value, LogicalType to)
{
    LogicalType from = node_type(value);
    if (value->kind == NODE_STRING || !is_cast(from, to)) return value;
    if (is_time(to)) return time_cast(t, value, to, false);
    SqlNode *n = make_node(t, NODE_CAST, value, 0), *type = make_node(t, NODE_TYPE, value, 0);
    type->text = to == TYPE_INTEGER ? S("BIGINT") : S("DOUBLE");
    n->op = OP_CAST;
    n->child[CAST_VALUE] = value;
    n->child[CAST_TYPE] = type;
    n->type = (uint8_t)to;
    return n;
}

static LogicalType type_named(SqlColumns of, Str name)
{
    for (size_t i = 0; i < of.len; i++) {
        if (str_eq_nocase(of.at[i].name, name)) return of.at[i].type;
    }
    return TYPE_UNKNOWN;
}

void assign_set(Translator *t, SqlColumns of, const SqlNode *set)
{
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        SqlNode *one = sql_tail(set, i), *to = one->child[ASSIGN_TARGET];
        SqlNode **value = &one->child[ASSIGN_VALUE];
        if (to->kind == NODE_COLUMN && (*value)->kind != NODE_DEFAULT)
            *value = assigned(t, *value, type_named(of, sql_last(to)->text));
    }
}

static LogicalType type_at(SqlColumns of, const SqlNode *names, uint32_t i)
{
    if (!names) return i < of.len ? of.at[i].type : TYPE_UNKNOWN;
    return i < sql_tail_count(names) ? type_named(of, sql_tail(names, i)->text) : TYPE_UNKNOWN;
}

void assign_values(Translator *t, SqlColumns of, const SqlNode *names, SqlNode *values)
{
    uint32_t roles = values ? sql_roles(sql_kind_of(values)) : 0;
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        SqlNode **value = &values->child[roles + i];
        if ((*value)->kind == NODE_DEFAULT) continue;
        *value = assigned(t, *value, type_at(of, names, i));
    }
}

// A query is left whole: what it groups and what it takes once is as it was before the cast.
static void assign_rows(Translator *t, SqlColumns of, SqlNode *n)
{
    SqlNode *query = n->child[INSERT_QUERY], *names = n->child[INSERT_COLUMNS];
    SqlColumns given = query_columns(t, query);
    size_t most = names ? sql_tail_count(names) : of.len;
    bool casts = false;
    if (given.open || of.open || given.len > most) return;
    for (uint32_t i = 0; i < given.len; i++)
        casts = casts || is_cast(given.at[i].type, type_at(of, names, i));
    if (!casts) return;
    Names all = {0};
    SqlNode *items = make_node(t, NODE_LIST, n, 0), *place = make_node(t, NODE_LIST, n, 0);
    Str alias = make_name(t, "q");
    for (uint32_t i = 0; i < given.len; i++) {
        Str name = names ? sql_tail(names, i)->text : of.at[i].name;
        SqlNode *column = make_column(t, n, alias, name);
        *vec_push(t->arena, &all) = name;
        column->type = (uint8_t)given.at[i].type;
        node_add_tail(t, items, make_item(t, assigned(t, column, type_at(of, names, i)), (Str){0}));
    }
    n->child[INSERT_QUERY] = write_query(t, n, items, derived_named(t, place, query, alias, &all));
}

void assign_insert(Translator *t, SqlNode *n)
{
    SqlColumns of = source_columns(t, n->child[INSERT_TABLE]->id);
    SqlNode *query = n->child[INSERT_QUERY], *body = query ? query->child[QUERY_BODY] : NULL;
    if (!body || n->child[INSERT_PARTITION]) return;
    if (body->kind != NODE_VALUES) assign_rows(t, of, n);
    for (uint32_t i = 0; body->kind == NODE_VALUES && i < body->count; i++)
        assign_values(t, of, n->child[INSERT_COLUMNS], body->child[i]);
}
