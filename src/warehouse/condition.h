// condition: simple SQL expressions over one row, evaluated here instead of asked of the judge.
//
// A tiny database costs less than one question, and most checks compare columns and literals. What
// is compiled means exactly what it means to SQLite; anything else does not compile and is asked.
#ifndef WAREHOUSE_CONDITION_H
#define WAREHOUSE_CONDITION_H
#include "warehouse/ink.h"
#include "warehouse/warehouse.h"

typedef struct Node Condition;

// NULL when the text holds anything but columns of the table, literals, AND OR NOT, comparisons, IN
// lists, BETWEEN, IS NULL, + - * / %, COALESCE, IFNULL, NULLIF, date(), strftime('%w', …),
// CURRENT_DATE and CURRENT_TIMESTAMP, or compares a text with a number; or when its truth is wanted
// and it is a text. The text is borrowed.
const Condition *condition_compile(Arena *a, const WarehouseSpec *w, const TableSpec *t, Str text,
                                   bool for_truth);
// The cells are the row's, each NULL or of its column's kind. Texts made here go into the ink.
Value condition_value(const Condition *c, const Value *cells, Ink *k);
// SQL's three values: 1 true, 0 false, -1 unknown.
int condition_truth(const Condition *c, const Value *cells, Ink *k);
#endif
