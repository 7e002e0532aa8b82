// rule_write: a table that is changed and read in one statement.
#include "sql/rule.h"

static const SqlNode *reads_table(RuleRun *r, const SqlNode *n, const SqlNode *name, bool inside)
{
    if (!n || n->kind == NODE_DERIVED || n->kind == NODE_WITH || !rule_step(r)) return NULL;
    inside = inside || n->kind == NODE_QUERY;
    if (inside && n->kind == NODE_TABLE && str_eq_nocase(sql_last(n)->text, name->text)) return n;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = reads_table(r, n->child[i], name, inside);
        if (found) return found;
    }
    return NULL;
}

// A derived table is read before anything is changed, and so does no harm.
static void check_target(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool deletes = n->kind == NODE_DELETE;
    const SqlNode *target = n->child[deletes ? DELETE_TABLE : UPDATE_TABLE];
    const SqlNode *more = n->child[deletes ? DELETE_USING : UPDATE_FROM];
    if (!target || target->kind != NODE_TABLE || more) return;
    static const int roles[][2] = {{UPDATE_SET, UPDATE_WHERE}, {DELETE_WHERE, DELETE_WHERE}};
    for (int i = 0; i < 2; i++) {
        const SqlNode *name = sql_last(target);
        const SqlNode *read = reads_table(r, n->child[roles[deletes][i]], name, false);
        if (!read) continue;
        rule_refuse(r, read, HOME_NONE, (Str){0},
                    "MySQL does not read the table that it changes in a subquery (MySQL: You can't "
                    "specify target table '" STR_FMT
                    "' for update in FROM clause): read it in a derived "
                    "table, (SELECT * FROM (SELECT …) t).",
                    STR_ARG(name->text));
        return;
    }
}

const SqlRule rule_target = {
    "a subquery that reads the table being changed", MY, {NODE_DELETE, NODE_UPDATE}, check_target};

static void check_where(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool deletes = n->kind == NODE_DELETE;
    if (n->child[deletes ? DELETE_WHERE : UPDATE_WHERE]) return;
    rule_refuse(r, n, HOME_NONE, (Str){0},
                "BigQuery changes all rows only where that is said (BigQuery: %s must have a WHERE "
                "clause): write WHERE TRUE.",
                deletes ? "DELETE" : "UPDATE");
}

const SqlRule rule_write_where = {
    "UPDATE or DELETE without WHERE", BIG, {NODE_DELETE, NODE_UPDATE}, check_where};

// A WHEN without a condition takes all rows of its kind: what stands behind it would take none.
static void check_when(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i);
        for (uint32_t k = 0; k < i; k++) {
            const SqlNode *before = sql_tail(n, k);
            if (before->op != when->op || before->child[MERGE_GUARD]) continue;
            rule_refuse(r, when, HOME_MERGE_WHEN, (Str){0},
                        "This WHEN is never reached: one of its kind without a condition stands "
                        "before it and takes all rows. Put that one last.");
            return;
        }
    }
}

const SqlRule rule_merge_when = {"a WHEN of MERGE behind one of its kind without a condition",
                                 PG | SNOW | SPARK,
                                 {NODE_MERGE},
                                 check_when};
