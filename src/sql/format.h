// format: what the files of the formatter share: the output, its line, and the table of emitters.
//
// A node is written flat (one line) or laid out; laid out, a query's clauses stand on lines of
// their own and whatever does not fit the line is broken. Comments are written at the next break.
#ifndef SQL_FORMAT_H
#define SQL_FORMAT_H
#include "base/buf.h"
#include "sql/translate.h"

enum { FORMAT_WIDTH = 92, FORMAT_INDENT = 4 };

typedef struct {
    Buf b;
    Arena *scratch;
    const SqlScript *script;
    Dialect dialect;    // of what is written
    Translator *t;      // of a translation; NULL where a script is only laid out
    VEC(SqlSpot) spots; // then: where the text comes from
    VEC(SqlPart) parts; // … and a statement each: their texts are cut at the end
    VEC(size_t) ends;
    size_t line_start; // byte of b where the line starts
    size_t comment;    // the next comment to be written
    size_t noted;      // of a translation: what was left out, and is said already
    uint32_t done;     // byte of the source up to which nodes were written
    uint32_t before;   // comments from this byte on have to wait; 0 = none has
    int indent;
    bool flat;
} Out;

typedef void Emit(Out *o, const SqlNode *n);

void out_text(Out *o, const char *text);
void out_str(Out *o, Str s);
void out_name(Out *o, Str name, bool quoted); // in quotes where it needs them
Str name_spelled(Translator *t, Str name);    // the same as a text of its own
void out_break(Out *o, uint32_t at);          // comments before byte `at`, and a new line
void out_node(Out *o, const SqlNode *n);      // NULL writes nothing
void out_list(Out *o, const SqlNode *list);   // the tail, with commas
void out_quoted(Out *o, Str text);            // 'text'
void out_opt(Out *o, const char *before, const SqlNode *n);
// A part of an expression: in parentheses where a translation needs them. A script that is laid out
// has its own.
bool out_is_sum(const Out *o, const SqlNode *n); // a call that is written a + b
void out_operand(Out *o, const SqlNode *parent, const SqlNode *n);
void out_neutral_call(Out *o, const SqlNode *n);                       // write_call.c
void out_interval(Out *o, const SqlNode *amount, const SqlNode *unit); // fn_date.c
void out_call_head(Out *o, const SqlNode *n);                          // format_call.c: DISTINCT
void out_call_tail(Out *o, const SqlNode *n);                          // ORDER BY … inside
void out_call_behind(Out *o, const SqlNode *n);                        // FILTER, OVER
bool out_fits(Out *o, const SqlNode *n);
void out_block(Out *o, const SqlNode *query); // ( query ), broken when it does not fit
void out_lines(Out *o, const SqlNode *list);  // the tail, one a line, when it does not fit
void out_condition(Out *o, const char *word, const SqlNode *n); // WHERE …, a line each AND

Emit emit_query, emit_with, emit_cte, emit_setop, emit_select, emit_values, emit_limit;
Emit emit_group_by, emit_grouping, emit_item, emit_from, emit_table, emit_alias, emit_derived;
Emit emit_table_call, emit_join, emit_lateral_view, emit_pivot, emit_unpivot, emit_sample;
Emit emit_as_of;
Emit emit_insert, emit_conflict, emit_update, emit_delete, emit_merge, emit_merge_when;
Emit emit_assign, emit_create_table, emit_create_view, emit_column_def, emit_constraint;
Emit emit_clause_of_table, emit_words, emit_transform;
Emit emit_watermark, emit_property, emit_drop, emit_truncate, emit_transaction;
Emit emit_name, emit_string, emit_null, emit_text, emit_default, emit_typed, emit_interval,
    emit_part;
Emit emit_path, emit_star, emit_type, emit_array, emit_row, emit_struct, emit_field, emit_map;
Emit emit_subscript, emit_member, emit_lambda;
Emit emit_call, emit_arg, emit_table_arg, emit_window, emit_frame, emit_bound, emit_order;
Emit emit_order_item;
extern Emit *const format_expr[NODE_COUNT_]; // format_expr.c: expressions
#endif
