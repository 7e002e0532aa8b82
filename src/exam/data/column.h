// column: what a column allows, and values for it.
#ifndef EXAM_COLUMN_H
#define EXAM_COLUMN_H
#include "exam/data/literals/literals.h"

// ---- what a column allows (bounds.c)
// A name of things rather than a measure: profile_id, id.
bool bounds_is_thing(const ColumnSpec *c);
// A column whose values differ in each row: a key of its own.
bool bounds_is_key(const TableSpec *t, const ColumnSpec *c);
// That, or a part of what makes a row of this table unique: (machine, process, event).
bool bounds_is_thing_of(const TableSpec *t, size_t column);
// That, a key, or a number that names something: such a one is not below zero.
bool bounds_is_name_of(const TableSpec *t, size_t column);
bool bounds_number(const ColumnSpec *c, double v); // within least and most
bool bounds_time(const WarehouseSpec *w, const ColumnSpec *c, int64_t seconds);
bool bounds_moment(Str text, int64_t *seconds); // a date, a time, a year or a month, since 1970
bool bounds_value(const WarehouseSpec *w, const ColumnSpec *c, const Value *v);
// The value as a column of this type holds it: 5 and '5', a date and a moment.
Value value_fitted(Arena *a, const ColumnSpec *c, Value v);

// ---- values for a column
bool value_stands(const Table *t, size_t column, const Value *v); // in the column
// A value like this one that the column does not hold yet.
Value value_fresh(Arena *a, const ColumnSpec *c, const Table *t, size_t column, Value v);

// ---- values that tell apart (direct.c)
// The same warehouse with short value lists made from literals: a literal with its neighbours, or
// times that lie as far apart as a query's spans. Each seed draws other ones. Columns that refer to
// others or have a list already keep theirs; a key gets values for `rows` rows.
WarehouseSpec direct_values(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                            uint64_t seed);
// … where the rows of a table belong together, if it has columns for that.
WarehouseSpec direct_story(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                           uint64_t seed);
#endif
