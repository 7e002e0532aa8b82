// using: the two sides of a column that USING or NATURAL makes one.
#include "sql/scope.h"

static bool is_half(const SqlNode *join)
{
    return join->op == OP_SEMI || join->op == OP_ANTI;
}

static bool column_in(const SqlMeaning *m, const SqlNode *source, Str name, SqlSide *out)
{
    const SqlColumns *c = &m->sources[source->id];
    for (size_t i = 0; i < c->len; i++) {
        if (!str_eq_nocase(c->at[i].name, name)) continue;
        *out = (SqlSide){source, (uint32_t)i, &c->at[i]};
        return true;
    }
    return false;
}

// A merged column stands for those that it is made of.
bool sql_using_side(const SqlMeaning *m, const SqlNode *from, Str name, SqlSide *out)
{
    if (!from) return false;
    if (from->kind == NODE_JOIN) {
        if (!is_half(from) && column_in(m, from, name, out)) return true;
        if (sql_using_side(m, from->child[JOIN_LEFT], name, out)) return true;
        return !is_half(from) && sql_using_side(m, from->child[JOIN_RIGHT], name, out);
    }
    if (from->kind == NODE_LATERAL_VIEW && sql_using_side(m, from->child[VIEW_LEFT], name, out))
        return true;
    return column_in(m, from, name, out);
}
