// lower_values: rows of VALUES, and lists of columns behind an alias, as other dialects have them.
//
// MySQL writes VALUES ROW(1, 2), Snowflake reads them in FROM only, BigQuery has neither VALUES nor
// t (a, b): a SELECT a row, whose first one names the columns.
#include "sql/lower.h"
#include "sql/lower_from.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

enum { ROWS_MAX = 300 }; // of a UNION ALL

// A column of intervals has one kind of them where there are two.
static bool intervals_clash(Translator *t, const SqlNode *values)
{
    SqlNode **column = arena_array(t->arena, SqlNode *, values->count);
    for (uint32_t c = 0; values->count && c < values->child[0]->count; c++) {
        for (uint32_t row = 0; row < values->count; row++)
            column[row] = c < values->child[row]->count ? values->child[row]->child[c] : NULL;
        if (interval_kinds_clash(t, column, values->count)) return true;
    }
    return false;
}

SqlNode *lower_values(Translator *t, SqlNode *n)
{
    if (is_foreign(t) && intervals_clash(t, n)) return n;
    uint32_t word = t->to == DIALECT_MYSQL ? FLAG_WORDS : 0;
    for (uint32_t i = 0; i < n->count && t->to != t->from; i++)
        n->child[i]->flags = (n->child[i]->flags & ~(uint32_t)FLAG_WORDS) | word;
    return n;
}

SqlNode *lower_inserted_values(Translator *t, SqlNode *n)
{
    const SqlNode *query = n->child[INSERT_QUERY];
    SqlNode *body = query && query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    bool values = is_foreign(t) && body && body->kind == NODE_VALUES;
    for (uint32_t i = 0; values && i < body->count; i++)
        body->child[i]->flags &= ~(uint32_t)FLAG_WORDS;
    return n;
}

// --- A SELECT a row ---

static SqlNode *row_select(Translator *t, const SqlNode *row, bool named)
{
    SqlNode *items = make_node(t, NODE_LIST, row, row->count);
    for (uint32_t i = 0; i < row->count; i++) {
        Str name = named ? values_name(t->arena, t->from, i) : (Str){0};
        items->child[i] = make_item(t, row->child[i], name);
    }
    return make_select(t, row, items);
}

static SqlNode *rows_union(Translator *t, SqlNode *values)
{
    SqlNode *all = NULL;
    for (uint32_t i = 0; i < values->count; i++) {
        SqlNode *one = row_select(t, values->child[i], !all);
        SqlNode *both = all ? make_node(t, NODE_SETOP, values, 0) : one;
        if (all) {
            both->op = OP_UNION;
            both->flags = FLAG_ALL;
            both->child[LEFT_SIDE] = all;
            both->child[RIGHT_SIDE] = one;
        }
        all = both;
    }
    return all;
}

static SqlNode *select_values(Translator *t, SqlNode *values)
{
    SqlNode *items = make_node(t, NODE_LIST, values, 1);
    items->child[0] = make_item(t, make_node(t, NODE_STAR, values, 0), (Str){0});
    SqlNode *select = make_select(t, values, items);
    select->child[SELECT_FROM] = make_from(t, make_derived(t, make_query(t, values), S("v")));
    return select;
}

// A query that is VALUES; those of an INSERT and of FROM stay as they are but in BigQuery.
static SqlNode *settled(Translator *t, SqlNode *query)
{
    SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_VALUES) return query;
    if (t->to == DIALECT_BIGQUERY) {
        if (body->count > ROWS_MAX)
            return translate_unsupported(t, body, "BigQuery has no VALUES, and these are many.");
        query->child[QUERY_BODY] = rows_union(t, body);
    } else if (t->to == DIALECT_SNOWFLAKE) {
        query->child[QUERY_BODY] = select_values(t, body);
    }
    return query;
}

SqlNode *lower_values_script(Translator *t, SqlNode *n)
{
    for (uint32_t i = 0; i < n->count && is_foreign(t); i++) {
        if (n->child[i]->kind == NODE_QUERY) n->child[i] = settled(t, n->child[i]);
    }
    return n;
}

SqlNode *lower_values_subquery(Translator *t, SqlNode *n)
{
    if (is_foreign(t) && n->child[ONLY] && n->child[ONLY]->kind == NODE_QUERY)
        n->child[ONLY] = settled(t, n->child[ONLY]);
    return n;
}

// --- Names ---

static Names names_of(Translator *t, const SqlNode *list)
{
    Names names = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        *vec_push(t->arena, &names) = sql_tail(list, i)->text;
    return names;
}

// The arms of a recursive CTE are named by the first of them.
static bool name_arm(Translator *t, SqlNode *query, const Names *names)
{
    SqlNode *arm = query->child[QUERY_BODY];
    if (arm->kind != NODE_SETOP) return false;
    while (arm->kind == NODE_SETOP) arm = arm->child[LEFT_SIDE];
    SqlNode *items = arm->kind == NODE_SELECT ? arm->child[SELECT_ITEMS] : NULL;
    if (!items || sql_tail_count(items) != names->len) return false;
    for (uint32_t i = 0; i < names->len; i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return false;
    }
    for (uint32_t i = 0; i < names->len; i++)
        sql_tail(items, i)->child[ITEM_ALIAS] = make_word(t, items, names->at[i]);
    return true;
}

SqlNode *lower_values_cte(Translator *t, SqlNode *n)
{
    if (!is_foreign(t) || n->child[CTE_QUERY]->kind != NODE_QUERY) return n;
    SqlNode *query = n->child[CTE_QUERY] = settled(t, n->child[CTE_QUERY]);
    if (t->to != DIALECT_BIGQUERY || !n->child[CTE_COLUMNS] || t->failed) return n;
    Names names = names_of(t, n->child[CTE_COLUMNS]);
    if (!name_arm(t, query, &names)) {
        SqlNode *named = derived_named(t, query, query, S("q"), &names);
        n->child[CTE_QUERY] = named->child[DERIVED_QUERY];
    }
    n->child[CTE_COLUMNS] = NULL;
    return n;
}

// The columns of VALUES that nobody named are called otherwise elsewhere.
static void keep_names(Translator *t, SqlNode *n, const SqlNode *values)
{
    SqlNode *alias = n->child[DERIVED_ALIAS];
    Str here = values_name(t->arena, t->from, 0), there = values_name(t->arena, t->to, 0);
    if ((alias && alias->child[ALIAS_COLUMNS]) || str_eq(here, there) || !values->count) return;
    if (!alias) alias = n->child[DERIVED_ALIAS] = make_alias(t, n, make_name(t, "v"));
    SqlNode *list = make_node(t, NODE_LIST, n, values->child[0]->count);
    for (uint32_t i = 0; i < list->count; i++)
        list->child[i] = make_word(t, n, values_name(t->arena, t->from, i));
    alias->child[ALIAS_COLUMNS] = list;
}

SqlNode *lower_values_derived(Translator *t, SqlNode *n)
{
    SqlNode *query = n->child[DERIVED_QUERY], *alias = n->child[DERIVED_ALIAS];
    if (!is_foreign(t) || query->kind != NODE_QUERY) return n;
    const SqlNode *values = query->child[QUERY_BODY];
    bool big = t->to == DIALECT_BIGQUERY;
    if (values->kind == NODE_VALUES && !big) {
        keep_names(t, n, values);
        if (t->to != DIALECT_SPARK && t->to != DIALECT_SNOWFLAKE && t->to != DIALECT_DUCKDB)
            n->flags &= ~(uint32_t)FLAG_BARE;
    }
    if (!big) return n;
    query = n->child[DERIVED_QUERY] = settled(t, query);
    n->flags &= ~(uint32_t)FLAG_BARE;
    if (!alias || !alias->child[ALIAS_COLUMNS] || t->failed) return n;
    Names names = names_of(t, alias->child[ALIAS_COLUMNS]);
    alias->child[ALIAS_COLUMNS] = NULL;
    if (name_arm(t, query, &names)) return n;
    return derived_named(t, n, query, alias->child[ALIAS_NAME]->text, &names);
}
