// distinct_group: DISTINCT beside GROUP BY, whose groups are distinct already.
#include "sql/lint/lint.h"

static bool shows(const SqlNode *items, const SqlNode *key)
{
    int64_t at;
    bool position = key->kind == NODE_NUMBER && str_to_i64(key->text, &at);
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i), *alias = item->child[ITEM_ALIAS];
        if (position && at == (int64_t)i + 1) return true;
        if (sql_same(item->child[ITEM_VALUE], key)) return true;
        bool named = alias && key->kind == NODE_COLUMN && sql_tail_count(key) == 1;
        if (named && str_eq_nocase(alias->text, sql_last(key)->text)) return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *group = n->child[SELECT_GROUP];
    bool plain = group && !group->op && !(group->flags & FLAG_ALL);
    if (!(n->flags & FLAG_DISTINCT) || n->child[SELECT_ON] || !plain) return;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        if (!shows(n->child[SELECT_ITEMS], sql_tail(group, i))) return;
    }
    lint_say(l, n,
             "Each group gives one row, and its keys are shown: DISTINCT finds nothing to do.");
}

const LintRule lint_distinct_group = {
    .name = "distinct-beside-group",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Leave DISTINCT out; it says that copies were expected.",
};
