// translate: what the passes that turn one dialect into another share: the tree's copy, new nodes,
// notes and refusals.
//
// neutral (neutral*.c, a function a kind) makes a tree that means the same in every dialect; lower
// (lower_*.c, a table of passes) rewrites what the target lacks; write (format*.c) spells it. The
// source's nodes keep their ids, so that SqlMeaning still tells their types and outputs; made nodes
// have the id NODE_MADE and the place of the node they stand for. A node's own `type` is good for
// both.
#ifndef SQL_TRANSLATE_H
#define SQL_TRANSLATE_H
#include "base/map.h"
#include "sql/fn.h"

#define NODE_MADE UINT32_MAX

struct Translator {
    Arena *arena;
    const SqlScript *script;
    const SqlMeaning *meaning; // NULL where no schema is known: then all types are unknown
    Dialect from, to;          // to == DIALECT_SQLITE: the runtime
    Dialect ambient;           // whose text collation and order of NULLs count
    bool strict;
    uint32_t names;           // made so far
    Map written;              // words of the script, for names that are none of them
    uint32_t copied;          // nodes of aliases that were spelled out
    VEC(SqlBinding) bindings; // of columns that passes made: ids from script->nodes on
    SqlNotes notes;
    bool told_groups, told_orders; // of texts, where collations differ (neutral_alike.c)
    VEC(SqlNote) left;             // what the target has no words for: comments above its statement
    Error *err;
    bool failed;
};

// ---- the first thing that cannot be said ends it; later ones are not heard
SqlNode *translate_unsupported(Translator *t, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))); // returns a NODE_NULL, so that the caller can go on
SqlNode *translate_refused(Translator *t, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))); // what home refuses, too
void translate_note(Translator *t, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// What the candidate wrote, in one line: all of it, or its start (build.c).
Str source_line(const Translator *t, const SqlNode *n);
Str source_short(const Translator *t, const SqlNode *n);

// ---- nodes (build.c)
SqlNode *node_clone(Translator *t, const SqlNode *n); // deep, with types
// A node at `place`; its roles are empty, behind them stand `tail` empty places.
SqlNode *make_node(Translator *t, SqlKind kind, const SqlNode *place, uint32_t tail);
SqlNode *make_list(Translator *t, const SqlNode *place, const SqlNode *const *nodes, uint32_t n);
SqlNode *make_null(Translator *t, const SqlNode *place);
SqlNode *typed(SqlNode *n, LogicalType type); // the node itself, now of this type
SqlNode *make_number(Translator *t, const SqlNode *place, int64_t value);
SqlNode *make_string(Translator *t, const SqlNode *place, Str value);
SqlNode *make_moment(Translator *t, const SqlNode *place, Str text);            // TIMESTAMP '…'
SqlNode *make_word(Translator *t, const SqlNode *place, Str word);              // a NAME
SqlNode *make_column(Translator *t, const SqlNode *place, Str table, Str name); // table "" = none
SqlNode *make_unary(Translator *t, SqlOp op, SqlNode *of);
SqlNode *make_binary(Translator *t, SqlOp op, SqlNode *left, SqlNode *right);
SqlNode *make_and(Translator *t, SqlNode *a, SqlNode *b);            // either may be NULL
SqlNode *make_cast(Translator *t, SqlNode *value, const char *type); // a type of SQLite's
SqlNode *make_is_null(Translator *t, SqlNode *of, bool is_not);
SqlNode *make_case(Translator *t, SqlNode *when, SqlNode *then,
                   SqlNode *other); // other may be NULL
// A neutral call of the meaning `fn`; `n` arguments in the order of its params.
SqlNode *make_call(Translator *t, const SqlNode *place, const char *fn, SqlNode *const *args,
                   uint32_t n);
SqlNode *make_call1(Translator *t, const SqlNode *place, const char *fn, SqlNode *x);
SqlNode *make_call2(Translator *t, const SqlNode *place, const char *fn, SqlNode *x, SqlNode *y);
SqlNode *make_call3(Translator *t, const SqlNode *place, const char *fn, SqlNode *x, SqlNode *y,
                    SqlNode *z);
SqlNode *make_item(Translator *t, SqlNode *value, Str alias);              // alias "" = none
SqlNode *make_alias(Translator *t, const SqlNode *place, Str name);        // AS name
SqlNode *make_select(Translator *t, const SqlNode *place, SqlNode *items); // LIST of ITEM
SqlNode *make_query(Translator *t, SqlNode *body);                         // QUERY around it
SqlNode *make_derived(Translator *t, SqlNode *query, Str alias);           // ( query ) AS alias
SqlNode *make_from(Translator *t, SqlNode *one);
// A name that is none of the script's: "gr_stem_3" for the runtime, "stem_3" where people read it.
Str make_name(Translator *t, const char *stem);
// The i-th of several that are made again wherever they are meant: "gr_key_1", "key_1".
Str make_part(Translator *t, const char *stem, size_t i);
// For people by the function of `value`: "row_number_3"; else as make_name does.
Str make_name_of(Translator *t, const SqlNode *value, const char *stem);
void node_set_tail(Translator *t, SqlNode *n, SqlNode *const *nodes, uint32_t count);
void node_add_tail(Translator *t, SqlNode *n, SqlNode *one);
// Replaces every node for which `f` gives another one, children first.
SqlNode *node_map(Translator *t, SqlNode *n, SqlNode *(*f)(Translator *t, SqlNode *n));

// ---- windows of time (lower_flink.c): multiples of a size since 1970
SqlNode *window_start(Translator *t, const SqlNode *place, SqlNode *time, SqlNode *size);
SqlNode *window_end(Translator *t, SqlNode *start, const SqlNode *size);
SqlNode *window_last(Translator *t, SqlNode *end); // the last millisecond before the end

// ---- types
LogicalType node_type(const SqlNode *n); // TYPE_UNKNOWN for NULL
bool node_is(const SqlNode *n, LogicalType type);
bool node_is_moment(const SqlNode *n); // DATE or TIMESTAMP
bool node_is_call(const SqlNode *n, const char *meaning);
bool is_endless(Str text);                                 // 'infinity' and '-infinity' of a time
bool node_is_constant(const SqlNode *n);                   // a literal, with or without a sign
SqlNode *node_arg(const SqlNode *call, const char *param); // of a neutral call; NULL when left out

// ---- what another dialect shows or sorts otherwise (neutral_there.c)
bool is_foreign(const Translator *t); // it is written for people, in another dialect
SqlNode *as_text_there(Translator *t,
                       SqlNode *n); // a value as text; NULL: the target's own will do
void exact_there(Translator *t, SqlNode **a, SqlNode **b);    // of two that are computed with
void wide_there(Translator *t, SqlNode *sum);                 // … that need 64 bits
void exact_compared(Translator *t, SqlNode **a, SqlNode **b); // … compared
SqlNode *truth_word_there(Translator *t, const SqlNode *cast);
void spread_orders(Translator *t, SqlNode *root); // before all else

// ---- the passes
SqlNode *neutral_tree(Translator *t, SqlNode *root);
SqlNode *neutral_using(Translator *t, SqlNode *root);
void count_star(Translator *t, SqlNode *call);       // COUNT(t.*) by columns (neutral_group.c)
SqlNode *neutral_call(Translator *t, SqlNode *n);    // fn_read.c: by the tables of spellings
typedef SqlNode *Neutral(Translator *t, SqlNode *n); // its children are neutral already
Neutral neutral_arithmetic, neutral_binary, neutral_unary, neutral_cast, neutral_cast_format,
    neutral_typed, neutral_interval, neutral_like;
Neutral neutral_ampersands, neutral_is, neutral_truth, neutral_xor;
Neutral neutral_case, neutral_setop, neutral_order_item, neutral_in, neutral_between,
    neutral_quantified, neutral_at_zone;
Neutral neutral_array, neutral_subscript, neutral_struct, neutral_map, neutral_member;
// '{1,2}' of Postgres as an array of such elements; NULL: it is no text of Postgres.
SqlNode *array_in_braces(Translator *t, const SqlNode *text, LogicalType of);
void structs_apart(Translator *t, SqlNode *by); // the keys of a GROUP BY
Neutral as_one_value;                           // a row as a struct; others stay
void rows_are_values(Translator *t, SqlNode *n);
Neutral neutral_collate, neutral_compare, neutral_concat, neutral_match;
// Text without case, arrays and structs (neutral_compare.c): where their order or what is equal
// counts, a COLLATE of the runtime's is put. NULL: the value needs none.
const char *collation_of(const Translator *t, const SqlNode *n);
Neutral fold_call, fold_select, fold_setop, fold_text, fold_window;
// Case where collations differ (neutral_case.c): values that are compared, a text that is searched.
void case_pair(Translator *t, SqlNode **a, SqlNode **b);
void case_set(Translator *t, SqlNode **x, SqlNode **set, uint32_t n);
Neutral case_exact, case_folded, case_lower;
// Where texts are grouped or sorted by collations that differ (neutral_alike.c): it is told above
// the translation, once; the key of a window is said with its case.
void alike_grouped(Translator *t, const SqlNode *n);
void alike_items(Translator *t, const SqlNode *select); // whose different rows are taken
void alike_sorted(Translator *t, const SqlNode *n);
Neutral alike_key;
// Patterns and joined texts (neutral_text.c, neutral_regexp.c).
SqlNode *make_regexp(Translator *t, SqlNode *x, SqlNode *pattern, const char *how, SqlNode *flags);
// x GLOB 'text', open at its ends or not; NULL when that is too long a pattern.
SqlNode *like_glob(Translator *t, const SqlNode *place, SqlNode *x, Str text, bool open_start,
                   bool open_end);
SqlNode *as_text(Translator *t, SqlNode *n);        // as || and CONCAT take it
SqlNode *node_truth(Translator *t, SqlNode *n);     // a number as a condition: <> 0
SqlNode *number_of_text(Translator *t, SqlNode *n); // the number in a literal; NULL when it is none
SqlNode *negate(Translator *t, SqlNode *n, bool negated);
bool has_levels(const SqlNode *group);          // ROLLUP and its kin (neutral_order.c)
void mark_orders(Translator *t, SqlNode *root); // before all else: keys that are never NULL
bool is_never_null(const Translator *t,
                   const SqlNode *n); // a column that its table never leaves NULL
// Truth as a number (neutral_boolean.c): where the source counts it and the target does not.
SqlNode *truth_number(Translator *t, SqlNode *n);
void truth_pair(Translator *t, SqlNode **a, SqlNode **b);
void truth_case(Translator *t, SqlNode *n);
Neutral truth_call;
Neutral text_number; // a text in MySQL's arithmetic, for another dialect
void truth_conditions(Translator *t, SqlNode *root);
SqlNode *forgive(Translator *t, SqlNode *n); // what would fail is NULL (fn_choice.c)
bool may_fail(const SqlNode *call);          // … of a neutral call, still
Neutral read_concat, read_concat_ws, read_substring_index,
    read_substring_pattern; // of SqlSpelling.read
// Places behind the point that a decimal has at home; -1 = it is a double, or not known.
SqlNode *range_bound(Translator *t, const SqlNode *call);
Neutral neutral_range, read_range_pg; // neutral_range.c
SqlNode *exact_decimal(Translator *t, SqlNode *n);
// Two decimals that are compared, both as whole numbers of their last place; false: they cannot.
bool whole_sides(Translator *t, SqlNode **a, SqlNode **b);
Neutral neutral_whole; // a + b of integers that may be too large
int decimal_places(const Translator *t, const SqlNode *n);
void spell_type(Translator *t, SqlNode *type); // in the names of the target (lower_cast_there.c)
// Words of time in one spelling: a unit (DAY, WEEK_SUNDAY), a part (DOW_SUNDAY_0); "" when it is
// none (unit.c). Written: false where the dialect has no word for it.
Str fn_unit(Translator *t, const SqlNode *n);
Str fn_part(Translator *t, const SqlNode *n);
bool fn_unit_written(Dialect d, Str unit, Str *out);
bool fn_part_written(Dialect d, Str part, Str *out);
bool fn_is_time_word(Str word); // of any dialect
// A format string in strf notation (fn_format.c); false with a refusal when it cannot be said so.
bool fn_format_read(Translator *t, const SqlNode *n, Str notation, Str *strf);
bool fn_format_has_clock(Str neutral); // hours or below
// Neutral formats, in pieces: has the dialect no word for a directive (its name, without the %);
// the end of the directive or sign at `at`; a format without directives as the text that it is.
bool format_lacks(Dialect d, Str neutral);
size_t format_directive(Str neutral, size_t at);
Str format_literal(Translator *t, Str neutral);
Neutral format_in_pieces; // of date_format (neutral_format.c)
bool fn_format_write(Translator *t, const SqlNode *n, Str strf, Str notation, Str *out);

void definitions_there(Translator *t, SqlNode *root); // create/: of tables, before all else
void windows_kept(Translator *t, SqlNode *root);      // of Flink, for Flink (lower_flink.c)
void bare_columns(Translator *t, SqlNode *root);      // beside aggregates (neutral_bare.c)
void outer_aggregates(Translator *t, SqlNode *root);  // inside a subquery (neutral_outer.c)
void whole_rows(Translator *t, SqlNode *root);        // as values (neutral_row.c)
SqlNode *lower_tree(Translator *t, SqlNode *root);
SqlNode *lower_call(Translator *t, SqlNode *n);
SqlNode *lower_typed(Translator *t, SqlNode *n);
Neutral lower_bins, lower_bound, lower_choice_there, lower_cast, lower_collate, lower_days,
    lower_gap, lower_gap_between, lower_concat, lower_concat_skip, lower_concat_there, lower_like,
    lower_bits, lower_bit_not, lower_number_there, lower_span_minus, lower_span_sum, lower_pipes,
    lower_regexp, lower_regexp_like;
// By the text of a time (lower_trunc.c).
Neutral lower_truncated, lower_truncated_between, lower_digits, lower_format_digits;
Neutral print_there; // fn_print.c
// A start of 0 or less that the target would read otherwise (fn_text.c).
void substring_there(Translator *t, SqlNode **x, SqlNode **start, SqlNode **length);
Neutral lower_inserted_values, lower_values, lower_values_cte, lower_values_derived,
    lower_values_script, lower_values_subquery;

// ---- writing (format.c): the tree in the target's spelling, in one line or laid out
typedef struct {
    Str text;
    const SqlSpot *spots; // ascending in `at`
    size_t spot_count;
    SqlPart *parts; // a statement each
    size_t part_count;
} Written;
bool write_tree(Translator *t, const SqlNode *root, bool laid_out, Written *out);
#endif
