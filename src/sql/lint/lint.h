// lint: what the rules of a reviewer share. A rule is a file with one LintRule and a row in lint.c.
//
// A rule looks at every node of its kind and speaks only where the tree proves the trap: a right
// query, written by a careful person, hears nothing. Names and types come from SqlMeaning; where it
// knows nothing, a rule is silent.
#ifndef SQL_LINT_LINT_H
#define SQL_LINT_LINT_H
#include "sql/fn.h"

typedef struct Lint Lint;
typedef struct {
    const char *name; // "no-tiebreaker"
    SqlKind kind;
    void (*look)(Lint *l, const SqlNode *n);
    const char *instead; // the counter-move: one sentence
} LintRule;
extern const LintRule lint_always_true, lint_and_or, lint_average_filled, lint_average_of_averages,
    lint_between_moments, lint_between_open_end, lint_between_reversed, lint_between_versions,
    lint_case_counts, lint_case_null, lint_coalesce_join, lint_compare_null, lint_compares_itself,
    lint_correlated, lint_count_column, lint_count_distinct, lint_count_exists, lint_count_outer,
    lint_cross_join, lint_current_for_history, lint_date_format, lint_date_format_between,
    lint_distinct_group, lint_distinct_join, lint_distinct_number, lint_distinct_on,
    lint_distinct_star, lint_division, lint_exists_always, lint_fan_out, lint_fan_trap,
    lint_function_on_column, lint_having, lint_integer_division, lint_join_or, lint_lag_across,
    lint_last_value, lint_latest_ties, lint_like_moment, lint_like_plain, lint_like_underscore,
    lint_limit, lint_list_order, lint_mean, lint_moment_date, lint_month_alone, lint_natural_join,
    lint_never_true, lint_no_tiebreaker, lint_not_in, lint_now_load, lint_nulls_first,
    lint_order_inside, lint_outer_undone, lint_pairs, lint_rank_gap, lint_recursion, lint_repeated,
    lint_rows_for_days, lint_running_ties, lint_select_star, lint_sum_distinct, lint_sum_ones,
    lint_unequal_null, lint_union, lint_unused_cte;

struct Lint {
    Arena *arena;
    const SqlScript *script;
    const SqlMeaning *meaning;
    const SqlNode **parents; // by node id
    const LintRule *rule;    // that looks just now
    VEC(SqlFinding) found;
};

void lint_say(Lint *l, const SqlNode *place, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// The same of a place that no node begins at: a byte of the source.
void lint_say_at(Lint *l, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

// The counter-move of what was said last, in the names of this query.
void lint_instead(Lint *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// What a node was written as, where that is short and on one line; else empty.
Str lint_text(const Lint *l, const SqlNode *n);

// ---- around a node
const SqlNode *lint_parent(const Lint *l, const SqlNode *n);               // NULL at the top
const SqlNode *lint_around(const Lint *l, const SqlNode *n, SqlKind kind); // the nearest such
bool lint_within(const Lint *l, const SqlNode *n, const SqlNode *whole);
// The first node of the tree for which `is` holds, NULL when there is none. Queries inside are
// walked too unless `stop` says that n is not gone into.
typedef bool LintTest(const Lint *l, const SqlNode *n);
const SqlNode *lint_find(const Lint *l, const SqlNode *n, LintTest *is, LintTest *stop);
bool lint_holds(const SqlNode *n, const SqlNode *part); // a part that is the same expression
bool lint_is_query(const Lint *l, const SqlNode *n);    // a stop for lint_find

// ---- functions, by what they mean, whatever their spelling
bool lint_is_fn(const Lint *l, const SqlNode *n, const char *meaning);
bool lint_is_aggregate(const Lint *l, const SqlNode *n); // and no window
bool lint_is_window(const Lint *l, const SqlNode *n);    // any call with OVER
// EXTRACT(MONTH FROM d), MONTH(d), DATE_PART('month', d): "MONTH" and d; "" for another call.
Str lint_date_part(const Lint *l, const SqlNode *n, const SqlNode **time);
const SqlNode *lint_window(const Lint *l, const SqlNode *call); // its WINDOW, a named one too

// ---- columns and tables
const SqlBinding *lint_binding(const Lint *l, const SqlNode *column); // NULL = not known
bool lint_reads(const Lint *l, const SqlNode *n,
                const SqlNode *source);                             // a column of it; n may be NULL
const SqlColumn *lint_column(const Lint *l, const SqlNode *column); // as its source has it
// The expression behind a column of a CTE or derived table, where it is that of one SELECT.
const SqlNode *lint_item_behind(const Lint *l, const SqlNode *column);
// The column that one of a CTE or derived table stands for, in its FROM; false = it is no column.
bool lint_origin(const Lint *l, const SqlNode **source, uint32_t *column);
// The same through a few CTEs; what is no such column is itself.
const SqlNode *lint_behind(const Lint *l, const SqlNode *n);
bool lint_is_base(const Lint *l, const SqlNode *source); // a table of the schema, no CTE
Str lint_source_name(const SqlNode *source);             // its alias, or its own name
LogicalType lint_type(const Lint *l, const SqlNode *n);
bool lint_is_constant(const Lint *l, const SqlNode *n); // reads no column
bool lint_is_date_text(const SqlNode *n);               // '2025-01-31', without a time of day
// The tables, derived tables … of a FROM, joins taken apart; at most `most`.
size_t lint_sources(const SqlNode *from, const SqlNode **out, size_t most);
// The members of a chain of ANDs; a condition without one is its own. At most `most`.
size_t lint_conjuncts(const SqlNode *condition, const SqlNode **out, size_t most);

// ---- NULL and zero
// The condition is not true where all columns of the source are NULL, as in the row that an outer
// join adds. NULL conditions reject nothing.
bool lint_rejects(const Lint *l, const SqlNode *condition, const SqlNode *source);
// May an outer join in `from`, a FROM or a JOIN, add rows without the source? `below`: is the
// source there at all? May be NULL.
bool lint_is_optional(const SqlNode *from, const SqlNode *source, bool *below);
// By the schema, or because WHERE or an inner join has left its NULLs out. False: not known.
bool lint_never_null(const Lint *l, const SqlNode *expression);

// A number but 0, NULLIF, a count over a group …: it may be NULL.
bool lint_is_nonzero(const Lint *l, const SqlNode *n);

// ---- two branches of one table in one FROM
typedef struct {
    const SqlNode *call;           // SUM, AVG or COUNT; NULL = there is no such thing
    const SqlNode *summed, *other; // the branch that it reads, and the one that multiplies it
} LintFan;
LintFan lint_fan_of(const Lint *l, const SqlNode *select);

// ---- is a row known by these columns?
typedef enum { UNIQUE_UNKNOWN, UNIQUE_YES, UNIQUE_NO } Unique;
typedef struct {
    const SqlNode *at[24]; // COLUMNs; other expressions do not help
    size_t len;
} LintColumns;
void lint_add_columns(LintColumns *c, const SqlNode *list);
// Whether the rows that FROM of `select` makes can be told apart by the columns: UNIQUE_NO when a
// table that is known to have no such key is read.
Unique lint_unique(const Lint *l, const SqlNode *select, const LintColumns *c);
// Some key of the table is known, or of that whose rows a CTE passes on; its groups are one.
bool lint_has_key(const Lint *l, const SqlNode *source);
// One of its keys is among these names, as in USING.
bool lint_names_key(const Lint *l, const SqlNode *source, const SqlNode *names);
// The same for one table, derived table or CTE.
Unique lint_unique_in(const Lint *l, const SqlNode *source, const LintColumns *c);
// The join has at most one row of its right table for each row of the left side.
bool lint_finds_one(const Lint *l, const SqlNode *join);
// It reads nothing but these columns.
bool lint_made_of(const SqlNode *n, const LintColumns *c);
// All that is shown is made of these columns: rows that tie in them are the same to everybody.
bool lint_shows_only(const SqlNode *select, const LintColumns *c);
#endif
