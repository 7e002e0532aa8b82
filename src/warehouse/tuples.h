// tuples: which rows of a table already hold these values in these columns.
#ifndef WAREHOUSE_TUPLES_H
#define WAREHOUSE_TUPLES_H
#include "warehouse/plan.h"

typedef struct {
    Columns columns;
    const Value *cells; // of the table: rows * width, not moved while the set lives
    size_t width;
    uint32_t *slots; // 0 = free, else row + 1
    size_t slot_count, len;
} TupleSet;

// Room for `rows` rows.
TupleSet tuples_new(Arena *a, Columns columns, const Value *cells, size_t width, size_t rows);
// Is there a row that equals these cells in the set's columns? *row may be NULL. A tuple with a
// NULL equals nothing.
bool tuples_find(const TupleSet *s, const Value *cells, size_t *row);
// Adds a row of the table; false when an equal one is there, which stays.
bool tuples_add(TupleSet *s, size_t row);
bool tuple_equal(Columns c, const Value *a, const Value *b); // without NULLs
#endif
