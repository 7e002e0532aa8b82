// lower: what the passes over whole queries share: who is who, and a SELECT put into another one.
#ifndef SQL_LOWER_H
#define SQL_LOWER_H
#include "sql/translate.h"

// ---- who is who (lower_value.c)
// What a COLUMN means; NULL when it is not known.
const SqlBinding *node_binding(const Translator *t, const SqlNode *column);
// The same value, by whatever names the two call it.
bool same_value(const Translator *t, const SqlNode *a, const SqlNode *b);
bool holds_window(const SqlNode *n);    // outside subqueries
bool holds_aggregate(const SqlNode *n); // of this level: outside subqueries and OVER
bool is_aggregate(const SqlNode *n);
bool is_window(const SqlNode *n);
bool is_position(const SqlNode *n); // a number in ORDER BY or GROUP BY
// The item of `items` whose alias a column is; NULL when it is none of them.
SqlNode *item_meant(const Translator *t, const SqlNode *items, const SqlNode *column);
// Replaces nodes from the top: what `f` gives is not looked into. `f` gives NULL to go on inside.
// Subqueries are entered.
SqlNode *value_map(Translator *t, SqlNode *n, SqlNode *(*f)(void *, SqlNode *), void *ctx);
SqlNode *value_again(Translator *t, const SqlNode *value, const SqlNode *place); // a copy
// Its columns by the names of their tables: where nearer tables may have columns of the same names.
SqlNode *value_qualified(Translator *t, SqlNode *value);
SqlNode *aliases_spelled(Translator *t, const SqlNode *items, SqlNode *n); // by what they stand for
const SqlStar *star_meant(const Translator *t, const SqlNode *star);
// The items of a SELECT without stars; NULL, with a refusal, where the columns are not known.
SqlNode *items_spelled(Translator *t, const SqlNode *select);
SqlNode *star_column(Translator *t, const SqlNode *select, const SqlNode *place,
                     const SqlStarColumn *c);

void lower_deep(Translator *t, SqlNode *root);      // aggregates where only a subquery sees them
void lower_dependent(Translator *t, SqlNode *root); // lower_depend.c

// ---- a SELECT inside another one (lower_shell.c)
typedef struct {
    Str inner;   // its name in the derived table: there is no other of that name
    Str name;    // what it is called outside; "" = nothing
    bool quoted; // … in quotes
    SqlNode *value;
    const SqlNode *item;
} ShellColumn;
typedef struct {
    Translator *t;
    SqlNode *select; // the inner one
    Str alias;       // of the derived table
    VEC(ShellColumn) columns;
    bool distinct; // the inner one was SELECT DISTINCT: the outer one is
} Shell;
// Takes the select's items apart; false, with a refusal, when it has columns that are not known.
bool shell_open(Shell *s, Translator *t, SqlNode *select);
// A further column of the inner select, as the outer one sees it.
SqlNode *shell_hide(Shell *s, SqlNode *value, const char *stem);
// The value of an ORDER BY or DISTINCT ON: the inner expression it means.
SqlNode *shell_value(const Shell *s, SqlNode *value);
// ORDER BY as the outer select sees it; what it lacks is hidden in the inner one.
void shell_order(Shell *s, SqlNode *order);
SqlNode *shell_output(const Shell *s, const SqlNode *place, size_t i); // as seen outside
SqlNode *shell_close(Shell *s);                                        // the outer select
// The same over any body: the columns are those of its first arm.
bool shell_over(Shell *s, Translator *t, SqlNode *body);
SqlNode *shell_around(Shell *s, SqlNode *body);
// Of any body of a query: a plain SELECT that gives the same; the query's ORDER BY follows.
bool query_settle(Translator *t, SqlNode *query);

// ---- the passes (lower.c)
void lower_with(Translator *t, SqlNode *root);      // before all others: names of CTEs
SqlNode *lower_names(Translator *t, SqlNode *root); // then all other names
void lower_variables(Translator *t, SqlNode *root); // then MySQL's variables
SqlNode *lower_order(Translator *t, SqlNode *order);
void lower_order_outputs(Translator *t, SqlNode *query);
SqlNode *lower_query(Translator *t, SqlNode *query);
SqlNode *lower_having(Translator *t, SqlNode *select);
SqlNode *lower_setop(Translator *t, SqlNode *setop);
SqlNode *arm_wrapped(Translator *t, SqlNode *body);      // SELECT * FROM (body)
SqlNode *lower_text_there(Translator *t, SqlNode *call); // lower_text.c
SqlNode *lower_like_there(Translator *t, SqlNode *like);
SqlNode *lower_quantified(Translator *t, SqlNode *n);
SqlNode *lower_in(Translator *t, SqlNode *n);
void lower_grouping(Translator *t, SqlNode *query);
SqlNode *single_row(Translator *t, SqlNode *subquery); // fails where there are several
#endif
