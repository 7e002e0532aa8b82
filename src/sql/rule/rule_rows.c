// rule_rows: functions that make rows: the names of their columns, and groups of what they make.
#include "sql/rule.h"

// ---- Spark: as many names as columns

static bool is_named(const SqlNode *call, const char *name)
{
    return call && call->kind == NODE_CALL && str_eq_nocase(call->text, str_from(name));
}

// How many columns it makes; 0 where that is not known to differ from so many.
static uint32_t columns_made(const RuleRun *r, const SqlNode *call, uint32_t named)
{
    bool plain = is_named(call, "EXPLODE") || is_named(call, "EXPLODE_OUTER");
    bool at = is_named(call, "POSEXPLODE") || is_named(call, "POSEXPLODE_OUTER");
    if (!(plain || at) || sql_tail_count(call) != 1) return 0;
    SqlType t = r->meaning->types[sql_tail(call, 0)->id];
    if (t.type == TYPE_ARRAY) return at ? 2 : 1;
    if (t.document == DOCUMENT_MAP) return at ? 3 : 2;
    return at && named == 1 ? 2 : 0; // a place and a value at least
}

static void check_names(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool view = n->kind == NODE_LATERAL_VIEW;
    const SqlNode *call = n->child[view ? VIEW_CALL : ITEM_VALUE];
    const SqlNode *alias = n->child[view ? VIEW_ALIAS : ITEM_ALIAS];
    const SqlNode *names = view && alias ? alias->child[ALIAS_COLUMNS] : alias;
    if (!names) return;
    uint32_t named = names->kind == NODE_LIST ? sql_tail_count(names) : 1;
    uint32_t made = columns_made(r, call, named);
    if (!made || named == made) return;
    rule_refuse(r, names, HOME_NONE, (Str){0},
                STR_FMT " makes %u column%s here, and %u %s named. (Spark: "
                        "UDTF_ALIAS_NUMBER_MISMATCH)",
                STR_ARG(call->text), made, made == 1 ? "" : "s", named, named == 1 ? "is" : "are");
}

const SqlRule rule_rows_names = {
    "as many names as EXPLODE makes columns", SPARK, {NODE_ITEM, NODE_LATERAL_VIEW}, check_names};

// ---- DuckDB: UNNEST is no key of a group

static void check_group(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *group = n->child[SELECT_GROUP], *items = n->child[SELECT_ITEMS];
    if (!group) return;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i);
        const SqlNode *value = item->kind == NODE_ITEM ? item->child[ITEM_VALUE] : NULL;
        bool keyed = group->flags & FLAG_ALL;
        if (!is_named(value, "UNNEST")) continue;
        for (uint32_t k = 0; k < sql_tail_count(group) && !keyed; k++) {
            const SqlNode *key = sql_tail(group, k);
            uint32_t at;
            keyed = rule_is_position(key, &at) ? rule_item_at(items, key) == item
                                               : rule_value(r, key) == value;
        }
        if (!keyed) continue;
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "DuckDB does not group by what UNNEST makes in the list of items: unnest in "
                    "FROM or in a CTE, then group. (DuckDB: Cannot group on an UNNEST or UNLIST "
                    "clause)");
    }
}

const SqlRule rule_rows_group = {
    "a group by what UNNEST makes in the same list", DUCK, {NODE_SELECT}, check_group};
