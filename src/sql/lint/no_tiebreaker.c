// no_tiebreaker: ROW_NUMBER over an order in which rows can tie numbers them by luck.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "row_number")) return;
    const SqlNode *over = lint_window(l, n), *select = lint_around(l, n, NODE_SELECT);
    if (!over || !select || over->text.len) return;
    const SqlNode *order = over->child[WINDOW_ORDER];
    if (!order) {
        if (over->child[WINDOW_PARTITION])
            lint_say(l, n, "ROW_NUMBER() without ORDER BY numbers the rows of a group by luck.");
        return;
    }
    LintColumns c = {.len = 0};
    lint_add_columns(&c, over->child[WINDOW_PARTITION]);
    lint_add_columns(&c, order);
    if (!c.len || lint_shows_only(select, &c) || lint_unique(l, select, &c) != UNIQUE_NO) return;
    const SqlNode *last = sql_tail(order, sql_tail_count(order) - 1)->child[ONLY];
    Str text = lint_text(l, last);
    if (!text.len) text = S("the last key");
    lint_say(l, n,
             "Rows that are equal in " STR_FMT " too are numbered by luck: nothing breaks the "
             "tie.",
             STR_ARG(text));
    const SqlNode *sources[2];
    size_t count = lint_sources(select->child[SELECT_FROM], sources, 2);
    const SqlTable *t = count == 1 ? l->meaning->tables[sources[0]->id] : NULL;
    if (t && t->key.len == 1)
        lint_instead(l, "End the ORDER BY with what is unique: " STR_FMT "." STR_FMT ".",
                     STR_ARG(lint_source_name(sources[0])), STR_ARG(t->key.at[0]));
}

const LintRule lint_no_tiebreaker = {
    .name = "no-tiebreaker",
    .kind = NODE_CALL,
    .look = look,
    .instead = "End the ORDER BY with a column that is unique, such as the event's id.",
};
