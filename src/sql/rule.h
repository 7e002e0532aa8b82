// rule: what a home engine refuses of a query whose names are all known: one file and one row each.
//
// A rule looks at the nodes of its kinds and refuses with a place and a sentence. It refuses only
// what it is sure of: a type or function that is not known, a table that is open, ends the look.
// The refusal that stands first in the text is the one that is told.
#ifndef SQL_RULE_H
#define SQL_RULE_H
#include "sql/fn.h"
#include "sql/home.h"

typedef struct {
    Arena *arena;
    const SqlScript *script;
    const SqlMeaning *meaning;
    Dialect dialect;
    const SqlNode *query; // the SELECT or statement whose names are those of the node
    const SqlNode *order; // of the query whose body the SELECT is that is being looked at, or NULL
    Error *err;
    uint32_t at; // of the first refusal so far
    bool failed;
    const struct SqlRule *rule; // that is being asked
    SqlNotes *noted;            // where what is only a spelling goes; NULL = it is refused, too
    uint64_t fuel;              // steps that are left: aliases of aliases could make them endless
} RuleRun;

enum { RULE_KINDS_MAX = 8 };
#define RULE_SPELLING (1u << 31) // what it means is plain: under the syntax amnesty it is a note

typedef struct SqlRule {
    const char *name;              // of what is refused: a line of the committed list
    unsigned in;                   // dialects that refuse it; RULE_SPELLING as well
    SqlKind kinds[RULE_KINDS_MAX]; // what it looks at; ends at 0
    void (*check)(RuleRun *r, const SqlNode *n, const SqlNode *parent);
} SqlRule;

extern const SqlRule rule_aggregate_nested, rule_aggregate_order, rule_aggregate_place,
    rule_ampersands, rule_argument_type, rule_arithmetic, rule_assign, rule_boolean, rule_case,
    rule_cast, rule_cast_between, rule_compare, rule_create_generated, rule_create_names,
    rule_create_primary, rule_create_value, rule_cte_names, rule_derived_alias, rule_derived_names,
    rule_distinct_map, rule_distinct_on, rule_distinct_order, rule_distinct_star,
    rule_document_arrow, rule_document_cast, rule_document_compare, rule_document_group,
    rule_document_sum, rule_extract_clock, rule_extreme_truth, rule_group, rule_in_empty,
    rule_in_limit, rule_in_width, rule_like, rule_limit, rule_listagg_order, rule_many_arguments,
    rule_merge_when, rule_minus_text, rule_mixed, rule_moments, rule_ntile, rule_offset_negative,
    rule_order_ambiguous, rule_order_setop, rule_over, rule_position, rule_qualify, rule_rank_frame,
    rule_recursive, rule_round_double, rule_row_place, rule_rows_group, rule_rows_names,
    rule_scalar_width, rule_setop_types, rule_star_argument, rule_sum_type, rule_table_twice,
    rule_target, rule_timestamp_add, rule_timestamp_compare, rule_window_distinct,
    rule_window_distinct_order, rule_window_frame, rule_window_name, rule_window_nested,
    rule_window_order, rule_window_place, rule_window_place_number, rule_window_range,
    rule_within_missing, rule_within_over, rule_write_where;

// Does the one value of the groups fix the column, as home follows it? rule_depend.c
typedef enum { INDEPENDENT, MAY_DEPEND, DEPENDENT } Dependency;
Dependency rule_depends(RuleRun *r, const SqlNode *select, const SqlNode *const *groups,
                        size_t count, const SqlBinding *column);

__attribute__((format(printf, 5, 6))) void rule_refuse(RuleRun *r, const SqlNode *n, HomeName h,
                                                       Str subject, const char *fmt, ...);

bool rule_step(RuleRun *r); // false = no fuel is left: be silent

// ---- what a node is
typedef enum { CALL_SCALAR, CALL_AGGREGATE, CALL_WINDOW, CALL_UNKNOWN } CallClass;
CallClass rule_call(RuleRun *r, const SqlNode *call);
// An expression in a clause, where an alias is what it stands for.
const SqlNode *rule_value(const RuleRun *r, const SqlNode *n);
// The same value: names by what they mean, functions without case.
bool rule_same(RuleRun *r, const SqlNode *a, const SqlNode *b);
// The first call of the class in an expression, not inside its subqueries; through aliases when
// told so.
const SqlNode *rule_find_call(RuleRun *r, const SqlNode *n, CallClass c, bool aliases);
// The item of a position: NULL when a star stands before it, or it is out of range.
const SqlNode *rule_item_at(const SqlNode *items, const SqlNode *number);
bool rule_is_position(const SqlNode *n, uint32_t *out);

typedef enum {
    IS_UNKNOWN,
    IS_NUMBER,
    IS_TEXT,
    IS_MOMENT,
    IS_BOOLEAN,
    IS_INTERVAL,
    IS_TIME,
    IS_ARRAY
} TypeClass;
TypeClass rule_class(const RuleRun *r, const SqlNode *n); // IS_UNKNOWN for NULL, too
TypeClass rule_class_of(LogicalType t);
LogicalType rule_type(const RuleRun *r, const SqlNode *n);
const char *rule_type_word(Dialect d, LogicalType t); // "integer", "INT64"
// "date + integer", as home tells it in a refusal.
Str rule_signature(RuleRun *r, LogicalType a, const char *word, LogicalType b);
bool rule_is_fraction_and_truth(const RuleRun *r, LogicalType a, LogicalType b); // in DuckDB
bool rule_is_whole_truth(const RuleRun *r, const SqlNode *a, const SqlNode *b);  // too
// Of Postgres and DuckDB: is there such an operator for them? rule_signature.c
bool rule_operator_takes(RuleRun *r, Str word, const SqlNode *const *args, uint32_t count);
bool rule_literal_fits(Dialect d, const SqlNode *literal, TypeClass other); // it takes its type
bool rule_reads_as(const SqlNode *literal, TypeClass wanted);
bool rule_is_literal(const SqlNode *n); // a text literal
bool rule_is_double(const SqlNode *n);  // Postgres's double precision, where the text says so
#endif
