// lower_update: UPDATE and MERGE as other dialects write them: which names SET takes, and a joined
// UPDATE of MySQL as UPDATE … FROM.
#include "sql/home.h"
#include "sql/lower_write.h"

// SET t.a = … or SET a = … alone?
static bool takes_qualified(Dialect d)
{
    return d == DIALECT_MYSQL || d == DIALECT_SNOWFLAKE || d == DIALECT_BIGQUERY ||
           d == DIALECT_SPARK;
}

static void bare_there(Translator *t, const SqlNode *set)
{
    for (uint32_t i = 0; i < sql_tail_count(set) && !takes_qualified(t->to); i++) {
        SqlNode *to = sql_tail(set, i)->child[ASSIGN_TARGET];
        SqlNode *name = to->kind == NODE_COLUMN ? sql_last(to) : NULL;
        if (name) node_set_tail(t, to, &name, 1);
    }
}

typedef struct {
    SqlNode *target, *from, *where;
    const SqlNode *leaf; // the table that is set
} Joined;

// The tables of inner joins and what they are joined by; false: a join that FROM cannot say.
static bool take_join(Translator *t, SqlNode *n, Joined *out)
{
    if (n->kind != NODE_JOIN) {
        if (n == out->leaf) {
            out->target = n;
        } else if (!out->from) {
            out->from = make_from(t, n);
        } else {
            node_add_tail(t, out->from, n);
        }
        return true;
    }
    bool inner = (n->op == OP_INNER || n->op == OP_CROSS) && !n->child[JOIN_USING] &&
                 !(n->flags & FLAG_NATURAL);
    if (!inner || !take_join(t, n->child[JOIN_LEFT], out) ||
        !take_join(t, n->child[JOIN_RIGHT], out))
        return false;
    out->where = make_and(t, out->where, n->child[JOIN_ON]);
    return true;
}

static SqlNode *update_there(Translator *t, SqlNode *n)
{
    bool joined = n->child[UPDATE_TABLE]->kind == NODE_JOIN;
    if (joined && t->to == DIALECT_MYSQL) return n;
    Joined j = {.leaf = joined ? write_set_table(t, n) : n->child[UPDATE_TABLE]};
    if (t->failed) return n;
    if (t->from == DIALECT_MYSQL) write_set_in_order(t, n->child[UPDATE_SET], j.leaf->id);
    bare_there(t, n->child[UPDATE_SET]);
    if (!joined) return n;
    bool takes = sql_feature_in(FEATURE_UPDATE_FROM, t->to);
    if (!takes || !take_join(t, n->child[UPDATE_TABLE], &j)) {
        return translate_unsupported(t, n, "%s has no UPDATE of a join%s: write MERGE.",
                                     home_title(t->to), takes ? " like this" : "");
    }
    n->child[UPDATE_TABLE] = j.target;
    n->child[UPDATE_FROM] = j.from;
    n->child[UPDATE_WHERE] = make_and(t, j.where, n->child[UPDATE_WHERE]);
    return n;
}

void updates_there(Translator *t, SqlNode *script)
{
    for (uint32_t i = 0; i < script->count && !t->failed; i++) {
        SqlNode *n = script->child[i];
        if (n->kind == NODE_UPDATE) script->child[i] = update_there(t, n);
        for (uint32_t k = 0; n->kind == NODE_MERGE && k < sql_tail_count(n); k++)
            bare_there(t, sql_tail(n, k)->child[MERGE_SET]);
    }
}
