// month_alone: GROUP BY the month of a date without its year adds up the Januaries of all years.
#include "sql/lint/lint.h"

// EXTRACT(MONTH FROM d), MONTH(d) …: d.
static const SqlNode *month_of(const Lint *l, const SqlNode *n)
{
    const SqlNode *date = NULL;
    return str_eq(lint_date_part(l, n, &date), S("MONTH")) ? date : NULL;
}

// What a key of GROUP BY stands for: an item by its place or alias, or itself.
static const SqlNode *key_meant(const SqlNode *select, const SqlNode *key)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    int64_t place = 0;
    bool number = key->kind == NODE_NUMBER && str_to_i64(key->text, &place);
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i), *alias = item->child[ITEM_ALIAS];
        bool named = alias && key->kind == NODE_COLUMN && sql_tail_count(key) == 1 &&
                     str_eq_nocase(alias->text, sql_last(key)->text);
        if (named || (number && place == (int64_t)i + 1)) return item->child[ITEM_VALUE];
    }
    return key;
}

// Of the dates that a condition on the column leaves, all may be of one year.
static bool is_bounded(const SqlNode *select, const SqlNode *date)
{
    const SqlNode *column = date;
    while (column->kind == NODE_CAST) column = column->child[CAST_VALUE];
    return lint_holds(select->child[SELECT_WHERE], column);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *group = n->child[SELECT_GROUP], *month = NULL, *date = NULL;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *key = key_meant(n, sql_tail(group, i));
        const SqlNode *of = key ? month_of(l, key) : NULL;
        if (of) month = key, date = of;
    }
    LogicalType type = lint_type(l, date);
    if (!date || (type != TYPE_DATE && type != TYPE_TIMESTAMP) || is_bounded(n, date)) return;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *key = key_meant(n, sql_tail(group, i));
        if (key && key != month && !month_of(l, key) && lint_holds(key, date)) return; // its year
    }
    const SqlBinding *b = lint_binding(l, date);
    if (!b || !lint_is_base(l, b->source)) return;
    lint_say(l, month, "The same month of every year falls into one group: nothing says the year.");
}

const LintRule lint_month_alone = {
    .name = "month-without-year",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Group by the date cut to the month, or by the year as well.",
};
