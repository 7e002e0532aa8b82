// alias: where each dialect sees the aliases of SELECT, and whether a column of the tables wins.
//
// A row a dialect, as its manual has it. Sight in ORDER BY is of names inside expressions: alone,
// an output's name is seen everywhere. Where a manual is silent the alias is seen: what is refused
// there would be a guess.
#include "sql/scope.h"
#include <assert.h>

enum {
    IN_ITEM = 1 << CLAUSE_ITEM,
    IN_WHERE = 1 << CLAUSE_WHERE,
    IN_GROUP = 1 << CLAUSE_GROUP,
    IN_HAVING = 1 << CLAUSE_HAVING,
    IN_WINDOW = 1 << CLAUSE_WINDOW,
    IN_QUALIFY = 1 << CLAUSE_QUALIFY,
    IN_ORDER = 1 << CLAUSE_ORDER,
    IN_ANY = IN_ITEM | IN_WHERE | IN_GROUP | IN_HAVING | IN_WINDOW | IN_QUALIFY | IN_ORDER,
};

static const struct {
    unsigned seen;   // in these clauses
    unsigned before; // … and there before the columns of the tables
    bool grouped;    // in HAVING and QUALIFY a column wins only when GROUP BY names it
    bool alone;      // in GROUP BY: only where it is the whole expression
} rows[] = {
    [DIALECT_SQLITE] = {IN_ANY & ~IN_ITEM & ~IN_WINDOW, 0, false, false},
    [DIALECT_SNOWFLAKE] = {IN_ANY, 0, true, false},
    [DIALECT_BIGQUERY] = {IN_GROUP | IN_HAVING | IN_QUALIFY | IN_ORDER,
                          IN_GROUP | IN_HAVING | IN_QUALIFY | IN_ORDER, false, false},
    [DIALECT_SPARK] = {IN_ITEM | IN_GROUP | IN_HAVING | IN_ORDER | IN_QUALIFY | IN_WINDOW,
                       IN_HAVING | IN_ORDER, false, false},
    [DIALECT_POSTGRES] = {IN_GROUP, 0, false, true},
    [DIALECT_TRINO] = {IN_ORDER, IN_ORDER, false, false},
    [DIALECT_MYSQL] = {IN_GROUP | IN_HAVING | IN_ORDER, 0, true, false},
    [DIALECT_DUCKDB] = {IN_ANY, 0, true, false},
    [DIALECT_FLINK] = {IN_ORDER, IN_ORDER, false, false},
};
static_assert(sizeof rows / sizeof *rows == DIALECT_COUNT_, "a row for every dialect");

// The item whose alias this is: in the list itself one that stands before the name, not around it;
// of two with one name the first, in DuckDB the last.
const SqlNode *alias_item(const Resolver *r, const Scope *s, const SqlNode *n)
{
    if (!s->items || sql_tail_count(n) != 1) return NULL;
    const SqlNode *name = sql_last(n), *found = NULL;
    bool last = r->dialect == DIALECT_DUCKDB;
    for (uint32_t i = sql_roles(sql_kind_of(s->items)); i < s->items->count; i++) {
        const SqlNode *item = s->items->child[i], *alias = item->child[ITEM_ALIAS];
        if ((found && !last) || (s->clause == CLAUSE_ITEM && item->end > n->at)) break;
        if (alias && name_same(r->dialect, alias, name)) found = item;
    }
    return found;
}

static bool is_grouped(const Resolver *r, const SqlNode *select, const SqlNode *n)
{
    const SqlNode *group = select->kind == NODE_SELECT ? select->child[SELECT_GROUP] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *e = sql_tail(group, i);
        if (e->kind == NODE_COLUMN && name_same(r->dialect, sql_last(e), sql_last(n))) return true;
    }
    return false;
}

AliasSight alias_rule(Dialect d, Clause clause, bool whole)
{
    bool seen = rows[d].seen >> clause & 1 && (clause != CLAUSE_GROUP || whole || !rows[d].alone);
    if (!seen) return ALIAS_HIDDEN;
    return rows[d].before >> clause & 1 ? ALIAS_BEFORE_COLUMNS : ALIAS_BEHIND_COLUMNS;
}

AliasSight alias_sight(const Resolver *r, const Scope *s, const SqlNode *n)
{
    unsigned clause = 1u << s->clause;
    if (!(rows[r->dialect].seen & clause)) return ALIAS_HIDDEN;
    if (s->clause == CLAUSE_GROUP && rows[r->dialect].alone && n != s->root) return ALIAS_HIDDEN;
    // HAVING COUNT(DISTINCT x) counts the table's x, in every dialect, whatever an item is called.
    if (s->aggregated) return r->dialect == DIALECT_DUCKDB ? ALIAS_HIDDEN : ALIAS_BEHIND_COLUMNS;
    if (rows[r->dialect].before & clause) return ALIAS_BEFORE_COLUMNS;
    bool late = s->clause == CLAUSE_HAVING || s->clause == CLAUSE_QUALIFY;
    if (late && rows[r->dialect].grouped && !is_grouped(r, s->query, n))
        return ALIAS_BEFORE_COLUMNS;
    return ALIAS_BEHIND_COLUMNS;
}
